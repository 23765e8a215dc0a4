"""The flowchart from the pathway step: where one is, the way taken, the guidance, and back to the question."""

from collections.abc import Awaitable, Callable

import pytest

from core.intake.steps import Step
from tui.flowchart.chart_view import ChartView
from tui.screens.flowchart import FlowchartScreen

from ...support.fake_services import FakeServices
from ...support.on_screen import Person, at_the_station, layout_faults
from ...support.walking import ASHGROVE, stand_at

NORMAL, LARGE = (80, 24), (120, 40)


def at_the_pathway(does: Callable[[Person], Awaitable[None]], size: tuple[int, int] = NORMAL) -> None:
    async def begin(person: Person) -> None:
        await stand_at(person, Step.PATHWAY)
        await person.wait_for("What is your concern", "F4 flowchart")
        await does(person)

    at_the_station(FakeServices(), begin, size=size)


async def is_at(person: Person, title: str) -> None:
    """The pointer stands before the box of this title."""
    await person.until(lambda: any("▸" in line and title in line for line in chart(person)), f"▸ at {title}")


def chart(person: Person) -> list[str]:
    """The lines below the step rail."""
    return person.sees.splitlines()[3:]


async def until_the_question(person: Person, words: str) -> None:
    await person.until(lambda: not isinstance(person.app.screen, FlowchartScreen), "the question again")
    await person.wait_for(words)


def test_one_key_opens_it_where_the_question_is_and_escape_leads_back() -> None:
    async def does(person: Person) -> None:
        await person.press("f4")
        screen = await person.wait_for(
            "A skin lesion, and a", "asked now", "Nothing is answered yet.", "Enter guidance"
        )
        assert ASHGROVE in screen
        assert "Step 2 of 8" in screen
        assert "✓ taken" not in screen
        await person.press("escape")
        await until_the_question(person, "What is your concern")
        await person.press("2")
        await person.wait_for("Which of these do you find")
        await person.press("f4")
        await is_at(person, "Dermoscopy")
        await person.press("f4")
        await until_the_question(person, "Which of these do you find")

    at_the_pathway(does)


def test_the_way_taken_is_told_by_words_and_by_double_lines() -> None:
    async def does(person: Person) -> None:
        await person.press("2")
        await person.wait_for("Which of these do you find")
        await person.press("1", "enter")
        await person.wait_for("Is the lesion pigmented?")
        await person.press("f4")
        await person.wait_for("Double lines and ✓: the way taken so far; “asked now” is open.")
        await is_at(person, "Pigmented: 7-point")
        lines = chart(person)
        assert [line[2] for line in lines if "taken ═" in line] == ["╔", "╔"]
        assert sum("asked now" in line and "╔" in line for line in lines) == 1
        assert any("║ ✓ does not, or not done" in line for line in lines)
        assert any("│ below 3, or no score" in line for line in lines)

    at_the_pathway(does)


def test_a_route_against_the_criteria_is_marked_beside_the_way() -> None:
    async def does(person: Person) -> None:
        await person.press("2")
        await person.wait_for("Which of these do you find")
        await person.press("8", "enter")
        await person.wait_for("Which of these does the patient have?")
        await person.press("0")
        await person.wait_for("Do you take it?")
        await person.press("2")
        await person.wait_for("Why Advice & Guidance, against the criteria?")
        await person.press("f4")
        await person.wait_for("“chosen” is the route taken against them.")
        await is_at(person, "Urgent suspected cancer")
        await person.press("end")
        await person.press(*["up"] * 4)
        await is_at(person, "Advice & Guidance")
        assert any("═ chosen ═" in line or "─ chosen ─" in line for line in chart(person))

    at_the_pathway(does)


def test_up_and_down_go_from_box_to_box_and_right_along_an_arrow() -> None:
    async def does(person: Person) -> None:
        await person.press("f4")
        await is_at(person, "A skin lesion")
        await person.press("down", "down")
        await is_at(person, "Pigmented: 7-point")
        await person.press("right")
        await person.wait_for("3 points or more ─►[Urgent suspected cancer]")
        await person.press("right")
        await is_at(person, "Urgent suspected cancer")
        await person.press("left")
        await person.wait_for("3 points or more ─►[Urgent suspected cancer]")
        await person.press("left")
        await is_at(person, "Pigmented: 7-point")
        await person.press("end")
        await is_at(person, "Afterwards: the record")
        await person.press("home", "up")
        await is_at(person, "A skin lesion")
        await person.press("left")
        await is_at(person, "A skin lesion")

    at_the_pathway(does)


def test_among_several_arrows_up_and_down_go_from_one_to_the_next_and_then_on() -> None:
    async def does(person: Person) -> None:
        await person.press("f4")
        await is_at(person, "A skin lesion")
        await person.press(*["down"] * 8)
        await is_at(person, "Recognised: what it")
        await person.press("right")
        await person.wait_for("secondary care ─►[Routine referral]")
        await person.press("down")
        await person.wait_for("to be removed ─►[Minor surgery]")
        await person.press("down", "down")
        await person.wait_for("managed here ─►[Primary care]")
        await person.press("down")
        await is_at(person, "Unsure: ask a")
        await person.press("up", "right", "up")
        await is_at(person, "Recognised: what it")

    at_the_pathway(does)


def test_enter_opens_the_guidance_of_a_box_and_of_the_box_an_arrow_leads_to() -> None:
    async def does(person: Person) -> None:
        await person.press("f4")
        await is_at(person, "A skin lesion")
        await person.press("down", "down", "enter")
        screen = await person.wait_for(
            "For pigmented lesions only.", "largest diameter 7 mm or more", "Esc back to the"
        )
        assert "▸" not in "\n".join(screen.splitlines()[3:])
        await person.press("end")
        await person.wait_for("Source: NICE NG12, 1.7.1.", "to be reviewed by 01 April 2027")
        await person.press("escape")
        await is_at(person, "Pigmented: 7-point")
        await person.press("right", "enter")
        await person.wait_for("Send it now.", "What this route asks for")
        await person.press("f4")
        await until_the_question(person, "What is your concern")

    at_the_pathway(does)


def test_a_product_rule_is_called_one() -> None:
    async def does(person: Person) -> None:
        await person.press("f4")
        await is_at(person, "A skin lesion")
        await person.press("enter")
        await person.wait_for("Product rule: nothing here is a diagnosis.")

    at_the_pathway(does)


def test_on_a_broad_screen_the_guidance_of_where_one_is_stands_beside() -> None:
    async def does(person: Person) -> None:
        await person.press("f4")
        await person.wait_for("Look at the lesion", "asked now")
        await person.press("down")
        await person.wait_for("Dermoscopy that suggests melanoma")
        await is_at(person, "Dermoscopy")
        await person.press("enter", "end")
        await person.wait_for("What is decided here", "Esc back to the flowchart")
        await is_at(person, "Dermoscopy")

    at_the_pathway(does, LARGE)


def test_a_click_goes_to_a_box_and_a_second_one_opens_it() -> None:
    async def does(person: Person) -> None:
        await person.press("f4")
        await is_at(person, "A skin lesion")
        view = person.app.screen.query_one(ChartView)
        row = next(at for at, line in enumerate(chart(person)) if "Dermoscopy" in line) + 3 - view.region.y
        await person.click("ChartView", 10, row)
        await is_at(person, "Dermoscopy")
        await person.click("ChartView", 60, row)
        await person.wait_for("suggests melanoma ─►[Urgent suspected cancer]")
        await person.click("ChartView", 60, row)
        await person.wait_for("Send it now.")

    at_the_pathway(does)


def test_keys_on_the_heels_of_the_one_that_opens_it_answer_no_question() -> None:
    async def does(person: Person) -> None:
        await person.press("f4", "2", "down", "enter")
        await person.wait_for("Skin lesions, England 2026")
        await person.settle()
        await person.press("f4")
        await until_the_question(person, "What is your concern")
        await person.settle()
        assert "Which of these do you find" not in person.sees

    at_the_pathway(does)


def test_nothing_that_was_ticked_is_lost_by_looking() -> None:
    async def does(person: Person) -> None:
        await person.press("2")
        await person.wait_for("Which of these do you find")
        await person.press("1", "6")
        await person.wait_for("checklist: 3,")
        await person.press("f4")
        await is_at(person, "Dermoscopy")
        await person.press("escape")
        await until_the_question(person, "[x] Pigmented: oozing")
        await person.press("enter")
        await person.wait_for("Is the lesion pigmented?")

    at_the_pathway(does)


@pytest.mark.parametrize("size", [NORMAL, LARGE, (200, 60), (40, 12)])
def test_everything_can_be_read_at_every_size(size: tuple[int, int]) -> None:
    async def does(person: Person) -> None:
        await person.press("f4")
        await is_at(person, "A skin")
        await person.until(lambda: layout_faults(person.app) == [], lambda: str(layout_faults(person.app)))
        await person.press(*["down"] * 19)
        await is_at(person, "Afterwards")
        await person.press("enter")
        await person.wait_for("Put the pictures into")
        await person.until(lambda: layout_faults(person.app) == [], lambda: str(layout_faults(person.app)))

    at_the_pathway(does, size)
