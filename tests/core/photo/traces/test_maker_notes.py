"""Makers' own notes, each in the layout that its maker writes."""

import pytest

from core.photo.facts import Trace, TraceKind
from core.photo.traces.exif import exif_traces

from ....support.metadata import Value, directory, header, notes_at, with_notes

SERIAL, LENS, OWNER, AUTHOR = TraceKind.SERIAL, TraceKind.LENS_SERIAL, TraceKind.OWNER, TraceKind.AUTHOR


def told(notes: bytes, make: str, order: str = ">") -> tuple[Trace, ...]:
    return tuple(exif_traces(with_notes(notes, make, order)))


CANON: dict[int, Value] = {0x9: "P. Rowan", 0xC: 1234567, 0x96: "ZA2146315", 0x4019: b"\0\0\x27\xce\xd3" + bytes(25)}
CANON_SAYS = (Trace(OWNER, "P. Rowan"), Trace(SERIAL, "1234567"), Trace(SERIAL, "ZA2146315"), Trace(LENS, "000027ced3"))


@pytest.mark.parametrize("order", ["<", ">"])
def test_canon_counts_from_the_exif_block(order: str) -> None:
    assert told(directory(CANON, notes_at("Canon", order), order), "Canon", order) == CANON_SAYS


@pytest.mark.parametrize(("order", "around"), [("<", ">"), (">", "<"), ("<", "<")])
def test_canon_notes_that_were_moved_are_read_where_they_were(order: str, around: str) -> None:
    once = 5000
    end = header(order, once)
    assert told(directory(CANON, once, order) + end, "Canon", around) == CANON_SAYS


def test_an_old_lens_says_only_zeros() -> None:
    at = notes_at("Canon")
    assert told(directory({0x4019: bytes(30)}, at), "Canon") == ()


@pytest.mark.parametrize("order", ["<", ">"])
def test_nikon_has_a_block_of_its_own(order: str) -> None:
    notes = b"Nikon\0\x02\x10\0\0" + header(order) + directory({0x1D: "3105364", 0xA0: "NO= 3002a6b9"}, 8, order)
    assert told(notes, "NIKON CORPORATION") == (Trace(SERIAL, "3105364"), Trace(SERIAL, "NO= 3002a6b9"))


def test_an_early_nikon_has_none() -> None:
    assert told(directory({0x1D: "3105364"}, notes_at("NIKON")), "NIKON") == (Trace(SERIAL, "3105364"),)


def test_panasonic() -> None:
    at = notes_at("Panasonic", "<") + 12
    tags: dict[int, Value] = {0x25: b"F51\x30\x31\x32\x33", 0x52: "LENS77", 0x66: b"Ann Yew\0", 0x6D: b"Gloucester\0"}
    assert told(b"Panasonic\0\0\0" + directory(tags, at, "<"), "Panasonic", "<") == (
        Trace(SERIAL, "F510123"),
        Trace(LENS, "LENS77"),
        Trace(TraceKind.PERSON, "Ann Yew"),
        Trace(TraceKind.PLACE_NAME, "Gloucester"),
    )


def test_fujifilm_counts_from_its_notes() -> None:
    notes = b"FUJIFILM\x0c\0\0\0" + directory({0x10: "FPX20582698"}, 12, "<")
    assert told(notes, "FUJIFILM") == (Trace(SERIAL, "FPX20582698"),)


@pytest.mark.parametrize(
    ("mark", "order"), [(b"OLYMPUS\0II\x03\0", "<"), (b"OLYMPUS\0MM\0\x03", ">"), (b"OM SYSTEM\0\0\0II\x04\0", "<")]
)
def test_olympus_keeps_its_equipment_in_a_directory_of_its_own(mark: bytes, order: str) -> None:
    at = len(mark)
    equipment = at + len(directory({0x2010: 0}, at, order))
    notes = mark + directory({0x2010: equipment}, at, order)
    notes += directory({0x101: "BHP242330", 0x202: "11Z30"}, equipment, order)
    assert told(notes, "OLYMPUS CORPORATION") == (Trace(SERIAL, "BHP242330"), Trace(LENS, "11Z30"))


def test_pentax() -> None:
    inner = directory({0x229: "3430417", 0x22E: "A. Doctor"}, 10)
    assert told(b"PENTAX \0MM" + inner, "PENTAX") == (Trace(SERIAL, "3430417"), Trace(AUTHOR, "A. Doctor"))
    at = notes_at("PENTAX") + 6
    assert told(b"AOC\0MM" + directory({0x229: "3430417"}, at), "PENTAX") == (Trace(SERIAL, "3430417"),)


def test_nintendo() -> None:
    info = b"3DS1" + bytes(20) + b"\x57\x5b\xbd\xf3" + bytes(20)
    assert told(directory({0x1101: info}, notes_at("Nintendo", "<"), "<"), "Nintendo", "<") == (
        Trace(SERIAL, "575bbdf3"),
    )


@pytest.mark.parametrize("make", ["Apple", "SONY", "samsung", ""])
def test_other_makers_notes_are_left_alone(make: str) -> None:
    assert told(directory({0x9: "P. Rowan", 0x1D: "77"}, notes_at(make)), make) == ()
