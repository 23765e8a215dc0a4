"""Metadata's bytes as lines of text, and which of them say anything."""

import re
from collections.abc import Iterator

from ..facts import Trace, TraceKind, untrusted_text

_SAYS_NOTHING = re.compile(r"[\W0_]*|unknown|none|n/?a", re.IGNORECASE)
"""Blanks, marks and zeros, and the words that programmes put where nothing was set."""

_NOBODY_WROTE = re.compile(
    r"(.* )?digital (still )?camera|sony dsc|dsc\w?\d+|screenshot|(file written|created|processed|edited) (by|with) .*",
    re.IGNORECASE,
)
"""What cameras and programmes put where a caption belongs."""


def line_of(raw: bytes) -> str:
    """Text up to its NUL: UTF-8, or Latin-1 where it is none, as older programmes wrote it."""
    text = raw.partition(b"\0")[0].rstrip(b"\xff")
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def utf16_line_of(raw: bytes) -> str:
    """Windows' XP tags: UTF-16, little-endian, to its NUL."""
    return raw[: len(raw) & ~1].decode("utf-16-le", "replace")


_CODES = {b"ASCII\0\0\0": "utf-8", b"JIS\0\0\0\0\0": "iso2022_jp", bytes(8): "utf-8"}


def coded_line_of(raw: bytes, order: str) -> str:
    """EXIF's UserComment and its kin, whose first eight bytes name the code. order: of the EXIF, "<" or ">"."""
    code, text = raw[:8], raw[8:]
    if code == b"UNICODE\0":
        return text[: len(text) & ~1].decode("utf-16-le" if order == "<" else "utf-16-be", "replace")
    return text.decode(_CODES[code], "replace") if code in _CODES else line_of(raw)


def named(kind: TraceKind, text: str) -> Iterator[Trace]:
    """The trace, unless the text says nothing, or is a caption that nobody wrote."""
    line = untrusted_text(text)
    if _SAYS_NOTHING.fullmatch(line) or (kind is TraceKind.WORDS and _NOBODY_WROTE.fullmatch(line)):
        return
    yield Trace(kind, line)


def position_trace(latitude: float, longitude: float) -> Trace:
    """In degrees, north and east positive."""
    return Trace(TraceKind.POSITION, f"{latitude:.5f},{longitude:.5f}")
