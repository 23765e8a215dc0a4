"""A few answers in as few lines as they fit in: below a picture that needs the height."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from core.model.question import Question, Value

from ..wrapping import wrapped
from .answer_field import ENTER
from .option_rows import CHOICE_KEYS

GAP = 3
"""Cells between two answers on a line."""


@dataclass(frozen=True)
class _Line:
    """What is shown on one line. spans: first cell, cell behind the last, number of the answer."""

    content: Content
    spans: tuple[tuple[int, int, int], ...]


class AnswerRow(Widget, can_focus=True):
    """Numbered answers side by side. Nothing is chosen until a person does it.

    roomy: one below the other, each with what it means.
    """

    DEFAULT_CSS = """
    AnswerRow {
        height: auto;
        padding: 0 1;
        background: $background;
        color: $foreground;
    }
    """

    class Chosen(Message):
        """This answer is meant."""

        def __init__(self, question: Question, option_id: str) -> None:
            super().__init__()
            self.question = question
            self.option_id = option_id

    class NothingChosen(Message):
        """Enter was pressed, and nothing had been chosen before."""

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None
        self._earlier = ""
        self._roomy = False
        self._answered = False

    @property
    def key_range(self) -> str:
        """The keys of the answers, such as 1-4."""
        return f"1-{len(self._question.options)}" if self._question else ""

    @property
    def has_earlier(self) -> bool:
        """Whether Enter keeps an answer that was given before."""
        return bool(self._earlier)

    def offer(self, question: Question, earlier: Value | None) -> None:
        """A question with no more answers than there are digits. earlier: its answer when it was asked before."""
        self._question = question
        self._earlier = earlier if isinstance(earlier, str) else ""
        self._answered = False
        self.refresh(layout=True)

    def lay_out(self, *, roomy: bool) -> None:
        if roomy != self._roomy:
            self._roomy = roomy
            self.refresh(layout=True)

    def release(self) -> None:
        """The answer was not taken: keys choose again."""
        self._answered = False

    def on_key(self, event: events.Key) -> None:
        self.take_key(event)

    def take_key(self, event: events.Key) -> None:
        """None after an answer until the next is asked, so that a key held down answers once."""
        question = self._question
        if question is None or self._answered:
            return
        number = CHOICE_KEYS.find(event.key) if len(event.key) == 1 else -1
        if 0 <= number < len(question.options):
            self._choose(question.options[number].id)
        elif event.key in ENTER and self._earlier:
            self._choose(self._earlier)
        elif event.key in ENTER:
            self.post_message(self.NothingChosen())
        else:
            return
        event.stop()

    def on_click(self, event: events.Click) -> None:
        lines = self._lines(self.content_size.width)
        y, x = event.y, event.x - 1
        if self._question is not None and not self._answered and y < len(lines):
            for start, end, number in lines[y].spans:
                if start <= x < end:
                    self._choose(self._question.options[number].id)

    def _choose(self, option_id: str) -> None:
        if self._question is not None:
            self._answered = True
            self.post_message(self.Chosen(self._question, option_id))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        return self.lines_needed(width, roomy=self._roomy)

    def lines_needed(self, width: int, *, roomy: bool) -> int:
        return max(1, len(self._roomy_lines(width) if roomy else self._flowing(width)))

    def render(self) -> RenderResult:
        return Content("\n").join([line.content for line in self._lines(self.size.width)])

    def _lines(self, width: int) -> list[_Line]:
        return self._roomy_lines(width) if self._roomy else self._flowing(width)

    def _flowing(self, width: int) -> list[_Line]:
        lines: list[_Line] = []
        for number in range(len(self._question.options) if self._question else 0):
            label = self._label(number)
            start = lines[-1].content.cell_length + GAP if lines else 0
            if lines and start + label.cell_length <= width:
                before = lines.pop()
                content = Content.assemble(before.content, " " * GAP, label)
                lines.append(_Line(content, (*before.spans, (start, start + label.cell_length, number))))
            else:
                lines += [
                    _Line(part, ((0, part.cell_length, number),)) for part in label.wrap(max(10, width)) or [label]
                ]
        return lines

    def _roomy_lines(self, width: int) -> list[_Line]:
        lines: list[_Line] = []
        for number, option in enumerate(self._question.options if self._question else ()):
            label = self._label(number)
            lead = label.cell_length + GAP
            if option.help and lead + cell_len(option.help) <= width:
                label = Content.assemble(label, " " * GAP, (option.help, "$muted"))
                lines.append(_Line(label, ((0, width, number),)))
                continue
            helps = wrapped(option.help, width - 5) if option.help else []
            lines += [_Line(part, ((0, width, number),)) for part in label.wrap(max(10, width)) or [label]]
            lines += [_Line(Content.assemble("     ", (text, "$muted")), ((0, width, number),)) for text in helps]
        return lines

    def _label(self, number: int) -> Content:
        if self._question is None:
            return Content("")
        option = self._question.options[number]
        before = option.id == self._earlier
        return Content.assemble(
            ("▸ " if before else "  " if self._roomy else "", "bold $accent"),
            (CHOICE_KEYS[number], "bold $accent"),
            f"  {option.label}",
            "  (answered before)" if before else "",
        )
