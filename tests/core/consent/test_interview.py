"""Consent as it is given: each basis, each exception, each refusal, and what is kept of it."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from core.consent.in_words import consent_lines
from core.consent.interview import ConsentInterview, consent_interview
from core.consent.questions import ASKED_WHEN, every_consent_question
from core.consent.record import Capacity, Consent
from core.consent.wording import load_wording
from core.errors import RuleRefusedError
from core.intake.steps import Intake, Step
from core.model.question import Question, Value

from ...support.clinic import EASY, STATION_TIME, Answers, asking_about, held, intake_until

WORDING = load_wording(None)
ADULT, SEVENTEEN, SIXTEEN, CHILD = 40, 17, 16, 15
EXPLAINS = "Dr Ada Palmer"
NEW_FIELDS = ("at", "explained_by", "told_of_referral", "without_photography_reason", "warnings")
"""Which the first episodes of a vault do not have."""


def talk(age: int) -> ConsentInterview:
    return consent_interview(WORDING, age, EXPLAINS, lambda: STATION_TIME)


def agreed(age: int, **answers: Value) -> tuple[Consent, dict[str, Value]]:
    """Agreed with exceptions, where not said otherwise: nothing differs."""
    usual: Answers = {
        "consent": "with-exceptions",
        "basis": "self",
        "basis_details": "grandmother, Ada Ashgrove",
        "exceptions": ("none",),
        "explained_by": "nurse B. Elder",
        "interpreter": "C. Fir, Polish",
        "intimate_explained": "agrees",
        "chaperone": "present",
        "chaperone_name": "nurse D. Hazel",
        "safeguarding": "spoke to the safeguarding lead",
    }
    return held(talk(age), {**usual, **answers})


def options(age: int, question: str, **given: Value) -> list[str]:
    asked = talk(age).next(given)
    assert asked is not None
    assert asked.id == question
    return [option.id for option in asked.options]


@pytest.mark.parametrize("age", [SIXTEEN, SEVENTEEN, ADULT, 101])
def test_an_adult_agrees_as_read_with_one_answer(age: int) -> None:
    consent, given = held(talk(age), {"consent": "as-read"})
    assert given == {"consent": "as-read"}
    assert consent == Consent(
        allows_photography=True,
        capacity=Capacity.SELF,
        teaching=False,
        publication=False,
        written=False,
        wording=f"{WORDING.statement} {WORDING.referral}\n\n{WORDING.as_read}",
        wording_version=WORDING.version,
        given=(("consent", "as-read"),),
        intimate=False,
        at=STATION_TIME,
        explained_by=EXPLAINS,
        told_of_referral=True,
    )


def test_what_one_key_agrees_to_is_on_the_screen() -> None:
    question = talk(ADULT).next({})
    assert question is not None
    for said in (WORDING.statement, WORDING.referral, WORDING.as_read):
        assert said in question.help
    assert WORDING.version in question.source


@pytest.mark.parametrize("age", [CHILD, 7, 0])
def test_under_16_nobody_agrees_as_read(age: int) -> None:
    assert options(age, "consent") == ["with-exceptions", "declines", "safeguarding"]
    with pytest.raises(RuleRefusedError, match="has no answer"):
        talk(age).next({"consent": "as-read"})


@pytest.mark.parametrize(
    ("age", "bases"),
    [
        (CHILD, ["child-with-capacity", "parental-responsibility", "best-interests"]),
        (SIXTEEN, ["self", "parental-responsibility", "best-interests"]),
        (SEVENTEEN, ["self", "parental-responsibility", "best-interests"]),
        (18, ["self", "best-interests"]),
    ],
)
def test_the_basis_goes_by_the_age(age: int, bases: list[str]) -> None:
    assert options(age, "basis", consent="with-exceptions") == bases


@pytest.mark.parametrize(
    ("age", "basis"),
    [
        (CHILD, Capacity.CHILD_WITH_CAPACITY),
        (CHILD, Capacity.PARENT),
        (CHILD, Capacity.BEST_INTERESTS),
        (SEVENTEEN, Capacity.PARENT),
        (ADULT, Capacity.BEST_INTERESTS),
    ],
)
def test_another_basis_than_oneself_says_who_or_how(age: int, basis: Capacity) -> None:
    consent, given = agreed(age, basis=basis.value)
    assert (consent.allows_photography, consent.capacity) == (True, basis)
    assert dict(consent.given)["basis_details"] == given["basis_details"]
    assert (WORDING.best_interests in consent.wording) == (basis is Capacity.BEST_INTERESTS)


def test_oneself_needs_no_further_word() -> None:
    consent, given = agreed(ADULT)
    assert set(given) == {"consent", "basis", "exceptions"}
    assert consent.capacity is Capacity.SELF


def test_each_tier_is_agreed_to_on_its_own() -> None:
    teaching, _ = agreed(ADULT, exceptions=("teaching",))
    assert (teaching.teaching, teaching.publication) == (True, False)
    assert WORDING.teaching in teaching.wording
    assert WORDING.publication not in teaching.wording
    publication, _ = agreed(ADULT, exceptions=("publication",))
    assert (publication.teaching, publication.publication) == (False, True)
    assert WORDING.publication in publication.wording


@pytest.mark.parametrize("tier", ["teaching", "publication"])
def test_best_interests_never_cover_teaching_or_publication(tier: str) -> None:
    with pytest.raises(RuleRefusedError, match="this care only"):
        agreed(ADULT, basis="best-interests", exceptions=(tier, "written"))


def test_written_consent_is_told_from_spoken() -> None:
    assert agreed(ADULT, exceptions=("written",))[0].written
    assert not agreed(ADULT)[0].written


@pytest.mark.parametrize(
    ("exception", "asked"),
    [
        ("explained-by-other", {"explained_by"}),
        ("interpreter", {"interpreter"}),
        ("chaperone", {"chaperone", "chaperone_name"}),
        ("intimate", {"intimate_explained", "chaperone", "chaperone_name"}),
        ("written", set()),
    ],
)
def test_an_exception_is_asked_about_and_kept(exception: str, asked: set[str]) -> None:
    consent, given = agreed(ADULT, exceptions=(exception,))
    assert set(given) == {"consent", "basis", "exceptions"} | asked
    assert dict(consent.given) == given


@pytest.mark.parametrize("chaperone", ["declined", "unavailable"])
def test_only_a_chaperone_who_was_there_has_a_name(chaperone: str) -> None:
    consent, given = agreed(ADULT, exceptions=("chaperone",), chaperone=chaperone)
    assert dict(consent.given)["chaperone"] == chaperone
    assert "chaperone_name" not in given


def test_an_intimate_area_is_explained_before_it_is_agreed_to() -> None:
    interview = talk(ADULT)
    question = interview.next({"consent": "with-exceptions", "basis": "self", "exceptions": ("intimate",)})
    assert question is not None
    assert WORDING.intimate in question.help
    consent, _ = agreed(ADULT, exceptions=("intimate",))
    assert consent.intimate
    assert WORDING.intimate in consent.wording


def test_declining_an_intimate_area_leaves_the_rest_agreed_to() -> None:
    consent, given = agreed(ADULT, exceptions=("intimate",), intimate_explained="declines")
    assert (consent.allows_photography, consent.intimate) == (True, False)
    assert "chaperone" not in given, "there is nothing for a chaperone to be at"
    _, given = agreed(ADULT, exceptions=("intimate", "chaperone"), intimate_explained="declines")
    assert given["chaperone"] == "present"


def test_the_intimate_question_is_put_to_whose_word_it_is() -> None:
    def put(basis: str) -> tuple[str, str]:
        given: dict[str, Value] = {
            "consent": "with-exceptions",
            "basis": basis,
            "basis_details": "his sister",
            "exceptions": ("intimate",),
        }
        question = talk(ADULT).next(given)
        assert question is not None
        return question.text, question.options[0].label

    assert put("self") == (
        "Does the patient agree to pictures of an intimate area?",
        "Explained, the alternative offered: agrees",
    )
    text, label = put("best-interests")
    assert text == "Are pictures of an intimate area in the patient's best interests?"
    assert "those who were asked" in label
    assert "agree" not in text + label


@pytest.mark.parametrize("basis", ["self", "parental-responsibility", "best-interests"])
def test_under_18_an_intimate_area_is_a_hard_stop(basis: str) -> None:
    with pytest.raises(RuleRefusedError, match="Under 18, an intimate area is not photographed") as refused:
        agreed(SEVENTEEN, basis=basis, exceptions=("intimate",))
    assert "Refer without photography" in refused.value.hint
    assert agreed(18, exceptions=("intimate",))[0].intimate


@pytest.mark.parametrize("age", [CHILD, SEVENTEEN, ADULT])
def test_who_declines_is_asked_nothing_more(age: int) -> None:
    consent, given = held(talk(age), {"consent": "declines"})
    assert given == {"consent": "declines"}
    assert (consent.allows_photography, consent.capacity, consent.intimate) == (False, None, False)
    assert (consent.wording, consent.wording_version) == (WORDING.read_out, WORDING.version)
    assert consent.without_photography_reason == "Declined"
    assert (consent.told_of_referral, consent.explained_by, consent.at) == (True, EXPLAINS, STATION_TIME)
    assert consent_lines(consent)[0] == "Declined. The referral goes on without pictures."


@pytest.mark.parametrize("age", [CHILD, SEVENTEEN, ADULT])
def test_a_safeguarding_concern_is_referred_without_pictures_and_with_its_reason(age: int) -> None:
    consent, given = agreed(age, consent="safeguarding")
    assert given == {"consent": "safeguarding", "safeguarding": "spoke to the safeguarding lead"}
    assert (consent.allows_photography, consent.capacity, consent.wording) == (False, None, "")
    assert not consent.told_of_referral, "nothing was read out to anybody"
    assert consent.without_photography_reason == "Safeguarding concern: spoke to the safeguarding lead"
    assert consent.at == STATION_TIME
    with pytest.raises(RuleRefusedError, match="is empty"):
        talk(age).next({"consent": "safeguarding", "safeguarding": " "})
    question = talk(age).next({"consent": "safeguarding"})
    assert question is not None
    assert "Others in the room may see this screen" in question.help


def test_a_safeguarding_concern_asks_for_no_picture_and_still_comes_to_the_move() -> None:
    asking = asking_about()
    said = {Step.CONSENT: {"consent": "safeguarding", "safeguarding": "as talked about"}}
    intake = intake_until(Step.MOVE, asking, {**EASY, **said})
    assert intake.step is Step.MOVE
    assert Step.PICTURES not in intake.steps


def test_who_explained_it_is_whoever_is_signed_in_unless_somebody_else_is_named() -> None:
    assert agreed(ADULT)[0].explained_by == EXPLAINS
    consent, _ = agreed(ADULT, exceptions=("explained-by-other",))
    assert consent.explained_by == "nurse B. Elder"
    assert "Explained by nurse B. Elder on 25 Nov 2026 at 09:45; told that advice may turn" in consent_lines(consent)[1]


def test_it_is_given_when_its_last_question_is_answered() -> None:
    times = iter(STATION_TIME + timedelta(minutes=minutes) for minutes in range(9))
    interview = consent_interview(WORDING, ADULT, EXPLAINS, lambda: next(times))
    assert interview.next({"consent": "with-exceptions"}) is not None
    given: dict[str, Value] = {"consent": "with-exceptions", "basis": "self", "exceptions": ("none",)}
    assert interview.answer(given).at == STATION_TIME + timedelta(minutes=1)


def test_looked_at_again_and_left_as_it_was_it_keeps_its_time() -> None:
    intake = intake_until(Step.PICTURES, asking_about())
    first = intake.consent
    assert first is not None
    later = replace(first, at=STATION_TIME + timedelta(minutes=9))
    assert intake.record(later).consent == first
    other = replace(later, teaching=True)
    assert intake.record(other).consent == other
    assert Intake(intake.patient, intake.pathway).record(later).consent == later


def test_an_older_consent_reads_without_what_it_never_said() -> None:
    consent, _ = agreed(ADULT)
    row = {name: value for name, value in msgspec.to_builtins(consent).items() if name not in NEW_FIELDS}
    read = msgspec.convert(row, Consent)
    assert (read.at, read.explained_by, read.told_of_referral, read.warnings) == (None, "", False, ())
    assert read.allows_photography
    assert len(consent_lines(read)) == 1
    declined = {**row, "allows_photography": False}
    assert consent_lines(msgspec.convert(declined, Consent)) == ("Declined. The referral goes on without pictures.",)


@pytest.mark.parametrize("age", [CHILD, SEVENTEEN, ADULT])
def test_what_is_kept_of_it_is_read_back_as_it_was(age: int) -> None:
    for consent in (
        agreed(age, basis="best-interests", exceptions=("interpreter", "chaperone"))[0],
        agreed(age, consent="declines")[0],
        agreed(age, consent="safeguarding")[0],
    ):
        kept = msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(consent)))
        assert msgspec.convert(kept, Consent) == consent


def test_every_word_of_it_is_in_its_sentences() -> None:
    consent, _ = agreed(ADULT, basis="best-interests", exceptions=("interpreter", "written", "intimate"))
    assert consent_lines(consent) == (
        f"For this care, in writing, wording {WORDING.version}, on the word of: the clinician, in the patient's best "
        "interests",
        "Who agrees, or how it was judged: grandmother, Ada Ashgrove",
        "An intimate area: explained and agreed to.",
        f"Explained by {EXPLAINS} on 25 Nov 2026 at 09:45; told that advice may turn into a referral.",
        "Interpreter: C. Fir, Polish",
        "Chaperone: present: nurse D. Hazel",
    )
    assert consent_lines(None) == ("Not asked: no pictures are taken.",)


@pytest.mark.parametrize(("chaperone", "said"), [("declined", "offered and declined"), ("unavailable", "nobody could")])
def test_a_chaperone_who_was_not_there_is_said_so(chaperone: str, said: str) -> None:
    consent, _ = agreed(ADULT, exceptions=("chaperone",), chaperone=chaperone)
    assert said in consent_lines(consent)[-1]


def test_from_16_on_another_word_than_ones_own_says_why() -> None:
    def put(age: int) -> Question:
        question = talk(age).next({"consent": "with-exceptions", "basis": "parental-responsibility"})
        assert question is not None
        return question

    assert "why can the patient not decide" in put(SIXTEEN).text
    assert "presumed to decide for themselves" in put(SIXTEEN).help
    assert put(CHILD).text == "Who agrees, and how are they related to the patient?"


def test_every_question_is_listed_in_order_for_an_answers_file() -> None:
    _, with_concern = agreed(ADULT, consent="safeguarding")
    everything = ("explained-by-other", "teaching", "publication", "written", "interpreter", "chaperone", "intimate")
    _, with_everything = agreed(ADULT, exceptions=everything)
    _, with_details = agreed(CHILD, basis="parental-responsibility")
    listed = [question.id for question in every_consent_question(WORDING)]
    assert listed == ["consent", *ASKED_WHEN]
    assert [id_ for id_ in listed if id_ not in ("basis_details", "safeguarding")] == list(with_everything)
    assert [id_ for id_ in listed if id_ in with_concern] == list(with_concern)
    assert [id_ for id_ in listed if id_ in with_details] == list(with_details)
