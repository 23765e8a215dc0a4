"""What of a measured picture is of concern, limit by limit: just met, just missed, and by which scale."""

import pytest

from core.model.lesion import View
from core.photo.quality.judging import Concern
from core.photo.quality.limits import load_limits

from ...support.judged import judged

LIMITS = load_limits(None)


def test_a_good_picture_is_of_no_concern() -> None:
    assert judged().concerns() == ()
    assert not judged().calls_for_retake()
    assert judged().in_words() == ""


BETWEEN = (LIMITS.focus_dermoscopic + LIMITS.focus_naked_eye) / 2


@pytest.mark.parametrize(
    ("view", "focus", "is_of_concern"),
    [
        (View.CLOSE_UP, LIMITS.focus_naked_eye, False),
        (View.CLOSE_UP, LIMITS.focus_naked_eye - 0.001, True),
        (View.LOCATING, LIMITS.focus_naked_eye - 0.001, True),
        (View.LATERAL, BETWEEN, True),
        (View.OTHER, BETWEEN, True),
        (View.DERMOSCOPIC, BETWEEN, False),
        (View.DERMOSCOPIC, LIMITS.focus_dermoscopic, False),
        (View.DERMOSCOPIC, LIMITS.focus_dermoscopic - 0.001, True),
        (None, BETWEEN, False),
        (None, LIMITS.focus_dermoscopic - 0.001, True),
    ],
)
def test_focus_has_a_scale_for_dermoscopy_and_the_milder_one_until_the_view_is_known(
    view: View | None, focus: float, is_of_concern: bool
) -> None:
    assert (judged(focus=focus).concerns(view) == (Concern.OUT_OF_FOCUS,)) is is_of_concern
    assert judged(focus=focus).calls_for_retake(view) is is_of_concern


def test_what_cannot_be_judged_is_not_held_against_a_picture_and_an_empty_one_is_told() -> None:
    assert judged(focus=None).concerns(View.CLOSE_UP) == ()
    assert judged(focus=0.0).concerns(View.CLOSE_UP) == (Concern.NO_DETAIL,)


def test_light() -> None:
    assert judged(lit=LIMITS.dark_below).concerns() == ()
    assert judged(lit=LIMITS.dark_below - 1).concerns() == (Concern.TOO_DARK,)
    assert judged(washed_out=LIMITS.washed_out_above).concerns() == ()
    assert judged(washed_out=LIMITS.washed_out_above + 0.001).concerns() == (Concern.TOO_BRIGHT,)


def test_a_picture_much_darker_than_the_others_is_told_and_dark_skin_among_itself_is_not() -> None:
    others = [judged(lit=160), judged(lit=200)]
    assert judged(lit=130).concerns(View.CLOSE_UP, others) == ()
    assert judged(lit=129).concerns(View.CLOSE_UP, others) == (Concern.DARKER,)
    assert judged(lit=LIMITS.dark_below - 1).concerns(View.CLOSE_UP, others) == (Concern.TOO_DARK,)
    assert judged(lit=60).concerns(View.CLOSE_UP, [judged(lit=75), judged(lit=80)]) == ()


@pytest.mark.parametrize(
    ("size", "concerns"),
    [
        ((1024, 768), ()),
        ((768, 1024), ()),
        ((1023, 768), (Concern.SMALLER_THAN_WANTED,)),
        ((800, 600), (Concern.SMALLER_THAN_WANTED,)),
        ((600, 800), (Concern.SMALLER_THAN_WANTED,)),
        ((799, 600), (Concern.TOO_SMALL,)),
        ((4000, 599), (Concern.TOO_SMALL,)),
    ],
)
def test_size_either_way_round(size: tuple[int, int], concerns: tuple[Concern, ...]) -> None:
    small = judged(width=size[0], height=size[1])
    assert small.concerns() == concerns
    assert small.calls_for_retake() is (Concern.TOO_SMALL in concerns)


def test_the_words_say_perhaps_and_give_the_figures_and_speak_of_no_colour() -> None:
    everything = judged(focus=1.0, lit=20, washed_out=0.5, width=640, height=480, damaged=True)
    assert everything.in_words() == (
        "damaged, a part of it may be missing; perhaps out of focus; perhaps too dark; "
        "perhaps too bright, its light parts are washed out; too small, 640 x 480 pixels where 800 x 600 are the least"
    )
    assert judged(width=900, height=700).in_words() == ("smaller than wanted, 900 x 700 pixels where 1024 x 768 are")
    assert judged(focus=0.0).in_words() == "perhaps out of focus or empty, there is no detail in its middle"
    darker = judged(lit=80).in_words(View.CLOSE_UP, [judged(lit=200)])
    assert darker == "perhaps too dark, the patient's other pictures are brighter"


def test_of_two_of_the_same_the_clearly_worse_one_is_told() -> None:
    assert judged(focus=2.2).is_worse_than(judged(focus=3.0))
    assert not judged(focus=2.3).is_worse_than(judged(focus=3.0))
    assert not judged(focus=3.0).is_worse_than(judged(focus=2.2))
    assert judged(levels=60.0).is_worse_than(judged())
    assert not judged(focus=None).is_worse_than(judged())
    assert not judged().is_worse_than(judged(focus=None))
