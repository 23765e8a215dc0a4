"""How a step's questions are asked one after the other, with the pictures they are about beside them.

The screens of the steps are made of this: each adds what serves its own step.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from core.card.card import Inventory
from core.errors import CardError, DermlockError
from core.intake.steps import Answer, Step
from core.model.question import Interview, Question, QuestionKind, Value

from ..bridge import CardState
from ..dialogs.picture import PictureDialog
from ..widgets.asking.answer_field import is_typing
from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import Keys, Note
from ..widgets.picture_pane import PicturePane
from ..widgets.picture_view import ShownPicture
from .step_screen import Asked, StepScreen


class AskingScreen(StepScreen):
    """One step of the intake. Escape goes one question back; the answer given there is shown and can be kept."""

    DEFAULT_CSS = """
    AskingScreen {
        & #asking { height: 1fr; }
        & #step-note { margin: 0 1 1 1; }
        &.-narrow PicturePane, &.-low PicturePane { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "look_closer", show=False),
        Binding("f3", "next_picture", show=False),
    ]

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._interview: Interview[Answer] | None = None
        self._given: dict[str, Value] = {}
        self._trail: list[Question] = []
        self._seen: Inventory | None = None
        self._begun = False
        self._typed_early: list[events.Key] = []

    def compose_step(self) -> ComposeResult:
        yield Note(id="step-note")
        with Horizontal(id="asking"):
            yield PicturePane()
            yield QuestionCard()

    def on_mount(self) -> None:
        super().on_mount()
        if self.asked.note:
            self._note.tell(self.asked.note)
        self._begin(backwards=self.asked.backwards)

    @property
    def keys(self) -> Keys:
        if not self._card.display:
            return ()
        pictures = self._pane.pictures
        look: Keys = (("F2", "full screen"),) if pictures else ()
        more: Keys = (("F3", "next picture"),) if len(pictures) > 1 and self._pane.display else ()
        return (*self._card.keys, *look, *more)

    @property
    def source(self) -> str:
        question = self._card.question
        return question.source if question else ""

    @property
    def _card(self) -> QuestionCard:
        return self.query_one(QuestionCard)

    @property
    def _pane(self) -> PicturePane:
        return self.query_one(PicturePane)

    @property
    def _note(self) -> Note:
        return self.query_one("#step-note", Note)

    @property
    def _looked_at(self) -> tuple[ShownPicture, ...]:
        """The pictures that can be seen closer, and go with what is asked."""
        return self._pane.pictures

    def on_key(self, event: events.Key) -> None:
        """What a fast hand types while the screen is coming up is not lost."""
        if self._begun and self.focused is None:
            self._type_in([event])
        elif not self._begun and is_typing(event):
            self._typed_early.append(event)

    def _type_in(self, keys: Sequence[events.Key]) -> None:
        """As if they were pressed in what asks."""
        self._card.type_in(keys)

    def show_card(self, state: CardState) -> None:
        """A step that waits for the card begins when it is read; a question about other files is put anew."""
        super().show_card(state)
        others = self.asked.step is Step.PICTURES and state.inventory not in (None, self._seen)
        question = self._card.question
        if self._begun and (self._interview is None or others):
            self._begin(backwards=False)
        elif self._begun and question is not None:
            if self._is_blind(question):
                self._wait_for_card()
            elif not self._card.display:
                self._note.clear()
                self._show(question, self._card.draft or self.asked.kept.earlier(question))

    def _begin(self, *, backwards: bool) -> None:
        self._begun = True
        self._given, self._trail = {}, []
        self._seen = self.asked.desk.state.inventory
        try:
            self._interview = self.asked.interview()
        except CardError:
            self._wait_for_card()
            return
        if not self._card.display:
            self._note.clear()
        if backwards:
            self._go_over_kept()
        self._go_on()
        question = self._card.question
        if self.asked.number and question is not None and question.kind is QuestionKind.NHS_NUMBER:
            self._card.ask(question, self.asked.number)  # where it is refused, it stands there to be mended
            self._take(question, self.asked.number)
            if self._card.question != question:
                self._card.type_in((*self.asked.typed_ahead, *self._typed_early))

    def _shows_help(self, question: Question) -> bool:
        """False where the screen itself shows what the question's help says."""
        return bool(question.help)

    def _is_blind(self, question: Question) -> bool:
        """Whether it is about pictures that cannot be seen now: nobody is to answer it like that."""
        no_card = self.asked.step is Step.PICTURES and self.asked.desk.state.inventory is None
        return no_card or any(self._picture(path) is None for path in question.pictures)

    def _wait_for_card(self) -> None:
        self._card.display = False
        self._pane.show(())
        self.tell_card_wanted(self._note)
        self.show_keys()

    def _go_over_kept(self) -> None:
        """Answers as before, up to the step's last question, which is then shown."""
        interview = self._interview
        if interview is None:
            return
        try:
            while (question := interview.next(self._given)) is not None:
                earlier = self.asked.kept.earlier(question)
                if earlier is None:
                    return
                self._trail.append(question)
                self._given[question.id] = earlier
        except DermlockError:
            pass  # the last of them runs against a rule now: it is asked again, and says so
        if self._trail:
            del self._given[self._trail.pop().id]

    def _go_on(self) -> None:
        """Shows the next question, or ends the step; an answer against a rule is refused where it was given."""
        interview = self._interview
        if interview is None:
            return
        try:
            question = interview.next(self._given)
            answer = interview.answer(self._given) if question is None else None
        except DermlockError as error:
            self._refuse(error)
            return
        if question is not None:
            self._show(question, self.asked.kept.earlier(question))
        elif answer is not None:
            self.finish(answer, self._refuse)

    def _show(self, question: Question, earlier: Value | None) -> None:
        blind = self._is_blind(question)
        self._card.display = not blind
        self._card.ask(question, earlier, show_help=self._shows_help(question))
        self._pane.show([shown for path in question.pictures if (shown := self._picture(path))])
        if blind:
            self._wait_for_card()

    def _picture(self, path: str) -> ShownPicture | None:
        return self.asked.desk.picture(path)

    def _take(self, question: Question, value: Value) -> None:
        self._note.clear()
        self.asked.kept.keep(question, value)
        self._trail.append(question)
        self._given[question.id] = value
        self._go_on()

    def _refuse(self, error: DermlockError) -> None:
        """The last answer is taken back, and its question stays on the screen."""
        if self._trail:
            question = self._trail.pop()
            del self._given[question.id]
            if self._card.question != question:
                self._show(question, self.asked.kept.earlier(question))
        self._card.refuse(error)

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        """Not what a key said that came too late: the pictures out of sight, or the question answered already."""
        if event.question.id not in self._given and not self._is_blind(event.question):
            self._take(event.question, event.value)

    def on_question_card_keys_changed(self) -> None:
        self.show_keys()

    def on_question_card_looked_at(self, event: QuestionCard.LookedAt) -> None:
        """An answer that is about a picture shows it."""
        shown = self._picture(event.option.picture) if event.option.picture else None
        if shown:
            self._pane.show([shown])

    def action_back(self) -> None:
        question = self._card.question
        draft = self._card.draft
        if question is not None and draft is not None:
            self.asked.kept.keep(question, draft)
        if not self._trail:
            super().action_back()
            return
        before = self._trail.pop()
        del self._given[before.id]
        self._note.clear()
        self._show(before, self.asked.kept.earlier(before))

    def action_next_picture(self) -> None:
        self._pane.look_at(self._pane.at + 1)

    def action_look_closer(self) -> None:
        def looked(at: int | None) -> None:
            if at is not None and self._pane.pictures:
                self._pane.look_at(at)

        if self._looked_at:
            self.app.push_screen(PictureDialog(self._looked_at, self._pane.at), looked)
