"""What a command says, and to whom: standard output has one result, everything else is beside it."""

import errno
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import CardError
from core.progress import Progress
from tui.console.output import Output, plain


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class HungUp(Terminal):
    """A terminal whose other end is gone."""

    def write(self, _text: str) -> int:
        raise OSError(errno.EIO, "Input/output error")


def test_the_result_is_text_or_a_document_and_never_both() -> None:
    for as_json in (False, True):
        out, err = io.StringIO(), io.StringIO()
        output = Output(as_json=as_json, out=out, err=err)
        output.note("beside it")
        output.result({"name": "Zoë \x1b[2J"}, "Zoë \x1b[2J")
        assert err.getvalue() == "beside it\n"
        if as_json:
            assert json.loads(out.getvalue()) == {"name": "Zoë \x1b[2J"}
            assert out.getvalue().isascii()
            assert "\x1b" not in out.getvalue()
        else:
            assert out.getvalue() == "Zoë \\x1b[2J\n"


def test_an_empty_text_is_no_line() -> None:
    out = io.StringIO()
    Output(as_json=False, out=out).result({"files": []}, "")
    assert out.getvalue() == ""


def test_an_error_is_two_lines_whatever_is_in_it() -> None:
    out, err = io.StringIO(), io.StringIO()
    error = CardError("The card\nbroke\x07.", "  Put it\n in again. ")
    assert Output(as_json=True, out=out, err=err).dermlock_error(error) == 5
    assert err.getvalue() == "dermlock: The card broke\\x07.\nPut it in again.\n"
    assert json.loads(out.getvalue()) == {
        "error": {"what": "The card\nbroke\x07.", "hint": "  Put it\n in again. ", "exit_code": 5}
    }


def test_progress_is_one_line_on_a_terminal_and_is_gone_before_anything_else() -> None:
    err = Terminal()
    output = Output(as_json=False, out=io.StringIO(), err=err)
    output.progress(Progress("Sealing", 1, 30, item="DCIM/100DERMA/IMG_0001.JPG"))
    output.progress(Progress("Sealing", 2, 30, item="A" * 200))
    output.progress(Progress("Names", 3, 0))
    output.note("Done.")
    first, second, third, blank, done = err.getvalue().split("\r")[1:]
    assert first == "Sealing 1 of 30  DCIM/100DERMA/IMG_0001.JPG"
    assert len(second) == len(third) == 79, "what was longer before is written over"
    assert (third.strip(), blank.strip(), done) == ("Names 3", "", "Done.\n")


def test_progress_is_silent_where_nobody_watches() -> None:
    err = io.StringIO()
    Output(as_json=False, out=io.StringIO(), err=err).progress(Progress("Sealing", 1, 3))
    assert err.getvalue() == ""


def test_a_terminal_that_hung_up_does_not_stop_the_work() -> None:
    """An SSH connection that breaks: the signal asks the move to stop, and saying so must not break it off."""
    out = io.StringIO()
    output = Output(as_json=False, out=out, err=HungUp())
    output.progress(Progress("Sealing", 1, 3))
    output.note("Stopping after this picture.")
    output.result({}, "Sealed 1.")
    assert output.dermlock_error(CardError("The card was pulled.", "Put it in again.")) == 5
    assert out.getvalue() == "Sealed 1.\n"


def test_nobody_reading_on_is_told_to_the_caller() -> None:
    class Closed(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        Output(as_json=False, out=Closed(), err=io.StringIO()).result({}, "text")


@given(st.text(st.characters()))
def test_plain_text_has_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = plain(text)
    assert all(char.isprintable() or char == "\n" for char in shown)
    shown.encode()  # nothing is left that cannot be
    if text.isprintable():
        assert shown == text


def test_undecodable_bytes_of_a_name_are_shown() -> None:
    assert plain("IMG\udcff.JPG") == "IMG\\udcff.JPG"
