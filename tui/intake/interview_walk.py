"""One way through a step's questions: forwards by answers, back by Escape."""

from typing import Generic, TypeVar

from core.errors import DermlockError
from core.model.question import Interview, Question, Value

from .step_screen import KeptAnswers

A = TypeVar("A")


class InterviewWalk(Generic[A]):
    """Which question is open, and what led there. Every answer is kept in `kept` as well, which outlives this."""

    def __init__(self, interview: Interview[A], kept: KeptAnswers) -> None:
        self._interview = interview
        self._kept = kept
        self._given: dict[str, Value] = {}
        self._trail: list[Question] = []

    def open(self) -> Question | None:
        """The question that is open, None when the step is answered. Raises the rule that the last answer breaks."""
        return self._interview.next(self._given)

    def answer(self) -> A:
        """The step's answer. Raises as Interview.answer does."""
        return self._interview.answer(self._given)

    def take(self, question: Question, value: Value) -> None:
        """One answer further."""
        self._kept.keep(question, value)
        self._trail.append(question)
        self._given[question.id] = value

    def back(self) -> Question | None:
        """Takes the last answer back and returns its question, None at the first one."""
        if not self._trail:
            return None
        question = self._trail.pop()
        del self._given[question.id]
        return question

    def go_over_kept(self) -> None:
        """Answers as before, up to the step's last question, which is then open."""
        self._follow(None)
        self.back()

    def begin_again(self, interview: Interview[A]) -> None:
        """The same answers to an interview made anew, as far as it puts the same questions."""
        self._interview, trail = interview, self._trail
        self._given, self._trail = {}, []
        self._follow(trail)

    def _follow(self, trail: list[Question] | None) -> None:
        """trail: the questions to answer as before, None for as many as were ever answered."""
        ahead = iter(trail) if trail is not None else None
        try:
            while (question := self.open()) is not None:
                earlier = self._kept.earlier(question)
                if earlier is None or (ahead is not None and next(ahead, None) != question):
                    return
                self.take(question, earlier)
        except DermlockError:  # the last of them runs against a rule now: it is asked again
            self.back()
