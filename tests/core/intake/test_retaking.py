"""Advice to take a picture again: who is named, with which words, beside which others; and that nothing rests on it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.card.card import CardFile
from core.intake.asking import interview_for
from core.intake.interviews.pictures import pictures_interview
from core.intake.interviews.retaking import advice_on, quality_in_words, quality_lines
from core.intake.interviews.review import review_sections
from core.intake.interviews.views import ViewRules, views_interview
from core.intake.steps import Step
from core.model.lesion import View
from core.model.picture import Identifiability, PictureDecision

from ...support.clinic import STATION_TIME, asking_about, card_of, intake_until, picture, set_of
from ...support.judged import BLURRED, like, three

SET = (View.LOCATING, View.CLOSE_UP, View.DERMOSCOPIC)
RULES = ViewRules(intimate_agreed=False, age=40, reason_when_missing=())


def decided(
    files: Sequence[CardFile], views: Sequence[View], lesions: Sequence[int] = (1, 1, 1)
) -> list[PictureDecision]:
    return [
        PictureDecision(file.sha256, lesion, view, Identifiability.NOTHING)
        for file, view, lesion in zip(files, views, lesions, strict=True)
    ]


def lines(files: Sequence[CardFile], views: Sequence[View], lesions: Sequence[int] = (1, 1, 1)) -> list[str]:
    return list(quality_lines(decided(files, views, lesions), {file.sha256: file for file in files}))


def test_good_pictures_and_those_that_nobody_measured_are_not_spoken_of() -> None:
    assert advice_on(three()) == advice_on(three(), SET) == advice_on(set_of(3), SET) == ""
    assert lines(three(), SET) == lines(set_of(3), SET) == []
    assert quality_in_words(picture("IMG_0001.JPG")) == ""


def test_one_is_named_with_what_is_wrong_and_what_to_do() -> None:
    again = "IMG_0002.JPG: perhaps out of focus. Take it again while the patient is here."
    assert advice_on(three(**BLURRED)) == advice_on(three(**BLURRED), SET) == again
    assert lines(three(**BLURRED), SET) == [f"DCIM/100CANON/{again}"]


def test_several_are_named_in_one_line_and_the_fourth_is_a_number() -> None:
    blurred = [like(file, **BLURRED) for file in set_of(5)]
    said = advice_on(blurred)
    assert said == (
        "IMG_0001.JPG, IMG_0002.JPG, IMG_0003.JPG: perhaps out of focus. 2 more likewise. "
        "Take them again while the patient is here."
    )
    first, second, *_ = set_of(2)
    assert advice_on([like(first, **BLURRED), like(second, lit=10)]) == (
        "IMG_0001.JPG: perhaps out of focus. IMG_0002.JPG: perhaps too dark. Take them again while the patient is here."
    )


def test_two_of_the_same_name_are_told_apart() -> None:
    one, other = (like(picture(f"DCIM/{folder}/IMG_0001.JPG"), **BLURRED) for folder in ("100CANON", "101CANON"))
    assert advice_on((one, other)).startswith("DCIM/100CANON/IMG_0001.JPG, DCIM/101CANON/IMG_0001.JPG: perhaps")
    assert advice_on((one,)).startswith("IMG_0001.JPG: perhaps")


def test_a_dermoscopic_picture_has_its_own_scale_once_it_is_known_to_be_one() -> None:
    files = three(focus=1.8)
    assert advice_on(files) == ""
    assert advice_on(files, SET).startswith("IMG_0002.JPG: perhaps out of focus.")
    assert advice_on(files, (View.LOCATING, View.DERMOSCOPIC, View.DERMOSCOPIC)) == ""


def test_light_is_held_against_pictures_that_were_taken_alike() -> None:
    darker = "IMG_0002.JPG: perhaps too dark, the patient's other pictures are brighter."
    assert advice_on(three(lit=90)) == ""
    assert advice_on(three(lit=90), SET).startswith(darker)
    assert advice_on(three(lit=90), (View.LOCATING, View.DERMOSCOPIC, View.CLOSE_UP)) == ""


def test_the_better_of_two_of_the_same_view_is_named_and_no_retake_then() -> None:
    files = three(**BLURRED)
    views = (View.CLOSE_UP, View.CLOSE_UP, View.DERMOSCOPIC)
    better = "DCIM/100CANON/IMG_0001.JPG shows the same and is better."
    assert lines(files, views) == [f"DCIM/100CANON/IMG_0002.JPG: perhaps out of focus. {better}"]
    assert lines(three(focus=2.1), views) == [f"DCIM/100CANON/IMG_0002.JPG: less sharp, or lit less well. {better}"]
    assert lines(three(focus=2.1), views, (1, 2, 1)) == []
    assert lines(three(focus=2.1), (View.OTHER, View.OTHER, View.DERMOSCOPIC)) == []


def test_what_does_not_call_for_a_retake_is_told_in_the_review_alone() -> None:
    files = three(width=900, height=700)
    assert advice_on(files, SET) == ""
    assert lines(files, SET) == [
        "DCIM/100CANON/IMG_0002.JPG: smaller than wanted, 900 x 700 pixels where 1024 x 768 are."
    ]


def test_it_stands_under_the_questions_about_pictures_and_adds_none() -> None:
    poor, fine = three(**BLURRED), three()
    which = pictures_interview(card_of(poor), STATION_TIME).next({})
    assert which is not None
    assert which.help == advice_on(poor)
    without = pictures_interview(card_of(fine), STATION_TIME).next({})
    assert without == replace(which, help="")
    one_by_one = pictures_interview(card_of(poor), STATION_TIME).next({"which": "choose"})
    assert one_by_one is not None
    assert [option.help for option in one_by_one.options] == ["JPEG picture", "perhaps out of focus", "JPEG picture"]
    arrangement = views_interview(poor, RULES).next({})
    assert arrangement is not None
    assert arrangement.help.splitlines()[-1] == advice_on(poor, SET)
    assert len(arrangement.help.splitlines()) == 4


def test_a_picture_whose_view_is_asked_comes_with_its_advice() -> None:
    poor = three(**BLURRED)
    answers = {"arrangement": "one", "lesion_1_site": "forearm", "lesion_1_laterality": "left", "lesion_1_history": "x"}
    given = {**answers, f"view_{poor[0].sha256}": "locating"}
    question = views_interview(poor, RULES).next(given)
    assert question is not None
    assert question.help.splitlines() == [poor[1].shown, advice_on([poor[1]])]


@pytest.mark.parametrize("second", [{}, {"focus": 1.2, "lit": 10, "washed_out": 0.9, "width": 300, "damaged": True}])
def test_the_worst_picture_goes_the_same_way_as_the_best(second: dict[str, object]) -> None:
    """Advice never blocks: the same answers, and no more of them, lead to the same move."""
    files = three(**second)
    intake = intake_until(Step.REVIEW, asking_about(files))
    good = intake_until(Step.REVIEW, asking_about(three()))
    assert intake.kept == good.kept
    said = {section.heading: section for section in review_sections(intake, card_of(files))}
    review = interview_for(Step.REVIEW, intake, asking_about(files)).next({})
    assert review is not None
    assert [option.id for option in review.options] == ["move"]
    assert ("Quality" in said) is bool(second)
    if second:
        assert said["Quality"].steps == (Step.PICTURES,)
        assert f"Quality: {said['Quality'].lines[0]}" in review.help
