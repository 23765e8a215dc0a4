"""The steps that ask: answers reach core, refusals stay in place, Escape loses nothing, no picture is judged unseen."""

from pathlib import PurePosixPath

from core.card.card import CardFile
from core.errors import CardError
from core.intake.steps import Step
from core.model.picture import Identifiability
from core.pathway.outcome import Route

from ...support.clinic import card_of, picture, set_of
from ...support.fake_services import FakeServices, FakeSession
from ...support.on_screen import Person, at_the_station
from ...support.walking import (
    ASHGROVE,
    KNOWN_NUMBER,
    name_where_and_its_history,
    see_the_picture,
    sign_in,
    stand_at,
    walk_until,
)


def test_the_whole_way_gives_core_what_was_answered_and_shows_patient_step_and_staff_all_along() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await walk_until(person, Step.IDENTIFIABILITY)
        await person.wait_for("Could picture 1 of 3", "Step 6 of 8", ASHGROVE, "Dr Ada Palmer", "Esc back")
        await see_the_picture(person)
        await person.press("1")
        await person.wait_for("Could picture 2 of 3", "4  It cannot be used")
        await see_the_picture(person)
        await person.press("4")
        await person.wait_for("Why can this care not use picture 2 of 3?")
        await person.type("face in view", "enter")
        await person.wait_for("Could picture 3 of 3")
        await see_the_picture(person)
        await person.press("1")
        await person.wait_for("seal 2 pictures and erase them, erase 1 given up")
        await person.press("m")
        await person.wait_for("All 8 steps done")

    at_the_station(FakeServices(session), does)
    [(intake, inventory)] = session.moved
    assert inventory is not None
    assert str(intake.patient.patient) == ASHGROVE  # type: ignore[union-attr]  # the move has every answer
    assert intake.pathway.route is Route.ADVICE_AND_GUIDANCE  # type: ignore[union-attr]  # the same
    assert [decision.identifiability for decision in intake.kept] == [Identifiability.NOTHING] * 2
    assert [decision.reason for decision in intake.discarded] == ["face in view"]


def test_escape_goes_back_through_every_step_and_enter_comes_back_with_the_same_answers() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await walk_until(person, Step.PICTURES)
        await person.wait_for("Which pictures of the card")
        for shown in (
            "Does the patient agree",
            "does the patient have?",
            "Which of these do you find",
            "▸ 2  Unsure: advice, which may become a referral  (answered before)",
            "▌ Rosalind",
            "▌ Ashgrove",
            "▌ 1961-04-02",
            "▌ 999 000 0018",
        ):
            await person.press("escape")
            await person.wait_for(shown)
        for shown in ("Date of birth", "Family name", "Given name"):
            await person.press("enter")
            await person.wait_for(shown)
        await person.press("enter")  # nothing changed: what was answered after it still stands
        await person.wait_for("Which pictures of the card")

    at_the_station(FakeServices(session), does)


def test_a_draft_that_was_typed_is_there_again_after_escape_and_back() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.PATIENT)
        await person.type("9990000018")
        await person.wait_for("Date of birth")
        await person.type("2/4")
        await person.press("escape")
        await person.wait_for("999 000 0018")
        await person.press("enter")
        await person.wait_for("Date of birth", "▌ 2/4")

    at_the_station(FakeServices(), does)


def test_a_draft_is_never_taken_for_an_answer() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await walk_until(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        for shown in ("does the patient have?", "Which of these do you find"):
            await person.press("escape")
            await person.wait_for(shown)
        await person.press("1")
        await person.wait_for("1  [x]")
        for shown in ("What is your concern", "▌ Rosalind"):
            await person.press("escape")
            await person.wait_for(shown)
        await person.press("enter")
        await person.wait_for("Does the patient agree")
        await person.press("escape")
        await person.wait_for("Which of these do you find", "1  [x]")  # not on behind it, as if it had been said

    at_the_station(FakeServices(session), does)


def test_the_known_patient_is_told_from_somebody_else_by_the_typed_birth_date_before_anything_stored_is_shown() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.type(KNOWN_NUMBER)
        await person.wait_for("Date of birth")
        await person.type("20/7/1958", "enter")
        screen = await person.wait_for("! This number is in the vault with another name or birth date.")
        assert "ROWANBERRY" not in screen
        await person.press("ctrl+u")
        await person.type("19/7/1958", "enter")
        await person.wait_for("ROWANBERRY, Petra  born 19 Jul 1958  999 555 1233", "Step 2 of 8")

    at_the_station(FakeServices(), does)


def test_nothing_is_preselected_where_a_slip_would_harm() -> None:
    """Enter alone, at each of these questions, answers nothing."""

    async def does(person: Person) -> None:
        await stand_at(person, Step.PATHWAY)
        for text, key in (("What is your concern", "2"), ("Which of these do you find", "0"), ("patient have?", "0")):
            await _answers_nothing_by_enter(person, text, key)
        await _answers_nothing_by_enter(person, "Does the patient agree", "2")
        await _answers_nothing_by_enter(person, "On whose word", "1")
        await _answers_nothing_by_enter(person, "What differs", "0")
        await person.wait_for("Which pictures of the card")

    at_the_station(FakeServices(), does)


async def _answers_nothing_by_enter(person: Person, text: str, key: str) -> None:
    screen = await person.wait_for(text)
    assert "▸ 1" not in screen
    assert "[x]" not in screen
    await person.press("enter")
    await person.wait_for(text, "yet.")
    await person.press(key)


def test_a_question_about_pictures_waits_while_they_cannot_be_seen() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await stand_at(person, Step.IDENTIFIABILITY)
        await person.wait_for("Could picture 1 of 3")
        services.pull()
        screen = await person.wait_for("There is no card in the reader.", "No answer is lost.")
        assert "Could picture" not in screen
        await person.press("1")
        services.put_in(card_of([picture("OTHER.JPG")]))
        await person.wait_for("The chosen pictures are not on this card.", "go back with Escape")
        services.put_in(card_of(set_of(3)))
        await person.wait_for("Could picture 1 of 3")  # the key pressed meanwhile answered nothing
        services.card_trouble = CardError("The card cannot be read.", "Try another reader.")
        services.put_in()
        await person.wait_for("! The card cannot be read.")

    at_the_station(services, does)


def test_a_step_that_needs_the_card_begins_by_itself_when_it_is_read() -> None:
    services = FakeServices(files=[])

    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        await person.wait_for("There is no card in the reader.", "F8 without photography")
        services.reading.clear()
        services.put_in(card_of(set_of(3)))
        await person.wait_for("The card is being read.", "The question comes by itself.")
        services.reading.set()
        screen = await person.wait_for("Which pictures of the card", "The newest 3")
        assert "being read" not in screen

    try:
        at_the_station(services, does)
    finally:
        services.reading.set()


def test_a_hostile_file_name_is_shown_as_it_is_and_does_nothing() -> None:
    hostile = CardFile(
        PurePosixPath("DCIM/100CANON/[red]\x1b[2J\u202egpj.[/red].JPG"),
        *[getattr(set_of(1)[0], name) for name in ("kind", "size", "mtime_ns", "inode", "sha256", "note", "facts")],
    )

    async def does(person: Person) -> None:
        await walk_until(person, Step.VIEWS)
        await person.wait_for("What do the pictures show?")
        await person.press("1")
        await name_where_and_its_history(person)
        await person.wait_for("Which view is picture 1 of 1?", "[red]")
        await person.press("3")
        await person.wait_for("Could picture 1 of 1 identify", "[/red].JPG")
        await person.press("f2")
        screen = await person.wait_for("Esc close", "[red]", "[/red].JPG", r"\x1b")
        assert "\x1b" not in screen
        assert "\u202e" not in screen

    at_the_station(FakeServices(files=[hostile]), does)


def test_the_source_of_a_question_is_one_key_away() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PATHWAY)
        await person.wait_for("What is your concern")
        await person.press("2")
        await person.wait_for("Which of these do you find")
        await person.press("f1")
        await person.wait_for("Where this question comes from", "NG12", ASHGROVE)
        await person.press("enter")
        await person.wait_for("Which of these do you find")

    at_the_station(FakeServices(), does)
