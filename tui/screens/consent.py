"""Consent: the wording to read out, large and quiet, and below it what the patient says."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from core.consent.interview import ConsentInterview
from core.model.question import Question, Value

from ..intake.question_card_screen import QuestionCardScreen
from ..intake.step_screen import Asked
from ..widgets.asking.answer_keys import READ_ON
from ..widgets.bars import Keys

LEAST_WIDTH, LEAST_HEIGHT = 64, 18
"""Of a screen on which what is read out stands by itself."""


class ConsentScreen(QuestionCardScreen):
    """What is read out stands by itself. One key records that it was agreed to as read; nothing is preselected."""

    CSS_PATH = "consent.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "read(-1)", show=False, priority=True),
        Binding("pagedown", "read(1)", show=False, priority=True),
    ]

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._was_small = False

    def compose_step(self) -> ComposeResult:
        with VerticalScroll(id="read-out", can_focus=False):
            yield Static("Read out to the patient", id="read-out-title")
            yield Static(id="read-out-words")
            yield Static(id="read-out-records")
        yield from super().compose_step()

    @property
    def keys(self) -> Keys:
        keys = tuple(key for key in super().keys if key != READ_ON)
        of_card = self.question is not None and self.shows_help(self.question) and READ_ON in super().keys
        return (*keys, READ_ON) if (self._read_out.display and self._read_out.max_scroll_y) or of_card else keys

    @property
    def _read_out(self) -> VerticalScroll:
        return self.query_one("#read-out", VerticalScroll)

    def _words(self, question: Question) -> tuple[str, str]:
        """What is to be read out for this question, and what agreeing to it as read records; "" for nothing."""
        interview = self.walk.interview if self.walk else None
        if not isinstance(interview, ConsentInterview):
            return "", ""
        as_read = any(option.id == "as-read" for option in question.options)
        return interview.read_out_for(question), interview.wording.as_read if as_read else ""

    def shows_help(self, question: Question) -> bool:
        return super().shows_help(question) and (self._is_small or not self._words(question)[0])

    @property
    def _is_small(self) -> bool:
        """Whether there is no room for two parts that scroll, so that the wording stands in the question's own."""
        return self.size.height < LEAST_HEIGHT or self.size.width < LEAST_WIDTH

    def on_resize(self) -> None:
        if self.question is not None and self._is_small != self._was_small:
            self.note_draft()
            self.show_question(self.question)

    def on_question_card_keys_changed(self) -> None:
        """What a note says takes its room from what is read out, never from the answers: refusing stays in sight."""
        self.set_class(self.card.has_note, "-noted")

    def ask(self, question: Question, earlier: Value | None) -> None:
        words, records = self._words(question)
        self._was_small = self._is_small
        self._read_out.set_class(bool(words) and not self._is_small, "-shown")
        self.query_one("#read-out-words", Static).update(Content(words))
        self.query_one("#read-out-records", Static).update(
            Content(f"“Agrees as read” records: {records}" if records else "")
        )
        self._read_out.scroll_home(animate=False)
        super().ask(question, earlier)
        interview = self.walk.interview if self.walk else None
        warnings = interview.warnings if isinstance(interview, ConsentInterview) and question.id == "consent" else ()
        self.set_class(bool(warnings), "-warned")
        if warnings and not self._is_small:
            self.note.warn(" ".join(warnings), "")

    def action_read(self, pages: int) -> None:
        """On in what is read out; where that is in sight, on in the question."""
        what = self._read_out
        if what.display and what.max_scroll_y:
            (what.scroll_page_down if pages > 0 else what.scroll_page_up)(animate=False)
        else:
            self.card.action_scroll_help(pages)
