"""The first start: a vault, the first member of staff, the recovery key and its drill."""

from pathlib import Path

from core.errors import RuleRefusedError

from ...support.fake_services import PASSPHRASE, RECOVERY_KEY, FakeServices
from ...support.on_screen import Person, at_the_station


async def answer_until_the_passphrase(person: Person) -> None:
    await person.wait_for("There is no vault yet", "Where shall the vault lie?", "Esc leave")
    await person.type("/srv/vault", "enter")
    await person.wait_for("Your staff ID")
    await person.type("A.Palmer", "enter")
    await person.wait_for("Your name")
    await person.type("Dr Ada Palmer", "enter")
    await person.wait_for("Which passphrase?")


def test_a_generated_passphrase_is_typed_back_and_so_is_the_recovery_key_before_anybody_signs_in() -> None:
    services = FakeServices(has_vault=False, files=[])

    async def does(person: Person) -> None:
        await answer_until_the_passphrase(person)
        await person.press("1")
        await person.wait_for("Type it back", PASSPHRASE)
        await person.type("seven quiet herons", "enter")
        await person.wait_for("! This is not the passphrase above.")
        assert services.made == []
        await person.type(" wade", "enter")
        await person.wait_for("Recovery key", RECOVERY_KEY, "The vault is made.")
        await person.press("enter")
        assert RECOVERY_KEY not in await person.wait_for("Type the recovery key back")
        await person.type("DLK1-WRONG", "enter")
        await person.wait_for("! This is not the recovery key that was shown.")
        await person.press("escape")
        await person.wait_for(RECOVERY_KEY)
        await person.press("enter")
        await person.wait_for("Type the recovery key back")
        await person.type(RECOVERY_KEY, "enter")
        await person.wait_for("Sign in", "▌ a.palmer", "Passphrase")
        await person.type(PASSPHRASE, "enter")
        await person.wait_for("Next patient")

    at_the_station(services, does)
    assert services.made == [(Path("/srv/vault"), "a.palmer", "Dr Ada Palmer", PASSPHRASE)]


def test_a_passphrase_of_ones_own_is_typed_twice_and_never_shown() -> None:
    services = FakeServices(has_vault=False, files=[])

    async def does(person: Person) -> None:
        await answer_until_the_passphrase(person)
        await person.press("2")
        await person.wait_for("Your passphrase")
        await person.type("four grey geese land")
        await person.wait_for("•••")
        assert "geese" not in person.sees
        await person.press("enter")
        await person.wait_for("The same passphrase once more")
        await person.type("four grey geese", "enter")
        await person.wait_for("! The two passphrases differ.")
        assert services.made == []
        await person.type(" land", "enter")
        assert "geese" not in await person.wait_for("Recovery key")

    at_the_station(services, does)
    assert services.made[0][3] == "four grey geese land"


def test_a_staff_id_or_a_passphrase_that_will_not_do_is_refused_where_it_is_typed() -> None:
    services = FakeServices(has_vault=False, files=[])

    async def does(person: Person) -> None:
        await person.wait_for("Where shall the vault lie?")
        await person.type("/srv/vault", "enter")
        await person.wait_for("Your staff ID")
        await person.type("ada palmer", "enter")
        await person.wait_for("! “ada palmer” cannot be a staff ID.", "Your staff ID")
        await person.press("ctrl+u")
        await person.type("a.palmer", "enter")
        await person.wait_for("Your name")
        await person.type("Dr Ada Palmer", "enter")
        await person.wait_for("Which passphrase?")
        await person.press("2")
        await person.wait_for("Your passphrase")
        await person.type("short", "enter")
        await person.wait_for("! The passphrase is too weak", "Your passphrase")
        await person.press("ctrl+u")
        await person.type("four  grey geese land", "enter")
        await person.wait_for("two in a row", "Your passphrase")

    at_the_station(services, does)
    assert services.made == []


def test_escape_goes_back_with_the_answers_kept_and_leaves_at_the_first_question() -> None:
    services = FakeServices(has_vault=False, files=[])

    async def does(person: Person) -> None:
        await answer_until_the_passphrase(person)
        for shown in ("▌ Dr Ada Palmer", "▌ A.Palmer", "▌ /srv/vault"):
            await person.press("escape")
            await person.wait_for(shown)
        await person.press("escape")
        await person.until(lambda: person.app.return_value is not None, "the end")

    assert at_the_station(services, does) == 0
    assert services.made == []


def test_a_folder_that_cannot_hold_a_vault_is_refused_and_asked_again_with_what_was_typed() -> None:
    services = FakeServices(has_vault=False, files=[])
    services.vault_trouble = RuleRefusedError("/srv/vault is a card, and cards are erased.", "Choose another folder.")

    async def does(person: Person) -> None:
        await answer_until_the_passphrase(person)
        await person.press("1")
        await person.wait_for("Type it back")
        await person.type(PASSPHRASE, "enter")
        await person.wait_for("! /srv/vault is a card", "Where shall the vault lie?", "▌ /srv/vault")

    at_the_station(services, does)
