"""What the locked screen says, and that it says nothing of a patient, a picture or a card, at any size."""

import threading

import pytest

from core.card.card import Inventory
from core.intake.receipt import Receipt
from core.intake.steps import Intake, Step
from core.model.patient import Patient
from core.progress import Cancellation, Progress, Report

from ...support.fake_services import FakeDemo, FakeServices, FakeSession, a_receipt, an_entry
from ...support.intakes import ROSE
from ...support.on_screen import PATIENCE, Person, at_the_station, layout_faults
from ...support.time_passing import PassingTime, TwoAtTheStation
from ...support.walking import sign_in, stand_at

SIZES = [(40, 12), (80, 24), (120, 40)]
NEVER = ("ASHGROVE", "Ashgrove", "Rosalind", "1961", "999", "IMG_", "card", "picture", "▀", "Step", "ROWANBERRY", "Row")
FILE = "DCIM/100CANON/IMG_0001.JPG"


async def reads(person: Person) -> str:
    """Everything on it, at whatever size, and that there is room for it."""
    screen = await person.wait_for("Locked", "Dr Ada Palmer", "Enter unlock")
    await person.until(lambda: layout_faults(person.app) == [], lambda: f"no {layout_faults(person.app)}")
    return screen


def holds_nothing(person: Person, patient: Patient = ROSE) -> None:
    for never in (*NEVER, patient.family_name, patient.given_name):
        assert never not in person.sees, never


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", [Step.PATHWAY, Step.PICTURES, Step.IDENTIFIABILITY, Step.REVIEW])
def test_nothing_of_the_patient_at_any_step(step: Step, size: tuple[int, int]) -> None:
    async def does(person: Person) -> None:
        await stand_at(person, step)
        await person.wait_for("ASHGROVE")
        await person.press("f12")
        await reads(person)
        holds_nothing(person)
        await person.press("f1", "f2", "f3", "f8", "pagedown", "tab", "f9")
        await person.settle()
        holds_nothing(person)

    at_the_station(FakeServices(), does, size=size)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_of_a_picture_that_filled_the_screen_nor_of_the_demos_hints(size: tuple[int, int]) -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.IDENTIFIABILITY)
        await person.wait_for("Could picture 1 of 3 identify")
        await person.press("f2")
        await person.wait_for("Esc close")
        await person.press("ctrl+l")
        await reads(person)
        holds_nothing(person)

    at_the_station(FakeServices(demo=FakeDemo()), does, size=size)


def test_nothing_of_what_was_found_or_searched_for() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f4")
        await person.wait_for("ROWANBERRY")
        await person.type("row")
        await person.press("f12")
        await reads(person)
        holds_nothing(person)

    at_the_station(FakeServices(FakeSession(entries=(an_entry(),))), does)


@pytest.mark.parametrize("size", SIZES)
def test_a_running_move_is_counts(size: tuple[int, int]) -> None:
    go_on = threading.Event()

    def move(_intake: Intake, _inventory: Inventory | None, report: Report, _stop: Cancellation) -> Receipt:
        report(Progress("Verifying", 2, 3, item=FILE))
        go_on.wait(PATIENCE)
        return a_receipt()

    async def does(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await person.wait_for("2 of 3")
        await person.press("f12")
        await reads(person)
        await person.wait_for("A move is running: Verifying 2 of 3.")
        holds_nothing(person)
        go_on.set()
        await person.wait_for("The move has come to its end.")
        holds_nothing(person)

    try:
        at_the_station(FakeServices(FakeSession(on_move=move)), does, size=size)
    finally:
        go_on.set()


def test_who_locked_and_since_when() -> None:
    time = PassingTime()

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f12")
        screen = await reads(person)
        assert "since" in screen
        locked = time.apps[0].curtain.locked
        assert locked is not None
        assert f"since {locked.since.astimezone():%H:%M}" in screen

    at_the_station(FakeServices(), does, make=time.app)


@pytest.mark.parametrize("size", SIZES)
def test_the_form_for_another_person_and_the_question_after_it_can_be_read(size: tuple[int, int]) -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.REVIEW)
        await person.press("f12")
        await reads(person)
        await person.press("f10")
        await person.wait_for("Staff ID", "Esc back to the lock")
        await person.until(lambda: layout_faults(person.app) == [], lambda: f"no {layout_faults(person.app)}")
        await person.type("b.reed", "enter")
        await person.type("nine loud rooks land", "enter")
        await person.wait_for("Dr Ada Palmer is not done", "Y drops it", "Enter keep it")
        await person.until(lambda: layout_faults(person.app) == [], lambda: f"no {layout_faults(person.app)}")
        holds_nothing(person)

    at_the_station(TwoAtTheStation(), does, size=size)


@pytest.mark.parametrize("size", SIZES)
def test_the_warning_can_be_read_and_shows_nothing_either(size: tuple[int, int]) -> None:
    time = PassingTime()

    async def does(person: Person) -> None:
        await stand_at(person, Step.IDENTIFIABILITY)
        await person.wait_for("ASHGROVE")
        await time.passes(560, person)
        await person.wait_for("This station locks itself in 40 seconds", "any key stay signed in")
        await person.until(lambda: layout_faults(person.app) == [], lambda: f"no {layout_faults(person.app)}")
        holds_nothing(person)

    at_the_station(FakeServices(), does, size=size, make=time.app)
