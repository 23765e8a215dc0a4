"""The pictures of a card, to be looked at and to be ticked one by one."""

from collections.abc import Callable, Collection, Iterable, Sequence

from textual import events
from textual.message import Message

from core.card.card import CardFile

from ..asking.answer_field import ENTER
from ..picture_view import ShownPicture
from .body import GridBody
from .layout import GridGroup, GridItem, Place

FAR = 100_000
"""Further than any card has pictures."""

MOVES = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1), "home": (-FAR, 0), "end": (FAR, 0)}
PAGES = {"pageup": -1, "pagedown": 1}


class PictureGrid(GridBody):
    """With ticks there is a cursor; without, the keys scroll. Nothing is ticked until a person does it."""

    class Submitted(Message):
        """The ticks are meant as they stand."""

        def __init__(self, ids: tuple[str, ...]) -> None:
            super().__init__()
            self.ids = ids

    def __init__(self, find: Callable[[CardFile], ShownPicture | None]) -> None:
        super().__init__(find)
        self._ticks: set[str] | None = None
        self._submitted = False
        self._here = Place(0, -1)

    @property
    def ticked(self) -> tuple[str, ...]:
        """Ids in the order of the grid."""
        ticks = self._ticks or set()
        return tuple(item.id for group in self._groups for item in group.items if item.id in ticks)

    @property
    def file_here(self) -> CardFile | None:
        """What the cursor is on; without a cursor the first file in sight."""
        if self._ticks is None:
            return next((item.file for item in self.items_of(self.rows_in_sight())), None)
        return item.file if (item := self._item_here) else None

    @property
    def is_on_closed_group(self) -> bool:
        return bool(self._groups) and self._here.item < 0

    def show(
        self,
        groups: Sequence[GridGroup],
        *,
        opened: Collection[str],
        ticked: Iterable[str] | None,
        words: Callable[[CardFile], str],
    ) -> None:
        """ticked: None where nothing is ticked, only looked at. words: in place of a picture, "" for the picture."""
        self._ticks = None if ticked is None else set(ticked)
        self._submitted = False
        first = next((at for at, group in enumerate(groups) if group.key in opened), None)
        self._here = Place(0, -1) if first is None else Place(first, 0)
        self.fill(groups, opened, words)

    def forget(self) -> None:
        self._here, self._ticks = Place(0, -1), None
        super().forget()

    def release(self) -> None:
        """The ticks were not taken: keys change them again."""
        self._submitted = False

    def go_to(self, file: CardFile) -> None:
        """Puts the cursor on that file, if its group is open."""
        for number, group in enumerate(self._groups):
            for at, item in enumerate(group.items):
                if item.file == file and group.key in self._opened:
                    self._go(Place(number, at))
                    return

    def lay_out(self) -> None:
        super().lay_out()
        if self._ticks is not None:
            self._bring_into_sight()

    def is_here(self, place: Place) -> bool:
        return self._ticks is not None and place == self._here

    def tick_of(self, item: GridItem) -> bool | None:
        return None if self._ticks is None else item.id in self._ticks

    def on_key(self, event: events.Key) -> None:
        """Every key is handled here, in the order of pressing; none after Enter until the next is asked."""
        if self._submitted:
            return
        if event.key in PAGES:
            self._page(PAGES[event.key])
        elif event.key in MOVES:
            self._move(*MOVES[event.key])
        elif event.key == "space" and self._ticks is not None:
            self._tick_or_open()
        elif event.key in ENTER and self._ticks is not None:
            self._submitted = True
            self.post_message(self.Submitted(self.ticked))
        else:
            return
        event.stop()

    def on_click(self, event: events.Click) -> None:
        """Goes there, and ticks or opens it."""
        row = self._places.row_at(event.y + self.scroll_offset.y)
        if row is None or self._submitted or self._ticks is None:
            return
        column = (event.x - 1) // self._places.cell
        if row.is_heading and self._groups[row.group].key not in self._opened:
            self._go(Place(row.group, -1))
            self._tick_or_open()
        elif 0 <= column < len(row.items):
            self._go(Place(row.group, row.items[column]))
            self._tick_or_open()

    @property
    def _item_here(self) -> GridItem | None:
        """None on the heading of a closed group."""
        if not self._groups or self._here.item < 0:
            return None
        return self._groups[self._here.group].items[self._here.item]

    def _page(self, pages: int) -> None:
        """By whole rows, so that no picture is passed over."""
        top, height = int(self.scroll_y), max(1, self.scrollable_content_region.height)
        whole = [row for row in self.rows_in_sight() if row.top >= top and row.top + row.height <= top + height]
        if self._ticks is not None:
            self._move(0, pages * max(1, len(whole)))
        elif pages > 0:
            self.scroll_to_line(whole[-1].top + whole[-1].height if whole else top + height)
        else:
            self.scroll_to_line(top - height)

    def _move(self, right: int, down: int) -> None:
        if self._ticks is None:
            self.scroll_to_line(int(self.scroll_y) + (down or (0 if abs(right) == 1 else right)))
        elif self._groups:
            closed = [at for at, group in enumerate(self._groups) if group.key not in self._opened]
            self._go(self._places.moved(self._here, right, down, closed))

    def _go(self, place: Place) -> None:
        self._here = place
        self._bring_into_sight()
        self.refresh()
        self.post_message(self.Changed())

    def _bring_into_sight(self) -> None:
        row = self._places.row_of(self._here)
        height = self.scrollable_content_region.height
        if row is None or not height:
            return
        if row.top < self.scroll_y:
            self.scroll_to_line(row.top)
        elif row.top + row.height > self.scroll_y + height:
            self.scroll_to_line(min(row.top, row.top + row.height - height))

    def _tick_or_open(self) -> None:
        item = self._item_here
        if self._ticks is None or not self._groups:
            return
        if item is None:
            self._opened.add(self._groups[self._here.group].key)
            self._here = Place(self._here.group, 0)
            self.lay_out()
        else:
            self._ticks ^= {item.id}
        self.refresh()
        self.post_message(self.Changed())
