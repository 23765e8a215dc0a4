"""The first start: a vault that is only away, a new one, the recovery key and its drill, and a practice run."""

from pathlib import Path

import pytest

from core.errors import RuleRefusedError, VaultError
from core.intake.steps import Step
from tui.app import DermlockApp
from tui.app_services import AppServices
from tui.screens.set_up import SetUp

from ...support.fake_services import PASSPHRASE, RECOVERY_KEY, FakeDemo, FakeServices
from ...support.on_screen import Person, at_the_station
from ...support.time_passing import unlock
from ...support.walking import sign_in, walk_until


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
        await person.wait_for("The vault is ready", "Practise once?")
        await person.press("2")
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


async def set_up(person: Person) -> None:
    await person.wait_for("Your staff ID")
    await person.type("a.palmer", "enter")
    await person.wait_for("Your name")
    await person.type("Dr Ada Palmer", "enter")
    await person.wait_for("Which passphrase?")
    await person.press("1")
    await person.wait_for("Type it back")
    await person.type(PASSPHRASE, "enter")
    await person.wait_for(RECOVERY_KEY)
    await person.press("enter")
    await person.wait_for("Type the recovery key back")
    await person.type(RECOVERY_KEY, "enter")
    await person.wait_for("Practise once?", "every screen says PRACTICE", "Esc not now")


def test_practice_is_offered_once_and_can_be_left_out() -> None:
    async def does(person: Person) -> None:
        await person.wait_for("Where shall the vault lie?")
        await person.type("/srv/vault", "enter")
        await set_up(person)
        await person.press("escape")
        await person.wait_for("Sign in", "▌ a.palmer")

    assert at_the_station(FakeServices(has_vault=False, files=[]), does) is None


def test_who_practises_leaves_this_app_for_that_of_the_practice() -> None:
    apps: list[DermlockApp] = []

    def make(services: AppServices) -> DermlockApp:
        apps.append(DermlockApp(services))
        return apps[-1]

    async def does(person: Person) -> None:
        await person.wait_for("Where shall the vault lie?")
        await person.type("/srv/vault", "enter")
        await set_up(person)
        await person.press("1")
        await person.until(lambda: person.app.return_value is not None, "the end")

    assert at_the_station(FakeServices(has_vault=False, files=[]), does, make=make) == 0
    assert apps[0].practises == SetUp("a.palmer", practises=True)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
def test_every_screen_of_a_practice_says_so_and_signing_out_ends_it(size: tuple[int, int]) -> None:
    services = FakeServices(demo=FakeDemo())
    services.is_practice = True

    async def does(person: Person) -> None:
        wait_for = person.wait_for

        async def wait_and_look(*texts: str) -> str:
            await wait_for(*texts)
            return await wait_for("PRACTICE")

        person.wait_for = wait_and_look  # type: ignore[method-assign]  # every wait is a look, too
        await person.wait_for("This is a practice run.", "Esc leave the practice")
        await walk_until(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await person.press("f8")
        await person.wait_for("Why without pictures?")
        await person.press("escape")
        await person.wait_for("Does the patient agree")
        await person.press("f12")
        await unlock(person)
        await person.press("f8")
        await person.wait_for("Why without pictures?")
        await person.press("1")
        await person.wait_for("Is all of this right?")
        await person.press("m")
        await person.wait_for("steps done")
        await person.press("enter")
        await person.wait_for("F10 leave the practice")
        await person.press("f10")
        await person.until(lambda: person.app.return_value is not None, "the end")

    assert at_the_station(services, does, size=size) == 0


def test_outside_a_practice_nothing_says_so() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        assert "PRACTICE" not in person.sees

    at_the_station(FakeServices(demo=FakeDemo()), does)


def away() -> FakeServices:
    services = FakeServices(has_vault=False, files=[])
    services.vault_folder = Path("/mnt/share/vault")
    return services


MISSING = ("The vault of this station is not there", "/mnt/share/vault", "1 Look again", "Esc leave")


def test_a_vault_that_is_named_and_not_there_is_looked_for_again_before_anything_is_made() -> None:
    services = away()

    async def does(person: Person) -> None:
        await person.wait_for(*MISSING)
        await person.press("1")
        await person.wait_for("! There is still no vault in that place.", "Look again")
        services.has_vault = True
        await person.press("1")
        await person.wait_for("Sign in", "Staff ID")

    at_the_station(services, does)
    assert services.made == []


def test_what_keeps_the_vault_from_being_looked_for_is_said() -> None:
    class Torn(FakeServices):
        @property
        def has_vault(self) -> bool:
            raise VaultError("The vault's folder cannot be read: Host is down.", "Check its share.")

        @has_vault.setter
        def has_vault(self, _there: bool) -> None:
            pass

    services = Torn(files=[])
    services.vault_folder = Path("/mnt/share/vault")

    async def does(person: Person) -> None:
        await person.wait_for(*MISSING)
        await person.press("1")
        await person.wait_for("! The vault's folder cannot be read: Host is down.", "Check its share.")

    at_the_station(services, does)


def test_a_new_vault_in_the_place_of_one_that_is_away_is_a_choice_of_its_own_and_lies_nowhere_else() -> None:
    services = away()

    async def does(person: Person) -> None:
        await person.wait_for(*MISSING)
        await person.press("enter")
        await person.wait_for("Nothing is chosen yet.")
        await person.press("2")
        await person.wait_for("A new vault in /mnt/share/vault")
        await set_up(person)
        await person.press("2")
        await person.wait_for("Sign in")

    at_the_station(services, does)
    assert [folder for folder, *_ in services.made] == [Path("/mnt/share/vault")]


def test_one_may_leave_when_the_vault_is_away() -> None:
    async def does(person: Person) -> None:
        await person.wait_for(*MISSING)
        await person.press("escape")
        await person.until(lambda: person.app.return_value is not None, "the end")

    services = away()
    assert at_the_station(services, does) == 0
    assert services.made == []
