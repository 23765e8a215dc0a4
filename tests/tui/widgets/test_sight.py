"""What of a picture is in sight: never beyond it, however one zooms and pans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.sight import WHOLE, ZOOMS, Part, Sight

PICTURE, SCREEN = (4000, 3000), (80, 26)
moves = st.lists(st.tuples(st.sampled_from(["zoom", "pan"]), st.integers(-3, 3), st.integers(-3, 3)), max_size=20)
sizes = st.tuples(st.integers(1, 6000), st.integers(1, 6000))


@given(moves, sizes, st.tuples(st.integers(1, 200), st.integers(1, 120)))
def test_what_is_in_sight_never_lies_beyond_the_picture(
    moved: list[tuple[str, int, int]], picture: tuple[int, int], screen: tuple[int, int]
) -> None:
    sight = Sight()
    for what, one, other in moved:
        sight = sight.zoomed(one) if what == "zoom" else sight.panned(one / 4, other / 4, picture, screen)
        part = sight.part(picture, screen)
        assert -1e-9 <= part.left < part.right <= 1 + 1e-9
        assert -1e-9 <= part.top < part.bottom <= 1 + 1e-9


@pytest.mark.parametrize(("steps", "zoom"), [(1, ZOOMS[1]), (2, ZOOMS[2]), (100, ZOOMS[-1]), (-100, 1.0)])
def test_zooming_ends_at_both_ends(steps: int, zoom: float) -> None:
    assert Sight().zoomed(steps).zoom == zoom


def test_the_whole_picture_is_in_sight_first_and_cannot_be_moved() -> None:
    assert Sight().part(PICTURE, SCREEN) == WHOLE
    assert Sight().panned(1, 1, PICTURE, SCREEN).part(PICTURE, SCREEN) == WHOLE


def test_panning_moves_by_shares_of_what_is_in_sight_and_stops_at_the_edges() -> None:
    close = Sight(zoom=4.0)
    part = close.part((100, 100), (50, 50))
    assert part == Part(0.375, 0.375, 0.625, 0.625)
    moved = close.panned(0.25, 0, (100, 100), (50, 50)).part((100, 100), (50, 50))
    assert moved.left == pytest.approx(0.4375)
    assert moved.top == 0.375
    corner = close
    for _ in range(20):
        corner = corner.panned(0.25, 0.25, (100, 100), (50, 50))
    assert corner.part((100, 100), (50, 50)) == Part(0.75, 0.75, 1.0, 1.0)
    back = corner.panned(-0.25, 0, (100, 100), (50, 50)).part((100, 100), (50, 50))
    assert back.left == pytest.approx(0.6875), "a key pressed at the edge in vain need not be taken back"
