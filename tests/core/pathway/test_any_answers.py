"""What holds whatever is answered, and whatever a practice writes into a file that the checks let pass."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import RuleRefusedError
from core.model.question import Given, Question, QuestionKind, Value
from core.pathway import loader
from core.pathway.checks import faults
from core.pathway.conditions import all_hold
from core.pathway.definition import Pathway
from core.pathway.interview import PathwayInterview, pathway_interview
from core.pathway.loader import load_pathways
from core.pathway.outcome import Outcome, Route

from ...support.clinic import TODAY

PATHWAYS = load_pathways(None)
FILES = {file.stem: file for file in Path(loader.__file__).with_name("definitions").glob("*.toml")}
URGENT = Route.URGENT_SUSPECTED_CANCER

pathways = st.sampled_from(sorted(PATHWAYS)).map(PATHWAYS.__getitem__)


Draw = Callable[[st.SearchStrategy[Any]], Any]


def said_to(draw: Draw, question: Question) -> Value:
    """Anything that the question takes."""
    ids = [option.id for option in question.options]
    match question.kind:
        case QuestionKind.CHOICE:
            return draw(st.sampled_from(ids))
        case QuestionKind.CHECKLIST:
            alone = [option.id for option in question.options if option.alone]
            several = st.sets(st.sampled_from([id_ for id_ in ids if id_ not in alone]), min_size=1)
            return draw(st.one_of(st.just((alone[0],)), several.map(lambda ticks: tuple(sorted(ticks)))))
        case _:
            return draw(st.sampled_from(["declines", "seen by the specialist", "x"]))


def walked(draw: Draw, interview: PathwayInterview, settled: Given) -> tuple[Outcome, dict[str, Value]]:
    """To its end. settled: what is answered so and not otherwise."""
    so_far: dict[str, Value] = {}
    for _ in range(40):
        question = interview.next(so_far)
        if question is None:
            return interview.answer(so_far), so_far
        so_far[question.id] = settled[question.id] if question.id in settled else said_to(draw, question)
    raise AssertionError(f"it asks on and on: {so_far}")


Walk = tuple[Pathway, Outcome, dict[str, Value]]


@st.composite
def walks(draw: st.DrawFn, **settled: Value) -> Walk:
    pathway = draw(pathways)
    return pathway, *walked(draw, pathway_interview(pathway, TODAY), settled)


def criteria_are_met(pathway: Pathway, answers: Mapping[str, Value]) -> bool:
    return any(rule.route is URGENT and all_hold(rule.when, answers, pathway) for rule in pathway.rules)


@given(walks())
@settings(max_examples=400)
def test_no_answers_come_to_a_dead_end_or_to_no_action(walk: Walk) -> None:
    pathway, outcome, _ = walk
    assert outcome.route in {definition.route for definition in pathway.routes}
    assert outcome.obligations
    assert outcome.without_pictures("declines").obligations
    assert all(text.strip() for text in (*outcome.obligations, *outcome.warnings, outcome.rule, outcome.route_name))


@given(walks())
@settings(max_examples=400)
def test_urgent_suspected_cancer_is_lowered_by_a_reasoned_override_alone(walk: Walk) -> None:
    pathway, outcome, answers = walk
    if criteria_are_met(pathway, answers) and answers["concern"] != "awaiting-clinician":
        assert outcome.route is URGENT or outcome.override_reason.strip()
    if outcome.override_reason:
        assert answers["override"] == outcome.route.value
        assert any("The criteria lead to" in text for text in outcome.warnings)


@given(walks(), st.sampled_from(["", " ", "\t \n"]))
@settings(max_examples=200)
def test_no_route_is_taken_against_the_rules_without_words(walk: Walk, silence: str) -> None:
    pathway, outcome, answers = walk
    if not outcome.override_reason:
        return
    interview = pathway_interview(pathway, TODAY)
    with pytest.raises(RuleRefusedError):
        interview.answer({**answers, "override_reason": silence})
    with pytest.raises(RuleRefusedError):
        interview.answer({id_: value for id_, value in answers.items() if id_ != "override_reason"})


@given(walks(concern="urgent"))
@settings(max_examples=200)
def test_concern_raises_whatever_else_is_answered_and_asks_for_no_reason(walk: Walk) -> None:
    _, outcome, answers = walk
    assert outcome.route is URGENT
    assert not {"override", "override_reason"} & set(answers)


@given(walks(), st.data())
@settings(max_examples=200)
def test_more_that_is_found_never_makes_it_less_urgent(walk: Walk, data: st.DataObject) -> None:
    pathway, outcome, answers = walk
    ticked = answers.get("criteria", ("none",))
    if outcome.route is not URGENT or ticked == ("none",) or answers["concern"] == "awaiting-clinician":
        return
    more = data.draw(st.sets(st.sampled_from([o.id for o in pathway.question("criteria").options if not o.alone])))
    settled = {**answers, "criteria": tuple(sorted({*ticked, *more})), "override": URGENT.value}
    again, _ = walked(data.draw, pathway_interview(pathway, TODAY), settled)
    assert again.route is URGENT


@given(walks())
@settings(max_examples=200)
def test_the_way_so_far_is_one_way_and_grows_to_the_route(walk: Walk) -> None:
    pathway, outcome, answers = walk
    interview = pathway_interview(pathway, TODAY)
    for count in range(len(answers) + 1):
        way = interview.way(dict(list(answers.items())[:count]))
        assert len(way.leads) == max(0, len(way.boxes) - 1)
        assert way.boxes == () or way.boxes[0] == pathway.boxes[0].id
        steps = {(box_id, pathway.box(box_id).leads[at].to) for box_id, at in way.leads}
        assert steps == set(zip(way.boxes, way.boxes[1:], strict=False))
        assert way.open in ("", *way.boxes[-1:]) if way.boxes else way.open == pathway.boxes[0].id
    assert pathway.box(way.boxes[-1]).route is not None
    assert (way.chosen is None) == (not outcome.override_reason)


# ---- a file that somebody changed ----


@st.composite
def changed_files(draw: st.DrawFn) -> Any:
    """A shipped file after a few of the mistakes that a person makes in it."""
    document = tomllib.loads(FILES[draw(st.sampled_from(sorted(FILES)))].read_text(encoding="utf-8"))
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(["questions", "rules", "routes", "boxes", "scores", "warnings"]))
        rows = document[name]
        if not rows:
            continue
        at = draw(st.integers(0, len(rows) - 1))
        match draw(st.sampled_from(["drop", "swap", "twice", "when", "options", "leads", "route", "obligations"])):
            case "drop":
                rows.pop(at)
            case "swap":
                other = draw(st.integers(0, len(rows) - 1))
                rows[at], rows[other] = rows[other], rows[at]
            case "twice":
                rows.insert(draw(st.integers(0, len(rows))), dict(rows[at]))
            case "route" if "route" in rows[at]:
                rows[at]["route"] = draw(st.sampled_from([route.value for route in Route]))
            case key if rows[at].get(key):
                kept = rows[at][key]
                rows[at][key] = kept[: draw(st.integers(0, len(kept) - 1))]
            case _:
                pass
    return document


@given(changed_files(), st.data())
@settings(max_examples=400)
def test_a_file_that_the_checks_let_pass_ends_in_something_to_do(untrusted: Any, data: st.DataObject) -> None:
    try:
        pathway = msgspec.convert(untrusted, Pathway, builtin_types=(date,))
    except msgspec.ValidationError:
        return
    if next(faults(pathway), None) is not None:
        return
    interview = pathway_interview(pathway, TODAY)
    outcome, answers = walked(data.draw, interview, {})
    assert outcome.obligations
    assert outcome.without_pictures("declines").obligations
    assert interview.way(answers).boxes
    assert interview.standing(answers).route is not None
