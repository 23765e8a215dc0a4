"""Between two patients: what is shown of the card, what is unfinished, and where the keys lead."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from core.card.card import Card, FileKind, Inventory
from core.errors import CardError, VaultError
from core.intake.receipt import Receipt

from ...support.clinic import card_of, other_file, picture, set_of
from ...support.fake_services import FakeDemo, FakeServices, FakeSession, a_receipt, an_unfinished_move
from ...support.on_screen import Person, at_the_station
from ...support.walking import sign_in


def test_of_a_card_only_counts_are_shown_before_a_patient_is_named() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        screen = await person.wait_for("3 pictures, 1 other file", "card: 3 pictures")
        assert "IMG_" not in screen

    services = FakeServices(files=[*set_of(3), other_file("NOTES.TXT", FileKind.UNKNOWN)])
    at_the_station(services, does)
    assert services.previewed == []


def test_a_card_that_is_being_read_is_said_to_be_and_counted_when_it_is_read() -> None:
    services = FakeServices()
    services.reading.clear()

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("Reading: 0 of 3 files", "card: reading 0 of 3")
        services.reading.set()
        await person.wait_for("3 pictures, 0 other files")

    try:
        at_the_station(services, does)
    finally:
        services.reading.set()


def test_a_card_comes_and_goes() -> None:
    services = FakeServices(files=[])

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("No card", "An intake may begin without it.")
        services.put_in(card_of(set_of(2)))
        await person.wait_for("2 pictures, 0 other files")
        services.pull()
        await person.wait_for("No card")

    at_the_station(services, does)


def test_with_two_cards_the_one_put_in_last_counts_and_the_other_is_mentioned() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("3 pictures")
        first = services.inventory
        second = card_of([picture("IMG_0009.JPG")])
        services.put_in(Inventory(replace(second.card, mount_point=Path("/media/practice/NIKON")), second.files))
        await person.wait_for("1 picture,", "(1 other card in the reader)")
        services.pull()
        services.inventory = first
        services.put_in()
        await person.wait_for("3 pictures")
        assert "other card" not in person.sees

    at_the_station(services, does)


def test_a_write_protected_card_and_one_that_cannot_be_read_are_told() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("3 pictures")
        services.put_in(Inventory(replace(services.inventory.card, read_only=True), services.inventory.files))
        await person.wait_for("write-protected: its pictures can be sealed, not erased")
        services.card_trouble = CardError("The card cannot be read.", "Try another reader.")
        services.put_in()
        await person.wait_for("Card: The card cannot be read.", "Try another reader.", "card: trouble")

    at_the_station(services, does)


def test_an_unfinished_move_is_told_and_finished_by_itself_when_its_card_comes() -> None:
    session = FakeSession(open_moves=(an_unfinished_move(),))

    def finished(card: Card | None) -> tuple[Receipt, ...]:
        if card is None:
            return ()
        session.open_moves = ()
        return (a_receipt(erased=2, resumed=True),)

    session.on_resume = finished
    services = FakeServices(session, files=[])

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("1 move not finished", "CANON 1A2B-3C4D", "finished by itself")
        services.put_in(card_of(set_of(1)))
        await person.wait_for("An earlier move was finished.", "2 files verified and erased.")
        assert "not finished" not in person.sees

    at_the_station(services, does)
    assert session.resumed_with[-1] is not None


def test_trouble_with_the_vault_is_told_where_unfinished_moves_would_be() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("! The vault is away.", "Connect its disk.")

    at_the_station(FakeServices(FakeSession(trouble=VaultError("The vault is away.", "Connect its disk."))), does)


def test_the_tenth_valid_digit_begins_an_intake_and_what_is_typed_on_reaches_the_next_question() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.type("999 000 0018", *"02041961", "enter")
        await person.wait_for("Family name", "Step 1 of 8")

    at_the_station(FakeServices(), does)


def test_a_wrong_check_digit_is_refused_with_the_number_left_to_mend_and_what_followed_it_is_dropped() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.type("9990000019", *"02041961", "enter")
        await person.wait_for("check digit of this NHS number is wrong", "999 000 0019")
        await person.press("backspace", "8")
        assert "▌ day first" in await person.wait_for("Date of birth")  # nothing stands in the field

    at_the_station(FakeServices(), does)


def test_enter_alone_begins_with_somebody_who_has_no_number() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("enter")
        await person.wait_for("NHS number", "a  There is none")
        await person.press("a")
        await person.wait_for("Local number")
        await person.press("escape")
        await person.wait_for("a  There is none")

    at_the_station(FakeServices(), does)


def test_signing_out_forgets_the_keys_and_the_next_one_signs_in() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f10")
        screen = await person.wait_for("Staff ID", "Passphrase")
        assert "Dr Ada Palmer" not in screen

    at_the_station(FakeServices(session), does)
    assert session.signed_out


def test_the_keys_of_the_demo_pull_the_card_put_it_in_and_refill_it_and_do_nothing_at_work() -> None:
    demo = FakeDemo()

    def has_done(what: str) -> bool:
        return demo.done[-1:] == [what]

    async def does(person: Person) -> None:
        await sign_in(person)
        for key, wanted in (("f5", "pull"), ("f5", "insert"), ("f6", "refill")):
            await person.press(key)
            await person.until(partial(has_done, wanted), wanted)

    async def at_work(person: Person) -> None:
        await sign_in(person)
        await person.press("f5", "f6")
        assert "pull the card" not in person.sees

    at_the_station(FakeServices(demo=demo), does)
    at_the_station(FakeServices(), at_work)
    assert demo.done == ["pull", "insert", "refill"]
