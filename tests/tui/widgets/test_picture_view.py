"""Pictures in characters: colours where there are some, four greys where there are not."""

import threading

import pytest
from textual.geometry import Offset

from core.errors import CardError
from core.model.picture import CoverBox
from core.photo.previews import Preview
from tui.widgets.half_blocks import GREYS, dithered, half_blocks
from tui.widgets.picture_view import CLOSE, PictureView, ShownPicture
from tui.widgets.sight import WHOLE

from ...support.fake_services import grey_preview
from ...support.on_screen import PATIENCE, Person
from ...support.stage import on_stage


def colours(preview: Preview, *, greys: bool) -> set[str]:
    found = set()
    for strip in (dithered if greys else half_blocks)(preview):
        for segment in strip:
            assert segment.style is not None
            for colour in (segment.style.color, segment.style.bgcolor):
                assert colour is not None
                assert colour.triplet is not None
                found.add(colour.triplet.hex)
    return found


def test_two_pixels_stand_in_a_character_and_an_odd_last_row_stands_twice() -> None:
    preview = Preview(1, 3, bytes((248, 0, 0, 0, 248, 0, 0, 0, 248)))
    first, last = half_blocks(preview)
    assert [segment.text for segment in (*first, *last)] == ["▀", "▀"]
    assert colours(preview, greys=False) == {"#f80000", "#00f800", "#0000f8"}


def test_equal_neighbours_are_one_run_so_that_little_is_sent() -> None:
    [strip] = half_blocks(Preview(60, 2, bytes((16, 32, 64)) * 120))
    assert [segment.text for segment in strip] == ["▀" * 60]


def test_without_colours_only_the_four_greys_are_used_and_all_of_them_for_a_ramp() -> None:
    assert colours(grey_preview(64, 48), greys=True) == set(GREYS)


@pytest.mark.parametrize(("level", "grey"), [(0, "#000000"), (255, "#ffffff")])
def test_black_stays_black_and_white_stays_white(level: int, grey: str) -> None:
    assert colours(Preview(8, 8, bytes((level,)) * 192), greys=True) == {grey}


def test_a_grey_between_two_is_mixed_of_them() -> None:
    assert colours(Preview(8, 8, bytes((128,)) * 192), greys=True) == {"#555555", "#aaaaaa"}


def test_a_picture_that_cannot_be_opened_says_why_in_its_place() -> None:
    def load(_width: int, _height: int) -> Preview:
        raise CardError("The card was pulled.", "Put it in again.")

    async def does(person: Person, view: PictureView, _heard: object) -> None:
        view.show(ShownPicture("one", "one", load))
        await person.wait_for("The card was pulled. Put it in again.")

    on_stage(PictureView(), does)


def test_one_picture_is_never_shown_for_another_however_late_it_comes() -> None:
    late = threading.Event()

    def slow(_width: int, _height: int) -> Preview:
        late.wait(PATIENCE)
        return grey_preview(64, 48)

    async def does(person: Person, view: PictureView, _heard: object) -> None:
        view.show(ShownPicture("slow", "slow", slow))
        await person.wait_for("Opening…")
        view.show(None)
        late.set()
        await person.settle()
        assert not view.is_drawn
        view.show(ShownPicture("quick", "quick", grey_preview))
        await person.until(lambda: view.is_drawn, "the picture")

    try:
        on_stage(PictureView(), does)
    finally:
        late.set()


def test_it_is_drawn_anew_as_large_as_a_new_size_allows() -> None:
    asked: list[tuple[int, int]] = []

    def load(width: int, height: int) -> Preview:
        asked.append((width, height))
        return grey_preview(width, height)

    async def does(person: Person, view: PictureView, _heard: object) -> None:
        view.show(ShownPicture("one", "one", load))
        await person.until(lambda: asked == [(80, 48)], "the first copy")
        await person.resize(40, 12)
        await person.until(lambda: asked[-1] == (40, 24), "a smaller copy")
        await person.resize(200, 60)
        await person.until(lambda: asked[-1] == (200, 120), "a larger copy")

    on_stage(PictureView(), does)


class Copies:
    """Loads grey copies of a picture of 640 x 480 and remembers how large they were wanted."""

    def __init__(self) -> None:
        self.wanted: list[tuple[int, int]] = []

    def __call__(self, width: int, height: int) -> Preview:
        self.wanted.append((width, height))
        share = min(width / 640, height / 480, 1)
        size = max(1, int(640 * share)), max(1, int(480 * share))
        return Preview(*size, bytes((128,)) * (size[0] * size[1] * 3))


def opened(copies: Copies, *covered: CoverBox) -> ShownPicture:
    return ShownPicture("one", "one", copies, size=(640, 480), covered=covered)


def test_one_larger_copy_serves_every_closer_look() -> None:
    copies = Copies()

    async def does(person: Person, view: PictureView, _heard: object) -> None:
        view.show(opened(copies))
        await person.until(lambda: view.is_drawn, "the picture")
        for _ in range(4):
            view.zoom(1)
        view.pan(1, 1)
        await person.until(lambda: len(copies.wanted) == 2, "the larger copy")
        await person.settle()
        view.zoom(1)
        view.zoom(0)
        view.zoom(2)
        await person.settle()

    on_stage(PictureView(), does)
    assert copies.wanted == [(80, 48), (CLOSE, CLOSE)]


def test_what_is_looked_at_fills_the_screen_and_stops_at_the_pictures_edges() -> None:
    async def does(person: Person, view: PictureView, _heard: object) -> None:
        view.zoom(1)  # nothing is there yet
        assert not view.sight.is_close
        view.show(opened(Copies()))
        await person.until(lambda: view.is_drawn, "the picture")
        assert view.part == WHOLE
        view.zoom(2)
        assert view.sight.zoom == 2
        for _ in range(20):
            view.pan(-1, -1)
        assert (view.part.left, view.part.top) == (0, 0)
        for _ in range(40):
            view.pan(1, 1)
        assert (view.part.right, view.part.bottom) == (1, 1)
        view.zoom(0)
        assert view.part == WHOLE

    on_stage(PictureView(), does)


def test_another_picture_is_seen_as_a_whole_and_the_same_stays_as_it_was_looked_at() -> None:
    async def does(person: Person, view: PictureView, _heard: object) -> None:
        view.show(opened(Copies()))
        await person.until(lambda: view.is_drawn, "the picture")
        view.zoom(2)
        view.show(opened(Copies(), CoverBox(0, 0, 9, 9)))
        assert view.sight.zoom == 2
        view.show(ShownPicture("two", "two", Copies()))
        assert not view.sight.is_close
        assert not view.is_drawn

    on_stage(PictureView(), does)


def colour_at(view: PictureView, x: int, y: int) -> str:
    segment = view.render_line(y).crop(x, x + 1)._segments[0]
    assert segment.style is not None
    assert segment.style.color is not None
    assert segment.style.color.triplet is not None
    return segment.style.color.triplet.hex


def test_what_is_covered_is_black_wherever_one_looks() -> None:
    async def does(person: Person, view: PictureView, _heard: object) -> None:
        view.show(opened(Copies(), CoverBox(0, 0, 320, 240)))
        await person.until(lambda: view.is_drawn, "the picture")
        left = (80 - 64) // 2
        assert colour_at(view, left, 0) == "#000000"
        assert colour_at(view, left + 31, 11) == "#000000"
        assert colour_at(view, left + 32, 0) != "#000000"
        assert colour_at(view, left, 12) != "#000000"
        view.zoom(4)  # around the middle, where the box ends
        assert colour_at(view, 10, 2) == "#000000"
        assert colour_at(view, 70, 22) != "#000000"

    on_stage(PictureView(), does)


def test_a_frame_is_followed_when_it_leaves_what_is_in_sight() -> None:
    async def does(person: Person, view: PictureView, _heard: object) -> None:
        view.show(opened(Copies()))
        await person.until(lambda: view.is_drawn, "the picture")
        view.zoom(4)
        assert view.part.left > 0.3
        view.cover((), CoverBox(0, 0, 20, 20))
        assert (view.part.left, view.part.top) == (0, 0)
        assert "┌" in view.render_line(0).text

    on_stage(PictureView(), does)


def test_a_place_of_the_view_is_a_pixel_of_the_upright_picture() -> None:
    async def does(person: Person, view: PictureView, _heard: object) -> None:
        assert view.pixel_at(Offset(10, 10)) is None
        view.show(opened(Copies()))
        await person.until(lambda: view.is_drawn, "the picture")
        assert view.pixel_at(Offset(7, 0)) is None
        assert view.pixel_at(Offset(8, 0)) == (5, 10)
        assert view.pixel_at(Offset(71, 23)) == (635, 470)
        assert view.pixel_at(Offset(72, 23)) is None
        assert view.pixels_a_dot == (10, 10)
        view.zoom(2)
        assert [round(dots) for dots in view.pixels_a_dot] == [5, 5]

    on_stage(PictureView(), does)


def test_words_can_stand_in_place_of_a_picture() -> None:
    async def does(person: Person, view: PictureView, _heard: object) -> None:
        view.show(opened(Copies()))
        await person.until(lambda: view.is_drawn, "the picture")
        view.hide("Hidden: an intimate picture.")
        screen = await person.wait_for("Hidden: an intimate picture.")
        assert "▀" not in screen
        assert view.has_opened

    on_stage(PictureView(), does)


def test_a_picture_that_is_closed_before_its_larger_copy_comes_is_not_drawn_with_it() -> None:
    late = threading.Event()

    def load(width: int, height: int) -> Preview:
        if width == CLOSE:
            late.wait(PATIENCE)
        return Copies()(width, height)

    async def does(person: Person, view: PictureView, _heard: object) -> None:
        view.show(ShownPicture("one", "one", load))
        await person.until(lambda: view.is_drawn, "the picture")
        view.zoom(2)
        view.show(None)
        late.set()
        await person.settle()
        assert not view.is_drawn

    try:
        on_stage(PictureView(), does)
    finally:
        late.set()
