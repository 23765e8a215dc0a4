"""One question with its guidance and its answers: the part of a screen that asks."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from core.errors import DermlockError, RuleRefusedError
from core.model.question import Option, Question, QuestionKind, Value, check_value

from ..bars import Keys, Note
from .answer_field import AnswerField
from .answer_keys import READ_ON, answer_keys
from .option_rows import CHOICE_KEYS, LETTER_KEYS, TICK_KEYS, OptionRows
from .sharing import shared

_TYPED = (QuestionKind.TEXT, QuestionKind.DATE, QuestionKind.NHS_NUMBER, QuestionKind.COVER)


class QuestionCard(Widget):
    """Shows a question and posts Answered with a value that fits it; what does not fit is refused in place.

    Its parts stay mounted from one question to the next, so that no key is lost between them.
    Guidance and answers scroll, each by itself; on a tiny screen the whole card does.
    """

    DEFAULT_CSS = """
    QuestionCard {
        width: 1fr;
        height: 1fr;
        layout: vertical;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > #question-text { height: auto; text-style: bold; padding: 0 1; margin-bottom: 1; }
        &.-helped > #question-text { margin-bottom: 0; }
        & > #question-help {
            height: auto;
            margin: 0 0 1 0;
            padding: 0 1;
            color: $muted;
            scrollbar-size-vertical: 1;
        }
        & > #question-help > Static { height: auto; }
        & > AnswerField { display: none; margin: 0 1 1 1; }
        & > OptionRows { display: none; }
        & > Note { margin: 1 0 0 0; }
        &.-typed > AnswerField { display: block; }
        &.-rows > OptionRows { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "scroll_help(-1)", show=False),
        Binding("pagedown", "scroll_help(1)", show=False),
    ]

    class Answered(Message):
        """The question was answered with a value that fits its kind."""

        def __init__(self, question: Question, value: Value) -> None:
            super().__init__()
            self.question = question
            self.value = value

    class LookedAt(Message):
        """An answer is looked at, not chosen."""

        def __init__(self, option: Option) -> None:
            super().__init__()
            self.option = option

    class DraftChanged(Message):
        """Something else is typed or ticked, and not submitted."""

    class KeysChanged(Message):
        """What the keys do has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None
        self._searching = False
        self._has_help = False
        self._ticked: tuple[str, ...] = ()
        self._noted_at = ""
        self._secret = False

    def compose(self) -> ComposeResult:
        yield Static(id="question-text")
        with VerticalScroll(id="question-help", can_focus=False):
            yield Static(id="question-words")
        yield AnswerField()
        yield OptionRows()
        yield Note()

    @property
    def question(self) -> Question | None:
        return self._question

    @property
    def draft(self) -> Value | None:
        """What was typed or ticked without being submitted, None when nothing was."""
        if self._question is None or self._searching:
            return None
        if self._question.kind is QuestionKind.CHECKLIST:
            return self._ticked or None
        return self._field.value.strip() or None if self._question.kind in _TYPED else None

    @property
    def has_note(self) -> bool:
        """Whether something stands below the answers."""
        return self._note.is_shown

    @property
    def keys(self) -> Keys:
        """What the keys do for this question."""
        if self._question is None:
            return ()
        ticked = len(self._ticked)
        keys = answer_keys(self._question, self._rows.key_range, searching=self._searching, ticked=ticked)
        return (*keys, READ_ON) if self._help.max_scroll_y or self.max_scroll_y else keys

    def ask(
        self,
        question: Question,
        earlier: Value | None = None,
        *,
        secret: bool = False,
        suggestion: str = "",
        show_help: bool = True,
        keys: str = "",
    ) -> None:
        """Shows this question. earlier: the answer it had before, shown to be kept or changed.

        secret: what is typed is not shown. suggestion: stands in the field to be kept or changed.
        show_help: False where the screen shows what the question's help says.
        keys: of the answers to choose from, in place of digits.
        """
        self._question = question
        self._secret = secret
        self._ticked = earlier if isinstance(earlier, tuple) else ()
        many = question.kind is QuestionKind.CHECKLIST
        self._searching = question.kind is QuestionKind.CHOICE and len(question.options) > len(CHOICE_KEYS)
        self._has_help = show_help and bool(question.help)
        self.query_one("#question-text", Static).update(Content(question.text))
        self.query_one("#question-words", Static).update(Content(question.help if show_help else ""))
        self._help.scroll_home(animate=False)
        typed = question.kind in _TYPED
        self.set_class(self._has_help, "-helped")
        self.set_class(typed or self._searching, "-typed")
        self.set_class(not typed or bool(question.options), "-rows")
        is_option = earlier in [option.id for option in question.options]
        usual = "" if self._searching else TICK_KEYS if many else LETTER_KEYS if typed else CHOICE_KEYS
        shown = earlier if not typed or is_option else None
        self._rows.offer(question.options, many=many, earlier=shown, keys=keys or usual)
        if not typed and not self._searching:
            self._field.release()
        text = earlier if typed and isinstance(earlier, str) and not is_option else suggestion
        hint = "type a few letters" if self._searching else "" if question.required else "may be left empty"
        self._field.ask(question.kind, text, placeholder=hint, password=secret)
        self._note.clear()
        self._rows.can_focus = not (self._searching or typed)
        (self._field if typed or self._searching else self._rows).focus(scroll_visible=False)
        self._fit()
        self.scroll_home(animate=False)

    def type_in(self, keys: Iterable[events.Key]) -> None:
        """As if they were typed into the field; dropped where the question is not a typed one."""
        if self.has_class("-typed"):
            self._field.type_in(keys)

    def refuse(self, error: DermlockError) -> None:
        """Shows why the answer was not taken; the question stays, and what was typed after it is dropped."""
        self._hear_anew()
        self._note.refuse(error)
        self._fit()

    @property
    def _help(self) -> VerticalScroll:
        return self.query_one("#question-help", VerticalScroll)

    @property
    def _field(self) -> AnswerField:
        return self.query_one(AnswerField)

    @property
    def _rows(self) -> OptionRows:
        return self.query_one(OptionRows)

    @property
    def _note(self) -> Note:
        return self.query_one(Note)

    def _give(self, value: Value) -> None:
        question = self._question
        if question is None:
            return
        try:
            checked = check_value(question, value)
        except RuleRefusedError as error:
            self.refuse(error)
            return
        if self._secret and checked != value:  # what is kept must be what will be typed
            self.refuse(RuleRefusedError("It begins or ends with a space, or has two in a row.", "Take them away."))
            return
        self._note.clear()
        self.post_message(self.Answered(question, checked))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._searching or (self._rows.highlighted and not event.value):
            self._rows.enter()
        else:
            self._give(event.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._searching:
            self._rows.narrow(event.value)
        if event.value and event.value != self._noted_at:
            self._note.clear()
            if self._searching and self._rows.is_empty:
                self._note.warn("Nothing on the list fits.", "Fewer letters show more.")
            self._fit()
        self.post_message(self.DraftChanged())

    def on_option_rows_highlighted(self, event: OptionRows.Highlighted) -> None:
        event.stop()
        self.post_message(self.LookedAt(event.option))

    def on_option_rows_chosen(self, event: OptionRows.Chosen) -> None:
        event.stop()
        self._give(event.option_id)

    def on_option_rows_submitted(self, event: OptionRows.Submitted) -> None:
        event.stop()
        if event.option_ids or (self._question and self._question.takes_nothing):
            self._give(event.option_ids)
        else:
            self._warn_of_nothing()

    def on_option_rows_ticked(self, event: OptionRows.Ticked) -> None:
        event.stop()
        self._ticked = event.option_ids
        self._note.clear()
        self._fit()
        self.post_message(self.DraftChanged())

    def on_option_rows_contradicted(self, event: OptionRows.Contradicted) -> None:
        event.stop()
        self._hear_anew()
        self._note.warn("Other answers are ticked.", "Take their ticks away first, or go on with them by Enter.")
        self._fit()

    def on_option_rows_nothing_chosen(self, event: OptionRows.NothingChosen) -> None:
        event.stop()
        self._warn_of_nothing()

    def _hear_anew(self) -> None:
        """Keys are taken again; the note that is shown next stays until something else is typed."""
        self._field.release()
        self._rows.release()
        self._noted_at = self._field.value

    def _warn_of_nothing(self) -> None:
        self._hear_anew()
        keys = " or ".join(part for part in (self._rows.key_range, "↑ ↓") if part)
        if self._question and self._question.kind is QuestionKind.CHECKLIST:
            self._note.warn("Nothing is ticked yet.", f"Tick with {keys} and Space, then press Enter.")
        else:
            self._note.warn("Nothing is chosen yet.", f"Choose with {keys} and Enter.")
        self._fit()

    def on_key(self, event: events.Key) -> None:
        """While something is typed, the arrows still move among the answers, and letters beside digits choose."""
        if not self.has_class("-typed") or not self.has_class("-rows"):
            return
        if event.key in ("up", "down"):
            event.stop()
            self._rows.move(1 if event.key == "down" else -1)
        elif not self._searching and self._rows.take_key(event.key):
            event.stop()

    def action_scroll_help(self, pages: int) -> None:
        what: Widget = self._help if self._help.max_scroll_y else self
        (what.scroll_page_down if pages > 0 else what.scroll_page_up)(animate=False)

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """Shares the height: all of both where it fits; else the answers make themselves brief, then both scroll."""
        width, height = self.size
        if not height or self._question is None:
            return
        self._help.display = self._has_help
        taken = _lines(self.query_one("#question-text", Static), width - 2) + 1  # and the empty line below
        taken += 2 if self.has_class("-typed") else 0
        taken += _lines(self._note, width - 3) + 1 if self._note.is_shown else 0
        free = max(2, height - taken)
        help_needs = _lines(self.query_one("#question-words", Static), width - 3) if self._has_help else 0
        self._rows.lay_out_for(width, brief=False)
        rows_need = self._rows.lines_needed if self.has_class("-rows") else 0
        if help_needs + rows_need > free and rows_need:
            self._rows.lay_out_for(width, brief=True)
            rows_need = self._rows.lines_needed
        help_gets, rows_get = shared(free, help_needs, rows_need)
        self._help.styles.height = max(1, help_gets)
        self._rows.styles.height = max(1, rows_get)
        if self._note.is_shown:
            self._note.scroll_visible(animate=False)
        self.post_message(self.KeysChanged())


def _lines(static: Static, width: int) -> int:
    return static.get_content_height(static.app.size, static.app.size, max(1, width)) if width > 0 else 1
