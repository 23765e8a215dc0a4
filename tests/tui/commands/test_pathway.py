"""`dermlock pathway`: list, show, check. No vault and nobody signed in: a practice tries its file before it is used."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.pathway import loader
from core.pathway.loader import load_pathways

from ...support.station import Station

DEFINITIONS = Path(loader.__file__).with_name("definitions")
GLOS = (DEFINITIONS / "glos-skin-lesions.toml").read_text(encoding="utf-8")


@pytest.fixture
def ours(bare_station: Station) -> Callable[[str], Path]:
    """Writes a practice's own file into the folder that the settings name."""
    folder = bare_station.folder / "pathways"
    folder.mkdir()
    bare_station.set(pathways_folder=str(folder))

    def write(text: str) -> Path:
        (folder / "ours.toml").write_text(text, encoding="utf-8")
        return folder / "ours.toml"

    return write


def test_the_list_says_which_there_are_which_is_usual_and_until_when(bare_station: Station) -> None:
    said = bare_station.run("pathway", "list")
    assert (said.code, said.err) == (0, "")
    assert "england-skin-2026  Skin lesions, England 2026, version 2; the usual one\n" in said.out
    assert "glos-skin-lesions  Skin lesions, Gloucestershire, version 2\n" in said.out
    assert "to be reviewed by 01 Apr 2027" in said.out
    rows = bare_station.run("pathway", "list", "--json").document["pathways"]
    assert [(row["id"], row["own"], row["usual"], row["findings"]) for row in rows] == [
        ("england-skin-2026", False, True, []),
        ("glos-skin-lesions", False, False, []),
    ]


def test_a_practice_s_own_goes_before_ours_and_the_list_says_so(
    bare_station: Station, ours: Callable[[str], Path]
) -> None:
    ours(GLOS.replace('version = "2"', 'version = "elm 1"', 1))
    said = bare_station.run("pathway", "list")
    assert "glos-skin-lesions  Skin lesions, Gloucestershire, version elm 1; the practice's own\n" in said.out
    assert said.out.count("Gloucestershire") == 1
    assert "version elm 1" in bare_station.run("pathway", "show", "glos-skin-lesions").out


def test_one_that_was_to_be_reviewed_is_a_finding(bare_station: Station, ours: Callable[[str], Path]) -> None:
    ours(GLOS.replace("review_by = 2027-04-01", "review_by = 2020-04-01", 1))
    said = bare_station.run("pathway", "list")
    assert said.code == 1
    assert "was to be reviewed by 01 April 2020; ask The practice's lead for skin cancer." in said.out


def test_a_file_that_would_mislead_is_named_by_every_command(
    bare_station: Station, ours: Callable[[str], Path]
) -> None:
    ours(GLOS.replace('to = "bcc", label', 'to = "bbc", label', 1))
    for line in (["list"], ["show", "glos-skin-lesions"]):
        said = bare_station.run("pathway", *line)
        assert said.code == 2
        assert said.error[0] == "ours.toml: boxes, other-cancers, leads to bbc: there is no box “bbc”."


@pytest.mark.parametrize("pathway_id", ["england-skin-2026", "glos-skin-lesions"])
def test_a_flowchart_is_plain_text_in_eighty_columns(bare_station: Station, pathway_id: str) -> None:
    said = bare_station.run("pathway", "show", pathway_id)
    assert (said.code, said.err) == (0, "")
    assert max(len(line) for line in said.out.splitlines()) <= 80
    assert "├─ 3 points or more ─► Urgent suspected cancer" in said.out
    boxes = load_pathways(None)[pathway_id].boxes
    assert all(f"\n{box.id}: {box.title}" in said.out for box in boxes)
    document = bare_station.run("pathway", "show", pathway_id, "--json").document
    assert [box["id"] for box in document["boxes"]] == [box.id for box in boxes]
    assert {lead["to"] for box in document["boxes"] for lead in box["leads"]} <= {box.id for box in boxes}


@pytest.mark.parametrize("pathway_id", ["england-skin-2026", "glos-skin-lesions"])
def test_every_box_shows_its_guidance_with_its_source_and_its_dates(bare_station: Station, pathway_id: str) -> None:
    for box in load_pathways(None)[pathway_id].boxes:
        said = bare_station.run("pathway", "show", pathway_id, box.id)
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith(f"# {box.title}\n")
        assert "\nSource: " in said.out
        assert f"Looked at {box.dated:%d %B %Y}. " in said.out
        assert max(len(line) for line in said.out.splitlines()) <= 80
    shown = bare_station.run("pathway", "show", pathway_id, "advice-and-guidance", "--json").document["box"]
    assert shown["route"] == "advice-and-guidance"
    assert "Pictures required of each lesion: locating, close-up" in shown["guidance"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (["lesions"], ("There is no pathway “lesions”.", "Choose one of: england-skin-2026, glos-skin-lesions.")),
        (["glos-skin-lesions", "x"], ("There is no box “x” in it.", "Choose one of: concern, dermoscopy, ")),
    ],
)
def test_what_is_not_there_is_named_with_what_is(
    bare_station: Station, line: list[str], error: tuple[str, str]
) -> None:
    said = bare_station.run("pathway", "show", *line)
    assert said.code == 2
    assert said.error[0] == error[0]
    assert said.error[1].startswith(error[1])


@pytest.mark.parametrize("file", sorted(DEFINITIONS.glob("*.toml")), ids=lambda file: file.stem)
def test_what_ships_is_checked_as_a_practice_would(bare_station: Station, file: Path) -> None:
    said = bare_station.run("pathway", "check", file)
    assert (said.code, said.err) == (0, "")
    assert f"{file.name} may be used: {file.stem}, " in said.out
    assert f"It goes before the “{file.stem}” that comes with dermlock." in said.out
    assert bare_station.run("pathway", "check", file, "--json").document["stands_in_for_shipped"] is True


def test_a_check_names_every_fault_with_its_place(bare_station: Station) -> None:
    file = bare_station.folder / "ours.toml"
    wrong = GLOS.replace('to = "bcc", label', 'to = "bbc", label', 1).replace(
        'any_of = ["rapid"]', 'any_of = ["rapit"]'
    )
    file.write_text(wrong, encoding="utf-8")
    said = bare_station.run("pathway", "check", file)
    assert (said.code, said.err) == (1, "")
    lines = said.out.splitlines()
    assert lines[:4] == [
        "ours.toml: questions, rads_told, when: “concern” has no option “rapit”.",
        "ours.toml: rules, rapid-advice, when: “concern” has no option “rapit”.",
        "ours.toml: boxes, other-cancers, leads to bbc: there is no box “bbc”.",
        "ours.toml: boxes, bcc: no arrow leads here from “concern”, the first box.",
    ]
    assert all("no arrow leads here" in line for line in lines[4:])
    assert "may be used" not in said.out
    document = bare_station.run("pathway", "check", file, "--json").document
    assert document["may_be_used"] is False
    assert document["findings"][0] == "questions, rads_told, when: “concern” has no option “rapit”."


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('kind = "choice"', 'kind = "radio"', "ours.toml: questions, concern, kind: "),
        ("guidance = '''\nDermoscopy", "guidnace = '''\nDermoscopy", "ours.toml: boxes, dermoscopy: "),
        (
            'route = "rads"\nsource = "GLOS: Rapid Advice and Diagnostic Support"\ndated',
            'route = "fast"\ndated',
            "ours.toml: boxes, rads",
        ),
        ("[[boxes]]", "[[boxes]", "ours.toml: it is not TOML: "),
    ],
)
def test_a_mistake_of_typing_is_named_by_its_place(bare_station: Station, old: str, new: str, named: str) -> None:
    assert old in GLOS
    file = bare_station.folder / "ours.toml"
    file.write_text(GLOS.replace(old, new, 1), encoding="utf-8")
    said = bare_station.run("pathway", "check", file)
    assert (said.code, said.err) == (1, "")
    assert said.out.startswith(named)
    assert len(said.out.splitlines()) == 1


def test_a_file_that_may_be_used_and_is_old_is_both(bare_station: Station) -> None:
    file = bare_station.folder / "ours.toml"
    file.write_text(GLOS.replace("review_by = 2027-04-01", "review_by = 2020-04-01"), encoding="utf-8")
    said = bare_station.run("pathway", "check", file)
    assert said.code == 1
    assert "was to be reviewed by 01 April 2020" in said.out.splitlines()[0]
    assert "ours.toml may be used" in said.out


@pytest.mark.parametrize("content", [None, b'name = "Pr\xe4xis"'])
def test_a_file_that_cannot_be_read_is_refused(bare_station: Station, content: bytes | None) -> None:
    file = bare_station.folder / "ours.toml"
    if content is not None:
        file.write_bytes(content)
    said = bare_station.run("pathway", "check", file)
    assert said.code == 2
    assert str(file) in said.error[0]
