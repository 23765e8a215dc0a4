"""What is typed at a terminal: a new passphrase twice, and the recovery key back until it is right."""

import getpass
import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest

from core.errors import WrongUseError
from tui.commands.main import dermlock
from tui.console.ending import run_to_its_end
from tui.console.invocation import Invocation
from tui.console.options import GlobalOptions

from ...support.station import Station, new_station


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Person:
    """Types what it was told to, line after line. asked: the prompts, in order."""

    def __init__(self, patch: pytest.MonkeyPatch, lines: Iterable[str]) -> None:
        self.asked: list[str] = []
        self._lines = iter(lines)
        self.seen = Terminal()
        patch.setattr("sys.stdin", Terminal())
        patch.setattr("sys.stderr", self.seen)
        patch.setattr(getpass, "getpass", lambda prompt, stream=None: self.type(prompt))
        patch.setattr(click, "prompt", lambda prompt, err: self.type(prompt))

    def type(self, prompt: str) -> str:
        self.asked.append(prompt)
        return next(self._lines)


def invocation() -> Invocation:
    return Invocation(GlobalOptions(None, "a.jones", "", json=False))


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:
    made = new_station(tmp_path / "station")
    for name, value in made.environ.items():
        monkeypatch.setenv(name, value)
    return made


def test_a_new_passphrase_is_typed_twice(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person(monkeypatch, ["four words of mine"] * 2)
    assert invocation().new_passphrase("", "--passphrase-file", "a.jones") == "four words of mine"
    assert person.asked == ["New passphrase for a.jones (Enter: make one): ", "The same once more: "]


def test_two_that_differ_are_refused(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    Person(monkeypatch, ["four words of mine", "four words of yours"])
    with pytest.raises(WrongUseError, match="differ"):
        invocation().new_passphrase("", "--passphrase-file", "a.jones")


def test_enter_alone_has_one_made_and_shown_once(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person(monkeypatch, [""])
    made = invocation().new_passphrase("", "--passphrase-file", "a.jones")
    assert len(made) >= 12
    assert person.seen.getvalue() == f"Passphrase of a.jones: {made}\nIt is shown this once.\n"


def test_the_recovery_key_is_typed_back_until_it_is_right(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setattr("sys.excepthook", sys.excepthook)  # put back afterwards

    def typed() -> Iterator[str]:
        yield from ("four words of mine", "four words of mine", "wrong", "0000-0000-0000-0000-0000-0000-0000-0000-0000")
        key = out.getvalue().rpartition("Recovery key: ")[2].strip()
        yield key[:-1] + ("A" if key[-1] != "A" else "B")
        yield key.lower()

    person = Person(monkeypatch, typed())
    assert run_to_its_end(dermlock, ["vault", "create", "--name", "Dr Ann Jones"]) == 0
    assert [asked[:26] for asked in person.asked[2:]] == ["Type the recovery key back"] * 4
    assert person.seen.getvalue().count("Compare it group by group") == 3
