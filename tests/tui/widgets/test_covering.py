"""Boxes over a picture: moved and sized by keys within it, black where they lie, a line around the one in hand."""

from hypothesis import given
from hypothesis import strategies as st
from textual.strip import Strip

from core.model.picture import MOST_BOXES, CoverBox
from core.photo.previews import Preview
from tui.widgets.covering import CoverDraft, blackened, framed
from tui.widgets.half_blocks import half_blocks
from tui.widgets.sight import WHOLE, Part

SIZE = (400, 300)
WHITE = Preview(40, 30, bytes((255,)) * 3600)


@given(st.lists(st.tuples(st.booleans(), st.integers(-500, 500), st.integers(-500, 500)), max_size=15))
def test_a_frame_never_leaves_the_picture_and_never_becomes_nothing(steps: list[tuple[bool, int, int]]) -> None:
    draft = CoverDraft(SIZE).begun(WHOLE)
    for moves, one, other in steps:
        draft = draft.moved(one, other) if moves else draft.sized(one, other)
        assert draft.frame is not None
        assert draft.frame.lies_in(*SIZE)


def test_moving_keeps_the_size_also_at_the_edge() -> None:
    draft = CoverDraft(SIZE, frame=CoverBox(10, 10, 110, 60))
    assert draft.moved(-50, -50).frame == CoverBox(0, 0, 100, 50)
    assert draft.moved(1000, 1000).frame == CoverBox(300, 250, 400, 300)


def test_sizing_moves_the_right_and_the_lower_edge() -> None:
    draft = CoverDraft(SIZE, frame=CoverBox(10, 10, 110, 60))
    assert draft.sized(20, -10).frame == CoverBox(10, 10, 130, 50)
    assert draft.sized(-1000, 1000).frame == CoverBox(10, 10, 11, 300)


def test_a_first_frame_lies_beside_the_middle_where_the_lesion_mostly_is() -> None:
    frame = CoverDraft(SIZE).begun(WHOLE).frame
    assert frame is not None
    assert frame.right < SIZE[0] / 2
    assert frame.bottom < SIZE[1] / 2
    closer = CoverDraft(SIZE).begun(Part(0.5, 0.5, 0.75, 0.75)).frame
    assert closer is not None
    assert 200 <= closer.left < closer.right <= 300


def test_boxes_are_added_and_taken_away_the_frame_first() -> None:
    first, second = CoverBox(1, 1, 5, 5), CoverBox(6, 6, 9, 9)
    draft = CoverDraft(SIZE, (first,), second)
    assert draft.added() == CoverDraft(SIZE, (first, second))
    assert draft.without_last() == CoverDraft(SIZE, (first,))
    assert draft.without_last().without_last() == CoverDraft(SIZE)
    assert CoverDraft(SIZE, (first,)).added() == CoverDraft(SIZE, (first,))


def test_no_more_boxes_are_added_than_core_takes() -> None:
    full = CoverDraft(SIZE, (CoverBox(0, 0, 1, 1),) * MOST_BOXES, CoverBox(1, 1, 2, 2))
    assert full.is_full
    assert full.added() == full


def test_exactly_the_dots_whose_middles_lie_in_a_box_are_black() -> None:
    """Ten pixels a dot: 96 to 204 holds the middles 105 to 195, which are dots 10 to 19."""
    seen = blackened(WHITE, WHOLE, [CoverBox(96, 0, 204, 10)], SIZE)
    black = [(at % 40, at // 40) for at in range(1200) if seen.rgb[3 * at : 3 * at + 3] == b"\0\0\0"]
    assert black == [(x, 0) for x in range(10, 20)]


def test_a_box_is_black_where_it_lies_in_what_is_looked_at_closely() -> None:
    seen = blackened(WHITE, Part(0.5, 0.5, 1.0, 1.0), [CoverBox(0, 0, 210, 160)], SIZE)
    assert seen.rgb[:3] == b"\0\0\0"
    assert seen.rgb[3 * 2 : 3 * 2 + 3] == b"\xff\xff\xff"
    assert blackened(WHITE, Part(0.5, 0.5, 1.0, 1.0), [CoverBox(0, 0, 190, 300)], SIZE).rgb == WHITE.rgb


def text(strips: list[Strip]) -> list[str]:
    return [strip.text for strip in strips]


def test_the_frame_is_a_line_on_the_cells_it_touches() -> None:
    lines = text(framed(half_blocks(WHITE), WHOLE, CoverBox(100, 40, 150, 120), SIZE, 30))
    assert lines[1] == "▀" * 40
    assert lines[2] == "▀" * 10 + "┌───┐" + "▀" * 25
    assert lines[3] == "▀" * 10 + "│▀▀▀│" + "▀" * 25
    assert lines[5] == "▀" * 10 + "└───┘" + "▀" * 25
    assert lines[6] == "▀" * 40


def test_a_frame_smaller_than_a_cell_can_still_be_seen_and_one_out_of_sight_draws_nothing() -> None:
    assert text(framed(half_blocks(WHITE), WHOLE, CoverBox(101, 41, 103, 43), SIZE, 30))[2][10] == "■"
    flat = text(framed(half_blocks(WHITE), WHOLE, CoverBox(100, 41, 150, 43), SIZE, 30))
    assert flat[2][10:15] == "├───┤"
    half_seen = text(framed(half_blocks(WHITE), Part(0.25, 0.0, 0.5, 1.0), CoverBox(50, 40, 150, 120), SIZE, 30))
    assert "┐" in half_seen[2]
    assert "┌" not in half_seen[2]
    away = framed(half_blocks(WHITE), Part(0.5, 0.5, 1.0, 1.0), CoverBox(0, 0, 50, 50), SIZE, 30)
    assert text(away) == ["▀" * 40] * 15
