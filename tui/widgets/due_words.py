"""What is due, in words; never by colour alone."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.follow_up.waiting import Waiting
    from core.records.due import Due


def due_in_short(lines: "Sequence[Due]") -> str:
    """How many lines, and how many of them are overdue; "" for none."""
    overdue = sum(line.overdue for line in lines)
    parts = [f"{overdue} overdue"] if overdue else []
    if len(lines) > overdue:
        parts.append(f"{len(lines) - overdue} {'more ' if overdue else ''}due")
    return ", ".join(parts)


def waited_for(waiting: "Waiting") -> str:
    """What it waits for, as a heading."""
    from core.follow_up.waiting import IN_WORDS  # brings msgspec, which the first paint does without

    words = IN_WORDS[waiting.what]
    return words[0].upper() + words[1:]


def when_due(waiting: "Waiting", *, overdue: bool) -> str:
    """Since when it waits, and until when it is in time."""
    if waiting.due_on is None:
        return f"since {_day(waiting.since)}"
    if overdue:
        return f"▲ overdue since {_day(waiting.due_on)}"
    return f"due on {_day(waiting.due_on)}"


def _day(day: date) -> str:
    return f"{day:%d %b %Y}"
