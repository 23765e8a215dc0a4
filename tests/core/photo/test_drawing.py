import io

import pytest
from PIL import Image, ImageStat

from core.photo.drawing import PRACTICE_PLACE, draw_skin_picture
from core.photo.opening import open_untrusted
from tests.support.cards import TAKEN_AT
from tests.support.pictures import a_jpeg


def drawn(**wanted: object) -> Image.Image:
    image = Image.open(io.BytesIO(a_jpeg(7, size=(640, 480), **wanted)))
    image.load()
    return image


def test_the_same_seed_draws_the_same_bytes_and_another_seed_others() -> None:
    assert a_jpeg(3) == a_jpeg(3)
    assert a_jpeg(3) != a_jpeg(4)


@pytest.mark.parametrize("view", [{}, {"dermoscopic": True}, {"locating": True}], ids=str)
def test_every_view_is_a_whole_jpeg_of_the_size_asked_for(view: dict[str, bool]) -> None:
    opened = open_untrusted(a_jpeg(5, size=(480, 360), **view))
    assert (opened.facts.width, opened.facts.height) == (480, 360)
    assert opened.remarks == ()


def test_a_dermoscopic_picture_is_dark_outside_its_round_field() -> None:
    picture = drawn(dermoscopic=True).convert("L")
    assert max(picture.getpixel((x, y)) for x in (5, 634) for y in (5, 474)) < 30  # type: ignore[type-var]  # a grey picture: one number
    assert picture.getpixel((320, 30)) > 40  # type: ignore[operator]  # the same


def test_a_close_up_has_a_ruler_along_its_lower_edge() -> None:
    ruler = ImageStat.Stat(drawn().convert("L").crop((0, 420, 640, 480)))
    assert ruler.mean[0] > 180
    assert ruler.extrema[0][0] < 60, "with dark marks on it"


def test_skin_is_warm_and_its_lesion_darker() -> None:
    picture = drawn()
    red, green, blue = ImageStat.Stat(picture.crop((0, 0, 640, 400))).mean
    assert red > green > blue
    dark, bright = ImageStat.Stat(picture.convert("L").crop((200, 100, 440, 350))).extrema[0]
    assert dark < bright * 0.6


def test_gps_is_written_only_when_asked_for() -> None:
    place = drawn(gps=True).getexif().get_ifd(0x8825)
    degrees, minutes, seconds = (float(part) for part in place[2])
    assert degrees + minutes / 60 + seconds / 3600 == pytest.approx(PRACTICE_PLACE[0], abs=1e-5)
    assert place[3] == "W"
    assert not drawn().getexif().get_ifd(0x8825)


def test_impossible_pictures_are_refused() -> None:
    with pytest.raises(ValueError, match="not both"):
        draw_skin_picture(1, taken_at=TAKEN_AT, dermoscopic=True, locating=True)
    with pytest.raises(ValueError, match="64 pixels"):
        draw_skin_picture(1, taken_at=TAKEN_AT, size=(63, 100))
