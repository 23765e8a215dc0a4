"""Finding an episode by typing, with the keyboard alone."""

from core.errors import VaultError

from ...support.clinic import KNOWN
from ...support.fake_services import FakeServices, FakeSession, an_entry
from ...support.intakes import ROSE, TOM
from ...support.on_screen import Person, at_the_station
from ...support.walking import sign_in

THREE = (an_entry(ROSE, "episode-1"), an_entry(TOM, "episode-2"), an_entry(KNOWN, "episode-3"))


def test_typing_narrows_and_enter_opens_what_is_looked_at() -> None:
    session = FakeSession(entries=THREE)

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f4")
        await person.wait_for("3 episodes", "ASHGROVE", "TAMARIND", "ROWANBERRY")
        assert "▸" not in person.sees  # nothing is looked at before it was asked for
        await person.type("tam")
        screen = await person.wait_for("1 episode", "▸ TAMARIND, Thomas", "20 Nov 2026", "Forearm or wrist")
        assert "ASHGROVE" not in screen
        assert "answered" not in screen
        await person.press("enter")
        await person.until(lambda: session.looked_at == ["episode-2"], "the episode")

    at_the_station(FakeServices(session), does)


def test_the_arrows_choose_and_coming_back_finds_the_same_words() -> None:
    session = FakeSession(entries=THREE)

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f4")
        await person.wait_for("3 episodes")
        await person.press("down", "down")
        await person.wait_for("▸ TAMARIND")
        await person.press("enter")
        await person.wait_for("Episode", "Esc back")
        await person.press("escape")
        await person.wait_for("3 episodes")
        await person.press("escape")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(session), does)
    assert session.looked_at == ["episode-2"]


def test_nothing_found_says_so_and_enter_does_nothing() -> None:
    session = FakeSession(entries=THREE)

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f4")
        await person.wait_for("3 episodes")
        await person.type("zz", "enter")
        await person.wait_for("Nothing fits.")
        assert "▸" not in person.sees

    at_the_station(FakeServices(session), does)
    assert session.looked_at == []


def test_trouble_with_the_vault_is_told() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f4")
        await person.wait_for("! The vault is away.", "Connect its disk.")
        await person.press("escape")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(FakeSession(trouble=VaultError("The vault is away.", "Connect its disk."))), does)
