"""A connection that is lost, or a window that is closed, ends dermlock, and nothing is lost.

The kernel tells only the leader of the session; here, as under make, that is a
program that waits for dermlock and keeps the news to itself.
"""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.photo.drawing import draw_skin_picture

from ..acceptance.whole_intake import PASSPHRASE, dermlock, prepare
from ..support.terminal import Terminal, in_a_terminal

DERMLOCK = Path(sys.executable).with_name("dermlock")
HUNG_UP = 128 + signal.SIGHUP
LARGE = 60 * 1024 * 1024
"""Bytes of a picture whose move is not over in a moment."""


@contextmanager
def under_a_waiting_parent(place: Path, command: str, more: Mapping[str, str]) -> Iterator[Terminal]:
    environment = {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "HOME": str(place),
        "XDG_RUNTIME_DIR": str(place / "run"),
        "TMPDIR": str(place / "run"),
    }
    (place / "run").mkdir(mode=0o700, exist_ok=True)
    script = f"trap : HUP; '{DERMLOCK}' {command}; exit $?"
    with in_a_terminal(["/bin/sh", "-c", script], environment | more) as terminal:
        yield terminal


def test_a_demo_whose_window_is_closed_ends_and_leaves_nothing(tmp_path: Path) -> None:
    with under_a_waiting_parent(tmp_path, "demo", {}) as terminal:
        terminal.wait_for("This is the demo.")
        assert list((tmp_path / "run").iterdir()) != []
        assert terminal.hang_up() == HUNG_UP
    assert list((tmp_path / "run").iterdir()) == []


@pytest.fixture
def station(tmp_path: Path) -> Mapping[str, str]:
    """A vault, and a card of three large pictures in a folder; the variables that lead there."""
    place = tmp_path / "station"
    prepare(place)
    with (place / "settings.toml").open("a") as settings:
        settings.write(f'card_folders = ["{tmp_path / "card"}"]\n')
    assert dermlock(place, "vault", "create", "--name", "Alex Practice").returncode == 0
    folder = tmp_path / "card" / "DCIM" / "100TEST"
    folder.mkdir(parents=True)
    drawn = draw_skin_picture(7, taken_at=datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
    for number in range(3):
        file = folder / f"IMG_{number + 1:04}.JPG"
        file.write_bytes(drawn + bytes([number]) * (LARGE - len(drawn)))
        os.utime(file, (1_772_600_000 + number, 1_772_600_000 + number))
    return {
        "DERMLOCK_VAULT": str(place / "vault"),
        "DERMLOCK_STATE": str(place / "state"),
        "DERMLOCK_SETTINGS": str(place / "settings.toml"),
    }


def test_a_connection_lost_in_the_middle_of_a_move_loses_nothing_and_the_next_sign_in_finishes_it(
    station: Mapping[str, str], tmp_path: Path
) -> None:
    with under_a_waiting_parent(tmp_path, "", station) as terminal:
        _signs_in(terminal)
        terminal.wait_for("card: 3 pictures")
        terminal.type("9990000018")
        terminal.wait_for("Date of birth")
        terminal.type("2/4/1961", "enter")
        terminal.wait_for("Family name")
        terminal.type("Holloway", "enter")
        terminal.wait_for("Given name")
        terminal.type("Margaret", "enter")
        for question, answer in (
            ("What is your concern", "2"),
            ("Which of these do you find or suspect?", "0"),
            ("Which of these does the patient have?", "0"),
            ("Does the patient agree to pictures?", "1"),
            ("Step 4 of 8", "1"),
        ):
            terminal.wait_for(question)
            terminal.press(answer)
        terminal.wait_for("Step 5 of 8")
        terminal.type("left forearm", "enter")
        terminal.wait_for("History")
        terminal.type("3 months", "enter")
        for number in (1, 2, 3):
            terminal.wait_for(f"Could picture {number} of 3 identify")
            terminal.press("1")
        terminal.wait_for("Is all of this right?")
        terminal.press("m")
        terminal.wait_for_first("Sealing")
        assert terminal.hang_up() == HUNG_UP

    with under_a_waiting_parent(tmp_path, "", station) as terminal:
        _signs_in(terminal)
        terminal.wait_for("card: 0 pictures", "An earlier move was finished.")
        terminal.press("f10")
        terminal.wait_for("Passphrase")
        terminal.press("escape")
        assert terminal.wait_for_end() == 0
    assert [path.name for path in (tmp_path / "card").rglob("*.JPG")] == []
    assert len(list((tmp_path / "station" / "vault").rglob("*.image"))) == 3


def _signs_in(terminal: Terminal) -> None:
    terminal.wait_for("Staff ID")
    terminal.type("a.practice", "enter")
    terminal.type(PASSPHRASE, "enter")
    terminal.wait_for("Next patient")
