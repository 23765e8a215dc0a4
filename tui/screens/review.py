"""Everything on one screen before the move: what was said, what is missing, what happens to each file."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from core.intake.interviews.review import Section, review_sections
from core.intake.walking.intake_walk import WentTo
from core.intake.walking.kept import KeptAnswers
from core.model.question import Question, Value

from ..bridge import CardState
from ..intake.asking_screen import CARD, AskingScreen
from ..intake.step_screen import Asked
from ..widgets.asking.answer_keys import READ_ON
from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import Keys, Note
from ..widgets.image_table import ImageTable, Row

MOVE_KEY = "M"
"""Used for nothing else in an intake, so that no key meant for a question before moves anything."""

LETTERS = "abcdefghijklnopqrstuvwxyz"
"""One for each line that can be said anew."""


class ReviewScreen(AskingScreen):
    """The last look. One key moves; a letter goes to what is to be said anew; Escape goes back to the last question."""

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "read(-1)", show=False, priority=True),
        Binding("pagedown", "read(1)", show=False, priority=True),
    ]

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._ways: dict[str, WentTo] = {}
        self._kept = KeptAnswers()

    @property
    def source(self) -> str:
        """None: what is asked here is nobody's but dermlock's."""
        return ""

    @property
    def kept(self) -> KeptAnswers:
        """Nobody says as before what was a review of something else."""
        return self._kept

    def compose_step(self) -> ComposeResult:
        table = ImageTable()
        table.can_focus = False
        yield table
        yield Note(id="step-note")
        yield QuestionCard()

    def show_card(self, state: CardState) -> None:
        """What happens to each file goes by the card that is in."""
        if self.walk is not None:
            self.walk.begin_again(self.asked.interview())
        super().show_card(state)
        if self.walk is not None and not self.is_waiting and self.walk.open() != self.question:
            self.go_on()

    def is_blind(self, question: Question) -> bool:  # noqa: ARG002 - the one question is about every file
        """Nothing is confirmed while the files are out."""
        intake, inventory = self.asked.intake, self.asked.desk.state.inventory
        there = {file.sha256 for file in inventory.files} if inventory else set()
        wanted = {decision.sha256 for decision in intake.kept} | {decision.sha256 for decision in intake.discarded}
        return not wanted <= there

    def ask(self, question: Question, earlier: Value | None) -> None:
        sections = review_sections(self.asked.intake, self.asked.desk.state.inventory)
        self._ways = dict(zip(LETTERS, _ways(sections), strict=False))
        self.query_one(ImageTable).show((), _rows(sections))
        self.become(CARD)
        self.card.ask(question, earlier, show_help=False, keys=MOVE_KEY)

    @property
    def keys(self) -> Keys:
        """PgUp and PgDn are the table's here, whatever else could scroll."""
        asks = self.has_class(CARD)
        answer = tuple(key for key in self.card.keys if key != READ_ON) if asks else ()
        letters = tuple(self._ways)
        mend: Keys = ((f"{letters[0]}-{letters[-1]}", "say it anew"),) if asks and len(letters) > 1 else ()
        return (*answer, *mend, READ_ON) if self.query_one(ImageTable).max_scroll_y else (*answer, *mend)

    def on_key(self, event: events.Key) -> None:
        """A letter beside a line goes to the step where that was said."""
        way = self._ways.get(event.key.lower())
        if way is not None and self.has_class(CARD):
            event.stop()
            self.dismiss(way)

    def action_read(self, pages: int) -> None:
        table = self.query_one(ImageTable)
        (table.scroll_page_down if pages > 0 else table.scroll_page_up)(animate=False)


def _ways(sections: Sequence[Section]) -> list[WentTo]:
    """Where the lines lead that can be said anew, in their order."""
    lines = (line for section in sections for line in zip(section.steps, section.questions, strict=True))
    return [WentTo(step, question=question) for step, question in lines if step is not None]


def _rows(sections: Sequence[Section]) -> list[Row]:
    """The heading stands beside its first line, the letter beside the line that it leads from."""
    letters = iter(LETTERS)
    return [
        (next(letters, "") if step is not None else "", section.heading if number == 0 else "", line)
        for section in sections
        for number, (line, step) in enumerate(zip(section.lines, section.steps, strict=True))
    ]
