"""Measures focus and exposure of a decoded picture, in milliseconds and with Pillow alone.

Every picture is measured at one size, in its middle, where the lesion is. Focus is
a ratio within the picture, so that neither its contrast nor its brightness counts:
after J. M. Crété-Roffet and others, “The blur effect” (SPIE 6492, 2007), a picture
is blurred once more, and one that was sharp loses more by it. The noise of the
sensor would pass for detail and is taken off first, after J. Immerkær, “Fast noise
variance estimation” (Computer Vision and Image Understanding 64, 1996).
"""

import math
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageFilter, ImageStat

from ..pixels import plain_rgb, scalable
from .measured import Measured

MEASURED_SIZE = 480
"""Pixels of the longer side at which every larger picture is measured; smaller ones stay as they are."""

LEAST_MIDDLE = 48
"""Pixels each way that the middle must have for its focus to say anything."""

REACH = 4
"""How far the second blur reaches each way, in pixels of MEASURED_SIZE."""

NOISE_TILES = 8
"""Tiles each way in which noise is looked for: the flattest of them show it without detail."""

FLATTEST = 6
"""Of the 64 tiles, the one with only so many flatter than it is taken for noise alone."""

LEAST_STRUCTURE = 0.3
"""Coarse change from pixel to pixel, in grey levels, below which there is nothing to judge by."""

BRIGHTEST = 0.1
"""The share of the middle that `lit` leaves above it: glints and a little of a white ruler."""

TOP_OF_A_COLOUR = 252
"""From this level on a colour counts as clipped; JPEG does not keep 255 exactly."""

_LAPLACIAN = ImageFilter.Kernel((3, 3), (1, -2, 1, -2, 4, -2, 1, -2, 1), scale=1, offset=128)
_LAPLACIAN_TO_SIGMA = math.sqrt(math.pi / 2) / 6


def measured_size(width: int, height: int) -> tuple[int, int]:
    """What a picture of that size is measured at."""
    share = min(1.0, MEASURED_SIZE / max(width, height))
    return max(1, round(width * share)), max(1, round(height * share))


def measure(image: Image.Image, size: tuple[int, int], *, damaged: bool) -> Measured:
    """Measures a decoded picture, which is left as it is.

    image: decoded to measured_size or anything larger. size: the picture's own width and height.
    Raises one of PILLOW_ERRORS for pixels that Pillow cannot convert.
    """
    small = plain_rgb(scalable(image).resize(measured_size(*image.size), Image.Resampling.BOX))
    middle = _middle(small)
    grey = middle.convert("L")
    return Measured(
        width=size[0],
        height=size[1],
        focus=_focus(grey),
        levels=round(_levels(small), 2),
        lit=_lit(grey.histogram()),
        washed_out=round(_washed_out(middle), 4),
        damaged=damaged,
    )


def _middle(image: Image.Image) -> Image.Image:
    """Half of it each way."""
    left, top = image.width // 4, image.height // 4
    return image.crop((left, top, max(left + 1, image.width - left), max(top + 1, image.height - top)))


def _focus(grey: Image.Image) -> float | None:
    """In the direction in which it is worse: a shaken picture is sharp in the other."""
    if min(grey.size) < LEAST_MIDDLE:
        return None
    noise = 2 * _noise(grey) ** 2  # of a difference between two pixels
    return round(min(_sharpness(grey, noise, across, down) for across, down in ((1, 0), (0, 1))), 3)


def _sharpness(grey: Image.Image, noise: float, across: int, down: int) -> float:
    """The change from pixel to pixel, against what a second blur leaves of it. noise: its share, squared."""
    blurred = grey.filter(ImageFilter.BoxBlur((REACH * across, REACH * down)))
    coarse = _change(blurred, across, down)
    if coarse < LEAST_STRUCTURE:
        return 0.0
    return math.sqrt(max(0.0, _change(grey, across, down) ** 2 - noise)) / coarse


def _change(grey: Image.Image, across: int, down: int) -> float:
    """Root mean square of the difference to the next pixel, in grey levels."""
    width, height = grey.size
    here, there = grey.crop((0, 0, width - across, height - down)), grey.crop((across, down, width, height))
    return ImageStat.Stat(ImageChops.difference(here, there)).rms[0]


def _noise(grey: Image.Image) -> float:
    """Standard deviation of the noise in grey levels, from where there is least else."""
    flat = Image.new("L", grey.size, 128)
    detail = ImageChops.difference(grey.filter(_LAPLACIAN), flat)
    edges = [[side * step // NOISE_TILES for step in range(NOISE_TILES + 1)] for side in grey.size]
    tiles = [
        ImageStat.Stat(detail.crop((left, top, right, bottom))).mean[0]
        for left, right in zip(edges[0], edges[0][1:], strict=False)
        for top, bottom in zip(edges[1], edges[1][1:], strict=False)
    ]
    return _LAPLACIAN_TO_SIGMA * sorted(tiles)[FLATTEST]


def _levels(image: Image.Image) -> float:
    """Two to the entropy, the mean of the three colours'. What darkness merges and light clips, it counts once."""
    histogram = image.histogram()
    entropies = [_entropy(histogram[first : first + 256]) for first in (0, 256, 512)]
    return float(2 ** (sum(entropies) / 3))


def _entropy(histogram: Sequence[int]) -> float:
    whole = sum(histogram)
    return -math.fsum(count / whole * math.log2(count / whole) for count in histogram if count)


def _lit(histogram: Sequence[int]) -> int:
    above = BRIGHTEST * sum(histogram)
    for level in range(255, -1, -1):
        above -= histogram[level]
        if above < 0:
            return level
    return 0


def _washed_out(image: Image.Image) -> float:
    red, green, blue = image.split()
    histogram = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()
    return sum(histogram[TOP_OF_A_COLOUR:]) / sum(histogram)
