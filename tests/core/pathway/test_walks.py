"""Every walk through the shipped pathways, against the rules of CLINICAL written down a second time."""

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, product

import pytest

from core.model.question import Question, Value
from core.pathway.definition import Pathway
from core.pathway.interview import pathway_interview
from core.pathway.loader import load_pathways
from core.pathway.outcome import Outcome, Route

from ...support.clinic import TODAY, Answers, held

PATHWAYS = load_pathways(None)

TWO_POINTS = ("size", "shape", "colour")
ONE_POINT = ("diameter", "inflammation", "oozing", "sensation")
ALWAYS_URGENT = ("dermoscopy", "nodular", "scc")

WHERE_A_CONCERN_LEADS = {
    "urgent": Route.URGENT_SUSPECTED_CANCER,
    "advice": Route.ADVICE_AND_GUIDANCE,
    "advice-only": Route.ADVICE_AND_GUIDANCE,
    "rapid": Route.RADS,
    "specialist": Route.ROUTINE,
    "minor-surgery": Route.MINOR_SURGERY,
    "primary-care": Route.PRIMARY_CARE,
    "without-photography": Route.WITHOUT_PHOTOGRAPHY,
}

Criteria = tuple[str, ...]


def subsets(of: Iterable[str]) -> Iterator[Criteria]:
    ids = tuple(of)
    return chain.from_iterable(combinations(ids, count) for count in range(len(ids) + 1))


def told(
    concern: str, criteria: Criteria, *, pigmented: bool = True, delay: bool = False, suspected: Criteria = ()
) -> Answers:
    """What a clinician says; an override is not foreseen in it."""
    return {
        "concern": concern,
        "no_photography": "declines",
        "criteria": criteria or ("none",),
        "pigmented": "yes" if pigmented else "no",
        "bcc_delay": "yes" if delay else "no",
        "not_pigmented": suspected or ("none",),
        "urgent_advice": "rads",
        "rads_told": "told",
        "history": ("none",),
    }


def led_to(concern: str, criteria: Criteria, *, pigmented: bool, delay: bool) -> Route:
    """CLINICAL, Pathways and NG12, in a few lines."""
    score = 2 * len(set(criteria) & set(TWO_POINTS)) + len(set(criteria) & set(ONE_POINT))
    urgent = (
        set(criteria) & set(ALWAYS_URGENT)
        or (pigmented and score >= 3)
        or ("bcc" in criteria and delay)
        or concern == "urgent"
    )
    if urgent:
        return Route.URGENT_SUSPECTED_CANCER
    if "bcc" in criteria and concern == "primary-care":
        return Route.ROUTINE
    return WHERE_A_CONCERN_LEADS[concern]


def taking_what_is_proposed(question: Question) -> Value:
    return question.options[0].id


def walk(pathway: Pathway, answers: Answers) -> Outcome:
    return held(pathway_interview(pathway, TODAY), {**answers, "override": taking_what_is_proposed})[0]


def check(pathway: Pathway, concern: str, criteria: Criteria) -> None:
    for pigmented, delay in product((True, False), (True, False) if "bcc" in criteria else (False,)):
        outcome = walk(pathway, told(concern, criteria, pigmented=pigmented, delay=delay))
        expected = led_to(concern, criteria, pigmented=pigmented, delay=delay)
        assert outcome.route is expected, f"{concern}, {criteria}, pigmented {pigmented}, delay {delay}"
        assert outcome.override_reason == ""
        assert outcome.without_photography == (concern == "without-photography")


@pytest.fixture(params=sorted(PATHWAYS))
def pathway(request: pytest.FixtureRequest) -> Pathway:
    return PATHWAYS[request.param]


def test_every_set_of_criteria_leads_where_it_must(pathway: Pathway) -> None:
    for criteria in subsets((*TWO_POINTS, *ONE_POINT, *ALWAYS_URGENT, "bcc")):
        check(pathway, "primary-care", criteria)


@pytest.mark.parametrize("concern", WHERE_A_CONCERN_LEADS)
def test_every_concern_with_criteria_just_met_and_just_missed(pathway: Pathway, concern: str) -> None:
    just = [(), ("size",), ("diameter", "oozing"), ("size", "diameter"), ("diameter", "inflammation", "oozing")]
    for points, others in product(just, subsets(("scc", "bcc"))):
        check(pathway, concern, points + others)
    for alone in ALWAYS_URGENT:
        check(pathway, concern, (alone,))


@pytest.mark.parametrize("concern", ["primary-care", "advice", "specialist"])
def test_a_lesion_that_is_not_pigmented_is_asked_for_what_it_can_be(pathway: Pathway, concern: str) -> None:
    """Its ticks make no score; the same suspicions lead to the same routes as if they had been ticked at once."""
    for suspected, delay in product(subsets(("nodular", "scc", "bcc")), (True, False)):
        answers = told(concern, ("size", "shape", "colour"), pigmented=False, delay=delay, suspected=suspected)
        outcome = walk(pathway, answers)
        assert outcome.scores == ()
        assert outcome.route is led_to(concern, suspected, pigmented=False, delay=delay and "bcc" in suspected)


@pytest.mark.parametrize("ticked", ["dermoscopy", "nodular", "scc", "bcc"])
def test_nobody_is_asked_twice_what_they_suspect(pathway: Pathway, ticked: str) -> None:
    answers = {**told("advice", ("size", ticked), pigmented=False), "override": taking_what_is_proposed}
    _, given = held(pathway_interview(pathway, TODAY), answers)
    assert "pigmented" in given
    assert "not_pigmented" not in given


def test_every_route_of_a_pathway_is_reached(pathway: Pathway) -> None:
    reached = {walk(pathway, told(concern, ())).route for concern in (*WHERE_A_CONCERN_LEADS, "awaiting-clinician")}
    assert reached == set(Route) == {definition.route for definition in pathway.routes}


def test_the_concerns_are_those_that_were_walked(pathway: Pathway) -> None:
    offered = {option.id for option in pathway.question("concern").options}
    assert offered == {*WHERE_A_CONCERN_LEADS, "awaiting-clinician"}
    criteria = {option.id for option in pathway.question("criteria").options}
    assert criteria == {*TWO_POINTS, *ONE_POINT, *ALWAYS_URGENT, "bcc", "none"}


@pytest.mark.parametrize("concern", [*WHERE_A_CONCERN_LEADS, "awaiting-clinician"])
def test_criteria_are_asked_of_everybody_but_an_assistant(pathway: Pathway, concern: str) -> None:
    _, given = held(pathway_interview(pathway, TODAY), told(concern, ()))
    assert ("criteria" in given) == (concern != "awaiting-clinician")


LOWER = [concern for concern in WHERE_A_CONCERN_LEADS if concern not in ("urgent", "without-photography")]


@pytest.mark.parametrize("concern", LOWER)
def test_criteria_are_gone_against_with_a_reason_only(pathway: Pathway, concern: str) -> None:
    interview = pathway_interview(pathway, TODAY)
    own = WHERE_A_CONCERN_LEADS[concern]
    answers = {**told(concern, ("scc",)), "override": own.value, "override_reason": "seen by the specialist today"}
    outcome, given = held(interview, answers)
    assert (outcome.route, outcome.override_reason) == (own, "seen by the specialist today")
    assert outcome.rule.startswith("scc — NICE NG12, 1.7.4")
    del given["override_reason"]
    question = interview.next(given)
    assert question is not None
    assert question.id == "override_reason"
    assert question.required


def test_the_proposed_route_and_the_own_one_are_all_that_is_offered(pathway: Pathway) -> None:
    interview = pathway_interview(pathway, TODAY)
    _, given = held(interview, {**told("advice", ("size", "oozing")), "override": taking_what_is_proposed})
    del given["override"]
    question = interview.next(given)
    assert question is not None
    assert [option.id for option in question.options] == ["urgent-suspected-cancer", "advice-and-guidance"]
    assert "Weighted 7-point checklist: 3" in question.help
    assert "1.7.1" in question.help


@pytest.mark.parametrize("criteria", [(), ("size",), ("bcc",), ("scc",), ("diameter", "oozing")])
def test_concern_raises_to_urgency_without_being_asked_for_a_reason(pathway: Pathway, criteria: Criteria) -> None:
    outcome, given = held(pathway_interview(pathway, TODAY), told("urgent", criteria))
    assert outcome.route is Route.URGENT_SUSPECTED_CANCER
    assert not {"override", "override_reason"} & set(given)


@pytest.mark.parametrize("criteria", [("scc",), ("size", "oozing"), ("dermoscopy",)])
def test_refusing_photography_does_not_lower_an_urgent_route(pathway: Pathway, criteria: Criteria) -> None:
    outcome, given = held(pathway_interview(pathway, TODAY), told("without-photography", criteria))
    assert outcome.route is Route.URGENT_SUSPECTED_CANCER
    assert outcome.without_photography_reason == "declines"
    assert "override" not in given
    assert any("without delay" in obligation for obligation in outcome.obligations)
