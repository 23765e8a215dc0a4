"""How boxes over a picture are drawn, and how one is moved by keys."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from core.model.picture import MOST_BOXES, CoverBox

from .sight import Part, Size

if TYPE_CHECKING:
    from core.photo.previews import Preview

FRAME = Style(color="bright_yellow", bgcolor="black", bold=True)


@dataclass(frozen=True)
class CoverDraft:
    """Boxes as they are being drawn. size: of the upright picture, in whose pixels everything is.

    boxes: what is covered. frame: the box that is being placed, None between two.
    """

    size: Size
    boxes: tuple[CoverBox, ...] = ()
    frame: CoverBox | None = None

    @property
    def is_full(self) -> bool:
        """Whether no further box can be added."""
        return len(self.boxes) >= MOST_BOXES

    def begun(self, sight: Part) -> "CoverDraft":
        """With a frame at the upper left of what is in sight: the lesion is mostly in the middle."""
        width, height = self.size
        left, top = (sight.left + sight.width / 20) * width, (sight.top + sight.height / 20) * height
        return self.framed(left, top, left + sight.width * width / 3, top + sight.height * height / 3)

    def framed(self, left: float, top: float, right: float, bottom: float) -> "CoverDraft":
        """With this frame, cut at the picture's edges, of at least a pixel."""
        width, height = self.size
        left, top = min(width - 1, max(0, round(left))), min(height - 1, max(0, round(top)))
        right, bottom = min(width, max(left + 1, round(right))), min(height, max(top + 1, round(bottom)))
        return replace(self, frame=CoverBox(left, top, right, bottom))

    def moved(self, right: int, down: int) -> "CoverDraft":
        """The frame as it is, elsewhere, no further than the edges."""
        if self.frame is None:
            return self
        right = min(self.size[0] - self.frame.right, max(-self.frame.left, right))
        down = min(self.size[1] - self.frame.bottom, max(-self.frame.top, down))
        box = self.frame
        return replace(self, frame=CoverBox(box.left + right, box.top + down, box.right + right, box.bottom + down))

    def sized(self, wider: int, taller: int) -> "CoverDraft":
        """The frame's right and lower edge moved, so that at least a pixel is left."""
        box = self.frame
        if box is None:
            return self
        return self.framed(box.left, box.top, box.right + wider, box.bottom + taller)

    def added(self) -> "CoverDraft":
        """The frame is covered."""
        if self.frame is None or self.is_full:
            return self
        return replace(self, boxes=(*self.boxes, self.frame), frame=None)

    def without_last(self) -> "CoverDraft":
        """The frame is gone, or where there is none the last box."""
        return replace(self, frame=None) if self.frame else replace(self, boxes=self.boxes[:-1])


def blackened(copy: "Preview", part: Part, boxes: Sequence[CoverBox], size: Size) -> "Preview":
    """The copy with every dot black whose middle lies in a box. part: what the copy shows of the picture."""
    rgb = bytearray(copy.rgb)
    for box in boxes:
        left, right = _dots(box.left, box.right, part.left, part.width, size[0], copy.width)
        top, bottom = _dots(box.top, box.bottom, part.top, part.height, size[1], copy.height)
        for y in range(top, bottom):
            at = (y * copy.width + left) * 3
            rgb[at : at + (right - left) * 3] = bytes((right - left) * 3)
    return replace(copy, rgb=bytes(rgb))


def framed(strips: list[Strip], part: Part, box: CoverBox, size: Size, dots_down: int) -> list[Strip]:
    """The strips with a line around the box, as far as it is in sight. dots_down: two a strip, the last may be half."""
    across = strips[0].cell_length
    left, right = _cells(box.left, box.right, part.left, part.width, size[0], across)
    top, bottom = _cells(box.top, box.bottom, part.top, part.height, size[1], dots_down / 2)
    return [
        _framed_line(strip, left, right, first=y == top, last=y == bottom) if top <= y <= bottom else strip
        for y, strip in enumerate(strips)
    ]


def _framed_line(strip: Strip, left: int, right: int, *, first: bool, last: bool) -> Strip:
    width = strip.cell_length
    if left == right:
        marks = {left: "■" if first or last else "│"}
    elif first or last:
        ends = "├┤" if first and last else "┌┐" if first else "└┘"
        marks = {x: "─" for x in range(max(0, left), min(width, right + 1))} | {left: ends[0], right: ends[1]}
    else:
        marks = {left: "│", right: "│"}
    shown = {x: mark for x, mark in marks.items() if 0 <= x < width}
    if not shown:
        return strip
    parts: list[Strip] = []
    at = 0
    for x in sorted(shown):
        parts += [strip.crop(at, x), Strip([Segment(shown[x], FRAME)], 1)]
        at = x + 1
    return Strip.join([*parts, strip.crop(at, width)])


def _dots(start: int, end: int, seen_from: float, seen: float, pixels: int, dots: int) -> tuple[int, int]:
    """First dot and the one behind the last whose middles lie between two pixels."""
    first = (start / pixels - seen_from) / seen * dots
    behind = (end / pixels - seen_from) / seen * dots
    return min(dots, max(0, math.ceil(first - 0.5))), min(dots, max(0, math.ceil(behind - 0.5)))


def _cells(start: int, end: int, seen_from: float, seen: float, pixels: int, cells: float) -> tuple[int, int]:
    """The first and the last cell that the box touches; beyond the sight where it is not in it."""
    first = math.floor((start / pixels - seen_from) / seen * cells + 1e-9)
    last = math.ceil((end / pixels - seen_from) / seen * cells - 1e-9) - 1
    return first, max(first, last)
