"""What the two steps that look at pictures have in common: nothing is answered about what cannot be seen."""

from abc import abstractmethod

from textual import events

from core.errors import CardError, DermlockError
from core.intake.steps import Answer
from core.model.question import Question, Value

from ..bridge import CardState
from ..widgets.asking.answer_field import is_typing
from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import Note
from .interview_walk import InterviewWalk
from .step_screen import Asked, StepScreen

WAITING, CARD = "-waiting", "-card"
"""Modes that both have: the question waits for the card, and it is asked with a QuestionCard."""


class PictureStepScreen(StepScreen):
    """Asks one question after the other; while the card is out the question waits, and is there again after it.

    Subclasses show a question in one of their `modes`, which are classes for the style sheet.
    """

    modes: tuple[str, ...] = ()

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self.walk: InterviewWalk[Answer] | None = None
        self.question: Question | None = None
        self._begun = False

    def on_mount(self) -> None:
        super().on_mount()
        self._begun = True
        self.begin(backwards=self.asked.backwards)

    @property
    def source(self) -> str:
        return self.question.source if self.question else ""

    @property
    def is_waiting(self) -> bool:
        return self.has_class(WAITING)

    @property
    def card(self) -> QuestionCard:
        return self.query_one(QuestionCard)

    @property
    def note(self) -> Note:
        return self.query_one("#step-note", Note)

    @abstractmethod
    def ask(self, question: Question, earlier: Value | None) -> None:
        """Shows the question, whose pictures are there. earlier: its answer when it was asked before."""

    def refused(self, error: DermlockError) -> None:
        """Shows why the answer to the question in sight was not taken; keys answer it again."""
        if self.has_class(CARD):
            self.card.refuse(error)
        else:
            self.note.refuse(error)

    @abstractmethod
    def cover_up(self) -> None:
        """The pictures are gone: takes them off the screen."""

    def is_blind(self, question: Question) -> bool:
        """Whether it is about pictures that cannot be seen now."""
        return any(self.asked.desk.picture(path) is None for path in question.pictures)

    def draft(self) -> Value | None:
        """What was drawn, typed or ticked and not submitted, None when nothing was."""
        return None

    def show_card(self, state: CardState) -> None:
        super().show_card(state)
        if not self._begun:
            return
        if self.walk is None:
            self.begin(backwards=self.asked.backwards)
        elif self.question is not None and self.is_blind(self.question):
            if not self.is_waiting:
                self.keep_draft()
            self.wait_for_card()
        elif self.is_waiting:
            self.go_on()

    def begin(self, *, backwards: bool) -> None:
        try:
            self.walk = InterviewWalk(self.asked.interview(), self.asked.kept)
        except CardError:
            self.wait_for_card()
            return
        if backwards:
            self.walk.go_over_kept()
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
            self.finish(answer, self._refuse)

    def show_question(self, question: Question) -> None:
        self.question = question
        if self.is_blind(question):
            self.wait_for_card()
            return
        self.note.clear()
        self.ask(question, self.asked.kept.earlier(question))
        self.show_keys()

    def _refuse(self, error: DermlockError) -> None:
        """The last answer is taken back, and its question stays on the screen."""
        question = self.walk.back() if self.walk else None
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
        """Not what a key said that came when the picture was out of sight already."""
        if self.walk is not None and question == self.question and not self.is_waiting:
            self.note.clear()
            self.walk.take(question, value)
            self.go_on()

    def keep_draft(self) -> None:
        draft = self.draft()
        if self.question is not None and draft is not None and not self.is_waiting:
            self.asked.kept.keep(self.question, draft)

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        self.take(event.question, event.value)

    def on_question_card_keys_changed(self) -> None:
        self.show_keys()

    def on_resize(self) -> None:
        """The keys go by what the new size leaves in sight."""
        self.call_after_refresh(self.show_keys)

    def on_key(self, event: events.Key) -> None:
        """What a fast hand types before the field has the focus is not lost."""
        if self.has_class(CARD) and is_typing(event):
            self.card.type_in([event])

    def action_back(self) -> None:
        self.keep_draft()
        before = self.walk.back() if self.walk else None
        if before is None:
            super().action_back()
        else:
            self.show_question(before)
