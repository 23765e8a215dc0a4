"""Who it is, as on one form: what was typed stays in sight, and nothing stored is shown before it was typed."""

from core.intake.steps import Step

from ...support.fake_services import FakeServices
from ...support.on_screen import Person, at_the_station
from ...support.walking import ASHGROVE, KNOWN_NUMBER, NEW_NUMBER, sign_in, walk_until


def test_a_new_patient_is_typed_line_by_line_with_the_lines_before_in_sight() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.PATIENT)
        await person.type(NEW_NUMBER)
        await person.wait_for("✓ NHS number  999 000 0018", "Date of birth")
        await person.type("2/4/1961", "enter")
        await person.wait_for("✓ NHS number     999 000 0018", "✓ Date of birth  02 Apr 1961", "Family name")
        await person.type("Ashgrove", "enter")
        await person.wait_for("✓ Family name    Ashgrove", "Given name")
        await person.type("Rosalind", "enter")
        await person.wait_for(ASHGROVE, "Step 2 of 8")

    at_the_station(FakeServices(), does)


def test_a_visitor_without_a_number_gets_a_local_one_with_its_reason() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("enter")
        await person.wait_for("NHS number", "a  There is none")
        await person.press("a")
        await person.wait_for("✓ NHS number  There is none, such as for a visitor", "Local number")
        await person.type("V-17", "enter")
        await person.wait_for("✓ Local number  V-17", "Why is there no NHS number?")

    at_the_station(FakeServices(), does)


def test_a_birth_date_that_is_not_the_known_patients_is_refused_and_shows_nothing_stored() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.type(KNOWN_NUMBER)
        await person.wait_for("Date of birth")
        await person.type("20/7/1958", "enter")
        screen = await person.wait_for("! This number is in the vault with another name", "✓ NHS number  999 555 1233")
        assert "ROWANBERRY" not in screen
        assert "19 Jul" not in screen
        assert "✓ Date of birth" not in screen

    at_the_station(FakeServices(), does)


def test_escape_takes_a_line_off_the_form_and_puts_it_back_into_its_field() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.PATIENT)
        await person.type(NEW_NUMBER)
        await person.wait_for("Date of birth")
        await person.type("02041961", "enter")
        await person.wait_for("✓ Date of birth  02 Apr 1961")
        await person.press("escape")
        screen = await person.wait_for("▌ 1961-04-02", "✓ NHS number  999 000 0018")
        assert "✓ Date of birth" not in screen
        await person.press("escape")
        screen = await person.wait_for("▌ 999 000 0018")
        assert "✓" not in screen

    at_the_station(FakeServices(), does)
