"""An interview written as it would be held: ask, use the answer, ask the next.

A script is a generator that yields questions and returns the step's answer.
Playing it again with the answers given so far finds the next open question, so
that an interview keeps no state: whoever asks keeps the answers. A question
that earlier answers make moot is not asked, and an answer left over from it is
not used.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..errors import RuleRefusedError
from .question import Given, Question, Value, check_value

A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)

Script = Generator[Question, Value, A]
"""Yields questions, is sent their checked values, returns the step's answer."""


@dataclass(frozen=True)
class Replay(Generic[A_co]):
    """One walk through a script with the answers given.

    asked: the questions that were answered, in order. When `refusal` is set, the
    last one is the answer that ran against a rule; its value may not even fit.
    open: the first question without an answer, None when there is none.
    done: the script came to its end, and `answer` is its result.
    """

    asked: tuple[Question, ...]
    open: Question | None = None
    refusal: RuleRefusedError | None = None
    done: bool = False
    answer: A_co | None = None


class Conversation(Generic[A_co]):
    """An Interview made of a script. start: makes the script anew, without side effects."""

    def __init__(self, start: Callable[[], Script[A_co]]) -> None:
        self._start = start

    def replay(self, given: Given) -> Replay[A_co]:
        """Walks as far as the answers reach; never raises a RuleRefusedError."""
        script = self._start()
        asked: list[Question] = []
        try:
            question = next(script)
            while question.id in given:
                asked.append(question)
                question = script.send(check_value(question, given[question.id]))
        except StopIteration as end:
            answer: A_co = end.value
            return Replay(tuple(asked), done=True, answer=answer)
        except RuleRefusedError as refusal:
            return Replay(tuple(asked), refusal=refusal)
        finally:
            script.close()
        return Replay(tuple(asked), open=question)

    def next(self, given: Given) -> Question | None:
        """The first question still open, None when the step is answered. Raises RuleRefusedError."""
        replay = self.replay(given)
        if replay.refusal:
            raise replay.refusal
        return replay.open

    def answer(self, given: Given) -> A_co:
        """The step's answer. Raises RuleRefusedError when a question is open or a rule forbids it."""
        replay = self.replay(given)
        if replay.refusal:
            raise replay.refusal
        if replay.open:
            raise RuleRefusedError(f"“{replay.open.text}” is not answered.", "Answer it first.")
        if not replay.done or replay.answer is None:
            raise AssertionError("a script returns the answer of its step")
        return replay.answer


def ask(question: Question, record: dict[str, Value] | None = None) -> Generator[Question, Value, str]:
    """Asks for one text, date or choice; `record` gets the value under the question's id."""
    value = yield question
    if not isinstance(value, str):
        raise TypeError(f"{question.id} was answered with several values")
    if record is not None:
        record[question.id] = value
    return value


def ask_checklist(
    question: Question, record: dict[str, Value] | None = None
) -> Generator[Question, Value, tuple[str, ...]]:
    """Asks for a checklist; `record` gets the value under the question's id."""
    value = yield question
    if isinstance(value, str):
        raise TypeError(f"{question.id} was answered with one value")
    if record is not None:
        record[question.id] = value
    return value
