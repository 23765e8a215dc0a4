"""A move while it runs, for whoever has to know of it: its screen, the desk, the lock, and the next app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.progress import Progress

if TYPE_CHECKING:
    from core.errors import DermlockError
    from core.intake.receipt import Receipt


class StopWish:
    """A Cancellation that a key sets."""

    def __init__(self) -> None:
        self._wished = False

    @property
    def is_cancelled(self) -> bool:
        return self._wished

    def wish(self) -> None:
        self._wished = True


class OngoingMove:
    """One move, as far as it got: what it came to is known here even when its screen is gone.

    Its thread writes into it. progress: counts, None before the first.
    outcome: None while it runs, and where a mistake ended it.
    begun: whether anything of it is open now; taken for true until that is known.
    """

    def __init__(self) -> None:
        self.stop = StopWish()
        self.progress: Progress | None = None
        self.outcome: Receipt | DermlockError | None = None
        self.begun = True
