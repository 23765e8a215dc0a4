import io

import pytest
from PIL import Image, ImageChops

from core.model.picture import CoverBox
from core.photo.covering import COVER_COLOUR, covered_copy
from core.photo.opening import UnreadablePictureError
from tests.support.pictures import a_bomb, a_jpeg, a_png, a_tiff, an_mpo, encoded, pixels

BOX = CoverBox(40, 30, 90, 80)


def as_image(png: bytes) -> Image.Image:
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        image.load()
    return image


def upright(content: bytes) -> Image.Image:
    """What Pillow's own turning makes of it."""
    from PIL import ImageOps

    with Image.open(io.BytesIO(content)) as image:
        return ImageOps.exif_transpose(image).convert("RGB")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_outside_the_box_nothing_differs_and_inside_it_nothing_is_left(orientation: int) -> None:
    original = a_jpeg(3, size=(200, 160), orientation=orientation)
    covered, whole = as_image(covered_copy(original, [BOX])), upright(original)
    assert covered.size == whole.size == ((200, 160) if orientation < 5 else (160, 200))
    inside = covered.crop((BOX.left, BOX.top, BOX.right, BOX.bottom))
    assert inside.getcolors() == [(50 * 50, COVER_COLOUR)]
    whole.paste(COVER_COLOUR, (BOX.left, BOX.top, BOX.right, BOX.bottom))
    assert ImageChops.difference(covered, whole).getbbox() is None


def test_nothing_but_pixels_is_taken_along() -> None:
    original = a_jpeg(3, gps=True) + b"MARKER behind the end of the picture"
    copy = covered_copy(original, [BOX])
    assert b"Exif" not in copy
    assert b"MARKER" not in copy
    assert b"Practice" not in copy
    kinds = []
    at = 8
    while at < len(copy):
        kinds.append(copy[at + 4 : at + 8])
        at += 12 + int.from_bytes(copy[at : at + 4], "big")
    assert set(kinds) == {b"IHDR", b"IDAT", b"IEND"}
    assert as_image(copy).info == {}


@pytest.mark.parametrize(
    "original",
    [
        an_mpo(),
        a_png(),
        a_tiff(),
        a_tiff("CMYK"),
        a_tiff("I;16"),
        encoded(pixels("P"), "PNG"),
        encoded(pixels("L"), "JPEG"),
    ],
    ids=["MPO", "PNG", "TIFF", "CMYK", "16 bits", "palette", "grey"],
)
def test_every_format_can_be_covered(original: bytes) -> None:
    covered = as_image(covered_copy(io.BytesIO(original), [CoverBox(0, 0, 8, 8), CoverBox(60, 44, 64, 48)]))
    assert covered.size == (64, 48)
    assert covered.getpixel((3, 3)) == covered.getpixel((63, 47)) == COVER_COLOUR
    assert covered.getpixel((50, 20)) != COVER_COLOUR


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


def test_the_same_picture_gives_the_same_copy() -> None:
    assert covered_copy(a_jpeg(5), [BOX]) == covered_copy(a_jpeg(5), [BOX])
