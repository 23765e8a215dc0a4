"""Small upright copies of pictures to show on a terminal; the picture itself stays as it is."""

import math
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageFile, JpegImagePlugin

from .facts import LYING
from .metadata import read_orientation
from .opening import UnreadablePictureError, untrusted_stream
from .pillow import DECODERS, PILLOW_ERRORS, decode_fully, heard_warnings, reason_of, reraise_medium_error
from .pixels import TURNS, plain_rgb, scalable


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
