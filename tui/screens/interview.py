"""One interview about something that is in the vault already, and the writing down of its answer.

The step screens ask for an intake that is in the making; this asks whatever core
has to ask about an episode or a patient, and ends when the vault has it.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from core.errors import DermlockError
from core.intake.walking.interview_walk import InterviewWalk
from core.intake.walking.kept import KeptAnswers
from core.model.question import Interview

from ..bridge import CardDesk, CardState
from ..dialogs.source import SourceDialog
from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import KeyBar, Keys, Note, PatientBar, StationBar
from ..work_screen import WorkScreen


class InterviewScreen(WorkScreen[bool]):
    """Ends with True when the answer is kept, with False when one goes back. Escape is one question back."""

    CSS_PATH = "interview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("f1", "source", show=False),
    ]

    class Kept(Message):
        """The vault has it, or why not."""

        def __init__(self, refusal: DermlockError | None) -> None:
            super().__init__()
            self.refusal = refusal

    def __init__(
        self,
        place: str,
        patient: str,
        staff: str,
        interview: Callable[[], Interview[Any]],
        keep: Callable[[Any], object],
        desk: CardDesk,
    ) -> None:
        """place: where one is. patient: the line that says who it is about. interview, keep: may raise DermlockError;
        keep may take its time."""
        super().__init__()
        self._place, self._patient, self._staff = place, patient, staff
        self._make, self._keep, self._desk = interview, keep, desk
        self._walk: InterviewWalk[Any] | None = None
        self._is_keeping = False

    def compose(self) -> ComposeResult:
        yield StationBar()
        yield PatientBar()
        yield Note(id="interview-note")
        yield QuestionCard()
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place, bar.staff = self._place, self._staff
        self.query_one(PatientBar).patient = self._patient
        self._desk.changed.subscribe(self, self._show_card)
        self._show_card(self._desk.state)
        try:
            self._walk = InterviewWalk(self._make(), KeptAnswers())
        except DermlockError as error:
            self._card.display = False
            self._note.refuse(error)
        self._go_on()

    @property
    def _card(self) -> QuestionCard:
        return self.query_one(QuestionCard)

    @property
    def _note(self) -> Note:
        return self.query_one("#interview-note", Note)

    def _show_card(self, state: CardState) -> None:
        self.query_one(StationBar).card = state.in_short

    def _show_keys(self) -> None:
        question = self._card.question
        source: Keys = (("F1", "source"),) if question and question.source else ()
        asking = self._card.keys if self._card.display and not self._is_keeping else ()
        self.query_one(KeyBar).show((*asking, ("Esc", "back"), *source))

    def _go_on(self) -> None:
        """The next question, or the writing down; an answer against a rule is refused where it was given."""
        walk = self._walk
        if walk is not None:
            try:
                question = walk.open()
                answer = walk.answer() if question is None else None
            except DermlockError as error:
                self._refuse(error)
                return
            if question is not None:
                self._card.ask(question, walk.kept.earlier(question))
            else:
                self._write_down(answer)
        self._show_keys()

    def _write_down(self, answer: object) -> None:
        self._is_keeping = True
        self._card.display = False
        self._note.tell("Being written down…")

        def keep() -> None:
            try:
                self._keep(answer)
            except DermlockError as error:
                self.post_message(self.Kept(error))
            else:
                self.post_message(self.Kept(None))

        self.run_worker(keep, thread=True, group="keep", description="writing into the vault")

    def on_interview_screen_kept(self, event: Kept) -> None:
        self._is_keeping = False
        if event.refusal is None:
            self.dismiss(True)
            return
        self._card.display = True
        self._note.clear()
        self._refuse(event.refusal)

    def _refuse(self, error: DermlockError) -> None:
        """The last answer is taken back, and its question stays on the screen."""
        question = self._walk.refused() if self._walk else None
        if question is not None and self._card.question != question:
            self._card.ask(question)
        self._card.refuse(error)
        self._show_keys()

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        """Not what a key said that came too late."""
        if self._walk is not None and event.question.id not in self._walk.given and not self._is_keeping:
            self._walk.take(event.question, event.value)
            self._go_on()

    def on_question_card_keys_changed(self) -> None:
        self._show_keys()

    def on_key(self, event: events.Key) -> None:
        """What a fast hand types while a question comes up is not lost."""
        if self.focused is None and self._card.display:
            self._card.type_in([event])

    def action_source(self) -> None:
        question = self._card.question
        if question is not None and question.source:
            self.app.push_screen(SourceDialog(question.source))

    def action_back(self) -> None:
        """Nothing is stopped while it is being written: that takes a moment."""
        if self._is_keeping:
            return
        walk = self._walk
        question = walk.back() if walk else None
        if walk is None or question is None:
            self.dismiss(False)
            return
        self._card.ask(question, walk.kept.earlier(question))
        self._show_keys()
