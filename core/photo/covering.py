"""Burns boxes into a copy of a picture, so that what they cover is gone from it.

The copy is a PNG: whatever lies outside the boxes is exactly what the original
shows there, which no second JPEG compression could promise. It is made of pixels
alone. No metadata, colour profile, thumbnail, second picture or trailing byte of
the original is taken along, so nothing of what is covered can be left in them.
"""

import io
from collections.abc import Sequence
from typing import BinaryIO

from PIL import Image, ImageDraw, ImageFile

from ..model.picture import CoverBox
from .metadata import read_orientation
from .opening import UnreadablePictureError, untrusted_stream
from .pillow import DECODERS, PILLOW_ERRORS, heard_warnings, reason_of, refuse_oversize, reraise_medium_error
from .previews import TURNS, plain_rgb, scalable

COVER_COLOUR = (0, 0, 0)
"""Black: seen at once as a cover, and taken for no skin."""

COMPRESSION = 1
"""zlib's fastest level: a photograph shrinks little more at the others and takes several times as long."""


def covered_copy(data: BinaryIO | bytes, boxes: Sequence[CoverBox]) -> bytes:
    """The picture as a PNG, upright, with every box filled.

    data: all bytes, or a seekable file, which is left open. Of several pictures in one
    file (MPO, TIFF) the first. boxes: at least one, in pixels of the upright picture.
    Raises ValueError for a box that does not lie in the picture, UnreadablePictureError,
    or the OSError of a failing medium.
    """
    if not boxes:
        raise ValueError("a covered copy covers something")
    stream, claimed = untrusted_stream(data)
    with heard_warnings():
        try:
            with Image.open(stream, formats=DECODERS) as image:
                refuse_oversize(image)
                image.load()
                upright = _upright(image)
        except PILLOW_ERRORS as error:
            reraise_medium_error(error)
            raise UnreadablePictureError(reason_of(error), claimed) from error
    pen = ImageDraw.Draw(upright)
    for box in boxes:
        if not box.lies_in(upright.width, upright.height):
            raise ValueError(f"{box} is not inside {upright.width} x {upright.height} pixels")
        pen.rectangle((box.left, box.top, box.right - 1, box.bottom - 1), fill=COVER_COLOUR)
    out = io.BytesIO()
    upright.save(out, "PNG", compress_level=COMPRESSION)
    return out.getvalue()


def _upright(image: ImageFile.ImageFile) -> Image.Image:
    """New pixels without anything that hung on the old ones. A TIFF is upright by now."""
    orientation = read_orientation(image)
    coloured = plain_rgb(scalable(image))
    turned = coloured.transpose(TURNS[orientation]) if orientation in TURNS else coloured
    bare = Image.new("RGB", turned.size)
    bare.paste(turned)
    return bare
