"""Where no pictures are taken, nothing speaks of sending them, whenever that came out, and the route stands."""

import re
from itertools import product

import pytest

from core.intake.asking import outcome_without_photography
from core.intake.steps import Intake, Step
from core.model.picture import Identifiability
from core.pathway.interview import pathway_interview
from core.pathway.loader import load_pathways
from core.pathway.outcome import Outcome, Route

from ...support.clinic import EASY, TODAY, Answers, asking_about, held, intake_until, set_of
from ...support.intakes import consent

PATHWAYS = load_pathways(None)
CONCERNS = ("urgent", "advice", "advice-only", "rapid", "specialist", "minor-surgery", "primary-care")
SENDING = re.compile(r"attach|with the pictures|pictures (to|help|are never)|picture from the side", re.IGNORECASE)
"""Words about pictures that there would have to be."""


def walk(pathway: str, concern: str, **more: str | tuple[str, ...]) -> Outcome:
    answers: Answers = {
        "concern": concern,
        "no_photography": "declines",
        "criteria": ("none",),
        "history": ("none",),
        "urgent_advice": "rads",
        "rads_told": "told",
        **more,
    }
    return held(pathway_interview(PATHWAYS[pathway], TODAY), answers)[0]


@pytest.mark.parametrize(("pathway", "concern"), [*product(PATHWAYS, CONCERNS)])
def test_a_route_without_pictures_is_the_same_route_and_asks_for_none(pathway: str, concern: str) -> None:
    before = walk(pathway, concern)
    after = before.without_pictures("declines")
    assert (after.route, after.without_photography_reason) == (before.route, "declines")
    assert (after.required, after.advised, after.reason_when_missing) == ((), (), ())
    assert after.obligations
    assert not [text for text in (*after.obligations, *after.warnings) if SENDING.search(text)]
    assert (after.reply_due_hours, after.scores, after.given) == (before.reply_due_hours, before.scores, before.given)
    assert after.without_pictures("") == after


@pytest.mark.parametrize(("pathway", "concern"), [*product(PATHWAYS, ("urgent", "advice", "rapid", "specialist"))])
def test_what_is_sent_says_why_there_are_no_pictures(pathway: str, concern: str) -> None:
    before = walk(pathway, concern)
    assert any(SENDING.search(text) for text in before.obligations)
    said = " ".join(before.without_pictures("declines").obligations)
    assert re.search("say why there are no", said)


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_what_sends_nothing_is_not_told_to_send(pathway: str) -> None:
    kept = walk(pathway, "primary-care").without_pictures("declines")
    assert not any("Send" in text for text in kept.obligations)


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_criteria_that_are_met_stay_urgent_without_pictures_from_the_beginning(pathway: str) -> None:
    outcome = walk(pathway, "without-photography", criteria=("scc",))
    assert outcome.route is Route.URGENT_SUSPECTED_CANCER
    assert (outcome.required, outcome.advised) == ((), ())
    assert any("without pictures and without delay" in text for text in outcome.obligations)
    assert outcome.without_pictures("") == outcome


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_a_patient_whom_nobody_told_what_advice_may_become_is_told(pathway: str) -> None:
    """With pictures the consent's own words say it."""
    sentence = "Tell the patient that the answer may turn into a referral."
    before = walk(pathway, "advice")
    assert sentence not in before.obligations
    assert sentence in before.without_pictures("declines").obligations


def test_an_outcome_of_an_earlier_version_keeps_its_words() -> None:
    before = walk("glos-skin-lesions", "advice")
    earlier = Outcome(
        **{
            field: getattr(before, field)
            for field in Outcome.__dataclass_fields__
            if not field.endswith("_without_pictures")
        }
    )
    after = earlier.without_pictures("declines")
    assert (after.obligations, after.without_photography_reason) == (earlier.obligations, "declines")


# ---- in an intake, where it comes out later ----

ASKING = asking_about(set_of(3))


def spoken_of(intake: Intake) -> list[str]:
    assert intake.outcome is not None
    return [text for text in (*intake.outcome.obligations, *intake.outcome.warnings) if SENDING.search(text)]


def test_consent_that_is_declined_takes_the_pictures_out_of_the_route_and_given_again_puts_them_back() -> None:
    agreed = intake_until(Step.REVIEW, ASKING)
    assert spoken_of(agreed)
    declined = agreed.record(consent(allows_photography=False))
    assert spoken_of(declined) == []
    assert declined.outcome is not None
    assert declined.outcome.route is Route.ADVICE_AND_GUIDANCE
    assert spoken_of(declined.record(consent()))


def test_where_no_picture_is_left_that_can_be_used_none_is_spoken_of() -> None:
    withheld: Answers = {"identifiable_*": "withheld", "reason_*": "face"}
    none_left = intake_until(Step.REVIEW, ASKING, {**EASY, Step.IDENTIFIABILITY: withheld})
    assert none_left.identifiability is not None
    assert {each.identifiability for each in none_left.identifiability.assessments} == {Identifiability.WITHHELD}
    assert spoken_of(none_left) == []
    assert none_left.outcome is not None
    assert none_left.outcome.without_photography_reason == "No picture could be used."


def test_the_one_key_on_every_screen_does_the_same() -> None:
    intake = intake_until(Step.REVIEW, ASKING)
    assert intake.pathway is not None
    later = intake.record(outcome_without_photography(intake, ASKING, "declines", {}))
    assert spoken_of(later) == []
    assert later.outcome == intake.pathway.without_pictures("declines")
