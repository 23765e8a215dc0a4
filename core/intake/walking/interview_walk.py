"""One way through a step's questions: forwards by answers, and back."""

from collections.abc import Callable
from typing import Generic, TypeVar

from ...errors import DermlockError
from ...model.question import Given, Interview, Question, Value
from .kept import KeptAnswers

A = TypeVar("A")


class InterviewWalk(Generic[A]):
    """Which question is open, and what led there.

    kept: gets every answer, and outlives this. takes: what the step's answer is for, such as
    Intake.record; raises where it does not take it. None takes any.
    An answer that runs against a rule is refused where it was given: back() takes it back.
    """

    def __init__(self, interview: Interview[A], kept: KeptAnswers, takes: Callable[[A], object] | None = None) -> None:
        self._interview = interview
        self.kept = kept
        self._takes = takes
        self._said: dict[str, tuple[Question, Value]] = {}

    @property
    def interview(self) -> Interview[A]:
        return self._interview

    @property
    def said(self) -> tuple[tuple[Question, Value], ...]:
        """The questions that were answered on this way, in order."""
        return tuple(self._said.values())

    @property
    def given(self) -> Given:
        return {id_: value for id_, (_, value) in self._said.items()}

    def open(self) -> Question | None:
        """The question that is open, None when the step is answered. Raises the rule that the last answer breaks."""
        return self._interview.next(self.given)

    def answer(self) -> A:
        """The step's answer, as it was taken. Raises RuleRefusedError where it was not, or a question is open."""
        answer = self._interview.answer(self.given)
        if self._takes is not None:
            self._takes(answer)
        return answer

    def take(self, question: Question, value: Value) -> None:
        """One answer further."""
        self.kept.keep(question, value)
        self._said[question.id] = question, value

    def back(self) -> Question | None:
        """Takes the last answer back and returns its question, None at the first one. The answer stays kept."""
        return self._said.popitem()[1][0] if self._said else None

    def refused(self) -> Question | None:
        """The last answer runs against a rule: it is taken back, and not offered to be kept. Returns its question."""
        question = self.back()
        if question is not None:
            self.kept.drop(question)
        return question

    def to_start(self) -> None:
        """Takes every answer back."""
        self._said = {}

    def go_over_kept(self) -> None:
        """Answers as before, up to where one was: the question without a settled answer, else the step's last."""
        if self._follow(self.kept.settled):
            self.back()

    def go_to(self, question_id: str) -> None:
        """Answers as before, up to that question; to the first one where the walk does not come to it."""
        self._follow(lambda question: None if question.id == question_id else self.kept.settled(question))
        question = self.open()
        if question is None or question.id != question_id:
            self.to_start()

    def begin_again(self, interview: Interview[A]) -> None:
        """The same answers to an interview made anew, as far as it puts the same questions."""
        said, self._interview, self._said = dict(self.said), interview, {}
        self._follow(said.get)

    def _follow(self, answer_to: Callable[[Question], Value | None]) -> bool:
        """Whether that leads to the step's end. What runs against a rule now is taken back, to be asked again."""
        try:
            while (question := self.open()) is not None:
                value = answer_to(question)
                if value is None:
                    return False
                self.take(question, value)
        except DermlockError:
            self.back()
            return False
        return True
