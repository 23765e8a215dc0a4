"""The first picture of a file, decoded whole: what every copy is made of and measured by."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image

from ..metadata import read_orientation
from ..opening import UnreadablePictureError, untrusted_stream
from ..pillow import DECODERS, PILLOW_ERRORS, decode_fully, heard_warnings, reason_of, reraise_medium_error
from ..pixels import TURNS
from ..recognising import PictureFormat
from .colour import bare_profile

_GREYS = ("1", "L", "LA", "I;16")
_STRIP_PIXELS = 1 << 20


@dataclass(frozen=True)
class Decoded:
    """pixels: as decoded, in the mode they have. orientation: EXIF 1 to 8 that they still need.

    profile: the file's own colour profile, untrusted, b"" for none. is_damaged: a part may be missing.
    """

    pixels: Image.Image
    format: PictureFormat
    orientation: int
    profile: bytes
    is_damaged: bool


def decode_whole(data: BinaryIO | bytes) -> Decoded:
    """The first picture at its full size, within the limits for opening.

    data: all bytes, or a seekable file, which is left open. Raises UnreadablePictureError,
    or the OSError of a failing medium.
    """
    stream, claimed = untrusted_stream(data)
    with heard_warnings():
        try:
            with Image.open(stream, formats=DECODERS) as image:
                format_, orientation = PictureFormat(image.format), read_orientation(image)
                damage = decode_fully(image, width=image.width, height=image.height)
                if format_ in (PictureFormat.PNG, PictureFormat.TIFF):  # a TIFF is upright by now,
                    orientation = read_orientation(image)  # and a PNG may tell only behind its pixels
                profile = image.info.get("icc_profile")
                found = profile if isinstance(profile, bytes) else b""
                return Decoded(image, format_, orientation, found, bool(damage))
        except PILLOW_ERRORS as error:
            reraise_medium_error(error)
            raise UnreadablePictureError(reason_of(error), claimed) from error


def turned(pixels: Image.Image, orientation: int) -> Image.Image:
    """The right way up."""
    return pixels.transpose(TURNS[orientation]) if orientation in TURNS else pixels


def fits_16_bits(pixels: Image.Image) -> bool:
    """Whether greys can be stored in 16 bits as they are."""
    if pixels.mode != "I":
        return pixels.mode.startswith("I;16")
    low, high = pixels.getextrema()
    return isinstance(low, int) and isinstance(high, int) and low >= 0 and high <= 0xFFFF


def profile_for(mode: str, profile: bytes) -> bytes:
    """The bare profile by which pixels of that mode are shown; b"" for none."""
    return bare_profile(profile, is_grey=mode in _GREYS)


def pixel_digest(pixels: Image.Image) -> str:
    """SHA-256 of mode, size and every pixel, in strips, so that no second copy of all is needed."""
    coloured = pixels.mode == "P" or "transparency" in pixels.info  # an index means nothing without its palette
    digest = hashlib.sha256(f"{'RGBA' if coloured else pixels.mode} {pixels.width} {pixels.height}".encode())
    rows = max(1, _STRIP_PIXELS // pixels.width)
    for top in range(0, pixels.height, rows):
        strip = pixels.crop((0, top, pixels.width, min(top + rows, pixels.height)))
        digest.update((strip.convert("RGBA") if coloured else strip).tobytes())
    return digest.hexdigest()
