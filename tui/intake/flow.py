"""One patient's intake, from the number to the receipt: which screen comes next.

Core decides what is asked (intake.step); the app says which screen asks it. What
was answered lives in an OpenIntake, outside the screens: it outlives them, a lock,
and a mistake in the app.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from textual.screen import Screen

from core.errors import DermlockError
from core.intake.steps import Intake, PatientNamed, Step

from ..app_services import Session
from ..bridge import CardDesk
from ..dialogs.confirm import ConfirmDialog
from ..screens.move import MoveScreen
from ..screens.receipt import After, ReceiptScreen
from ..screens.waiting import Begin
from .ongoing_move import OngoingMove
from .step_screen import Answered, Asked, KeptAnswers, StepScreen, WentBack, WentTo, WithoutPhotography

Show = Callable[[Screen[Any]], Awaitable[Any]]
"""Puts a screen up and waits for what it ends with."""


def no_answers() -> dict[Step, KeptAnswers]:
    return {step: KeptAnswers() for step in Step}


@dataclass
class OpenIntake:
    """The answers of one patient so far, and where they stand.

    intake: what was answered to its end. kept: every answer ever given, by step.
    back_to: the step that is open again, None for the first one missing.
    from_review: that step was gone to from the review, to say one thing anew.
    without: why there are to be no pictures, said before there was a patient.
    note: what the next screen is to say first.
    move: the move of these answers, once it was begun.
    """

    intake: Intake = field(default_factory=Intake)
    kept: dict[Step, KeptAnswers] = field(default_factory=no_answers)
    back_to: Step | None = None
    from_review: bool = False
    without: str = ""
    note: str = ""
    move: OngoingMove | None = None

    @property
    def is_worth_keeping(self) -> bool:
        """Whether anything was answered that is not sealed."""
        answered = self.intake.patient is not None or any(not kept.is_empty for kept in self.kept.values())
        return self.move is None and answered


class IntakeFlow:
    """The loop from the first missing answer to the receipt."""

    def __init__(
        self, opened: OpenIntake, session: Session, desk: CardDesk, screens: Mapping[Step, type[StepScreen]], show: Show
    ) -> None:
        self._open, self._session, self._desk = opened, session, desk
        self._screens, self._show = screens, show

    async def run(self, begin: Begin, *, again: bool = False) -> After:
        """begin: what was typed before the first screen. again: one comes back to answers that were given before."""
        opened = self._open
        if opened.move is not None:
            after = await self._after_move(opened.move)
            if after is not None:
                return after
        while True:
            step = opened.back_to or opened.intake.step
            if step is Step.MOVE:
                after = await self._move()
                if after is not None:
                    return after
                continue
            asked = Asked(
                step,
                opened.intake,
                self._session,
                self._desk,
                opened.kept[step],
                backwards=again or opened.back_to is not None or bool(opened.note),
                number=begin.number,
                typed_ahead=begin.typed_ahead,
                note=opened.note,
            )
            said = await self._show(self._screens[step](asked))
            begin, opened.note, again = Begin(""), "", False
            if isinstance(said, WentTo):
                opened.back_to, opened.from_review = said.step, True
                continue
            if isinstance(said, WentBack):
                if opened.from_review:  # thought better of it
                    opened.back_to, opened.from_review = None, False
                    continue
                at = opened.intake.steps.index(step)
                if at:
                    opened.back_to = opened.intake.steps[at - 1]
                elif opened.kept[step].is_empty or await self._gives_up():
                    return After.DONE
                continue
            opened.back_to, opened.from_review = None, False
            self._take(said)

    def _take(self, said: Answered | WithoutPhotography) -> None:
        """Another patient's answers begin from nothing."""
        opened = self._open
        if isinstance(said, WithoutPhotography):
            opened.without = said.reason
        else:
            before = opened.intake
            opened.intake = before.record(said.answer)
            if isinstance(said.answer, PatientNamed) and before.patient not in (None, said.answer):
                opened.kept = no_answers() | {Step.PATIENT: opened.kept[Step.PATIENT]}
        if opened.without and opened.intake.patient is None:
            opened.note = "Without photography: noted. The referral still needs its patient."
        elif opened.without:
            without, opened.without = opened.without, ""
            opened.intake = opened.intake.record(self._session.without_photography(opened.intake, without))

    async def _move(self) -> After | None:
        opened = self._open
        opened.move = move = OngoingMove()
        await self._show(MoveScreen(opened.intake, self._session, self._desk, move))
        return await self._after_move(move)

    async def _after_move(self, move: OngoingMove) -> After | None:
        """None when nothing was begun: the answers are still worth something, and the review comes again.

        What is open is finished by itself, when the card is in.
        """
        opened = self._open
        if move.outcome is not None and not isinstance(move.outcome, DermlockError):
            after: After = await self._show(ReceiptScreen(move.outcome, opened.intake, self._session, self._desk))
            return after
        if move.begun:
            return After.DONE
        opened.intake, opened.move = opened.intake.take_back(Step.REVIEW), None
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
