"""The app as a whole: its sizes, and what a mistake in it shows."""

import asyncio

from textual import events

from core.intake.steps import Step
from tui.app import DermlockApp

from ..support.fake_services import FakeDemo, FakeServices
from ..support.on_screen import Person, at_the_station
from ..support.walking import ASHGROVE, stand_at


def test_the_window_may_change_its_size_at_any_step_and_nothing_is_lost() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.IDENTIFIABILITY)
        for size in ((40, 12), (120, 40), (200, 60), (80, 24)):
            await person.resize(*size)
            await person.wait_for("Could picture 1 of 3 identify", "Dr Ada Palmer", ASHGROVE)
        await person.press("f2")
        await person.wait_for("Esc close")
        for size in ((40, 12), (200, 60)):
            await person.resize(*size)
            await person.wait_for("Esc close", "IMG_0001.JPG")

    at_the_station(FakeServices(), does)


def test_a_key_that_comes_when_every_screen_is_gone_is_for_nobody() -> None:
    app = DermlockApp(FakeServices())
    assert app.screen_stack == []
    asyncio.run(app.on_event(events.Key("enter", "\r")))


def test_the_demos_card_can_be_pulled_in_the_middle_of_an_intake() -> None:
    demo = FakeDemo()

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await person.press("f5")
        await person.until(lambda: demo.done == ["pull"], "the card to be pulled")

    at_the_station(FakeServices(demo=demo), does)
