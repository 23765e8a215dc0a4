"""A whole session in a real terminal, by keys alone: the demo from sign-in to leaving, with two patients."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ..support.terminal import Terminal, in_a_terminal

DERMLOCK = Path(sys.executable).with_name("dermlock")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the demo puts everything it makes, and nothing else is."""
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def terminal(place: Path, tmp_path: Path) -> Iterator[Terminal]:
    environment = {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(place),
        "TMPDIR": str(place),
    }
    with in_a_terminal([DERMLOCK, "demo"], environment) as terminal:
        yield terminal


def test_two_patients_from_sign_in_to_leaving(terminal: Terminal, place: Path, tmp_path: Path) -> None:
    _signs_in(terminal)
    _takes_in_a_new_patient(terminal)
    _takes_in_the_known_patient(terminal)
    _finds_both(terminal)

    assert [path.name for path in place.iterdir()] != [], "the demo was here"
    terminal.press("f10")
    terminal.wait_for("Passphrase", "Esc leave")
    terminal.press("escape")
    assert terminal.wait_for_end() == 0
    assert list(place.iterdir()) == [], "nothing of the demo is left"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    assert b"Traceback" not in terminal.printed


def _signs_in(terminal: Terminal) -> None:
    screen = terminal.wait_for("This is the demo.", "Enter go on", "Esc leave")
    staff_id, passphrase = (_after(screen, f"▌ {name}  ") for name in ("Staff ID", "Passphrase"))
    terminal.type(staff_id, "enter")
    terminal.type("wrong", "enter")
    terminal.wait_for("! The staff ID or the passphrase is wrong.", staff_id)
    terminal.type(passphrase, "enter")
    screen = terminal.wait_for("Next patient", "card: 5 pictures", "5 pictures, 0 other files")
    assert passphrase not in screen
    assert "Dr Alex Practice" in screen.splitlines()[0]
    assert "IMG_" not in screen  # counts only, until a patient is named


def _takes_in_a_new_patient(terminal: Terminal) -> None:
    terminal.type("9995551234")
    terminal.wait_for("! The check digit of this NHS number is wrong.", "999 555 1234")
    terminal.press("backspace", "3")
    terminal.wait_for("Date of birth", "Step 1 of 8", "No patient named yet")
    terminal.type("30/2/1985", "enter")
    terminal.wait_for("is not a date")
    terminal.press("escape")
    terminal.wait_for("▌ 999 555 1233", "0-9 type the number")
    terminal.press("enter")
    terminal.wait_for("Date of birth", "30/2/1985")
    terminal.press(*["backspace"] * 9)
    terminal.type("3/2/1985", "enter")
    terminal.wait_for("Family name")
    terminal.type("Tamarind", "enter")
    terminal.wait_for("Given name")
    terminal.type("Thomas", "enter")
    patient = "TAMARIND, Thomas  born 03 Feb 1985  999 555 1233"
    _asks_for_advice(terminal, patient)
    _agrees_and_takes_the_newest(terminal)
    _names_the_lesion(terminal)

    terminal.wait_for("Could picture 1 of 3 identify", "Step 6 of 8", patient)
    terminal.press("f5")  # the card is pulled: no picture can be seen, and none is judged
    terminal.wait_for("There is no card in the reader.", "No answer is lost.", "no card", without="identify")
    terminal.press("f5")
    terminal.wait_for("Could picture 1 of 3 identify", "card: 5 pictures", "▀▀▀▀▀▀▀▀")
    terminal.press("1")
    terminal.wait_for("Could picture 2 of 3 identify", "▀▀▀▀▀▀▀▀")
    terminal.press("escape")
    terminal.wait_for("Could picture 1 of 3 identify", "(answered", "▀▀▀▀▀▀▀▀")
    terminal.press("1")
    terminal.wait_for("Could picture 2 of 3 identify", "▀▀▀▀▀▀▀▀")
    terminal.press("1")
    terminal.wait_for("Could picture 3 of 3 identify", "▀▀▀▀▀▀▀▀")
    terminal.press("1")
    screen = terminal.wait_for("Is all of this right?", "Step 7 of 8", "seal 3 pictures and erase them", patient)
    for text in ("left forearm or wrist", "IMG_0003.JPG: sealed, then erased", "Stays on the card", "IMG_0001.JPG"):
        assert text in screen
    terminal.press("pagedown")
    terminal.wait_for("To do", "Send a clear history")
    terminal.press("m")
    terminal.wait_for("All 8 steps done", "3 pictures sealed and verified in the vault", patient)
    terminal.wait_for("not clean: 2 files still on it")
    terminal.press("enter")
    terminal.wait_for("Next patient", "card: 2 pictures")


def _takes_in_the_known_patient(terminal: Terminal) -> None:
    terminal.press("f6")
    terminal.wait_for("card: 5 pictures")
    terminal.type("9990000018")
    terminal.wait_for("Date of birth", "No patient named yet")
    terminal.type("1/4/1961", "enter")
    screen = terminal.wait_for("! This number is in the vault with another name or birth date.")
    assert "Holloway".upper() not in screen  # nothing stored is shown before it was typed
    terminal.press(*["backspace"] * 8)
    terminal.type("2/4/1961", "enter")
    patient = "HOLLOWAY, Margaret  born 02 Apr 1961  999 000 0018"
    _asks_for_advice(terminal, patient)
    terminal.wait_for("Does the patient agree to pictures?")
    terminal.press("f8")
    terminal.wait_for("Why without pictures?", patient)
    terminal.press("1")
    terminal.wait_for("Is all of this right?", "No pictures, because: The patient declines", patient)
    terminal.press("m")
    terminal.wait_for("steps done", "The episode is recorded, without pictures.", "Nothing was erased.", patient)
    terminal.press("enter")
    terminal.wait_for("Next patient", "card: 5 pictures")


def _finds_both(terminal: Terminal) -> None:
    terminal.press("f4")
    terminal.wait_for("TAMARIND, Thomas", "HOLLOWAY, Margaret", "Esc back")
    terminal.type("tama")
    terminal.wait_for("▸ TAMARIND, Thomas", "1 episode", without="HOLLOWAY")
    terminal.press("enter")
    terminal.wait_for("TAMARIND, Thomas  born 03 Feb 1985  999 555 1233", "left forearm", "F3 look at the pictures")
    terminal.press("f3")
    terminal.wait_for("1 of 3  lesion 1, locating", "▀▀▀▀▀▀▀▀", "Colour is not judged")
    terminal.press("f2")
    terminal.wait_for("Esc close", "TAMARIND, Thomas  born 03 Feb 1985  999 555 1233")
    terminal.press("escape")
    terminal.wait_for("F3 next picture")
    terminal.press("escape")
    terminal.wait_for("tama", "1 episode")
    terminal.press("escape")
    terminal.wait_for("Next patient")


def _asks_for_advice(terminal: Terminal, patient: str) -> None:
    terminal.wait_for("What is your concern", "Step 2 of 8", patient)
    terminal.press("2")
    screen = terminal.wait_for("Which of these do you find or suspect?")
    assert "[x]" not in screen  # nothing is preselected
    assert "▸ 1" not in screen
    terminal.press("0")
    terminal.wait_for("Which of these does the patient have?")
    terminal.press("0")


def _agrees_and_takes_the_newest(terminal: Terminal) -> None:
    screen = terminal.wait_for("Does the patient agree to pictures?", "Read out to the patient", "Step 3 of 8")
    assert "▸ 1" not in screen
    terminal.press("1")
    terminal.wait_for("Which pictures of the card are this", "The newest 3", "Step 4 of 8", "▀▀▀▀▀▀▀▀")
    terminal.press("1")


def _names_the_lesion(terminal: Terminal) -> None:
    terminal.wait_for("Where is it, with what history?", "Step 5 of 8", "locating", "▀▀▀▀▀▀▀▀")
    terminal.type("forearm")
    terminal.wait_for("2 places", "left forearm or wrist", "right forearm or wrist")
    terminal.press("enter")
    terminal.wait_for("! The side is not clear yet: left or right?")
    terminal.type(" l")
    terminal.wait_for("✓ left forearm or wrist", without="right forearm")
    terminal.press("enter")
    terminal.wait_for("Enter go on")
    terminal.type("3 months, itches")
    terminal.wait_for("✓ how long", "✓ itch", "· bleeding")
    terminal.press("enter")


def _after(screen: str, lead: str) -> str:
    """What stands behind `lead` on its line."""
    found = re.search(rf"{re.escape(lead)} *(\S.*)", screen)
    assert found, screen
    return found.group(1).strip()


def test_locked_in_the_middle_of_a_typed_answer_unlocked_and_finished(terminal: Terminal) -> None:
    _signs_in(terminal)
    passphrase = "practice makes perfect"
    terminal.type("9995551233")
    terminal.wait_for("Date of birth")
    terminal.type("3/2/19")
    terminal.wait_for("3/2/19")
    terminal.press("f12")
    screen = terminal.wait_for("Locked", "Dr Alex Practice", "since", "Enter unlock", without="3/2/19")
    for never in ("999", "Date of birth", "Step", "card", "IMG_", "▀"):
        assert never not in screen
    terminal.type("wrong", "enter")
    terminal.wait_for("! The staff ID or the passphrase is wrong.", "Locked")
    terminal.type(passphrase, "enter")
    terminal.wait_for("Date of birth", "3/2/19", "999 555 1233", without="Locked")
    terminal.type("85", "enter")
    terminal.wait_for("03 Feb 1985", without="3/2/1985")
    terminal.type("Tamarind", "enter")
    terminal.wait_for("Given name")
    terminal.type("Thomas", "enter")
    patient = "TAMARIND, Thomas  born 03 Feb 1985  999 555 1233"
    terminal.wait_for("What is your concern", "Step 2 of 8", patient)
    terminal.press("f8")
    terminal.wait_for("Why without pictures?", patient)
    terminal.press("ctrl+l")
    terminal.wait_for("Locked", without="TAMARIND")
    terminal.type(passphrase, "enter")
    terminal.wait_for("Why without pictures?", patient)
    terminal.press("1")
    terminal.wait_for("Is all of this right?", patient)
    terminal.press("m")
    terminal.wait_for("The episode is recorded, without pictures.", patient)
    assert not re.search(rb"\x1b\][012];", terminal.printed), "the title of the terminal tells nothing"
