"""A copy without metadata: the very same pixels, nothing else, and proven before it is given out."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from core.photo.derivative import bare_copy as module
from core.photo.derivative.bare_copy import CopyDiffersError, bare_copy
from core.photo.derivative.odd import OddStructureError
from core.photo.opening import UnreadablePictureError, open_untrusted
from core.photo.recognising import PictureFormat

from ....support.metadata import (
    exif_block,
    exif_segment,
    iptc_stream,
    jpeg_segments,
    jpeg_with,
    photoshop_block,
    photoshop_segment,
    png_kinds,
    png_with,
    position,
    runs_in_common,
    segment,
    xmp_packet,
    xmp_segment,
)
from ....support.pictures import a_bomb, a_damaged_png, a_jpeg, a_png, a_tiff, an_mpo, encoded, noise, pixels
from ....support.profiles import P3, a_profile

JPEG, PNG = PictureFormat.JPEG, PictureFormat.PNG

METADATA = (
    exif_segment(exif_block({0x13B: "A. Doctor"}, {0xA431: "0123456"}, position(51.8642, -2.2382))),
    xmp_segment(xmp_packet('<rdf:Description aux:OwnerName="P. Rowan"/>')),
    photoshop_segment(photoshop_block(iptc_stream((90, "Gloucester")))),
)


def shown(content: bytes) -> Image.Image:
    """As a receiver shows it."""
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        return ImageOps.exif_transpose(image)


def same(one: Image.Image, other: Image.Image) -> bool:
    return (one.mode, one.size, one.tobytes()) == (other.mode, other.size, other.tobytes())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_jpeg_keeps_its_pixels_and_is_seen_upright(orientation: int) -> None:
    original = a_jpeg(3, size=(200, 160), orientation=orientation, gps=True)
    copy = bare_copy(original)
    assert (copy.format, copy.remark) == (JPEG, "")
    assert same(shown(copy.content), shown(original))
    facts = open_untrusted(copy.content).facts
    assert (facts.orientation, facts.traces, facts.make, facts.taken_at) == (orientation, (), "", "")


@pytest.mark.parametrize("orientation", [1, 6])
def test_nothing_of_what_was_dropped_is_in_the_copy(orientation: int) -> None:
    plain = a_jpeg(3, size=(200, 160), orientation=orientation)
    small, second = (jpeg_segments(encoded(noise(seed=seed), "JPEG"))[-1][1] for seed in (2, 3))
    more = (*METADATA[1:], segment(0xE2, b"a thumbnail" + small))
    original = jpeg_with(plain, *more) + b"a second picture" + second
    dropped = b"".join(more) + second
    copy = bare_copy(original)
    assert copy == bare_copy(plain)
    assert len(runs_in_common(dropped, original)) > 100, "the search finds what is there"
    assert runs_in_common(dropped, copy.content) == set()


def test_of_several_pictures_the_first_leaves_alone() -> None:
    original = an_mpo(3)
    copy = bare_copy(original)
    assert copy.format is JPEG
    assert same(shown(copy.content), shown(original))
    assert b"MPF" not in copy.content
    assert copy.content.count(b"\xff\xd8\xff") == 1


@pytest.mark.parametrize(
    "original",
    [
        encoded(pixels("L"), "JPEG"),
        encoded(pixels("CMYK"), "JPEG"),
        encoded(pixels(), "JPEG", progressive=True),
        encoded(pixels(), "JPEG", keep_rgb=True),
    ],
    ids=["grey", "CMYK", "progressive", "RGB"],
)
def test_jpegs_of_every_kind_keep_their_data(original: bytes) -> None:
    copy = bare_copy(jpeg_with(original, *METADATA))
    assert (copy.format, copy.remark) == (JPEG, "")
    assert same(shown(copy.content), shown(original))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_its_data(mode: str) -> None:
    original = png_with(
        encoded(pixels(mode), "PNG"), (b"tEXt", b"Author\0A. Doctor"), (b"eXIf", exif_block({0x13B: "A"}))
    )
    copy = bare_copy(original + b"behind the end")
    assert (copy.format, copy.remark) == (PNG, "")
    assert same(shown(copy.content), shown(original))
    assert set(png_kinds(copy.content)) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("format_", ["PNG", "TIFF"])
def test_a_png_or_tiff_on_its_side_is_stored_upright(orientation: int, format_: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    original = encoded(a_picture(), format_, exif=exif)
    copy = bare_copy(original)
    assert (copy.format, copy.remark) == (PNG, "")
    assert same(shown(copy.content), shown(original))
    assert png_kinds(copy.content) == [b"IHDR", b"IDAT", b"IEND"]


def a_picture() -> Image.Image:
    with Image.open(io.BytesIO(a_jpeg(4, size=(96, 64)))) as image:
        return image.convert("RGB")


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "I;16", "I;16B"])
def test_a_tiff_leaves_as_a_png_of_its_pixels(mode: str) -> None:
    original = encoded(pixels(mode), "TIFF", tiffinfo={0x13B: "A. Doctor"})
    copy = bare_copy(original)
    assert (copy.format, copy.remark) == (PNG, "")
    wanted = shown(original)
    assert same(shown(copy.content), wanted.convert("I;16") if mode == "I;16B" else wanted)
    assert b"Doctor" not in copy.content


def test_greys_that_fit_16_bits_keep_their_values_and_others_are_shown_as_they_are_looked_at() -> None:
    fitting = Image.new("I", (20, 10), 40_000)
    assert shown(bare_copy(encoded(fitting, "TIFF")).content).getpixel((3, 3)) == 40_000
    wide = Image.new("I", (20, 10), 70_000)
    wide.putpixel((0, 0), 0)
    assert shown(bare_copy(encoded(wide, "TIFF")).content).getpixel((3, 3)) == (255, 255, 255)
    assert shown(bare_copy(encoded(pixels("CMYK"), "TIFF")).content).mode == "RGB"


def test_a_file_that_is_not_understood_leaves_as_a_png_and_says_why() -> None:
    original = a_jpeg(3, size=(200, 160), orientation=6)
    at = original.index(b"\xff\xdb")
    odd = original[:at] + b"stray A. Doctor" + original[at:]
    copy = bare_copy(odd)
    assert (copy.format, copy.remark) == (PNG, "there are stray bytes in it")
    assert same(shown(copy.content), shown(original))
    assert b"Doctor" not in copy.content


def test_a_damaged_png_leaves_as_what_is_left_of_it() -> None:
    copy = bare_copy(a_damaged_png())
    assert (copy.format, copy.remark) == (PNG, "its packed pixels are damaged")
    assert shown(copy.content).crop((0, 0, 64, 20)).tobytes() == noise().crop((0, 0, 64, 20)).tobytes()


def test_wide_colours_keep_their_numbers_and_lose_their_words() -> None:
    profile = a_profile(P3)
    for original in (
        encoded(a_picture(), "JPEG", icc_profile=profile),
        encoded(a_picture(), "PNG", icc_profile=profile),
    ):
        copy = bare_copy(original)
        assert copy.remark == ""
        assert b"MARK" not in copy.content
        with Image.open(io.BytesIO(copy.content)) as image:
            assert b"MARK" not in image.info["icc_profile"]
            assert len(image.info["icc_profile"]) > 300
    tiff = bare_copy(encoded(a_picture(), "TIFF", icc_profile=profile))
    assert b"iCCP" in tiff.content


def test_a_copy_of_a_copy_is_the_copy() -> None:
    for original in (a_jpeg(orientation=5), an_mpo(), a_png(), a_tiff(), a_tiff("I;16")):
        copy = bare_copy(original)
        assert bare_copy(copy.content) == copy


def test_a_copy_that_would_show_something_else_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    original = a_jpeg(3, size=(96, 64))
    other = a_jpeg(4, size=(96, 64))
    monkeypatch.setattr(module, "bare_jpeg", lambda *_, **__: other)
    copy = bare_copy(original)
    assert (copy.format, copy.remark) == (PNG, "taken apart it decodes to other pixels")
    assert same(shown(copy.content), shown(original))
    monkeypatch.setattr(module, "png_of", lambda *_, **__: encoded(pixels(size=(96, 64)), "PNG"))
    with pytest.raises(CopyDiffersError):
        bare_copy(original)
    monkeypatch.setattr(module, "png_of", lambda *_, **__: b"no picture at all")
    with pytest.raises(CopyDiffersError):
        bare_copy(original)


def test_a_copy_that_would_be_turned_otherwise_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    square = a_jpeg(3, size=(96, 96), orientation=3)
    monkeypatch.setattr(module, "bare_jpeg", lambda *_, **__: a_jpeg(3, size=(96, 96), orientation=1))
    assert bare_copy(square).format is PNG


@pytest.mark.parametrize("content", [a_bomb(), a_jpeg()[:2000], b"GIF89a", b""], ids=["bomb", "cut", "gif", "empty"])
def test_what_cannot_be_opened_cannot_be_copied(content: bytes) -> None:
    with pytest.raises(UnreadablePictureError):
        bare_copy(content)


WHOLE = {
    JPEG: jpeg_with(a_jpeg(size=(96, 64), orientation=6), *METADATA),
    PictureFormat.MPO: an_mpo(2),
    PNG: png_with(a_png(), (b"tEXt", b"Author\0A. Doctor")),
    PictureFormat.TIFF: a_tiff(compression="tiff_lzw"),
}


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(list(WHOLE)),
    st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_whatever_can_be_sealed_can_leave(format_: PictureFormat, changes: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE[format_])
    for at, value in changes:
        content[at % len(content)] = value
    try:
        open_untrusted(bytes(content))
    except UnreadablePictureError:
        return
    copy = bare_copy(bytes(content))
    left = open_untrusted(copy.content)
    assert (left.format, left.facts.traces) == (copy.format, ())
    again = bare_copy(copy.content)  # a PNG's data are put into one chunk
    assert (again.remark, bare_copy(again.content)) == ("", again)


def test_an_odd_structure_says_what_can_be_done() -> None:
    error = OddStructureError("there are stray bytes in it")
    assert error.reason in error.what
    assert "can be made" in error.hint
