"""Where a lesion is and its history: two lines to type, for the usual case of one lesion.

What “Where” will be read as is shown while it is typed; what is not one place is
refused with the places it could be, which can be chosen from as a list.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from core.errors import DermlockError, RuleRefusedError
from core.model.history import HISTORY_ITEMS, mentioned_in
from core.model.question import Option, QuestionKind
from core.model.where import Where, places_for, read_where

from ..bars import Keys, Note
from .answer_field import AnswerField
from .option_rows import OptionRows

WHERE, HISTORY = "where", "history"
"""Ids of the two fields."""


class LesionForm(Widget):
    """Posts Placed when the place is said, and Told with the history. Where the screen refuses, it says so in place."""

    DEFAULT_CSS = """
    LesionForm {
        display: none;
        height: auto;
        layout: vertical;
        padding: 0 1;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & Horizontal { height: 1; }
        & Horizontal > Static { width: 9; text-style: bold; }
        & Horizontal > AnswerField { width: 1fr; }
        & > #lesion-title { height: auto; text-style: bold; }
        & > #lesion-reading { height: auto; min-height: 1; margin-left: 9; color: $muted; }
        & > #lesion-reading.-read { color: $accent; text-style: bold; }
        & > #lesion-reading.-unread { color: $error; text-style: bold; }
        & > OptionRows { height: 4; margin-left: 9; }
        & > #lesion-wanted { height: auto; margin-left: 9; color: $muted; }
        & > Note { margin: 0 0 0 9; }
    }
    """

    @dataclass
    class Placed(Message):
        """The place was said."""

        where: Where

    @dataclass
    class Told(Message):
        """The history was said; it may still be empty."""

        text: str

    class DraftChanged(Message):
        """Something else stands in one of the lines."""

    class KeysChanged(Message):
        """What the keys do has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._places: tuple[Where, ...] = ()
        self._moved = False
        self._placed_as = ""

    def compose(self) -> ComposeResult:
        yield Static(id="lesion-title")
        with Horizontal():
            yield Static("Where")
            yield AnswerField(placeholder="for example: left forearm, nose mid", id=WHERE)
        yield Static(id="lesion-reading")
        yield OptionRows()
        with Horizontal():
            yield Static("History")
            yield AnswerField(id=HISTORY)
        yield Static(id="lesion-wanted")
        yield Note()

    def on_mount(self) -> None:
        self._rows.can_focus = False
        self._read("")
        self._show_wanted("")

    def on_resize(self) -> None:
        if self.at_history:
            self._bring_into_sight(self._history, self.query_one("#lesion-wanted"))
        else:
            self._bring_into_sight(self._where, self.query_one("#lesion-reading"))

    def begin(self, title: str, where: str, history: str) -> None:
        """Shows both lines with what was said before, "" for nothing. The place is asked for first."""
        self.query_one("#lesion-title", Static).update(Content(title))
        self._history.ask(QuestionKind.TEXT, history)
        self.ask_where(where)

    def ask_where(self, text: str) -> None:
        self._note.clear()
        self._history.can_focus = False
        self._where.can_focus = True
        self._where.ask(QuestionKind.TEXT, text, placeholder="for example: left forearm, nose mid")
        self._read(text)
        self._where.focus(scroll_visible=False)
        self.call_after_refresh(self._bring_into_sight, self._where, self.query_one("#lesion-reading"))
        self.post_message(self.KeysChanged())

    def ask_history(self, where: Where) -> None:
        """The place is taken, and stands there as it is kept."""
        self._note.clear()
        self._history.can_focus = True
        self._placed_as = str(where)
        self._where.value = self._placed_as
        self._read(self._placed_as)
        self._where.hand_on(self._history)
        self._history.type_in(self._history.release())
        self.call_after_refresh(self._bring_into_sight, self._history, self.query_one("#lesion-wanted"))
        self._where.can_focus = False
        self.post_message(self.KeysChanged())

    def _bring_into_sight(self, line: Widget, below: Widget) -> None:
        """The line that is typed into, and as much as there is room for of what stands below it."""
        below.scroll_visible(animate=False, immediate=True)
        line.scroll_visible(animate=False, immediate=True)

    def refuse(self, error: DermlockError) -> None:
        """Shows why what was said is not taken; it stays, and what was typed after it is dropped."""
        self._where.release()
        self._history.release()
        self._note.refuse(error)
        self._note.scroll_visible(animate=False)

    def type_in(self, keys: Iterable[events.Key]) -> None:
        """As if they were typed into the line that is asked for."""
        (self._history if self.at_history else self._where).type_in(keys)

    @property
    def at_history(self) -> bool:
        """Whether the place is said already, and the history is asked for."""
        return self._history.can_focus

    @property
    def where(self) -> str:
        return self._where.value

    @property
    def history(self) -> str:
        return self._history.value

    @property
    def keys(self) -> Keys:
        return (
            (("Enter", "go on"),) if self.at_history else (("Enter", "to the history"), ("↑↓", "choose from the list"))
        )

    @property
    def _where(self) -> AnswerField:
        return self.query_one(f"#{WHERE}", AnswerField)

    @property
    def _history(self) -> AnswerField:
        return self.query_one(f"#{HISTORY}", AnswerField)

    @property
    def _rows(self) -> OptionRows:
        return self.query_one(OptionRows)

    @property
    def _note(self) -> Note:
        return self.query_one(Note)

    def on_key(self, event: events.Key) -> None:
        """While the place is typed, the arrows choose from what it could be."""
        if not self.at_history and event.key in ("up", "down"):
            event.stop()
            self._moved = True
            self._rows.move(1 if event.key == "down" else -1)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._note.clear()
        if event.input.id == HISTORY:
            self._show_wanted(event.value)
        elif event.value != self._placed_as or not self.at_history:
            self._read(event.value)
        self.post_message(self.DraftChanged())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == HISTORY:
            self.post_message(self.Told(event.value))
            return
        here = self._rows.highlighted if self._moved else None
        try:
            where = next(place for place in self._places if _id(place) == here.id) if here else read_where(event.value)
        except RuleRefusedError as error:
            self.refuse(error)
        else:
            self.post_message(self.Placed(where))

    def on_option_rows_highlighted(self, event: OptionRows.Highlighted) -> None:
        event.stop()

    def on_option_rows_chosen(self, event: OptionRows.Chosen) -> None:
        """By the mouse: a key never gets there."""
        event.stop()
        self._rows.release()
        self.post_message(self.Placed(next(place for place in self._places if _id(place) == event.option_id)))

    def _read(self, text: str) -> None:
        """What the text is read as by now."""
        self._moved = False
        self._places = places = places_for(text)
        reading = self.query_one("#lesion-reading", Static)
        reading.set_class(len(places) == 1, "-read")
        reading.set_class(not places, "-unread")
        if len(places) == 1:
            words = f"✓ {places[0]}"
        elif not places:
            words = "! no place on the list"
        elif text.strip():
            words = f"{len(places)} places: type more, or choose with ↑↓"
        else:
            words = "site and side by their beginnings, in any order; or choose with ↑↓"
        reading.update(Content(words))
        choices = places if len(places) > 1 else ()
        self._rows.offer([Option(_id(place), str(place)) for place in choices], many=False)

    def _show_wanted(self, text: str) -> None:
        mentioned = mentioned_in(text)
        parts: list[Content | str | tuple[str, str]] = ["wanted:"]
        for name in HISTORY_ITEMS:
            mark, style = ("✓", "bold $success") if name in mentioned else ("·", "")
            parts += ["  ", (f"{mark} {name}", style)]
        self.query_one("#lesion-wanted", Static).update(Content.assemble(*parts))


def _id(place: Where) -> str:
    return f"{place.site} {place.laterality.value}"
