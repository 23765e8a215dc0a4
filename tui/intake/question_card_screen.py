"""A step that is asked with the question card, the pictures it is about beside it."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from core.model.question import Question, QuestionKind, Value

from ..dialogs.picture import PictureDialog
from ..widgets.asking.answer_field import is_typing
from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import Keys, Note
from ..widgets.picture_pane import PicturePane
from ..widgets.picture_view import ShownPicture
from .asking_screen import CARD, AskingScreen
from .step_screen import Asked


class QuestionCardScreen(AskingScreen):
    """The screens of such steps are made of this: each adds what serves its own step."""

    DEFAULT_CSS = """
    QuestionCardScreen {
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
        self._typed_early: list[events.Key] = []

    def compose_step(self) -> ComposeResult:
        yield Note(id="step-note")
        with Horizontal(id="asking"):
            yield PicturePane()
            yield QuestionCard()

    @property
    def keys(self) -> Keys:
        if not self.has_class(CARD):
            return ()
        pictures = self._pane.pictures
        look: Keys = (("F2", "full screen"),) if pictures else ()
        more: Keys = (("F3", "next picture"),) if len(pictures) > 1 and self._pane.display else ()
        return (*self.card.keys, *look, *more)

    @property
    def _pane(self) -> PicturePane:
        return self.query_one(PicturePane)

    @property
    def looked_at(self) -> tuple[ShownPicture, ...]:
        """The pictures that can be seen closer, and go with what is asked."""
        return self._pane.pictures

    def begin(self, *, was_here: bool) -> None:
        """A number that was typed before is the first answer."""
        super().begin(was_here=was_here)
        question, number = self.question, self.asked.number
        if number and question is not None and question.kind is QuestionKind.NHS_NUMBER:
            self.card.ask(question, number)  # where it is refused, it stands there to be mended
            self.take(question, number)
            if self.question != question:
                self.card.type_in((*self.asked.typed_ahead, *self._typed_early))

    def shows_help(self, question: Question) -> bool:
        """False where the screen itself shows what the question's help says."""
        return bool(question.help)

    def ask(self, question: Question, earlier: Value | None) -> None:
        """The focus goes from one question to the next without a gap, so that no key is lost between them."""
        if not self.has_class(CARD):
            self.become(CARD)
        self.card.ask(question, earlier, show_help=self.shows_help(question))
        self._pane.show([shown for path in question.pictures if (shown := self.asked.desk.picture(path))])

    def cover_up(self) -> None:
        self._pane.show(())

    def on_key(self, event: events.Key) -> None:
        """What a fast hand types while the screen is coming up is not lost."""
        if not self._begun and is_typing(event):
            self._typed_early.append(event)

    def on_question_card_looked_at(self, event: QuestionCard.LookedAt) -> None:
        """An answer that is about a picture shows it."""
        shown = self.asked.desk.picture(event.option.picture) if event.option.picture else None
        if shown:
            self._pane.show([shown])

    def action_next_picture(self) -> None:
        self._pane.look_at(self._pane.at + 1)

    def action_look_closer(self) -> None:
        def looked(at: int | None) -> None:
            if at is not None and self._pane.pictures:
                self._pane.look_at(at)

        if self.looked_at:
            self.app.push_screen(PictureDialog(self.looked_at, self._pane.at), looked)
