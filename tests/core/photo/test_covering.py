"""Covered copies: outside the boxes the very same picture, inside them nothing of it, and no other trace of it."""

import io

import pytest
from PIL import Image, ImageChops, ImageOps

from core.model.picture import CoverBox
from core.photo.covering import COVER_COLOUR, covered_copy
from core.photo.opening import UnreadablePictureError, open_untrusted
from tests.support.metadata import (
    exif_block,
    exif_segment,
    iptc_stream,
    jpeg_with,
    photoshop_block,
    photoshop_segment,
    png_kinds,
    position,
    runs_in_common,
    segment,
    xmp_packet,
    xmp_segment,
)
from tests.support.pictures import a_bomb, a_damaged_png, a_jpeg, a_png, a_tiff, an_mpo, encoded, noise, pixels
from tests.support.profiles import P3, a_profile

BOX = CoverBox(40, 30, 90, 80)


def as_image(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        image.load()
    return image


def upright(content: bytes) -> Image.Image:
    """What Pillow's own turning makes of it."""
    with Image.open(io.BytesIO(content)) as image:
        return ImageOps.exif_transpose(image)


def as_the_copy(content: bytes, mode: str) -> Image.Image:
    whole = upright(content)
    return whole if whole.mode == mode else whole.convert(mode)


def black(mode: str) -> int | tuple[int, int, int]:
    return COVER_COLOUR if mode == "RGB" else 0


def assert_covered(original: bytes, boxes: list[CoverBox]) -> None:
    """Outside the boxes no level differs, inside them is one colour, and the file holds pixels alone."""
    copy = covered_copy(original, boxes)
    covered = as_image(copy)
    whole = as_the_copy(original, covered.mode)
    assert covered.size == whole.size
    for box in boxes:
        place = (box.left, box.top, box.right, box.bottom)
        inside = covered.crop(place)
        assert inside.tobytes() == Image.new(covered.mode, inside.size, black(covered.mode)).tobytes()
        whole.paste(black(covered.mode), place)
    assert covered.tobytes() == whole.tobytes()
    assert set(png_kinds(copy)) == {b"IHDR", b"IDAT", b"IEND"}
    assert covered.info == {}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_outside_the_box_nothing_differs_and_inside_it_nothing_is_left(orientation: int) -> None:
    original = a_jpeg(3, size=(200, 160), orientation=orientation)
    assert as_image(covered_copy(original, [BOX])).size == ((200, 160) if orientation < 5 else (160, 200))
    assert_covered(original, [BOX])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_boxes_at_every_edge_and_of_one_pixel(orientation: int) -> None:
    original = a_jpeg(5, size=(120, 80), orientation=orientation)
    width, height = (120, 80) if orientation < 5 else (80, 120)
    corners = [CoverBox(x, y, x + 1, y + 1) for x in (0, width - 1) for y in (0, height - 1)]
    edges = [
        CoverBox(0, 0, width, 1),
        CoverBox(0, height - 1, width, height),
        CoverBox(0, 0, 1, height),
        CoverBox(width - 1, 0, width, height),
    ]
    for box in (*corners, *edges, CoverBox(33, 41, 34, 42)):
        assert_covered(original, [box])
    assert_covered(original, [*corners, CoverBox(10, 10, 40, 40), CoverBox(30, 30, 60, 60)])
    assert_covered(original, [CoverBox(0, 0, width, height)])


def oriented(image: Image.Image, format_: str, orientation: int, **options: object) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(image, format_, exif=exif, **options)


FORMATS = {
    "grey JPEG": ("L", "JPEG", {}),
    "CMYK JPEG": ("CMYK", "JPEG", {}),
    "progressive JPEG": ("RGB", "JPEG", {"progressive": True}),
    "PNG": ("RGB", "PNG", {}),
    "grey PNG": ("L", "PNG", {}),
    "palette PNG": ("P", "PNG", {}),
    "black and white PNG": ("1", "PNG", {}),
    "16 bit PNG": ("I;16", "PNG", {}),
    "TIFF": ("RGB", "TIFF", {"compression": "tiff_lzw"}),
    "grey TIFF": ("L", "TIFF", {}),
    "CMYK TIFF": ("CMYK", "TIFF", {}),
    "16 bit TIFF": ("I;16", "TIFF", {}),
    "16 bit TIFF, big end first": ("I;16B", "TIFF", {}),
}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_in_every_orientation(name: str, orientation: int) -> None:
    mode, format_, options = FORMATS[name]
    assert_covered(
        oriented(pixels(mode), format_, orientation, **options), [CoverBox(0, 0, 8, 8), CoverBox(40, 41, 48, 48)]
    )


@pytest.mark.parametrize("orientation", range(1, 9))
def test_of_an_mpo_the_first_picture_in_every_orientation(orientation: int) -> None:
    original = jpeg_with(an_mpo(3), exif_segment(exif_block({0x0112: orientation})))
    covered = as_image(covered_copy(original, [CoverBox(0, 0, 8, 8)]))
    assert covered.size == ((64, 48) if orientation < 5 else (48, 64))
    assert_covered(original, [CoverBox(0, 0, 8, 8), CoverBox(20, 20, 21, 21)])


def test_sixteen_bits_stay_sixteen() -> None:
    covered = as_image(covered_copy(a_tiff("I;16"), [CoverBox(0, 0, 8, 8)]))
    assert covered.mode == "I;16"
    assert covered.getpixel((50, 20)) == upright(a_tiff("I;16")).getpixel((50, 20))


@pytest.mark.parametrize("place", [(10, 10), (40, 40)])
def test_what_is_see_through_hides_nothing_in_a_covered_copy(place: tuple[int, int]) -> None:
    picture = pixels("RGBA")
    picture.putalpha(0)
    covered = as_image(covered_copy(encoded(picture, "PNG"), [CoverBox(0, 0, 8, 8)]))
    assert (covered.mode, covered.getpixel(place)) == ("RGB", (128, 128, 128))


METADATA = (
    exif_segment(exif_block({0x13B: "A. Doctor"}, {0xA431: "0123456"}, position(51.8642, -2.2382))),
    xmp_segment(xmp_packet('<rdf:Description aux:OwnerName="P. Rowan"/>')),
    photoshop_segment(photoshop_block(iptc_stream((90, "Gloucester")))),
    segment(0xE0, b"JFXX\0\x10" + encoded(pixels(), "JPEG")),
    segment(0xFE, b"a comment about somebody"),
)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_no_run_of_the_originals_bytes_is_in_the_copy(orientation: int) -> None:
    plain = a_jpeg(3, size=(400, 300), orientation=orientation, gps=True)
    original = jpeg_with(plain, *METADATA) + encoded(pixels(size=(300, 200)), "JPEG") + b"MARKER behind the end of it"
    copy = covered_copy(original, [BOX])
    assert len(runs_in_common(plain, original)) > 100, "the search finds what is there"
    assert runs_in_common(original, copy) == set()
    assert open_untrusted(copy).facts.traces == ()
    for word in (b"Exif", b"Practice", b"Doctor", b"Rowan", b"Gloucester", b"MARKER", b"JFIF", b"MPF", b"adobe"):
        assert word not in copy


def test_what_was_covered_is_not_in_the_copy_in_any_form() -> None:
    plain = encoded(noise((200, 150)), "JPEG")
    with Image.open(io.BytesIO(plain)) as image:
        assert len(runs_in_common(image.tobytes(), image.tobytes())) > 1000, "the search finds what is there"
        under = image.crop((BOX.left, BOX.top, BOX.right, BOX.bottom)).tobytes()
    copy = covered_copy(plain, [BOX])
    assert runs_in_common(under, as_image(copy).tobytes()) == set()
    assert runs_in_common(under, copy) == set()


def test_wide_colours_keep_their_numbers_and_lose_their_words() -> None:
    original = encoded(pixels(), "JPEG", icc_profile=a_profile(P3))
    copy = covered_copy(original, [CoverBox(0, 0, 8, 8)])
    assert png_kinds(copy)[:2] == [b"IHDR", b"iCCP"]
    assert b"MARK" not in copy + as_image(copy).info["icc_profile"]
    grey = encoded(pixels("L"), "PNG", icc_profile=a_profile(P3))
    assert b"iCCP" not in covered_copy(grey, [CoverBox(0, 0, 8, 8)]), "a profile for colours fits no greys"


def test_a_damaged_png_that_can_be_sealed_can_be_covered() -> None:
    assert open_untrusted(a_damaged_png()).remarks
    covered = as_image(covered_copy(a_damaged_png(), [CoverBox(0, 0, 8, 8)]))
    assert ImageChops.difference(covered.crop((8, 0, 64, 20)), noise().crop((8, 0, 64, 20))).getbbox() is None


@pytest.mark.parametrize(
    "box",
    [CoverBox(0, 0, 0, 8), CoverBox(8, 0, 4, 8), CoverBox(-1, 0, 8, 8), CoverBox(0, 0, 65, 8), CoverBox(0, 0, 8, 49)],
)
def test_a_box_that_is_not_in_the_picture_is_refused(box: CoverBox) -> None:
    with pytest.raises(ValueError, match="inside"):
        covered_copy(a_png(), [box])


def test_covering_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="covers something"):
        covered_copy(a_png(), [])


@pytest.mark.parametrize("content", [a_bomb(), a_jpeg()[:2000], b"GIF89a", b""], ids=["bomb", "cut", "gif", "empty"])
def test_what_cannot_be_opened_cannot_be_covered(content: bytes) -> None:
    with pytest.raises(UnreadablePictureError):
        covered_copy(content, [BOX])


def test_the_same_picture_gives_the_same_copy_and_a_file_stays_open() -> None:
    file = io.BytesIO(a_jpeg(5))
    assert covered_copy(file, [BOX]) == covered_copy(a_jpeg(5), [BOX])
    assert not file.closed
