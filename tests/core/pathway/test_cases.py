"""Whole cases: answers in; route, pictures, things to do, warnings and stops out. The cases are the files in cases/."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from core.errors import RuleRefusedError
from core.model.conversation import Conversation
from core.model.lesion import View
from core.model.question import Value
from core.pathway.conditions import all_hold, chosen
from core.pathway.definition import Pathway
from core.pathway.interview import PathwayInterview, pathway_interview
from core.pathway.loader import load_pathways
from core.pathway.outcome import Outcome, Route

from ...support.clinic import TODAY, held

PATHWAYS = load_pathways(None)


class Stop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is refused if it is said first. words: a part of how it is refused."""

    question: str
    said: str | tuple[str, ...]
    words: str


class ComesTo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """obligations, warnings: a part of each sentence. pictures_refused_later: after the walk, for this reason."""

    route: Route
    rule: str
    obligations: tuple[str, ...]
    warnings: tuple[str, ...]
    required: tuple[View, ...] = ()
    advised: tuple[View, ...] = ()
    reason_when_missing: tuple[View, ...] = ()
    scores: tuple[int, ...] = ()
    reply_due_hours: int = 0
    pictures_refused_later: str = ""


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """met, missed: the rule that only just holds, or only just does not. because: why, with the source."""

    id: str
    because: str
    answers: dict[str, str | tuple[str, ...]]
    comes_to: ComesTo
    met: str = ""
    missed: str = ""
    stops: tuple[Stop, ...] = ()


def _read(pathway_id: str) -> tuple[Case, ...]:
    text = (Path(__file__).parent / "cases" / f"{pathway_id}.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=dict[str, tuple[Case, ...]])["cases"]


CASES = {id_: _read(id_) for id_ in PATHWAYS}
EACH = [(PATHWAYS[id_], case) for id_, cases in CASES.items() for case in cases]


def interview_of(pathway: Pathway) -> PathwayInterview:
    return pathway_interview(pathway, TODAY)


def outcome_of(pathway: Pathway, case: Case) -> Outcome:
    outcome, given = held(interview_of(pathway), dict(case.answers))
    assert given == case.answers, "every answer of a case is asked for, and nothing else"
    later = case.comes_to.pictures_refused_later
    return outcome.without_pictures(later) if later else outcome


def stopped_at(interview: Conversation[Outcome], case: Case, stop: Stop) -> str:
    """How what is said first is refused."""
    before: dict[str, Value] = {}
    while (question := interview.next(before)) is not None and question.id != stop.question:
        before[question.id] = case.answers[question.id]
    with pytest.raises(RuleRefusedError) as refused:
        interview.next({**before, stop.question: stop.said})
    return refused.value.what


@pytest.mark.parametrize(("pathway", "case"), EACH, ids=[f"{pathway.id}, {case.id}" for pathway, case in EACH])
def test_a_case_comes_to_what_it_must(pathway: Pathway, case: Case) -> None:
    outcome, must = outcome_of(pathway, case), case.comes_to
    assert (outcome.route, outcome.rule.partition(" — ")[0]) == (must.route, must.rule)
    assert (outcome.required, outcome.advised) == (must.required, must.advised)
    assert outcome.reason_when_missing == must.reason_when_missing
    assert _lacking(outcome.obligations, must.obligations) == ()
    assert _lacking(outcome.warnings, must.warnings) == ()
    assert [score.split(":")[1].split("(")[0].strip() for score in outcome.scores] == [str(n) for n in must.scores]
    assert outcome.reply_due_hours == must.reply_due_hours
    assert outcome.override_reason == case.answers.get("override_reason", "")
    declined = case.answers.get("no_photography", must.pictures_refused_later)
    assert outcome.without_photography_reason == declined
    for stop in case.stops:
        assert stop.words in stopped_at(interview_of(pathway), case, stop)


def _lacking(sentences: tuple[str, ...], parts: tuple[str, ...]) -> tuple[str, ...]:
    """What does not stand where it must, sentence by sentence; all of them when there are more or fewer."""
    if len(sentences) != len(parts):
        return sentences or parts
    return tuple(part for part, sentence in zip(parts, sentences, strict=True) if part not in sentence)


@pytest.mark.parametrize(("pathway", "case"), EACH, ids=[f"{pathway.id}, {case.id}" for pathway, case in EACH])
def test_the_way_through_the_flowchart_ends_where_the_rule_leads(pathway: Pathway, case: Case) -> None:
    way = interview_of(pathway).way(case.answers)
    rule = next(rule for rule in pathway.rules if rule.id == case.comes_to.rule)
    assert way.open == ""
    assert pathway.box(way.boxes[-1]).route is rule.route
    assert way.chosen == (case.comes_to.route if case.comes_to.route is not rule.route else None)
    for at, (box_id, next_id) in enumerate(zip(way.boxes, way.boxes[1:], strict=False)):
        leads = [lead for index, lead in enumerate(pathway.box(box_id).leads) if (box_id, index) in way.leads]
        assert [lead.to for lead in leads] == [next_id]
        assert (case.comes_to.rule in leads[0].rules) == (at == len(way.boxes) - 2)


# ---- what the cases are, together ----


def test_there_are_more_than_sixty_and_no_two_are_equal() -> None:
    assert len(EACH) >= 60
    said: list[Any] = [(pathway.id, case.answers, case.comes_to) for pathway, case in EACH]
    assert [case for at, case in enumerate(said) if case in said[:at]] == []
    decided = {(pathway.id, case.comes_to.route, case.comes_to.rule) for pathway, case in EACH}
    assert len(decided) >= 60
    names = [(pathway.id, case.id) for pathway, case in EACH]
    assert len(set(names)) == len(names)


def test_every_case_cites_its_source() -> None:
    sources = ("NICE NG12, 1.7.", "Product rule: ", "GLOS: ", "PCDS guidance: ", "NHS England, ", "CLINICAL", "GMC: ")
    assert [case.id for _, case in EACH if not case.because.startswith(sources)] == []


@pytest.mark.parametrize("pathway", PATHWAYS.values(), ids=PATHWAYS)
def test_every_rule_is_just_met_and_just_missed(pathway: Pathway) -> None:
    cases = CASES[pathway.id]
    for rule in pathway.rules:
        met = [case for case in cases if case.met == rule.id]
        missed = [case for case in cases if case.missed == rule.id]
        assert met, rule.id
        assert missed, rule.id
        for case in met:
            assert case.comes_to.rule == rule.id
        for case in missed:
            assert case.comes_to.rule != rule.id
            assert rule is pathway.rules[-1] or not all_hold(rule.when, case.answers, pathway)
        assert any(_are_one_answer_apart(one, other) for one in met for other in missed), rule.id


_NOT_LOOKED_AT = ("history", "history_details", "override", "override_reason")


def _are_one_answer_apart(one: Case, other: Case) -> bool:
    """One tick more or one choice else; what is asked of one alone follows from that."""
    differing = [
        set(chosen(one.answers[id_])) ^ set(chosen(other.answers[id_]))
        for id_ in set(one.answers) & set(other.answers)
        if id_ not in _NOT_LOOKED_AT and one.answers[id_] != other.answers[id_]
    ]
    return len(differing) == 1 and len(differing[0]) <= 2


@pytest.mark.parametrize("pathway", PATHWAYS.values(), ids=PATHWAYS)
def test_every_route_and_every_box_is_reached(pathway: Pathway) -> None:
    cases = CASES[pathway.id]
    assert {case.comes_to.route for case in cases} == set(Route) == {each.route for each in pathway.routes}
    passed = {id_ for case in cases for id_ in interview_of(pathway).way(case.answers).boxes}
    for box in pathway.boxes:  # in the order of the arrows: what follows after a route
        if box.id in passed and (box.route is not None or not box.questions):
            passed |= {lead.to for lead in box.leads}
    assert passed == {box.id for box in pathway.boxes}


@pytest.mark.parametrize("pathway", PATHWAYS.values(), ids=PATHWAYS)
def test_every_way_out_is_a_stop_with_its_words(pathway: Pathway) -> None:
    """Criteria are gone against only with a reason: from every urgent rule, to every other route that can be wanted."""
    raising = {rule.id for rule in pathway.rules if rule.raises and rule.route is Route.URGENT_SUSPECTED_CANCER}
    against = {
        (case.comes_to.rule, case.comes_to.route)
        for case in CASES[pathway.id]
        if case.stops and case.stops[0].question == "override_reason"
    }
    wanted = set(Route) - {Route.URGENT_SUSPECTED_CANCER, Route.WITHOUT_PHOTOGRAPHY, Route.AWAITING_CLINICIAN}
    assert {(rule, route) for rule in raising for route in wanted} <= against
