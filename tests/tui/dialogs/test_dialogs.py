"""What is asked over a screen: the safe answer has the focus, and whose screen it is stays in sight."""

import pytest

from core.intake.steps import Step

from ...support.fake_services import FakeServices, FakeSession
from ...support.on_screen import Person, at_the_station
from ...support.walking import ASHGROVE, sign_in, stand_at


@pytest.mark.parametrize("key", ["enter", "escape", "n", "1", "space"])
def test_leaving_is_confirmed_with_y_alone(key: str) -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await person.press("ctrl+c")
        await person.wait_for("Leave dermlock?", "Enter stay", "Y leave", ASHGROVE, "Dr Ada Palmer")
        await person.press(key)
        await person.settle()
        assert person.app.return_value is None

    assert at_the_station(FakeServices(), does) is None


def test_y_leaves_and_nothing_was_moved() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await person.press("ctrl+q")
        await person.wait_for("Leave dermlock?")
        await person.press("y")
        await person.until(lambda: person.app.return_value is not None, "the end")

    assert at_the_station(FakeServices(session), does) == 0
    assert session.moved == []


def test_pressing_the_key_of_leaving_twice_asks_once() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("ctrl+q", "ctrl+q")
        await person.wait_for("Leave dermlock?")
        await person.press("enter")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(), does)


def test_dropping_a_patients_answers_is_asked_and_enter_keeps_them() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.type("9990000018")
        await person.wait_for("Date of birth")
        await person.press("escape")
        await person.wait_for("999 000 0018")
        await person.press("escape")
        await person.wait_for("Leave this patient?", "Enter stay")
        await person.press("enter")
        await person.wait_for("▌ 999 000 0018", "0-9 type the number")
        await person.press("escape")
        await person.wait_for("Leave this patient?")
        await person.press("y")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(), does)


def test_the_reason_for_no_photography_is_chosen_or_written_and_escape_changes_nothing() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.PATHWAY)
        await person.wait_for("What is your concern")
        await person.press("f8")
        await person.wait_for("Why without pictures?", ASHGROVE)
        await person.press("enter")
        await person.wait_for("Nothing is chosen yet.")
        await person.press("5")
        await person.wait_for("in a few words?")
        await person.press("escape")
        await person.wait_for("5  Another reason")
        await person.press("escape")
        await person.wait_for("What is your concern")
        await person.press("f8")
        await person.wait_for("5  Another reason")
        await person.press("5")
        await person.wait_for("in a few words?")
        await person.press("enter")
        await person.wait_for("is empty")
        await person.type("patient in pain", "enter")
        await person.wait_for("No pictures, because: patient in pain", "Step 3 of 4")
        await person.press("m")
        await person.wait_for("steps done")

    at_the_station(FakeServices(session), does)
    [(intake, _)] = session.moved
    assert intake.pathway is not None
    assert intake.pathway.without_photography_reason == "patient in pain"


def test_before_the_patient_is_named_it_is_noted_and_one_goes_on_where_one_was() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.type("9990000018")
        await person.wait_for("Date of birth")
        await person.press("f8")
        await person.wait_for("Why without pictures?")
        await person.press("1")
        await person.wait_for("Without photography: noted.", "Date of birth")
        await person.type("02041961", "enter")
        await person.wait_for("Family name")
        await person.type("Ashgrove", "enter")
        await person.wait_for("Given name")
        await person.type("Rosalind", "enter")
        await person.wait_for("Is all of this right?", "The patient declines", ASHGROVE)
        await person.press("m")
        await person.wait_for("steps done")

    at_the_station(FakeServices(session), does)
    assert session.moved[0][0].without_photography
