"""The last look before the move."""

from core.intake.steps import Step
from core.pathway.outcome import Route

from ...support.clinic import card_of, picture, set_of
from ...support.fake_services import FakeServices, FakeSession
from ...support.on_screen import Person, at_the_station
from ...support.walking import ASHGROVE, WAY, see_the_picture, sign_in, stand_at, walk_until


def test_everything_that_was_said_and_what_happens_to_each_file_can_be_read_before_one_key_moves() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.REVIEW)
        screen = await person.wait_for("IMG_0003.JPG: sealed, then erased", "Step 7 of 8", "PgUp PgDn read on")
        await person.press("pagedown")
        screen += await person.wait_for("Say in the request that it may be converted")
        for text in (ASHGROVE, "Advice & Guidance", "left forearm or wrist", "IMG_0001.JPG: sealed, then erased"):
            assert text in screen
        assert session.moved == []
        await person.press("m")
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
        await see_the_picture(person)
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
        await person.press("m")
        services.put_in(card_of([picture("OTHER.JPG")]))
        await person.wait_for("The chosen pictures are not on this card.")
        await person.press("m")
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
        await person.press("m")
        await person.wait_for("steps done")

    at_the_station(FakeServices(session), does)
    [(intake, inventory)] = session.moved
    assert inventory is None
    assert intake.kept == ()
    assert intake.pathway.route is Route.ADVICE_AND_GUIDANCE  # type: ignore[union-attr]  # the move has every answer


async def _missing_a_view(person: Person) -> None:
    """At the review, the dermoscopic picture not taken."""
    for step, way in WAY.items():
        if step is Step.PATIENT:
            await sign_in(person)
        if step is Step.IDENTIFIABILITY:
            await person.wait_for("Why is there no dermoscopic picture of lesion 1?")
            await person.type("no dermatoscope", "enter")
            for number in (1, 2):
                await person.wait_for(f"Could picture {number} of 2 identify")
                await see_the_picture(person)
                await person.press("1")
        elif step is not Step.REVIEW:
            await way(person)
    await person.wait_for("Is all of this right?")


def test_a_letter_beside_what_is_missing_goes_there_and_the_answer_comes_back_to_the_review() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await _missing_a_view(person)
        await person.wait_for("b  Missing", "Lesion 1 has no dermoscopic picture", ": no dermatoscope", "say it anew")
        await person.press("b")
        await person.wait_for("Why is there no dermoscopic picture of lesion 1?", "▌ no dermatoscope", "Step 5 of 8")
        await person.press("ctrl+u")
        await person.type("flat battery", "enter")
        await person.wait_for("Is all of this right?", ": flat battery")
        await person.press("m")
        await person.wait_for("All 8 steps done")

    at_the_station(FakeServices(session, files=set_of(2)), does)
    [(intake, _)] = session.moved
    assert [reason for _, reason in intake.views.missing_reasons] == ["flat battery"]  # type: ignore[union-attr]  # the move has every answer
    assert len(intake.kept) == 2


def test_every_section_can_be_said_anew_and_escape_comes_back_with_nothing_lost() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await walk_until(person, Step.REVIEW)
        for letter, shown in (
            ("a", "NHS number"),
            ("b", "with what history?"),
            ("c", "Step 4 of 8"),
            ("d", "What is your concern"),
            ("E", "Does the patient agree to pictures?"),
            ("f", "What is your concern"),
        ):
            await person.wait_for("Is all of this right?", "Step 7 of 8", ASHGROVE)
            await person.press(letter)
            await person.wait_for(shown)
            await person.press("escape")
        await person.wait_for("Is all of this right?", "seal 3 pictures and erase them", "left forearm or wrist")
        await person.press("m")
        await person.wait_for("All 8 steps done")

    at_the_station(FakeServices(session), does)
    [(intake, _)] = session.moved
    assert len(intake.kept) == 3


def test_a_letter_without_a_line_does_nothing() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.REVIEW)
        await person.wait_for("Is all of this right?", "a-f say it anew")
        await person.press("g", "z")
        await person.settle()
        await person.wait_for("Is all of this right?")

    at_the_station(FakeServices(), does)
