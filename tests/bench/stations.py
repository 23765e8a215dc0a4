"""Stations to measure at: the demo, one without a vault, and one of its own with a card in a folder."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.photo.drawing import draw_skin_picture

from ..acceptance.whole_intake import PASSPHRASE, dermlock, prepare
from ..support.terminal import Terminal, in_a_terminal

DERMLOCK = Path(sys.executable).with_name("dermlock")
NUMBER = "9990000018"
"""A test number: it belongs to nobody."""


@dataclass(frozen=True)
class Station:
    """A vault, and the place of a card that can be put in."""

    place: Path

    @property
    def card(self) -> Path:
        return self.place / "card"

    @property
    def pulled(self) -> Path:
        return self.place / "pulled"

    @property
    def room(self) -> int:
        """Bytes that fit, no more than a card of ten gigabytes has: each is there twice when it is moved."""
        return min(10 * 1024**3, shutil.disk_usage(self.place).free)

    def pull(self) -> None:
        self.card.rename(self.pulled)

    def insert(self) -> None:
        self.pulled.rename(self.card)

    @contextmanager
    def opened(self) -> Iterator[Terminal]:
        with in_a_terminal([DERMLOCK], _environment(self.place, vault=True)) as terminal:
            yield terminal


@contextmanager
def a_station(settings: str = "") -> Iterator[Station]:
    """settings: lines of its settings file, beside those that take test numbers and the card."""
    with tempfile.TemporaryDirectory(dir=_in_memory()) as base:
        station = Station(Path(base) / "station")
        prepare(station.place)
        with (station.place / "settings.toml").open("a") as file:
            file.write(f'card_folders = ["{station.card}"]\n{settings}')
        if dermlock(station.place, "vault", "create", "--name", "Alex Practice").returncode:
            raise SystemExit("the vault could not be made")
        yield station


@contextmanager
def the_demo() -> Iterator[Terminal]:
    with (
        tempfile.TemporaryDirectory() as base,
        in_a_terminal([DERMLOCK, "demo"], _environment(Path(base))) as terminal,
    ):
        yield terminal


@contextmanager
def no_vault_yet() -> Iterator[tuple[Terminal, Path]]:
    """And a folder in which one can be made."""
    with tempfile.TemporaryDirectory() as base, in_a_terminal([DERMLOCK], _environment(Path(base))) as terminal:
        yield terminal, Path(base) / "vault"


@contextmanager
def vault_out_of_reach() -> Iterator[Terminal]:
    with tempfile.TemporaryDirectory() as base:
        environment = _environment(Path(base)) | {"DERMLOCK_VAULT": str(Path(base) / "not-mounted")}
        with in_a_terminal([DERMLOCK], environment) as terminal:
            yield terminal


def sign_in(terminal: Terminal, passphrase: str = PASSPHRASE) -> None:
    terminal.wait_for("Staff ID")
    terminal.type("a.practice", "enter")
    terminal.type(passphrase, "enter")
    terminal.wait_for("Next patient")


def fill(card: Path, count: int, size: int) -> None:
    """Different pictures of about `size` bytes each: a drawn one, bytes of its own, and a hole to the end."""
    folder = card / "DCIM" / "100BENCH"
    folder.mkdir(parents=True)
    drawn = draw_skin_picture(7, taken_at=datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
    for number in range(count):
        file = folder / f"IMG_{number + 1:04}.JPG"
        file.write_bytes(drawn + number.to_bytes(8, "big"))
        os.truncate(file, max(size, len(drawn) + 8))
        os.utime(file, (1_772_600_000 + number, 1_772_600_000 + number))


def _in_memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _environment(home: Path, *, vault: bool = False) -> dict[str, str]:
    """vault: whether it is the home of a station with one."""
    environment = {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "TMPDIR": str(home),
    }
    if vault:
        environment |= {
            "DERMLOCK_VAULT": str(home / "vault"),
            "DERMLOCK_STATE": str(home / "state"),
            "DERMLOCK_SETTINGS": str(home / "settings.toml"),
        }
    return environment
