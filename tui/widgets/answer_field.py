"""One line to type an answer into: text, a date, an NHS number, or a secret that is not shown."""

import re

from textual import events
from textual.widgets import Input

from core.model.question import QuestionKind

NHS_DIGITS = 10


class AnswerField(Input):
    """An Input in dermlock's look. An NHS number groups itself 3-3-4 and submits with its tenth digit."""

    DEFAULT_CSS = """
    AnswerField {
        height: 1;
        padding: 0 1;
        border: none;
        background: $surface;
        color: $foreground;
        &:focus {
            border: none;
            background: $surface;
            background-tint: $surface 0%;
            text-style: bold;
        }
        & > .input--placeholder { color: $muted; }
    }
    """

    def __init__(self, *, placeholder: str = "", password: bool = False, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, password=password, id=id, select_on_focus=False, compact=True)
        self._groups = False
        self._submitted = ""

    def ask(self, kind: QuestionKind, value: str, *, placeholder: str = "", password: bool = False) -> None:
        """Makes ready for a new answer; `value` stands in it to be kept or changed."""
        self._groups = kind is QuestionKind.NHS_NUMBER
        self.password = password
        self.placeholder = placeholder or {
            QuestionKind.NHS_NUMBER: "ten digits",
            QuestionKind.DATE: "day month year, such as 2/4/1961 or 02041961",
        }.get(kind, "")
        self._submitted = _digits(value)
        self.value = grouped(value) if self._groups else value
        self.cursor_position = len(self.value)

    def on_key(self, event: events.Key) -> None:
        """An NHS number takes digits alone and stops at ten."""
        if self._groups and event.is_printable and self.selection.is_empty:
            digit = event.character is not None and event.character.isascii() and event.character.isdigit()
            if not digit:
                event.prevent_default()  # a letter may be the key of an answer: it goes on up
            elif len(_digits(self.value)) >= NHS_DIGITS:
                event.stop()
                event.prevent_default()

    def watch_value(self, value: str) -> None:
        """Groups the digits, and submits as soon as there are ten new ones."""
        if not self._groups:
            return
        digits = _digits(value)[:NHS_DIGITS]
        shown = grouped(digits)
        if shown != value:
            at_end = self.cursor_position >= len(value)
            self.value = shown
            if at_end:
                self.cursor_position = len(shown)
        if len(digits) == NHS_DIGITS and digits != self._submitted:
            self._submitted = digits
            self.post_message(self.Submitted(self, digits))
        elif len(digits) < NHS_DIGITS:
            self._submitted = ""


def grouped(text: str) -> str:
    """The digits as they are written, 3-3-4, as far as they go."""
    digits = _digits(text)
    return " ".join(part for part in (digits[:3], digits[3:6], digits[6:NHS_DIGITS]) if part)


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)
