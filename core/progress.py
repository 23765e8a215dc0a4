"""How long work tells how far it is, and how it is told to stop.

Core calls `report` as often as it likes; whoever shows it may drop what is
overtaken. Cancelling is looked at between pictures only: a picture is sealed
wholly or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Progress:
    """One reading of a piece of work.

    stage: the work in the clinic's words ("Sealing", "Erasing"), shown as it is.
    done, total: whole items (pictures, files). total 0 means not known yet.
    done_bytes, total_bytes: bytes, for rate and time left. 0 means not known.
    item: what is being worked on, shown as it is; never a patient's name.
    """

    stage: str
    done: int
    total: int
    done_bytes: int = 0
    total_bytes: int = 0
    item: str = ""


Report = Callable[[Progress], None]


class Cancellation(Protocol):
    """Asked between pictures; a Textual worker already satisfies it."""

    @property
    def is_cancelled(self) -> bool: ...


class NeverCancelled:
    """For work that nobody can stop, such as resuming an unfinished move."""

    @property
    def is_cancelled(self) -> bool:
        return False


def unreported(progress: Progress) -> None:
    """A Report for whoever does not watch."""
