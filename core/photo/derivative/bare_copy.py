"""A copy of a picture with the very same pixels and nothing else: what leaves when nothing has to be covered.

A JPEG keeps its compressed data and a PNG its packed ones. What is of another kind, or
built in a way that is not understood to its last byte, leaves as a PNG of its pixels.
Either way the copy is decoded and compared with the original, pixel for pixel, before
anybody gets it.
"""

from dataclasses import dataclass

from PIL import Image

from ...errors import DermlockError
from ..opening import UnreadablePictureError
from ..pixels import plain_rgb, scalable
from ..recognising import PictureFormat
from .decoding import Decoded, decode_whole, fits_16_bits, pixel_digest, profile_for, turned
from .jpeg import PROFILE_LIMIT, bare_jpeg
from .odd import OddStructureError
from .png import bare_png, png_of

_PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")


class CopyDiffersError(DermlockError):
    """A copy does not decode to the pixels of its original; it is not given out."""

    exit_code = 5

    def __init__(self) -> None:
        super().__init__(
            "A copy of this picture does not show what the picture shows.",
            "It was not written; the sealed picture is untouched. Report this.",
        )


@dataclass(frozen=True)
class BareCopy:
    """format: JPEG or PNG. remark: why a JPEG or a PNG was not kept as it is, as a clause; "" when it was."""

    content: bytes
    format: PictureFormat
    remark: str = ""


def bare_copy(data: bytes) -> BareCopy:
    """The first picture in `data`, without metadata, and proven to have the same pixels.

    A JPEG that lies on its side keeps its orientation as the only tag; everything else
    is stored upright. Raises UnreadablePictureError, CopyDiffersError.
    """
    whole = decode_whole(data)
    try:
        copy = _taken_out(data, whole)
    except OddStructureError as error:
        remark = error.reason
    else:
        if copy is not None and _shows(copy, whole.pixels, whole.orientation):
            return copy
        remark = "taken apart it decodes to other pixels" if copy else ""
    upright = turned(_for_png(whole.pixels), whole.orientation)
    copy = BareCopy(png_of(upright, profile_for(upright.mode, whole.profile)), PictureFormat.PNG, remark)
    if not _shows(copy, upright, 1):
        raise CopyDiffersError
    return copy


def _taken_out(data: bytes, whole: Decoded) -> BareCopy | None:
    """With the compressed data as they are; None where that is not tried. Raises OddStructureError."""
    profile = profile_for(whole.pixels.mode, whole.profile)
    if whole.format in (PictureFormat.JPEG, PictureFormat.MPO):
        short = profile if len(profile) <= PROFILE_LIMIT else b""
        return BareCopy(bare_jpeg(data, orientation=whole.orientation, profile=short), PictureFormat.JPEG)
    if whole.format is PictureFormat.PNG and whole.orientation == 1:  # few receivers turn a PNG
        return BareCopy(bare_png(data, profile=profile), PictureFormat.PNG)
    return None


def _for_png(pixels: Image.Image) -> Image.Image:
    """In a mode that PNG has: the same values wherever one has room for them."""
    if pixels.mode in _PNG_MODES:
        return pixels
    if pixels.mode == "PA":
        return pixels.convert("RGBA")
    return pixels.convert("I;16") if fits_16_bits(pixels) else plain_rgb(scalable(pixels))


def _shows(copy: BareCopy, pixels: Image.Image, orientation: int) -> bool:
    """Whether the copy decodes to these pixels, and is turned as they are."""
    try:
        shown = decode_whole(copy.content)
    except UnreadablePictureError:
        return False
    if (shown.format, shown.orientation) != (copy.format, orientation):
        return False
    return pixel_digest(shown.pixels) == pixel_digest(pixels)
