"""Small upright copies of pictures to show on a terminal; the picture itself stays as it is."""

import math
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageFile, JpegImagePlugin

from .facts import LYING
from .metadata import read_orientation
from .opening import UnreadablePictureError, untrusted_stream
from .pillow import DECODERS, PILLOW_ERRORS, decode_fully, heard_warnings, reason_of, reraise_medium_error

BACKDROP = (128, 128, 128)
"""Behind transparent pixels: neither skin nor lesion is taken for it."""


@dataclass(frozen=True)
class Preview:
    """width x height pixels of three bytes each, red, green, blue, row by row from the top."""

    width: int
    height: int
    rgb: bytes


def preview(data: BinaryIO | bytes, max_width_px: int, max_height_px: int) -> Preview:
    """The picture as it is to be looked at, EXIF orientation applied, never larger than the box.

    data: all bytes, or a seekable file, which is left open. Proportions are kept; a
    picture smaller than the box is not enlarged. The same limits hold as for opening,
    and a JPEG is decoded at the smallest scale that fills the box.
    Raises UnreadablePictureError, or the OSError of a failing medium.
    """
    if min(max_width_px, max_height_px) < 1:
        raise ValueError("a preview has at least one pixel each way")
    stream, claimed = untrusted_stream(data)
    with heard_warnings():
        try:
            with Image.open(stream, formats=DECODERS) as image:
                width, height = _needed(image, (max_width_px, max_height_px))
                decode_fully(image, width=width, height=height)
                small = _upright(image, (max_width_px, max_height_px))
        except PILLOW_ERRORS as error:
            reraise_medium_error(error)
            raise UnreadablePictureError(reason_of(error), claimed) from error
    return Preview(small.width, small.height, small.tobytes())


def part_of(whole: Preview, left: int, top: int, right: int, bottom: int, box: tuple[int, int]) -> Preview:
    """A part of a small copy as large as fits into `box` (width, height), for looking closer.

    The part must lie in the copy. It is enlarged where it has fewer pixels than the
    box, without inventing any between them.
    """
    if not (0 <= left < right <= whole.width and 0 <= top < bottom <= whole.height):
        raise ValueError(f"{(left, top, right, bottom)} is not a part of {whole.width} x {whole.height} pixels")
    if min(box) < 1:
        raise ValueError("a preview has at least one pixel each way")
    image = Image.frombytes("RGB", (whole.width, whole.height), whole.rgb).crop((left, top, right, bottom))
    share = min(box[0] / image.width, box[1] / image.height)
    size = max(1, round(image.width * share)), max(1, round(image.height * share))
    small = image.resize(size, Image.Resampling.NEAREST if share > 1 else Image.Resampling.BOX)
    return Preview(small.width, small.height, small.tobytes())


def _needed(image: ImageFile.ImageFile, box: tuple[int, int]) -> tuple[int, int]:
    """The pixels as stored that fill the box; only a JPEG can be decoded to fewer than it has."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        return image.size
    across, down = box[::-1] if read_orientation(image) in LYING else box
    share = min(1.0, across / image.width, down / image.height)
    return max(1, math.floor(image.width * share)), max(1, math.floor(image.height * share))


def _upright(image: ImageFile.ImageFile, box: tuple[int, int]) -> Image.Image:
    """Scaled first and turned and coloured after, so that only the small copy costs memory."""
    orientation = read_orientation(image)
    small = scalable(image)
    small.thumbnail(box[::-1] if orientation in LYING else box, Image.Resampling.BOX)
    coloured = plain_rgb(small)
    return coloured.transpose(TURNS[orientation]) if orientation in TURNS else coloured


TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture of that EXIF orientation upright (EXIF 2.32, Orientation)."""


def scalable(image: Image.Image) -> Image.Image:
    """A mode in which neighbouring pixels can be averaged; palettes and 16-bit greys cannot."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("P", "PA"):
        return image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    return image.convert("I") if image.mode.startswith("I;16") else image


def plain_rgb(image: Image.Image) -> Image.Image:
    """Eight bits of red, green and blue from every mode that `scalable` leaves."""
    if image.mode in ("I", "F"):
        return _stretched(image).convert("RGB")
    if image.mode == "La":
        image = image.convert("LA")
    if image.mode in ("LA", "RGBA", "RGBa") or "transparency" in image.info:
        seen = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", seen.size, (*BACKDROP, 255)), seen).convert("RGB")
    return image.convert("RGB")


def _stretched(image: Image.Image) -> Image.Image:
    """Greys of more than 8 bits, darkest to black and brightest to white; no range says what they mean."""
    greys = image.convert("F")
    low, high = (float(end) for end in greys.getextrema())  # type: ignore[arg-type]  # one band: two numbers
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return Image.new("L", image.size, 128)
    scale = 255 / (high - low)
    return greys.point(lambda level: level * scale - low * scale).convert("L")
