"""The way through the flowchart: as far as the answers go, and no further."""

from pathlib import Path

import pytest

from core.model.question import Value
from core.pathway.flowchart.way import Way, way_taken
from core.pathway.loader import load_pathways, read_pathway
from core.pathway.outcome import Route

ENGLAND = load_pathways(None)["england-skin-2026"]
SMALL = Path(__file__).with_name("small.toml").read_text(encoding="utf-8")
UP_TO_HISTORY = ("concern", "dermoscopy", "seven-point", "other-cancers", "bcc", "clinical-concern", "history")

Said = dict[str, Value]


def test_before_anything_is_answered_the_first_box_is_open() -> None:
    assert way_taken(ENGLAND, {}) == Way(open="concern")


@pytest.mark.parametrize(
    ("said", "boxes", "open_"),
    [
        ({"concern": "advice"}, ("concern", "dermoscopy"), "dermoscopy"),
        ({"concern": "awaiting-clinician"}, ("concern", "awaiting-clinician"), ""),
        (
            {"concern": "advice", "criteria": ("size",)},
            ("concern", "dermoscopy", "seven-point"),
            "seven-point",
        ),
        (
            {"concern": "advice", "criteria": ("size",), "pigmented": "no"},
            ("concern", "dermoscopy", "seven-point", "other-cancers"),
            "other-cancers",
        ),
        (
            {"concern": "advice", "criteria": ("bcc",)},
            ("concern", "dermoscopy", "seven-point", "other-cancers", "bcc"),
            "bcc",
        ),
        ({"concern": "advice", "criteria": ("none",)}, UP_TO_HISTORY, "history"),
        (
            {"concern": "advice", "criteria": ("dermoscopy",)},
            ("concern", "dermoscopy", "urgent-suspected-cancer"),
            "",
        ),
        (
            {"concern": "urgent", "criteria": ("none",)},
            (
                "concern",
                "dermoscopy",
                "seven-point",
                "other-cancers",
                "bcc",
                "clinical-concern",
                "urgent-suspected-cancer",
            ),
            "",
        ),
        (
            {"concern": "rapid", "criteria": ("none",), "history": ("none",)},
            (*UP_TO_HISTORY, "pictures", "recognised", "unsure"),
            "unsure",
        ),
        (
            {"concern": "rapid", "criteria": ("none",), "history": ("none",), "urgent_advice": "advice-only"},
            (*UP_TO_HISTORY, "pictures", "recognised", "unsure", "advice-and-guidance"),
            "",
        ),
    ],
)
def test_it_ends_where_something_is_open_or_a_rule_decides(said: Said, boxes: tuple[str, ...], open_: str) -> None:
    way = way_taken(ENGLAND, said)
    assert (way.boxes, way.open) == (boxes, open_)
    assert len(way.leads) == len(boxes) - 1


def test_of_two_arrows_to_one_route_the_one_of_the_rule_is_taken() -> None:
    answered: Said = {"concern": "rapid", "criteria": ("none",), "history": ("none",), "urgent_advice": "advice"}
    leads = ENGLAND.box("unsure").leads
    (taken,) = [at for box, at in way_taken(ENGLAND, answered).leads if box == "unsure"]
    assert (leads[taken].to, leads[taken].rules) == ("advice-and-guidance", ("urgent-advice",))


def test_of_two_ways_on_it_goes_where_something_was_asked() -> None:
    """A practice may let its boxes part."""
    parted = SMALL.replace(
        '{ to = "look", label = "on" }',
        '{ to = "ask", label = "short" }, { to = "look", label = "long" }',
    )
    pathway = read_pathway(parted, "small.toml")
    assert way_taken(pathway, {"concern": "wait"}).boxes == ("begin", "waiting")
    assert way_taken(pathway, {"concern": "without", "why_none": "d", "signs": ("none",)}).boxes[:2] == ("begin", "ask")
    assert way_taken(pathway, {"concern": "urgent", "signs": ("none",)}).boxes == ("begin", "look", "up")


def test_a_route_chosen_against_the_rules_stands_beside_the_way() -> None:
    said: Said = {"concern": "advice", "criteria": ("scc",), "history": ("none",)}
    way = way_taken(ENGLAND, said, Route.ADVICE_AND_GUIDANCE)
    assert way.boxes[-1] == "urgent-suspected-cancer"
    assert way.chosen is Route.ADVICE_AND_GUIDANCE
    assert way_taken(ENGLAND, said, Route.URGENT_SUSPECTED_CANCER).chosen is None
