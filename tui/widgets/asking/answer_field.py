"""One line to type an answer into: text, a date, an NHS number, or a secret that is not shown."""

import re
from collections.abc import Callable, Iterable, Sequence

from textual import events
from textual.widgets import Input

from core.model.question import QuestionKind

NHS_DIGITS = 10
ENTER = ("enter", "ctrl+j")
"""ctrl+j is Enter from a terminal that sends a line feed, and Enter pressed while the app was still starting."""

EDITS: dict[str, Callable[[Input], None]] = {
    "backspace": Input.action_delete_left,
    "delete": Input.action_delete_right,
    "ctrl+u": Input.action_delete_left_all,
    "ctrl+w": Input.action_delete_left_word,
    "left": Input.action_cursor_left,
    "right": Input.action_cursor_right,
    "home": Input.action_home,
    "end": Input.action_end,
}
"""Done here and at once: as bindings they would come after letters that were typed behind them."""


class AnswerField(Input):
    """An Input in dermlock's look. An NHS number groups itself 3-3-4 and submits with its tenth digit.

    What is typed after the submitting key is held until the next question is there
    (ask), is handed on to another field, or is dropped, so that a fast hand or a
    scanner never types into an answer that is already given, nor a passphrase into
    a field that shows it.
    """

    DEFAULT_CSS = """
    AnswerField {
        height: 1;
        padding: 0 1;
        border: none;
        border-left: outer $rule;
        background: $surface;
        color: $foreground;
        &:focus {
            border: none;
            border-left: outer $accent;
            background: $surface;
            background-tint: $surface 0%;
            text-style: bold;
        }
        & > .input--placeholder { color: $muted; }
    }
    """

    def __init__(self, *, placeholder: str = "", password: bool = False, id: str | None = None) -> None:
        super().__init__(placeholder=placeholder, password=password, id=id, select_on_focus=False)
        self._groups = False
        self._submitted = ""
        self._held: list[events.Key] | None = None
        self._heir: AnswerField | None = None

    def ask(self, kind: QuestionKind, value: str, *, placeholder: str = "", password: bool = False) -> None:
        """Makes ready for a new answer; `value` stands in it to be kept or changed."""
        self._groups = kind is QuestionKind.NHS_NUMBER
        self.password = password
        self.placeholder = placeholder or {
            QuestionKind.NHS_NUMBER: "ten digits",
            QuestionKind.DATE: "day first: 2/4/1961 or 02041961",
            QuestionKind.COVER: "left,top,right,bottom",
        }.get(kind, "")
        self._submitted = _digits(value)
        self.value = grouped(value) if self._groups else value
        self.cursor_position = len(self.value)
        self.type_in(self.release())

    def release(self) -> tuple[events.Key, ...]:
        """Takes keys again; returns what was typed meanwhile, for whoever wants it."""
        held, self._held = self._held or [], None
        return tuple(held)

    @property
    def held(self) -> Sequence[events.Key]:
        """What was typed after the submitting key, and what still will be: it grows until it is released."""
        return self._held if self._held is not None else ()

    def hand_on(self, heir: "AnswerField") -> None:
        """The other field is typed into now: it gets the focus, what is held here, and what still arrives here."""
        heir.focus()
        heir.type_in(self.release())
        self._heir = heir

    def on_focus(self) -> None:
        self._heir = None

    def type_in(self, keys: Iterable[events.Key]) -> None:
        """As if they were pressed here and now."""
        for key in keys:
            self.post_message(events.Key(key.key, key.character))

    def on_key(self, event: events.Key) -> None:
        """Enter submits. An NHS number takes digits alone and stops at ten."""
        if (self._held is not None or self._heir is not None) and is_typing(event):
            event.stop()
            event.prevent_default()
            if self._held is not None:
                self._held.append(event)
            elif self._heir is not None:
                self._heir.type_in([event])
        elif event.key in ENTER:
            event.stop()
            event.prevent_default()
            self._submit(self.value)
        elif event.key in EDITS:
            event.stop()
            event.prevent_default()
            EDITS[event.key](self)
        elif self._groups and event.is_printable:
            event.prevent_default()
            if event.character and event.character in "0123456789 -":
                event.stop()
                self._type_digit(event.character)
            # a letter may be the key of an answer: it goes on up

    def _type_digit(self, character: str) -> None:
        """Puts the digit where the cursor is and keeps the cursor behind it, whatever the grouping does."""
        start, end = sorted(self.selection)
        before, after = _digits(self.value[:start] + character), _digits(self.value[end:])
        if len(before) + len(after) <= NHS_DIGITS:
            self.value = grouped(before + after)
            self.cursor_position = len(grouped(before))

    def watch_value(self, value: str) -> None:
        """Groups the digits, and submits as soon as there are ten new ones."""
        if not self._groups:
            return
        digits = _digits(value)[:NHS_DIGITS]
        shown = grouped(digits)
        if shown != value:
            self.value = shown
        if len(digits) == NHS_DIGITS and digits != self._submitted:
            self._submitted = digits
            self._submit(digits)
        elif len(digits) < NHS_DIGITS:
            self._submitted = ""

    def _submit(self, value: str) -> None:
        self._held = []
        self.post_message(self.Submitted(self, value))


def is_typing(key: events.Key) -> bool:
    """Whether the key belongs to an answer that is being typed."""
    return key.is_printable or key.key in (*ENTER, "backspace")


def grouped(text: str) -> str:
    """The digits as they are written, 3-3-4, as far as they go."""
    digits = _digits(text)
    return " ".join(part for part in (digits[:3], digits[3:6], digits[6:NHS_DIGITS]) if part)


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)
