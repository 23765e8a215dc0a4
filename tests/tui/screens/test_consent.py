"""Consent: the wording stands by itself to be read out, one key says as read, and nothing is said by silence."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import msgspec

from core.consent.wording import load_wording
from core.intake.asking import Asking
from core.intake.steps import Step

from ...support import fake_services
from ...support.clinic import TODAY, Answers, asking_about
from ...support.fake_services import FakeServices, FakeSession
from ...support.on_screen import Person, at_the_station, layout_faults
from ...support.walking import stand_at, walk_until

WORDING = load_wording(None)


def test_the_whole_wording_and_all_answers_are_in_sight_at_once() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        screen = await person.wait_for(
            "Read out to the patient", WORDING.statement, WORDING.as_read, "4  A safeguarding concern"
        )
        assert "▸" not in screen.split("Does the patient agree")[1]
        assert "PgUp" not in screen

    at_the_station(FakeServices(), does)


def test_one_key_says_as_read_and_enter_alone_says_nothing() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree to pictures?")
        await person.press("enter")
        await person.wait_for("Nothing is chosen yet.", "Does the patient agree to pictures?")
        await person.press("1")
        await person.wait_for("Step 4 of 8")

    at_the_station(FakeServices(), does)


def test_what_is_read_out_before_an_intimate_area_stands_by_itself_too() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree to pictures?")
        await person.press("2")
        await person.wait_for("On whose word does the consent stand?")
        await person.until(lambda: "Read out to the patient" not in person.sees, "the wording to go")
        await person.press("1")
        await person.wait_for("What differs")
        await person.press("7", "enter")
        await person.wait_for("Read out to the patient", WORDING.intimate, "Does the patient agree to pictures of an")
        await person.press("escape")
        await person.wait_for("What differs", "[x] An intimate area is photographed")

    at_the_station(FakeServices(), does)


def test_under_eighteen_an_intimate_area_is_refused_in_place() -> None:
    born = TODAY.replace(year=TODAY.year - 17)
    young: Answers = {
        "nhs_number": "999 000 0018",
        "birth_date": born.isoformat(),
        "family_name": "Ashgrove",
        "given_name": "Rosalind",
    }

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT, {Step.PATIENT: young})
        await person.wait_for("Does the patient agree to pictures?")
        await person.press("2")
        await person.wait_for("On whose word")
        await person.press("1")
        await person.wait_for("What differs")
        await person.press("7", "enter")
        await person.wait_for("! Under 18, an intimate area is not photographed.", "What differs")

    at_the_station(FakeServices(), does)


def test_escape_goes_back_to_the_pathway_and_enter_comes_back() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.CONSENT)
        await person.wait_for("Does the patient agree to pictures?")
        await person.press("escape")
        await person.wait_for("Which of these does the patient have?", "Step 2 of 8")
        await person.press("0")
        await person.wait_for("Read out to the patient", "Step 3 of 8")

    at_the_station(FakeServices(FakeSession()), does)


def test_on_a_tiny_screen_the_wording_scrolls_with_the_question_and_comes_apart_again_on_a_larger_one() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Read out: We would like", "PgUp PgDn read on")
        await person.press("pagedown")
        await person.wait_for("pictures of your skin")
        await person.resize(80, 24)
        screen = await person.wait_for("Read out to the patient", WORDING.statement)
        assert "Read out: " not in screen

    at_the_station(FakeServices(), does, size=(40, 12))


def outdated(**known: object) -> Asking:
    wording = msgspec.structs.replace(WORDING, review_by=TODAY - timedelta(days=1))
    return replace(asking_about(**known), wording=wording)  # type: ignore[arg-type]  # as it was called


def test_a_wording_that_is_out_of_date_says_so_and_every_answer_stays_in_sight() -> None:
    warning = "▲ The consent wording “2” was to be reviewed by 24 November 2026; ask The practice's information"

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for(warning, WORDING.read_out, "1  Agrees as read", "4  A safeguarding concern")
        assert layout_faults(person.app) == []
        await person.press("2")
        screen = await person.wait_for("On whose word does the consent stand?")
        assert "was to be reviewed" not in screen
        await person.press("escape")
        await person.wait_for(warning)
        await person.press("1")
        await person.wait_for("Step 4 of 8")

    with patch.object(fake_services, "asking_about", outdated):
        at_the_station(FakeServices(), does)


def test_on_a_tiny_screen_it_stands_above_the_wording() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("The consent wording “2” was to be")

    with patch.object(fake_services, "asking_about", outdated):
        at_the_station(FakeServices(), does, size=(40, 12))
