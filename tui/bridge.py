"""From core's callbacks, which come from other threads, to what the screens are told.

CardDesk knows the card of this station: it watches the readers, has each card read
in the background as soon as it is in, and publishes what is known to whoever
listens. Everything that reaches it from a thread is a message to the app.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.app import App
from textual.message import Message
from textual.signal import Signal

from core.card.card import Card, CardFile, Inventory
from core.errors import DermlockError, InterruptedByPersonError
from core.progress import Progress

from .app_services import AppServices, CardWatch, Session
from .intake.ongoing_move import OngoingMove, StopWish
from .widgets.picture_view import ShownPicture

if TYPE_CHECKING:
    from core.intake.receipt import Receipt


TOLD_EVERY = 0.1
"""Seconds between two readings of progress that are shown: a card has hundreds of files a second, and keys go first."""


class CardArrived(Message):
    """A card was put in."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.card = card


class CardDeparted(Message):
    """A card was pulled."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.card = card


class CardChanged(Message):
    """Files on the card came or went."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.card = card


class ReadingProgressed(Message):
    """The reading of a card got further."""

    def __init__(self, stop: StopWish, progress: Progress) -> None:
        super().__init__()
        self.stop_wish = stop
        self.progress = progress

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, ReadingProgressed) and message.stop_wish is self.stop_wish


class ReadingEnded(Message):
    """A card was read to its end, or could not be."""

    def __init__(
        self,
        stop: StopWish,
        inventory: Inventory | None,
        receipts: tuple[Receipt, ...] = (),
        trouble: DermlockError | None = None,
    ) -> None:
        super().__init__()
        self.stop_wish = stop
        self.inventory = inventory
        self.receipts = receipts
        self.trouble = trouble


@dataclass(frozen=True)
class CardState:
    """What is known of the card by now.

    card: the one put in last, None while there is none. others: further cards that are in.
    reading: how far its reading is; None when it is not being read.
    inventory: None until it is read. trouble: why it could not be read.
    receipts: of earlier moves that were finished since this person signed in, or this card was put in.
    """

    card: Card | None = None
    others: int = 0
    reading: Progress | None = None
    inventory: Inventory | None = None
    trouble: DermlockError | None = None
    receipts: tuple[Receipt, ...] = ()

    @property
    def in_short(self) -> str:
        """A few words for the top of every screen; counts only, never a picture."""
        if self.trouble is not None:
            return "card: trouble"
        if self.card is None:
            return "no card"
        if self.inventory is None:
            reading = self.reading
            return f"card: reading {reading.done} of {reading.total}" if reading and reading.total else "card: reading"
        return f"card: {counted(len(self.inventory.pictures), 'picture')}"


class CardDesk:
    """The card of this station. Lives in the app's thread."""

    def __init__(self, app: App[int], services: AppServices) -> None:
        self._app = app
        self._services = services
        self._cards: list[Card] = []
        self._session: Session | None = None
        self._watch: CardWatch | None = None
        self._deaf: DermlockError | None = None
        self._stop = StopWish()
        self._resumes = True
        self._finished: tuple[Receipt, ...] = ()
        self.state = CardState()
        self.changed: Signal[CardState] = Signal(app, "card changed")
        self.move: OngoingMove | None = None
        self.move_changed: Signal[OngoingMove | None] = Signal(app, "move changed")

    def start_watching(self) -> None:
        """Begins the watch in a thread, so that the first paint does not wait for it."""
        self._in_thread(self._start_watch, "watching the card readers")

    def _start_watch(self) -> None:
        post = self._app.post_message
        try:
            self._watch = self._services.watch_cards(
                lambda card: _sent(post, CardArrived(card)),
                lambda card: _sent(post, CardDeparted(card)),
                lambda card: _sent(post, CardChanged(card)),
            )
        except DermlockError as trouble:
            self._deaf = trouble  # no card will ever arrive: it stays said, whoever signs in
            post(ReadingEnded(self._stop, None, (), trouble))

    def end(self) -> None:
        """Stops the watch, any reading, and a move after its picture. Waits for the watch's threads."""
        self._stop.wish()
        if self.move is not None:
            self.move.stop.wish()
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    def serve(self, session: Session | None) -> None:
        """From now on unfinished moves are finished in this person's name; None: by nobody."""
        self._session, self._resumes, self._finished = session, True, ()
        if session is not None:
            self.read_again()

    def hold(self, move: OngoingMove) -> None:
        """While a move works on the card its changes are not looked at."""
        self.move, self._finished = move, ()
        self._stop.wish()
        self.move_changed.publish(move)

    def move_got_to(self, progress: Progress) -> None:
        if self.move is not None:
            self.move.progress = progress
            self.move_changed.publish(self.move)

    def release(self, *, resume: bool) -> None:
        """The move is over: the card is read anew.

        resume: False when a person stopped it; what is open then waits until a card is put in or somebody signs in.
        """
        self.move, self._resumes = None, resume
        self.move_changed.publish(None)
        self.read_again()

    def arrived(self, card: Card) -> None:
        self._resumes, self._finished = True, ()
        self._cards = [each for each in self._cards if each.mount_point != card.mount_point] + [card]
        self.read_again()

    def departed(self, card: Card) -> None:
        current = self.state.card
        self._cards = [each for each in self._cards if each.mount_point != card.mount_point]
        if current is not None and current.mount_point == card.mount_point:
            self.read_again()
        else:
            self._publish(replace(self.state, others=max(0, len(self._cards) - 1)))

    def changed_on(self, card: Card) -> None:
        if self.state.card == card:
            self.read_again()

    def read_again(self) -> None:
        """Reads the card that was put in last, from its first file."""
        self._stop.wish()
        card = self._cards[-1] if self._cards else None
        others = max(0, len(self._cards) - 1)
        self._publish(CardState(card=card, others=others, trouble=self._deaf, receipts=self._finished))
        if self.move is not None or (card is None and self._session is None):
            return
        self._stop = stop = StopWish()
        self._in_thread(lambda: self._read(card, stop), f"reading {card}" if card else "finishing earlier moves")

    def progressed(self, message: ReadingProgressed) -> None:
        if message.stop_wish is self._stop:
            self._publish(replace(self.state, reading=message.progress))

    def ended(self, message: ReadingEnded) -> None:
        """What was finished on the way counts also where the reading does not: finishing changes the card."""
        self._finished += message.receipts
        state = replace(self.state, receipts=self._finished)
        if message.stop_wish is self._stop and not self._stop.is_cancelled:
            trouble = message.trouble or self._deaf
            state = replace(state, reading=None, inventory=message.inventory, trouble=trouble)
        if state != self.state:
            self._publish(state)

    def picture(self, shown: str, caption: str = "") -> ShownPicture | None:
        """A picture of the card by its shown path, to be looked at; None when the card does not have it."""
        inventory = self.state.inventory
        file = inventory.by_shown(shown) if inventory else None
        if inventory is None or file is None:
            return None
        return self._shown(inventory.card, file, caption or shown)

    def picture_of(self, file: CardFile) -> ShownPicture | None:
        """The same for a file of the card's inventory, without searching for it."""
        inventory = self.state.inventory
        return self._shown(inventory.card, file, file.shown) if inventory else None

    def _shown(self, card: Card, file: CardFile, caption: str) -> ShownPicture:
        services = self._services
        return ShownPicture(file.sha256, caption, lambda width, height: services.preview(card, file, width, height))

    def _read(self, card: Card | None, stop: StopWish) -> None:
        """In its own thread: first what an earlier move left open, then every file."""
        post = self._app.post_message

        told_at = -TOLD_EVERY

        def report(progress: Progress) -> None:
            nonlocal told_at
            if progress.done == progress.total or time.monotonic() - told_at >= TOLD_EVERY:
                told_at = time.monotonic()
                post(ReadingProgressed(stop, progress))

        receipts: tuple[Receipt, ...] = ()
        try:
            if self._session is not None and self._resumes:
                receipts = self._session.resume(card, report=report)
            taken = self._services.take_inventory(card, report=report, cancellation=stop) if card else None
        except InterruptedByPersonError:
            post(ReadingEnded(stop, None, receipts))
            return
        except DermlockError as trouble:
            post(ReadingEnded(stop, None, receipts, trouble))
            return
        post(ReadingEnded(stop, taken, receipts))

    def _publish(self, state: CardState) -> None:
        self.state = state
        self.changed.publish(state)

    def _in_thread(self, work: Callable[[], None], description: str) -> None:
        self._app.run_worker(work, thread=True, group="card", description=description)


def counted(number: int, thing: str, things: str = "") -> str:
    """The number with its word: 1 picture, 3 pictures."""
    return f"{number} {thing if number == 1 else things or f'{thing}s'}"


def _sent(post: Callable[[Message], bool], message: Message) -> None:
    """The watch's callbacks return nothing."""
    post(message)
