"""What is known of each picture or file, a row each: in the review, during the move, on the receipt.

Only the rows in sight are drawn, so that a card of thousands of files costs nothing more.
"""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from .wrapping import shortened, wrapped

Row = tuple[str, ...]
"""The cells of a row, as many as there are headings. A row of one cell is a heading within the table."""

GAP = 2


class ImageTable(ScrollView, can_focus=True):
    """The last column takes the room that is left and wraps. Scrolls with the arrows when it has the focus."""

    DEFAULT_CSS = """
    ImageTable {
        height: 1fr;
        padding: 0 1;
        overflow-x: hidden;
        background: $background;
        scrollbar-size-vertical: 1;
        & > .image-table--heading { color: $muted; background: $background; }
        & > .image-table--section { color: $accent; background: $background; text-style: bold; }
        & > .image-table--row { color: $foreground; background: $background; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"image-table--heading", "image-table--section", "image-table--row"}

    def __init__(self) -> None:
        super().__init__()
        self._headings: Row = ()
        self._rows: tuple[Row, ...] = ()
        self._lines: list[tuple[str, str]] = []

    def show(self, headings: Row, rows: Sequence[Row]) -> None:
        """headings: () for none."""
        self._headings, self._rows = headings, tuple(rows)
        self._lay_out()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        """The scrollbar takes its room only where there is something to scroll; it must not lie on a word."""
        width = self.content_region.width or self.app.size.width - 2  # a good guess, until it is on the screen
        self._lines = self._broken_at(width)
        if len(self._lines) > self.content_region.height:
            width -= self.styles.scrollbar_size_vertical
            self._lines = self._broken_at(width)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def _broken_at(self, width: int) -> list[tuple[str, str]]:
        full = [row for row in self._rows if len(row) > 1]
        widths = _widths([*([self._headings] if self._headings else []), *full], width)
        lines = [("heading", line) for line in _lines(self._headings, widths)] if self._headings else []
        for row in self._rows:
            if len(row) == 1:
                lines += [("section", line) for line in wrapped(row[0], width)]
            else:
                lines += [("row", line) for line in _lines(row, widths)]
        return lines

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        kind, line = self._lines[number] if number < len(self._lines) else ("row", "")
        style = self.get_component_rich_style(f"image-table--{kind}")
        return Strip([Segment(line, style)]).adjust_cell_length(width, style)


def _widths(rows: Sequence[Row], width: int) -> list[int]:
    """Of every column but the last: its longest cell, no more than its share of the width."""
    if not rows:
        return []
    columns = len(rows[0])
    widths = [max(cell_len(row[column]) for row in rows) for column in range(columns - 1)]
    most = max(8, (width - 20) // max(1, columns - 1) - GAP) if columns > 1 else width
    widths = [min(each, max(most, 12)) for each in widths]
    return [*widths, max(10, width - sum(widths) - GAP * len(widths))]


def _lines(row: Row, widths: list[int]) -> list[str]:
    lead = "".join(
        set_cell_size(shortened(cell, width), width + GAP) for cell, width in zip(row[:-1], widths[:-1], strict=True)
    )
    last = wrapped(row[-1], widths[-1])
    return [lead + last[0], *(" " * cell_len(lead) + line for line in last[1:])]
