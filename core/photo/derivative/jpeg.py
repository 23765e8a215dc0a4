"""Takes a JPEG apart and puts together what its first picture needs to decode, and nothing else.

The compressed pixels are copied bit by bit, so that nothing is compressed twice. All
around them is understood to the last byte or refused (ITU T.81, annex B; JFIF 1.02;
Adobe Technical Note 5116): every application segment (EXIF with its thumbnail, XMP,
IPTC, MPF, makers' own), every comment, and all that stands behind the picture's end
(second pictures, films, depth maps) stays behind.

What the format alone cannot tell is whether bits stand behind the last block of a
scan; a camera puts none there.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .odd import OddStructureError

_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_DHT, _DQT, _DRI, _SOS, _COM = 0xC4, 0xDB, 0xDD, 0xDA, 0xFE
_FRAMES = (0xC0, 0xC1, 0xC2)
"""Baseline, extended and progressive, Huffman-coded: what cameras write and every receiver opens."""

_APPLICATIONS = range(0xE0, 0xF0)
_JFIF, _ADOBE = 0xE0, 0xEE

_SCAN_END = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)
"""In compressed data 0xFF stands before 0 or a restart mark only; anything else ends the scan."""

PROFILE_LIMIT = 60_000
"""Bytes of a colour profile; it goes into one segment."""


@dataclass
class _Taken:
    """What was found on the way. segments: those that are kept, in order, compressed data and all."""

    segments: list[bytes] = field(default_factory=list)
    has_frame: bool = False
    scans: int = 0
    is_jfif: bool = False
    adobe_transforms: set[int] = field(default_factory=set)


def bare_jpeg(data: bytes, *, orientation: int = 1, profile: bytes = b"") -> bytes:
    """The first picture in `data`, from its start to its end mark, without metadata.

    orientation: EXIF 1 to 8. A JPEG on its side keeps its orientation, in an EXIF block
    that holds nothing else: turning its pixels would mean compressing them anew, and
    receivers heed this tag as they do the camera's. profile: a colour profile to put in
    instead of the one it has (colour.bare_profile), at most PROFILE_LIMIT bytes.
    Raises OddStructureError.
    """
    taken = _take_apart(data)
    if not taken.has_frame or not taken.scans:
        raise OddStructureError("it ends before its picture does")
    if len(taken.adobe_transforms) > 1:
        raise OddStructureError("it says in two ways how its colours are meant")
    head = [_SOI]
    if taken.is_jfif:  # without it, or Adobe's segment, decoders would take the colours for others
        head.append(_segment(_JFIF, b"JFIF\0\1\2\0\0\1\0\1\0\0"))
    if orientation != 1:
        head.append(_segment(0xE1, b"Exif\0\0" + _orientation_exif(orientation)))
    if profile:
        head.append(_segment(0xE2, b"ICC_PROFILE\0\1\1" + profile))
    head += [_segment(_ADOBE, b"Adobe\0\x64\0\0\0\0" + bytes([transform])) for transform in taken.adobe_transforms]
    return b"".join((*head, *taken.segments, _EOI))


def _orientation_exif(orientation: int) -> bytes:
    """TIFF header, one directory, one tag."""
    entry = b"\x01\x12\0\x03\0\0\0\1" + orientation.to_bytes(2, "big") + b"\0\0"
    return b"MM\0*\0\0\0\x08" + b"\0\1" + entry + bytes(4)


def _segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def _take_apart(data: bytes) -> _Taken:
    """Everything up to the first end mark. Raises OddStructureError."""
    if not data.startswith(_SOI):
        raise OddStructureError("it does not begin as a JPEG does")
    taken = _Taken()
    at = len(_SOI)
    while True:
        marker, at = _marker(data, at)
        if marker == _EOI[1]:
            return taken
        size = int.from_bytes(data[at : at + 2], "big")
        content = data[at + 2 : at + size]
        if size < 2 or len(content) != size - 2:
            raise OddStructureError("a segment reaches beyond its end")
        at += size
        if marker in _APPLICATIONS:
            _note_application(marker, content, taken)
        elif marker == _SOS:
            _check_scan(content, taken)
            end = _SCAN_END.search(data, at)
            if end is None:
                raise OddStructureError("it has no end mark")
            taken.segments.append(_segment(marker, content) + data[at : end.start()])
            at = end.start()
        elif marker != _COM:
            _check_kept(marker, content, taken)
            taken.segments.append(_segment(marker, content))


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker at this place, and where what follows it begins. Fill bytes (B.1.1.2) are passed over."""
    if data[at : at + 1] != b"\xff":
        raise OddStructureError("there are stray bytes in it" if at < len(data) else "it has no end mark")
    while data[at : at + 1] == b"\xff":
        at += 1
    if at == len(data):
        raise OddStructureError("it has no end mark")
    return data[at], at + 1


def _note_application(marker: int, content: bytes, taken: _Taken) -> None:
    """The two that decoders heed for colours, as libjpeg reads them; the others are passed over."""
    if marker == _JFIF and content.startswith(b"JFIF\0") and len(content) >= 14:
        taken.is_jfif = True
    if marker == _ADOBE and content.startswith(b"Adobe") and len(content) >= 12:
        taken.adobe_transforms.add(content[11])


def _check_kept(marker: int, content: bytes, taken: _Taken) -> None:
    """Nothing hides in what is kept: each has exactly the length that its own numbers give it."""
    if marker in _FRAMES:
        if taken.has_frame:
            raise OddStructureError("it holds more than one frame")
        _check_frame(content)
        taken.has_frame = True
    elif marker == _DQT:
        _check_tables(content, _quantisation_size, "quantisation")
    elif marker == _DHT:
        _check_tables(content, _huffman_size, "Huffman")
    elif marker == _DRI:
        if len(content) != 2:
            raise OddStructureError("its restart interval has the wrong length")
    else:
        raise OddStructureError(f"it holds a segment FF{marker:02X}, which cameras do not write")


def _check_frame(content: bytes) -> None:
    """B.2.2: precision, height, width, components of three bytes each."""
    count = content[5] if len(content) > 5 else 0
    if count not in (1, 3, 4) or len(content) != 6 + 3 * count:
        raise OddStructureError("its frame has the wrong length")
    if content[0] != 8 or not any(content[1:3]) or not any(content[3:5]):
        raise OddStructureError("its frame is not of 8 bits, or says no size")


def _check_scan(content: bytes, taken: _Taken) -> None:
    """B.2.3."""
    count = content[0] if content else 0
    if not taken.has_frame or not 1 <= count <= 4 or len(content) != 4 + 2 * count:
        raise OddStructureError("a scan has the wrong length, or comes before its frame")
    taken.scans += 1


def _check_tables(content: bytes, size_of: Callable[[bytes, int], int], name: str) -> None:
    at = 0
    while at < len(content):
        at += size_of(content, at)
    if not content or at != len(content):
        raise OddStructureError(f"its {name} tables have the wrong length")


def _quantisation_size(content: bytes, at: int) -> int:
    """B.2.4.1: 64 values of one byte or of two."""
    return 129 if content[at] >> 4 else 65


def _huffman_size(content: bytes, at: int) -> int:
    """B.2.4.2: how many codes of each of 16 lengths, then as many values."""
    return 17 + sum(content[at + 1 : at + 17])
