"""A picture in the terminal: two pixels a character, upper half and lower half.

Colour of a lesion must never be judged here (CLINICAL, Quality): a terminal
shows what it can, and the view says so. With sixteen colours, or without colour,
it is drawn in four greys with an ordered dither, which keeps edges readable.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from core.errors import DermlockError

if TYPE_CHECKING:
    from core.photo.previews import Preview

GREYS = ("#000000", "#555555", "#aaaaaa", "#ffffff")
"""The greys among the sixteen colours, evenly spaced."""

BAYER = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))
"""Ordered dither (Bayer 1973), sixteenths of the step between two greys."""


@dataclass(frozen=True)
class ShownPicture:
    """A picture that can be looked at.

    key: the same key is the same picture. caption: one line under it.
    load: makes a small copy that fits into (width, height) pixels; slow, called in a thread.
    """

    key: str
    caption: str
    load: "Callable[[int, int], Preview]"


class PictureView(Widget):
    """Shows one picture as large as it fits, upright, with its proportions kept."""

    DEFAULT_CSS = """
    PictureView {
        background: $background;
        color: $muted;
        height: 1fr;
    }
    """

    class Loaded(Message):
        """A small copy is there, or the reason why not."""

        def __init__(self, key: str, size: tuple[int, int], drawn: "Preview | DermlockError") -> None:
            super().__init__()
            self.key = key
            self.size = size
            self.drawn = drawn

    def __init__(self) -> None:
        super().__init__()
        self._picture: ShownPicture | None = None
        self._asked: tuple[str, int, int] | None = None
        self._strips: list[Strip] = []
        self._words = ""

    @property
    def is_drawn(self) -> bool:
        """Whether the picture that was asked for can be seen."""
        return bool(self._strips)

    def show(self, picture: ShownPicture | None) -> None:
        """Shows this picture, never a former one meanwhile."""
        if picture is not None and self._picture is not None and picture.key == self._picture.key:
            return
        self._picture = picture
        self._asked = None
        self._strips = []
        self._words = "" if picture is None else "Opening…"
        self.refresh()
        self._ask_for_it()

    def on_resize(self) -> None:
        self._ask_for_it()

    def _ask_for_it(self) -> None:
        picture = self._picture
        width, height = self.size.width, self.size.height * 2
        if picture is None or not width or not height or self._asked == (picture.key, width, height):
            return
        self._asked = (picture.key, width, height)

        def load() -> None:
            try:
                drawn: Preview | DermlockError = picture.load(width, height)
            except DermlockError as error:
                drawn = error
            self.post_message(self.Loaded(picture.key, (width, height), drawn))

        self.run_worker(load, thread=True, exclusive=True, group="previews", description=f"preview of {picture.key}")

    def on_picture_view_loaded(self, event: Loaded) -> None:
        event.stop()
        if self._asked != (event.key, *event.size):
            return  # overtaken by another picture or another size
        if isinstance(event.drawn, DermlockError):
            self._words = f"{event.drawn.what} {event.drawn.hint}"
        else:
            draw = half_blocks if self.app.console.color_system in ("truecolor", "256") else dithered
            self._strips = draw(event.drawn)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        blank = self.rich_style
        if not self._strips:
            words = self._words if y == height // 2 else ""
            return Strip([Segment(words.center(width)[:width], blank)]).adjust_cell_length(width, blank)
        top = max(0, (height - len(self._strips)) // 2)
        if not top <= y < top + len(self._strips):
            return Strip.blank(width, blank)
        strip = self._strips[y - top]
        left = max(0, (width - strip.cell_length) // 2)
        return Strip([Segment(" " * left, blank), *strip]).adjust_cell_length(width, blank)


def half_blocks(preview: "Preview") -> list[Strip]:
    """One strip a row of characters; colours are rounded to 5 bits so that neighbours join into runs."""

    def pixel(x: int, y: int) -> tuple[int, int, int]:
        at = (y * preview.width + x) * 3
        red, green, blue = preview.rgb[at : at + 3]
        return red & 0xF8, green & 0xF8, blue & 0xF8

    return _strips(preview.width, preview.height, lambda x, y: "#{:02x}{:02x}{:02x}".format(*pixel(x, y)))


def dithered(preview: "Preview") -> list[Strip]:
    """The same in four greys. Luma is Rec. 601's."""

    def grey(x: int, y: int) -> str:
        at = (y * preview.width + x) * 3
        red, green, blue = preview.rgb[at : at + 3]
        luma = (299 * red + 587 * green + 114 * blue) / 1000
        step = luma / 255 * (len(GREYS) - 1) + (BAYER[y % 4][x % 4] + 0.5) / 16 - 0.5
        return GREYS[min(len(GREYS) - 1, max(0, round(step)))]

    return _strips(preview.width, preview.height, grey)


def _strips(width: int, height: int, colour: Callable[[int, int], str]) -> list[Strip]:
    strips = []
    for top in range(0, height, 2):
        lower = top + 1 if top + 1 < height else top
        cells = [(colour(x, top), colour(x, lower)) for x in range(width)]
        strips.append(Strip(_runs(cells), width))
    return strips


def _runs(cells: Sequence[tuple[str, str]]) -> list[Segment]:
    segments: list[Segment] = []
    start = 0
    for at in range(1, len(cells) + 1):
        if at == len(cells) or cells[at] != cells[start]:
            segments.append(Segment("▀" * (at - start), _style(*cells[start])))
            start = at
    return segments


@lru_cache(maxsize=4096)
def _style(upper: str, lower: str) -> Style:
    return Style.from_color(Color.parse(upper), Color.parse(lower))
