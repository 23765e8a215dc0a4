"""Where each picture of a card stands: groups under headings, rows of cells under them."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.card.card import CardFile

CELL = 25
"""Cells of the terminal's width that a picture gets at least: three of them on eighty."""

LEAST_THUMB = 4
"""Lines below which a picture is not worth drawing: its name alone is shown."""


@dataclass(frozen=True)
class GridItem:
    """One file. number: counted over all groups, from 1. mark: one word of what is special about it, or ""."""

    file: CardFile
    number: int
    mark: str = ""

    @property
    def id(self) -> str:
        return self.file.sha256


@dataclass(frozen=True)
class GridGroup:
    """Files that belong together. key: the same group has the same key. heading: when they were taken."""

    key: str
    heading: str
    items: tuple[GridItem, ...]


@dataclass(frozen=True)
class GridRow:
    """A heading (no items), or pictures side by side. top: its first line, from 0."""

    group: int
    items: tuple[int, ...]
    top: int
    height: int

    @property
    def is_heading(self) -> bool:
        return not self.items


@dataclass(frozen=True)
class Place:
    """Where the cursor is. item: within the group; -1 is the group's heading."""

    group: int
    item: int


class GridLayout:
    """Of groups on a screen of that size. opened: keys of the groups whose pictures are shown."""

    def __init__(self, groups: Sequence[GridGroup], opened: Collection[str], width: int, height: int) -> None:
        self.columns = max(1, width // CELL)
        self.cell = max(1, width // self.columns)
        self.captions = 3 if any(item.file.note for group in groups for item in group.items) else 2
        thumb = min((self.cell - 1) * 3 // 8, height - self.captions - 1)
        self.thumb = thumb if thumb >= LEAST_THUMB else 0
        if not self.thumb:
            self.columns, self.cell, self.captions = 1, max(1, width), 1
        self.rows: list[GridRow] = []
        top = 0
        for number, group in enumerate(groups):
            self.rows.append(GridRow(number, (), top, 1))
            top += 1
            if group.key in opened:
                for first in range(0, len(group.items), self.columns):
                    items = tuple(range(first, min(first + self.columns, len(group.items))))
                    self.rows.append(GridRow(number, items, top, self.thumb + self.captions))
                    top += self.thumb + self.captions
        self.height = top
        self._tops = [row.top for row in self.rows]

    def row_at(self, line: int) -> GridRow | None:
        """The row that has this line."""
        if not 0 <= line < self.height:
            return None
        return self.rows[bisect_right(self._tops, line) - 1]

    def rows_between(self, top: int, bottom: int) -> list[GridRow]:
        """Every row of which a line lies there; bottom is not looked at."""
        first = max(0, bisect_right(self._tops, top) - 1)
        return [row for row in self.rows[first:] if row.top < bottom and row.top + row.height > top]

    def row_of(self, place: Place) -> GridRow | None:
        return next(
            (
                row
                for row in self.rows
                if row.group == place.group and (place.item in row.items or (row.is_heading and place.item < 0))
            ),
            None,
        )

    def moved(self, place: Place, right: int, down: int, stops: Collection[int]) -> Place:
        """The place beside or below. stops: the groups whose heading can be stood on, because they are closed."""
        row = self.row_of(place)
        if row is None:
            return place
        ways = [row for row in self.rows if not row.is_heading or row.group in stops]
        at = ways.index(row) if row in ways else 0
        if right:
            flat = [Place(row.group, item) for row in ways for item in (row.items or (-1,))]
            here = flat.index(place) if place in flat else 0
            return flat[min(len(flat) - 1, max(0, here + right))]
        target = ways[min(len(ways) - 1, max(0, at + down))]
        if target.is_heading:
            return Place(target.group, -1)
        column = row.items.index(place.item) if place.item in row.items else 0
        return Place(target.group, target.items[min(column, len(target.items) - 1)])


def seen_between(rows: Sequence[GridRow], top: int, bottom: int) -> list[GridRow]:
    """Those of which at least half is in sight, or which fill what is in sight."""
    found = []
    for row in rows:
        lines = min(bottom, row.top + row.height) - max(top, row.top)
        if row.items and lines * 2 >= min(row.height, bottom - top):
            found.append(row)
    return found
