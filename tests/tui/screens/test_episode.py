"""An episode as it lies in the vault: what is looked at is audited, and nothing is opened unasked."""

import pytest

from core.errors import VaultError

from ...support.clinic import KNOWN
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


def test_it_shows_route_consent_lesions_and_pictures_as_words_and_opens_no_picture_by_itself() -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.wait_for(
            str(KNOWN), "Advice and Guidance", "for this care; wording 1", "left forearm", "lesion 1, close-up"
        )

    at_the_station(FakeServices(session), does)
    assert session.looked_at == ["episode-1"]


def test_each_picture_is_opened_when_its_key_is_pressed() -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.wait_for("F3 look at the pictures")
        await person.press("f3")
        await person.wait_for("1 of 2  lesion 1, locating", "Colour is not judged")
        await person.until(lambda: session.looked_at == ["episode-1", "image-1"], "the first picture")
        await person.press("f3")
        await person.wait_for("2 of 2  lesion 1, close-up")
        await person.until(lambda: session.looked_at[-1] == "image-2", "the second picture")
        await person.press("f2")
        await person.wait_for("Esc close", str(KNOWN))
        await person.press("escape")
        await person.wait_for("F3 next picture")
        await person.press("escape")
        await person.wait_for("1 episode")

    at_the_station(FakeServices(session), does)


def test_on_a_small_screen_a_picture_takes_all_of_it() -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.wait_for("F3 look at the pictures")
        await person.press("f3")
        await person.wait_for("Esc close", "1 of 2  lesion 1, locating")
        await person.until(lambda: "image-1" in session.looked_at, "the picture")

    at_the_station(FakeServices(session), does, size=(50, 16))


@pytest.mark.parametrize("key", ["f2", "f3"])
def test_an_episode_that_cannot_be_read_says_so_and_its_keys_do_nothing(key: str) -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f4")
        await person.wait_for("1 episode")
        session.trouble = VaultError("This episode was tampered with.", "Tell IT before anything else is done.")
        await person.press("down", "enter")
        await person.wait_for("! This episode was tampered with.", "Tell IT")
        await person.press(key)
        await person.settle()
        assert "F3" not in person.sees

    at_the_station(FakeServices(session), does)
    assert session.looked_at == ["episode-1"]
