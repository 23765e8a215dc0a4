"""Drawing pixels with characters: two a character, upper half and lower half.

With sixteen colours, or without colour, pictures are drawn in four greys with an
ordered dither, which keeps edges readable.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

if TYPE_CHECKING:
    from core.photo.previews import Preview

GREYS = ("#000000", "#555555", "#aaaaaa", "#ffffff")
"""The greys among the sixteen colours, evenly spaced."""

BAYER = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))
"""Ordered dither (Bayer 1973), sixteenths of the step between two greys."""


def drawn(preview: "Preview", color_system: str | None) -> list[Strip]:
    """In colour where the terminal has enough of them. color_system: as Rich names it."""
    return (half_blocks if color_system in ("truecolor", "256") else dithered)(preview)


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
