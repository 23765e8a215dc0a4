"""What a command says: one result on standard output, everything else on standard error.

Text that came off a card or out of a vault may hold control characters; a
terminal must not obey them, so all text is made plain here.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from core.errors import DermlockError
from core.progress import Progress

Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | bool | None


class Output:
    """as_json: the result is one JSON document instead of text."""

    def __init__(self, *, as_json: bool, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.as_json = as_json
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        self._progress_width = 0

    def result(self, document: Mapping[str, Json], text: str) -> None:
        """The command's one result, in the form that was asked for."""
        self._end_progress()
        if self.as_json:
            json.dump(document, self._out, indent=2)  # ASCII, so that any locale can carry it
            self._out.write("\n")
        elif text:
            self._out.write(plain(text) + "\n")
        self._out.flush()

    def note(self, line: str) -> None:
        """One line beside the result."""
        self._end_progress()
        self._err.write(plain(line) + "\n")
        self._err.flush()

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
        self._err.write("\r" + line.ljust(self._progress_width))
        self._err.flush()
        self._progress_width = len(line)

    def _end_progress(self) -> None:
        if self._progress_width:
            self._err.write("\r" + " " * self._progress_width + "\r")
            self._progress_width = 0


def plain(text: str) -> str:
    """The text with everything but printable characters and line ends written as \\xNN or \\uNNNN."""
    return "".join(
        char if char.isprintable() or char == "\n" else char.encode("unicode_escape", "surrogatepass").decode("ascii")
        for char in text
    )
