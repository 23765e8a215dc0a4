"""The move as it happens: each picture sealed, verified, erased; how fast, how long still; a key that stops it."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from core.errors import DermlockError, InterruptedByPersonError
from core.intake.steps import Intake, Step
from core.progress import Progress

from ..app_services import Session
from ..bridge import CardDesk, CardState
from ..intake.ongoing_move import OngoingMove
from ..widgets.bars import KeyBar, Note, PatientBar, StationBar
from ..widgets.image_table import ImageTable, Row
from ..widgets.step_rail import StepRail
from ..work_screen import WorkScreen

if TYPE_CHECKING:
    from core.intake.receipt import Receipt

BAR_WIDTH = 24


class MoveScreen(WorkScreen[None]):
    """Begins at once. Escape stops between two pictures; the rest is finished when the card is in again.

    What it came to stands in the OngoingMove that it is given.
    """

    CSS_PATH = "move.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", show=False),
        Binding("enter", "close", show=False),
    ]

    class Progressed(Message):
        """The move got further."""

        def __init__(self, progress: Progress, at: float) -> None:
            super().__init__()
            self.progress = progress
            self.at = at

    class Ended(Message):
        """The move is over."""

        def __init__(self, outcome: "Receipt | DermlockError") -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(
        self,
        intake: Intake,
        session: Session,
        desk: CardDesk,
        move: OngoingMove,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._intake, self._session, self._desk, self._clock = intake, session, desk, clock
        self._move = move
        self._is_over = False
        self._began: dict[str, tuple[float, int]] = {}
        self._stages: dict[str, Progress] = {}
        self._states: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield StationBar()
        yield PatientBar()
        yield StepRail(self._intake.steps, Step.MOVE)
        yield Static(id="stages")
        yield ImageTable()
        yield Note()
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place, bar.staff = Step.MOVE.value, self._session.staff.name
        if self._intake.patient is not None:
            self.query_one(PatientBar).patient = str(self._intake.patient.patient)
        self._states = dict.fromkeys(self._files(), "whole on the card")
        self._show_rows()
        self.query_one("#stages", Static).update("Beginning…")
        self.query_one(KeyBar).show((("Esc", "stop after this picture"),))
        self._desk.changed.subscribe(self, self._show_card)
        self._show_card(self._desk.state)
        inventory = None if self._intake.without_photography else self._desk.state.inventory
        self._desk.hold(self._move)
        post = self.post_message

        def report(progress: Progress) -> None:
            post(self.Progressed(progress, self._clock()))

        def move() -> None:
            before = self._open_moves()
            try:
                outcome: Receipt | DermlockError = self._session.move(
                    self._intake, inventory, report=report, cancellation=self._move.stop
                )
            except DermlockError as error:
                outcome = error
            finally:
                after = self._open_moves()
                self._move.begun = before is None or after is None or bool(after - before)
            self._move.outcome = outcome
            post(self.Ended(outcome))

        self.run_worker(move, thread=True, group="move", description="the move of one patient's pictures")

    def _open_moves(self) -> frozenset[str] | None:
        """None where the vault cannot tell."""
        try:
            return frozenset(each.move for each in self._session.unfinished())
        except DermlockError:
            return None

    def _files(self) -> tuple[str, ...]:
        chosen = self._intake.pictures
        if chosen is None or self._intake.without_photography:
            return ()
        return tuple(file.shown for file in (*chosen.pictures, *(file for file, _ in chosen.discards)))

    def _show_card(self, state: CardState) -> None:
        self.query_one(StationBar).card = "card: in use" if state.card else state.in_short

    def _show_rows(self) -> None:
        rows: list[Row] = [(file, said) for file, said in self._states.items()]
        self.query_one(ImageTable).show(("File", "State") if rows else (), rows)

    def on_move_screen_progressed(self, event: Progressed) -> None:
        """A stage names the file it works on; the one before it is through that stage."""
        progress = event.progress
        self._desk.move_got_to(progress)
        before = self._stages.get(progress.stage)
        if before and before.item and before.item != progress.item:
            self._mark(before.item, f"✓ {_done(progress.stage)}")
        if progress.item and progress.done < progress.total:
            self._mark(progress.item, f"… {progress.stage.lower()}")
        self._began.setdefault(progress.stage, (event.at, progress.done_bytes))
        self._stages[progress.stage] = progress
        lines = [self._line(stage, each, event.at) for stage, each in self._stages.items()]
        self.query_one("#stages", Static).update(Content("\n").join(lines))
        self._show_rows()

    def _mark(self, item: str, said: str) -> None:
        if item in self._states:
            self._states[item] = said

    def _line(self, stage: str, progress: Progress, now: float) -> Content:
        total = max(1, progress.total)
        full = BAR_WIDTH * min(progress.done, total) // total
        bar = "█" * full + "░" * (BAR_WIDTH - full)
        began, bytes_then = self._began[stage]
        rate = (progress.done_bytes - bytes_then) / (now - began) if now > began else 0.0
        left = progress.total_bytes - progress.done_bytes
        speed = f"  {rate / 1e6:.1f} MB/s" if rate > 0 else ""
        if rate > 0 and left > 0:
            speed += f", {_duration(left / rate)} left"
        return Content.assemble(
            (f"{stage:<15}", "bold"), (bar, "$accent"), f"  {progress.done} of {progress.total}{speed}"
        )

    def on_move_screen_ended(self, event: Ended) -> None:
        error = event.outcome
        self._desk.release(resume=not isinstance(error, InterruptedByPersonError))
        if not isinstance(error, DermlockError):
            self.dismiss()
            return
        self._is_over = True
        self.query_one(Note).refuse(error)
        words = "Nothing was sealed or erased, and no answer is lost."
        if self._move.begun:
            words = (
                "Every picture is whole on the card or safe in the vault.\n"
                "The rest is finished by itself when the card is put in again."
            )
        self.query_one("#stages", Static).update(words)
        self.query_one(KeyBar).show((("Enter", "go on" if self._move.begun else "back to the review"),))

    def action_stop(self) -> None:
        """Before the end it stops; afterwards there is nothing left to stop."""
        if not self._is_over:
            self._move.stop.wish()
            self.query_one(Note).warn("Stopping after this picture.", "Each picture is sealed wholly or not at all.")
        else:
            self.action_close()

    def action_close(self) -> None:
        if self._is_over:
            self.dismiss()


def _done(stage: str) -> str:
    """ "Sealing" is over when it is sealed: the states of a picture, in the design's words."""
    return {"Sealing": "sealed", "Verifying": "sealed and verified", "Erasing": "safe in the vault, erased"}.get(
        stage, stage.lower()
    )


def _duration(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"
