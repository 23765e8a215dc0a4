"""A retake ends when the card was out and is read again, or when new pictures are on it; then the intake goes on."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from core.intake.steps import Step
from tui.intake.retake import Retake

from ...support.clinic import MORNING, card_of, set_of
from ...support.fake_services import FakeServices
from ...support.on_screen import Person, at_the_station
from ...support.walking import ASHGROVE, see_the_picture, stand_at


def test_it_ends_with_the_count_of_new_pictures() -> None:
    retake = Retake()
    retake.begin({"a", "b"}, card_is_in=True)
    retake.card_went()
    assert retake.card_is_read({"a", "b", "c"}) == "The card is back, with 1 new picture."
    assert not retake.is_on
    assert retake.new == {"c"}


def test_a_card_that_did_not_go_and_has_nothing_new_does_not_end_it() -> None:
    retake = Retake()
    retake.begin({"a"}, card_is_in=True)
    assert retake.card_is_read({"a"}) == ""
    assert retake.is_on
    assert retake.card_is_read({"a", "b", "c"}) == "The card is back, with 2 new pictures."


def test_a_card_that_comes_back_as_it_was_ends_it_too() -> None:
    retake = Retake()
    retake.begin({"a"}, card_is_in=False)
    assert retake.card_is_read({"a"}) == "The card is back, with no new picture."


def test_without_one_nothing_is_said() -> None:
    retake = Retake()
    retake.card_went()
    assert retake.card_is_read({"a"}) == ""
    retake.begin({"a"}, card_is_in=True)
    retake.give_up()
    retake.card_went()
    assert retake.card_is_read({"b"}) == ""


MORE = (*set_of(3), *set_of(1, first=30, at=MORNING + timedelta(minutes=5)))
Way = Callable[[Person], Awaitable[None]]


async def at_the_views(person: Person) -> None:
    await stand_at(person, Step.VIEWS)
    await person.wait_for("Enter to the history", "F7 retake")
    await person.type("left ch")
    await person.wait_for("▌ left ch")


async def at_the_second_picture(person: Person) -> None:
    await stand_at(person, Step.IDENTIFIABILITY)
    await person.wait_for("Could picture 1 of 3", "F7 retake")
    await see_the_picture(person)
    await person.press("1")
    await person.wait_for("Could picture 2 of 3")


async def at_the_review(person: Person) -> None:
    await stand_at(person, Step.REVIEW)
    await person.wait_for("Is all of this right?", "F7 retake")


FROM: tuple[tuple[Way, tuple[str, ...]], ...] = (
    (at_the_views, ("Enter to the history", "▌ left ch")),
    (at_the_second_picture, ("Could picture 2 of 3",)),
    (at_the_review, ("Is all of this right?", "seal 3 pictures")),
)


@pytest.mark.parametrize("where", [way for way, _ in FROM])
def test_from_every_step_about_the_pictures_they_are_offered_anew_with_the_new_ones(where: Way) -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await where(person)
        await person.press("f7")
        screen = await person.wait_for("Retake: pull the card", "The card is in.", "Step 4 of 8", ASHGROVE)
        assert "IMG_" not in screen
        services.pull()
        await person.wait_for("The card is out.")
        services.put_in(card_of(MORE))
        await person.wait_for("The card is back, with 1 new picture.", "The newest 4")
        await person.press("2")
        await person.wait_for("[x] 1  09:30", "[x] 3  09:32", "3 ticked")
        await person.press("end")
        await person.wait_for("▸[ ] 4  09:35  new")
        await person.press("space")
        await person.wait_for("4 ticked")
        await person.press("enter")
        await person.wait_for("Step 5 of 8", ASHGROVE)
        chosen = person.app.screen.asked.intake  # type: ignore[attr-defined]  # a step screen is up
        assert chosen.pictures.pictures == MORE
        assert chosen.consent is not None

    at_the_station(services, does)


@pytest.mark.parametrize(("where", "there"), FROM)
def test_escape_leads_back_to_where_one_was_without_a_retake(where: Way, there: tuple[str, ...]) -> None:
    async def does(person: Person) -> None:
        await where(person)
        await person.press("f7")
        await person.wait_for("Retake: pull the card")
        await person.press("escape")
        await person.wait_for(*there)

    at_the_station(FakeServices(), does)


@pytest.mark.parametrize(("where", "there"), FROM[1:])
def test_the_same_pictures_again_lead_back_with_every_answer(where: Way, there: tuple[str, ...]) -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await where(person)
        await person.press("f7")
        await person.wait_for("Retake: pull the card")
        services.pull()
        await person.wait_for("The card is out.")
        services.put_in()
        await person.wait_for("The card is back, with no new picture.", "The newest 3")
        await person.press("1")
        if there == ("Could picture 2 of 3",):
            await person.wait_for("Could picture 1 of 3", "(answered before)")
        else:
            await person.wait_for(*there)

    at_the_station(services, does)


def test_it_is_not_offered_while_the_card_is_out_nor_without_photography() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await at_the_review(person)
        services.pull()
        await person.wait_for("There is no card in the reader.")
        assert "F7" not in person.sees
        await person.press("f7", "f8")
        await person.wait_for("Why without pictures?")
        await person.press("2")
        await person.wait_for("record the episode without pictures")
        assert "F7" not in person.sees

    at_the_station(services, does)
