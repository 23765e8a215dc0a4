"""How Pillow is held: which of its decoders run, within which limits, and how it fails.

Pillow reports in three ways: exceptions of many kinds, warnings through Python's
process-wide filters, and silence. This module turns the first two into values, so
that a card's odd file neither stops a scan nor writes across the screen.
"""

import ctypes
import logging
import struct
import threading
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, UnidentifiedImageError, _imaging

from .facts import untrusted_text

DECODERS = (
    JpegImagePlugin.JpegImageFile.format,  # becomes an MPO by itself
    PngImagePlugin.PngImageFile.format,
    TiffImagePlugin.TiffImageFile.format,
)
"""The only Pillow plugins that see bytes from a card. Importing them here registers them,
so that Pillow does not load all of its others to look for one."""

PIXEL_LIMIT = 178_956_970
"""Pixels a picture may have. It is also where Pillow refuses by itself (twice its
MAX_IMAGE_PIXELS); the largest cameras a clinic meets have 61 million, phones 108."""

MEMORY_LIMIT = 1 << 30
"""Bytes that decoding one picture may need, estimated from its header (decoding_bytes).
A JPEG is decoded no larger than it is measured at, and stays far below it."""

DAMAGED_PNG = "its data are damaged: a part of the picture may be missing"

PILLOW_ERRORS = (
    Image.DecompressionBombError,
    OSError,  # truncated and broken data; UnidentifiedImageError is one
    SyntaxError,  # broken headers
    ValueError,  # nonsense sizes and offsets, oversized text chunks
    TypeError,  # tags of the wrong type (a CR2 opened as TIFF)
    KeyError,  # tags and modes that are missing
    IndexError,
    AttributeError,
    AssertionError,  # Pillow states its expectations of headers this way
    EOFError,
    OverflowError,
    ZeroDivisionError,  # rationals
    MemoryError,
    NotImplementedError,  # what Pillow raises for a variant it does not decode
    RuntimeError,  # decoders in an impossible state
    struct.error,
    zlib.error,
)
"""What Pillow raises on hostile and broken files, by name. A failure of another kind is a
bug in dermlock and is let through."""

_hearing = threading.Lock()
"""Python's warning filters belong to the whole process: one thread at a time may change them."""


@contextmanager
def heard_warnings() -> Iterator[list[str]]:
    """Collects what Pillow warns of inside the block, as printable lines.

    Whatever the process does with warnings otherwise (print, raise), they neither
    interrupt the decoding nor reach the screen. The lines are there once the block is left.
    """
    remarks: list[str] = []
    with _hearing, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # PIXEL_LIMIT decides
        try:
            yield remarks
        finally:
            remarks.extend(untrusted_text(str(warning.message)) for warning in caught)


def keep_the_screen_clean() -> None:
    """Stops the two ways in which decoders write to standard error; doing it again does nothing.

    libtiff prints errors below Python, and Pillow logs some, which Python prints when
    nobody has set up logging. One such line across a terminal app spoils the screen,
    and --json promises nothing but what it documents. The failures themselves still
    come back as exceptions. Where Pillow was built without a shared libtiff there is
    no handle to take, and its lines stay; they are ugly, not harmful.
    """
    logging.getLogger("PIL").addHandler(_SILENT)
    library = ctypes.CDLL(_imaging.__file__)
    if hasattr(library, "TIFFSetErrorHandler"):
        take = library.TIFFSetErrorHandler
        take.argtypes, take.restype = [ctypes.c_void_p], ctypes.c_void_p
        take(None)


_SILENT = logging.NullHandler()


def decoding_bytes(image: ImageFile.ImageFile) -> int:
    """About how much memory decoding needs, from the header alone.

    Pillow keeps 1 byte a pixel for one channel and 4 for more, or as much again in
    another mode to scale it; TIFF's strips and a progressive JPEG's coefficients (2
    bytes a sample) come on top.
    """
    pixels = image.width * image.height
    kept = pixels * {"1": 2, "L": 1, "P": 5, "I;16": 6, "I;16B": 6, "I;16L": 6}.get(image.mode, 4)
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        coefficients = 2 * pixels * len(image.getbands()) if image.info.get("progressive") else 0
        return kept // 64 + coefficients
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        rows = image.tag_v2.get(TiffImagePlugin.ROWSPERSTRIP, image.height)
        strip = min(rows, image.height) * image.width * 4 if isinstance(rows, int) else kept
        return kept + strip
    return kept


def decode_fully(image: ImageFile.ImageFile, *, width: int = 1, height: int = 1) -> tuple[str, ...]:
    """Decodes the current frame to its last byte, within PIXEL_LIMIT and MEMORY_LIMIT.

    width, height: pixels that the caller needs at least. A JPEG is decoded at the
    smallest of 1/8, 1/4, 1/2 and 1 that gives them: all of its data are still read
    and unpacked, in a tenth of the time.

    Raises one of PILLOW_ERRORS. Returns a remark when the data are damaged and there
    is a picture nonetheless: a PNG whose stream breaks off keeps what came before,
    and Pillow counts it as loaded. It can be shown and judged, so it is no reason to
    leave it on the card.
    """
    refuse_oversize(image)
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        image.decoderconfig = ()  # a former frame's draft would be taken over
        scale = min(8, image.width // width, image.height // height)
        if scale > 1:
            image.draft(None, (image.width // scale, image.height // scale))
    try:
        image.load()
    except OSError as error:
        if isinstance(image, PngImagePlugin.PngImageFile) and error.errno is None and not image.tile:
            image.load()  # raises where there is not one pixel to show
            return (DAMAGED_PNG,)
        raise
    return ()


def refuse_oversize(image: ImageFile.ImageFile) -> None:
    """Raises DecompressionBombError or MemoryError before a pixel is allocated."""
    pixels = image.width * image.height
    if pixels > PIXEL_LIMIT:
        raise Image.DecompressionBombError(f"{pixels} pixels")
    if decoding_bytes(image) > MEMORY_LIMIT:
        raise MemoryError(f"{decoding_bytes(image)} bytes")


def reason_of(error: BaseException) -> str:
    """One of PILLOW_ERRORS as a clause in plain words."""
    said = untrusted_text(str(error))
    if isinstance(error, Image.DecompressionBombError):
        return f"it would unpack to more than the {PIXEL_LIMIT // 1_000_000} million pixels allowed"
    if isinstance(error, MemoryError):
        return "decoding it takes more memory than is allowed"
    if isinstance(error, UnidentifiedImageError):
        return "its header is damaged"
    if isinstance(error, EOFError) or "truncated" in said.lower():
        return "it ends before the picture does"
    return f"it is damaged ({said})" if said else "it is damaged"


def reraise_medium_error(error: BaseException) -> None:
    """Raises `error` again when the medium failed (EIO, ENODEV and the like) and not the picture.

    Pillow's own OSErrors carry no errno; those of the operating system do.
    """
    if isinstance(error, OSError) and error.errno is not None:
        raise error
