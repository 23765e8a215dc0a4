"""The due lists: every episode that waits for something, what is late first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..follow_up.waiting import Waiting, WaitsFor
from .catalogue import EpisodeEntry

_ORDER = {what: number for number, what in enumerate(WaitsFor)}


@dataclass(frozen=True)
class Due:
    """One line: an episode, and one thing that it waits for. overdue: on the day that was asked about."""

    entry: EpisodeEntry
    waiting: Waiting
    overdue: bool


def due_list(entries: Iterable[EpisodeEntry], today: date) -> tuple[Due, ...]:
    """In the order of WaitsFor; there what is overdue first, then what is due first, then what waits longest."""
    lines = [Due(entry, waiting, waiting.is_overdue(today)) for entry in entries for waiting in entry.waiting]
    return tuple(sorted(lines, key=_place))


def _place(due: Due) -> tuple[int, bool, date, date, str]:
    waiting = due.waiting
    return _ORDER[waiting.what], not due.overdue, waiting.due_on or date.max, waiting.since, due.entry.id
