"""The drawing by itself: every box and every arrow is in it, nothing wider than it may be, the way in double lines."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from core.pathway.definition import Pathway
from core.pathway.flowchart.way import Way, way_taken
from core.pathway.loader import load_pathways, read_pathway
from core.pathway.outcome import Route
from tui.flowchart.drawing import Part, Spot, beside, draw, spots, target_of

PATHWAYS = load_pathways(None)
ENGLAND = PATHWAYS["england-skin-2026"]
SMALL = read_pathway(
    (Path(__file__).parents[2] / "core" / "pathway" / "small.toml").read_text(encoding="utf-8"), "small.toml"
)
EVERY = [*PATHWAYS.values(), SMALL]
WIDTHS = [36, 50, 64, 78, 100, 160]
TAKEN = {"concern": "advice", "criteria": ("size", "oozing"), "pigmented": "yes", "history": ("none",)}


def flowing(text: str) -> str:
    """The words, wherever lines were broken and whatever was drawn around them."""
    return " ".join("".join(char if char.isalnum() else " " for char in text).split())


def test_a_small_one_is_drawn_like_this() -> None:
    drawn = draw(SMALL, Way(), 60).text
    assert drawn.splitlines()[:9] == [
        "  ┌──────────────────┐",
        "  │ Begin            ├─ wait ─► Waiting",
        "  └─────────┬────────┘",
        "            │ on",
        "  ┌─────────▼────────┐",
        "  │ Look             ├─ up ─► Up",
        "  └─────────┬────────┘",
        "            │ no",
        "  ┌─────────▼────────┐",
    ]
    assert drawn.splitlines()[-4:] == [
        "Then:",
        "  ┌──────────────────┐",
        "  │ Later            │",
        "  └──────────────────┘",
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("pathway", EVERY, ids=lambda pathway: pathway.id)
def test_no_line_is_wider_than_it_may_be(pathway: Pathway, width: int) -> None:
    for here in (None, *spots(pathway)):
        for way in (
            Way(),
            way_taken(pathway, TAKEN if pathway is ENGLAND else {"concern": "urgent", "signs": ("none",)}),
        ):
            assert max(cell_len(line) for line in draw(pathway, way, width, here).text.splitlines()) <= width


@pytest.mark.parametrize("pathway", EVERY, ids=lambda pathway: pathway.id)
def test_every_box_and_every_arrow_is_in_it(pathway: Pathway) -> None:
    said = flowing(draw(pathway, Way(), 160).text)
    assert all(flowing(box.title) in said for box in pathway.boxes)
    assert all(flowing(lead.label) in said for box in pathway.boxes for lead in box.leads)


@pytest.mark.parametrize("width", [50, 100])
@pytest.mark.parametrize("pathway", EVERY, ids=lambda pathway: pathway.id)
def test_every_spot_has_its_lines_and_they_show_what_it_is(pathway: Pathway, width: int) -> None:
    drawing = draw(pathway, Way(), width)
    for spot in spots(pathway):
        begun, end = drawing.rows[spot]
        assert 0 <= begun < end <= len(drawing.lines)
        words = set(flowing("\n".join(drawing.text.splitlines()[begun:end])).split())
        assert set(flowing(target_of(pathway, spot).title).split()) <= words


def test_only_where_one_is_has_the_pointer_or_the_brackets() -> None:
    for spot in spots(ENGLAND):
        text = draw(ENGLAND, Way(), 78, spot).text
        assert (text.count("▸"), text.count("[")) == ((1, 0) if spot.lead is None else (0, 1))
        here = [piece for line in draw(ENGLAND, Way(), 78, spot).lines for piece in line if piece[1] is Part.HERE]
        assert here
    assert not {"▸", "["} & set(draw(ENGLAND, Way(), 78).text)


def test_the_way_is_in_double_lines_and_in_words_up_to_the_route() -> None:
    way = way_taken(ENGLAND, TAKEN)
    assert way.boxes == ("concern", "dermoscopy", "seven-point", "urgent-suspected-cancer")
    lines = draw(ENGLAND, way, 78).text.splitlines()
    assert sum("✓ taken" in line and "╔" in line for line in lines) == 4
    assert [line for line in lines if "═►" in line] == [
        "  ║ Pigmented: 7-point      ╠═ ✓ 3 points or more ═► Urgent suspected cancer"
    ]
    assert sum(" ║ ✓ " in line for line in lines) == 2
    assert "✓" not in draw(ENGLAND, Way(), 78).text


def test_what_is_open_and_what_was_chosen_against_the_rules_are_told_in_words() -> None:
    asked = draw(ENGLAND, way_taken(ENGLAND, {"concern": "advice"}), 78).text
    assert asked.count("asked now") == 1
    chosen = draw(ENGLAND, way_taken(ENGLAND, TAKEN, Route.ADVICE_AND_GUIDANCE), 78).text
    assert (chosen.count(" chosen "), chosen.count("asked now")) == (1, 0)
    assert way_taken(ENGLAND, TAKEN, Route.URGENT_SUSPECTED_CANCER).chosen is None


def test_an_arrow_to_the_box_below_is_drawn_down_and_every_other_beside() -> None:
    assert beside(ENGLAND, ENGLAND.box("seven-point")) == (0,)
    assert beside(ENGLAND, ENGLAND.box("unsure")) == (0, 1, 2)
    assert beside(ENGLAND, ENGLAND.box("awaiting-clinician")) == ()
    assert target_of(ENGLAND, Spot("seven-point", 0)).id == "urgent-suspected-cancer"
    assert target_of(ENGLAND, Spot("seven-point")).id == "seven-point"
