"""Serial numbers and names in cameras' own notes inside EXIF, for the makers whose layout is well known.

Every maker lays its notes out in its own way. Those read here are TIFF directories
behind a mark; what is encrypted (Sony, newer Nikon lens data) is left alone. Layouts
and tag numbers: ExifTool 12.57's documentation of tag names, checked against its
output on the photographs of the acceptance tests.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..facts import Trace, TraceKind
from .directory import Entry, read_directory
from .lines import line_of, named


@dataclass(frozen=True)
class _Layout:
    """mark: the notes begin with it. directory: where it begins in them. order: "" is that of the EXIF around.

    own_offsets: they are counted from the notes' beginning, not from the EXIF block's.
    """

    mark: bytes
    directory: int
    tags: dict[int, TraceKind]
    own_offsets: bool = False
    order: str = ""


_CANON = {0x0009: TraceKind.OWNER, 0x000C: TraceKind.SERIAL, 0x0096: TraceKind.SERIAL}
_CANON_LENS = 0x4019
_CANON_ENDS = {b"II*\0": "<", b"MM\0*": ">"}
_NIKON = {0x001D: TraceKind.SERIAL, 0x00A0: TraceKind.SERIAL}
_OLYMPUS = {0x0404: TraceKind.SERIAL, 0x101A: TraceKind.SERIAL}
_OLYMPUS_EQUIPMENT = {0x0101: TraceKind.SERIAL, 0x0102: TraceKind.SERIAL, 0x0202: TraceKind.LENS_SERIAL}
_EQUIPMENT_POINTER = 0x2010
_PENTAX = {0x0229: TraceKind.SERIAL, 0x022E: TraceKind.AUTHOR, 0x022F: TraceKind.RIGHTS}

_LAYOUTS = (
    _Layout(
        b"Panasonic\0",
        12,
        {
            0x0025: TraceKind.SERIAL,
            0x0052: TraceKind.LENS_SERIAL,
            0x0066: TraceKind.PERSON,
            0x0067: TraceKind.PLACE_NAME,
            0x006D: TraceKind.PLACE_NAME,
            0x006F: TraceKind.PLACE_NAME,
        },
    ),
    _Layout(b"OLYMP\0", 8, _OLYMPUS),
    _Layout(b"OLYMPUS\0II", 12, _OLYMPUS, own_offsets=True, order="<"),
    _Layout(b"OLYMPUS\0MM", 12, _OLYMPUS, own_offsets=True, order=">"),
    _Layout(b"OM SYSTEM\0\0\0II", 16, _OLYMPUS, own_offsets=True, order="<"),
    _Layout(b"AOC\0II", 6, _PENTAX, order="<"),
    _Layout(b"AOC\0MM", 6, _PENTAX, order=">"),
    _Layout(b"PENTAX \0II", 10, _PENTAX, own_offsets=True, order="<"),
    _Layout(b"PENTAX \0MM", 10, _PENTAX, own_offsets=True, order=">"),
)


def maker_note_traces(block: bytes, notes: Entry, make: str) -> Iterator[Trace]:
    """block: the EXIF block that the notes lie in. make: EXIF's Make. Nothing for other makers."""
    raw = notes.raw
    maker = make.casefold()
    for mark, read in _BY_MARK.items():
        if raw.startswith(mark):
            yield from read(raw)
            return
    for layout in _LAYOUTS:
        if raw.startswith(layout.mark):
            yield from _laid_out(block, notes, layout)
            return
    if maker.startswith("canon"):
        yield from _canon(block, notes)
    elif maker.startswith("nikon"):
        yield from _told(read_directory(block, notes.at, notes.order, _NIKON).entries, _NIKON)
    elif maker.startswith("nintendo"):
        yield from _nintendo(block, notes)


def _told(entries: dict[int, Entry], kinds: dict[int, TraceKind]) -> Iterator[Trace]:
    for tag, entry in entries.items():
        if tag in kinds:
            numbers = entry.whole_numbers if entry.type in (3, 4, 8, 9) else ()
            yield from named(kinds[tag], str(numbers[0]) if numbers else line_of(entry.raw))


def _laid_out(block: bytes, notes: Entry, layout: _Layout) -> Iterator[Trace]:
    order = layout.order or notes.order
    within, at = (notes.raw, layout.directory) if layout.own_offsets else (block, notes.at + layout.directory)
    found = read_directory(within, at, order, {*layout.tags, _EQUIPMENT_POINTER}).entries
    yield from _told(found, layout.tags)
    if layout.tags is _OLYMPUS and _EQUIPMENT_POINTER in found:
        pointed = found[_EQUIPMENT_POINTER]
        where = pointed.whole_numbers[0] if pointed.type in (4, 13) else pointed.at
        yield from _told(read_directory(within, where, order, _OLYMPUS_EQUIPMENT).entries, _OLYMPUS_EQUIPMENT)


def _canon(block: bytes, notes: Entry) -> Iterator[Trace]:
    """Canon ends its notes with a TIFF mark of their own order and the place where they once
    stood, so that programmes may move them, also into an EXIF of the other order."""
    base, order = 0, notes.order
    written = _CANON_ENDS.get(notes.raw[-8:-4])
    if written:
        base, order = notes.at - int.from_bytes(notes.raw[-4:], "little" if written == "<" else "big"), written
    found = read_directory(block, notes.at, order, {*_CANON, _CANON_LENS}, base=base).entries
    yield from _told(found, _CANON)
    lens = found[_CANON_LENS].raw[:5] if _CANON_LENS in found else b""
    if any(lens[:4]):  # all zeros in older lenses
        yield from named(TraceKind.LENS_SERIAL, lens.hex())


def _nikon(raw: bytes) -> Iterator[Trace]:
    """Behind "Nikon\\0" and two numbers of version a TIFF header of its own."""
    inner = raw[10:]
    order = {b"II": "<", b"MM": ">"}.get(inner[:2])
    if order:
        at = int.from_bytes(inner[4:8], "little" if order == "<" else "big")
        yield from _told(read_directory(inner, at, order, _NIKON).entries, _NIKON)


def _fujifilm(raw: bytes) -> Iterator[Trace]:
    kinds = {0x0010: TraceKind.SERIAL}
    at = int.from_bytes(raw[8:12], "little")
    yield from _told(read_directory(raw, at, "<", kinds).entries, kinds)


def _nintendo(block: bytes, notes: Entry) -> Iterator[Trace]:
    camera = read_directory(block, notes.at, notes.order, {0x1101}).entries.get(0x1101)
    if camera is not None and camera.raw.startswith(b"3DS1"):
        yield from named(TraceKind.SERIAL, camera.raw[24:28].hex())


_BY_MARK: dict[bytes, Callable[[bytes], Iterator[Trace]]] = {b"Nikon\0\x02": _nikon, b"FUJIFILM": _fujifilm}
