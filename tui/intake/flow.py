"""One patient's intake, from the number to the receipt: which screen comes next.

Core decides what is asked (intake.step); the app says which screen asks it. What
was answered lives in an OpenIntake, outside the screens: it outlives them, a lock,
and a mistake in the app.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from textual.screen import Screen

from core.errors import DermlockError
from core.intake.steps import Intake, Step
from core.intake.walking.intake_walk import IntakeWalk, Said, WentBack, WentTo

from ..app_services import Session
from ..bridge import CardDesk
from ..dialogs.confirm import ConfirmDialog
from ..screens.move import MoveScreen
from ..screens.receipt import After, ReceiptScreen
from ..screens.waiting import Begin
from .ongoing_move import OngoingMove
from .step_screen import Asked, StepScreen

Show = Callable[[Screen[Any]], Awaitable[Any]]
"""Puts a screen up and waits for what it ends with."""


class OpenIntake:
    """One patient's answers so far. walk: where they stand. move: the move of these answers, once it was begun."""

    def __init__(self, intake: Intake) -> None:
        self.walk = IntakeWalk(intake)
        self.move: OngoingMove | None = None

    @property
    def is_worth_keeping(self) -> bool:
        """Whether anything was said that is not sealed."""
        return self.move is None and not self.walk.is_empty


class IntakeFlow:
    """The loop from the first missing answer to the receipt."""

    def __init__(
        self, opened: OpenIntake, session: Session, desk: CardDesk, screens: Mapping[Step, type[StepScreen]], show: Show
    ) -> None:
        self._open, self._session, self._desk = opened, session, desk
        self._screens, self._show = screens, show

    async def run(self, begin: Begin, *, again: bool = False) -> After:
        """begin: what was typed before the first screen. again: one comes back to answers that were given before."""
        walk, move = self._open.walk, self._open.move
        said: Said | None = None
        while True:
            if move is not None or walk.step is Step.MOVE:
                after = await self._after_move(move or await self._moved())
                if after is not None:
                    return after
                move = None
                continue
            asked = Asked(
                walk.step,
                walk.intake,
                self._session,
                self._desk,
                walk.kept[walk.step],
                was_here=again or (walk.was_here and not _says_anew(said)),
                number=begin.number,
                typed_ahead=begin.typed_ahead,
                note=walk.note,
                retakes=isinstance(said, WentTo) and said.retakes,
                question=said.question if isinstance(said, WentTo) else "",
            )
            said = await self._show(self._screens[walk.step](asked))
            begin, again = Begin(""), False
            leaves = isinstance(said, WentBack) and walk.is_at_start
            if leaves and (walk.kept[walk.step].is_empty or await self._gives_up()):
                return After.DONE
            walk.take(said, self._session.without_photography)

    async def _moved(self) -> OngoingMove:
        self._open.move = move = OngoingMove()
        await self._show(MoveScreen(self._open.walk.intake, self._session, self._desk, move))
        return move

    async def _after_move(self, move: OngoingMove) -> After | None:
        """None when nothing was begun: the answers are still worth something, and the review comes again.

        What is open is finished by itself, when the card is in.
        """
        walk = self._open.walk
        if move.outcome is not None and not isinstance(move.outcome, DermlockError):
            after: After = await self._show(ReceiptScreen(move.outcome, walk.intake, self._session, self._desk))
            return after
        if move.begun:
            return After.DONE
        walk.review_again()
        self._open.move = None
        return None

    async def _gives_up(self) -> bool:
        gives_up: bool = await self._show(
            ConfirmDialog(
                "Leave this patient?",
                "Nothing was sealed or erased. What you answered for this patient is dropped.",
                yes="leave",
                no="stay",
            )
        )
        return gives_up


def _says_anew(said: Said | None) -> bool:
    """Whether one came to the step from the review, to say one thing of it anew."""
    return isinstance(said, WentTo) and not said.retakes
