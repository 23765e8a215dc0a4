"""How long from a key to the end of what it paints, on every screen, in a real terminal.

    python -m tests.bench.paint [ROUNDS]

Walks a whole session of the demo at 80 x 24, and one with a card of 2,000 pictures
that is being read meanwhile and with a move under way. On every screen F9 is
pressed, which repaints all of it (the most that a key can ask for), and one key of
the screen's own. Prints median and 95th percentile in milliseconds, the time to the
first paint beside an empty Python's start, and the largest memory. Nothing is
asserted: machines differ, and these are shared.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from core.photo.drawing import draw_skin_picture

from ..acceptance.whole_intake import PASSPHRASE, dermlock, prepare
from ..support.terminal import KEYS, Terminal, in_a_terminal

DERMLOCK = Path(sys.executable).with_name("dermlock")
F9 = "f9"
KEYS.setdefault(F9, "\x1b[20~")
MANY = 2000
LARGE = 200 * 1024 * 1024
"""Bytes of each of three pictures, so that their move lasts long enough to be measured."""


@dataclass
class Meter:
    """Times by screen and key, in seconds. memory: the program's largest resident size by now, in MiB."""

    rounds: int
    times: dict[str, list[float]] = field(default_factory=dict)
    memory: float = 0.0

    def measure(self, terminal: Terminal, screen: str, *keys: str) -> None:
        """Each key, one round after the other. A key that paints nothing is left out."""
        for _ in range(self.rounds):
            for key in (F9, *keys):
                seconds = terminal.time_to_paint(key)
                if seconds is not None:
                    self.times.setdefault(screen, []).append(seconds)
        self.memory = max(self.memory, terminal.peak_memory)

    def report(self) -> None:
        print(f"{'screen':<46}{'n':>4}{'median ms':>11}{'95th ms':>9}")
        for screen, seconds in [
            *self.times.items(),
            ("all", [each for times in self.times.values() for each in times]),
        ]:
            ordered = sorted(seconds)
            late = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
            print(f"{screen:<46}{len(ordered):>4}{statistics.median(ordered) * 1000:>11.1f}{late * 1000:>9.1f}")
        print(f"largest memory: {self.memory:.0f} MiB")


Walk = tuple[str, str, tuple[str, ...], tuple[str, ...]]
"""A screen's name, a text by which it is known, keys to measure there, and what is typed to go on."""

TO_THE_MOVE: tuple[Walk, ...] = (
    ("pathway: concern", "What is your concern", ("down",), ("2",)),
    ("pathway: criteria", "Which of these do you find or suspect?", ("down",), ("0",)),
    ("pathway: history", "Which of these does the patient have?", ("down",), ("0",)),
    ("consent", "Does the patient agree to pictures?", ("down",), ("1",)),
)


def session(meter: Meter) -> None:
    with tempfile.TemporaryDirectory() as base, _demo(Path(base)) as terminal:
        screen = terminal.wait_for("This is the demo.")
        staff, passphrase = (_after(screen, name) for name in ("Staff ID    ", "Passphrase  "))
        meter.measure(terminal, "sign in")
        terminal.type(staff, "enter")
        terminal.type(passphrase, "enter")
        terminal.wait_for("Next patient", "card: 5 pictures")
        meter.measure(terminal, "waiting")
        terminal.type("9990000018")
        terminal.wait_for("Date of birth")
        meter.measure(terminal, "patient", "1", "backspace")
        terminal.type("2/4/1961", "enter")
        for name, text, keys, on in TO_THE_MOVE:
            terminal.wait_for(text)
            meter.measure(terminal, name, *keys)
            terminal.press(*on)
        terminal.wait_for("Step 4 of 8", "▀▀▀▀")
        meter.measure(terminal, "pictures", "down")
        terminal.press("1")
        terminal.wait_for("Step 5 of 8", "▀▀▀▀")
        meter.measure(terminal, "views and lesions", "x", "backspace")
        terminal.type("left forearm", "enter")
        terminal.wait_for("History")
        terminal.type("3 months, itches", "enter")
        for number in (1, 2, 3):
            terminal.wait_for(f"Could picture {number} of 3 identify", "▀▀▀▀")
            if number == 1:
                meter.measure(terminal, "identifiability", "+", "-")
            terminal.press("1")
        terminal.wait_for("Is all of this right?")
        meter.measure(terminal, "review", "pagedown")
        terminal.press("1")
        terminal.wait_for("All 8 steps done")
        meter.measure(terminal, "receipt")
        terminal.press("enter")
        terminal.wait_for("Next patient")
        terminal.press("f4")
        terminal.wait_for("HOLLOWAY")
        meter.measure(terminal, "find", "h", "backspace")
        terminal.press("down", "enter")
        terminal.wait_for("left forearm")
        meter.measure(terminal, "episode", "down")


def with_many_pictures(meter: Meter) -> None:
    with tempfile.TemporaryDirectory(dir=_in_memory()) as base:
        place = Path(base)
        prepare(place / "station")
        card, pulled = place / "card", place / "pulled"
        with (place / "station" / "settings.toml").open("a") as settings:
            settings.write(f'card_folders = ["{card}"]\n')
        if dermlock(place / "station", "vault", "create", "--name", "Alex Practice").returncode:
            raise SystemExit("the vault could not be made")
        _fill(pulled, MANY, 60_000)
        with _station(place / "station") as terminal:
            _sign_in(terminal)
            pulled.rename(card)
            terminal.wait_for("reading")
            meter.measure(terminal, f"waiting, {MANY} pictures being read", "down")
            terminal.type("9990000018")
            terminal.wait_for("Date of birth")
            meter.measure(terminal, f"patient, {MANY} pictures being read", "1", "backspace")
            if "reading" not in terminal.shows:
                print("note: the card was read before the last of these was measured")


def while_a_move_runs(meter: Meter) -> None:
    with tempfile.TemporaryDirectory(dir=_in_memory()) as base:
        place = Path(base)
        prepare(place / "station")
        card = place / "card"
        with (place / "station" / "settings.toml").open("a") as settings:
            settings.write(f'card_folders = ["{card}"]\n')
        if dermlock(place / "station", "vault", "create", "--name", "Alex Practice").returncode:
            raise SystemExit("the vault could not be made")
        _fill(card, 3, LARGE)
        with _station(place / "station") as terminal:
            _sign_in(terminal)
            terminal.wait_for("card: 3 pictures")
            terminal.type("9990000018")
            terminal.wait_for("Date of birth")
            terminal.type("2/4/1961", "enter")
            terminal.wait_for("Family name")
            terminal.type("Holloway", "enter")
            terminal.wait_for("Given name")
            terminal.type("Margaret", "enter")
            for _, text, _, on in TO_THE_MOVE:
                terminal.wait_for(text)
                terminal.press(*on)
            terminal.wait_for("Step 4 of 8")
            terminal.press("1")
            terminal.wait_for("Step 5 of 8")
            terminal.type("left forearm", "enter")
            terminal.wait_for("History")
            terminal.type("3 months", "enter")
            for number in (1, 2, 3):
                terminal.wait_for(f"Could picture {number} of 3 identify")
                terminal.press("1")
            terminal.wait_for("Is all of this right?")
            terminal.press("1")
            terminal.wait_for("Sealing")
            meter.measure(terminal, "move, while it runs")
            if "All 8 steps done" in terminal.shows:
                print("note: the move was over before the last of these was measured")


def _sign_in(terminal: Terminal) -> None:
    terminal.wait_for("Staff ID")
    terminal.type("a.practice", "enter")
    terminal.type(PASSPHRASE, "enter")
    terminal.wait_for("Next patient")


def _fill(card: Path, count: int, size: int) -> None:
    """Different pictures of about `size` bytes each: a drawn one with bytes of its own behind its end."""
    folder = card / "DCIM" / "100BENCH"
    folder.mkdir(parents=True)
    drawn = draw_skin_picture(7, taken_at=datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
    for number in range(count):
        file = folder / f"IMG_{number + 1:04}.JPG"
        file.write_bytes(drawn + number.to_bytes(8, "big") + bytes(max(0, size - len(drawn))))
        os.utime(file, (1_772_600_000 + number, 1_772_600_000 + number))


def _after(screen: str, lead: str) -> str:
    return screen.partition(lead)[2].splitlines()[0].strip()


def _in_memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@contextmanager
def _demo(base: Path) -> Iterator[Terminal]:
    environ = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    with in_a_terminal([DERMLOCK, "demo"], environ | {"HOME": str(base), "TMPDIR": str(base)}) as terminal:
        yield terminal


@contextmanager
def _station(place: Path) -> Iterator[Terminal]:
    environ = {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "HOME": str(place),
        "DERMLOCK_VAULT": str(place / "vault"),
        "DERMLOCK_STATE": str(place / "state"),
        "DERMLOCK_SETTINGS": str(place / "settings.toml"),
    }
    with in_a_terminal([DERMLOCK], environ) as terminal:
        yield terminal


def first_paint(rounds: int) -> None:
    """From the start of the program to the sign-in standing on the screen, in turn with an empty Python."""
    painted: list[float] = []
    empty: list[float] = []
    with tempfile.TemporaryDirectory() as base:
        place = Path(base) / "station"
        prepare(place)
        if dermlock(place, "vault", "create", "--name", "Alex Practice").returncode:
            raise SystemExit("the vault could not be made")
        for _ in range(rounds):
            began = time.monotonic()
            with _station(place) as terminal:
                terminal.wait_for_first("Staff ID")
                painted.append(time.monotonic() - began)
            began = time.monotonic()
            subprocess.run([sys.executable, "-c", "pass"], check=True)
            empty.append(time.monotonic() - began)
    a, b = statistics.median(painted), statistics.median(empty)
    print(f"first paint {a * 1000:.0f} ms, an empty Python {b * 1000:.0f} ms, ratio {a / b:.1f}, {rounds} runs in turn")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    meter = Meter(rounds)
    parts: tuple[Callable[[Meter], None], ...] = (session, with_many_pictures, while_a_move_runs)
    first_paint(rounds)
    for part in parts:
        part(meter)
    meter.report()


if __name__ == "__main__":
    main()
