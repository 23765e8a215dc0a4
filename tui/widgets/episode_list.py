"""Episodes to choose from, newest first or by patient. Only the rows in sight are drawn, however many there are."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from core.model.lesion import BODY_SITES

from .due_words import waited_for, when_due
from .wrapping import wrapped

if TYPE_CHECKING:
    from core.records.catalogue import EpisodeEntry
    from core.records.due import Due

LEAD = 2
"""Cells for the mark of where one is."""

BETWEEN_NAMES, BETWEEN = "  ", "  ·  "
"""Between the parts of a patient's line (core.model.patient), and of what is said of an episode."""

_SITES = dict(BODY_SITES)


@dataclass(frozen=True)
class _Item:
    """heading: what stands over the rows below, or "" for a row that can be chosen. named: the row names its patient.

    first: what is said of the episode before all else, "" for nothing.
    """

    entry: "EpisodeEntry"
    heading: str = ""
    named: bool = False
    first: str = ""

    def lines(self, width: int) -> list[str]:
        return [*self.names(width), *self.details(width)]

    def names(self, width: int) -> list[str]:
        if self.heading:
            return _filled(self.heading.split(BETWEEN_NAMES), BETWEEN_NAMES, width)
        whole = str(self.entry.patient).split(BETWEEN_NAMES) if self.named else []
        return _filled(whole, BETWEEN_NAMES, width - LEAD)

    def details(self, width: int) -> list[str]:
        if self.heading:
            return []
        return _filled([*([self.first] if self.first else []), *_said_of(self.entry)], BETWEEN, width - LEAD)


class EpisodeList(ScrollView, can_focus=True, inherit_bindings=False):
    """Nothing is highlighted until a person does it, or the screen says which."""

    DEFAULT_CSS = """
    EpisodeList {
        height: 1fr;
        overflow-x: hidden;
        background: $background;
        scrollbar-size-vertical: 1;
        & > .episode-list--row { color: $foreground; background: $background; }
        & > .episode-list--patient { color: $accent; background: $background; text-style: bold; }
        & > .episode-list--more { color: $muted; background: $background; }
        & > .episode-list--here { color: $on-chosen; background: $chosen; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "episode-list--row",
        "episode-list--patient",
        "episode-list--more",
        "episode-list--here",
    }

    class Chosen(Message):
        """This episode is meant."""

        def __init__(self, entry: "EpisodeEntry") -> None:
            super().__init__()
            self.entry = entry

    def __init__(self) -> None:
        super().__init__()
        self._items: list[_Item] = []
        self._rows: list[int] = []
        self._ends: list[int] = []
        self._here: int | None = None
        self._width = 0

    @property
    def here(self) -> "EpisodeEntry | None":
        """The episode that is looked at."""
        return None if self._here is None else self._items[self._rows[self._here]].entry

    def show(self, entries: Sequence["EpisodeEntry"], *, by_patient: bool, named: bool = True, here: str = "") -> None:
        """entries: newest first. named: whether a row names its patient. here: the id of the one to look at first."""
        self._show_items(list(_grouped(entries)) if by_patient else [_Item(e, named=named) for e in entries], here)

    def show_due(self, lines: Sequence["Due"], *, here: str = "") -> None:
        """lines: as core's due list has them; each kind below a heading with its count."""
        self._show_items(list(_by_what_is_waited_for(lines)), here)

    def _show_items(self, items: list[_Item], here: str) -> None:
        self._items = items
        self._rows = [number for number, item in enumerate(self._items) if not item.heading]
        ids = [self._items[number].entry.id for number in self._rows]
        self._here = ids.index(here) if here in ids else None
        self._lay_out()
        self.scroll_to(y=0, animate=False, force=True)
        self._look()

    def look_at_first(self) -> None:
        self._here = 0 if self._rows else None
        self._look()

    def move(self, by: int) -> None:
        """Looks at the row that many further down; from nowhere, down is the first and up the last."""
        if self._rows:
            last = len(self._rows) - 1
            nowhere = -1 if by > 0 else last + 1
            self._here = min(last, max(0, (nowhere if self._here is None else self._here) + by))
            self._look()

    def enter(self) -> None:
        """What the Enter key means here."""
        if self.here is not None:
            self.post_message(self.Chosen(self.here))

    def take_key(self, key: str) -> bool:
        """Moves with the arrows and by the page; False for any other key."""
        page = max(1, self.size.height // 2 - 1)
        by = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}.get(key)
        if by is not None:
            self.move(by)
        return by is not None

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            self.enter()
        elif not self.take_key(event.key):
            return
        event.stop()

    def on_click(self, event: events.Click) -> None:
        found = self._item_at(event.y + self.scroll_offset.y)
        if found is not None and found in self._rows:
            self._here = self._rows.index(found)
            self._look()
            self.enter()

    def on_resize(self) -> None:
        self._lay_out()
        self._look()

    def _lay_out(self) -> None:
        """The scrollbar takes its room only where there is something to scroll; it must not lie on a word."""
        width, height = self.content_region.size
        self._width = width or 60
        if len(self._items) <= height:
            self._ends = list(accumulate(len(item.lines(self._width)) for item in self._items))
        if len(self._items) > height or (self._ends and self._ends[-1] > height):
            self._width -= self.styles.scrollbar_size_vertical
            self._ends = list(accumulate(len(item.lines(self._width)) for item in self._items))
        self.virtual_size = Size(self._width, self._ends[-1] if self._ends else 0)
        self.refresh()

    def _look(self) -> None:
        """Brings the row into sight, the first one with its heading."""
        if self._here is not None:
            number = self._rows[self._here]
            top, end = self._start(number), self._ends[number]
            if number and self._items[number - 1].heading:
                top = self._start(number - 1)
            self.scroll_to_region(Region(0, top, 1, end - top), animate=False, force=True)
        self.refresh()

    def _start(self, number: int) -> int:
        return self._ends[number - 1] if number else 0

    def _item_at(self, line: int) -> int | None:
        number = bisect_right(self._ends, line)
        return number if number < len(self._items) else None

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        number = self._item_at(line)
        if number is None:
            return Strip.blank(width, self.get_component_rich_style("episode-list--row"))
        item = self._items[number]
        lines = item.lines(self._width)
        at = line - self._start(number)
        text = lines[at] if at < len(lines) else ""
        here = self._here is not None and self._rows[self._here] == number
        details = item.named and at >= len(item.names(self._width))
        kind = "patient" if item.heading else "here" if here else "more" if details else "row"
        lead = "" if item.heading else "▸ " if here and at == 0 else " " * LEAD
        style = self.get_component_rich_style(f"episode-list--{kind}")
        return Strip([Segment(lead + text, style)]).adjust_cell_length(width, style)


def _filled(parts: list[str], between: str, width: int) -> list[str]:
    """As many parts a line as fit. Quick where they do: there may be thousands of rows."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]}{between}{part}" if lines else part
        if cell_len(joined) <= width:
            lines[-1:] = [joined]
        else:
            lines += [part] if cell_len(part) <= width else wrapped(part, width)
    return lines


def _said_of(entry: "EpisodeEntry") -> list[str]:
    """When, where it led, which sites, how many pictures."""
    sites = ", ".join(_SITES.get(site, site) for site in entry.sites)
    pictures = f"{entry.pictures} picture{'' if entry.pictures == 1 else 's'}" if entry.pictures else "no pictures"
    parts = [f"{entry.opened_at.astimezone():%d %b %Y %H:%M}", entry.route_name, sites, pictures]
    return [part for part in parts if part]


def _grouped(entries: Sequence["EpisodeEntry"]) -> list[_Item]:
    """By family name, each patient's newest first, below a heading."""
    of: dict[str, list[EpisodeEntry]] = {}
    for entry in entries:
        of.setdefault(entry.patient_folder, []).append(entry)
    items = []
    for each in sorted(of.values(), key=lambda group: (group[0].who.family_name.casefold(), str(group[0].patient))):
        items.append(_Item(each[0], heading=str(each[0].patient)))
        items += [_Item(entry) for entry in each]
    return items


def _by_what_is_waited_for(lines: Sequence["Due"]) -> Iterator[_Item]:
    for _, group in groupby(lines, key=lambda line: line.waiting.what):
        same = list(group)
        yield _Item(same[0].entry, heading=f"{waited_for(same[0].waiting)}  ({len(same)})")
        for line in same:
            yield _Item(line.entry, named=True, first=when_due(line.waiting, overdue=line.overdue))
