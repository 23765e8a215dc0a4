"""Could it identify? Every picture is seen before it is answered for, and a cover is exactly what core is told."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rich.color import Color
from rich.console import Console
from textual.geometry import Offset

from core.card.card import Card, CardFile
from core.identifiability.assessment import Assessments
from core.intake.steps import Step
from core.model.picture import CoverBox, Identifiability
from core.photo.previews import Preview
from tui.screens.identifiability import IdentifiabilityScreen
from tui.widgets.asking.question_card import QuestionCard
from tui.widgets.cover_editor import CoverEditor
from tui.widgets.half_blocks import GREYS
from tui.widgets.picture_view import PictureView

from ...support.clinic import EASY, Answers, card_of, picture, set_of
from ...support.fake_services import FakeServices
from ...support.on_screen import PATIENCE, Person, at_the_station, layout_faults
from ...support.walking import ASHGROVE, see_the_picture, stand_at, walk_until

INTIMATE: Mapping[Step, Answers] = {
    **EASY,
    Step.CONSENT: {
        "consent": "with-exceptions",
        "basis": "self",
        "exceptions": ("intimate",),
        "intimate_explained": "agrees",
        "chaperone": "declined",
    },
    Step.VIEWS: {**EASY[Step.VIEWS], "lesion_1_site": "groin", "lesion_1_laterality": "left"},
}


async def at_the_first_picture(person: Person) -> None:
    await stand_at(person, Step.IDENTIFIABILITY)
    await person.wait_for("Could picture 1 of 3")
    await see_the_picture(person)


async def answer_the_rest(person: Person, *numbers: int) -> Assessments:
    """Nothing identifies in these; what the intake was told at the end."""
    for number in numbers:
        await person.wait_for(f"Could picture {number} of 3")
        await see_the_picture(person)
        await person.press("1")
    await person.wait_for("Step 7 of 8")
    told = person.app.screen.asked.intake.identifiability  # type: ignore[attr-defined]  # a step screen is up
    assert isinstance(told, Assessments)
    return told


def view(person: Person) -> PictureView:
    return person.app.screen.query_one(PictureView)


def frame(person: Person) -> CoverBox:
    box = person.app.screen.query_one(CoverEditor).draft.frame
    assert box is not None
    return box


def test_each_picture_is_shown_with_what_to_look_for_and_nothing_is_preselected() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        screen = await person.wait_for(
            "Step 6 of 8",
            ASHGROVE,
            "DCIM/100CANON/IMG_0001.JPG",
            "Colour is not judged",
            "Look for: face or part of one",
            "1  Nothing in it identifies",
            "4  It cannot be used",
            "1-4 answer",
        )
        assert sum("▀▀▀▀" in line for line in screen.splitlines()) > 12 - 1
        assert view(person).region.height >= 13
        assert "(answered" not in screen
        await person.press("enter")
        await person.wait_for("Nothing is chosen yet.", "Could picture 1 of 3")
        await person.press("1")
        told = await answer_the_rest(person, 2, 3)
        assert [each.identifiability for each in told.assessments] == [Identifiability.NOTHING] * 3

    at_the_station(FakeServices(), does)


def test_what_the_software_found_stands_first_and_marked() -> None:
    files = [picture(f"IMG_000{n}.JPG", owner="P. Rowan", has_place=True) for n in (1, 2, 3)]

    async def does(person: Person) -> None:
        await walk_until(person, Step.IDENTIFIABILITY)
        await person.wait_for(
            "! The place where it was taken is in the file.", "! The camera's owner is named", "PgUp PgDn read on"
        )
        await person.press("pagedown", "pagedown")
        await person.wait_for("intimate area.")
        await person.resize(120, 40)
        await person.wait_for("The place where", "intimate area.", "2  Cover a part of it   A covered copy is sealed")

    at_the_station(FakeServices(files=files), does)


def test_a_refusal_asks_for_consent_or_a_reason_below_the_picture() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        await person.press("3")
        await person.wait_for("Is it agreed that picture 1 of 3", "1  Agreed, to this very picture", "▀▀▀▀")
        await person.press("2")
        await person.wait_for("Without specific consent", "Is it agreed that picture 1 of 3")
        await person.press("1")
        await person.wait_for("Why does this care need picture 1 of 3?", "▀▀▀▀")
        await person.type("on the nose", "enter")
        await person.wait_for("Could picture 2 of 3")
        await see_the_picture(person)
        await person.press("4")
        await person.wait_for("Why can this care not use picture 2 of 3?")
        await person.press("enter")
        await person.wait_for("is empty")
        await person.type("face in view", "enter")
        told = await answer_the_rest(person, 3)
        first, second, _ = told.assessments
        assert (first.identifiability, first.reason, first.specific_consent) == (
            Identifiability.NEEDED,
            "on the nose",
            True,
        )
        assert (second.identifiability, second.reason) == (Identifiability.WITHHELD, "face in view")

    at_the_station(FakeServices(), does)


def test_escape_goes_back_picture_by_picture_and_every_answer_is_kept() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        await person.press("4")
        await person.wait_for("Why can this care not use")
        await person.type("face")
        await person.press("escape")
        await person.wait_for("▸ 4  It cannot be used  (answered before)", "Enter as before")
        await see_the_picture(person)
        await person.press("enter")
        await person.wait_for("▌ face")
        await person.press("enter")
        await person.wait_for("Could picture 2 of 3")
        await person.press("escape")
        await person.wait_for("▌ face")
        await person.press("escape")
        await person.wait_for("Could picture 1 of 3")
        await person.press("escape")
        await person.wait_for("Step 5 of 8")

    at_the_station(FakeServices(), does)


def test_coming_back_from_the_review_the_last_picture_is_asked_again() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        await person.press("1")
        await answer_the_rest(person, 2, 3)
        await person.press("escape")
        await person.wait_for("Could picture 3 of 3", "▸ 1  Nothing in it identifies  (answered before)")
        await see_the_picture(person)
        await person.press("enter")
        await person.wait_for("Step 7 of 8")

    at_the_station(FakeServices(), does)


def test_what_is_covered_is_told_in_pixels_of_the_upright_picture() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        await person.press("2")
        await person.wait_for("What is covered in picture 1 of 3?", "Never the lesion itself.", "┌", "Enter cover this")
        await person.settle()  # the picture has more lines now
        assert frame(person) == CoverBox(200, 150, 1533, 1150)
        across, down = (round(2 * dots) for dots in view(person).pixels_a_dot)
        await person.press("right", "right", "down", "left")
        await person.until(lambda: frame(person).top != 150, "the frame to move")
        assert frame(person) == CoverBox(200 + across, 150 + down, 1533 + across, 1150 + down)
        await person.press("shift+right", "d", "shift+up", "w", "shift+left", "s")
        await person.settle()
        first = CoverBox(200 + across, 150 + down, 1533 + 2 * across, 1150)
        assert frame(person) == first
        await person.press("enter")
        await person.wait_for("1 covered, black in the picture.", "Enter done, 1 covered", "N another box")
        await person.press("n")
        await person.wait_for("Box 2:")
        second = frame(person)
        await person.press("enter")
        await person.wait_for("2 covered")
        await person.press("enter")
        told = await answer_the_rest(person, 2, 3)
        assert told.assessments[0].cover == (first, second)
        assert told.assessments[0].identifiability is Identifiability.COVER

    at_the_station(FakeServices(), does)


def test_a_turned_picture_is_covered_in_its_upright_pixels() -> None:
    turned = [_turned(file) for file in set_of(3)]

    async def does(person: Person) -> None:
        await walk_until(person, Step.IDENTIFIABILITY)
        await person.wait_for("Could picture 1 of 3")
        await see_the_picture(person)
        await person.press("2")
        await person.wait_for("What is covered")
        await person.press(*["right"] * 80, *["down"] * 80)
        await person.until(
            lambda: (frame(person).right, frame(person).bottom) == (3000, 4000), "the lower right corner"
        )
        box = frame(person)
        await person.press("enter")
        await person.wait_for("1 covered")
        await person.press("enter")
        assert (await answer_the_rest(person, 2, 3)).assessments[0].cover == (box,)

    at_the_station(FakeServices(files=turned), does)


def _turned(file: CardFile) -> CardFile:
    """As a camera held upright leaves it: stored on its side."""
    assert file.facts is not None
    return replace(file, facts=replace(file.facts, orientation=6))


def test_a_closer_look_moves_the_frame_finer_and_the_last_box_is_taken_away() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        await person.press("2")
        await person.wait_for("What is covered")
        coarse = round(2 * view(person).pixels_a_dot[0])
        await person.press("plus", "plus", "plus", "plus")
        await person.wait_for("4 times")
        await person.settle()  # the larger copy is there
        fine = round(2 * view(person).pixels_a_dot[0])
        assert fine * 2 < coarse
        before = frame(person)
        await person.press("right")
        await person.until(lambda: frame(person) != before, "the frame to move")
        assert frame(person).left == before.left + fine
        await person.press("backspace")
        await person.wait_for("Nothing covered yet.")
        await person.press("n", "enter")
        await person.wait_for("1 covered")
        await person.press("delete")
        await person.wait_for("Nothing covered yet.")
        await person.press("enter")
        await person.wait_for("Box 1:")

    at_the_station(FakeServices(), does)


def test_covering_everything_is_refused_by_core_and_the_boxes_can_be_changed() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        await person.press("2")
        await person.wait_for("What is covered")
        await person.press(*["left"] * 9, *["up"] * 9, *["d"] * 60, *["s"] * 40, "enter")
        await person.wait_for("1 covered")
        await person.press("enter")
        await person.wait_for("covers the whole picture", "What is covered in picture 1 of 3?", "1 covered")
        await person.press("backspace")
        await person.wait_for("Nothing covered yet.")

    at_the_station(FakeServices(), does)


def test_escape_from_the_editor_loses_neither_boxes_nor_frame() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        await person.press("2")
        await person.wait_for("What is covered")
        await person.press("right", "enter", "n", "down", "down")
        await person.wait_for("Box 2:")
        await person.settle()
        left = person.app.screen.query_one(CoverEditor).draft
        await person.press("escape")
        screen = await person.wait_for("Could picture 1 of 3", "(answered before)")
        assert "┌" not in screen
        await see_the_picture(person)
        await person.press("2")
        await person.wait_for("What is covered", "Box 2:", "1 covered")
        assert person.app.screen.query_one(CoverEditor).draft == left

    at_the_station(FakeServices(), does)


def test_the_mouse_draws_a_box() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        await person.press("2")
        await person.wait_for("What is covered")
        await person.settle()
        corner = view(person).region.offset
        left = next(x for x in range(80) if view(person).pixel_at(Offset(x, 2)))
        start, end = view(person).pixel_at(Offset(left, 2)), view(person).pixel_at(Offset(left + 20, 8))
        assert start is not None
        assert end is not None
        await person.drag((corner.x + left, corner.y + 2), (corner.x + left + 20, corner.y + 8))
        await person.until(lambda: frame(person) == CoverBox(*start, end[0] + 1, end[1] + 1), "the box")

    at_the_station(FakeServices(), does)


def test_zoom_and_pan_by_keys_and_wheel_and_the_step_back_to_the_whole() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        await person.wait_for("+ closer")
        await person.press("plus", "plus", "plus", "plus")
        await person.wait_for("4 times", "+ - closer, farther", "0 whole", "arrows pan")
        await person.settle()
        before = view(person).part
        await person.press("right", "j")
        await person.until(
            lambda: view(person).part.left > before.left and view(person).part.top > before.top, "to pan"
        )
        await person.press("minus")
        await person.wait_for("3 times")
        await person.press("0")
        await person.until(lambda: not view(person).sight.is_close, "the whole picture")
        await person.press("right", "1")
        await person.wait_for("Could picture 2 of 3")
        assert not view(person).sight.is_close

    at_the_station(FakeServices(), does)


def test_a_picture_of_an_intimate_area_is_hidden_until_a_key_shows_it() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await stand_at(person, Step.IDENTIFIABILITY, INTIMATE)
        screen = await person.wait_for("Could picture 1 of 3", "Hidden: an intimate picture.", "V show the picture")
        assert "F2" not in screen
        await person.press("1")
        await person.wait_for("The picture is hidden.", "Look at it first: V shows it.", "Could picture 1 of 3")
        await person.press("f2")
        await person.settle()
        assert services.previewed == []
        await person.press("v")
        await person.wait_for("▀▀▀▀▀▀▀▀", "V hide it", "F2 full screen")
        await person.press("v")
        screen = await person.wait_for("Hidden: an intimate picture.")
        assert "▀" not in screen
        await person.press("v")
        await person.wait_for("▀▀▀▀▀▀▀▀")
        await person.press("1")
        await person.wait_for("Could picture 2 of 3", "Hidden: an intimate picture.")
        assert services.previewed.count("DCIM/100CANON/IMG_0002.JPG") == 0

    at_the_station(services, does)


def test_a_picture_that_is_not_open_yet_is_not_answered_for() -> None:
    late = threading.Event()

    class SlowCard(FakeServices):
        def preview(self, card: Card, file: CardFile, max_width: int, max_height: int) -> Preview:
            late.wait(PATIENCE)
            return super().preview(card, file, max_width, max_height)

    async def does(person: Person) -> None:
        await stand_at(person, Step.IDENTIFIABILITY)
        await person.wait_for("Could picture 1 of 3", "Opening…")
        await person.press("1")
        await person.wait_for("The picture is still being opened.", "Could picture 1 of 3")
        late.set()
        screen = await person.wait_for("▀▀▀▀▀▀▀▀")
        await person.until(lambda: "still being opened" not in person.sees, "the note to go")
        assert "picture 1 of 3" in screen
        await person.press("1")
        await person.wait_for("Could picture 2 of 3")

    try:
        at_the_station(SlowCard(), does)
    finally:
        late.set()


def test_a_pulled_card_takes_the_picture_away_and_the_boxes_are_there_again_with_it() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        await person.press("2")
        await person.wait_for("What is covered")
        await person.press("enter")
        await person.wait_for("1 covered")
        services.pull()
        screen = await person.wait_for("There is no card in the reader.")
        assert "▀" not in screen
        assert "What is covered" not in screen
        await person.press("enter", "1")
        screen_up = person.app.screen
        assert isinstance(screen_up, IdentifiabilityScreen)
        assert screen_up.question is not None
        screen_up.post_message(QuestionCard.Answered(screen_up.question, "1,1,9,9"))  # an answer that comes too late
        services.put_in(card_of([picture("OTHER.JPG")]))
        await person.wait_for("The chosen pictures are not on this card.")
        services.put_in(card_of(set_of(3)))
        await person.wait_for("What is covered", "1 covered", "▀▀▀▀")

    at_the_station(services, does)


def test_a_phone_brings_the_phone_questions_without_a_picture() -> None:
    files = [picture(f"IMG_000{n}.JPG", make="Apple", model="iPhone 15") for n in (1, 2, 3)]

    async def does(person: Person) -> None:
        await walk_until(person, Step.IDENTIFIABILITY)
        for number in (1, 2, 3):
            await person.wait_for(f"Could picture {number} of 3", "It was taken with a phone")
            await see_the_picture(person)
            await person.press("1")
        screen = await person.wait_for("Which of these were switched off on it?", "1  [ ] Bluetooth")
        assert "▀" not in screen
        await person.press("0")
        await person.wait_for("What is done about it, and who was told?")
        await person.type("emptied; manager told", "enter")
        told = await answer_the_rest(person)
        assert dict(told.phone_answers)["phone_copies"] == "emptied; manager told"

    at_the_station(FakeServices(files=files), does)


def test_full_screen_has_the_same_zoom_and_shows_what_is_covered() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        await person.press("2")
        await person.wait_for("What is covered")
        await person.press("enter")
        await person.wait_for("1 covered")
        await person.press("f2")
        await person.wait_for("Esc close", ASHGROVE, "Colour is not judged")
        await person.until(lambda: view(person).is_drawn, "the picture")
        black = [s for s in view(person).render_line(3) if s.style and s.style.color == Color.parse("#000000")]
        assert max(len(segment.text) for segment in black) > 15, "a third of the picture's width"
        await person.press("plus")
        await person.wait_for("1.5 times", "arrows pan")
        await person.press("escape")
        await person.wait_for("What is covered", "1 covered")

    at_the_station(FakeServices(), does)


def test_with_sixteen_colours_the_picture_is_four_greys_and_the_frame_is_a_line() -> None:
    async def does(person: Person) -> None:
        person.app.console = Console(color_system="standard", file=Path("/dev/null").open("w"))  # noqa: SIM115
        try:
            await at_the_first_picture(person)
            segments = [segment for y in range(12) for segment in view(person).render_line(y) if "▀" in segment.text]
            colours = {
                s.style.color.triplet.hex for s in segments if s.style and s.style.color and s.style.color.triplet
            }
            assert colours <= set(GREYS)
            assert len(colours) == 4
            await person.press("2")
            await person.wait_for("What is covered", "┌", "└")
        finally:
            person.app.console.file.close()

    at_the_station(FakeServices(), does)


def test_it_can_be_read_and_used_on_every_size() -> None:
    async def does(person: Person) -> None:
        await at_the_first_picture(person)
        for size in ((40, 12), (50, 20), (120, 40), (200, 60), (80, 24)):
            await person.resize(*size)
            await person.wait_for("Could picture 1 of 3")
            await person.until(lambda: layout_faults(person.app) == [], "everything to have its room")
        await person.press("2")
        for size in ((40, 12), (120, 40), (80, 24)):
            await person.resize(*size)
            await person.wait_for("What is covered")
            await person.until(lambda: layout_faults(person.app) == [], "everything to have its room")

    at_the_station(FakeServices(), does)


def test_the_picture_keeps_its_height_whatever_was_found_in_it() -> None:
    files = [
        picture(f"DCIM/100APPLE/IMG_000{n}.JPG", owner="P. Rowan", has_place=True, serial="7", make="Apple", model="X")
        for n in (1, 2, 3)
    ]

    async def does(person: Person) -> None:
        await walk_until(person, Step.IDENTIFIABILITY)
        await person.wait_for("Could picture 1 of 3", "! The place")
        await person.until(lambda: view(person).region.height >= 13, "thirteen lines for the picture")

    at_the_station(FakeServices(files=files), does)
