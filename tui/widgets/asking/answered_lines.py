"""What was answered in this step so far, a line each, above the question that is open: as on a form."""

from collections.abc import Sequence
from datetime import date

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from core.model.question import Question, QuestionKind, Value

from ..wrapping import wrapped
from .answer_field import grouped

Said = tuple[Question, Value]

GAP, MARK = 2, 2
"""Cells between a question and its answer, and of the mark before them."""


class AnsweredLines(Widget):
    """Hidden while nothing was answered."""

    DEFAULT_CSS = """
    AnsweredLines {
        display: none;
        height: auto;
        padding: 0 1;
        color: $muted;
        &.-shown { display: block; margin-bottom: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: tuple[Said, ...] = ()

    def show(self, said: Sequence[Said]) -> None:
        self._said = tuple(said)
        self.set_class(bool(self._said), "-shown")
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        return len(self._lines(width))

    def render(self) -> RenderResult:
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        """One line for a question and its answer where all of them fit, else the answers stand below."""
        column = max((len(question.text) for question, _ in self._said), default=0) + GAP
        beside = all(column + len(in_words(*each)) + MARK <= width for each in self._said)
        lines: list[Content] = []
        for question, value in self._said:
            said = in_words(question, value)
            asked = [f"{question.text:{column}}"] if beside else wrapped(question.text, width - MARK)
            lines += [
                Content.assemble(("✓ " if number == 0 else "  ", "$success"), line) for number, line in enumerate(asked)
            ]
            if beside:
                lines[-1] = Content.assemble(lines[-1], (said, "bold $foreground"))
            else:
                lines += [
                    Content.assemble("    ", (line, "bold $foreground")) for line in wrapped(said, width - 2 * MARK)
                ]
        return lines


def in_words(question: Question, value: Value) -> str:
    """An answer as a person reads it."""
    labels = {option.id: option.label for option in question.options}
    if not isinstance(value, str):
        return "; ".join(labels.get(id_, id_) for id_ in value)
    if value in labels:
        return labels[value]
    if question.kind is QuestionKind.NHS_NUMBER:
        return grouped(value)
    if question.kind is QuestionKind.DATE:
        return f"{date.fromisoformat(value):%d %b %Y}"
    return value
