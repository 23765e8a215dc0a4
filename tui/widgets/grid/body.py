"""What a grid of pictures looks like, and the loading of what is in sight of it."""

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.worker import get_current_worker

from core.card.card import CardFile
from core.errors import DermlockError

from ..half_blocks import drawn
from ..picture_view import ShownPicture
from .cells import caption, heading, strip_of, words_line
from .layout import GridGroup, GridItem, GridLayout, GridRow, Place, seen_between
from .thumbs import Key, Thumbs

if TYPE_CHECKING:
    from core.photo.previews import Preview

SPARE = 24
"""Thumbnails that are kept beyond those in sight."""

UNSEEN_SIZE = 80, 10
"""For laying out before there is a size."""


class GridBody(ScrollView, can_focus=True, inherit_bindings=False):
    """Groups under their headings; of a closed one, the heading is all there is.

    find: the picture of a file as it can be looked at, None while its card is out.
    """

    DEFAULT_CSS = """
    GridBody {
        height: 1fr;
        padding: 0 1;
        overflow-x: hidden;
        background: $background;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .grid-body--heading { color: $accent; background: $background; text-style: bold; }
        & > .grid-body--caption { color: $foreground; background: $background; }
        & > .grid-body--here { color: $on-chosen; background: $chosen; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"grid-body--heading", "grid-body--caption", "grid-body--here"}

    class Changed(Message):
        """Other pictures are ticked, in sight, or under the cursor."""

    class Loaded(Message):
        """A small copy is there, or the reason why not."""

        def __init__(self, key: Key, copy: "Preview | DermlockError") -> None:
            super().__init__()
            self.key = key
            self.copy = copy

    def __init__(self, find: Callable[[CardFile], ShownPicture | None]) -> None:
        super().__init__()
        self._find = find
        self._words: Callable[[CardFile], str] = lambda _file: ""
        self._groups: tuple[GridGroup, ...] = ()
        self._opened: set[str] = set()
        self._places = GridLayout((), (), *UNSEEN_SIZE)
        self._seen: set[str] = set()
        self._thumbs = Thumbs()
        self._one_at_a_time = threading.Lock()

    @property
    def seen(self) -> frozenset[str]:
        """Ids of the pictures that were in sight since these groups were shown."""
        return frozenset(self._seen)

    @property
    def kept_thumbs(self) -> int:
        """How many small copies are in memory."""
        return len(self._thumbs)

    @property
    def opened(self) -> tuple[CardFile, ...]:
        """The files of the groups that are open, in order."""
        return tuple(item.file for group in self._groups if group.key in self._opened for item in group.items)

    @property
    def opened_keys(self) -> frozenset[str]:
        return frozenset(self._opened)

    def fill(self, groups: Sequence[GridGroup], opened: Collection[str], words: Callable[[CardFile], str]) -> None:
        """From its top. words: in place of a picture, "" for the picture."""
        self._groups, self._opened, self._words = tuple(groups), set(opened), words
        self._seen = set()
        self._places = GridLayout(self._groups, self._opened, *UNSEEN_SIZE)
        self.scroll_to_line(0)
        self.lay_out()

    def look_again(self) -> None:
        """What stands in place of the pictures has changed."""
        self._look()
        self.refresh()

    def forget(self) -> None:
        """The card is out: nothing of it is kept."""
        self._thumbs.forget()
        self.fill((), (), self._words)

    def on_resize(self) -> None:
        self.lay_out()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._look()

    def scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=max(0, line), animate=False, immediate=True, force=True)

    def lay_out(self) -> None:
        region = self.scrollable_content_region
        if region.width and region.height:
            self._places = GridLayout(self._groups, self._opened, region.width, region.height)
            self.virtual_size = Size(region.width, self._places.height)
            self._look()
            self.refresh()

    def rows_in_sight(self) -> list[GridRow]:
        top = int(self.scroll_y)
        return self._places.rows_between(top, top + self.scrollable_content_region.height)

    def items_of(self, rows: Iterable[GridRow]) -> list[GridItem]:
        return [self._groups[row.group].items[at] for row in rows for at in row.items]

    def is_here(self, place: Place) -> bool:  # noqa: ARG002 - a cursor is for those who have one
        """Whether the cursor is there."""
        return False

    def tick_of(self, item: GridItem) -> bool | None:  # noqa: ARG002 - the same
        """None where nothing is ticked, only looked at."""
        return None

    @property
    def _thumb_pixels(self) -> tuple[int, int]:
        return max(1, self._places.cell - 1), max(1, self._places.thumb * 2)

    def _look(self) -> None:
        """Notes what came into sight, and has those loaded that are not drawn yet."""
        rows = self.rows_in_sight()
        top = int(self.scroll_y)
        seen = self.items_of(seen_between(rows, top, top + self.scrollable_content_region.height))
        before = len(self._seen)
        self._seen |= {item.id for item in seen if not self._words(item.file)}
        if len(self._seen) != before:
            self.post_message(self.Changed())
        if self._places.thumb:
            self._load([item for item in self.items_of(rows) if not self._words(item.file)])

    def _load(self, items: Sequence[GridItem]) -> None:
        width, height = self._thumb_pixels
        wanted = [
            ((item.id, width, height), picture)
            for item in items
            if self._thumbs.get((item.id, width, height)) is None and (picture := self._find(item.file))
        ]
        if not wanted:
            return

        def load() -> None:
            worker = get_current_worker()
            with self._one_at_a_time:
                for key, picture in wanted:
                    if worker.is_cancelled:
                        return
                    try:
                        copy: Preview | DermlockError = picture.load(width, height)
                    except DermlockError as error:
                        copy = error
                    self.post_message(self.Loaded(key, copy))

        self.run_worker(load, thread=True, exclusive=True, group="thumbnails", description="pictures in sight")

    def on_grid_body_loaded(self, event: Loaded) -> None:
        event.stop()
        most = len(self.items_of(self.rows_in_sight())) + SPARE
        if isinstance(event.copy, DermlockError):
            self._thumbs.keep(event.key, event.copy.what, most)
        else:
            self._thumbs.keep(event.key, drawn(event.copy, self.app.console.color_system), most)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        row = self._places.row_at(line)
        plain = self.get_component_rich_style("grid-body--caption")
        if row is None:
            return Strip.blank(width, plain)
        if row.is_heading:
            group = self._groups[row.group]
            here = self.is_here(Place(row.group, -1))
            text = heading(group, is_closed=group.key not in self._opened, here=here)
            return strip_of(text, width, self.get_component_rich_style(f"grid-body--{'here' if here else 'heading'}"))
        cells = [self._cell_line(row, at, line - row.top) for at in row.items]
        return Strip.join(cells).adjust_cell_length(width, plain)

    def _cell_line(self, row: GridRow, at: int, line: int) -> Strip:
        item = self._groups[row.group].items[at]
        width = self._places.cell
        plain = self.get_component_rich_style("grid-body--caption")
        if line < self._places.thumb:
            return self._thumb_line(item, line).adjust_cell_length(width, plain)
        here = self.is_here(Place(row.group, at))
        style = self.get_component_rich_style("grid-body--here") if here else plain
        lines = caption(
            item,
            width - 1,
            ticked=self.tick_of(item),
            here=here,
            in_one_line=self._places.captions == 1,
        )
        return strip_of(lines[line - self._places.thumb], width - 1, style).adjust_cell_length(width, plain)

    def _thumb_line(self, item: GridItem, line: int) -> Strip:
        plain = self.get_component_rich_style("grid-body--caption")
        thumb = self._words(item.file) or self._thumbs.get((item.id, *self._thumb_pixels)) or "Opening…"
        if isinstance(thumb, str):
            return strip_of(
                words_line(thumb, line, self._places.cell - 1, self._places.thumb), self._places.cell, plain
            )
        first = max(0, (self._places.thumb - len(thumb)) // 2)
        return thumb[line - first] if first <= line < first + len(thumb) else Strip([])
