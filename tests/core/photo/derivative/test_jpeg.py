"""A JPEG taken apart: what is kept, what stays behind, and what is refused because it is not understood."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.photo.derivative.jpeg import bare_jpeg
from core.photo.derivative.odd import OddStructureError

from ....support.metadata import exif_block, exif_segment, jpeg_segments, jpeg_with, segment, xmp_packet, xmp_segment
from ....support.pictures import encoded, pixels

SOF0, DHT, RST3, SOI, EOI, SOS, DQT, DRI, COM = 0xC0, 0xC4, 0xD3, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD, 0xFE
KEPT = {SOF0, 0xC1, 0xC2, DHT, DQT, DRI, 0}
JFIF, ORIENTATION, ADOBE = 0xE0, 0xE1, 0xEE


def rgb_by_adobes_word() -> bytes:
    """Its colours are numbered 1, 2 and 3 like everybody's, so that only Adobe's segment says that they are RGB."""
    plain = encoded(pixels(), "JPEG", keep_rgb=True)
    for before, after in (
        (b"R\x11\0G\x11\0B\x11\0", b"\1\x11\0\2\x11\0\3\x11\0"),
        (b"\x03R\0G\0B\0", b"\3\1\0\2\0\3\0"),
    ):
        plain = changed(plain, before, after)
    return plain


def changed(plain: bytes, before: bytes, after: bytes) -> bytes:
    assert before in plain
    return plain.replace(before, after, 1)


KINDS = {
    "baseline": encoded(pixels(), "JPEG"),
    "progressive": encoded(pixels(), "JPEG", progressive=True),
    "grey": encoded(pixels("L"), "JPEG"),
    "CMYK": encoded(pixels("CMYK"), "JPEG"),
    "RGB": encoded(pixels(), "JPEG", keep_rgb=True),
    "RGB by Adobe's word": rgb_by_adobes_word(),
    "restarts": encoded(pixels(), "JPEG", restart_marker_blocks=2),
    "4:4:4": encoded(pixels(), "JPEG", subsampling=0, optimize=True),
}

EVERYTHING = (
    exif_segment(exif_block({0x13B: "MARKER in EXIF"})),
    xmp_segment(xmp_packet("MARKER in XMP")),
    segment(0xE0, b"JFXX\0\x10MARKER as a thumbnail"),
    segment(0xE2, b"MPF\0MARKER of more pictures"),
    segment(0xE2, b"ICC_PROFILE\0\1\1MARKER in a profile"),
    segment(0xED, b"Photoshop 3.0\0MARKER in IPTC"),
    *(segment(0xE0 + number, b"MARKER in a segment of its own") for number in range(16)),
    segment(COM, b"MARKER in a comment"),
)
BEHIND = b"MARKER behind the end" + encoded(pixels("L"), "JPEG")


def decoded(jpeg: bytes) -> tuple[str, tuple[int, int], bytes]:
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
        return image.mode, image.size, image.tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_the_pixels_stay_and_everything_else_stays_behind(kind: str) -> None:
    plain = KINDS[kind]
    bare = bare_jpeg(jpeg_with(plain, *EVERYTHING) + BEHIND)
    assert b"MARKER" not in bare
    assert bare == bare_jpeg(plain)
    assert decoded(bare) == decoded(plain)
    assert bare.endswith(b"\xff\xd9")
    assert {marker for marker, _ in jpeg_segments(bare)} - KEPT <= {JFIF, ADOBE}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_bare_already_stays_as_it_is(kind: str) -> None:
    bare = bare_jpeg(KINDS[kind])
    assert bare_jpeg(bare) == bare


def test_a_segment_between_two_scans_stays_behind_too() -> None:
    plain = KINDS["progressive"]
    second = plain.index(b"\xff\xda", plain.index(b"\xff\xda") + 2)
    odd = plain[:second] + segment(0xE1, b"MARKER") + segment(COM, b"MARKER") + plain[second:]
    assert bare_jpeg(odd) == bare_jpeg(plain)


def test_of_what_says_how_colours_are_meant_only_that_is_kept() -> None:
    told = dict(jpeg_segments(bare_jpeg(jpeg_with(KINDS["CMYK"], segment(0xE0, b"JFIF\0\1\2\1\1\x2c\1\x2c\1\1MAR")))))
    assert told[JFIF] == b"JFIF\0\1\2\0\0\1\0\1\0\0"
    assert told[ADOBE] == b"Adobe\0\x64\0\0\0\0\0"


def test_without_these_colours_would_be_others() -> None:
    plain = KINDS["RGB by Adobe's word"]
    bare = bare_jpeg(plain)
    without = b"\xff\xd8" + b"".join(segment(m, c) for m, c in jpeg_segments(bare)[:-1] if m != ADOBE)
    assert decoded(without + jpeg_segments(bare)[-1][1]) != decoded(plain)
    assert decoded(bare) == decoded(plain)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_on_its_side_keeps_one_tag(orientation: int) -> None:
    bare = bare_jpeg(jpeg_with(KINDS["baseline"], *EVERYTHING), orientation=orientation)
    with Image.open(io.BytesIO(bare)) as image:
        assert dict(image.getexif()) == ({0x0112: orientation} if orientation != 1 else {})
    assert bare_jpeg(bare, orientation=orientation) == bare
    assert (ORIENTATION in dict(jpeg_segments(bare))) is (orientation != 1)


def test_a_profile_is_put_in_on_demand() -> None:
    bare = bare_jpeg(jpeg_with(KINDS["baseline"], *EVERYTHING), profile=b"numbers")
    with Image.open(io.BytesIO(bare)) as image:
        assert image.info["icc_profile"] == b"numbers"


def test_fill_bytes_before_a_marker_are_passed_over() -> None:
    plain = KINDS["baseline"]
    at = plain.index(b"\xff\xdb")
    filled = plain[:at] + b"\xff\xff\xff" + plain[at:-2] + b"\xff\xff" + plain[-2:]
    assert bare_jpeg(filled) == bare_jpeg(plain)


PLAIN = KINDS["baseline"]
FRAME = next(segment(marker, content) for marker, content in jpeg_segments(PLAIN) if marker == SOF0)
TABLE = next(segment(marker, content) for marker, content in jpeg_segments(PLAIN) if marker == DQT)
CODES = next(segment(marker, content) for marker, content in jpeg_segments(PLAIN) if marker == DHT)


def longer(whole: bytes, more: bytes) -> bytes:
    return segment(whole[1], whole[4:] + more)


ODD = {
    "no JPEG": b"\x89PNG",
    "nothing": b"",
    "only a start": b"\xff\xd8",
    "start and end": b"\xff\xd8\xff\xd9",
    "no scan": PLAIN[: PLAIN.index(b"\xff\xda")] + b"\xff\xd9",
    "no end": PLAIN[:-2],
    "fill bytes to its end": PLAIN[:-2] + b"\xff\xff",
    "stray bytes": changed(PLAIN, FRAME, b"stray" + FRAME),
    "a zero byte": changed(PLAIN, FRAME, b"\0" + FRAME),
    "a segment beyond the end": PLAIN[: PLAIN.index(FRAME)] + b"\xff\xe1\xff\xff",
    "a segment of no length": changed(PLAIN, FRAME, b"\xff\xe1\0\1" + FRAME),
    "a second start": changed(PLAIN, FRAME, b"\xff\xd8" + FRAME),
    "a restart before a scan": changed(PLAIN, FRAME, b"\xff\xd3" + FRAME),
    "two frames": changed(PLAIN, FRAME, FRAME * 2),
    "a frame with more behind it": changed(PLAIN, FRAME, longer(FRAME, b"MARKER")),
    "a frame of 12 bits": changed(PLAIN, FRAME, FRAME[:4] + b"\x0c" + FRAME[5:]),
    "a frame without height": changed(PLAIN, FRAME, FRAME[:5] + b"\0\0" + FRAME[7:]),
    "a frame of two colours": changed(PLAIN, FRAME, FRAME[:9] + b"\2" + FRAME[10:]),
    "an arithmetic frame": changed(PLAIN, FRAME, b"\xff\xc9" + FRAME[2:]),
    "arithmetic conditioning": changed(PLAIN, FRAME, segment(0xCC, b"\0\0") + FRAME),
    "a table with more behind it": changed(PLAIN, TABLE, longer(TABLE, b"MARKER")),
    "an empty table": changed(PLAIN, TABLE, segment(DQT, b"") + TABLE),
    "codes with more behind them": changed(PLAIN, CODES, longer(CODES, b"MARKER")),
    "a long restart interval": changed(PLAIN, FRAME, segment(DRI, b"\0\0MARKER") + FRAME),
    "a scan before its frame": changed(PLAIN, FRAME, b""),
    "a scan with more behind it": changed(PLAIN, b"\xff\xda\0\x0c", b"\xff\xda\0\x0e"),
    "a reserved segment": changed(PLAIN, FRAME, segment(0x02, b"MARKER") + FRAME),
    "a hierarchical frame": changed(PLAIN, FRAME, segment(0xDE, FRAME[4:]) + FRAME),
    "colours said in two ways": jpeg_with(
        PLAIN, segment(ADOBE, b"Adobe\0\x64\0\0\0\0\1"), segment(ADOBE, b"Adobe\0\x64\0\0\0\0\0")
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_not_understood_is_refused_by_name(odd: str) -> None:
    with pytest.raises(OddStructureError) as refused:
        bare_jpeg(ODD[odd])
    assert refused.value.reason in refused.value.what
    assert refused.value.hint


SEGMENTS = st.one_of(
    st.tuples(st.integers(0xE0, 0xEF), st.binary(max_size=60)).filter(
        lambda app: not app[1].startswith((b"JFIF\0", b"Adobe"))
    ),
    st.tuples(st.just(COM), st.binary(max_size=60)),
).map(lambda found: segment(*found))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(KINDS)), st.lists(SEGMENTS, max_size=6), st.integers(0, 100), st.binary(max_size=60))
def test_whatever_is_put_in_or_behind_the_copy_is_the_same(
    kind: str, segments: list[bytes], place: int, behind: bytes
) -> None:
    plain = KINDS[kind]
    parts = jpeg_segments(plain)
    place %= len(parts)
    before = b"".join(segment(*part) for part in parts[:place])
    after = b"".join(segment(*part) if part[0] else part[1] for part in parts[place:])
    assert bare_jpeg(b"\xff\xd8" + before + b"".join(segments) + after + behind) == bare_jpeg(plain)


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), min_size=1, max_size=6),
    st.integers(1, 100),
)
def test_a_broken_file_is_refused_or_gives_a_copy_that_is_understood(
    kind: str, changes: list[tuple[int, int]], kept: int
) -> None:
    content = bytearray(jpeg_with(KINDS[kind], exif_segment(exif_block({0x13B: "A. Doctor"}))))
    for at, value in changes:
        content[at % len(content)] = value
    try:
        bare = bare_jpeg(bytes(content[: len(content) * kept // 100]))
    except OddStructureError as refused:
        assert refused.reason.isprintable()
    else:
        assert bare_jpeg(bare) == bare
        assert {marker for marker, _ in jpeg_segments(bare)} - KEPT <= {JFIF, ADOBE}


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused(content: bytes) -> None:
    for start in (b"", b"\xff\xd8", b"\xff\xd8\xff"):
        with pytest.raises(OddStructureError):
            bare_jpeg(start + content)
