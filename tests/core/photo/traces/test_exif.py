"""EXIF in all the places and states in which cameras and programmes leave it."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.photo.facts import TEXT_LIMIT, Trace, TraceKind
from core.photo.traces.exif import exif_traces

from ....support.metadata import Value, directory, exif_block, header, iptc_stream, position, xmp_packet

ARTIST, COPYRIGHT, HOST, DESCRIPTION = 0x013B, 0x8298, 0x013C, 0x010E


def told(block: bytes) -> dict[TraceKind, list[str]]:
    found: dict[TraceKind, list[str]] = {}
    for trace in exif_traces(block):
        found.setdefault(trace.kind, []).append(trace.text)
    return found


@pytest.mark.parametrize("order", ["<", ">"])
def test_every_name_and_number_has_its_kind(order: str) -> None:
    block = exif_block(
        {ARTIST: "A. Doctor", COPYRIGHT: "The Practice", HOST: "Anna's Mac", DESCRIPTION: "Mrs Yew, left arm"},
        {
            0xA430: "P. Rowan",
            0xA431: "0123456",
            0xA435: "99887",
            0xA436: "A title",
            0xA437: "B. Nurse",
            0xA438: "C. Clerk",
            0x9286: b"ASCII\0\0\0seen again in May",
        },
        position(51.8642, -2.2382),
        order,
    )
    assert told(block) == {
        TraceKind.AUTHOR: ["A. Doctor", "B. Nurse", "C. Clerk"],
        TraceKind.RIGHTS: ["The Practice"],
        TraceKind.COMPUTER: ["Anna's Mac"],
        TraceKind.WORDS: ["Mrs Yew, left arm", "seen again in May", "A title"],
        TraceKind.OWNER: ["P. Rowan"],
        TraceKind.SERIAL: ["0123456"],
        TraceKind.LENS_SERIAL: ["99887"],
        TraceKind.POSITION: ["51.86420,-2.23820"],
    }


def test_a_serial_number_counts_wherever_it_was_misplaced() -> None:
    assert told(exif_block({0xA431: "142066080698", 0xC62F: "77"})) == {TraceKind.SERIAL: ["142066080698", "77"]}


def test_windows_own_tags_are_read() -> None:
    block = exif_block({0x9C9D: "Ann Yew".encode("utf-16-le") + b"\0\0", 0x9C9B: "Arm".encode("utf-16-le")})
    assert told(block) == {TraceKind.AUTHOR: ["Ann Yew"], TraceKind.WORDS: ["Arm"]}


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        (b"UNICODE\0" + "seen in May".encode("utf-16-be"), ["seen in May"]),
        (b"JIS\0\0\0\0\0" + "皮膚".encode("iso2022_jp"), ["皮膚"]),
        (bytes(8) + b"bare", ["bare"]),
        (b"no code at all", ["no code at all"]),
        (b"ASCII\0\0\0" + b" " * 256, []),
    ],
)
def test_a_comment_is_read_in_its_code(comment: bytes, words: list[str]) -> None:
    assert told(exif_block(None, {0x9286: comment})).get(TraceKind.WORDS, []) == words


@pytest.mark.parametrize(
    "nothing", ["", " ", "0000000000", "unknown", "None", "n/a", "---", "\0", "OLYMPUS DIGITAL CAMERA", "DSC00019"]
)
def test_what_was_never_set_is_no_trace(nothing: str) -> None:
    assert told(exif_block({DESCRIPTION: nothing})) == {}


def test_both_holders_of_a_copyright_are_told() -> None:
    assert told(exif_block({COPYRIGHT: "A. Doctor\0B. Editor"})) == {TraceKind.RIGHTS: ["A. Doctor", "B. Editor"]}


def test_a_name_in_an_older_alphabet_is_read() -> None:
    assert told(exif_block({ARTIST: "Zoë Müller".encode("latin-1")})) == {TraceKind.AUTHOR: ["Zoë Müller"]}
    assert told(exif_block({ARTIST: "Zoë Müller"})) == {TraceKind.AUTHOR: ["Zoë Müller"]}


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (position(51.8642, -2.2382), "51.86420,-2.23820"),
        (position(-33.5, 151.25), "-33.50000,151.25000"),
        ({2: ((51, 1),), 4: ((2, 1),)}, "51.00000,2.00000"),
        ({2: ((51, 1), (30, 1), (0, 0)), 4: ((2, 1), (0, 0), (0, 0))}, "51.50000,2.00000"),
        ({2: ((0, 1),) * 3, 4: ((2, 1),) * 3}, "0.00000,2.03389"),  # the equator is a place
        ({2: ((0, 1),) * 3, 4: ((0, 1),) * 3}, ""),  # never had a fix
        ({2: ((0, 0),) * 3, 4: ((0, 0),) * 3}, ""),
        ({1: "N", 2: ((51, 1),)}, ""),  # no longitude
        ({0: b"\2\2\0\0", 29: "2026:03:04"}, ""),  # a directory that holds only a date
        ({}, ""),
    ],
)
def test_a_gps_directory_is_a_place_only_with_a_position(place: dict[int, Value], text: str) -> None:
    assert told(exif_block(None, None, place)).get(TraceKind.POSITION, []) == ([text] if text else [])


def test_an_area_has_a_name() -> None:
    assert told(exif_block(None, None, {0x1C: b"ASCII\0\0\0Gloucester"})) == {TraceKind.PLACE_NAME: ["Gloucester"]}


def test_a_tiff_keeps_xmp_and_iptc_in_its_tags_and_pages_behind_each_other() -> None:
    packet = xmp_packet('<rdf:Description aux:OwnerName="P. Rowan"/>')
    first = {0x02BC: packet, 0x83BB: iptc_stream((80, "B. Nurse"))}
    at = 8 + len(directory(first, 8))
    block = header() + directory(first, 8, next_=at) + directory({ARTIST: "Second page"}, at)
    assert told(block) == {TraceKind.OWNER: ["P. Rowan"], TraceKind.AUTHOR: ["B. Nurse", "Second page"]}


def test_a_directory_that_points_to_itself_is_read_once() -> None:
    tags: dict[int, Value] = {ARTIST: "A. Doctor", 0x8769: 8, 0x014A: 8}
    assert told(header() + directory(tags, 8, next_=8)) == {TraceKind.AUTHOR: ["A. Doctor"]}


def test_a_large_tiff_is_read_too() -> None:
    entry = struct.pack("<HHQ", ARTIST, 2, 10) + struct.pack("<Q", 16 + 8 + 20 + 8)
    block = b"II+\0\x08\0\0\0" + struct.pack("<Q", 16) + struct.pack("<Q", 1) + entry + bytes(8) + b"A. Doctor\0"
    assert told(block) == {TraceKind.AUTHOR: ["A. Doctor"]}


def test_broken_tags_cost_only_themselves() -> None:
    block = bytearray(exif_block({ARTIST: "A. Doctor", COPYRIGHT: "The Practice"}))
    at = block.index(b"\x01\x3b\0\x02")
    block[at + 8 : at + 12] = b"\x7f\xff\xff\xff"
    assert told(bytes(block)) == {TraceKind.RIGHTS: ["The Practice"]}


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", header("<"), header(">"), b"II+\0\x08\0\0\0" + bytes(8)]))
def test_any_bytes_are_read_without_an_error(content: bytes, before: bytes) -> None:
    for trace in exif_traces(before + content):
        assert_fit_to_show(trace)


WHOLE = exif_block(
    {ARTIST: "A. Doctor", 0x02BC: xmp_packet('<rdf:Description aux:OwnerName="P. Rowan"/>'), 0x010F: "Canon"},
    {0xA430: "P. Rowan", 0x927C: directory({0x9: "Somebody else", 0xC: 77}, 400)},
    position(51.8642, -2.2382),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_whatever_is_wrong_with_it_nothing_is_raised_and_nothing_unprintable_comes_out(
    changes: list[tuple[int, int]],
) -> None:
    block = bytearray(WHOLE)
    for at, value in changes:
        block[at] = value
    for trace in exif_traces(bytes(block)):
        assert_fit_to_show(trace)


def assert_fit_to_show(trace: Trace) -> None:
    assert trace.text
    assert trace.text.isprintable()
    assert len(trace.text) <= TEXT_LIMIT
