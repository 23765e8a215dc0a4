"""Traces in EXIF: its directories, its position, its makers' notes, and what TIFF files keep beside them."""

from collections.abc import Iterator
from fractions import Fraction

from ..facts import Trace, TraceKind
from .directory import Directory, Entry, read_directory, read_header
from .iptc import iptc_traces
from .lines import coded_line_of, line_of, named, position_trace, utf16_line_of
from .maker_notes import maker_note_traces
from .xmp import xmp_traces

DIRECTORIES_LIMIT = 48
"""Directories of one block that are looked at; a NEF has about 8, a TIFF one or two a page."""

_MAKE, _SUB_DIRECTORIES, _EXIF, _GPS, _MAKER_NOTES = 0x010F, 0x014A, 0x8769, 0x8825, 0x927C
_XMP, _IPTC, _PHOTOSHOP = 0x02BC, 0x83BB, 0x8649

_LINES = {
    0x010E: TraceKind.WORDS,  # ImageDescription
    0x013B: TraceKind.AUTHOR,  # Artist
    0x013C: TraceKind.COMPUTER,  # HostComputer
    0x8298: TraceKind.RIGHTS,  # Copyright
    0xA430: TraceKind.OWNER,  # CameraOwnerName
    0xA431: TraceKind.SERIAL,  # BodySerialNumber
    0xA435: TraceKind.LENS_SERIAL,  # LensSerialNumber
    0xA436: TraceKind.WORDS,  # ImageTitle (EXIF 3.0)
    0xA437: TraceKind.AUTHOR,  # Photographer (EXIF 3.0)
    0xA438: TraceKind.AUTHOR,  # ImageEditor (EXIF 3.0)
    0xC62F: TraceKind.SERIAL,  # CameraSerialNumber (DNG)
}
"""EXIF 2.32 and 3.0, TIFF 6.0, DNG 1.6. They are read in every directory: programmes misplace them."""

_UTF16_LINES = {
    0x9C9B: TraceKind.WORDS,  # XPTitle
    0x9C9C: TraceKind.WORDS,  # XPComment
    0x9C9D: TraceKind.AUTHOR,  # XPAuthor
    0x9C9E: TraceKind.WORDS,  # XPKeywords
    0x9C9F: TraceKind.WORDS,  # XPSubject
}
_CODED_LINES = {
    0x9286: TraceKind.WORDS,  # UserComment
    0xC353: TraceKind.OWNER,  # CameraOwner in Kodak's Meta segment
    0xC354: TraceKind.SERIAL,  # SerialNumber there
}
_GPS_LINES = {0x001C: TraceKind.PLACE_NAME}  # GPSAreaInformation
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE = 1, 2, 3, 4

_WANTED = frozenset(
    {*_LINES, *_UTF16_LINES, *_CODED_LINES, _MAKE, _SUB_DIRECTORIES, _EXIF, _GPS, _MAKER_NOTES, _XMP, _IPTC, _PHOTOSHOP}
)
_GPS_WANTED = frozenset({*_GPS_LINES, _LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE})


def exif_traces(block: bytes) -> Iterator[Trace]:
    """block: from its TIFF header on; all of a file where that is a TIFF. Never raises for what is broken."""
    header = read_header(block)
    if header is None:
        return
    make = ""
    waiting, seen = [header.first], set[int]()
    while waiting and len(seen) < DIRECTORIES_LIMIT:
        at = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        directory = read_directory(block, at, header.order, _WANTED, big=header.big)
        found = directory.entries
        make = make or (line_of(found[_MAKE].raw) if _MAKE in found else "")
        yield from _lines(found)
        for pointer in (_EXIF, _SUB_DIRECTORIES):
            if pointer in found:
                waiting.extend(found[pointer].whole_numbers[:DIRECTORIES_LIMIT])
        if directory.next:
            waiting.append(directory.next)
        for gps_at in found[_GPS].whole_numbers[:1] if _GPS in found else ():
            yield from _position(read_directory(block, gps_at, header.order, _GPS_WANTED, big=header.big))
        if _MAKER_NOTES in found:
            yield from maker_note_traces(block, found[_MAKER_NOTES], make)
        if _XMP in found:
            yield from xmp_traces(found[_XMP].raw)
        for tag in (_IPTC, _PHOTOSHOP):
            if tag in found:
                yield from iptc_traces(found[tag].raw)


def _lines(found: dict[int, Entry]) -> Iterator[Trace]:
    for tag, entry in found.items():
        if tag in _LINES:
            for part in entry.raw.split(b"\0", 2)[:2]:  # Copyright may hold two, of photographer and editor
                yield from named(_LINES[tag], line_of(part))
        elif tag in _UTF16_LINES:
            yield from named(_UTF16_LINES[tag], utf16_line_of(entry.raw))
        elif tag in _CODED_LINES:
            yield from named(_CODED_LINES[tag], coded_line_of(entry.raw, entry.order))


def _position(directory: Directory) -> Iterator[Trace]:
    """A latitude and a longitude that are numbers. A GPS directory alone is no place:
    many cameras write one without ever having seen a satellite, or with all zeros."""
    found = directory.entries
    for tag, kind in _GPS_LINES.items():
        if tag in found:
            yield from named(kind, coded_line_of(found[tag].raw, found[tag].order))
    if _LATITUDE in found and _LONGITUDE in found:
        latitude, longitude = _degrees(found[_LATITUDE]), _degrees(found[_LONGITUDE])
        if latitude is not None and longitude is not None and (latitude or longitude):
            south = _LATITUDE_REF in found and found[_LATITUDE_REF].raw[:1] in b"Ss"
            west = _LONGITUDE_REF in found and found[_LONGITUDE_REF].raw[:1] in b"Ww"
            yield position_trace(-latitude if south else latitude, -longitude if west else longitude)


def _degrees(entry: Entry) -> float | None:
    """Degrees, minutes and seconds as one number; None where there are no degrees."""
    parts = entry.fractions[:3]
    if not parts or parts[0] is None:
        return None
    return float(sum((part or Fraction(0)) / 60**power for power, part in enumerate(parts)))
