"""Metadata blocks made byte by byte, as cameras and programmes write them, and pictures that carry them."""

import struct
import zlib
from collections.abc import Mapping

from .pictures import png_chunk

ASCII, SHORT, LONG, RATIONAL, UNDEFINED = 2, 3, 4, 5, 7
SIZES = {1: 1, ASCII: 1, SHORT: 2, LONG: 4, RATIONAL: 8, UNDEFINED: 1}

Value = str | bytes | int | tuple[tuple[int, int], ...]
"""ASCII, UNDEFINED, LONG, RATIONALs."""


def directory(tags: Mapping[int, Value], at: int, order: str = ">", *, next_: int = 0, base: int = 0) -> bytes:
    """A TIFF directory that will lie at byte `at`, its long values behind it. base: what is added to its offsets."""
    room = at + 2 + 12 * len(tags) + 4
    entries, values = b"", b""
    for tag, value in sorted(tags.items()):
        type_, raw = _raw(value, order)
        entries += struct.pack(f"{order}HHI", tag, type_, len(raw) // SIZES[type_])
        if len(raw) <= 4:
            entries += raw.ljust(4, b"\0")
        else:
            entries += struct.pack(f"{order}I", room + len(values) + base)
            values += raw
    return struct.pack(f"{order}H", len(tags)) + entries + struct.pack(f"{order}I", next_) + values


def _raw(value: Value, order: str) -> tuple[int, bytes]:
    if isinstance(value, str):
        return ASCII, value.encode() + b"\0"
    if isinstance(value, bytes):
        return UNDEFINED, value
    if isinstance(value, int):
        return LONG, struct.pack(f"{order}I", value)
    return RATIONAL, b"".join(struct.pack(f"{order}II", *pair) for pair in value)


def header(order: str = ">", first: int = 8) -> bytes:
    return (b"MM\0*" if order == ">" else b"II*\0") + struct.pack(f"{order}I", first)


def exif_block(
    main: Mapping[int, Value] | None = None,
    details: Mapping[int, Value] | None = None,
    place: Mapping[int, Value] | None = None,
    order: str = ">",
) -> bytes:
    """From its TIFF header on: IFD0, and the Exif and GPS directories where they are given."""
    tags = main or {}
    pointers = {tag: 0 for tag, given in ((0x8769, details), (0x8825, place)) if given is not None}
    blocks, at = [], 8 + len(directory({**tags, **pointers}, 8, order))
    for tag, given in ((0x8769, details), (0x8825, place)):
        if given is not None:
            pointers[tag] = at
            blocks.append(directory(given, at, order))
            at += len(blocks[-1])
    return header(order) + directory({**tags, **pointers}, 8, order) + b"".join(blocks)


def with_notes(notes: bytes, make: str, order: str = ">") -> bytes:
    """An EXIF block whose MakerNote is `notes`; they begin at byte notes_at(make, order) of it."""
    return exif_block({0x010F: make}, {0x927C: notes}, order=order)


def notes_at(make: str, order: str = ">") -> int:
    mark = b"where the notes are"
    return exif_block({0x010F: make}, {0x927C: mark}, order=order).index(mark)


def position(latitude: float, longitude: float) -> dict[int, Value]:
    """A GPS directory's four tags."""
    return {
        1: "N" if latitude >= 0 else "S",
        2: _sexagesimal(abs(latitude)),
        3: "E" if longitude >= 0 else "W",
        4: _sexagesimal(abs(longitude)),
    }


def _sexagesimal(degrees: float) -> tuple[tuple[int, int], ...]:
    whole, rest = divmod(round(degrees * 360_000), 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return (whole, 1), (minutes, 1), (seconds, 100)


def xmp_packet(inside: str) -> bytes:
    """inside: what stands in rdf:RDF; the usual prefixes are declared."""
    spaces = {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "exif": "http://ns.adobe.com/exif/1.0/",
        "aux": "http://ns.adobe.com/exif/1.0/aux/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "mwg-rs": "http://www.metadataworkinggroup.com/schemas/regions/",
        "MPReg": "http://ns.microsoft.com/photo/1.2/t/Region#",
        "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    }
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {declared}>{inside}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def iptc_stream(*datasets: tuple[int, str]) -> bytes:
    """Record 2 of IIM."""
    raws = ((number, text.encode()) for number, text in datasets)
    return b"\x1c\x01\x5a\0\x03\x1b%G" + b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(raw)) + raw for number, raw in raws
    )


def photoshop_block(iptc: bytes) -> bytes:
    """A resource that nobody wants, then the IPTC one."""
    other = b"8BIM\x04\x25\0\0" + struct.pack(">I", 16) + bytes(16)
    return other + b"8BIM\x04\x04\x03abc" + struct.pack(">I", len(iptc)) + iptc + bytes(len(iptc) % 2)


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(content) + 2) + content


def exif_segment(block: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + block)


def xmp_segment(packet: bytes) -> bytes:
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)


def photoshop_segment(block: bytes) -> bytes:
    return segment(0xED, b"Photoshop 3.0\0" + block)


def jpeg_with(jpeg: bytes, *segments: bytes) -> bytes:
    """The JPEG with segments put in behind its start."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def png_with(png: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """The PNG with chunks put in behind its header."""
    return png[:33] + b"".join(png_chunk(*chunk) for chunk in chunks) + png[33:]


def raw_profile(name: str, content: bytes) -> tuple[bytes, bytes]:
    """ImageMagick's way of keeping a profile in a PNG."""
    text = f"\n{name}\n{len(content):8}\n{content.hex()}\n".encode()
    return b"zTXt", f"Raw profile type {name}".encode() + b"\0\0" + zlib.compress(text)


def jpeg_segments(jpeg: bytes) -> list[tuple[int, bytes]]:
    """Marker and content up to the first scan, read in the plainest way; the rest as marker 0."""
    found, at = [], 2
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        size = int.from_bytes(jpeg[at + 2 : at + 4], "big")
        found.append((jpeg[at + 1], jpeg[at + 4 : at + 2 + size]))
        at += 2 + size
    return [*found, (0, jpeg[at:])]


def png_kinds(png: bytes) -> list[bytes]:
    """The chunks of a PNG, in order."""
    kinds, at = [], 8
    while at < len(png):
        kinds.append(png[at + 4 : at + 8])
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    return kinds


def runs_in_common(one: bytes, other: bytes, length: int = 16) -> set[bytes]:
    """Runs of `length` bytes at every `length`-th place of `one` that `other` has anywhere.

    Finds every common run of 2 * length - 1 bytes or more. Runs of fewer than five
    different bytes say nothing and are left out.
    """
    wanted = {one[at : at + length] for at in range(0, len(one) - length + 1, length)}
    telling = {run for run in wanted if len(set(run)) > 4}
    return {run for at in range(len(other) - length + 1) if (run := other[at : at + length]) in telling}
