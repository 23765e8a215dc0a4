"""Which part of a picture is in sight: how close, and around which middle.

Everything is in shares of the picture's width and height, so that a small copy
and the picture itself are measured alike.
"""

from dataclasses import dataclass, replace

ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)
"""1 is the whole picture, as large as it fits."""

Size = tuple[int, int]
"""Width and height in pixels."""


@dataclass(frozen=True)
class Part:
    """A rectangle in shares of the picture, 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


WHOLE = Part(0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class Sight:
    """zoom: one of ZOOMS. x, y: the middle of what is in sight."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5

    @property
    def is_close(self) -> bool:
        return self.zoom > ZOOMS[0]

    def zoomed(self, steps: int) -> "Sight":
        """Closer, or farther for negative steps; never beyond the ends."""
        at = min(len(ZOOMS) - 1, max(0, ZOOMS.index(self.zoom) + steps))
        return replace(self, zoom=ZOOMS[at])

    def part(self, picture: Size, screen: Size) -> Part:
        """What is in sight on a screen of that many pixels; never beyond the picture."""
        width, height = self._share(picture, screen)
        left = min(1 - width, max(0.0, self.x - width / 2))
        top = min(1 - height, max(0.0, self.y - height / 2))
        return Part(left, top, left + width, top + height)

    def panned(self, right: float, down: float, picture: Size, screen: Size) -> "Sight":
        """Moved by shares of what is in sight, no further than the picture's edges."""
        part = self.part(picture, screen)
        x, y = part.left + part.width * (0.5 + right), part.top + part.height * (0.5 + down)
        half_width, half_height = part.width / 2, part.height / 2
        return replace(self, x=min(1 - half_width, max(half_width, x)), y=min(1 - half_height, max(half_height, y)))

    def _share(self, picture: Size, screen: Size) -> tuple[float, float]:
        """Of the picture's width and height: the whole of what fits at this zoom."""
        fit = min(screen[0] / picture[0], screen[1] / picture[1]) * self.zoom
        return min(1.0, screen[0] / (fit * picture[0])), min(1.0, screen[1] / (fit * picture[1]))
