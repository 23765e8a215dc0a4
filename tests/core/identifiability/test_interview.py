"""A clinician answers for every picture; software only adds warnings."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.card.card import CardFile
from core.errors import RuleRefusedError
from core.identifiability.assessment import Assessment, Assessments
from core.identifiability.interview import (
    BREACH,
    cover_id,
    identifiability_interview,
    identifiable_id,
    reason_id,
    specific_consent_id,
)
from core.intake.steps import Step
from core.model.picture import CoverBox, DiscardDecision, Identifiability
from core.model.question import Value

from ...support.clinic import EASY, Answers, asking_about, held, intake_until, picture, set_of

ONE, TWO, THREE = set_of(3)
PHONE = picture("IMG_0009.JPG", make="Apple", model="iPhone 15")


def assessed(
    pictures: Sequence[CardFile], answers: Answers, *, allowed: bool = True
) -> tuple[Assessments, dict[str, Value]]:
    return held(identifiability_interview(pictures, identifiable_allowed=allowed), answers)


def test_every_picture_is_asked_about_and_none_is_answered_by_silence() -> None:
    interview = identifiability_interview((ONE, TWO, THREE), identifiable_allowed=True)
    given: dict[str, Value] = {}
    for number, file in enumerate((ONE, TWO, THREE), 1):
        question = interview.next(given)
        assert question is not None
        assert question.id == identifiable_id(file.sha256)
        assert question.text == f"Could picture {number} of 3 identify the patient?"
        assert question.pictures == (file.shown,)
        with pytest.raises(RuleRefusedError):
            interview.next({**given, question.id: ""})
        given[question.id] = "nothing"
    assert interview.next(given) is None
    assert [a.sha256 for a in interview.answer(given).assessments] == [ONE.sha256, TWO.sha256, THREE.sha256]


def test_a_clean_picture_is_asked_about_like_one_with_findings() -> None:
    for file in (ONE, picture("A.JPG", owner="Yew"), PHONE):
        question = identifiability_interview((file,), identifiable_allowed=True).next({})
        assert question is not None
        assert [option.id for option in question.options] == ["nothing", "cover", "needed", "withheld"]


def test_what_to_look_for_stands_beside_the_picture() -> None:
    question = identifiability_interview((picture("A.JPG", owner="Yew"),), identifiable_allowed=True).next({})
    assert question is not None
    assert "owner is named in the file: “Yew”" in question.help
    for sought in ("face or part of one", "eyes", "ears", "teeth", "tattoo", "scar", "birthmark", "jewellery"):
        assert sought in question.help
    for sought in ("nail art", "background", "text or label", "intimate area"):
        assert sought in question.help


def test_findings_are_kept_with_the_answer() -> None:
    file = picture("A.JPG", serial="77")
    answer, _ = assessed((file,), {"identifiable_*": "nothing"})
    assert answer.assessments[0].findings == ("The camera's serial number is in the file: “77”.",)


def test_a_needed_picture_takes_specific_consent_and_a_reason() -> None:
    answer, given = assessed(
        (ONE,), {"identifiable_*": "needed", "specific_consent_*": "agrees", "reason_*": "on the eyelid"}
    )
    assert list(given) == [identifiable_id(ONE.sha256), specific_consent_id(ONE.sha256), reason_id(ONE.sha256)]
    assert answer.assessments == (Assessment(ONE.sha256, Identifiability.NEEDED, "on the eyelid", (), True),)


def test_without_specific_consent_it_is_not_kept() -> None:
    with pytest.raises(RuleRefusedError, match="specific consent") as refused:
        assessed((ONE,), {"identifiable_*": "needed", "specific_consent_*": "declines"})
    assert "cannot be used" in refused.value.hint


def test_where_the_pathway_does_not_allow_it_nothing_that_identifies_is_kept() -> None:
    interview = identifiability_interview((ONE,), identifiable_allowed=False)
    question = interview.next({})
    assert question is not None
    assert [option.id for option in question.options] == ["nothing", "cover", "withheld"]
    with pytest.raises(RuleRefusedError, match="has no answer “needed”"):
        interview.next({question.id: "needed"})


def test_gloucestershire_does_not_allow_it_and_england_does() -> None:
    for pathway, allowed in (("glos-skin-lesions", False), ("england-skin-2026", True)):
        intake = intake_until(Step.IDENTIFIABILITY, asking_about(set_of(3), pathway=pathway))
        assert intake.pathway is not None
        assert intake.pathway.identifiable_allowed is allowed


def test_a_withheld_picture_is_given_up_with_its_reason_and_not_kept() -> None:
    said = {identifiable_id(TWO.sha256): "withheld", "identifiable_*": "nothing", "reason_*": "half a face"}
    intake = intake_until(Step.REVIEW, asking_about((ONE, TWO, THREE)), {**EASY, Step.IDENTIFIABILITY: said})
    assert [kept.sha256 for kept in intake.kept] == [ONE.sha256, THREE.sha256]
    assert intake.discarded == (DiscardDecision(TWO.sha256, "half a face"),)


@pytest.mark.parametrize("answer", ["needed", "withheld"])
def test_anything_but_nothing_needs_a_reason(answer: str) -> None:
    said: dict[str, Value] = {identifiable_id(ONE.sha256): answer, specific_consent_id(ONE.sha256): "agrees"}
    with pytest.raises(RuleRefusedError):
        identifiability_interview((ONE,), identifiable_allowed=True).next({**said, reason_id(ONE.sha256): " "})


def test_an_answer_belongs_to_its_picture_not_to_its_place() -> None:
    _, given = assessed((ONE, TWO), {"identifiable_*": "nothing"})
    question = identifiability_interview((THREE, ONE, TWO), identifiable_allowed=True).next(given)
    assert question is not None
    assert question.id == identifiable_id(THREE.sha256)


def test_a_phone_is_asked_about_once_for_all_its_pictures() -> None:
    other = picture("IMG_0010.JPG", make="Apple")
    answer, given = assessed(
        (ONE, PHONE, other), {"identifiable_*": "nothing", "phone_off": ("bluetooth", "location", "cloud", "social")}
    )
    assert list(given)[-1] == "phone_off"
    assert answer.phone_answers == (("phone_off", ("bluetooth", "location", "cloud", "social")),)


@pytest.mark.parametrize("off", [("none",), ("cloud",), ("bluetooth", "location", "cloud")])
def test_a_phone_that_may_have_copied_is_followed_up(off: tuple[str, ...]) -> None:
    answer, _ = assessed(
        (PHONE,), {"identifiable_*": "nothing", "phone_off": off, "phone_copies": "album emptied; manager told"}
    )
    assert answer.phone_answers == (("phone_off", off), ("phone_copies", "album emptied; manager told"))


def test_the_breach_is_named_where_a_phone_is_asked_about() -> None:
    interview = identifiability_interview((PHONE,), identifiable_allowed=True)
    question = interview.next({identifiable_id(PHONE.sha256): "nothing"})
    assert question is not None
    assert "breaches confidentiality, security and storage rules" in question.help
    assert "kept with the episode" in question.help


@pytest.mark.parametrize(
    ("off", "told"),
    [
        (
            ("bluetooth", "location", "cloud", "social"),
            ("A phone took a picture; everything that copies was switched off.",),
        ),
        (
            ("bluetooth", "location", "cloud"),
            ("A phone took a picture, and these may have been on: Social media.", "Copies elsewhere: told the manager"),
        ),
        (
            ("bluetooth", "location", "social"),
            (
                "A phone took a picture, and these may have been on: Copies to a cloud.",
                BREACH,
                "Copies elsewhere: told the manager",
            ),
        ),
        (
            ("none",),
            (
                "A phone took a picture, and these may have been on: "
                "Bluetooth, Location, Copies to a cloud, Social media.",
                BREACH,
                "Copies elsewhere: told the manager",
            ),
        ),
    ],
)
def test_before_the_move_it_is_said_what_the_phone_may_have_done(off: tuple[str, ...], told: tuple[str, ...]) -> None:
    answer, _ = assessed((PHONE,), {"identifiable_*": "nothing", "phone_off": off, "phone_copies": "told the manager"})
    assert answer.phone_lines == told


@pytest.mark.parametrize(("off", "is_named"), [(("none",), True), (("social",), True), (("cloud",), False)])
def test_where_a_cloud_may_have_copied_the_breach_is_named_again(off: tuple[str, ...], is_named: bool) -> None:
    interview = identifiability_interview((PHONE,), identifiable_allowed=True)
    question = interview.next({identifiable_id(PHONE.sha256): "nothing", "phone_off": off})
    assert question is not None
    assert question.id == "phone_copies"
    assert (BREACH in question.help) is is_named


def test_no_phone_is_asked_about_where_there_is_none() -> None:
    answer, given = assessed((ONE,), {"identifiable_*": "nothing"})
    assert answer.phone_answers == answer.phone_lines == ()
    assert list(given) == [identifiable_id(ONE.sha256)]


def test_a_withheld_phone_picture_was_taken_with_a_phone_all_the_same() -> None:
    answer, _ = assessed(
        (PHONE,), {"identifiable_*": "withheld", "reason_*": "face", "phone_off": ("none",), "phone_copies": "deleted"}
    )
    assert answer.phone_answers[0] == ("phone_off", ("none",))


def test_a_part_is_covered_in_pixels_of_the_upright_picture() -> None:
    answer, _ = assessed((ONE,), {"identifiable_*": "cover", "cover_*": "0,0,100,80;3000, 2000 ,4000,3000"})
    assert answer.assessments[0].cover == (CoverBox(0, 0, 100, 80), CoverBox(3000, 2000, 4000, 3000))
    assert (answer.assessments[0].reason, answer.assessments[0].specific_consent) == ("", False)


def test_a_picture_that_lies_on_its_side_is_covered_as_it_is_looked_at() -> None:
    assert ONE.facts is not None
    lying = replace(ONE, facts=replace(ONE.facts, orientation=6))
    answer, _ = assessed((lying,), {"identifiable_*": "cover", "cover_*": "0,0,3000,3999"})
    assert answer.assessments[0].cover == (CoverBox(0, 0, 3000, 3999),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "names no box"),
        (" ; ", "names no box"),
        ("all", "is not written as"),
        ("1,2,3", "is not written as"),
        ("5,5,5,9", "is not written as"),
        ("0,0,4001,10", "beyond the picture"),
        ("0,0,4000,3000", "covers the whole picture"),
        (";".join(["0,0,9,9"] * 21), "more than 20"),
    ],
)
def test_a_cover_that_is_none_is_refused(written: str, said: str) -> None:
    with pytest.raises(RuleRefusedError, match=said):
        identifiability_interview((ONE,), identifiable_allowed=True).next(
            {identifiable_id(ONE.sha256): "cover", cover_id(ONE.sha256): written}
        )
