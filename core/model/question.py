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
from .picture import read_boxes, written_boxes

Value = str | tuple[str, ...]
"""An answer as given: text, an ISO date, an option's id, or several ids."""

Given = Mapping[str, Value]
"""Answers so far by question id, in the order they were given."""


LONGEST_TEXT = 2000
"""Characters of one text; a page. What is longer belongs into the patient's record."""

_LONGEST_QUOTED = 40


class QuestionKind(Enum):
    CHOICE = "choice"  # exactly one option; Value is its id
    CHECKLIST = "checklist"  # any options, always submitted; Value is a tuple of ids
    TEXT = "text"  # one line; Value is stripped
    DATE = "date"  # Value is YYYY-MM-DD
    COVER = "cover"  # boxes on the one picture of the question; Value as `written_boxes` gives it
    NHS_NUMBER = "nhs-number"  # ten digits, spaces allowed, or an option's id; Value is the digits or that id


@dataclass(frozen=True)
class Option:
    """One answer to choose. `picture` is the shown path of a card file to preview with it.

    alone: in a checklist, such as “none of these”: it cannot be ticked with others,
    and choosing it is the whole answer, so a screen may submit at once.
    also: other words by which it is found where a list is typed into; not shown.
    """

    id: str
    label: str
    help: str = ""
    picture: str = ""
    alone: bool = False
    also: str = ""


@dataclass(frozen=True)
class Question:
    """What is asked, how, and why.

    id: unique within its step; also the key in an answers file.
    help: what stands under the question (guidance, wording to read out); lines are kept.
    pictures: shown paths of card files to show beside it.
    required: only TEXT may be False; then an empty answer is an answer. A checklist
    with an `alone` option must be answered with something, others may stay empty
    unless needs_one.
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
    needs_one: bool = False

    @property
    def takes_nothing(self) -> bool:
        """Whether an empty answer is an answer."""
        match self.kind:
            case QuestionKind.TEXT:
                return not self.required
            case QuestionKind.CHECKLIST:
                return not self.needs_one and not any(option.alone for option in self.options)
            case _:
                return False


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


class AnswerRefusedError(RuleRefusedError):
    """A value does not fit its question.

    why: what is wrong as a predicate (“is empty”), for a place that names the question itself.
    """

    def __init__(self, question: Question, why: str, hint: str) -> None:
        super().__init__(f"“{question.text}” {why}.", hint)
        self.question = question
        self.why = why


def check_value(question: Question, value: Value) -> Value:
    """Returns the value as it is kept, or raises AnswerRefusedError."""
    match question.kind:
        case QuestionKind.CHECKLIST:
            return _ticked(question, value)
        case _ if not isinstance(value, str):
            raise AnswerRefusedError(question, "takes one answer, not several", "Give one answer.")
        case QuestionKind.CHOICE:
            if not value:
                raise AnswerRefusedError(question, "is empty", f"Choose one of: {_ids(question)}.")
            _known_options(question, (value,))
            return value
        case QuestionKind.DATE:
            return _iso_date(question, value.strip())
        case QuestionKind.NHS_NUMBER:
            typed = "".join(value.replace("-", " ").split())
            if not typed:
                raise AnswerRefusedError(question, "is empty", "Type the ten digits.")
            return typed
        case QuestionKind.COVER:
            try:
                return written_boxes(read_boxes(value))
            except ValueError as fault:
                raise AnswerRefusedError(
                    question, str(fault), "For example: 120,40,480,300 in pixels of the upright picture."
                ) from fault
        case QuestionKind.TEXT:
            text = " ".join(value.split())
            if not text.isprintable():  # also what turns the writing round, or is there and cannot be seen
                raise AnswerRefusedError(question, "holds a character that cannot be shown", "Write it as plain text.")
            if len(text) > LONGEST_TEXT:
                raise AnswerRefusedError(question, f"is longer than {LONGEST_TEXT} characters", "Write it shorter.")
            if question.required and not text:
                raise AnswerRefusedError(question, "is empty", "Write an answer.")
            return text


def _ticked(question: Question, value: Value) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys((value,) if isinstance(value, str) and value else value))
    if not chosen and not question.takes_nothing:
        raise AnswerRefusedError(question, "is empty", f"Choose from: {_ids(question)}.")
    _known_options(question, chosen)
    alone = {option.id for option in question.options if option.alone} & set(chosen)
    if alone and len(chosen) > 1:
        raise AnswerRefusedError(
            question, f"contradicts itself: “{min(alone)}” stands beside other answers", "Take one or the other away."
        )
    return tuple(option.id for option in question.options if option.id in chosen)


def _ids(question: Question) -> str:
    return ", ".join(option.id for option in question.options)


def _known_options(question: Question, ids: tuple[str, ...]) -> None:
    known = {option.id for option in question.options}
    for id_ in ids:
        if id_ not in known:
            raise AnswerRefusedError(question, f"has no answer {quoted(id_)}", f"Choose from: {_ids(question)}.")


def _iso_date(question: Question, text: str) -> str:
    """Takes 1961-04-02, and 2/4/1961, 02.04.1961 or 02041961 with the day first."""
    if not text:
        raise AnswerRefusedError(question, "is empty", "Write the day first, for example 2/4/1961, or 1961-04-02.")
    if re.fullmatch(r"\d{1,2}[/. -]\d{1,2}[/. -]\d{2}", text, re.ASCII):
        raise AnswerRefusedError(
            question, f"is not a date: {quoted(text)}", "Write all four digits of the year, for example 2/4/1961."
        )
    day_first = re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})", text, re.ASCII) or re.fullmatch(
        r"(\d{2})(\d{2})(\d{4})", text, re.ASCII
    )
    year_first = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text, re.ASCII)
    try:
        if day_first:
            day, month, year = (int(part) for part in day_first.groups())
            return date(year, month, day).isoformat()
        if year_first:
            return date.fromisoformat(text).isoformat()
    except ValueError as no_such_day:
        raise AnswerRefusedError(
            question,
            f"is not a date: {quoted(text)}",
            "The day comes first, then the month: compare it with the record.",
        ) from no_such_day
    raise AnswerRefusedError(
        question, f"is not a date: {quoted(text)}", "Write the day first, for example 2/4/1961, or 1961-04-02."
    )


def quoted(untrusted_text: str) -> str:
    """Text from outside between quotation marks, safe to show: see shortened."""
    return f"“{shortened(untrusted_text)}”"


def shortened(untrusted_text: str) -> str:
    """Text from outside, safe to show: one line, nothing unprintable, cut short."""
    text = "".join(char if char.isprintable() else "?" for char in untrusted_text.strip())
    return f"{text[:_LONGEST_QUOTED]}{'…' if len(text) > _LONGEST_QUOTED else ''}"
