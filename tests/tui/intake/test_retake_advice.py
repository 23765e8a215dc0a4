"""A poor picture is named where pictures are chosen, described and reviewed; it costs no key and stops nothing."""

import pytest

from core.intake.steps import Step

from ...support.asked import EASY, Typist, asked_by
from ...support.clinic import asking_about, intake_until
from ...support.fake_services import FakeServices, FakeSession
from ...support.judged import BLURRED, three
from ...support.on_screen import Person, at_the_station, layout_faults
from ...support.walking import find_nothing_identifying, move, name_one_lesion, stand_at, walk_until

SAID = "IMG_0002.JPG: perhaps out of focus. Take it again while the patient is here."
DARKER = "IMG_0002.JPG: perhaps too dark, the patient's other pictures are brighter."


def test_it_is_said_where_pictures_are_chosen_in_words_and_with_a_mark() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        await person.wait_for(f"▲ {SAID}", "F7 retake", "1  The newest 3")
        assert layout_faults(person.app) == []
        await person.press("2")
        await person.wait_for("Which of these are this patient's?")

    at_the_station(FakeServices(files=three(**BLURRED)), does)


def test_good_pictures_are_not_spoken_of() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.VIEWS)
        screen = await person.wait_for("Enter to the history")
        assert "▲" not in screen
        await name_one_lesion(person)
        await find_nothing_identifying(person)
        screen = await person.wait_for("Is all of this right?")
        assert "Quality" not in screen

    at_the_station(FakeServices(files=three()), does)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_same_keys_lead_to_the_same_move_and_every_step_says_it(size: tuple[int, int]) -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await walk_until(person, Step.VIEWS)
        await person.wait_for(f"▲ {SAID[:-1]}: F7.", "F7 retake", "Enter to the history")
        assert layout_faults(person.app) == []
        await name_one_lesion(person)
        await find_nothing_identifying(person)
        await person.wait_for("Quality", SAID, "F7 retake")
        await move(person)
        await person.wait_for("All 8 steps done")

    at_the_station(FakeServices(session, files=three(**BLURRED)), does, size=size)
    [(intake, _)] = session.moved
    assert len(intake.kept) == 3


def test_a_picture_darker_than_the_others_is_told_once_its_view_is_known() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        screen = await person.wait_for("The newest 3")
        assert "too dark" not in screen
        await person.press("1")
        await person.wait_for(f"▲ {DARKER}")

    at_the_station(FakeServices(files=three(lit=90)), does)


def test_f7_from_the_advice_takes_the_picture_again() -> None:
    services = FakeServices(files=three(**BLURRED))

    async def does(person: Person) -> None:
        await walk_until(person, Step.VIEWS)
        await person.wait_for(f"▲ {SAID[:-1]}: F7.")
        await person.press("f7")
        await person.wait_for("Retake: pull the card, take the pictures, put it back.")

    at_the_station(services, does)


def test_the_plain_conversation_says_it_at_the_same_places_and_asks_nothing_more() -> None:
    asking = asking_about(three(**BLURRED))
    typist = Typist(EASY)
    assert asked_by(typist, asking).until_the_move() == intake_until(Step.MOVE, asking)
    heard = [line for line in typist.heard if "perhaps out of focus" in line]
    assert heard == [SAID, SAID, f"Quality: DCIM/100CANON/{SAID}"]
