"""The last look before the move."""

from core.intake.steps import Step
from core.pathway.outcome import Route

from ...support.clinic import card_of, picture, set_of
from ...support.fake_services import FakeServices, FakeSession
from ...support.on_screen import Person, at_the_station
from ...support.walking import ASHGROVE, stand_at, walk_until


def test_everything_that_was_said_and_what_happens_to_each_file_can_be_read_before_one_key_moves() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.REVIEW)
        screen = await person.wait_for("Is all of this right?", "Step 7 of 8", "PgUp PgDn read on")
        await person.press("pagedown")
        screen += await person.wait_for("IMG_0003.JPG: sealed, then erased")
        for text in (ASHGROVE, "Advice & Guidance", "left forearm or wrist", "IMG_0001.JPG: sealed, then erased"):
            assert text in screen
        assert session.moved == []
        await person.press("1")
        await person.wait_for("All 8 steps done")

    at_the_station(FakeServices(session), does)
    assert len(session.moved) == 1


def test_enter_alone_moves_nothing() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.REVIEW)
        await person.wait_for("Is all of this right?")
        await person.press("enter")
        await person.wait_for("Nothing is chosen yet.")

    at_the_station(FakeServices(session), does)
    assert session.moved == []


def test_escape_goes_back_to_the_last_question_with_its_answer() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.REVIEW)
        await person.wait_for("Is all of this right?")
        await person.press("escape")
        await person.wait_for("Could picture 3 of 3 identify", "(answered before)")
        await person.press("enter")
        await person.wait_for("Is all of this right?")

    at_the_station(FakeServices(), does)


def test_nothing_is_confirmed_while_the_chosen_pictures_are_out() -> None:
    session = FakeSession()
    services = FakeServices(session)

    async def does(person: Person) -> None:
        await stand_at(person, Step.REVIEW)
        await person.wait_for("Is all of this right?")
        services.pull()
        screen = await person.wait_for("There is no card in the reader.")
        assert "seal 3 pictures" not in screen
        await person.press("1")
        services.put_in(card_of([picture("OTHER.JPG")]))
        await person.wait_for("The chosen pictures are not on this card.")
        await person.press("1")
        services.put_in(card_of(set_of(3)))
        await person.wait_for("seal 3 pictures")

    at_the_station(services, does)
    assert session.moved == []


def test_without_photography_from_here_keeps_the_route_and_moves_no_picture() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.REVIEW)
        await person.wait_for("Is all of this right?")
        await person.press("f8")
        await person.wait_for("Why without pictures?", ASHGROVE)
        await person.press("2")
        await person.wait_for("record the episode without pictures", "cannot be de-identified")
        assert "F8" not in person.sees
        await person.press("1")
        await person.wait_for("steps done")

    at_the_station(FakeServices(session), does)
    [(intake, inventory)] = session.moved
    assert inventory is None
    assert intake.kept == ()
    assert intake.pathway.route is Route.ADVICE_AND_GUIDANCE  # type: ignore[union-attr]  # the move has every answer
