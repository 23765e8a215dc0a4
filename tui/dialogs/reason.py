"""Refer without photography: the one thing that is asked is why."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from core.model.question import Option, Question, QuestionKind

from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import KeyBar
from ..work_screen import WorkDialog
from .frame import DialogFrame

OTHER = "other"

WHY = Question(
    "why",
    "Why without pictures?",
    QuestionKind.CHOICE,
    (
        Option("The patient declines", "The patient declines"),
        Option("The pictures cannot be de-identified", "The pictures cannot be de-identified"),
        Option("Safeguarding stop", "Safeguarding stop"),
        Option("The camera or the card does not work", "The camera or the card does not work"),
        Option(OTHER, "Another reason…"),
    ),
    help="The referral goes on without delay. The reason is recorded, nothing is taken off the card.",
)

WHY_IN_WORDS = Question("why_in_words", "Why without pictures, in a few words?", QuestionKind.TEXT)


class ReasonDialog(WorkDialog[str | None]):
    """The reason, or None when one thinks better of it."""

    CSS_PATH = "frame.tcss"
    DEFAULT_CSS = """
    ReasonDialog DialogFrame > Vertical { height: 18; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    def __init__(self) -> None:
        super().__init__(classes="dialog")

    def compose(self) -> ComposeResult:
        with DialogFrame(), Vertical():
            yield Static("Refer without photography", classes="dialog-title")
            yield QuestionCard()
            yield KeyBar()

    def on_mount(self) -> None:
        self._card.ask(WHY)

    @property
    def _card(self) -> QuestionCard:
        return self.query_one(QuestionCard)

    def on_question_card_keys_changed(self) -> None:
        self.query_one(KeyBar).show((*self._card.keys, ("Esc", "back")))

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        if event.value == OTHER:
            self._card.ask(WHY_IN_WORDS)
        else:
            self.dismiss(str(event.value))

    def action_back(self) -> None:
        if self._card.question is WHY_IN_WORDS:
            self._card.ask(WHY)
        else:
            self.dismiss(None)
