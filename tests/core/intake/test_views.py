"""Lesions and views: proposed by order, never assumed; missing ones explained; intimate areas guarded."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.card.card import CardFile
from core.errors import RuleRefusedError
from core.intake.interviews.views import MOST_LESIONS, ViewRules, view_id, views_interview
from core.intake.steps import ViewsNamed
from core.model.lesion import BODY_SITES, INTIMATE_SITES, Laterality, Lesion, View
from core.model.question import Question, Value

from ...support.clinic import MORNING, ONE_LESION, Answers, held, picture, set_of

RULES = ViewRules(intimate_agreed=False, age=40, reason_when_missing=())
WITH_REASON = replace(RULES, reason_when_missing=(View.DERMOSCOPIC,))
EACH: Answers = {**ONE_LESION, "arrangement": "one", "view_*": "close-up"}


def named(
    pictures: tuple[CardFile, ...], answers: Answers, rules: ViewRules = RULES
) -> tuple[ViewsNamed, dict[str, Value]]:
    return held(views_interview(pictures, rules), answers)


def arrangements(pictures: tuple[CardFile, ...]) -> list[str]:
    question = views_interview(pictures, RULES).next({})
    assert question is not None
    return [option.id for option in question.options]


@pytest.mark.parametrize(
    ("count", "views"),
    [(2, [View.LOCATING, View.CLOSE_UP]), (3, [View.LOCATING, View.CLOSE_UP, View.DERMOSCOPIC])],
)
def test_two_or_three_pictures_are_proposed_in_the_order_taken(count: int, views: list[View]) -> None:
    pictures = set_of(count)
    answer, _ = named(pictures[::-1], ONE_LESION)
    assert answer.views == tuple((file.sha256, 1, view) for file, view in zip(pictures, views, strict=True))


@pytest.mark.parametrize("count", [1, 4, 7])
def test_another_number_of_pictures_is_not_guessed_at(count: int) -> None:
    assert arrangements(set_of(count)) == ["one", "several"]
    assert arrangements(set_of(3)) == ["as-proposed", "one", "several"]


def test_the_order_is_that_of_the_camera_not_of_the_names() -> None:
    last, first = picture("IMG_0001.JPG", taken_at=MORNING + timedelta(minutes=5)), picture("IMG_9999.JPG")
    answer, _ = named((last, first), ONE_LESION)
    assert answer.views == ((first.sha256, 1, View.LOCATING), (last.sha256, 1, View.CLOSE_UP))


def test_a_lesion_is_kept_with_its_site_side_and_history() -> None:
    answer, _ = named(set_of(2), ONE_LESION)
    assert answer.lesions == (Lesion(1, "forearm", Laterality.LEFT, "3 months, change and itch"),)


@pytest.mark.parametrize("question", ["site", "laterality", "history"])
def test_each_part_of_a_lesion_must_be_said(question: str) -> None:
    given = {id_: value for id_, value in ONE_LESION.items() if not callable(value)}
    with pytest.raises(RuleRefusedError):
        views_interview(set_of(2), RULES).answer({**given, f"lesion_1_{question}": ""})


def test_every_view_can_be_named_picture_by_picture() -> None:
    pictures = set_of(5)
    said = {view_id(file.sha256): view.value for file, view in zip(pictures, View, strict=True)}
    answer, _ = named(pictures, {**said, **EACH})
    assert [view for _, _, view in answer.views] == list(View)


def several(count: int) -> Answers:
    lesions: dict[str, Value] = {}
    for number in range(1, count + 1):
        lesions[f"lesion_{number}_site"] = BODY_SITES[number][0]
        lesions |= {f"lesion_{number}_laterality": "left", f"lesion_{number}_history": "a year"}
    return {"arrangement": "several", "lesions": str(count), **lesions, "view_*": "close-up"}


def test_each_picture_of_several_lesions_says_which_it_shows() -> None:
    pictures = set_of(3)

    def which(question: Question) -> Value:
        assert [option.label for option in question.options] == [
            "Lesion 1: left forehead or temple",
            "Lesion 2: left eyelid or around the eye",
        ]
        return "2" if question.pictures == (pictures[1].shown,) else "1"

    answer, _ = named(pictures, {**several(2), "lesion_of_*": which})
    assert [lesion for _, lesion, _ in answer.views] == [1, 2, 1]
    assert [lesion.number for lesion in answer.lesions] == [1, 2]


def test_an_episode_has_up_to_nine_lesions() -> None:
    answer, given = named(set_of(1), {**several(MOST_LESIONS), "lesion_of_*": "9"})
    assert [lesion.number for lesion in answer.lesions] == list(range(1, 10))
    assert given["lesions"] == "9"
    with pytest.raises(RuleRefusedError, match="has no answer “10”"):
        named(set_of(1), several(10))


def test_a_view_that_the_route_wants_is_there_or_explained() -> None:
    answer, given = named(set_of(2), {**ONE_LESION, "without_dermoscopic": "no dermatoscope here"}, WITH_REASON)
    assert list(given)[-1] == "without_dermoscopic"
    assert answer.missing_reasons == ((View.DERMOSCOPIC, "no dermatoscope here"),)
    answer, given = named(set_of(3), ONE_LESION, WITH_REASON)
    assert answer.missing_reasons == ()


def test_a_view_that_one_of_several_lesions_lacks_is_explained_for_that_one() -> None:
    pictures = set_of(2)
    said: Answers = {
        view_id(pictures[0].sha256): "dermoscopic",
        "lesion_of_*": lambda q: "1" if "1 of 2" in q.text else "2",
    }

    def why(question: Question) -> Value:
        assert question.text == "Why is there no dermoscopic picture of lesion 2?"
        return "too sore to touch"

    answer, _ = named(pictures, {**said, **several(2), "without_dermoscopic": why}, WITH_REASON)
    assert answer.missing_reasons == ((View.DERMOSCOPIC, "too sore to touch"),)


@pytest.mark.parametrize("site", sorted(INTIMATE_SITES))
def test_an_intimate_site_needs_consent_of_its_own(site: str) -> None:
    said = {**ONE_LESION, "lesion_1_site": site}
    with pytest.raises(RuleRefusedError, match="needs consent of its own") as refused:
        named(set_of(2), said)
    assert "Go back to consent" in refused.value.hint
    answer, _ = named(set_of(2), said, replace(RULES, intimate_agreed=True))
    assert answer.lesions[0].site == site


@pytest.mark.parametrize("site", sorted(INTIMATE_SITES))
@pytest.mark.parametrize("agreed", [True, False])
def test_under_18_an_intimate_site_is_a_hard_stop_whatever_was_agreed(site: str, agreed: bool) -> None:
    with pytest.raises(RuleRefusedError, match="Under 18"):
        named(set_of(2), {**ONE_LESION, "lesion_1_site": site}, replace(RULES, age=17, intimate_agreed=agreed))


def test_other_sites_are_asked_for_nothing_more() -> None:
    for site in {id_ for id_, _ in BODY_SITES} - INTIMATE_SITES:
        answer, _ = named(set_of(2), {**ONE_LESION, "lesion_1_site": site}, replace(RULES, age=5))
        assert answer.lesions[0].site == site


def test_an_answer_belongs_to_its_picture_whatever_else_is_chosen() -> None:
    one, two, three = set_of(3)
    _, given = named((one, two), EACH)
    question = views_interview((three, one, two), RULES).next(given)
    assert question is not None
    assert question.id == view_id(three.sha256)


def test_one_of_a_pair_of_sites_has_no_midline() -> None:
    with pytest.raises(RuleRefusedError, match="There is no midline forearm or wrist"):
        named(set_of(3), {**ONE_LESION, "lesion_1_laterality": "midline"})
