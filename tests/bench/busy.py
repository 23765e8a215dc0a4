"""Screens while work goes on in the background: a card of 2,000 pictures is read, or large pictures are moved."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from textual.screen import Screen

from tui.screens.consent import ConsentScreen
from tui.screens.find import FindScreen
from tui.screens.identifiability import IdentifiabilityScreen
from tui.screens.idle_warning import IdleWarningScreen
from tui.screens.lock import LockScreen
from tui.screens.move import MoveScreen
from tui.screens.pathway import PathwayScreen
from tui.screens.patient import PatientScreen
from tui.screens.pictures import PicturesScreen
from tui.screens.receipt import ReceiptScreen
from tui.screens.review import ReviewScreen
from tui.screens.waiting import WaitingScreen

from ..support.terminal import Terminal
from .intake import PICTURE
from .looking import answer_until_the_move
from .meter import PAGES, ROWS, TYPING, Meter
from .stations import NUMBER, Station, a_station, fill, sign_in

READING = (
    WaitingScreen,
    FindScreen,
    PatientScreen,
    PathwayScreen,
    ConsentScreen,
    PicturesScreen,
    IdentifiabilityScreen,
    ReviewScreen,
    ReceiptScreen,
)
MOVING = (MoveScreen, LockScreen)
IDLE = (IdleWarningScreen,)
MANY = 2000
SIZE = 4 * 1024 * 1024
"""Bytes of a picture, as a camera makes them."""


LONG = 300.0
"""Seconds until it is given up that a card is read, or that the station warns."""


def with_many_pictures(meter: Meter) -> None:
    with a_station() as station:
        fill(station.pulled, MANY, SIZE)
        with station.opened() as terminal:
            sign_in(terminal)
            station.insert()
            _while_it_is_read(meter, terminal, station)
            _when_it_is_read(meter, terminal)


def _while_it_is_read(meter: Meter, terminal: Terminal, station: Station) -> None:
    """Up to the pictures step, which waits for the reading."""
    terminal.wait_for("reading")

    def busy() -> None:
        """Reads it anew where it was read to its end."""
        if "reading" not in terminal.shows:
            station.pull()
            terminal.wait_for_first("no card")
            station.insert()
            terminal.wait_for_first("reading")

    def measure(screen: type[Screen[Any]], what: str, *keys: str) -> None:
        meter.measure(terminal, screen, f"{what}, {MANY} pictures being read", *keys, busy=busy)

    measure(WaitingScreen, "waiting", "9", "backspace")
    meter.go_on(terminal, "f4", "Nothing is in the vault yet")
    measure(FindScreen, "find", *TYPING)
    meter.go_on(terminal, "escape", "Next patient")
    terminal.type(NUMBER)
    terminal.wait_for("Date of birth")
    measure(PatientScreen, "patient: birth date", "1", "backspace")
    terminal.type("2/4/1961", "enter")
    terminal.wait_for("Family name")
    measure(PatientScreen, "patient: name", *TYPING)
    terminal.type("Holloway", "enter")
    terminal.wait_for("Given name")
    terminal.type("Margaret", "enter")
    terminal.wait_for("What is your concern")
    measure(PathwayScreen, "pathway: concern", *ROWS)
    terminal.press("2")
    terminal.wait_for("Which of these do you find or suspect?")
    measure(PathwayScreen, "pathway: criteria", *ROWS, "2", "2")
    terminal.press("0")
    terminal.wait_for("Which of these does the patient have?")
    measure(PathwayScreen, "pathway: history", *ROWS, "2", "2")
    terminal.press("0")
    terminal.wait_for("Does the patient agree to pictures?")
    measure(ConsentScreen, "consent", *ROWS)
    terminal.press("1")
    terminal.wait_for("Step 4 of 8")
    measure(PicturesScreen, "pictures: waiting")


def _when_it_is_read(meter: Meter, terminal: Terminal) -> None:
    """As many on the screens that show what is on the card."""
    _wait_long_for(terminal, f"The newest {MANY}")
    terminal.wait_for(PICTURE)
    meter.measure(terminal, PicturesScreen, f"pictures: which of {MANY}", *PAGES)
    meter.go_on(terminal, "2", "Which of these are this patient's?", PICTURE)
    meter.measure(terminal, PicturesScreen, f"pictures: {MANY} one by one", "right", "left", " ", " ")
    meter.measure(terminal, PicturesScreen, f"pictures: {MANY} by pages", *PAGES, "end", "home", colours=False)
    terminal.press(" ", "right", " ", "right", " ")
    terminal.wait_for("done, 3 ticked")
    meter.go_on(terminal, "enter", "Which other files are given up?")
    meter.go_on(terminal, "enter", "Step 5 of 8", PICTURE)
    terminal.type("left forearm")
    meter.go_on(terminal, "enter", "Enter go on")
    terminal.type("3 months")
    meter.go_on(terminal, "enter", "Could picture 1 of 3 identify", PICTURE)
    meter.measure(terminal, IdentifiabilityScreen, f"identifiability, {MANY} on the card", "+", "-")
    meter.go_on(terminal, "1", "Could picture 2 of 3 identify", PICTURE)
    meter.go_on(terminal, "1", "Could picture 3 of 3 identify", PICTURE)
    meter.go_on(terminal, "1", "Is all of this right?")
    meter.measure(terminal, ReviewScreen, f"review, {MANY} on the card", *PAGES)
    terminal.press("m")
    _wait_long_for(terminal, "All 8 steps done")
    _wait_long_for(terminal, f"card: {MANY - 3} pictures")
    meter.measure(terminal, ReceiptScreen, f"receipt, {MANY} on the card", *ROWS)


def while_a_move_runs(meter: Meter) -> None:
    """Two moves: each is over too soon for both screens."""
    with _a_move() as (terminal, runs):
        meter.measure(terminal, MoveScreen, "move, while it runs", busy=runs)
    with _a_move() as (terminal, runs):
        terminal.press("f12")
        terminal.wait_for_first("A move is running")
        meter.measure(terminal, LockScreen, "lock, while a move runs", *TYPING, busy=runs, colours=False)


def _wait_long_for(terminal: Terminal, text: str) -> None:
    """What takes longer than a test would wait."""
    deadline = time.monotonic() + LONG
    while text not in terminal.shows:
        if time.monotonic() > deadline:
            raise SystemExit(f"waited in vain for {text}; the screen shows:\n{terminal.shows}")
        terminal.listen(1.0, rest=0, at_most=1.0)


class _MoveIsOverError(Exception):
    """Before everything was measured in it."""


@contextmanager
def _a_move() -> Iterator[tuple[Terminal, Callable[[], None]]]:
    """Its beginning, and what raises an error that ends here when it is over."""
    with a_station() as station:
        fill(station.card, 3, station.room // 10)
        with station.opened() as terminal:
            sign_in(terminal)
            terminal.wait_for("card: 3 pictures")
            terminal.type(NUMBER)
            terminal.wait_for("Date of birth")
            terminal.type("2/4/1961", "enter")
            terminal.wait_for("Family name")
            terminal.type("Holloway", "enter")
            terminal.wait_for("Given name")
            terminal.type("Margaret", "enter")
            answer_until_the_move(terminal, "left forearm")
            terminal.wait_for_first("Sealing")

            def runs() -> None:
                if "Step 8 of 8" not in terminal.shows and "A move is running" not in terminal.shows:
                    raise _MoveIsOverError

            try:
                yield terminal, runs
            except _MoveIsOverError:
                print("note: a move was over before everything was measured in it")


def while_nobody_is_there(meter: Meter) -> None:
    """The warning before the lock: one key takes it away, and does nothing else."""
    with a_station("idle_minutes = 1\n") as station, station.opened() as terminal:
        sign_in(terminal)

        def idle() -> None:
            _wait_long_for(terminal, "Locks soon")

        meter.measure(terminal, IdleWarningScreen, "idle warning, away", "x", busy=idle, rounds=2, colours=False)
