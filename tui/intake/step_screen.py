"""What every screen of the intake has in common: the frame, the way back, the way without pictures.

A StepScreen asks one step and ends with what was said. It keeps no answer itself:
the answers of a step are handed to it and outlive it, so that going back and
forth loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from core.intake.steps import Answer, Intake, Step
from core.intake.walking.intake_walk import Said, WentBack, WithoutPhotography
from core.intake.walking.kept import KeptAnswers
from core.model.question import Interview

from ..app_services import Session
from ..bridge import CardDesk, CardState
from ..dialogs.reason import ReasonDialog
from ..dialogs.source import SourceDialog
from ..widgets.bars import KeyBar, Keys, Note, PatientBar, StationBar
from ..widgets.step_rail import StepRail
from ..work_screen import WorkScreen


@dataclass(frozen=True)
class Asked:
    """What a step screen is given.

    kept: the step's answers and drafts so far, in which new ones are kept too.
    was_here: one came here again, so that it goes on where it was.
    number: a patient's number typed before the first screen, "" when none was.
    typed_ahead: the keys pressed after it.
    note: what to know before answering, "" when there is nothing.
    retakes: one came to take pictures again.
    question: the id of the one to be said anew, "" for the first.
    """

    step: Step
    intake: Intake
    session: Session
    desk: CardDesk
    kept: KeptAnswers
    was_here: bool = False
    number: str = ""
    typed_ahead: Sequence[events.Key] = ()
    note: str = ""
    retakes: bool = False
    question: str = ""

    def interview(self) -> Interview[Answer]:
        """The step's questions. Raises RuleRefusedError, CardError."""
        return self.session.interview_for(self.step, self.intake, self.desk.state.inventory)


class StepScreen(WorkScreen[Said]):
    """The frame of one step. Subclasses yield what is between the rail and the keys, and name their keys."""

    DEFAULT_CSS = """
    StepScreen {
        layout: vertical;
        background: $background;
        & > StepRail { margin-bottom: 1; }
        &.-low > StepRail { margin-bottom: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("f1", "source", show=False),
        Binding("f8", "without_photography", show=False),
    ]

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked = asked

    def compose(self) -> ComposeResult:
        yield StationBar()
        yield PatientBar()
        yield StepRail(self.asked.intake.steps, self.asked.step)
        yield from self.compose_step()
        yield KeyBar()

    def compose_step(self) -> ComposeResult:
        """The part that asks."""
        yield from ()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place = self.asked.step.value
        bar.staff = self.asked.session.staff.name
        patient = self.asked.intake.patient
        self.query_one(PatientBar).patient = str(patient.patient) if patient else ""
        self.asked.desk.changed.subscribe(self, self.show_card)
        self.show_card(self.asked.desk.state)
        self.begin_step()
        self.show_keys()

    def begin_step(self) -> None:
        """Called when everything that frames the step is there."""

    def show_card(self, state: CardState) -> None:
        """Called whenever something of the card changed."""
        self.query_one(StationBar).card = state.in_short

    def tell_card_wanted(self, note: Note) -> None:
        """Says in `note` why what is asked has to wait for the card, and what to do."""
        state = self.asked.desk.state
        if state.trouble is not None:
            note.refuse(state.trouble)
        elif state.card is None:
            note.warn("There is no card in the reader.", "Put the card in. No answer is lost.")
        elif state.inventory is None:
            note.tell("The card is being read.", "The question comes by itself.")
        else:
            note.warn(
                "The chosen pictures are not on this card.",
                "Put their card in, or go back with Escape and choose from this one.",
            )

    @property
    def keys(self) -> Keys:
        """The keys of the part that asks."""
        return ()

    @property
    def source(self) -> str:
        """Where what is asked comes from; "" where there is none."""
        return ""

    @property
    def can_retake(self) -> bool:
        """Whether pictures can be taken again from here, with F7."""
        return False

    def show_keys(self) -> None:
        retake: Keys = (("F7", "retake"),) if self.can_retake else ()
        source: Keys = (("F1", "source"),) if self.source else ()
        without: Keys = () if self.asked.intake.without_photography else (("F8", "without photography"),)
        self.query_one(KeyBar).show((*self.keys, *retake, ("Esc", "back"), *without, *source))

    def action_back(self) -> None:
        self.dismiss(WentBack())

    def action_source(self) -> None:
        if self.source:
            self.app.push_screen(SourceDialog(self.source))

    def action_without_photography(self) -> None:
        def said(reason: str | None) -> None:
            if reason is not None:
                self.dismiss(WithoutPhotography(reason))

        if not self.asked.intake.without_photography:
            self.app.push_screen(ReasonDialog(), said)
