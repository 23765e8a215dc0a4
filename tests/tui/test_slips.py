"""Slips of a hurried hand that a trial with fresh eyes made, and what becomes of them."""

import pytest

from core.intake.steps import Intake, Step
from core.pathway.outcome import Route
from tui.app import DermlockApp

from ..support.clinic import picture
from ..support.fake_services import FakeServices, FakeSession, an_entry
from ..support.on_screen import Person, at_the_station
from ..support.walking import (
    find_nothing_identifying,
    name_a_new_patient,
    sign_in,
    stand_at,
    walk_until,
)


def intake_of(person: Person) -> Intake:
    app = person.app
    assert isinstance(app, DermlockApp) and app.opened is not None
    return app.opened.walk.intake


def test_one_key_too_many_at_the_last_picture_moves_nothing() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.IDENTIFIABILITY)
        await find_nothing_identifying(person)
        await person.press("1", "1", "2", "enter", "space")
        await person.wait_for("Is all of this right?", "M  Yes: seal 3 pictures")
        await person.settle()
        assert session.moved == []
        await person.press("M")
        await person.wait_for("All 8 steps done")

    at_the_station(FakeServices(session), does)
    assert len(session.moved) == 1


@pytest.mark.parametrize("key", ["m", "M"])
def test_the_key_of_the_move_means_nothing_before_the_review(key: str) -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await name_a_new_patient(person)
        await person.wait_for("What is your concern")
        await person.press(key)
        await person.settle()
        await person.wait_for("What is your concern")

    at_the_station(FakeServices(), does)


def test_without_photography_after_an_urgent_concern_stays_urgent() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await sign_in(person)
        await name_a_new_patient(person)
        await person.wait_for("What is your concern")
        await person.press("1")
        await person.wait_for("Which of these do you find or suspect?")
        await person.press("f8")
        await person.wait_for("Why without pictures?")
        await person.press("1")
        await person.wait_for("Is all of this right?", "Urgent suspected cancer", "criteria were not asked")
        outcome = intake_of(person).pathway
        assert outcome is not None
        assert outcome.route is Route.URGENT_SUSPECTED_CANCER
        assert outcome.without_photography

    at_the_station(FakeServices(session), does)


def test_none_of_these_takes_no_tick_away() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await name_a_new_patient(person)
        await person.wait_for("What is your concern")
        await person.press("2")
        await person.wait_for("Which of these do you find or suspect?")
        await person.press("1", "0")
        await person.wait_for("Other answers are ticked.", "[x]")
        await person.press("1")
        await person.until(lambda: "[x]" not in person.sees, "the tick to go")
        await person.press("0")
        await person.wait_for("Which of these does the patient have?")

    at_the_station(FakeServices(), does)


def test_a_refused_answer_is_not_offered_again() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("enter")
        await person.wait_for("NHS number", "There is none")
        await person.type("9995551233")
        await person.wait_for("Date of birth")
        await person.type("2/4/2050", "enter")
        await person.wait_for("This birth date is in the future.", "2/4/2050")
        await person.press(*["backspace"] * 8)
        await person.press("escape")
        await person.wait_for("NHS number", "There is none")
        await person.press("enter")
        await person.wait_for("Date of birth")
        assert "2050" not in person.sees

    at_the_station(FakeServices(), does)


def test_a_letter_of_the_review_goes_to_the_first_question_of_its_step_and_escape_comes_back() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.REVIEW)
        await person.wait_for("Is all of this right?")
        letter = next(line.split()[0] for line in person.sees.splitlines() if " Route " in line)
        await person.press(letter)
        await person.wait_for("What is your concern", "answered before")
        await person.press("escape")
        await person.wait_for("Is all of this right?")

    at_the_station(FakeServices(), does, size=(120, 40))


@pytest.mark.parametrize("words", ["calf", "shin", "left lower leg"])
def test_a_site_on_the_list_is_found_by_what_people_call_it(words: str) -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.VIEWS)
        await person.wait_for("What do the pictures show?")
        await person.press("1")
        await person.wait_for("Where on the body")
        await person.type(words)
        await person.wait_for("▸ Lower leg")
        await person.press(*["backspace"] * len(words))
        await person.type("zebra")
        await person.wait_for("Nothing on the list fits.", "Fewer letters show more.")

    at_the_station(FakeServices(files=[picture("IMG_0001.JPG")]), does)


@pytest.mark.parametrize("key", ["c", "C"])
def test_a_letter_in_the_key_bar_works_with_and_without_shift(key: str) -> None:
    earlier = an_entry(id_="episode-0")
    session = FakeSession(entries=(an_entry(), earlier))

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f4")
        await person.wait_for("2 episodes")
        await person.press("down", "f3")
        await person.wait_for("C compare")
        await person.press(key)
        await person.wait_for("Compare")

    at_the_station(FakeServices(session), does)


def test_in_a_window_too_small_to_see_the_patient_nothing_is_answered() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PATHWAY)
        await person.wait_for("What is your concern")
        for size in ((20, 5), (39, 24), (80, 11)):
            await person.resize(*size)
            await person.wait_for("dermlock")
            assert "What is" not in person.sees
            await person.press("1", "escape", "f8", "ctrl+q")
            await person.settle()
            await person.resize(80, 24)
            await person.wait_for("What is your concern", "ASHGROVE")
            assert "Leave" not in person.sees
        await person.resize(40, 12)
        await person.wait_for("ASHGROVE")

    at_the_station(FakeServices(), does)


def test_a_note_hides_no_answer_of_the_consent() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree", "1  Agrees as read", "3  Declines")
        await person.press("enter")
        await person.wait_for("Nothing is chosen yet.", "1  Agrees as read", "3  Declines", "4  A safeguarding concern")
        await person.press("3")
        await person.wait_for("Is all of this right?")

    at_the_station(FakeServices(), does)
