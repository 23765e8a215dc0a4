"""A card's files as they are offered: one for each digest, by time, in groups.

Cards hold several patients. Groups by gaps in time are proposed and never taken
for granted (CARD, Reading it). Times are what the camera's clock said.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from ...card.card import CardFile, FileKind, Inventory

GAP = timedelta(minutes=10)
"""Pictures further apart than this are taken for two patients'; about one appointment. A product rule."""


_LAST_SECOND = 253_402_300_799
"""The end of the year 9999. File systems can hold later times than a datetime."""


def one_for_each_digest(files: Iterable[CardFile]) -> tuple[CardFile, ...]:
    """The first of every set of equal files: one decision covers all of them."""
    return tuple({file.sha256: file for file in reversed(tuple(files))}.values())[::-1]


def by_digest(inventory: Inventory) -> Mapping[str, tuple[CardFile, ...]]:
    """Every file of the card whose content is known, by that content, in card order."""
    found: dict[str, list[CardFile]] = {}
    for file in inventory.files:
        if file.sha256:
            found.setdefault(file.sha256, []).append(file)
    return {sha256: tuple(files) for sha256, files in found.items()}


def can_be_given_up(file: CardFile) -> bool:
    """Whether a clinician's reason may discard it: its content is known and no erasure of it is under way."""
    return bool(file.sha256) and file.kind is not FileKind.UNFINISHED


def taken(file: CardFile) -> datetime:
    """When it was taken as the camera says, else when the file was written; without a time zone."""
    return by_camera(file) or written(file)


def by_camera(file: CardFile) -> datetime | None:
    """When it was taken as the camera says; None where it says nothing that is a time."""
    untrusted_text = file.facts.taken_at.strip() if file.facts else ""
    try:
        return datetime.strptime(untrusted_text, "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None


def written(file: CardFile) -> datetime:
    """When the file was written, in UTC, without a time zone."""
    seconds = min(max(file.mtime_ns // 1_000_000_000, 0), _LAST_SECOND)
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def in_order_taken(files: Iterable[CardFile]) -> tuple[CardFile, ...]:
    """Oldest first; of one second, in card order by name."""
    return tuple(sorted(files, key=lambda file: (taken(file), file.shown)))


def groups(files: Sequence[CardFile]) -> tuple[tuple[CardFile, ...], ...]:
    """Newest group first; within a group oldest first. Every file is in exactly one."""
    found: list[list[CardFile]] = []
    latest: datetime | None = None
    for file in in_order_taken(files):
        if latest is None or taken(file) - latest > GAP:
            found.append([])
        found[-1].append(file)
        latest = taken(file)
    return tuple(tuple(group) for group in reversed(found))


def span(group: Sequence[CardFile]) -> str:
    """When a group was taken: “24 Nov 2026 10:02 to 10:05”."""
    first, last = taken(group[0]), taken(group[-1])
    if first.date() == last.date():
        until = "" if first.time().replace(second=0) == last.time().replace(second=0) else f" to {last:%H:%M}"
    else:
        until = f" to {last:%d %b %Y %H:%M}"
    return f"{first:%d %b %Y %H:%M}{until}"


def size(number_of_bytes: int) -> str:
    """In the unit people read: “2.4 MB”, “312 kB”, “0 bytes”."""
    if number_of_bytes >= 1_000_000:
        return f"{number_of_bytes / 1_000_000:.1f} MB"
    return f"{number_of_bytes / 1000:.0f} kB" if number_of_bytes >= 1000 else f"{number_of_bytes} bytes"


def described(file: CardFile, equal: Sequence[CardFile]) -> str:
    """Name, time taken and size, and the names of its copies: the label it is chosen by.

    equal: every file of the card with its content.
    """
    also = ", ".join(copy.shown for copy in equal if copy.path != file.path)
    return f"{file.shown}  {taken(file):%d %b %Y %H:%M}  {size(file.size)}{f'  also as {also}' if also else ''}"
