"""What the keys do for a question, as the line at the bottom of the screen says it."""

from core.model.question import Question, QuestionKind

from ..bars import Keys

READ_ON = ("PgUp PgDn", "read on")


def answer_keys(question: Question, key_range: str, *, searching: bool, ticked: int) -> Keys:
    """key_range: the keys of its answers. searching: a list is narrowed by typing. ticked: how many boxes are."""
    match question.kind:
        case QuestionKind.CHECKLIST:
            done: Keys = (("Enter", f"go on with {ticked}" if ticked else "none of these"),)
            tick = (f"{key_range} ↑↓ Space", "tick")
            return (tick, *done) if ticked or question.takes_nothing else (tick,)
        case QuestionKind.CHOICE if searching:
            return (("type", "to narrow"), ("↑↓ Enter", "answer"))
        case QuestionKind.CHOICE:
            return ((f"{key_range} ↑↓ Enter", "answer"),)
        case QuestionKind.NHS_NUMBER:
            letters: Keys = ((key_range, "without one"),) if question.options else ()
            return (("0-9", "type the number"), *letters)
        case _:
            return (("Enter", "go on"),)
