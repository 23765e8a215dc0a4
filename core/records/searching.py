"""What the words of a search are held against: names, numbers, dates, body sites and routes of an episode."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ..model.lesion import BODY_SITES
from .catalogue import EpisodeEntry

_SITES = dict(BODY_SITES)
_PARTED = str.maketrans("-’'", "   ")
"""Between the parts of a name; each part is found too."""


def fits(entry: EpisodeEntry, wanted: Sequence[str], today: date) -> bool:
    """Whether each of these words, already casefolded, begins a word of the entry, in any order.

    Dates are known as 2026-03-04, 4/3/2026, 3/2026 and as today or yesterday, which go by the
    station's time; numbers with and without their spaces.
    """
    if not wanted:
        return True
    words = list(_words(entry, today))
    return all(any(word.startswith(start) for word in words) for start in wanted)


def _words(entry: EpisodeEntry, today: date) -> Iterator[str]:
    who = entry.who
    named = (who.family_name, who.given_name, entry.route_name, *(_SITES.get(site, site) for site in entry.sites))
    for text in named:
        folded = text.casefold()
        yield from folded.split()
        yield from folded.replace("-", " ").split()
        yield from folded.translate(_PARTED).split()
    yield entry.route.value
    yield from (who.nhs_number, who.nhs_number[3:6], who.nhs_number[6:], who.local_number.casefold(), entry.id)
    opened = entry.opened_at.astimezone().date()
    yield from _written(opened)
    yield from _written(who.birth_date)
    if opened == today:
        yield "today"
    elif opened == today - timedelta(days=1):
        yield "yesterday"


def _written(day: date) -> Iterator[str]:
    yield day.isoformat()
    yield f"{day.day}/{day.month}/{day.year}"
    yield f"{day.day:02}/{day.month:02}/{day.year}"
    yield f"{day.month}/{day.year}"
    yield f"{day.month:02}/{day.year}"
