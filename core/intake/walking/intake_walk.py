"""One patient's way through the steps, from the first missing answer to the move.

Core decides what is asked (intake.step); beside that a person goes back, goes to a
step from the review, or wants no pictures before there is a patient. Whoever asks,
on screens or line by line, asks the open step and hands in what was said.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ...model.question import Given
from ...pathway.outcome import Outcome
from ..steps import Answer, Intake, Step
from .kept import KeptAnswers


@dataclass(frozen=True)
class Answered:
    """The step has its answer, which the intake takes."""

    answer: Answer


@dataclass(frozen=True)
class WentBack:
    """Back from the step's first question: the step before is wanted."""


@dataclass(frozen=True)
class WithoutPhotography:
    """Refer without photography, for this reason."""

    reason: str


@dataclass(frozen=True)
class WentTo:
    """Another step is wanted, to say it anew; then it goes on here.

    retakes: pictures are taken again for it, so that it waits for the card to go and to come back.
    question: the one of the step that is meant, "" for its first.
    """

    step: Step
    retakes: bool = False
    question: str = ""


Said = Answered | WentBack | WithoutPhotography | WentTo

Refer = Callable[[Intake, str, Given], Outcome]
"""What “refer without photography” stands for in this intake, for this reason, after these answers to the pathway."""


class IntakeWalk:
    """Which step is open, and everything that was said of this patient.

    intake: what was answered to its end. kept: every answer and draft, by step.
    note: what is to be known before the open step is asked, "" for nothing.
    """

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.kept = _no_answers()
        self.note = ""
        self._back_to: Step | None = None
        self._away_from: Step | None = None
        self._without = ""

    @property
    def step(self) -> Step:
        """MOVE when nothing is missing."""
        return self._back_to or self.intake.step

    @property
    def was_here(self) -> bool:
        """Whether one comes to the open step again, to go on where one was."""
        return self._back_to is not None or bool(self.note)

    @property
    def is_at_start(self) -> bool:
        """Whether there is no step to go back to."""
        return self._away_from is None and self.step is self.intake.steps[0]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return self.intake.patient is None and all(kept.is_empty for kept in self.kept.values())

    def take(self, said: Said, refer: Refer) -> None:
        """What was said in the open step. Raises RuleRefusedError for an answer that the intake does not take."""
        self.note = ""
        match said:
            case WentTo(step=step):
                self._away_from, self._back_to = self._away_from or self.step, step
            case WentBack():
                self._go_back()
            case Answered(answer=answer):
                self._record(answer)
            case WithoutPhotography(reason=reason):
                self._without = reason
        if isinstance(said, Answered | WithoutPhotography):
            self._back_to, self._away_from = None, None
            self._refer(refer)

    def review_again(self) -> None:
        """Nothing was begun of what was reviewed: every answer stands."""
        self.intake = self.intake.take_back(Step.REVIEW)

    def _go_back(self) -> None:
        """Who went to a step from elsewhere thought better of it."""
        if self._away_from is not None:
            self._back_to, self._away_from = self._away_from, None
        elif at := self.intake.steps.index(self.step):
            self._back_to = self.intake.steps[at - 1]

    def _record(self, answer: Answer) -> None:
        """Another patient's answers begin from nothing."""
        before, self.intake = self.intake, self.intake.record(answer)
        if before.patient not in (None, self.intake.patient):
            self.kept = _no_answers() | {Step.PATIENT: self.kept[Step.PATIENT]}

    def _refer(self, refer: Refer) -> None:
        """Without photography needs its patient first."""
        if self._without and self.intake.patient is None:
            self.note = "Without photography: noted. The referral still needs its patient."
        elif self._without:
            reason, self._without = self._without, ""
            self.intake = self.intake.record(refer(self.intake, reason, self.kept[Step.PATHWAY].answers))


def _no_answers() -> dict[Step, KeptAnswers]:
    return {step: KeptAnswers() for step in Step}
