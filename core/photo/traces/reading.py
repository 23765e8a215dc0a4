"""Where a file keeps metadata, and every trace in them: of all its pictures, announced or not."""

import re
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ..facts import Trace, TraceKind
from ..recognising import PictureFormat
from .directory import read_header
from .exif import exif_traces
from .iptc import iptc_traces
from .lines import line_of, named
from .xmp import xmp_traces

CHUNK = 1 << 20
SEGMENT_LIMIT = 1 << 16
"""Bytes of the largest JPEG segment, its marker included."""

BLOCKS_LIMIT = 256
"""Blocks of one file that are looked at; an extended XMP of 1 MB has 16."""

TRACES_LIMIT = 200
"""Of one file; more say nothing more."""

TEXT_LIMIT = 4 << 20
"""Bytes that one compressed PNG text may unpack to."""


def read_traces(stream: BinaryIO, format_: PictureFormat, *, model: str = "") -> tuple[Trace, ...]:
    """Every trace in a picture file, each once.

    stream: seekable, left open. format_: JPEG, MPO, PNG or TIFF, as it was decoded.
    model: of the camera, which some cameras write where their owner's name belongs.
    Never raises for what is broken; a failing medium raises its OSError.
    """
    reader = _READERS[format_]
    stream.seek(0)
    found: dict[Trace, None] = {}
    for trace in reader(stream):
        if trace.text.casefold() != model.casefold():
            found[trace] = None
        if len(found) == TRACES_LIMIT:
            break
    return tuple(found)


_EXIF, _XMP, _MORE_XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP, _META = b"Photoshop 3.0\0", b"Meta\0\0"
_MARKS = (_EXIF, _XMP, _MORE_XMP, _PHOTOSHOP, _META)
_SEGMENT = re.compile(rb"\xff[\xe1\xe3\xed](..)(%s)" % b"|".join(re.escape(mark) for mark in _MARKS), re.DOTALL)
"""APP1, APP3 and APP13 with a mark of theirs. Compressed pixels never hold 0xFF before these bytes (ITU T.81,
B.1.1.5), so that a search through the whole file finds the segments of every picture in it, and no others."""

_LONGEST_MARK = 4 + max(len(mark) for mark in _MARKS)


def _of_jpeg(stream: BinaryIO) -> Iterator[Trace]:
    exif = b""
    more_xmp: dict[bytes, list[bytes]] = {}
    resources: list[bytes] = []
    for mark, content in _jpeg_blocks(stream):
        if mark == _XMP:
            yield from xmp_traces(content)
        elif mark == _MORE_XMP:  # 32 bytes of digest, total length, offset; its parts stand in order
            more_xmp.setdefault(content[:32], []).append(content[40:])
        elif mark == _PHOTOSHOP:
            resources.append(content)
        elif exif and read_header(content) is None:  # one block may be spread over several segments
            exif += content
        else:
            yield from exif_traces(exif)
            exif = content
    yield from exif_traces(exif)
    for parts in more_xmp.values():
        yield from xmp_traces(b"".join(parts))
    if resources:  # as one resource may be
        yield from iptc_traces(b"".join(resources))


def _jpeg_blocks(stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """The mark and the content of each segment that holds metadata, wherever it stands. What is cut off is given so."""
    window, ended, count = b"", False, 0
    while not ended and count < BLOCKS_LIMIT:
        piece = stream.read(CHUNK)
        ended = not piece
        window += piece
        done = max(0, len(window) - _LONGEST_MARK)
        at = 0
        while (found := _SEGMENT.search(window, at)) and count < BLOCKS_LIMIT:
            end = found.start() + 2 + int.from_bytes(found[1], "big")
            if end > len(window) and not ended:
                done = found.start()
                break
            count += 1
            yield found[2], window[found.end() : end]
            at = max(end, found.end())
            done = max(done, min(at, len(window)))
        window = window[done:]


_PNG_TEXTS = {
    "Author": TraceKind.AUTHOR,
    "Artist": TraceKind.AUTHOR,
    "Copyright": TraceKind.RIGHTS,
    "Title": TraceKind.WORDS,
    "Description": TraceKind.WORDS,
    "Comment": TraceKind.WORDS,
}
"""Keywords of the PNG specification (W3C, 11.3.3.1) and the one that others add."""

_PNG_CHUNKS = (b"eXIf", b"tEXt", b"zTXt", b"iTXt")


def _of_png(stream: BinaryIO) -> Iterator[Trace]:
    stream.seek(8)
    count = 0
    while len(head := stream.read(8)) == 8 and head[4:] != b"IEND" and count < BLOCKS_LIMIT:
        size = int.from_bytes(head[:4], "big")
        if head[4:] not in _PNG_CHUNKS or size > TEXT_LIMIT:
            stream.seek(size + 4, 1)
            continue
        count += 1
        content = stream.read(size)
        stream.seek(4, 1)
        if head[4:] == b"eXIf":
            yield from exif_traces(content.removeprefix(_EXIF))
        else:
            yield from _of_png_text(head[4:], content)


def _of_png_text(kind: bytes, content: bytes) -> Iterator[Trace]:
    keyword, _, rest = content.partition(b"\0")
    name = keyword.decode("latin-1")
    if kind == b"zTXt":
        rest = _unpacked(rest[1:])
    elif kind == b"iTXt":
        is_packed = rest[:1] == b"\1"
        rest = rest[2:].split(b"\0", 2)[-1]  # behind language and translated keyword
        rest = _unpacked(rest) if is_packed else rest
    if name == "XML:com.adobe.xmp":
        yield from xmp_traces(rest)
    elif name.startswith("Raw profile type "):
        yield from _of_raw_profile(rest)
    elif name in _PNG_TEXTS:
        yield from named(_PNG_TEXTS[name], line_of(rest))


def _of_raw_profile(text: bytes) -> Iterator[Trace]:
    """ImageMagick's way of keeping EXIF, IPTC and XMP in a PNG: a name, a length, and hexadecimal digits."""
    digits = b"".join(text.split()[2:])
    try:
        profile = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return
    if profile.startswith(_EXIF):
        yield from exif_traces(profile.removeprefix(_EXIF))
    elif profile.startswith(_XMP) or profile.lstrip().startswith(b"<"):
        yield from xmp_traces(profile.removeprefix(_XMP))
    else:
        yield from iptc_traces(profile)


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, TEXT_LIMIT)
    except zlib.error:
        return b""


def _of_tiff(stream: BinaryIO) -> Iterator[Trace]:
    """Read whole: its directories may lie anywhere. It is in memory already (opening.untrusted_stream)."""
    yield from exif_traces(stream.read())


_READERS: dict[PictureFormat, Callable[[BinaryIO], Iterator[Trace]]] = {
    PictureFormat.JPEG: _of_jpeg,
    PictureFormat.MPO: _of_jpeg,
    PictureFormat.PNG: _of_png,
    PictureFormat.TIFF: _of_tiff,
}
