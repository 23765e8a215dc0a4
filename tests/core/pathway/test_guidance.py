"""What stands behind the boxes: short, dated, with its source, and never a verdict."""

import re

import pytest

from core.pathway.definition import Box, Pathway
from core.pathway.flowchart.guidance import guidance_of
from core.pathway.loader import load_pathways

PATHWAYS = load_pathways(None)
BOXES = [(pathway, box) for pathway in PATHWAYS.values() for box in pathway.boxes]
VERDICTS = re.compile(r"\b(benign|harmless|malignant|innocent|nothing to worry|is not cancer|diagnos(is|ed) (is|as))\b")
MOST_WORDS = 110

every_box = pytest.mark.parametrize(("pathway", "box"), BOXES, ids=[f"{p.id}, {b.id}" for p, b in BOXES])


@every_box
def test_it_is_short_dated_and_has_its_source(pathway: Pathway, box: Box) -> None:
    assert 10 < len(box.guidance.split()) <= MOST_WORDS
    assert pathway.valid_from <= box.dated <= pathway.review_by
    shown = guidance_of(pathway, box)
    assert shown.startswith(f"# {box.title}\n")
    assert f"Source: {box.source}." in shown
    assert f"Looked at {box.dated:%d %B %Y}." in shown
    assert f"to be reviewed by {pathway.review_by:%d %B %Y}" in shown


@every_box
def test_it_never_says_what_a_lesion_is(pathway: Pathway, box: Box) -> None:
    assert VERDICTS.findall(guidance_of(pathway, box).lower()) == []


@every_box
def test_a_product_rule_is_called_one(pathway: Pathway, box: Box) -> None:
    """CLINICAL marks them [P]: whoever reads has to see that it is no official text."""
    ours = {rule.id for rule in pathway.rules if rule.source.startswith("Product rule")}
    decided_here = {id_ for lead in box.leads for id_ in lead.rules}
    if ours & decided_here or "Product rule" in box.source:
        assert "product rule" in guidance_of(pathway, box).lower()


OURS = {
    "concern": "an assistant may take the pictures",
    "clinical-concern": "your concern alone raises the route",
    "unsure": "whoever fits nothing else is asked about",
    "refer-without-photography": "one key does this on every screen",
    "awaiting-clinician": "a clinician has still to look",
}
"""CLINICAL, [P]: by the box where it is said."""


@pytest.mark.parametrize("pathway", PATHWAYS.values(), ids=PATHWAYS)
@pytest.mark.parametrize("box_id", OURS)
def test_each_of_our_rules_says_in_its_own_line_that_it_is_ours(pathway: Pathway, box_id: str) -> None:
    words = " ".join(pathway.box(box_id).guidance.split())
    assert re.search(rf"\*Product rule:\*[^*]*{OURS[box_id]}", words)


@pytest.mark.parametrize("pathway", PATHWAYS.values(), ids=PATHWAYS)
def test_pictures_answers_and_duties_of_a_route_are_told_from_its_data(pathway: Pathway) -> None:
    for box in pathway.boxes:
        if box.route is None:
            continue
        route, shown = pathway.route(box.route), guidance_of(pathway, box)
        assert "**What this route asks for**" in shown
        assert all(view.value in shown for view in (*route.required, *route.advised))
        assert ("No pictures are needed" in shown) == (not route.required and not route.advised)
        assert [reply.source for reply in route.replies if f"({reply.source})" not in shown] == []
        assert [said.text for said in route.obligations if not said.when and said.text not in shown] == []


@pytest.mark.parametrize("pathway", PATHWAYS.values(), ids=PATHWAYS)
def test_every_rule_is_told_in_the_box_where_it_decides(pathway: Pathway) -> None:
    for rule in pathway.rules:
        (box,) = [box for box in pathway.boxes if any(rule.id in lead.rules for lead in box.leads)]
        assert f"{pathway.route(rule.route).name} ({rule.source})" in guidance_of(pathway, box)


def test_english_criteria_stand_in_the_guidance_with_their_numbers() -> None:
    for pathway in PATHWAYS.values():
        words = " ".join(pathway.box("seven-point").guidance.split())
        assert "largest diameter 7 mm or more" in words
        assert "3 or more: urgent suspected cancer" in words
        assert "Below 3 excludes nothing" in words
        assert "28 days" in pathway.box("urgent-suspected-cancer").guidance
