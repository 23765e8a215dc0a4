"""PNG files that hold pixels and what decoding them takes: taken out of a PNG, or written anew.

Chunks are copied from a PNG only if all of it is understood (W3C PNG, third edition,
clauses 5 and 11). The packed data are unpacked and counted, because programmes that
crop in place have left the old picture's data behind the new one's before.
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image

from .odd import OddStructureError

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""Bit depths by colour type (table 11.1)."""

_INDEXED = 3
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Adam7's: first column and row, and the steps to the next (clause 8.2)."""

_COLOUR_NUMBERS = {b"gAMA": 4, b"cHRM": 32}
"""Numbers that say what the colours are, and their length; kept where no profile and no sRGB chunk overrules them."""

_PROFILE_NAME = b"ICC Profile"
"""What Pillow calls every profile, so that no copy can be told from another by it."""

COMPRESSION = 1
"""zlib's fastest level: a photograph shrinks little more at the others and takes several times as long."""

PIECE = 1 << 16


def png_of(pixels: Image.Image, profile: bytes = b"") -> bytes:
    """The pixels as a PNG of their mode, which is one that PNG has, and a bare colour profile where there is one.

    Of what hangs on the image only its palette and its transparency are written.
    """
    bare = pixels.copy()
    bare.info = {name: value for name, value in pixels.info.items() if name == "transparency"}
    out = io.BytesIO()
    bare.save(out, "PNG", compress_level=COMPRESSION, icc_profile=profile or None)
    return out.getvalue()


@dataclass
class _Taken:
    header: bytes
    palette: bytes | None = None
    transparency: bytes | None = None
    is_srgb: bool = False
    numbers: dict[bytes, bytes] = field(default_factory=dict)
    data: list[bytes] = field(default_factory=list)


def bare_png(data: bytes, *, profile: bytes = b"") -> bytes:
    """The PNG's still picture with its packed pixels as they are, and without metadata.

    profile: a colour profile to put in instead of the one it has (colour.bare_profile).
    Raises OddStructureError.
    """
    taken = _take_apart(data)
    packed = b"".join(taken.data)
    _check_pixels(taken.header, packed)
    chunks = [_chunk(b"IHDR", taken.header)]
    if profile:
        chunks.append(_chunk(b"iCCP", _PROFILE_NAME + b"\0\0" + zlib.compress(profile)))
    elif not taken.is_srgb:  # a PNG that says nothing is taken for sRGB
        chunks += [_chunk(kind, numbers) for kind, numbers in taken.numbers.items()]
    if taken.palette is not None and taken.header[9] == _INDEXED:  # to others it is a suggestion
        chunks.append(_chunk(b"PLTE", taken.palette))
    if taken.transparency is not None:
        chunks.append(_chunk(b"tRNS", taken.transparency))
    return b"".join((_SIGNATURE, *chunks, _chunk(b"IDAT", packed), _chunk(b"IEND", b"")))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each up to IEND; nothing behind it is looked at. Raises OddStructureError."""
    if not data.startswith(_SIGNATURE):
        raise OddStructureError("it does not begin as a PNG does")
    at = len(_SIGNATURE)
    while True:
        size = int.from_bytes(data[at : at + 4], "big")
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        check = data[at + 8 + size : at + 12 + size]
        if len(check) != 4:
            raise OddStructureError("it ends before the picture does")
        if int.from_bytes(check, "big") != zlib.crc32(kind + content):
            raise OddStructureError("a check sum in it is wrong")
        at += 12 + size
        if kind == b"IEND":
            return
        yield kind, content


def _take_apart(data: bytes) -> _Taken:
    taken: _Taken | None = None
    before = b""
    for kind, content in _chunks(data):
        if taken is None:
            taken = _Taken(_checked_header(kind, content))
        elif kind == b"PLTE" and taken.palette is None and not taken.data:
            taken.palette = content
        elif kind == b"tRNS" and taken.transparency is None and not taken.data:
            taken.transparency = content
        elif kind == b"IDAT" and (not taken.data or before == kind):
            taken.data.append(content)
        elif kind == b"sRGB":
            taken.is_srgb = True
        elif _COLOUR_NUMBERS.get(kind) == len(content) and not taken.data:
            taken.numbers[kind] = content
        elif not kind[:1].islower():  # in lower case: a decoder may pass over it (clause 5.4)
            raise OddStructureError("its chunks are of unknown kinds, or in another order than they should be")
        before = kind
    if taken is None or not taken.data:
        raise OddStructureError("it holds no picture")
    _check_palette(taken)
    return taken


def _checked_header(kind: bytes, content: bytes) -> bytes:
    if kind != b"IHDR" or len(content) != 13:
        raise OddStructureError("it does not begin with a header")
    depth, colour, packing, filtering, interlaced = content[8:]
    known = depth in _DEPTHS.get(colour, ()) and (packing, filtering) == (0, 0) and interlaced in (0, 1)
    if not known or not any(content[:4]) or not any(content[4:8]):
        raise OddStructureError("its header is of an unknown kind")
    return content


def _check_palette(taken: _Taken) -> None:
    colour = taken.header[9]
    palette, transparency = taken.palette or b"", taken.transparency
    most = {0: 2, 2: 6, _INDEXED: len(palette) // 3}.get(colour, 0)  # bytes of tRNS
    fits = not transparency or (len(transparency) <= most if colour == _INDEXED else len(transparency) == most)
    if len(palette) % 3 or len(palette) > 768 or (colour == _INDEXED and not palette) or not fits:
        raise OddStructureError("its palette or its transparency has the wrong length")
    if colour in (0, 4) and palette:
        raise OddStructureError("it is grey and has a palette")


def _check_pixels(header: bytes, packed: bytes) -> None:
    """Unpacked to its end, and exactly as much as the header says, in pieces that are let go at once."""
    wanted, found = _bytes_of_pixels(header), 0
    unpacking = zlib.decompressobj()
    try:
        for at in range(0, len(packed), PIECE):
            waiting = packed[at : at + PIECE]
            while waiting and found <= wanted and not unpacking.eof:
                found += len(unpacking.decompress(waiting, PIECE))
                waiting = unpacking.unconsumed_tail
            if unpacking.eof and at + PIECE < len(packed):
                raise OddStructureError("there are bytes behind its packed pixels")
    except zlib.error:
        raise OddStructureError("its packed pixels are damaged") from None
    if not unpacking.eof or unpacking.unused_data or found != wanted:
        raise OddStructureError("its packed pixels are more or fewer than its header says")


def _bytes_of_pixels(header: bytes) -> int:
    """Rows with a filter byte each, of one pass or of Adam7's seven; an empty pass has no rows."""
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    bits = header[8] * _SAMPLES[header[9]]
    passes = _PASSES if header[12] else ((0, 0, 1, 1),)
    total = 0
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * bits + 7) // 8)
    return total
