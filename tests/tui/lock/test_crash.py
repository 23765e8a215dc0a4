"""A mistake in the app: reported without a value, and the app is back, locked, with every answer."""

import os
import re
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.worker import WorkerFailed

from core.card.card import Card, Inventory
from core.errors import CardError
from core.intake.receipt import Receipt
from core.intake.steps import Answer, Intake, Step
from core.model.question import Interview
from core.progress import Cancellation, Progress, Report
from tui.console.ending import MISTAKE_IN_DERMLOCK, keep_report, report_mistakes
from tui.lock.coming_back import TOO_MANY, WITHIN, LeftOpen, Mistaken, real_mistake, run_until_left

from ...support.fake_services import PASSPHRASE, STAFF_ID, FakeServices, FakeSession, a_receipt, an_unfinished_move
from ...support.intakes import ROSE
from ...support.on_screen import Person, at_the_station
from ...support.terminal import Terminal, in_a_terminal
from ...support.time_passing import OTHER_ID, OTHER_PASSPHRASE, PassingTime, TwoAtTheStation, unlock
from ...support.walking import ASHGROVE, NEW_NUMBER, see_the_picture, sign_in, stand_at, walk_until

Does = Callable[[Person], Awaitable[None]]


class BreaksOnce(FakeSession):
    """Runs into a mistake the first time that this step is asked."""

    breaks_at: Step | None = Step.PICTURES

    def interview_for(self, step: Step, intake: Intake, inventory: Inventory | None) -> Interview[Answer]:
        if step is self.breaks_at:
            self.breaks_at = None
            raise ZeroDivisionError(f"over {ROSE}")
        return super().interview_for(step, intake, inventory)


async def broken(person: Person) -> None:
    await person.until(lambda: person.app._exception is not None, "the mistake")


def comes_back(services: FakeServices, breaks: Does, then: Does) -> None:
    """One app until a mistake, and the next one with what the first left open."""
    time = PassingTime()
    with pytest.raises((ZeroDivisionError, WorkerFailed)):
        at_the_station(services, breaks, make=time.app)
    left = time.apps[0].left_open
    time.apps[0].end_threads()
    at_the_station(services, then, make=lambda services: time.app(services, left))


def test_it_is_back_locked_and_every_answer_is_kept() -> None:
    session = BreaksOnce()
    services = FakeServices(session)

    async def breaks(person: Person) -> None:
        await walk_until(person, Step.PICTURES)
        await broken(person)

    async def then(person: Person) -> None:
        screen = await person.wait_for("Locked", "Dr Ada Palmer", "dermlock made a mistake and came back by itself.")
        assert ASHGROVE not in screen
        assert "card" not in screen
        resumed = len(session.resumed_with)
        await unlock(person)
        await person.wait_for("Which pictures of the card", ASHGROVE, "Step 4 of 8")
        assert len(session.resumed_with) > resumed, "what was open is finished only after unlocking"
        await person.press("escape")
        await person.wait_for("Does the patient agree to pictures?", "(answered")
        await person.press("enter")
        await person.wait_for("Which pictures of the card")
        await person.press("1")
        await person.wait_for("Step 5 of 8", ASHGROVE)

    comes_back(services, breaks, then)
    assert not services.watching, "neither app left its threads behind"


def test_the_answers_of_a_half_answered_step_are_kept_too() -> None:
    async def breaks(person: Person) -> None:
        await stand_at(person, Step.PATHWAY)
        await person.wait_for("What is your concern")
        await person.press("2")
        await person.wait_for("Which of these do you find or suspect?")
        person.app.call_later(divide)
        await broken(person)

    async def then(person: Person) -> None:
        await unlock(person)
        await person.wait_for("Which of these do you find or suspect?", "Step 2 of 8", ASHGROVE)

    comes_back(FakeServices(), breaks, then)


def divide() -> None:
    raise ZeroDivisionError(f"over {ROSE}")


async def typing_a_birth_date(person: Person) -> None:
    await walk_until(person, Step.PATIENT)
    await person.type(NEW_NUMBER)
    await person.wait_for("Date of birth")
    await person.type("2/4")
    await person.wait_for("▌ 2/4")


async def ticking_criteria(person: Person) -> None:
    await stand_at(person, Step.PATHWAY)
    await person.wait_for("What is your concern")
    await person.press("2")
    await person.wait_for("Which of these do you find or suspect?")
    await person.press("1")
    await person.wait_for("1  [x]")


async def naming_a_place(person: Person) -> None:
    await stand_at(person, Step.VIEWS)
    await person.wait_for("Enter to the history")
    await person.type("left ch")
    await person.wait_for("▌ left ch")


async def telling_a_history(person: Person) -> None:
    await naming_a_place(person)
    await person.type("ee", "enter")
    await person.wait_for("Enter go on")
    await person.type("2 yea")
    await person.wait_for("▌ 2 yea")


async def naming_another_place(person: Person) -> None:
    await telling_a_history(person)
    await person.press("escape")
    await person.wait_for("Enter to the history")
    await person.press("ctrl+u")
    await person.type("knee l")
    await person.wait_for("▌ knee l")


async def ticking_pictures(person: Person) -> None:
    await stand_at(person, Step.PICTURES)
    await person.wait_for("Which pictures of the card")
    await person.press("2")
    await person.wait_for("Which of these are this patient's?")
    await person.press("right", "space")
    await person.wait_for("[x] 2  09:31")


async def covering_a_part(person: Person) -> None:
    await stand_at(person, Step.IDENTIFIABILITY)
    await person.wait_for("Could picture 1 of 3")
    await see_the_picture(person)
    await person.press("2")
    await person.wait_for("What is covered in picture 1 of 3?")
    await person.press("enter")
    await person.wait_for("1 covered")


@pytest.mark.parametrize(
    ("drafting", "there"),
    [
        (typing_a_birth_date, ("Date of birth", "▌ 2/4", "Step 1 of 8")),
        (ticking_criteria, ("Which of these do you find or suspect?", "1  [x]", "Step 2 of 8")),
        (naming_a_place, ("Enter to the history", "▌ left ch")),
        (telling_a_history, ("Enter go on", "▌ left cheek", "▌ 2 yea")),
        (naming_another_place, ("Enter to the history", "▌ knee l", "▌ 2 yea")),
        (ticking_pictures, ("Which of these are this patient's?", "[x] 2  09:31", "1 ticked")),
        (covering_a_part, ("What is covered in picture 1 of 3?", "1 covered")),
    ],
)
def test_what_was_typed_ticked_or_drawn_and_not_submitted_is_there_again(
    drafting: Does, there: tuple[str, ...]
) -> None:
    async def breaks(person: Person) -> None:
        await drafting(person)
        person.app.call_later(divide)
        await broken(person)

    async def then(person: Person) -> None:
        await unlock(person)
        await person.wait_for(*there)

    comes_back(FakeServices(), breaks, then)


def test_where_nobody_was_signed_in_it_is_back_at_the_sign_in() -> None:
    async def breaks(person: Person) -> None:
        await person.wait_for("Sign in")
        person.app.call_later(divide)
        await broken(person)

    comes_back(FakeServices(), breaks, sign_in)


def test_between_two_patients_it_is_back_there() -> None:
    async def breaks(person: Person) -> None:
        await sign_in(person)
        person.app.call_later(divide)
        await broken(person)

    async def then(person: Person) -> None:
        await unlock(person)
        await person.wait_for("Next patient", "Dr Ada Palmer")

    comes_back(FakeServices(), breaks, then)


def test_another_person_may_take_over_after_a_mistake_and_reaches_nothing() -> None:
    services = TwoAtTheStation(BreaksOnce())

    async def breaks(person: Person) -> None:
        await walk_until(person, Step.PICTURES)
        await broken(person)

    async def then(person: Person) -> None:
        await person.wait_for("Locked", "Dr Ada Palmer")
        await person.press("f10")
        await person.wait_for("Staff ID")
        await person.type(OTHER_ID, "enter")
        await person.type(OTHER_PASSPHRASE, "enter")
        await person.wait_for("Dr Ada Palmer is not done")
        await person.press("y")
        await person.wait_for("Next patient", "Dr Ben Reed")
        await person.press("enter")
        await person.wait_for("No patient named yet")

    comes_back(services, breaks, then)
    assert services.session.signed_out


class MoveInTheMiddle:
    """A move that is told to stop by the end of the app, and then comes to `outcome`."""

    def __init__(self, outcome: Receipt | Exception) -> None:
        self.stopped = threading.Event()
        self._outcome = outcome

    def __call__(self, _intake: Intake, _inventory: Inventory | None, report: Report, stop: Cancellation) -> Receipt:
        report(Progress("Sealing", 0, 3, item="DCIM/100CANON/IMG_0001.JPG"))
        while not stop.is_cancelled:
            self.stopped.wait(0.01)
        self.stopped.set()
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome


async def breaks_in_a_move(person: Person) -> None:
    await stand_at(person, Step.MOVE)
    await person.wait_for("Sealing")
    person.app.call_later(divide)
    await broken(person)


def test_a_move_that_was_begun_is_finished_at_the_unlocking() -> None:
    move = MoveInTheMiddle(CardError("Stopped.", "It goes on."))

    def move_and_leave_open(*given: object) -> Receipt:
        session.open_moves = (an_unfinished_move(),)
        return move(*given)  # type: ignore[arg-type]

    def resume(_card: Card | None) -> tuple[Receipt, ...]:
        finished, session.open_moves = session.open_moves, ()
        return (a_receipt(),) if finished else ()

    session = FakeSession(on_move=move_and_leave_open, on_resume=resume)

    async def then(person: Person) -> None:
        await person.wait_for("Locked")
        assert session.open_moves, "not before its person is back"
        await unlock(person)
        await person.wait_for("Next patient", "An earlier move was finished.")

    comes_back(FakeServices(session), breaks_in_a_move, then)
    assert move.stopped.is_set()
    assert len(session.moved) == 1


def test_a_move_that_came_to_its_end_meanwhile_has_its_receipt() -> None:
    session = FakeSession(on_move=MoveInTheMiddle(a_receipt()))

    async def then(person: Person) -> None:
        await unlock(person)
        await person.wait_for("All 8 steps done", "3 pictures sealed and verified", ASHGROVE)
        await person.press("enter")
        await person.wait_for("Next patient")

    comes_back(FakeServices(session), breaks_in_a_move, then)
    assert len(session.moved) == 1


def test_a_move_of_which_nothing_was_begun_leads_back_to_the_review() -> None:
    session = FakeSession(on_move=MoveInTheMiddle(CardError("Stopped.", "It goes on.")))

    async def then(person: Person) -> None:
        await unlock(person)
        await person.wait_for("Is all of this right?", ASHGROVE)
        session.on_move = lambda *_: a_receipt()
        await person.press("m")
        await person.wait_for("All 8 steps done")

    comes_back(FakeServices(session), breaks_in_a_move, then)


def test_a_mistake_in_the_move_itself_is_one_of_these_too() -> None:
    def move(*_given: object) -> Receipt:
        raise ZeroDivisionError(f"over {ROSE}")

    async def breaks(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await broken(person)

    async def then(person: Person) -> None:
        await unlock(person)
        await person.wait_for("Is all of this right?", ASHGROVE)

    comes_back(FakeServices(FakeSession(on_move=move)), breaks, then)


class MadeUpApp:
    """Ends at once, as it was told to. given: what the former one left open."""

    left_open: LeftOpen | None = None

    def __init__(self, mistake: BaseException | None, given: LeftOpen | None) -> None:
        self.mistake = mistake
        self.given = given
        self.ended = 0

    def run(self) -> int | None:
        return 3 if self.mistake is None else None

    def end_threads(self) -> None:
        self.ended += 1


class Runs:
    """Apps that run one after the other, each so many seconds after the one before."""

    def __init__(self, *mistakes: BaseException | None, apart: float) -> None:
        self.apps: list[MadeUpApp] = []
        self.reported: list[BaseException] = []
        self._mistakes, self._apart = list(mistakes), apart

    def make(self, given: LeftOpen | None) -> Mistaken:
        self.apps.append(MadeUpApp(self._mistakes.pop(0), given))
        return self.apps[-1]

    def code(self) -> int:
        return run_until_left(self.make, self.reported.append, lambda: self._apart * len(self.apps))


def test_each_mistake_is_reported_and_the_app_runs_until_it_is_left() -> None:
    first, second = ZeroDivisionError(), KeyError()
    runs = Runs(first, second, None, apart=1)
    assert runs.code() == 3
    assert runs.reported == [first, second]
    assert [app.ended for app in runs.apps] == [1, 1, 1]


def test_the_third_within_a_minute_is_the_end_and_three_in_a_longer_time_are_not() -> None:
    mistakes = [ZeroDivisionError() for _ in range(TOO_MANY)]
    runs = Runs(*mistakes, apart=WITHIN / 2 - 1)
    with pytest.raises(ZeroDivisionError) as caught:
        runs.code()
    assert caught.value is mistakes[-1]
    assert runs.reported == mistakes[:-1], "the last one is reported by whoever ends the program"
    assert Runs(*mistakes, None, apart=WITHIN / 2).code() == 3


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_signals_are_as_before_whatever_the_app_did_with_them(number: signal.Signals) -> None:
    class Listening(MadeUpApp):
        def run(self) -> int | None:
            signal.signal(number, signal.SIG_IGN)
            return super().run()

    before = signal.getsignal(number)
    run_until_left(lambda given: Listening(None, given), lambda _mistake: None)
    assert signal.getsignal(number) is before


def test_what_a_worker_ran_into_is_the_mistake_itself() -> None:
    mistake = ZeroDivisionError()
    assert real_mistake(WorkerFailed(WorkerFailed(mistake))) is mistake
    assert real_mistake(mistake) is mistake
    assert real_mistake(None) is None


def test_the_report_of_a_mistake_that_ended_nothing_is_kept_without_a_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    keep_report(ZeroDivisionError("before anybody listens"))
    report_mistakes(tmp_path)
    with pytest.raises(ZeroDivisionError) as caught:
        divide()
    keep_report(caught.value)
    (report,) = (tmp_path / "mistakes").iterdir()
    text = report.read_text()
    assert "ZeroDivisionError" in text
    assert "test_crash.py" in text
    assert ROSE.family_name not in text
    assert ROSE.given_name not in text
    assert report.stat().st_mode & 0o077 == 0


@contextmanager
def broken_station(tmp_path: Path) -> Iterator[Terminal]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "HOME": str(tmp_path),
    }
    program = [sys.executable, "-c", "from tests.support.broken_station import run; run()"]
    with in_a_terminal(program, environment) as terminal:
        terminal.wait_for("Sign in", "Esc leave")
        yield terminal


def test_in_a_terminal_it_is_back_twice_and_ends_the_third_time_in_two_lines(tmp_path: Path) -> None:
    with broken_station(tmp_path) as terminal:
        terminal.type(STAFF_ID, "enter")
        terminal.type(PASSPHRASE, "enter")
        for _ in range(TOO_MANY - 1):
            terminal.wait_for("Next patient")
            terminal.press("f4")
            terminal.wait_for("Locked", "Enter unlock", "came back by itself")
            terminal.type(PASSPHRASE, "enter")
        terminal.wait_for("Next patient")
        terminal.press("f4")
        assert terminal.wait_for_end() == MISTAKE_IN_DERMLOCK
    shown = " ".join(terminal.shows.split())
    assert "dermlock made a mistake and stopped (ZeroDivisionError); no picture is lost." in shown
    assert b"Traceback" not in terminal.printed
    assert b"broken_station.py" in terminal.printed, "the report names the place of the real mistake"
    assert ROSE.family_name.upper().encode() not in terminal.printed
    assert ROSE.given_name.encode() not in terminal.printed


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order_and_the_terminal_is_as_it_was(number: signal.Signals, tmp_path: Path) -> None:
    with broken_station(tmp_path) as terminal:
        terminal.send(number)
        assert terminal.wait_for_end() == 128 + number
    assert terminal.printed.rfind(b"\x1b[?1049l") > terminal.printed.rfind(b"\x1b[?1049h"), "the former screen is back"
    assert b"Traceback" not in terminal.printed
    assert not re.search(rb"\x1b\][012];", terminal.printed), "no title was ever set"
