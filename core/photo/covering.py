"""Burns boxes into a copy of a picture, so that what they cover is gone from it.

The copy is a PNG: whatever lies outside the boxes is exactly what the original
shows there, which no second JPEG compression could promise. It is made of pixels
alone, and of the bare numbers of a colour profile wider than a screen's. No metadata,
thumbnail, second picture or trailing byte of the original is taken along, so nothing
of what is covered can be left in them.
"""

from collections.abc import Sequence
from typing import BinaryIO

from PIL import Image, ImageDraw

from ..model.picture import CoverBox
from .derivative.decoding import decode_whole, fits_16_bits, profile_for, turned
from .derivative.png import png_of
from .pixels import plain_rgb, scalable

COVER_COLOUR = (0, 0, 0)
"""Black: seen at once as a cover, and taken for no skin."""

_BLACK: dict[str, int | tuple[int, ...]] = {"L": 0, "I;16": 0, "RGB": COVER_COLOUR}
"""By the modes that a covered copy has."""


def covered_copy(data: BinaryIO | bytes, boxes: Sequence[CoverBox]) -> bytes:
    """The picture as a PNG, upright, with every box filled.

    data: all bytes, or a seekable file, which is left open. Of several pictures in one
    file (MPO, TIFF) the first. boxes: at least one, in pixels of the upright picture.
    Raises ValueError for a box that does not lie in the picture, UnreadablePictureError,
    or the OSError of a failing medium.
    """
    if not boxes:
        raise ValueError("a covered copy covers something")
    whole = decode_whole(data)
    upright = turned(_opaque(whole.pixels), whole.orientation)
    covered = Image.new(upright.mode, upright.size)
    covered.paste(upright)
    pen = ImageDraw.Draw(covered)
    for box in boxes:
        if not box.lies_in(covered.width, covered.height):
            raise ValueError(f"{box} is not inside {covered.width} x {covered.height} pixels")
        pen.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill=_BLACK[covered.mode])
    return png_of(covered, profile_for(covered.mode, whole.profile))


def _opaque(pixels: Image.Image) -> Image.Image:
    """In one of the modes of _BLACK, with the same values where one has room for them.

    What is transparent is laid on the backdrop: a covered copy must not show in another
    programme what nobody saw when it was covered.
    """
    if pixels.mode in ("1", "L") and "transparency" not in pixels.info:
        return pixels.convert("L")
    return pixels.convert("I;16") if fits_16_bits(pixels) else plain_rgb(scalable(pixels))
