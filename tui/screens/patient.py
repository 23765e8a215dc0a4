"""Who it is: the number, a second identifier that is typed, and a new patient's names, as on one form."""

from textual.app import ComposeResult

from core.model.question import Question, Value

from ..intake.question_card_screen import QuestionCardScreen
from ..widgets.asking.answered_lines import AnsweredLines


class PatientScreen(QuestionCardScreen):
    """What was typed stays in sight above what is asked, so that a slip is seen before it is somebody else."""

    CSS_PATH = "patient.tcss"

    def compose_step(self) -> ComposeResult:
        yield AnsweredLines()
        yield from super().compose_step()

    def ask(self, question: Question, earlier: Value | None) -> None:
        self.query_one(AnsweredLines).show(self.walk.said if self.walk else ())
        super().ask(question, earlier)
