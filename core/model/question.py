"""A question as core asks it: what the screens and an answers file both show.

Core decides what is asked next; a screen only knows how to ask it. Nothing is
ever preselected: a Question has no default, on purpose (CLINICAL: consent,
capacity, urgent-cancer criteria and identifiability are always answered by a
person).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Generic, Protocol, TypeVar

from ..errors import RuleRefusedError

Value = str | tuple[str, ...]
"""An answer as given: text, an ISO date, an option's id, or several ids."""

Given = Mapping[str, Value]
"""Answers so far by question id, in the order they were given."""


class QuestionKind(Enum):
    CHOICE = "choice"  # exactly one option; Value is its id
    CHECKLIST = "checklist"  # any options, also none, but always submitted; Value is a tuple of ids
    TEXT = "text"  # one line; Value is stripped
    DATE = "date"  # Value is YYYY-MM-DD
    NHS_NUMBER = "nhs-number"  # ten digits, spaces allowed; Value is the digits


@dataclass(frozen=True)
class Option:
    """One answer to choose. `picture` is the shown path of a card file to preview with it."""

    id: str
    label: str
    help: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked, how, and why.

    id: unique within its step; also the key in an answers file.
    help: one or two sentences under the question (guidance, wording to read out).
    pictures: shown paths of card files to show beside it.
    required: only TEXT may be False; then an empty answer is an answer.
    source: where the question comes from, shown on request.
    """

    id: str
    text: str
    kind: QuestionKind
    options: tuple[Option, ...] = ()
    help: str = ""
    pictures: tuple[str, ...] = ()
    required: bool = True
    source: str = ""


A_co = TypeVar("A_co", covariant=True)


class Interview(Protocol, Generic[A_co]):
    """The questions of one step. Pure: the same answers give the same next question."""

    def next(self, given: Given) -> Question | None:
        """The first question still open, or None when the step is answered.

        Raises RuleRefusedError where an answer given runs against a rule.
        """

    def answer(self, given: Given) -> A_co:
        """The step's answer, made of all that was given.

        Raises RuleRefusedError when a question is still open or an answer does not fit it.
        """


def check_value(question: Question, value: Value) -> Value:
    """Returns the value as it is kept, or raises RuleRefusedError naming the question."""
    hint = f"Answer “{question.text}” ({question.id})."
    match question.kind:
        case QuestionKind.CHECKLIST:
            chosen = (value,) if isinstance(value, str) and value else value
            if isinstance(chosen, str):
                chosen = ()
            _known_options(question, chosen)
            return tuple(dict.fromkeys(chosen))
        case _ if not isinstance(value, str):
            raise RuleRefusedError(f"{question.id} takes one answer, not several.", hint)
        case QuestionKind.CHOICE:
            if not value:
                raise RuleRefusedError(f"{question.id} is not answered.", hint)
            _known_options(question, (value,))
            return value
        case QuestionKind.DATE:
            return _iso_date(question, value.strip())
        case QuestionKind.NHS_NUMBER | QuestionKind.TEXT:
            text = " ".join(value.split())
            if question.required and not text:
                raise RuleRefusedError(f"{question.id} is empty.", hint)
            return text


def _known_options(question: Question, ids: tuple[str, ...]) -> None:
    known = [option.id for option in question.options]
    for id_ in ids:
        if id_ not in known:
            raise RuleRefusedError(
                f"{question.id} has no answer “{id_}”.", f"Choose one of: {', '.join(known)}."
            )


def _iso_date(question: Question, text: str) -> str:
    """Takes 1961-04-02, and 2/4/1961, 02.04.1961 or 02041961 with the day first."""
    day_first = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text) or re.fullmatch(
        r"(\d{2})(\d{2})(\d{4})", text
    )
    try:
        if day_first:
            day, month, year = (int(part) for part in day_first.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise RuleRefusedError(
            f"{question.id} is not a date: “{text}”.", "Write the day first, for example 2/4/1961, or 1961-04-02."
        ) from None
