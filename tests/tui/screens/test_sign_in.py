"""Signing in, a wrong passphrase, and leaving."""

from core.errors import VaultError

from ...support.fake_services import PASSPHRASE, RECOVERY_KEY, STAFF_ID, FakeDemo, FakeServices, FakeSession
from ...support.on_screen import Person, at_the_station


def test_a_staff_id_and_its_passphrase_lead_on_and_the_passphrase_is_never_shown() -> None:
    async def does(person: Person) -> None:
        await person.wait_for("Sign in", "Esc leave")
        await person.type(STAFF_ID, "enter")
        await person.type(PASSPHRASE)
        assert STAFF_ID in person.sees
        assert "herons" not in person.sees
        await person.press("enter")
        await person.wait_for("Next patient", "Dr Ada Palmer")

    at_the_station(FakeServices(), does)


def test_everything_may_be_typed_ahead_and_with_the_line_feed_of_a_terminal_that_was_not_ready() -> None:
    async def does(person: Person) -> None:
        await person.wait_for("Sign in")
        await person.type(STAFF_ID, "ctrl+j", *PASSPHRASE, "ctrl+j")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(), does)


def test_a_wrong_passphrase_is_refused_in_place_and_the_staff_id_stays() -> None:
    async def does(person: Person) -> None:
        await person.wait_for("Sign in")
        await person.type(STAFF_ID, "enter")
        await person.type("wrong", "enter")
        screen = await person.wait_for("! The staff ID or the passphrase is wrong.", "Try again.")
        assert STAFF_ID in screen
        assert "wrong•" not in screen
        assert "•" not in screen
        await person.type(PASSPHRASE, "enter")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(), does)


def test_a_vault_in_trouble_is_told_and_asked_for_again() -> None:
    class Troubled(FakeServices):
        def sign_in(self, staff_id: str, passphrase: str) -> FakeSession:
            raise VaultError("The vault's disk is away.", "Connect it.")

    async def does(person: Person) -> None:
        await person.wait_for("Sign in")
        await person.type(STAFF_ID, "enter")
        await person.type(PASSPHRASE, "enter")
        await person.wait_for("! The vault's disk is away.", "Connect it.")

    at_the_station(Troubled(), does)


def test_enter_in_an_empty_field_does_nothing_and_the_arrows_go_between_the_fields() -> None:
    async def does(person: Person) -> None:
        await person.wait_for("Sign in")
        await person.press("enter", "down")
        await person.until(lambda: person.is_in("passphrase"), "the passphrase's field")
        await person.type(PASSPHRASE, "enter")  # without a staff ID: the field for it is next
        await person.until(lambda: person.is_in("staff-id"), "the staff ID's field")
        await person.type(STAFF_ID, "enter")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(), does)


def test_escape_leaves() -> None:
    async def does(person: Person) -> None:
        await person.wait_for("Sign in")
        await person.press("escape")
        await person.until(lambda: person.app.return_value is not None, "the end")

    assert at_the_station(FakeServices(), does) == 0


def test_the_demo_says_what_to_sign_in_with_and_nothing_else_does() -> None:
    async def in_the_demo(person: Person) -> None:
        await person.wait_for("This is the demo.", f"Staff ID    {STAFF_ID}", f"Passphrase  {PASSPHRASE}")

    async def at_work(person: Person) -> None:
        assert "herons" not in await person.wait_for("Sign in", "Esc leave")

    at_the_station(FakeServices(demo=FakeDemo()), in_the_demo)
    at_the_station(FakeServices(), at_work)


def test_the_recovery_key_is_asked_for_behind_a_key_and_refused_in_place() -> None:
    async def does(person: Person) -> None:
        await person.wait_for("Sign in", "F7 recovery key")
        await person.press("f7")
        await person.wait_for("Sign in with the recovery key", "the audit log shows that it was used", "Esc back")
        await person.type("DLK1-WRONG", "enter")
        await person.wait_for("! This recovery key does not open this vault.")
        await person.press("escape")
        await person.wait_for("Staff ID", "F7 recovery key")
        await person.press("f7")
        await person.wait_for("Sign in with the recovery key")
        assert "WRONG" not in person.sees
        await person.type(RECOVERY_KEY, "enter")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(), does)
