"""What a walk comes to besides its route: score, pictures, obligations, warnings."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from core.model.lesion import View
from core.pathway import loader
from core.pathway.conclusion import within, without_photography
from core.pathway.definition import Pathway
from core.pathway.interview import pathway_interview
from core.pathway.loader import load_pathways, read_pathway
from core.pathway.outcome import Outcome, Route

from ...support.clinic import TODAY, Answers, held

PATHWAYS = load_pathways(None)
DEFINITIONS = sorted(Path(loader.__file__).with_name("definitions").glob("*.toml"))
ENGLAND, GLOS = PATHWAYS["england-skin-2026"], PATHWAYS["glos-skin-lesions"]


@pytest.fixture(params=sorted(PATHWAYS))
def pathway(request: pytest.FixtureRequest) -> Pathway:
    return PATHWAYS[request.param]


def walk(
    pathway: Pathway, concern: str = "advice", criteria: tuple[str, ...] = ("none",), **more: str | tuple[str, ...]
) -> Outcome:
    answers: Answers = {
        "concern": concern,
        "criteria": criteria,
        "pigmented": "yes",
        "bcc_delay": "no",
        "not_pigmented": ("none",),
        "urgent_advice": "rads",
        "rads_told": "told",
        "history": ("none",),
        "no_photography": "declines",
        "override": "urgent-suspected-cancer",
    }
    return held(pathway_interview(pathway, TODAY), {**answers, **more})[0]


def test_a_score_is_shown_with_its_inputs_and_its_rule(pathway: Pathway) -> None:
    (score,) = walk(pathway, criteria=("size", "oozing")).scores
    assert score.startswith("Weighted 7-point checklist: 3 (Pigmented: change in size (2); Pigmented: oozing (1)).")
    assert "3 or more: urgent suspected cancer" in score
    assert "NICE NG12, 1.7.1" in score


@pytest.mark.parametrize("weight", [("size", 2), ("shape", 2), ("colour", 2)])
@pytest.mark.parametrize("light", ["diameter", "inflammation", "oozing", "sensation"])
def test_two_points_and_one_are_weighted_so(pathway: Pathway, weight: tuple[str, int], light: str) -> None:
    assert f": {weight[1]} (" in walk(pathway, criteria=(weight[0],)).scores[0]
    assert ": 1 (" in walk(pathway, criteria=(light,)).scores[0]
    assert ": 3 (" in walk(pathway, criteria=(weight[0], light)).scores[0]


def test_all_seven_make_ten(pathway: Pathway) -> None:
    seven = ("size", "shape", "colour", "diameter", "inflammation", "oozing", "sensation")
    assert ": 10 (" in walk(pathway, criteria=seven).scores[0]


def test_only_a_pigmented_lesion_has_a_score(pathway: Pathway) -> None:
    outcome = walk(pathway, criteria=("size", "shape", "colour"), pigmented="no")
    assert outcome.scores == ()
    assert outcome.route is Route.ADVICE_AND_GUIDANCE
    assert any("for pigmented lesions; it was not scored" in warning for warning in outcome.warnings)
    assert walk(pathway, criteria=("scc",)).scores == ()


def test_a_low_score_and_no_criterion_exclude_nothing_and_say_so(pathway: Pathway) -> None:
    assert "A score below 3 excludes nothing." in walk(pathway, criteria=("size",)).warnings
    assert "A score below 3 excludes nothing." not in walk(pathway, criteria=("size", "oozing")).warnings
    assert "That none of the criteria was found excludes nothing." in walk(pathway).warnings


def test_dermoscopy_is_never_used_alone(pathway: Pathway) -> None:
    warnings = walk(pathway, criteria=("dermoscopy",)).warnings
    assert any("Dermoscopy is never used alone" in warning for warning in warnings)


def test_advice_is_told_whether_it_may_be_converted(pathway: Pathway) -> None:
    assert any("may be converted" in text for text in walk(pathway, "advice").obligations)
    assert any("must not be converted" in text for text in walk(pathway, "advice-only").obligations)


def test_advice_is_answered_in_the_time_of_its_pathway() -> None:
    """CLINICAL: GLOS within 48 hours; England 2026 within 10 days, urgent ones within 24 to 48 hours."""
    urgent = walk(ENGLAND, "rapid", urgent_advice="advice")
    due = [(outcome.reply_due_hours, outcome.obligations[-1]) for outcome in (walk(GLOS), walk(ENGLAND), urgent)]
    assert due == [
        (48, "Look for the answer: it is due within 48 hours of sending."),
        (240, "Look for the answer: it is due within 10 days of sending."),
        (48, "Look for the answer: it is due within 48 hours of sending."),
    ]
    assert all(outcome.reply_source for outcome in (walk(GLOS), walk(ENGLAND), urgent))


@pytest.mark.parametrize(
    "hours", [(1, "1 hour"), (48, "48 hours"), (72, "72 hours"), (96, "4 days"), (100, "100 hours")]
)
def test_a_time_is_told_as_people_tell_it(hours: tuple[int, str]) -> None:
    assert within(hours[0]) == f"within {hours[1]}"


@pytest.mark.parametrize("concern", ["urgent", "specialist", "minor-surgery", "primary-care", "awaiting-clinician"])
def test_no_other_route_promises_an_answer(pathway: Pathway, concern: str) -> None:
    outcome = walk(pathway, concern)
    assert (outcome.reply_due_hours, outcome.reply_source) == (0, "")
    assert not any("Look for the answer" in text for text in outcome.obligations)


@pytest.mark.parametrize("how", ["advice", "advice-only"])
def test_urgent_advice_is_advice_that_is_marked(how: str) -> None:
    outcome = walk(ENGLAND, "rapid", urgent_advice=how)
    assert outcome.route is Route.ADVICE_AND_GUIDANCE
    assert outcome.obligations[0] == "Mark the request as urgent."
    assert any("may be converted" in text for text in outcome.obligations) == (how == "advice")
    assert any("must not be converted" in text for text in outcome.obligations) == (how == "advice-only")
    assert "Mark the request as urgent." not in walk(ENGLAND).obligations


def test_rapid_advice_is_urgent_has_a_history_and_the_patient_knows(pathway: Pathway) -> None:
    told = walk(pathway, "rapid").obligations
    assert any("priority" in text and "urgent" in text for text in told)
    assert any("clear history" in text for text in told)
    assert not any("Tell the patient" in text for text in told)
    untold = walk(pathway, "rapid", rads_told="before-sending").obligations
    assert any("Tell the patient before sending" in text for text in untold)


def test_a_route_against_the_criteria_says_what_they_lead_to(pathway: Pathway) -> None:
    against = walk(pathway, criteria=("scc",), override="advice-and-guidance", override_reason="seen last week")
    assert against.warnings[0].startswith("The criteria lead to: Urgent suspected cancer referral")
    assert "NICE NG12, 1.7.4" in against.warnings[0]
    assert not any("The criteria lead to" in text for text in walk(pathway, criteria=("scc",)).warnings)


def test_who_takes_it_is_said_where_a_practice_lists_it() -> None:
    (file,) = [file for file in DEFINITIONS if file.stem == "glos-skin-lesions"]
    ours = file.read_text(encoding="utf-8").replace("recipients = []", 'recipients = ["Elm Surgery", "the Beech list"]')
    listed = walk(read_pathway(ours, "ours.toml"), "minor-surgery")
    assert "It can go to: Elm Surgery; the Beech list." in listed.obligations
    assert not any("It can go to" in text for text in walk(GLOS, "minor-surgery").obligations)


def test_a_planned_referral_in_england_is_reminded_of_advice() -> None:
    assert any("Since 1 April 2026" in warning for warning in walk(ENGLAND, "specialist").warnings)
    assert not any("Since 1 April 2026" in warning for warning in walk(ENGLAND, "urgent").warnings)


GENERAL, DERMOSCOPIC = (View.LOCATING, View.CLOSE_UP), (View.DERMOSCOPIC,)


@pytest.mark.parametrize(
    ("concern", "required", "advised", "with_reason"),
    [
        ("primary-care", (), (), ()),
        ("minor-surgery", (), GENERAL, ()),
        ("advice", GENERAL, DERMOSCOPIC, DERMOSCOPIC),
        ("advice-only", GENERAL, DERMOSCOPIC, DERMOSCOPIC),
        ("rapid", GENERAL, DERMOSCOPIC, ()),
        ("specialist", (), GENERAL + DERMOSCOPIC, ()),
        ("urgent", (), GENERAL + DERMOSCOPIC, ()),
        ("without-photography", (), (), ()),
        ("awaiting-clinician", GENERAL, DERMOSCOPIC, ()),
    ],
)
def test_each_route_asks_for_its_pictures(
    pathway: Pathway,
    concern: str,
    required: tuple[View, ...],
    advised: tuple[View, ...],
    with_reason: tuple[View, ...],
) -> None:
    outcome = walk(pathway, concern)
    assert (outcome.required, outcome.advised, outcome.reason_when_missing) == (required, advised, with_reason)


def test_an_assistant_leaves_it_to_a_clinician(pathway: Pathway) -> None:
    outcome = walk(pathway, "awaiting-clinician")
    assert outcome.route is Route.AWAITING_CLINICIAN
    assert outcome.given == (("concern", "awaiting-clinician"),)
    assert any("have not been asked" in warning for warning in outcome.warnings)


def test_the_whole_history_is_asked(pathway: Pathway) -> None:
    outcome = walk(pathway, history=("immunosuppression", "allergies"), history_details="azathioprine, penicillin")
    assert dict(outcome.given)["history_details"] == "azathioprine, penicillin"
    asked = {option.id for option in pathway.question("history").options}
    assert asked == {
        "personal-skin-cancer",
        "family-skin-cancer",
        "immunosuppression",
        "anticoagulants",
        "medication",
        "allergies",
        "none",
    }


def test_only_england_keeps_pictures_that_identify() -> None:
    assert (walk(ENGLAND).identifiable_allowed, walk(GLOS).identifiable_allowed) == (True, False)


def test_without_photography_before_any_question(pathway: Pathway) -> None:
    outcome = without_photography(pathway, TODAY, "safeguarding", {})
    assert (outcome.route, outcome.without_photography_reason) == (Route.WITHOUT_PHOTOGRAPHY, "safeguarding")
    assert outcome.warnings[-1] == "The urgent-cancer criteria were not asked."
    assert not any("picture from the side" in warning for warning in outcome.warnings)


def test_an_old_and_an_early_pathway_warn_and_still_work(pathway: Pathway) -> None:
    answers = {"concern": "awaiting-clinician"}

    def aged(day: date) -> tuple[str, ...]:
        outcome, _ = held(pathway_interview(pathway, day), answers)
        return tuple(text for text in outcome.warnings if pathway.name in text)

    assert aged(pathway.valid_from) == aged(pathway.review_by) == ()
    assert "valid from" in aged(pathway.valid_from - timedelta(days=1))[0]
    assert f"ask {pathway.owner}" in aged(pathway.review_by + timedelta(days=1))[0]


def test_nothing_the_program_concludes_calls_a_lesion_benign(pathway: Pathway) -> None:
    said = [
        *(text for route in pathway.routes for text in (route.name, *(s.text for s in route.obligations))),
        *(s.text for route in pathway.routes for s in route.warnings),
        *(s.text for s in pathway.warnings),
        *(text for box in pathway.boxes for text in (box.title, box.guidance, *(lead.label for lead in box.leads))),
        *(score.meaning for score in pathway.scores),
    ]
    assert len(said) > 20
    assert not any("benign" in text.lower() for text in said)


def test_an_outcome_survives_being_written_down(pathway: Pathway) -> None:
    outcome = replace(walk(pathway, criteria=("size", "scc")), override_reason="said so")
    assert msgspec.convert(msgspec.to_builtins(outcome), Outcome) == outcome


def test_what_decides_no_route_is_said_in_words_for_the_letter(pathway: Pathway) -> None:
    outcome, _ = held(
        pathway_interview(pathway, TODAY),
        {"concern": "advice", "criteria": ("none",), "history": ("personal-skin-cancer", "allergies"),
         "history_details": "melanoma on the back in 2010"},
    )  # fmt: skip
    which, details = outcome.said[-2:]
    assert which.startswith("Which of these does the patient have? Skin cancer before; Allergies")
    assert details.endswith("melanoma on the back in 2010")
    assert not any("concern" in sentence or "suspect" in sentence for sentence in outcome.said)
