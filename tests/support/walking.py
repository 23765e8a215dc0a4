"""The usual way through an intake, key by key: for tests of what lies further on."""

from collections.abc import Mapping
from unittest.mock import patch

from core.intake.steps import Step
from tui.app import DermlockApp
from tui.widgets.picture_view import PictureView

from .clinic import EASY, Answers, asking_about, intake_until, set_of
from .fake_services import PASSPHRASE, STAFF_ID
from .on_screen import Person

NEW_NUMBER = "9990000018"
KNOWN_NUMBER = "9995551233"
"""tests.support.clinic.KNOWN, born 19/7/1958."""

ASHGROVE = "ASHGROVE, Rosalind  born 02 Apr 1961  999 000 0018"


async def sign_in(person: Person) -> None:
    await person.wait_for("Sign in", "Esc leave")
    await person.type(STAFF_ID, "enter")
    await person.type(PASSPHRASE, "enter")
    await person.wait_for("Next patient")


async def name_a_new_patient(person: Person) -> None:
    await person.type(NEW_NUMBER)
    await person.wait_for("Date of birth")
    await person.type("02041961", "enter")
    await person.wait_for("Family name")
    await person.type("Ashgrove", "enter")
    await person.wait_for("Given name")
    await person.type("Rosalind", "enter")


async def ask_for_advice(person: Person) -> None:
    await person.wait_for("What is your concern", ASHGROVE)
    await person.press("2")
    await person.wait_for("Which of these do you find or suspect?")
    await person.press("0")
    await person.wait_for("Which of these does the patient have?")
    await person.press("0")


async def agree_as_read(person: Person) -> None:
    await person.wait_for("Does the patient agree to pictures?")
    await person.press("1")


async def take_the_newest(person: Person) -> None:
    await person.wait_for("Which pictures of the card", "The newest")
    await person.press(*["pagedown"] * 3, "1")  # on a tiny screen they are not all in sight at once


async def name_one_lesion(person: Person) -> None:
    await person.wait_for("Enter to the history")
    await person.type("left forea")
    await person.wait_for("✓ left forearm or wrist")
    await person.press("enter")
    await person.wait_for("Enter go on")
    await person.type("3 months, itches", "enter")


async def name_where_and_its_history(person: Person) -> None:
    """Question by question, where there is no proposal."""
    await person.wait_for("Where on the body")
    await person.type("forearm")
    await person.wait_for("Forearm or wrist")
    await person.press("enter")
    await person.wait_for("On which side")
    await person.press("1")
    await person.wait_for("What is the history of the lesion?")
    await person.type("3 months, itches", "enter")


async def find_nothing_identifying(person: Person) -> None:
    for number in (1, 2, 3):
        await person.wait_for(f"Could picture {number} of 3 identify")
        await see_the_picture(person)
        await person.press("1")


async def see_the_picture(person: Person) -> None:
    """Until what is shown was opened: nothing is answered about a picture before that."""

    def seen() -> bool:
        return all(view.has_opened for view in person.app.screen.query(PictureView) if view.region.area)

    await person.until(seen, "the picture")


async def move(person: Person) -> None:
    await person.wait_for("Is all of this right?", "seal 3 pictures")
    await person.press("m")


WAY = {
    Step.PATIENT: name_a_new_patient,
    Step.PATHWAY: ask_for_advice,
    Step.CONSENT: agree_as_read,
    Step.PICTURES: take_the_newest,
    Step.VIEWS: name_one_lesion,
    Step.IDENTIFIABILITY: find_nothing_identifying,
    Step.REVIEW: move,
}


async def walk_until(person: Person, until: Step) -> None:
    """Signs in and answers every step before `until` as it is mostly answered."""
    await sign_in(person)
    for step, way in WAY.items():
        if step is until:
            return
        await way(person)


async def stand_at(person: Person, step: Step, answers: Mapping[Step, Answers] = EASY) -> None:
    """Where walk_until leads to, by a short cut: core's interviews gave the same answers before the app began.

    answers: in place of the usual ones, step by step.
    What the screens keep of earlier questions is not there: for going back, walk.
    """
    await sign_in(person)
    if step in (Step.REVIEW, Step.MOVE):
        await person.wait_for("card: 3 pictures")
    intake = intake_until(step, asking_about(set_of(3)), answers)
    with patch("tui.app.Intake", return_value=intake):
        await person.press("enter")
        app = person.app
        await person.until(lambda: isinstance(app, DermlockApp) and app.opened is not None, "the intake")
