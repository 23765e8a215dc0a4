"""Metadata wherever in a file they stand: in every picture of it, behind its end, in every kind of chunk."""

import errno
import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.photo.facts import Trace, TraceKind
from core.photo.opening import open_untrusted
from core.photo.recognising import PictureFormat
from core.photo.traces import reading
from core.photo.traces.reading import read_traces

from ....support.metadata import (
    exif_block,
    exif_segment,
    iptc_stream,
    jpeg_with,
    photoshop_block,
    photoshop_segment,
    png_with,
    position,
    raw_profile,
    segment,
    xmp_packet,
    xmp_segment,
)
from ....support.pictures import a_png, a_tiff, an_mpo, encoded, pixels

OWNER = Trace(TraceKind.OWNER, "P. Rowan")
PLACE = Trace(TraceKind.POSITION, "51.86420,-2.23820")
AUTHOR = Trace(TraceKind.AUTHOR, "A. Doctor")
EXIF = exif_block(None, {0xA430: "P. Rowan"}, position(51.8642, -2.2382))
XMP = xmp_packet('<rdf:Description aux:OwnerName="P. Rowan"/>')
IPTC = photoshop_block(iptc_stream((80, "A. Doctor")))


def a_plain_jpeg() -> bytes:
    return encoded(pixels(), "JPEG")


def told(content: bytes) -> set[Trace]:
    return once(open_untrusted(content).facts.traces)


def once(traces: tuple[Trace, ...]) -> set[Trace]:
    """Their order means nothing; that none is told twice does."""
    assert len(set(traces)) == len(traces)
    return set(traces)


def read(content: bytes, format_: PictureFormat) -> set[Trace]:
    return once(read_traces(io.BytesIO(content), format_))


def test_a_picture_without_metadata_gives_nothing_away() -> None:
    for content in (a_plain_jpeg(), an_mpo(), a_png(), a_tiff()):
        assert told(content) == set()


@pytest.mark.parametrize(
    ("segments", "traces"),
    [
        ((exif_segment(EXIF),), (PLACE, OWNER)),
        ((xmp_segment(XMP),), (OWNER,)),
        ((photoshop_segment(IPTC),), (AUTHOR,)),
        ((exif_segment(EXIF), xmp_segment(XMP), photoshop_segment(IPTC)), (PLACE, OWNER, AUTHOR)),
        ((exif_segment(exif_block({0x13B: "A. Doctor"})), exif_segment(EXIF)), (AUTHOR, PLACE, OWNER)),
        ((exif_segment(EXIF[:70]), exif_segment(EXIF[70:])), (PLACE, OWNER)),
        ((photoshop_segment(IPTC[:20]), photoshop_segment(IPTC[20:])), (AUTHOR,)),
        ((segment(0xE3, b"Meta\0\0" + exif_block({0xC353: b"ASCII\0\0\0P. Rowan"})),), (OWNER,)),
    ],
    ids=["EXIF", "XMP", "IPTC", "all", "EXIF twice", "EXIF in two", "IPTC in two", "Kodak"],
)
def test_each_kind_is_read_in_a_jpeg(segments: tuple[bytes, ...], traces: tuple[Trace, ...]) -> None:
    assert told(jpeg_with(a_plain_jpeg(), *segments)) == set(traces)


def test_xmp_that_is_spread_over_segments_is_put_together() -> None:
    start = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32
    pieces = [XMP[:150], XMP[150:]]
    spread = [
        segment(0xE1, start + len(XMP).to_bytes(4, "big") + at.to_bytes(4, "big") + piece)
        for at, piece in zip((0, 150), pieces, strict=True)
    ]
    assert told(jpeg_with(a_plain_jpeg(), *spread)) == {OWNER}


def test_the_second_picture_of_an_mpo_is_read() -> None:
    plain = an_mpo()
    second = plain.rindex(b"\xff\xd8\xff")
    whole = plain[:second] + jpeg_with(plain[second:], exif_segment(EXIF))
    opened = open_untrusted(whole)
    assert (opened.format, once(opened.facts.traces)) == (PictureFormat.MPO, {PLACE, OWNER})


def test_a_picture_that_nobody_announced_is_read_behind_the_first_ones_end() -> None:
    whole = a_plain_jpeg() + bytes(1000) + jpeg_with(a_plain_jpeg(), exif_segment(EXIF))
    assert told(whole) == {PLACE, OWNER}


@pytest.mark.parametrize("cut", range(0, 140, 7))
def test_a_segment_is_found_across_the_pieces_of_a_file(cut: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = jpeg_with(a_plain_jpeg(), segment(0xE2, bytes(cut)), exif_segment(EXIF), xmp_segment(XMP))
    monkeypatch.setattr(reading, "CHUNK", 64)
    assert read(whole, PictureFormat.JPEG) == {PLACE, OWNER}


def test_a_segment_that_breaks_off_gives_what_is_there() -> None:
    whole = a_plain_jpeg() + exif_segment(EXIF)[:-1]
    assert told(whole) == {OWNER}


@pytest.mark.parametrize(
    ("chunk", "traces"),
    [
        ((b"eXIf", EXIF), (PLACE, OWNER)),
        ((b"eXIf", b"Exif\0\0" + EXIF), (PLACE, OWNER)),
        ((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP), (OWNER,)),
        ((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP)), (OWNER,)),
        ((b"tEXt", b"Author\0A. Doctor"), (AUTHOR,)),
        ((b"zTXt", b"Author\0\0" + zlib.compress(b"A. Doctor")), (AUTHOR,)),
        ((b"iTXt", b"Author\0\0\0en\0Author\0A. Doctor"), (AUTHOR,)),
        ((b"tEXt", b"Comment\0Mrs Yew"), (Trace(TraceKind.WORDS, "Mrs Yew"),)),
        ((b"tEXt", b"Software\0A programme"), ()),
        (raw_profile("exif", b"Exif\0\0" + EXIF), (PLACE, OWNER)),
        (raw_profile("APP1", b"http://ns.adobe.com/xap/1.0/\0" + XMP), (OWNER,)),
        (raw_profile("xmp", XMP), (OWNER,)),
        (raw_profile("iptc", IPTC), (AUTHOR,)),
        ((b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n 2\nxy")), ()),
        ((b"zTXt", b"Author\0\0no zlib"), ()),
    ],
)
def test_each_kind_is_read_in_a_png(chunk: tuple[bytes, bytes], traces: tuple[Trace, ...]) -> None:
    whole = png_with(a_png(), chunk)
    assert read(whole, PictureFormat.PNG) == set(traces)
    assert read(a_png()[:-12] + whole[33:], PictureFormat.PNG) == set(traces)


def test_a_text_that_would_unpack_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "TEXT_LIMIT", 1000)
    endless = b"Author\0\0" + zlib.compress(b"A. Doctor\0" + bytes(5_000_000))
    whole = png_with(a_png(), (b"zTXt", endless[:900]), (b"tEXt", b"Author\0" + bytes(2000)))
    assert read(whole, PictureFormat.PNG) == {AUTHOR}


def test_a_tiff_is_read_to_its_last_page() -> None:
    second = pixels()
    second.encoderinfo = {"tiffinfo": {0x13B: "A. Doctor"}}
    whole = encoded(pixels(), "TIFF", save_all=True, append_images=[second], tiffinfo={0x8298: "The Practice"})
    found = told(whole)
    assert Trace(TraceKind.RIGHTS, "The Practice") in found
    assert AUTHOR in found


def test_the_models_own_name_is_nobodys() -> None:
    block = exif_block({0x010F: "Practice", 0x0110: "PRACTICE One", 0x8298: "Practice One", 0x13B: "A. Doctor"})
    assert told(jpeg_with(a_plain_jpeg(), exif_segment(block))) == {AUTHOR}


def test_a_file_stays_open_and_nothing_is_told_twice() -> None:
    file = io.BytesIO(jpeg_with(a_plain_jpeg(), exif_segment(EXIF), exif_segment(EXIF)))
    file.seek(5)
    assert once(read_traces(file, PictureFormat.JPEG)) == {PLACE, OWNER}
    assert not file.closed


def test_more_than_anybody_reads_is_cut() -> None:
    names = [(25, f"keyword {number}") for number in range(reading.TRACES_LIMIT + 50)]
    whole = jpeg_with(a_plain_jpeg(), photoshop_segment(photoshop_block(iptc_stream(*names))))
    assert len(told(whole)) == reading.TRACES_LIMIT


def test_a_failing_card_is_told_as_what_it_is() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    for format_ in (PictureFormat.JPEG, PictureFormat.PNG, PictureFormat.TIFF):
        with pytest.raises(OSError, match="Input/output error"):
            read_traces(Failing(), format_)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([PictureFormat.JPEG, PictureFormat.PNG, PictureFormat.TIFF]), st.data())
def test_whatever_a_file_holds_nothing_is_raised(format_: PictureFormat, data: st.DataObject) -> None:
    whole = bytearray(WHOLE[format_])
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    for trace in read_traces(io.BytesIO(bytes(whole)), format_):
        assert trace.text.isprintable()


WHOLE = {
    PictureFormat.JPEG: jpeg_with(a_plain_jpeg(), exif_segment(EXIF), xmp_segment(XMP), photoshop_segment(IPTC)),
    PictureFormat.PNG: png_with(a_png(), (b"eXIf", EXIF), raw_profile("iptc", IPTC), (b"tEXt", b"Author\0A. Doctor")),
    PictureFormat.TIFF: encoded(pixels(), "TIFF", tiffinfo={0x13B: "A. Doctor", 700: XMP}),
}
