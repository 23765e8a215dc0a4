"""The move: its progress, its end, and every way in which it does not come to its end."""

import threading

import pytest

from core.card.card import Inventory
from core.errors import CardError, DermlockError, InterruptedByPersonError, RuleRefusedError, VaultError
from core.intake.receipt import Receipt
from core.intake.steps import Intake, Step
from core.progress import Cancellation, Progress, Report

from ...support.fake_services import FakeServices, FakeSession, Moving, a_receipt, an_unfinished_move
from ...support.on_screen import PATIENCE, Person, at_the_station
from ...support.walking import ASHGROVE, stand_at

FIRST, SECOND = "DCIM/100CANON/IMG_0001.JPG", "DCIM/100CANON/IMG_0002.JPG"


def failing(session: FakeSession, error: DermlockError, *, begun: bool) -> Moving:
    """A move that stops with this error, before or after its journal was opened."""

    def move(_intake: Intake, _inventory: Inventory | None, _report: Report, _stop: Cancellation) -> Receipt:
        if begun:
            session.open_moves = (an_unfinished_move(),)
        raise error

    return move


def test_each_picture_shows_how_far_it_is_and_the_stages_how_fast() -> None:
    go_on = threading.Event()

    def move(_intake: Intake, _inventory: Inventory | None, report: Report, _stop: Cancellation) -> Receipt:
        report(Progress("Sealing", 0, 3, 0, 3_000_000, FIRST))
        report(Progress("Sealing", 1, 3, 1_000_000, 3_000_000, SECOND))
        go_on.wait(PATIENCE)
        return a_receipt()

    async def does(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        screen = await person.wait_for("Step 8 of 8", "Sealing", "1 of 3", ASHGROVE, "card: in use")
        assert f"{FIRST}  ✓ sealed" in screen
        assert f"{SECOND}  … sealing" in screen
        assert "IMG_0003.JPG  whole on the card" in screen
        go_on.set()
        await person.wait_for("All 8 steps done")

    try:
        at_the_station(FakeServices(FakeSession(on_move=move)), does)
    finally:
        go_on.set()


def test_escape_stops_after_the_picture_and_what_is_open_waits_until_a_card_is_put_in_again() -> None:
    session = FakeSession()

    def move(_intake: Intake, _inventory: Inventory | None, report: Report, stop: Cancellation) -> Receipt:
        report(Progress("Sealing", 0, 3, item=FIRST))
        while not stop.is_cancelled:
            threading.Event().wait(0.01)
        session.open_moves = (an_unfinished_move(),)
        raise InterruptedByPersonError("You stopped the move.", "It goes on when the card is in.")

    session.on_move = move
    services = FakeServices(session)

    async def does(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await person.wait_for("Sealing", "Esc stop after this picture")
        resumed = len(session.resumed_with)
        await person.press("escape")
        await person.wait_for("You stopped the move.", "Every picture is whole on the card or safe in the vault.")
        await person.press("enter")
        await person.wait_for("1 move not finished", "card: 3 pictures")
        assert len(session.resumed_with) == resumed  # it was a person's will
        services.put_in()
        await person.until(lambda: len(session.resumed_with) > resumed, "the move to go on with the card")

    at_the_station(services, does)


@pytest.mark.parametrize(
    "error",
    [
        CardError("The card was pulled.", "Put it in again."),
        CardError("The card is write-protected.", "Slide its switch."),
        VaultError("The vault's disk is full.", "Make room on it."),
    ],
)
def test_trouble_in_the_middle_is_told_and_leads_on_to_waiting(error: DermlockError) -> None:
    session = FakeSession()
    session.on_move = failing(session, error, begun=True)

    async def does(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await person.wait_for(f"! {error.what}", error.hint, "whole on the card or safe in the vault", ASHGROVE)
        await person.press("enter")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(session), does)


@pytest.mark.parametrize(
    "error",
    [
        RuleRefusedError("This picture is already in the vault for another patient.", "Compare the pictures."),
        VaultError("The vault cannot be reached.", "Connect its share."),
    ],
)
def test_trouble_before_anything_was_done_loses_no_answer(error: DermlockError) -> None:
    session = FakeSession()
    session.on_move = failing(session, error, begun=False)

    async def does(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await person.wait_for(f"! {error.what}", "Nothing was sealed or erased", "Enter back to the review")
        session.on_move = lambda *_: a_receipt()
        await person.press("enter")
        await person.wait_for("Is all of this right?", "seal 3 pictures", ASHGROVE)
        await person.press("m")
        await person.wait_for("All 8 steps done")

    at_the_station(FakeServices(session), does)
    assert [intake.kept for intake, _ in session.moved] == [session.moved[0][0].kept] * 2


def test_ctrl_c_does_not_leave_in_the_middle_of_a_move() -> None:
    go_on = threading.Event()

    def move(_intake: Intake, _inventory: Inventory | None, report: Report, _stop: Cancellation) -> Receipt:
        report(Progress("Sealing", 0, 3, item=FIRST))
        go_on.wait(PATIENCE)
        return a_receipt()

    async def does(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await person.wait_for("Sealing")
        await person.press("ctrl+c")
        await person.settle()
        assert "Leave dermlock?" not in person.sees
        go_on.set()
        await person.wait_for("All 8 steps done")

    try:
        at_the_station(FakeServices(FakeSession(on_move=move)), does)
    finally:
        go_on.set()
