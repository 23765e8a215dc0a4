"""Nobody touches the station: a warning, then the lock; and what counts as touching."""

import pytest
from textual import events

from core.intake.steps import Step
from tui.lock.idle import Idle

from ...support.fake_services import FakeServices
from ...support.on_screen import Person, at_the_station
from ...support.time_passing import PassingTime, unlock
from ...support.walking import sign_in, stand_at

NINE_MINUTES, A_MINUTE = 540.0, 60.0
WARNED = "This station locks itself in"


@pytest.mark.parametrize(("minutes", "warned_at"), [(1, 30.0), (2, 60.0), (5, 240.0), (10, 540.0), (60, 3540.0)])
def test_the_warning_comes_a_minute_before_and_half_way_where_a_minute_is_all(minutes: int, warned_at: float) -> None:
    now = 0.0
    idle = Idle(minutes, lambda: now)
    now = warned_at - 0.5
    assert not idle.is_to_be_warned_of
    now = warned_at
    assert idle.is_to_be_warned_of
    assert not idle.is_over
    now = minutes * 60.0
    assert idle.is_over
    idle.touched()
    assert not idle.is_to_be_warned_of
    assert idle.seconds_left == minutes * 60.0


def test_the_warning_counts_down_and_a_key_ends_it_and_does_nothing_else() -> None:
    time = PassingTime()

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await time.passes(NINE_MINUTES - 1, person)
        assert "Does the patient agree" in person.sees
        await time.passes(1, person)
        assert "Does the patient" not in await person.wait_for(f"{WARNED} 60 seconds", "any key stay signed in")
        await time.passes(50, person)
        await person.wait_for(f"{WARNED} 10 seconds")
        await person.press("1")
        await person.wait_for("Does the patient agree", "Step 3 of 8")
        await time.passes(NINE_MINUTES - 1, person)
        assert "Does the patient agree" in person.sees, "the key began the time anew"
        await person.press("1")
        await person.wait_for("Which pictures of the card")

    at_the_station(FakeServices(), does, make=time.app)


@pytest.mark.parametrize("key", ["escape", "enter", "ctrl+q", "f12", "ctrl+l", "f10"])
def test_not_even_a_key_that_works_everywhere_does_anything_but_end_the_warning(key: str) -> None:
    time = PassingTime()

    async def does(person: Person) -> None:
        await sign_in(person)
        await time.passes(NINE_MINUTES, person)
        await person.wait_for(WARNED)
        await person.press(key)
        await person.wait_for("Next patient")
        await person.settle()
        assert "Next patient" in person.sees
        assert "Leave dermlock?" not in person.sees

    assert at_the_station(FakeServices(), does, make=time.app) is None


def test_the_warning_comes_over_a_dialog_which_is_there_again_afterwards() -> None:
    time = PassingTime()

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await person.press("f8")
        await person.wait_for("Why without pictures?")
        await time.passes(NINE_MINUTES, person)
        assert "Why without" not in await person.wait_for(WARNED)
        await person.press("1")
        await person.wait_for("Why without pictures?")
        await person.press("1")
        await person.wait_for("Is all of this right?")

    at_the_station(FakeServices(), does, make=time.app)


def test_after_the_last_minute_it_locks_and_the_minutes_are_those_of_the_settings() -> None:
    time, services = PassingTime(), FakeServices()
    services.idle_minutes = 5

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await time.passes(4 * A_MINUTE, person)
        await person.wait_for(f"{WARNED} 60 seconds")
        await time.passes(59, person)
        await person.wait_for(f"{WARNED} 1 second")
        await time.passes(1, person)
        await unlock(person)
        await person.wait_for("Does the patient agree")
        await time.passes(4 * A_MINUTE - 1, person)
        assert "Does the patient agree" in person.sees, "unlocking began the time anew"

    at_the_station(services, does, make=time.app)


def test_a_machine_that_slept_is_locked_without_a_warning() -> None:
    time = PassingTime()

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await time.passes(8 * 3600, person)
        assert WARNED not in await person.wait_for("Locked", "Enter unlock")

    at_the_station(FakeServices(), does, make=time.app)


def test_a_click_ends_the_warning_and_hits_nothing() -> None:
    time = PassingTime()

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await time.passes(NINE_MINUTES, person)
        await person.wait_for(WARNED)
        for kind in (events.MouseDown, events.MouseUp):
            assert WARNED in person.sees
            person.app.post_message(kind(None, 30, 14, 0, 0, 1, False, False, False, 30, 14))
            await person.settle()
        await person.wait_for("Does the patient agree", "Step 3 of 8")

    at_the_station(FakeServices(), does, make=time.app)


def test_a_pointer_that_is_moved_is_nobody() -> None:
    time = PassingTime()

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await time.passes(NINE_MINUTES - 1, person)
        person.app.post_message(events.MouseMove(None, 30, 14, 1, 0, 0, False, False, False, 30, 14))
        await person.settle()
        await time.passes(1, person)
        await person.wait_for(WARNED)

    at_the_station(FakeServices(), does, make=time.app)


def test_where_nobody_is_signed_in_there_is_nothing_to_lock() -> None:
    time = PassingTime()

    async def does(person: Person) -> None:
        await person.wait_for("Sign in", "Esc leave")
        await time.passes(24 * 3600, person)
        await person.press("f12")
        await person.settle()
        assert "Locked" not in person.sees
        await sign_in(person)
        await time.passes(0, person)
        assert "Next patient" in person.sees, "the time before the sign-in is not theirs"

    at_the_station(FakeServices(), does, make=time.app)
