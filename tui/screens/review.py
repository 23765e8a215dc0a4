"""Everything on one screen before the move: what was said, what is missing, what happens to each file."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from core.errors import DermlockError
from core.intake.interviews.review import Section, review_sections
from core.intake.steps import Step
from core.model.question import Value

from ..bridge import CardState
from ..intake.step_screen import Asked, StepScreen, WentTo
from ..widgets.asking.answer_keys import READ_ON
from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import Keys, Note
from ..widgets.image_table import ImageTable, Row

LETTERS = "abcdefghijklmnopqrstuvwxyz"
"""One for each line that can be said anew; the digits are the answers'."""


class ReviewScreen(StepScreen):
    """The last look. One key moves; a letter goes to what is to be said anew; Escape goes back to the last question."""

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "read(-1)", show=False, priority=True),
        Binding("pagedown", "read(1)", show=False, priority=True),
    ]

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._interview = asked.interview()
        self._given: dict[str, Value] = {}
        self._ways: dict[str, Step] = {}

    def compose_step(self) -> ComposeResult:
        table = ImageTable()
        table.can_focus = False
        yield table
        yield Note()
        yield QuestionCard()

    def show_card(self, state: CardState) -> None:
        """What happens to each file goes by the card that is in: nothing is confirmed while it is out."""
        super().show_card(state)
        intake, inventory = self.asked.intake, state.inventory
        there = {file.sha256 for file in inventory.files} if inventory else set()
        wanted = {decision.sha256 for decision in intake.kept} | {decision.sha256 for decision in intake.discarded}
        note = self.query_one("ReviewScreen > Note", Note)
        card = self.query_one(QuestionCard)
        card.display = wanted <= there
        if wanted <= there:
            note.clear()
            sections = review_sections(intake, inventory)
            self._ways = dict(zip(LETTERS, _steps(sections), strict=False))
            self.query_one(ImageTable).show((), _rows(sections))
            self._interview, self._given = self.asked.interview(), {}
            self._go_on()
        else:
            self.tell_card_wanted(note)
            self.show_keys()

    @property
    def keys(self) -> Keys:
        """PgUp and PgDn are the table's here, whatever else could scroll."""
        card = self.query_one(QuestionCard)
        answer = tuple(key for key in card.keys if key != READ_ON) if card.display else ()
        letters = tuple(self._ways)
        mend: Keys = ((f"{letters[0]}-{letters[-1]}", "say it anew"),) if card.display and len(letters) > 1 else ()
        return (*answer, *mend, READ_ON) if self.query_one(ImageTable).max_scroll_y else (*answer, *mend)

    def _go_on(self) -> None:
        card = self.query_one(QuestionCard)
        try:
            question = self._interview.next(self._given)
            if question is None:
                self.finish(self._interview.answer(self._given), card.refuse)
            else:
                card.ask(question, show_help=False)
        except DermlockError as error:
            card.refuse(error)

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        """Not what a key said that came when the card was out already."""
        if self.query_one(QuestionCard).display:
            self._given[event.question.id] = event.value
            self._go_on()

    def on_question_card_keys_changed(self) -> None:
        self.show_keys()

    def on_key(self, event: events.Key) -> None:
        """A letter beside a line goes to the step where that was said."""
        step = self._ways.get(event.key)
        if step is not None and self.query_one(QuestionCard).display:
            event.stop()
            self.dismiss(WentTo(step))

    def action_read(self, pages: int) -> None:
        table = self.query_one(ImageTable)
        (table.scroll_page_down if pages > 0 else table.scroll_page_up)(animate=False)


def _steps(sections: Sequence[Section]) -> list[Step]:
    """Where the lines lead that can be said anew, in their order."""
    return [step for section in sections for step in section.steps if step is not None]


def _rows(sections: Sequence[Section]) -> list[Row]:
    """The heading stands beside its first line, the letter beside the line that it leads from."""
    letters = iter(LETTERS)
    return [
        (next(letters, "") if step is not None else "", section.heading if number == 0 else "", line)
        for section in sections
        for number, (line, step) in enumerate(zip(section.lines, section.steps, strict=True))
    ]
