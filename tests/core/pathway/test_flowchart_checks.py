"""A flowchart that would lead nowhere is refused: one mistake at a time, each named with its place."""

from pathlib import Path

import pytest

from core.errors import WrongUseError
from core.pathway.loader import looked_through, read_pathway

SMALL = Path(__file__).with_name("small.toml").read_text(encoding="utf-8")

WAITING = '{ to = "waiting", label = "wait", rules = ["waits"] }, '
LATER = '[[boxes]]\nid = "later"\ntitle = "Later"\nguidance = "g"\nsource = "s"\ndated = 2026-01-01\n'
ON = '{ to = "look", label = "on" }'

FAULTS = {
    "a box twice": ('id = "later"', 'id = "begin"', "boxes: “begin” stands there 2 times"),
    "an arrow to no box": (
        'leads = [{ to = "later"',
        'leads = [{ to = "latre"',
        "boxes, up, leads to latre: there is no box “latre”",
    ),
    "an arrow backwards": (
        '{ to = "later", label = "sent" }',
        '{ to = "begin", label = "again" }',
        "boxes, up, leads to begin: that box must stand later in the file than this one",
    ),
    "an arrow to itself": (
        '{ to = "later", label = "sent" }',
        '{ to = "up", label = "again" }',
        "boxes, up, leads to up: that box must stand later",
    ),
    "an arrow of an unknown rule": (
        'rules = ["waits"]',
        'rules = ["waist"]',
        "boxes, begin, leads to waiting: there is no rule “waist”",
    ),
    "a rule led to another route": (
        'rules = ["scored", "urgent"]',
        'rules = ["scored", "urgent", "waits"]',
        "boxes, look, leads to up: the rule “waits” leads to the route “awaiting-clinician”, not to this box",
    ),
    "a route without its rule": (
        ON,
        f'{ON}, {{ to = "routine", label = "straight" }}',
        "boxes, begin, leads to routine: an arrow to a route names the rules that lead there",
    ),
    "a rule after the route": (
        '{ to = "later", label = "sent" }',
        '{ to = "later", label = "sent", rules = ["rest"] }',
        "boxes, up, leads to later: nothing is decided any more in the box of a route",
    ),
    "a rule without its arrow": (
        'rules = ["scored", "urgent"]',
        'rules = ["scored"]',
        "rules, urgent: no arrows of the boxes name it; it needs one",
    ),
    "a rule with two arrows": (
        '{ to = "up", label = "up", rules',
        '{ to = "up", label = "too", rules = ["urgent"] }, { to = "up", label = "up", rules',
        "rules, urgent: 2 arrows of the boxes name it; it needs one",
    ),
    "a route without its box": (
        'route = "routine-dermatology"\n\n[[boxes]]\nid = "waiting"',
        '\n[[boxes]]\nid = "waiting"',
        "boxes, ask, leads to routine: the rule “rest” leads to the route “routine-dermatology”, not to this box",
    ),
    "a route with two boxes": (
        LATER,
        LATER + 'route = "awaiting-clinician"\n',
        "routes, awaiting-clinician: 2 boxes stand for it; it needs one",
    ),
    "a box of a route that is not defined": (
        LATER,
        LATER + 'route = "rads"\n',
        "boxes, later: the route “rads” is not defined",
    ),
    "a box with an unknown question": (
        'questions = ["signs"]',
        'questions = ["signs", "sings"]',
        "boxes, look, questions: there is no question “sings”",
    ),
    "a question without its box": (
        'questions = ["why_none"]',
        "questions = []",
        "questions, why_none: no box names it",
    ),
    "boxes in another order than the rules": (
        WAITING,
        '{ to = "up", label = "now", rules = ["urgent"] }, ' + WAITING,
        "rules, urgent: 2 arrows",
    ),
    "a box nobody comes to": (
        'leads = [{ to = "later", label = "sent" }]\n',
        "",
        "boxes, later: no arrow leads here from “begin”, the first box",
    ),
    "a box without a way on": (
        ', { to = "ask", label = "no" }',
        "",
        "boxes, ask: no arrow leads here from “begin”, the first box",
    ),
    "a first box that is a route": (
        'id = "begin"\ntitle = "Begin"\nguidance = "g"\nsource = "s"\ndated = 2026-01-01\nquestions = ["concern"]\n',
        'id = "begin"\ntitle = "Begin"\nguidance = "g"\nsource = "s"\ndated = 2026-01-01\nroute = "rads"\n',
        "boxes, begin, leads to waiting: nothing is decided any more",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_mistake_is_named_with_its_place(fault: str) -> None:
    old, new, named = FAULTS[fault]
    assert SMALL.count(old) == 1
    with pytest.raises(WrongUseError) as refused:
        read_pathway(SMALL.replace(old, new), "small.toml")
    assert refused.value.what.startswith(f"small.toml: {named}")


def test_whoever_comes_to_a_box_that_leads_only_some_on_is_not_left_there() -> None:
    wrong = SMALL.replace(
        '{ to = "look", label = "on" }]', '{ to = "look", label = "on" }, { to = "side", label = "aside" }]'
    )
    aside = LATER.replace("later", "side")
    _, found = looked_through(wrong + "\n" + aside)
    assert found == ("boxes, side: whoever is not led to a route here goes nowhere; an arrow without rules is missing",)


def test_boxes_ask_in_the_order_in_which_the_rules_decide() -> None:
    moved = SMALL.replace('rules = ["scored", "urgent"]', 'rules = ["scored"]').replace(
        WAITING, WAITING + '{ to = "up", label = "now", rules = ["urgent"] }, '
    )
    _, found = looked_through(moved)
    assert found == ("rules, urgent: its box stands before that of a rule that is looked at earlier",)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('guidance = "g"\n', "", "boxes, begin: Object missing required field `guidance`"),
        ('guidance = "g"', 'guidance = "  "', "boxes, begin, guidance: Expected `str` matching regex"),
        ("dated = 2026-01-01\n", "", "boxes, begin: Object missing required field `dated`"),
        ('source = "s"\ndated', 'source = ""\ndated', "boxes, begin, source: Expected `str` matching regex"),
        ('route = "awaiting-clinician"\n\n', 'route = "fast"\n\n', "boxes, waiting, route: Invalid enum value 'fast'"),
        ('label = "on"', 'label = ""', "boxes, begin, leads, look, label: Expected `str` matching regex"),
        ('label = "on"', 'labl = "on"', "boxes, begin, leads, look: Object"),
    ],
)
def test_what_a_box_lacks_is_named_by_the_box(old: str, new: str, named: str) -> None:
    at = SMALL.index("[[boxes]]")
    assert old in SMALL[at:]
    pathway, (found,) = looked_through(SMALL[:at] + SMALL[at:].replace(old, new, 1))
    assert pathway is None
    assert found.startswith(named)


def test_everything_that_is_wrong_is_named_at_once() -> None:
    wrong = SMALL.replace('to = "later"', 'to = "latre"').replace('questions = ["why_none"]', "questions = []")
    _, found = looked_through(wrong)
    assert found == (
        "boxes, up, leads to latre: there is no box “latre”",
        "questions, why_none: no box names it",
        "boxes, later: no arrow leads here from “begin”, the first box",
    )
