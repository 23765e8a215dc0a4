"""A pathway that would mislead is refused: one mistake at a time, each named with its place."""

from pathlib import Path

import pytest

from core.errors import WrongUseError
from core.pathway.loader import read_pathway

SMALL = Path(__file__).with_name("small.toml").read_text(encoding="utf-8")

WITHOUT = """[[rules]]
id = "without"
route = "refer-without-photography"
source = "s"
when = [{ question = "concern", any_of = ["without"] }]
"""
REST = '[[rules]]\nid = "rest"\nroute = "routine-dermatology"\nsource = "s"\n'
ROUTE_R = '[[routes]]\nroute = "routine-dermatology"'
URGENT = 'when = [{ question = "concern", any_of = ["urgent"] }]'
SCORED = 'when = [{ score = "points", at_least = 2 }]'
CONCERN = 'text = "Concern?"'

FAULTS = {
    "id twice among questions": ('id = "signs"', 'id = "concern"', "questions: “concern” stands there 2 times"),
    "id twice among rules": ('id = "scored"', 'id = "waits"', "rules: “waits” stands there 2 times"),
    "route defined twice": (ROUTE_R, ROUTE_R.replace("routine-dermatology", "awaiting-clinician"), "routes: “awaiting"),
    "option twice": ('{ id = "size", label', '{ id = "none", label', "questions, signs, options: “none” stands there"),
    "reviewed before it is valid": ("review_by = 2027", "review_by = 2025", "review_by: must be later"),
    "reviewed the day it is valid": ("review_by = 2027-01-01", "review_by = 2026-01-01", "review_by: must be later"),
    "dermlock's own id": ('id = "signs"', 'id = "override"', "questions, override: this id is dermlock's own"),
    "text with options": ('kind = "choice"', 'kind = "text"', "questions, concern: a text has no options"),
    "choice with one option": (
        ', label = "U" }, { id = "without", label = "W" }, { id = "wait", label = "A" } ]',
        ', label = "U" } ]',
        "questions, concern: a choice needs two options or more",
    ),
    "choice with an option alone": ('label = "U" }', 'label = "U", alone = true }', "questions, concern: a choice"),
    "checklist without none of these": (
        ", alone = true",
        "",
        "questions, signs: a checklist needs two options or more",
    ),
    "checklist with two of them": ('label = "S" }', 'label = "S", alone = true }', "questions, signs: a checklist"),
    "a question looks at a later one": (
        CONCERN,
        CONCERN + '\nwhen = [{ question = "signs", any_of = ["size"] }]',
        "questions, concern, when: no earlier question “signs”",
    ),
    "a question looks at itself": (
        'text = "Signs?"',
        'text = "Signs?"\nwhen = [{ question = "signs", any_of = ["size"] }]',
        "questions, signs, when: no earlier question “signs”",
    ),
    "a question looks at a score to come": (
        CONCERN,
        CONCERN + '\nwhen = [{ score = "points", below = 2 }]',
        "questions, concern, when: the score “points” is not known there yet",
    ),
    "reason question is none": (
        'reason_question = "why_none"',
        'reason_question = "why"',
        "reason_question: “why” is no",
    ),
    "reason question is a choice": (
        'reason_question = "why_none"',
        'reason_question = "concern"',
        "reason_question: “con",
    ),
    "reason asked of everybody": (
        'kind = "text"\nsource = "s"\nwhen = [{ question = "concern", any_of = ["without"] }]',
        'kind = "text"\nsource = "s"',
        "questions, why_none: it asks why there are no pictures",
    ),
    "no reason asked where none are": (
        WITHOUT,
        WITHOUT.replace('any_of = ["without"]', 'any_of = ["without", "wait"]'),
        "rules, without: “why_none” must be asked wherever this holds",
    ),
    "score of no question": (
        'question = "signs"\nmeaning',
        'question = "why_none"\nmeaning',
        "scores, points: there is no",
    ),
    "points for no option": ("{ size = 2 }", "{ szie = 2 }", "scores, points, points: “signs” has no option “szie”"),
    "a score of a score": (
        'when = [{ question = "concern", none_of = ["wait"] }]',
        'when = [{ score = "points", below = 9 }]',
        "scores, points, when: a score cannot depend on a score",
    ),
    "rule to an undefined route": (
        REST,
        REST.replace("routine-dermatology", "rads"),
        "rules, rest: the route “rads” is not",
    ),
    "a rule that hides the others": (URGENT, "", "rules, urgent: only the last rule has no condition"),
    "last rule with a condition": (
        REST,
        REST + 'when = [{ question = "concern", any_of = ["wait"] }]\n',
        "rules, rest: the last",
    ),
    "last rule that raises": (
        REST,
        REST + "raises = true\n",
        "rules, rest: the last rule must have no condition and not raise",
    ),
    "no way up": ('"urgent-suspected-cancer"', '"rads"', "rules: no rule leads to “urgent-suspected-cancer”"),
    "a route nobody gets to": (
        ROUTE_R,
        f'[[routes]]\nroute = "rads"\nname = "x"\nsource = "s"\n\n{ROUTE_R}',
        "routes, rads: no rule leads there",
    ),
    "reason for a view not asked for": (
        'reason_when_missing = ["close-up"]',
        'reason_when_missing = ["lateral"]',
        "routes, urgent-suspected-cancer, reason_when_missing: “lateral” is neither",
    ),
    "obligation on no option": (
        '"o", when = [{ question = "signs", any_of = ["size"] }]',
        '"o", when = [{ question = "signs", any_of = ["shape"] }]',
        "routes, routine-dermatology, when: “signs” has no",
    ),
    "condition on an unknown score": (
        SCORED,
        SCORED.replace("points", "seven"),
        "rules, scored, when: there is no score “seven”",
    ),
    "condition on an unknown option": (
        'any_of = ["urgent"]',
        'any_of = ["urgnet"]',
        "rules, urgent, when: “concern” has no option",
    ),
    "condition on a text": (
        SCORED,
        'when = [{ question = "why_none", any_of = ["x"] }]',
        "rules, scored, when: no earlier question",
    ),
    "condition on nothing": (SCORED, "when = [{}]", "rules, scored, when: a condition names a question"),
    "condition on both": (
        SCORED,
        'when = [{ score = "points", at_least = 2, question = "signs" }]',
        "rules, scored, when: a cond",
    ),
    "question without options to look for": (
        SCORED,
        'when = [{ question = "signs" }]',
        "rules, scored, when: a condition names",
    ),
    "question with a bound": (
        SCORED,
        'when = [{ question = "signs", at_least = 2 }]',
        "rules, scored, when: a condition names",
    ),
    "either with nothing known": (
        'question = "concern", any_of = ["urgent"] }] }]',
        'question = "concern", any_of = ["size"] }] }]',
        "routes, routine-dermatology, when: “concern” has no option “size”",
    ),
    "either within either": (
        SCORED,
        'when = [{ either = [{ either = [{ question = "signs", any_of = ["size"] }] }] }]',
        "rules, scored, when: what stands in either has no either of its own",
    ),
    "either beside a question": (
        SCORED,
        'when = [{ question = "signs", either = [{ score = "points", at_least = 2 }] }]',
        "rules, scored, when: a condition names",
    ),
    "a route that hangs on pictures": (
        SCORED,
        "when = [{ pictures = true }]",
        "rules, scored, when: whether pictures are taken decides about sentences only",
    ),
    "a question that hangs on pictures": (
        'text = "Signs?"',
        'text = "Signs?"\nwhen = [{ pictures = false }]',
        "questions, signs, when: whether pictures are taken decides about sentences only",
    ),
    "a first question not asked of everybody": (
        'text = "Concern?"',
        'text = "Concern?"\nwhen = [{ pictures = false }]',
        "questions, concern, when: whether pictures",
    ),
    "an answer due at a time never looked at": (
        ', when = [{ question = "signs", any_of = ["size"] }] },\n  { within_hours = 240',
        " },\n  { within_hours = 240",
        "routes, urgent-suspected-cancer, replies: only the last has no condition",
    ),
    "an answer due by an unknown option": (
        '48, source = "s", when = [{ question = "signs", any_of = ["size"] }]',
        '48, source = "s", when = [{ question = "signs", any_of = ["big"] }]',
        "routes, urgent-suspected-cancer, replies, when: “signs” has no option “big”",
    ),
    "nothing to do": (
        '  { text = "a" },\n',
        "",
        "routes, routine-dermatology, obligations: none holds whatever was answered, with pictures and without",
    ),
    "nothing to do without pictures": (
        ', { text = "without", when = [{ pictures = false }] }',
        "",
        "routes, urgent-suspected-cancer, obligations: none holds whatever was answered",
    ),
    "score without a bound": (SCORED, 'when = [{ score = "points" }]', "rules, scored, when: a condition names"),
}


def test_the_small_pathway_is_right_before_it_is_made_wrong() -> None:
    assert read_pathway(SMALL, "small.toml").id == "small"


@pytest.mark.parametrize("fault", FAULTS)
def test_one_mistake_is_named_with_its_place(fault: str) -> None:
    old, new, named = FAULTS[fault]
    assert old in SMALL
    with pytest.raises(WrongUseError) as refused:
        read_pathway(SMALL.replace(old, new), "small.toml")
    assert refused.value.what.startswith(f"small.toml: {named}")


def test_a_score_may_hang_on_one_of_several_answers() -> None:
    either = (
        'when = [{ either = [{ question = "concern", any_of = ["wait"] }, { question = "signs", any_of = ["size"] }] }]'
    )
    assert read_pathway(SMALL.replace('when = [{ question = "concern", none_of = ["wait"] }]', either), "small.toml")


def test_a_warning_about_nothing_is_named_by_its_number() -> None:
    wrong = SMALL.replace(
        "[[scores]]", '[[warnings]]\ntext = "w"\nwhen = [{ question = "x", any_of = ["y"] }]\n\n[[scores]]'
    )
    with pytest.raises(WrongUseError, match="warnings 1, when: no earlier question “x”"):
        read_pathway(wrong, "small.toml")


def test_no_rule_stands_before_a_way_up_to_urgency() -> None:
    first = WITHOUT.replace('id = "without"', 'id = "first"')
    wrong = SMALL.replace('[[rules]]\nid = "scored"', f'{first}\n[[rules]]\nid = "scored"')
    with pytest.raises(WrongUseError, match="rules, first: must stand behind “urgent”, the last that leads to urgency"):
        read_pathway(wrong, "small.toml")


def test_waiting_for_a_clinician_may_come_first_but_never_overrules() -> None:
    wrong = SMALL.replace(
        'route = "awaiting-clinician"\nsource = "s"\nwhen',
        'route = "awaiting-clinician"\nsource = "s"\nraises = true\nwhen',
    )
    with pytest.raises(WrongUseError, match="rules, waits: must stand behind “urgent”"):
        read_pathway(wrong, "small.toml")
