"""What a typed line says: a command, or an answer by its number, its id or its beginning.

A line that begins with a backslash is an answer whatever stands behind it, so
that a patient may be called Back.
"""

from enum import Enum

from core.errors import WrongUseError
from core.model.question import Option, Question, QuestionKind, Value, check_value, quoted

KEEP = "="
LITERAL = "\\"

LONG_LIST = 9
"""Options. In a longer list an answer is also found by the beginning of any word in it, as on the screens."""

_MOST_NAMED = 5


class Command(Enum):
    """What can be typed at every prompt, in any case."""

    BACK = "back"
    WITHOUT = "without"
    AGAIN = "again"
    SOURCE = "source"
    QUIT = "quit"
    HELP = "?"


def command_of(line: str) -> Command | None:
    """The command that the line is, else None."""
    word = line.strip().casefold()
    return next((command for command in Command if command.value == word), None)


def marks(question: Question) -> tuple[str, ...]:
    """What stands before each option and is typed for it: its number, unless the options are numbers themselves."""
    if all(option.id.isdecimal() for option in question.options):
        return tuple(option.id for option in question.options)
    return tuple(str(number) for number in range(1, len(question.options) + 1))


def read_answer(question: Question, line: str) -> Value:
    """The value that a line gives to a question, as it is kept. Raises DermlockError with the way on."""
    typed = line.strip()
    if not typed and not question.takes_nothing:
        raise WrongUseError("Nothing was typed.", f"{ways(question)}.")
    typed = typed.removeprefix(LITERAL)
    match question.kind:
        case QuestionKind.CHOICE:
            return check_value(question, _found(question, typed).id)
        case QuestionKind.CHECKLIST:
            return check_value(question, _several(question, typed))
        case QuestionKind.NHS_NUMBER:
            candidates = _candidates(question, typed)
            return check_value(question, candidates[0].id if len(candidates) == 1 else typed)
        case _:
            return check_value(question, typed)


def ways(question: Question) -> str:
    """How it is answered, as a prompt says it."""
    numbers = marks(question)
    span = " or ".join(numbers) if len(numbers) <= 2 else f"{numbers[0]} to {numbers[-1]}"
    beginning = ", or type a beginning" if len(numbers) > LONG_LIST else ""
    match question.kind:
        case QuestionKind.CHOICE:
            return f"Answer {span}{beginning}"
        case QuestionKind.CHECKLIST:
            nothing = ", or Enter alone for none" if question.takes_nothing else ""
            return f"Answer {span}, several with spaces{nothing}"
        case QuestionKind.DATE:
            return "Type the date, the day first"
        case QuestionKind.NHS_NUMBER:
            return f"Type the ten digits{f', or answer {span}' if span else ''}"
        case QuestionKind.COVER:
            return "Type left,top,right,bottom"
        case QuestionKind.TEXT:
            return "Type it" if question.required else "Type it, or Enter alone for nothing"


def _several(question: Question, typed: str) -> tuple[str, ...]:
    """Parted by commas; a part that is no single answer is parted by its spaces."""
    ids: list[str] = []
    for part in typed.split(","):
        whole = _candidates(question, part.strip())
        parts = [part.strip()] if len(whole) == 1 else part.split()
        ids += [_found(question, each).id for each in parts]
    return tuple(ids)


def _found(question: Question, typed: str) -> Option:
    candidates = _candidates(question, typed)
    if not candidates:
        raise WrongUseError(
            f"There is no answer {quoted(typed)}.", "Type again to hear the answers, or back for the question before."
        )
    if len(candidates) > 1:
        named = [f"{mark} {option.label}" for mark, option in zip(marks(question), question.options, strict=True)
                 if option in candidates][:_MOST_NAMED]  # fmt: skip
        raise WrongUseError(f"{quoted(typed)} can be: {'; '.join(named)}.", "Type more of it, or its number.")
    return candidates[0]


def _candidates(question: Question, typed: str) -> list[Option]:
    """By number, else by id, else by the whole label, else by its beginning; the first of these that finds any."""
    wanted = typed.casefold()
    if not wanted:
        return []
    by_mark = [option for mark, option in zip(marks(question), question.options, strict=True) if mark == wanted]
    long = len(question.options) > LONG_LIST
    return (
        by_mark
        or [option for option in question.options if option.id.casefold() == wanted]
        or [option for option in question.options if option.label.casefold() == wanted]
        or [option for option in question.options if option.label.casefold().startswith(wanted)]
        or [option for option in question.options if long and f" {wanted}" in f" {option.label.casefold()}"]
    )
