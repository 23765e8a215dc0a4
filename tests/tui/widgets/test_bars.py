"""The lines that frame every screen, and the table of files: nothing in them is cut or taken for markup."""

import pytest
from rich.cells import cell_len

from core.errors import RuleRefusedError
from core.intake.steps import Step
from tui.widgets.bars import KeyBar, Note, PatientBar, StationBar
from tui.widgets.image_table import ImageTable
from tui.widgets.step_rail import StepRail
from tui.widgets.wrapping import shortened, wrapped

from ...support.on_screen import Person
from ...support.stage import on_stage

LONG = "FEATHERSTONEHAUGH-CHOLMONDELEY, Maximiliana Theodora  born 02 Apr 1961  999 000 0018"


def test_keys_break_between_keys_and_never_within_one() -> None:
    keys = (("1-3 ↑↓ Enter", "answer"), ("Esc", "back"), ("F8", "without photography"), ("F1", "source"))

    async def does(person: Person, bar: KeyBar, _heard: object) -> None:
        bar.show(keys)
        await person.wait_for("F1 source")
        lines = [line.strip() for line in person.sees.splitlines() if line.strip()]
        assert lines == ["1-3 ↑↓ Enter answer   Esc back", "F8 without photography   F1 source"]

    on_stage(KeyBar(), does, size=(40, 6))


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_long_name_never_costs_the_birth_date_or_the_number(width: int) -> None:
    async def does(person: Person, bar: PatientBar, _heard: object) -> None:
        bar.patient = LONG
        await person.wait_for("FEATHERSTONEHAUGH-CHOLMONDELEY", "born 02 Apr 1961", "999 000 0018")

    on_stage(PatientBar(), does, size=(width, 6))


@pytest.mark.parametrize("width", [36, 60, 80])
def test_who_is_signed_in_and_the_card_stay_when_the_line_is_short(width: int) -> None:
    async def does(person: Person, bar: StationBar, _heard: object) -> None:
        bar.place, bar.staff, bar.card = "Views and lesions", "Dr [b]Ada", "card: 3 pictures"
        screen = await person.wait_for("Dr [b]Ada  ·  card: 3 pictures")
        assert ("Views and lesions" in screen) == (width > 36)

    on_stage(StationBar(), does, size=(width, 3))


@pytest.mark.parametrize(
    ("width", "shown"), [(40, "Step 2 of 8  ✓  ▸ Pathway"), (130, "✓ Patient  ▸ Pathway  · Consent")]
)
def test_the_rail_says_which_step_of_how_many_by_words_and_shapes(width: int, shown: str) -> None:
    async def does(person: Person, _rail: StepRail, _heard: object) -> None:
        await person.wait_for("Step 2 of 8", shown)

    on_stage(StepRail(tuple(Step), Step.PATHWAY), does, size=(width, 3))


def test_a_note_says_what_happened_and_what_to_do_with_markup_as_it_is() -> None:
    async def does(person: Person, note: Note, _heard: object) -> None:
        assert person.sees.strip() == ""
        note.refuse(RuleRefusedError("[red]No.[/red]", "Do [b]this[/b]."))
        await person.wait_for("▌ ! [red]No.[/red]", "Do [b]this[/b].")
        note.tell("Done.")
        await person.wait_for("✓ Done.")
        note.clear()
        await person.until(lambda: person.sees.strip() == "", "nothing")

    on_stage(Note(), does)


def test_a_table_wraps_its_last_column_and_shows_hostile_names_as_they_are() -> None:
    rows = [("DCIM/[bold]皮膚.JPG", "sealed, then erased; " * 6), ("", "second line")]

    async def does(person: Person, table: ImageTable, _heard: object) -> None:
        table.show(("File", "State"), rows)
        screen = await person.wait_for("File", "DCIM/[bold]皮膚.JPG", "second line")
        assert screen.count("sealed, then erased;") == 6
        assert max(cell_len(line) for line in screen.splitlines()) <= 70

    on_stage(ImageTable(), does, size=(70, 20))


def test_thousands_of_rows_are_scrolled_to_their_end() -> None:
    async def does(person: Person, table: ImageTable, _heard: object) -> None:
        table.show((), [(f"IMG_{number:04}.JPG", "safe in the vault, erased") for number in range(5000)])
        await person.wait_for("IMG_0000.JPG")
        await person.press("end")
        await person.wait_for("IMG_4999.JPG")

    on_stage(ImageTable(), does)


@pytest.mark.parametrize("text", ["plain words here", "best-interests close-up", "皮膚の写真 皮膚の写真", "x" * 50, ""])
@pytest.mark.parametrize("width", [10, 13, 40])
def test_no_line_is_wider_than_it_may_be_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert lines
    assert max(cell_len(line) for line in lines) <= width
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_path_is_shortened_in_front() -> None:
    assert shortened("DCIM/100CANON/IMG_0001.JPG", 13) == "…IMG_0001.JPG"
    assert shortened("IMG_0001.JPG", 13) == "IMG_0001.JPG"
