"""TIFF directories, in which EXIF, TIFF and most maker notes keep their tags (TIFF 6.0, section 2)."""

import struct
from collections.abc import Container
from dataclasses import dataclass
from fractions import Fraction

ENTRIES_LIMIT = 512
"""Tags of one directory that are looked at; a DNG has about 120."""

VALUE_LIMIT = 1 << 20
"""Bytes of one value that are taken; maker notes reach some 100,000."""

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8, 129: 1}
"""Bytes of one value by its type; 16 to 18 are BigTIFF's, 129 is EXIF 3.0's UTF-8."""

_WHOLE = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I", 16: "Q", 17: "q", 18: "Q"}


@dataclass(frozen=True)
class Entry:
    """One tag's value. at: where its bytes lie in the block. order: "<" or ">"."""

    type: int
    raw: bytes
    at: int
    order: str

    @property
    def whole_numbers(self) -> tuple[int, ...]:
        """The value where it is of a whole type, else ()."""
        code = _WHOLE.get(self.type)
        count = len(self.raw) // _SIZES[self.type]
        return struct.unpack(f"{self.order}{count}{code}", self.raw) if code else ()

    @property
    def fractions(self) -> tuple[Fraction | None, ...]:
        """The value where it is rational or whole, else (); None for each that is divided by 0."""
        if self.type not in (5, 10):
            return tuple(Fraction(number) for number in self.whole_numbers)
        code = "I" if self.type == 5 else "i"
        parts = struct.unpack(f"{self.order}{len(self.raw) // 4}{code}", self.raw)
        return tuple(Fraction(*pair) if pair[1] else None for pair in zip(parts[::2], parts[1::2], strict=True))


@dataclass(frozen=True)
class Directory:
    """The wanted tags by number, without those whose value does not lie in the block.

    next: offset of the next directory, or 0.
    """

    entries: dict[int, Entry]
    next: int


@dataclass(frozen=True)
class Header:
    """How a block that begins with a TIFF header is read. first: offset of its first directory."""

    order: str
    big: bool
    first: int


def read_header(block: bytes) -> Header | None:
    """None when it is no TIFF header. The two byte-swapped marks that Pillow takes pass as well."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 8:
        return None
    big = 43 in block[2:4]
    if big and len(block) < 16:
        return None
    (first,) = struct.unpack_from(f"{order}Q", block, 8) if big else struct.unpack_from(f"{order}I", block, 4)
    return Header(order, big, first)


def read_directory(
    block: bytes, at: int, order: str, wanted: Container[int], *, base: int = 0, big: bool = False
) -> Directory:
    """The directory that begins at byte `at` of the block; of each tag the first.

    wanted: the tags that are read. base: where in the block offsets are counted from, also before it.
    Empty where there is no directory. Never raises: broken tags are left out.
    """
    count_code, size = ("Q", 20) if big else ("H", 12)
    start = at + struct.calcsize(f"={count_code}")
    if at < 0 or start > len(block):
        return Directory({}, 0)
    (count,) = struct.unpack_from(f"{order}{count_code}", block, at)
    entries: dict[int, Entry] = {}
    for number in range(min(count, ENTRIES_LIMIT)):
        here = start + number * size
        if here + size > len(block):
            return Directory(entries, 0)
        (tag,) = struct.unpack_from(f"{order}H", block, here)
        if tag in wanted and tag not in entries:
            entry = _entry(block, here, order, base, big)
            if entry is not None:
                entries[tag] = entry
    end = start + count * size
    return Directory(entries, _offset(block, end, order, big) if count <= ENTRIES_LIMIT else 0)


def _offset(block: bytes, at: int, order: str, big: bool) -> int:
    code = "Q" if big else "I"
    if at + struct.calcsize(f"={code}") > len(block):
        return 0
    (found,) = struct.unpack_from(f"{order}{code}", block, at)
    return int(found)


def _entry(block: bytes, here: int, order: str, base: int, big: bool) -> Entry | None:
    (type_,) = struct.unpack_from(f"{order}H", block, here + 2)
    (count,) = struct.unpack_from(f"{order}{'Q' if big else 'I'}", block, here + 4)
    inline, room = (here + 12, 8) if big else (here + 8, 4)
    length = _SIZES.get(type_, 0) * count
    if not 0 < length <= VALUE_LIMIT:
        return None
    at = inline if length <= room else base + _offset(block, inline, order, big)
    if at < 0 or at + length > len(block):
        return None
    return Entry(type_, block[at : at + length], at, order)
