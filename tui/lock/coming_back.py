"""After a mistake in the app it is reported, and the app comes back by itself, locked.

What was open is handed from the old app to the new one in memory; nothing of a
patient goes to a disk.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from textual.worker import WorkerFailed

from ..app_services import Session
from ..intake.flow import OpenIntake
from .idle import Seconds

TOO_MANY, WITHIN = 3, 60.0
"""Mistakes, and seconds: an app that cannot stay up is not started for ever."""

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class LeftOpen:
    """session: who is signed in. opened: the intake they were at, None for none. since: when they were locked out.

    theme: the colours that were chosen.
    """

    session: Session
    opened: OpenIntake | None
    since: datetime
    theme: str


class Mistaken(Protocol):
    """An app, as far as it is run here."""

    @property
    def mistake(self) -> BaseException | None:
        """What ended it, None when it was left."""

    @property
    def left_open(self) -> LeftOpen | None:
        """What the next one is to be given, None while nobody is signed in."""

    def run(self) -> int | None:
        """Until it is left or a mistake ends it."""

    def end_threads(self) -> None:
        """Lets go of the card readers, however it ended."""


def run_until_left(
    make: Callable[[LeftOpen | None], Mistaken],
    report: Callable[[BaseException], None],
    seconds: Seconds = time.monotonic,
) -> int:
    """The exit code. Raises the last of too many mistakes, after the terminal is as it was before."""
    left: LeftOpen | None = None
    mistakes: list[float] = []
    while True:
        app = make(left)
        with _signals_as_before():
            try:
                code = app.run()
            finally:
                app.end_threads()
        if app.mistake is None:
            return code or 0
        now = seconds()
        mistakes = [at for at in mistakes if now - at < WITHIN] + [now]
        if len(mistakes) == TOO_MANY:
            raise app.mistake
        report(app.mistake)
        left = app.left_open


def real_mistake(error: BaseException | None) -> BaseException | None:
    """Textual wraps what was raised in a worker."""
    while isinstance(error, WorkerFailed):
        error = error.error
    return error


@contextmanager
def _signals_as_before() -> Iterator[None]:
    """asyncio leaves the default behind where the app listened; the demo has handlers of its own."""
    before = {number: signal.getsignal(number) for number in ENDING_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
