"""Whether the camera's clock can be right, for the newest pictures are found by it.

A clock that was set back, as many cameras do when their battery was out, puts the
pictures of the patient in the room behind those of an earlier one: then the newest
group is somebody else's. What is found is advice and never blocks: pictures may
well be of yesterday. The thresholds are product rules, each with its reason.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ...card.card import CardFile
from .card_files import by_camera, taken

AHEAD = timedelta(minutes=90)
"""Nothing was taken later than now. An hour is a summer time that nobody set back, and half an hour
the drift of some months; a warning at every intake of a winter would not be read for long."""

BEHIND = timedelta(hours=12)
"""Pictures are moved while the patient is in the room, at the latest when the day's surgery ends:
what is older than a long working day was not taken in it, or by a clock that is wrong."""

WITHOUT_ZONE = timedelta(hours=14)
"""More for a time that only the file system has: on FAT it has no time zone, and those go to UTC+14."""

WRAPS_AT = 5000
"""A number this much lower is a later one: cameras count to 9999 and begin again."""

_LONG_AGO = ((timedelta(days=365), "more than a year"), (timedelta(days=7), "more than a week"))


class ClockWarning(NamedTuple):
    """what: is found. hint: what to do about it. Each a sentence or two, the same as long as it is so."""

    what: str
    hint: str

    def __str__(self) -> str:
        return f"{self.what} {self.hint}"


def clock_warnings(pictures: Sequence[CardFile], now: datetime) -> tuple[ClockWarning, ...]:
    """What the times of these pictures, taken for one patient's, have against the station's clock.

    pictures: at least one. now: of the station, in its own time zone.
    """
    latest = max(pictures, key=taken)
    here = now.replace(tzinfo=None)
    slack = timedelta() if by_camera(latest) else WITHOUT_ZONE
    when = f"By the camera's clock these pictures were taken on {taken(latest):%d %b %Y at %H:%M}"
    if taken(latest) - here > AHEAD + slack:
        hint = "Make sure that they are this patient's, and set the camera's clock."
        return (ClockWarning(f"{when}, which is still to come.", hint),)
    if here - taken(latest) > BEHIND + slack:
        age = here - taken(latest)
        ago = next((words for least, words in _LONG_AGO if age > least), "more than 12 hours")
        hint = "Make sure that they are this patient's. If they are of today, set the camera's clock."
        return (ClockWarning(f"{when}, {ago} ago.", hint),)
    return ()


def numbered_later(newest: Sequence[CardFile], pictures: Iterable[CardFile]) -> tuple[ClockWarning, ...]:
    """That other pictures have later numbers than those which the times say are the newest.

    Cameras number pictures in the order in which they are taken (DCF), whatever their clock says.
    """
    latest: dict[str, int] = {}
    for file in newest:
        if place := _number(file):
            latest[place[0]] = max(place[1], latest.get(place[0], 0))
    taken_for_newest = {file.sha256 for file in newest}
    later = [
        file
        for file in pictures
        if file.sha256 not in taken_for_newest
        and (place := _number(file))
        and place[0] in latest
        and _is_later(place[1], latest[place[0]])
    ]
    if not later:
        return ()
    more = f" and {len(later) - 1} more" if len(later) > 1 else ""
    return (
        ClockWarning(
            f"By their numbers other pictures were taken after the newest: {later[-1].shown}{more}.",
            "The camera's clock may have been set back: choose the pictures one by one, and set the clock.",
        ),
    )


_NAME = re.compile(r"(?P<series>.*?)(?P<number>\d{4})\.[^.]+")
_FOLDER = re.compile(r"(?P<number>\d{3})(?P<camera>.*)")


def _number(file: CardFile) -> tuple[str, int] | None:
    """The series of a DCF name and its number in it; None for other names."""
    name = _NAME.fullmatch(file.path.name)
    folder = _FOLDER.fullmatch(file.path.parent.name)
    if name is None or folder is None:
        return None
    return f"{folder['camera']}/{name['series']}", 10_000 * int(folder["number"]) + int(name["number"])


def _is_later(number: int, than: int) -> bool:
    """In one folder a number may have begun again behind 9999."""
    if number // 10_000 == than // 10_000 and abs(number - than) > WRAPS_AT:
        return number < than
    return number > than
