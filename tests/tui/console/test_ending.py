"""How a line ends: its exit code, and the report of a mistake with nobody's data in it."""

import signal
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from core.errors import (
    CardError,
    DermlockError,
    InterruptedByPersonError,
    NotSignedInError,
    RuleRefusedError,
    VaultError,
    WrongUseError,
)
from tui.console.ending import asked_for_json, report_text, run_to_its_end
from tui.console.output import Output
from tui.console.stopping import SIGNALS, stoppable


def line_that(does: Callable[[], object]) -> click.Command:
    return click.Command("line", callback=does)


def fails(error: BaseException) -> click.Command:
    def fail() -> None:
        raise error

    return line_that(fail)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (WrongUseError, 2),
        (RuleRefusedError, 3),
        (NotSignedInError, 4),
        (CardError, 5),
        (VaultError, 6),
        (InterruptedByPersonError, 130),
    ],
)
def test_each_error_has_its_exit_code_and_two_lines(
    kind: type[DermlockError], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_to_its_end(fails(kind("What happened.", "What to do.")), []) == code
    assert capsys.readouterr() == ("", "dermlock: What happened.\nWhat to do.\n")


@pytest.mark.parametrize(("returned", "code"), [(0, 0), (1, 1), (None, 0)])
def test_a_line_that_did_its_work_has_the_code_that_it_returned(returned: int | None, code: int) -> None:
    assert run_to_its_end(line_that(lambda: returned), []) == code


@pytest.mark.parametrize("stopped", [KeyboardInterrupt(), click.Abort(), EOFError()])
def test_a_person_who_stops_it_reads_that_nothing_is_lost(
    stopped: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_to_its_end(fails(stopped), []) == 130
    said = capsys.readouterr()
    assert [line for line in said.err.splitlines() if line] == [
        "dermlock: Stopped.",
        "Every picture is whole on the card or safe in the vault; the next start finishes what is unfinished.",
    ]


def test_a_mistake_is_not_taken_for_anything_else() -> None:
    with pytest.raises(KeyError):
        run_to_its_end(fails(KeyError("a bug")), [])
    with pytest.raises(OSError, match="not caught by core"):
        run_to_its_end(fails(OSError(5, "not caught by core")), [])


def test_json_is_heard_on_any_part_of_a_line_but_not_behind_two_dashes() -> None:
    assert asked_for_json(["--json", "find"])
    assert asked_for_json(["find", "x", "--json"])
    assert not asked_for_json(["find", "--", "--json"])
    assert not asked_for_json([])


def test_a_report_has_places_and_kinds_and_no_value() -> None:
    def seal(_patient: str) -> None:
        try:
            int("Ashgrove")
        except ValueError as error:
            raise KeyError("Rosalind Ashgrove, 999 000 0018") from error

    with pytest.raises(KeyError, match="Rosalind") as caught:
        seal("Rosalind")
    text = report_text(caught.type, caught.value, caught.tb)
    first, *rest = text.splitlines()
    assert first.startswith("dermlock on Python 3.")
    assert [line for line in rest if not line.startswith(" ")] == ["KeyError", "ValueError"]
    assert "  tests/tui/console/test_ending.py" in text
    assert " seal" in text
    for never in ("Rosalind", "Ashgrove", "999", str(Path.home())):
        assert never not in text


@pytest.mark.parametrize("number", SIGNALS)
def test_the_first_signal_asks_and_the_second_stops(number: signal.Signals, capsys: pytest.CaptureFixture[str]) -> None:
    before = [signal.getsignal(each) for each in SIGNALS]
    with pytest.raises(KeyboardInterrupt), stoppable(Output(as_json=False)) as stop:
        assert not stop.is_cancelled
        signal.raise_signal(number)
        assert stop.is_cancelled
        signal.raise_signal(number)
    assert [signal.getsignal(each) for each in SIGNALS] == before
    assert capsys.readouterr().err.count("once more stops at once") == 1


def test_work_that_was_not_stopped_leaves_the_signals_as_they_were() -> None:
    before = [signal.getsignal(each) for each in SIGNALS]
    with stoppable(Output(as_json=False)) as stop:
        assert [signal.getsignal(each) for each in SIGNALS] != before
    assert not stop.is_cancelled
    assert [signal.getsignal(each) for each in SIGNALS] == before
