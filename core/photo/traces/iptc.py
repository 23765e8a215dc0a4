"""Traces in IPTC, the agencies' record of who, where and what (IPTC IIM 4.2), in Photoshop's block or bare."""

from collections.abc import Iterator

from ..facts import Trace, TraceKind
from .lines import line_of, named

_DATASETS = {
    5: TraceKind.WORDS,  # Object Name
    25: TraceKind.WORDS,  # Keywords
    26: TraceKind.PLACE_NAME,  # Content Location Code
    27: TraceKind.PLACE_NAME,  # Content Location Name
    80: TraceKind.AUTHOR,  # By-line
    90: TraceKind.PLACE_NAME,  # City
    92: TraceKind.PLACE_NAME,  # Sublocation
    95: TraceKind.PLACE_NAME,  # Province or State
    100: TraceKind.PLACE_NAME,  # Country Code
    101: TraceKind.PLACE_NAME,  # Country Name
    105: TraceKind.WORDS,  # Headline
    110: TraceKind.RIGHTS,  # Credit
    115: TraceKind.RIGHTS,  # Source
    116: TraceKind.RIGHTS,  # Copyright Notice
    118: TraceKind.RIGHTS,  # Contact
    120: TraceKind.WORDS,  # Caption
    122: TraceKind.AUTHOR,  # Caption Writer
}
"""Of record 2, the application record."""

_PHOTOSHOP_IPTC = b"8BIM\x04\x04"
_RECORD = b"\x1c\x02"


def iptc_traces(block: bytes) -> Iterator[Trace]:
    """block: a Photoshop block with any number of resources, or an IIM stream. Never raises for what is broken."""
    if _PHOTOSHOP_IPTC not in block:
        yield from _stream_traces(block)
        return
    at = block.find(_PHOTOSHOP_IPTC)
    while at >= 0:
        name = at + len(_PHOTOSHOP_IPTC)
        size_at = name + ((block[name] + 2) & ~1) if name < len(block) else len(block)  # a padded Pascal string
        size = int.from_bytes(block[size_at : size_at + 4], "big")
        yield from _stream_traces(block[size_at + 4 : size_at + 4 + size])
        at = block.find(_PHOTOSHOP_IPTC, name)


def _stream_traces(stream: bytes) -> Iterator[Trace]:
    at = stream.find(b"\x1c")
    while 0 <= at <= len(stream) - 5 and stream[at] == 0x1C:
        size = int.from_bytes(stream[at + 3 : at + 5], "big")
        if size & 0x8000:  # a length of a length: for what is larger than any line
            return
        if stream[at : at + 2] == _RECORD and stream[at + 2] in _DATASETS:
            yield from named(_DATASETS[stream[at + 2]], line_of(stream[at + 5 : at + 5 + size]))
        at += 5 + size
