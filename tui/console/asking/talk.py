"""Lines out and lines in. No cursor is moved and nothing is written over, so that every line can be read aloud."""

from collections.abc import Callable

from core.errors import DermlockError
from core.progress import Progress, Report

from ..output import plain

Reader = Callable[[str], str]
"""Shows a prompt; returns the line that was typed, without its end. Raises EOFError when there is none."""

Writer = Callable[[str], None]
"""Writes one line."""

_READINGS_A_LINE = 50
"""Of work without items, such as reading a card of hundreds of files: one line for so many."""


class Talk:
    """Makes every text plain: names off a card may hold what a terminal would obey."""

    def __init__(self, read: Reader, write: Writer) -> None:
        self._read = read
        self._write = write

    def say(self, *lines: str) -> None:
        for text in lines:
            for line in text.split("\n"):
                self._write(plain(line).rstrip())

    def refuse(self, error: DermlockError) -> None:
        """What happened, and what to do about it."""
        self.say(" ".join(error.what.split()), " ".join(error.hint.split()))

    def hear(self, prompt: str) -> str:
        """Raises EOFError when nobody says any more."""
        return self._read(plain(prompt))


def line_by_line(write: Writer) -> Report:
    """A core Report as lines: one for each stage of each picture."""
    told: set[str] = set()

    def report(progress: Progress) -> None:
        line = ""
        if progress.item and progress.done < progress.total:
            line = f"{progress.stage} {progress.done + 1} of {progress.total}."
        elif not progress.item and progress.done and progress.done % _READINGS_A_LINE == 0:
            line = f"{progress.stage}, {progress.done} of {progress.total}."
        elif not progress.item and progress.stage not in told:
            line = f"{progress.stage}."
        told.add(progress.stage)
        if line and line not in told:
            told.add(line)
            write(line)

    return report
