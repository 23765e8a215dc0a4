import io

import pytest
from PIL import Image

from core.photo.opening import UnreadablePictureError
from core.photo.pixels import BACKDROP
from core.photo.previews import Preview, part_of, preview
from tests.support.pictures import a_bomb, a_jpeg, an_mpo, encoded, pixels


def as_image(shown: Preview) -> Image.Image:
    return Image.frombytes("RGB", (shown.width, shown.height), shown.rgb)


def arrow() -> Image.Image:
    """Red at the top left, so that every way of lying can be told."""
    image = Image.new("RGB", (64, 48), "blue")
    image.paste("red", (0, 0, 32, 24))
    return image


STORED_FOR = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How an upright picture is stored by a camera that was held that way."""


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_shown_upright(image_format: str, orientation: int) -> None:
    stored = arrow().transpose(STORED_FOR[orientation]) if orientation in STORED_FOR else arrow()
    exif = Image.Exif()
    exif[0x0112] = orientation
    shown = as_image(preview(encoded(stored, image_format, exif=exif), 32, 24))
    assert shown.size == (32, 24)
    red, blue = shown.getpixel((6, 4)), shown.getpixel((26, 20))
    assert red[0] > 200 > 60 > red[2]  # type: ignore[index]
    assert blue[2] > 200 > 60 > blue[0]  # type: ignore[index]


def test_proportions_stay_and_nothing_is_enlarged() -> None:
    assert (preview(a_jpeg(size=(1600, 1200)), 100, 100).width, preview(a_jpeg(size=(640, 120)), 64, 64).height) == (
        100,
        12,
    )
    small = preview(encoded(pixels(size=(20, 10)), "PNG"), 100, 100)
    assert (small.width, small.height) == (20, 10)


def test_a_jpeg_is_decoded_no_larger_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[tuple[int, int]] = []
    thumbnail = Image.Image.thumbnail

    def watched(image: Image.Image, *args: object, **options: object) -> None:
        sizes.append(image.size)
        thumbnail(image, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Image.Image, "thumbnail", watched)
    preview(a_jpeg(size=(1600, 1200)), 180, 150)
    assert sizes == [(200, 150)]


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "I", "F", "I;16", "I;16B"]
)
def test_every_kind_of_pixel_keeps_dark_dark_and_bright_bright(mode: str) -> None:
    image_format = "PNG" if mode == "PA" else "TIFF"
    image = pixels("P") if mode == "PA" else pixels(mode)
    if mode == "PA":
        image.info["transparency"] = bytes([255] * 256)
    shown = as_image(preview(encoded(image, image_format), 8, 6)).convert("L")
    row = [shown.getpixel((x, 3)) for x in range(8)]
    assert row == sorted(row)  # type: ignore[type-var]
    assert row[0] < 40  # type: ignore[operator]
    assert row[-1] > 210  # type: ignore[operator]


def test_what_is_transparent_shows_the_backdrop() -> None:
    clear = Image.new("RGBA", (20, 20), (255, 0, 0, 0))
    assert as_image(preview(encoded(clear, "PNG"), 4, 4)).getpixel((1, 1)) == BACKDROP


def test_a_grey_of_one_level_or_of_no_number_is_shown_grey() -> None:
    for value in (5.0, float("nan"), float("inf")):
        shown = preview(encoded(Image.new("F", (8, 8), value), "TIFF"), 8, 8)
        assert set(shown.rgb) == {128}


def test_the_first_picture_of_several_is_shown() -> None:
    assert (preview(an_mpo(3), 64, 48).width, preview(an_mpo(3), 64, 48).height) == (64, 48)


def test_what_cannot_be_opened_cannot_be_shown() -> None:
    cut = encoded(pixels(size=(640, 480)), "JPEG", quality=95)[:3000]
    for content in (a_bomb(), cut, b"", encoded(pixels(), "GIF")):
        with pytest.raises(UnreadablePictureError):
            preview(io.BytesIO(content), 10, 10)


def test_a_box_without_pixels_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at least one pixel"):
        preview(a_jpeg(), 0, 10)


def test_a_part_is_shown_as_large_as_it_fits() -> None:
    whole = preview(encoded(arrow(), "PNG"), 64, 48)
    corner = part_of(whole, 0, 0, 32, 24, (64, 64))
    assert (corner.width, corner.height) == (64, 48)
    assert as_image(corner).getcolors() == [(64 * 48, (255, 0, 0))]
    small = part_of(whole, 0, 0, 64, 48, (16, 16))
    assert (small.width, small.height) == (16, 12)
    assert part_of(whole, 0, 0, 64, 48, (64, 48)) == whole


@pytest.mark.parametrize("part", [(0, 0, 65, 48), (-1, 0, 5, 5), (5, 5, 5, 9), (0, 40, 5, 30)])
def test_a_part_must_lie_in_the_picture(part: tuple[int, int, int, int]) -> None:
    whole = preview(encoded(arrow(), "PNG"), 64, 48)
    with pytest.raises(ValueError, match="not a part"):
        part_of(whole, *part, (10, 10))
