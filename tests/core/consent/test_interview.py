"""Consent as it is given: each basis, each exception, each refusal, and what is kept of it."""

import pytest

from core.consent.interview import consent_interview
from core.consent.questions import ASKED_WHEN, every_consent_question
from core.consent.record import Capacity, Consent
from core.consent.wording import load_wording
from core.errors import RuleRefusedError
from core.model.question import Value

from ...support.clinic import Answers, held

WORDING = load_wording(None)
ADULT, SEVENTEEN, SIXTEEN, CHILD = 40, 17, 16, 15


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
    }
    return held(consent_interview(WORDING, age), {**usual, **answers})


def options(age: int, question: str, **given: Value) -> list[str]:
    asked = consent_interview(WORDING, age).next(given)
    assert asked is not None
    assert asked.id == question
    return [option.id for option in asked.options]


@pytest.mark.parametrize("age", [SIXTEEN, SEVENTEEN, ADULT, 101])
def test_an_adult_agrees_as_read_with_one_answer(age: int) -> None:
    consent, given = held(consent_interview(WORDING, age), {"consent": "as-read"})
    assert given == {"consent": "as-read"}
    assert consent == Consent(
        allows_photography=True,
        capacity=Capacity.SELF,
        teaching=False,
        publication=False,
        written=False,
        wording=f"{WORDING.statement}\n\n{WORDING.as_read}",
        wording_version=WORDING.version,
        given=(("consent", "as-read"),),
        intimate=False,
    )


def test_what_one_key_agrees_to_is_on_the_screen() -> None:
    question = consent_interview(WORDING, ADULT).next({})
    assert question is not None
    assert WORDING.statement in question.help
    assert WORDING.as_read in question.help
    assert WORDING.version in question.source


@pytest.mark.parametrize("age", [CHILD, 7, 0])
def test_under_16_nobody_agrees_as_read(age: int) -> None:
    assert options(age, "consent") == ["with-exceptions", "declines"]
    with pytest.raises(RuleRefusedError, match="has no answer"):
        consent_interview(WORDING, age).next({"consent": "as-read"})


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
    interview = consent_interview(WORDING, ADULT)
    question = interview.next({"consent": "with-exceptions", "basis": "self", "exceptions": ("intimate",)})
    assert question is not None
    assert WORDING.intimate in question.help
    consent, _ = agreed(ADULT, exceptions=("intimate",))
    assert consent.intimate
    assert WORDING.intimate in consent.wording


def test_declining_an_intimate_area_leaves_the_rest_agreed_to() -> None:
    consent, _ = agreed(ADULT, exceptions=("intimate",), intimate_explained="declines")
    assert (consent.allows_photography, consent.intimate) == (True, False)


@pytest.mark.parametrize("basis", ["self", "parental-responsibility", "best-interests"])
def test_under_18_an_intimate_area_is_a_hard_stop(basis: str) -> None:
    with pytest.raises(RuleRefusedError, match="Under 18, an intimate area is not photographed") as refused:
        agreed(SEVENTEEN, basis=basis, exceptions=("intimate",))
    assert "Refer without photography" in refused.value.hint
    assert agreed(18, exceptions=("intimate",))[0].intimate


@pytest.mark.parametrize("age", [CHILD, SEVENTEEN, ADULT])
def test_who_declines_is_asked_nothing_more(age: int) -> None:
    consent, given = held(consent_interview(WORDING, age), {"consent": "declines"})
    assert given == {"consent": "declines"}
    assert (consent.allows_photography, consent.capacity, consent.intimate) == (False, None, False)
    assert (consent.wording, consent.wording_version) == (WORDING.statement, WORDING.version)


def test_every_question_is_listed_in_order_for_an_answers_file() -> None:
    everything = ("explained-by-other", "teaching", "publication", "written", "interpreter", "chaperone", "intimate")
    _, with_everything = agreed(ADULT, exceptions=everything)
    _, with_details = agreed(CHILD, basis="parental-responsibility")
    listed = [question.id for question in every_consent_question(WORDING)]
    assert listed == ["consent", *ASKED_WHEN]
    assert [id_ for id_ in listed if id_ != "basis_details"] == list(with_everything)
    assert [id_ for id_ in listed if id_ in with_details] == list(with_details)
