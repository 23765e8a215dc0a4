"""Holds an interview with the answers of a file, as a screen holds it with a person.

The interview decides what is asked and what a rule forbids; here only the place
in the file is added to what it says.
"""

from collections.abc import Collection, Mapping
from typing import TypeVar

from ...errors import RuleRefusedError, WrongUseError
from ...model.conversation import Conversation
from ...model.question import AnswerRefusedError, Question, QuestionKind, Value
from .values import Filled

A = TypeVar("A")

_MOST_OPTIONS_NAMED = 40


def hold(
    conversation: Conversation[A], said: Mapping[str, Filled], where: str, *, may_be_unasked: Collection[str] = ()
) -> A:
    """The interview's answer.

    said: by question id. where: the place of a question that the file has no name for.
    may_be_unasked: ids that may be answered without being asked; the caller looks at them.
    Raises WrongUseError for a missing, misspelt or superfluous value and
    RuleRefusedError for a rule, each with the place of the first one.
    """
    given: dict[str, Value] = {
        id_: filled.value for id_, filled in said.items() if filled.is_given and filled.value is not None
    }
    replay = conversation.replay(given)
    if replay.refusal is not None:
        place = said[replay.asked[-1].id].place if replay.asked else where
        if isinstance(replay.refusal, AnswerRefusedError):
            raise WrongUseError(f"{place} {replay.refusal.why}.", replay.refusal.hint) from replay.refusal
        raise RuleRefusedError(f"{place}: {replay.refusal.what}", replay.refusal.hint) from replay.refusal
    if replay.open is not None:
        raise _unanswered(replay.open, said, where)
    asked = {question.id for question in replay.asked}
    for id_, filled in said.items():
        if filled.is_given and not filled.certain and id_ not in asked and id_ not in may_be_unasked:
            raise WrongUseError(
                f"{filled.place} is answered, but with the other answers it is not asked.",
                "Empty it, or mend the answer that it belongs to.",
            )
    return conversation.answer(given)


def _unanswered(question: Question, said: Mapping[str, Filled], where: str) -> WrongUseError:
    filled = said.get(question.id)
    place = filled.place if filled else f"{where}.{question.id}"
    what = "empty" if filled is not None and filled.value is not None else "missing"
    ids = [option.id for option in question.options[:_MOST_OPTIONS_NAMED]]
    others = "Type it, or write" if question.kind is QuestionKind.NHS_NUMBER else "Choose from"
    choose = f" {others}: {', '.join(ids)}." if ids else ""
    return WrongUseError(f"{place} is {what}.", f"It asks: {question.text.rstrip('?.')}?{choose}")
