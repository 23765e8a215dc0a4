"""Being stopped while work is under way: after the picture at hand, or at once the second time.

Both are safe; the first is tidier, since nothing has to be finished at the next start.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from core.errors import InterruptedByPersonError

from .output import Output

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequest:
    """A core Cancellation that signals set."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        return self._asked.is_set()

    def ask(self) -> None:
        self._asked.set()


@contextmanager
def stoppable(output: Output) -> Iterator[StopRequest]:
    """Within it the first signal asks the work to stop, and the second raises KeyboardInterrupt.

    Work that finished all the same has finished; work that stopped says so itself.
    """
    request = StopRequest()

    def asked(_signal: int, _frame: FrameType | None) -> None:
        if request.is_cancelled:
            raise KeyboardInterrupt
        request.ask()
        output.note("Stopping after this picture; once more stops at once. Nothing is lost either way.")

    before = {number: signal.signal(number, asked) for number in SIGNALS}
    try:
        yield request
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def interrupted() -> InterruptedByPersonError:
    """What a person reads who stopped dermlock at once."""
    return InterruptedByPersonError(
        "Stopped.",
        "Every picture is whole on the card or safe in the vault; the next start finishes what is unfinished.",
    )
