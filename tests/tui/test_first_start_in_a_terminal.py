"""The first start in a real terminal: set up, practise, sign in; and again when the vault is away."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from ..support.terminal import Terminal, in_a_terminal

DERMLOCK = Path(sys.executable).with_name("dermlock")


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    (tmp_path / "run").mkdir(mode=0o700)
    return {
        "PATH": os.environ["PATH"],
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "HOME": str(tmp_path / "home"),
        "XDG_RUNTIME_DIR": str(tmp_path / "run"),
        "TMPDIR": str(tmp_path / "run"),
    }


@pytest.fixture
def terminal(environment: Mapping[str, str]) -> Iterator[Terminal]:
    with in_a_terminal([DERMLOCK], environment) as terminal:
        yield terminal


def _written_down(screen: str, pattern: str) -> str:
    found = re.search(pattern, screen)
    assert found, screen
    return found.group()


def test_from_nothing_to_a_practice_run_and_the_first_real_sign_in(
    terminal: Terminal, environment: Mapping[str, str], tmp_path: Path
) -> None:
    vault = tmp_path / "vault"
    terminal.wait_for("There is no vault yet", "Where shall the vault lie?")
    terminal.type(str(vault), "enter")
    terminal.wait_for("Your staff ID")
    terminal.type("a.palmer", "enter")
    terminal.wait_for("Your name")
    terminal.type("Dr Ada Palmer", "enter")
    terminal.wait_for("Which passphrase?")
    terminal.press("1")
    passphrase = _written_down(terminal.wait_for("Type it back"), r"[a-z]+(-[a-z]+){3}")
    terminal.type(passphrase, "enter")
    recovery_key = _written_down(
        terminal.wait_for("Recovery key", "Enter written down"), r"[0-9A-Z]{4}(-[0-9A-Z]{4}){8}"
    )
    terminal.press("enter")
    terminal.wait_for("Type the recovery key back", without=recovery_key)
    terminal.type(recovery_key, "enter")
    terminal.wait_for("Practise once?")
    terminal.press("1")

    terminal.wait_for("PRACTICE", "This is a practice run.", "a.practice")
    assert list((tmp_path / "run").iterdir()) != [], "the practice is here"
    terminal.type("a.practice", "enter")
    terminal.type("practice makes perfect", "enter")
    terminal.wait_for("PRACTICE", "Next patient", "card: 5 pictures", "Dr Alex Practice")
    terminal.press("f10")

    terminal.wait_for("Sign in", "a.palmer", without="PRACTICE")
    assert list((tmp_path / "run").iterdir()) == [], "nothing of the practice is left"
    terminal.type(passphrase, "enter")
    terminal.wait_for("Next patient", "Dr Ada Palmer", without="PRACTICE")
    terminal.press("f10")
    terminal.wait_for("F7 recovery key")
    terminal.press("f7")
    terminal.wait_for("Recovery key, from the printed sheet")
    terminal.type(recovery_key.lower(), "enter")
    terminal.wait_for("Next patient", "Recovery key")
    terminal.press("f10")
    terminal.wait_for("F7 recovery key")
    terminal.press("escape")
    assert terminal.wait_for_end() == 0
    assert b"Traceback" not in terminal.printed

    vault.rename(tmp_path / "away")
    with in_a_terminal([DERMLOCK], environment) as again:
        again.wait_for("The vault of this station is not there", "Look again")
        again.press("1")
        again.wait_for("! There is still no vault in that place.")
        (tmp_path / "away").rename(vault)
        again.press("1")
        again.wait_for("Sign in", "Staff ID")
        again.press("escape")
        assert again.wait_for_end() == 0
