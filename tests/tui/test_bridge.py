"""The desk: which card counts, what is read of it, and who finishes what was left open."""

import pytest

from core.card.card import Card
from core.errors import CardError, DermlockError
from core.intake.receipt import Receipt
from tui.bridge import CardState, counted

from ..support.clinic import card_of, picture, set_of
from ..support.fake_services import FakeServices, FakeSession, a_receipt, an_unfinished_move
from ..support.on_screen import Person, at_the_station
from ..support.walking import sign_in

CARD = card_of(set_of(3)).card


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (CardState(), "no card"),
        (CardState(CARD), "card: reading"),
        (CardState(CARD, inventory=card_of(set_of(1))), "card: 1 picture"),
        (CardState(CARD, trouble=CardError("It is torn.", "Take another.")), "card: trouble"),
    ],
)
def test_the_card_in_a_few_words(state: CardState, words: str) -> None:
    assert state.in_short == words


@pytest.mark.parametrize(("number", "words"), [(0, "0 copies"), (1, "1 copy"), (2, "2 copies")])
def test_counted(number: int, words: str) -> None:
    assert counted(number, "copy", "copies") == words


def test_before_anybody_signs_in_a_card_is_read_and_nothing_is_resumed() -> None:
    session = FakeSession()
    services = FakeServices(session)

    async def does(person: Person) -> None:
        await person.until(lambda: bool(services.read), "the card to be read")
        assert session.resumed_with == []
        await sign_in(person)
        await person.until(lambda: session.resumed_with == [services.inventory.card], "unfinished moves")

    at_the_station(services, does)
    assert not services.watching


def test_signed_in_without_a_card_what_needs_none_is_finished() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.until(lambda: session.resumed_with == [None], "unfinished moves")

    at_the_station(FakeServices(session, files=[]), does)


def test_a_reading_that_was_overtaken_by_another_card_is_not_believed() -> None:
    services = FakeServices()
    services.reading.clear()

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("card: reading")
        services.put_in(card_of([picture("IMG_0100.JPG")]))
        services.reading.set()
        await person.wait_for("1 picture, 0 other files")

    try:
        at_the_station(services, does)
    finally:
        services.reading.set()


def test_what_was_finished_is_told_though_finishing_it_changed_the_card() -> None:
    session = FakeSession(open_moves=(an_unfinished_move(),))
    services = FakeServices(session)

    def finishes(card: Card | None) -> tuple[Receipt, ...]:
        if card is None or not session.open_moves:
            return ()
        session.open_moves = ()
        services.change()
        return (a_receipt(erased=2, resumed=True),)

    session.on_resume = finishes

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("An earlier move was finished.", "2 files verified and erased.", "card: 3 pictures")
        assert len(session.resumed_with) == 2, "the card was read anew"

    at_the_station(services, does)


def test_trouble_in_finishing_an_earlier_move_is_told_as_trouble_with_the_card() -> None:
    def torn(card: Card | None) -> tuple[()]:
        if card is None:
            return ()
        raise CardError("The card was changed since.", "Look at it on another machine.")

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("The card was changed since.", "Look at it on another machine.", "card: trouble")

    at_the_station(FakeServices(FakeSession(on_resume=torn)), does)


def test_a_watch_that_cannot_be_started_is_told() -> None:
    class Deaf(FakeServices):
        def watch_cards(self, *_: object) -> FakeServices:  # type: ignore[override]  # it only refuses
            trouble: DermlockError = CardError("The readers cannot be watched.", "Tell IT.")
            raise trouble

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("Card: The readers cannot be watched.", "Tell IT.", "card: trouble")

    at_the_station(Deaf(), does)
