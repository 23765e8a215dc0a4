"""Writing down what was done with an episode, and correcting a patient: the normal way, a refusal, and back."""

from core.errors import VaultError
from core.follow_up.acts import Sent

from ...support.clinic import KNOWN, TODAY
from ...support.fake_services import FakeServices, FakeSession, an_entry
from ...support.on_screen import Person, at_the_station
from ...support.walking import sign_in


async def open_the_episode(person: Person) -> None:
    await sign_in(person)
    await person.press("f4")
    await person.wait_for("1 episode")
    await person.press("down")
    await person.wait_for("▸ ROWANBERRY")
    await person.press("enter")
    await person.wait_for("Enter write down what was done", "Now")


def test_what_was_done_is_written_down_and_the_episode_shows_it() -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.wait_for("to be sent, ▲ overdue since 23 Nov 2026")
        await person.press("enter")
        await person.wait_for("What was done?", "1  It was sent", str(KNOWN), "Write down")
        await person.press("1")
        await person.wait_for("When was it sent?")
        await person.press("1")
        await person.wait_for("Written down.", "sent on 25 Nov 2026, by a.palmer", "not yet in the record")
        assert "to be sent" not in person.sees

    at_the_station(FakeServices(session), does)
    assert [act.what for act in session.sealed.content.acts] == [Sent(TODAY)]


def test_a_day_to_come_is_refused_and_the_question_stays() -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.press("enter")
        await person.wait_for("What was done?")
        await person.press("1")
        await person.wait_for("When was it sent?", "2  On another day")
        await person.press("2")
        await person.wait_for("The day first")
        await person.type("26/11/2026", "enter")
        await person.wait_for("is in the future", "26/11/2026", "Write it down when it is done.")
        await person.press(*["backspace"] * 10)
        await person.type("24/11/2026", "enter")
        await person.wait_for("Written down.", "sent on 24 Nov 2026")

    at_the_station(FakeServices(session), does)


def test_escape_goes_one_question_back_and_from_the_first_to_the_episode_with_nothing_written() -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.press("enter")
        await person.wait_for("What was done?")
        await person.press("1")
        await person.wait_for("When was it sent?")
        await person.press("escape")
        await person.wait_for("What was done?")
        await person.press("escape")
        await person.wait_for("Enter write down what was done")
        assert "Written down." not in person.sees

    at_the_station(FakeServices(session), does)
    assert session.sealed.content.acts == ()


def test_what_the_vault_cannot_write_is_said_and_the_answers_stay() -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.press("enter")
        await person.wait_for("What was done?")
        await person.press("1")
        await person.wait_for("When was it sent?")
        session.trouble = VaultError("The disk of the vault is full.", "Free some room.")
        await person.press("1")
        await person.wait_for("The disk of the vault is full.", "Free some room.", "When was it sent?")
        session.trouble = None
        await person.press("1")
        await person.wait_for("Written down.")

    at_the_station(FakeServices(session), does)
    assert len(session.sealed.content.acts) == 1


def test_a_name_that_was_mistyped_is_corrected_and_stands_on_the_screen() -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.press("f7")
        await person.wait_for("What is to be corrected?", "Correct the patient")
        await person.press("1", "enter")
        await person.wait_for("Family name, as it should be")
        await person.type("Rowan", "enter")
        await person.wait_for("Why?")
        await person.press("1")
        await person.wait_for("What did you compare it with?")
        await person.type("the record", "enter")
        await person.wait_for("Corrected.", "ROWAN, ")

    at_the_station(FakeServices(session), does)
    (corrected,) = session.corrected
    assert corrected.patient.family_name == "Rowan"
    assert corrected.reason == "It was mistyped. Compared with: the record"


def test_a_correction_that_changes_nothing_is_refused() -> None:
    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.press("f7")
        await person.wait_for("What is to be corrected?")
        await person.press("3", "enter")
        await person.wait_for("Date of birth, as it should be")
        await person.type(f"{KNOWN.birth_date:%d/%m/%Y}", "enter")
        await person.wait_for("Nothing differs from what the vault has.")
        await person.press("escape")
        await person.wait_for("What is to be corrected?")

    session = FakeSession(entries=(an_entry(),))
    at_the_station(FakeServices(session), does)
    assert session.corrected == []
