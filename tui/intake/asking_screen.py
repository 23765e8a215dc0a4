"""How a step's questions are asked one after the other, and how they wait: nothing is answered that cannot be seen.

Which question is open, and what led there, core knows (InterviewWalk); the screens
of the steps know how to ask theirs.
"""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from core.errors import CardError, DermlockError
from core.intake.steps import Answer, Step
from core.intake.walking.intake_walk import Answered, WentTo
from core.intake.walking.interview_walk import InterviewWalk
from core.intake.walking.kept import KeptAnswers
from core.model.question import Question, Value

from ..bridge import CardState
from ..widgets.asking.answer_field import is_typing
from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import Note
from .step_screen import Asked, StepScreen

WAITING, CARD = "-waiting", "-card"
"""Modes that all have: the question waits for the card, and it is asked with a QuestionCard."""


class AskingScreen(StepScreen):
    """Escape goes one question back; what was said there is shown and can be kept.

    While the card is out a question about pictures waits, and is there again after it.
    Subclasses show a question in one of their `modes`, which are classes for the style sheet.
    """

    DEFAULT_CSS = """
    AskingScreen {
        & QuestionCard { display: none; }
        &.-card QuestionCard { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f7", "retake", show=False)]
    modes: tuple[str, ...] = (CARD,)

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.walk: InterviewWalk[Answer] | None = None
        self.question: Question | None = None
        self._begun = False

    def begin_step(self) -> None:
        self._begun = True
        self.begin(was_here=self.asked.was_here)
        if self.asked.note:
            self.note.tell(self.asked.note)

    @property
    def source(self) -> str:
        return self.question.source if self.question else ""

    @property
    def kept(self) -> KeptAnswers:
        """Where what is said here outlives the screen."""
        return self.asked.kept

    @property
    def is_waiting(self) -> bool:
        return self.has_class(WAITING)

    @property
    def can_retake(self) -> bool:
        """Whether the chosen pictures can be taken again from here."""
        steps = self.asked.intake.steps
        is_about_them = Step.PICTURES in steps and steps.index(self.asked.step) > steps.index(Step.PICTURES)
        return is_about_them and not self.is_waiting

    @property
    def card(self) -> QuestionCard:
        return self.query_one(QuestionCard)

    @property
    def note(self) -> Note:
        return self.query_one("#step-note", Note)

    @abstractmethod
    def ask(self, question: Question, earlier: Value | None) -> None:
        """Shows the question, whose pictures are there. earlier: what was said when it was asked before."""

    def refused(self, error: DermlockError) -> None:
        """Shows why the answer to the question in sight was not taken; keys answer it again."""
        if self.has_class(CARD):
            self.card.refuse(error)
        else:
            self.note.refuse(error)

    def cover_up(self) -> None:
        """The pictures are gone: takes them off the screen."""

    def is_blind(self, question: Question) -> bool:
        """Whether it is about pictures that cannot be seen now."""
        return any(self.asked.desk.picture(path) is None for path in question.pictures)

    def draft(self) -> Value | None:
        """What was drawn, typed or ticked and not submitted, None when nothing was."""
        return self.card.draft if self.has_class(CARD) else None

    def note_draft(self) -> None:
        """As it changes, so that it is there again whatever happens to this screen."""
        if self.question is not None and not self.is_waiting:
            self.kept.note(self.question, self.draft())

    def show_card(self, state: CardState) -> None:
        super().show_card(state)
        if not self._begun:
            return
        if self.walk is None:
            self.begin(was_here=self.asked.was_here)
        elif self.question is not None and self.is_blind(self.question):
            self.note_draft()
            self.wait_for_card()
        elif self.is_waiting:
            self.go_on()

    def begin(self, *, was_here: bool) -> None:
        try:
            self.walk = InterviewWalk(self.asked.interview(), self.kept, self.asked.intake.record)
        except CardError:
            self.wait_for_card()
            return
        if was_here:
            self.walk.go_over_kept()
        elif self.asked.question:
            self.walk.go_to(self.asked.question)
        self.go_on()

    def go_on(self) -> None:
        """The next question, or the end of the step; an answer against a rule is refused where it was given."""
        walk = self.walk
        if walk is None:
            return
        try:
            question = walk.open()
            answer = walk.answer() if question is None else None
        except DermlockError as error:
            self._refuse(error)
            return
        if question is not None:
            self.show_question(question)
        elif answer is not None:
            self.dismiss(Answered(answer))

    def show_question(self, question: Question) -> None:
        self.question = question
        if self.is_blind(question):
            self.wait_for_card()
            return
        self.set_class(False, WAITING)
        self.note.clear()
        self.ask(question, self.kept.earlier(question))
        self.show_keys()

    def _refuse(self, error: DermlockError) -> None:
        """The last answer is taken back, and not offered again; its question stays on the screen."""
        question = self.walk.refused() if self.walk else None
        if question is not None and (question != self.question or self.is_waiting):
            self.show_question(question)
        if question is None or self.is_waiting:
            self.note.refuse(error)
        else:
            self.refused(error)

    def wait_for_card(self) -> None:
        self.become(WAITING)
        self.cover_up()
        self.tell_card_wanted(self.note)
        self.show_keys()

    def become(self, *modes: str) -> None:
        """In these modes from now on; nothing has the focus until what is asked takes it."""
        self.set_focus(None)
        for mode in (*self.modes, WAITING):
            self.set_class(mode in modes, mode)

    def take(self, question: Question, value: Value) -> None:
        """Not what a key said that came too late: the pictures out of sight, or the question answered already."""
        walk = self.walk
        if walk is not None and question == self.question and question.id not in walk.given and not self.is_waiting:
            self.note.clear()
            walk.take(question, value)
            self.go_on()

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        self.take(event.question, event.value)

    def on_question_card_draft_changed(self) -> None:
        self.note_draft()

    def on_question_card_keys_changed(self) -> None:
        self.show_keys()

    def on_resize(self) -> None:
        """The keys go by what the new size leaves in sight."""
        self.call_after_refresh(self.show_keys)

    def on_key(self, event: events.Key) -> None:
        """What a fast hand types before the field has the focus is not lost."""
        if self._begun and not self.is_waiting and self.focused is None and is_typing(event):
            self.type_in([event])

    def type_in(self, keys: Sequence[events.Key]) -> None:
        """As if they were pressed in what asks."""
        if self.has_class(CARD):
            self.card.type_in(keys)

    def action_back(self) -> None:
        self.note_draft()
        before = self.walk.back() if self.walk else None
        if before is None:
            super().action_back()
        else:
            self.show_question(before)

    def action_retake(self) -> None:
        if self.can_retake:
            self.note_draft()
            self.dismiss(WentTo(Step.PICTURES, retakes=True))
