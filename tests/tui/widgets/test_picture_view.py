"""Pictures in characters: colours where there are some, four greys where there are not."""

import threading

import pytest

from core.errors import CardError
from core.photo.previews import Preview
from tui.widgets.picture_view import GREYS, PictureView, ShownPicture, dithered, half_blocks

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
