"""A question below the picture it is about: it keeps to the lines that the picture can spare."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from core.card.card import CardFile
from core.identifiability.findings import findings
from core.model.question import Question, Value

from ..bars import Keys
from .answer_keys import READ_ON
from .answer_row import AnswerRow

FOR_THE_PICTURE = 14
"""Lines that the picture and its caption get before the guidance gets a second one."""

ROOMY = 22
"""Lines of both, beside which the answers may take a line each, with what they mean."""


class BelowPicture(Widget):
    """Question, findings, what to look for, answers. The guidance scrolls where it has no room."""

    DEFAULT_CSS = """
    BelowPicture {
        height: auto;
        layout: vertical;
        & > #ask-text { height: auto; padding: 0 1; text-style: bold; }
        & > #ask-help { height: auto; padding: 0 1; scrollbar-size-vertical: 1; }
        & > #ask-help > Static { height: auto; }
    }
    """

    class KeysChanged(Message):
        """What the keys do has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="ask-text")
        with VerticalScroll(id="ask-help", can_focus=False):
            yield Static(id="ask-words")
        yield AnswerRow()

    @property
    def key_range(self) -> str:
        return self._answers.key_range

    @property
    def keys(self) -> Keys:
        as_before: Keys = (("Enter", "as before"),) if self._answers.has_earlier else ()
        read_on: Keys = (READ_ON,) if self._help.max_scroll_y or self.max_scroll_y else ()
        return ((self.key_range, "answer"), *as_before, *read_on)

    @property
    def _answers(self) -> AnswerRow:
        return self.query_one(AnswerRow)

    @property
    def _help(self) -> VerticalScroll:
        return self.query_one("#ask-help", VerticalScroll)

    def ask(self, question: Question, file: CardFile | None, earlier: Value | None) -> None:
        self._question = question
        self.query_one("#ask-text", Static).update(Content(question.text))
        self.query_one("#ask-words", Static).update(_guidance(question, file))
        self._help.scroll_home(animate=False)
        self.scroll_home(animate=False)
        self._answers.offer(question, earlier)
        self._answers.focus(scroll_visible=False)
        self._fit()

    def release(self) -> None:
        self._answers.release()

    def read(self, pages: int) -> None:
        what: Widget = self._help if self._help.max_scroll_y else self
        (what.scroll_page_down if pages > 0 else what.scroll_page_up)(animate=False)

    def fit(self) -> None:
        """To be called when the height around it changed."""
        self._fit()

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        around = self.parent
        if not isinstance(around, Widget) or not around.size.height or self._question is None:
            return
        width, height = around.size.width - 2, around.size.height
        text, words = self.query_one("#ask-text", Static), self.query_one("#ask-words", Static)
        self._help.display = bool(str(words.render()))
        needs = _lines(words, width - 1) if self._help.display else 0
        taken = _lines(text, width)
        roomy_lines = self._answers.lines_needed(width, roomy=True)
        roomy = height >= ROOMY + taken + needs + roomy_lines
        self._answers.lay_out(roomy=roomy)
        taken += roomy_lines if roomy else self._answers.lines_needed(width, roomy=False)
        self._help.styles.height = max(1, min(needs, height - FOR_THE_PICTURE - taken))
        self.post_message(self.KeysChanged())


def _guidance(question: Question, file: CardFile | None) -> Content:
    """What the software found first, each with its mark; the file's name stands in the picture's caption."""
    found = findings(file) if file else ()
    lines = [line for line in question.help.splitlines() if file is None or line != file.shown]
    warnings = [Content.assemble(("! ", "bold $warning"), (line, "bold")) for line in lines if line in found]
    rest = " ".join(line for line in lines if line not in found)
    return Content("  ").join([*warnings, Content(rest)] if rest else warnings)


def _lines(static: Static, width: int) -> int:
    return static.get_content_height(static.app.size, static.app.size, max(1, width)) if width > 0 else 1
