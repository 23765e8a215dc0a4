"""The lock keeps everything and shows nothing: drafts, dialogs, moves, cards; and whose work it is."""

import threading
from pathlib import Path

import pytest

from core.card.card import Inventory
from core.errors import CardError, VaultError
from core.intake.receipt import Receipt
from core.intake.steps import Intake, Step
from core.progress import Cancellation, Progress, Report

from ...support.clinic import card_of, set_of
from ...support.fake_services import PASSPHRASE, FakeServices, FakeSession, a_receipt, an_entry, an_unfinished_move
from ...support.on_screen import PATIENCE, Person, at_the_station
from ...support.time_passing import OTHER_ID, OTHER_PASSPHRASE, TwoAtTheStation, unlock
from ...support.walking import ASHGROVE, NEW_NUMBER, agree_as_read, sign_in, stand_at, walk_until

FILE = "DCIM/100CANON/IMG_0001.JPG"


class ControlledMove:
    """A move that waits in its first picture until a test lets it go on."""

    def __init__(self, outcome: Receipt | Exception) -> None:
        self.go_on = threading.Event()
        self._outcome = outcome

    def __call__(self, _intake: Intake, _inventory: Inventory | None, report: Report, stop: Cancellation) -> Receipt:
        report(Progress("Sealing", 1, 3, item=FILE))
        self.go_on.wait(PATIENCE)
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome


async def lock(person: Person, key: str = "f12") -> None:
    await person.press(key)
    await person.wait_for("Locked", "Enter unlock")


@pytest.mark.parametrize("key", ["f12", "ctrl+l"])
def test_a_key_locks_and_the_question_the_draft_and_the_cursor_are_there_again(key: str) -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.type(NEW_NUMBER)
        await person.wait_for("Date of birth")
        await person.type("02041961", "enter")
        await person.wait_for("Family name")
        await person.type("Ashxrove", "left", "left", "left", "left")
        await lock(person, key)
        assert "Ashxrove" not in person.sees
        await unlock(person)
        await person.wait_for("Family name", "Ashxrove", "Step 1 of 8")
        await person.press("backspace", "g", "enter")
        await person.wait_for("Given name")
        await person.type("Rosalind", "enter")
        await person.wait_for(ASHGROVE)

    at_the_station(FakeServices(), does)


def test_typing_on_while_it_locks_reaches_nothing_behind_the_lock() -> None:
    """A picture that is asked for in the same breath as the lock stays behind it."""

    async def does(person: Person) -> None:
        await stand_at(person, Step.IDENTIFIABILITY)
        await person.wait_for("Could picture 1 of 3 identify")
        await person.press("f2", "ctrl+l", "1", "escape", "f8", "ctrl+q")
        await person.wait_for("Locked")
        await person.settle()
        assert "IMG_0001" not in person.sees
        assert "Leave dermlock?" not in person.sees
        await person.press("ctrl+u")
        await unlock(person)
        await person.wait_for(ASHGROVE)
        assert "Why without" not in person.sees
        await person.press("escape")
        await person.wait_for("Could picture 1 of 3 identify")

    assert at_the_station(FakeServices(), does) is None


def test_a_dialog_and_ticks_are_there_again_in_a_window_of_another_size() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PATHWAY)
        await person.wait_for("What is your concern")
        await person.press("2")
        await person.wait_for("Which of these do you find")
        await person.press("3", "4")
        await person.wait_for("go on with 2")
        await person.press("f1")
        await person.wait_for("Where this question comes from")
        await lock(person)
        await person.resize(120, 40)
        await person.wait_for("Locked")
        await unlock(person)
        await person.wait_for("Where this question comes from")
        await person.press("escape")
        await person.wait_for("go on with 2", "Which of these do you find", ASHGROVE)

    at_the_station(FakeServices(), does)


def test_nothing_but_the_passphrase_of_who_locked_unlocks_and_every_attempt_is_a_sign_in() -> None:
    services = TwoAtTheStation()

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await lock(person)
        for key in ("escape", "enter", "f4", "f10", "escape", "y", "n"):
            await person.press(key)
        await person.press("ctrl+u")
        await person.settle()
        await person.wait_for("Locked", "Enter unlock")
        await person.type("wrong", "enter")
        screen = await person.wait_for("! The staff ID or the passphrase is wrong.")
        assert ASHGROVE not in screen
        assert "•" not in screen
        await unlock(person)
        await person.wait_for("Does the patient agree")

    at_the_station(services, does)
    assert services.tried == [("a.palmer", True), ("a.palmer", False), ("a.palmer", True)]


def test_a_vault_that_is_away_is_said_in_place_and_nothing_is_lost() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await lock(person)
        services.sign_in_trouble = VaultError("The vault's disk is away.", "Connect it.")
        await person.type(PASSPHRASE, "enter")
        await person.wait_for("! The vault's disk is away.", "Connect it.", "Locked")
        services.sign_in_trouble = None
        await unlock(person)
        await person.wait_for("Does the patient agree", ASHGROVE)

    at_the_station(services, does)


def test_a_move_goes_on_behind_the_lock_and_its_receipt_waits_there() -> None:
    move = ControlledMove(a_receipt())
    session = FakeSession(on_move=move)

    async def does(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await person.wait_for("Sealing", "1 of 3")
        await lock(person)
        screen = await person.wait_for("A move is running: Sealing 1 of 3.")
        assert "IMG_" not in screen
        move.go_on.set()
        screen = await person.wait_for("The move has come to its end.")
        assert "All 8 steps" not in screen
        await unlock(person)
        await person.wait_for("All 8 steps done", ASHGROVE, "3 pictures sealed and verified")
        await person.press("enter")
        await person.wait_for("Next patient")

    try:
        at_the_station(FakeServices(session), does)
    finally:
        move.go_on.set()


@pytest.mark.parametrize("begun", [True, False])
def test_a_move_that_fails_behind_the_lock_says_so_after_unlocking(begun: bool) -> None:
    move = ControlledMove(CardError("The card was pulled.", "Put it in again."))
    session = FakeSession(on_move=move)

    async def does(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await person.wait_for("Sealing", "1 of 3")
        await lock(person)
        if begun:
            session.open_moves = (an_unfinished_move(),)
        move.go_on.set()
        assert "The card was pulled." not in await person.wait_for("The move has come to its end.")
        await unlock(person)
        await person.wait_for("! The card was pulled.", ASHGROVE)
        await person.press("enter")
        await person.wait_for("Next patient" if begun else "Is all of this right?")

    try:
        at_the_station(FakeServices(session), does)
    finally:
        move.go_on.set()


def test_a_card_that_comes_or_goes_behind_the_lock_is_noticed_and_not_shown() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await stand_at(person, Step.IDENTIFIABILITY)
        await person.wait_for("Could picture 1 of 3 identify", "card: 3 pictures")
        await lock(person)
        services.pull()
        await person.settle()
        assert "card" not in person.sees
        services.put_in(card_of([*set_of(3), *set_of(2, first=20)]))
        await person.until(lambda: len(services.read) == 2, "the card to be read")
        await person.settle()
        assert "card" not in person.sees
        await unlock(person)
        await person.wait_for("Could picture 1 of 3 identify", "card: 5 pictures")
        await lock(person)
        services.pull()
        await person.settle()
        await unlock(person)
        await person.wait_for("There is no card in the reader.", "no card")

    at_the_station(services, does)


async def another_signs_in(person: Person) -> None:
    await person.press("f10")
    await person.wait_for("Staff ID", "Esc back to the lock")
    await person.type(OTHER_ID, "enter")
    await person.type(OTHER_PASSPHRASE, "enter")


def test_another_person_takes_over_only_when_the_answers_may_be_dropped() -> None:
    services = TwoAtTheStation()

    async def does(person: Person) -> None:
        await walk_until(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await lock(person)
        await another_signs_in(person)
        screen = await person.wait_for("Dr Ada Palmer is not done", "is not sealed", "Dr Ben Reed", "Enter keep it")
        assert ASHGROVE not in screen
        await person.press("enter")
        await person.wait_for("Enter unlock", "F10 somebody else")
        assert services.other.signed_out
        await unlock(person)
        await person.wait_for("Does the patient agree", ASHGROVE)
        await agree_as_read(person)
        await person.wait_for("Which pictures of the card")
        await lock(person)
        await another_signs_in(person)
        await person.wait_for("Dr Ada Palmer is not done")
        await person.press("y")
        screen = await person.wait_for("Next patient", "Dr Ben Reed")
        assert "Palmer" not in screen

    at_the_station(services, does)
    assert services.session.signed_out


def test_another_person_reaches_nothing_of_the_former_ones() -> None:
    services = TwoAtTheStation(FakeSession(entries=(an_entry(),)))

    async def does(person: Person) -> None:
        await walk_until(person, Step.IDENTIFIABILITY)
        await person.wait_for("Could picture 1 of 3 identify")
        await person.press("f2")
        await person.wait_for("Esc close")
        await lock(person)
        await another_signs_in(person)
        await person.wait_for("Dr Ada Palmer is not done")
        await person.press("y")
        await person.wait_for("Next patient", "Dr Ben Reed")
        assert len(person.app.screen_stack) == 2, "the ground that every stack stands on, and the waiting screen"
        for key in ("escape", "f2", "f1", "f8"):
            await person.press(key)
        await person.settle()
        await person.press("enter")
        screen = await person.wait_for("Step 1 of 8", "No patient named yet", "Dr Ben Reed")
        assert "ASHGROVE" not in screen
        assert "999 000" not in screen
        await person.press("escape")
        await person.wait_for("Next patient")
        await person.press("f12")
        await person.wait_for("Locked", "Dr Ben Reed")
        await person.type(PASSPHRASE, "enter")
        await person.wait_for("! The staff ID or the passphrase is wrong.")

    at_the_station(services, does)


def test_where_nothing_is_open_another_person_is_not_asked() -> None:
    services = TwoAtTheStation()

    async def does(person: Person) -> None:
        await sign_in(person)
        await lock(person)
        await another_signs_in(person)
        await person.wait_for("Next patient", "Dr Ben Reed")

    at_the_station(services, does)
    assert services.session.signed_out


def test_nobody_else_signs_in_while_a_move_runs_and_a_receipt_that_nobody_read_is_named() -> None:
    move = ControlledMove(a_receipt())
    services = TwoAtTheStation(FakeSession(on_move=move))

    async def does(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await person.wait_for("Sealing", "1 of 3")
        await lock(person)
        await person.press("f10")
        await person.wait_for("! A move is running; nobody else can sign in before its end.")
        assert "Staff ID" not in person.sees
        move.go_on.set()
        await person.wait_for("The move has come to its end.")
        await another_signs_in(person)
        await person.wait_for("the receipt of the last move was not read")
        await person.press("y")
        await person.wait_for("Next patient", "Dr Ben Reed")

    try:
        at_the_station(services, does)
    finally:
        move.go_on.set()
    assert len(services.session.moved) == 1


def test_who_signed_in_with_the_recovery_key_unlocks_with_it() -> None:
    services = FakeServices(FakeSession(is_recovery=True))

    async def does(person: Person) -> None:
        await person.wait_for("Sign in", "F7 recovery key")
        await person.press("f7")
        await person.wait_for("Recovery key, from the printed sheet")
        await person.type("DLK1-AAAA-BBBB-CCCC", "enter")
        await person.wait_for("Next patient")
        await lock(person)
        await person.wait_for("Recovery key")
        await person.type(PASSPHRASE, "enter")
        await person.wait_for("! This recovery key does not open this vault.")
        await person.type("DLK1-AAAA-BBBB-CCCC", "enter")
        await person.wait_for("Next patient")

    at_the_station(services, does)


def test_textual_writes_no_picture_of_a_screen(tmp_path: Path) -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        assert person.app.save_screenshot(path=str(tmp_path)) == ""
        person.app.deliver_screenshot(path=str(tmp_path))
        await person.settle()

    at_the_station(FakeServices(), does)
    assert not list(tmp_path.iterdir())
