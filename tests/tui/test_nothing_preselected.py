"""INTERFACE, never preselected: on no screen of the intake does anything stand answered before a person answers it."""

import pytest
from textual.widgets import Input

from core.intake.steps import Step
from tui.app import SCREENS
from tui.widgets.asking.option_rows import OptionRows

from ..support.fake_services import FakeServices, FakeSession
from ..support.on_screen import Person, at_the_station
from ..support.walking import see_the_picture, stand_at


@pytest.mark.parametrize("step", SCREENS, ids=lambda step: step.name.lower())
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
def test_nothing_is_chosen_ticked_or_filled_in_and_enter_alone_answers_nothing(
    step: Step, size: tuple[int, int]
) -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, step)
        number = list(Step).index(step) + 1
        screen = await person.wait_for(f"Step {number} of 8")
        await see_the_picture(person)
        await person.settle()
        for rows in person.app.screen.query(OptionRows):
            assert rows.highlighted is None
        for field in person.app.screen.query(Input):
            assert field.value == ""
        for line in screen.splitlines()[3:]:
            assert "[x]" not in line
            assert not line.strip().startswith("▸ 1")
        await person.press("enter")
        await person.settle()
        await person.wait_for(f"Step {number} of 8")

    at_the_station(FakeServices(session), does, size=size)
    assert session.moved == []
