"""The pathways that ship: dated, owned, sourced, and loaded beside a practice's own."""

import re
from pathlib import Path

import pytest

from core.errors import WrongUseError
from core.pathway import loader
from core.pathway.checks import faults
from core.pathway.definition import (
    AnswerOption,
    Box,
    Condition,
    ConditionalSentence,
    Lead,
    Pathway,
    PathwayQuestion,
    Reply,
    RouteDefinition,
    Rule,
    Score,
)
from core.pathway.loader import load_pathways, read_pathway
from core.pathway.outcome import Route

DEFINITIONS = Path(loader.__file__).with_name("definitions")
SHIPPED = load_pathways(None)
GLOS = (DEFINITIONS / "glos-skin-lesions.toml").read_text(encoding="utf-8")


def test_both_ship_and_are_named_as_their_files_are() -> None:
    assert set(SHIPPED) == {"england-skin-2026", "glos-skin-lesions"}
    assert {file.stem for file in DEFINITIONS.glob("*.toml")} == set(SHIPPED)


@pytest.mark.parametrize("pathway", SHIPPED.values(), ids=SHIPPED.keys())
def test_each_says_whose_it_is_and_where_it_comes_from(pathway: Pathway) -> None:
    assert list(faults(pathway)) == []
    assert pathway.owner
    assert pathway.jurisdiction.endswith("England")
    assert pathway.valid_from < pathway.review_by
    parts: list[PathwayQuestion | Score | Rule | RouteDefinition | Box] = [*pathway.questions, *pathway.scores]
    parts += [*pathway.rules, *pathway.routes, *pathway.boxes]
    assert all(part.source.strip() for part in parts)


@pytest.mark.parametrize("pathway", SHIPPED.values(), ids=SHIPPED.keys())
def test_urgent_rules_name_the_paragraph_of_the_guideline(pathway: Pathway) -> None:
    sources = {rule.id: rule.source for rule in pathway.rules if rule.raises}
    assert {id_: source.removeprefix("NICE NG12, ").split(":")[0] for id_, source in sources.items()} == {
        "dermoscopy": "1.7.2",
        "seven-point": "1.7.1",
        "nodular": "1.7.3",
        "scc": "1.7.4",
        "bcc-delay": "1.7.6",
        "bcc-routine": "1.7.5",
    }


@pytest.mark.parametrize("pathway", SHIPPED.values(), ids=SHIPPED.keys())
def test_english_criteria_are_not_mixed_with_scottish_ones(pathway: Pathway) -> None:
    (diameter,) = [option for option in pathway.question("criteria").options if option.id == "diameter"]
    assert "7 mm or more" in diameter.label


def test_a_practice_adds_its_own_and_stands_in_for_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(GLOS.replace('id = "glos-skin-lesions"', 'id = "ours"', 1), encoding="utf-8")
    (tmp_path / "glos.toml").write_text(GLOS.replace('version = "2"', 'version = "ours 2"', 1), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no pathway")
    found = load_pathways(tmp_path)
    assert set(found) == {*SHIPPED, "ours"}
    assert found["glos-skin-lesions"].version == "ours 2"


def test_two_files_of_one_folder_cannot_be_the_same_pathway(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GLOS, encoding="utf-8")
    with pytest.raises(WrongUseError, match=r"b\.toml: another file of this folder is “glos-skin-lesions” too"):
        load_pathways(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="no folder of pathways") as refused:
        load_pathways(tmp_path / "none")
    assert "pathways_folder" in refused.value.hint


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'name = "Pr\xe4xis"')
    with pytest.raises(WrongUseError, match=r"latin\.toml cannot be read"):
        load_pathways(tmp_path)
    (tmp_path / "latin.toml").unlink()
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(WrongUseError, match=r"folder\.toml cannot be read"):
        load_pathways(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["id = ", "id = 'x'\nid = 'y'", "\x00", "a = " + "9" * 5000, "a = " + "[" * 100_000, "valid_from = 2026-02-30"],
    ids=["cut off", "twice", "no text", "long number", "deep", "no such day"],
)
def test_what_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(WrongUseError, match=r"ours\.toml: it is not TOML"):
        read_pathway(text, "ours.toml")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('name = "Skin', 'nmae = "Skin', "nmae"),
        ("review_by = 2027-04-01", 'review_by = "soon"', "review_by"),
        ("identifiable_pictures = false", "identifiable_pictures = 0", "identifiable_pictures"),
        ('owner = "The practice\'s lead for skin cancer"', 'owner = " "', "owner"),
        ('kind = "choice"', 'kind = "radio"', "questions, concern, kind: "),
        ('id = "urgent"', 'id = "Urgent!"', "questions, concern, options, Urgent!, id: "),
        ("size = 2,", "size = 0,", "scores, seven-point, points"),
        ('route = "rads"', 'route = "fast-track"', "fast-track"),
        ('required = ["locating"', 'required = ["global"', "routes, advice-and-guidance, required, 1: "),
        ("raises = true", 'raises = "yes"', "raises"),
        ('text = "A score', 'txt = "A score', "txt"),
    ],
)
def test_a_wrong_name_or_value_is_refused_by_its_place(old: str, new: str, named: str) -> None:
    assert old in GLOS
    with pytest.raises(WrongUseError) as refused:
        read_pathway(GLOS.replace(old, new, 1), "ours.toml")
    assert refused.value.what.startswith("ours.toml: ")
    assert named in refused.value.what
    assert "Mend this place" in refused.value.hint


def test_the_guide_names_every_key_that_a_file_can_have() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "pathways.md").read_text(encoding="utf-8")
    structures = (Pathway, PathwayQuestion, AnswerOption, Score, Rule, RouteDefinition, ConditionalSentence, Reply)
    for structure in (*structures, Box, Lead, Condition):
        assert [key for key in structure.__struct_fields__ if not re.search(rf"\b{key}\b", guide)] == []
    assert [route.value for route in Route if f"`{route.value}`" not in guide] == []


def test_the_guide_says_of_each_pathway_until_when_it_holds() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "pathways.md").read_text(encoding="utf-8")
    for id_, pathway in SHIPPED.items():
        (row,) = [line for line in guide.splitlines() if line.startswith(f"| `{id_}`")]
        for day in (pathway.valid_from, pathway.review_by):
            assert f"| {day.day} {day:%B %Y} |" in row
