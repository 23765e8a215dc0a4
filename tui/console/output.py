"""What a command says: one result on standard output, everything else on standard error.

Text that came off a card or out of a vault may hold control characters; a
terminal must not obey them, so all text is made plain here.
"""

import contextlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from core.errors import DermlockError, WrongUseError
from core.progress import Progress

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None


class Output:
    """as_json: the result is one JSON document instead of text."""

    def __init__(self, *, as_json: bool, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.as_json = as_json
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        self._progress_width = 0

    def result(self, document: Mapping[str, Json], text: str) -> None:
        """The command's one result, in the form that was asked for.

        Raises BrokenPipeError when nobody reads on, WrongUseError when it cannot be written.
        """
        self._end_progress()
        try:
            if self.as_json:
                json.dump(document, self._out, indent=2)  # ASCII, so that any locale can carry it
                self._out.write("\n")
            elif text:
                self._out.write(plain(text) + "\n")
            self._out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            drop_the_rest(self._out)
            raise WrongUseError(
                f"The result cannot be written: {error.strerror}.",
                "The command did its work; what it did can be seen with dermlock find and dermlock audit show.",
            ) from error

    def note(self, line: str) -> None:
        """One line beside the result."""
        self._end_progress()
        self._say(plain(line) + "\n")

    def prompt(self, text: str, *, on_its_line: bool) -> None:
        """What stands before a typed answer. on_its_line: nobody types, so the line is ended here."""
        self._end_progress()
        self._say(plain(text) + ("\n" if on_its_line else ""))

    def error(self, what: str, hint: str, code: int) -> None:
        """How a command ends that could not do it: two lines, and the document with --json."""
        if self.as_json:
            self.result({"error": {"what": what, "hint": hint, "exit_code": code}}, "")
        self.note(f"dermlock: {' '.join(what.split())}")
        self.note(" ".join(hint.split()))

    def dermlock_error(self, error: DermlockError) -> int:
        """Says it; returns its exit code."""
        self.error(error.what, error.hint, error.exit_code)
        return error.exit_code

    def progress(self, progress: Progress) -> None:
        """A core Report: one line that is written over, only where a person watches."""
        if not self._err.isatty():
            return
        of_total = f" of {progress.total}" if progress.total else ""
        line = plain(f"{progress.stage} {progress.done}{of_total}  {progress.item}")[:79]
        self._say("\r" + line.ljust(self._progress_width))
        self._progress_width = len(line)

    def _end_progress(self) -> None:
        if self._progress_width:
            self._say("\r" + " " * self._progress_width + "\r")
            self._progress_width = 0

    def _say(self, text: str) -> None:
        """A terminal that hung up takes no more lines; the work goes on, and ends as it would have."""
        with contextlib.suppress(OSError):
            self._err.write(text)
            self._err.flush()


def drop_the_rest(stream: TextIO) -> None:
    """What is left to write goes nowhere; Python would complain again while closing the stream."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def plain(text: str) -> str:
    """The text with everything but printable characters and line ends written as \\xNN or \\uNNNN."""
    return "".join(
        char if char.isprintable() or char == "\n" else char.encode("unicode_escape", "surrogatepass").decode("ascii")
        for char in text
    )
