"""How a question, a picture and an answer are put into lines that can be read aloud."""

from datetime import date

from core.card.card import Inventory
from core.intake.interviews.card_files import size, taken
from core.intake.steps import Intake, Step
from core.model.question import Question, QuestionKind, Value

from .reading import KEEP, marks, ways

GREETING = (
    "This intake is asked line by line. Nothing is chosen beforehand.",
    "Nothing is sealed or erased before the question of the review is answered.",
    "Answer with the number, with the beginning of the answer, or in your words where words are asked.",
)
COMMANDS = (
    "back: one question back; no answer is lost.",
    "=: keeps the answer that stood there.",
    "without: refer without photography.",
    "again: repeats the question.",
    "source: where the question comes from.",
    "quit: leaves.",
    "?: repeats these commands.",
    "To answer with one of these words, put a backslash before it: \\back",
)
LONG_HELP = 6
"""Lines. Behind more of them the question is said once more, since one has heard much in between."""

NOT_SHOWN = "Pictures cannot be shown here. Look at them on the camera or on another screen before you answer:"


def lead(step: Step, intake: Intake) -> str:
    """Where one is, and with whom: said whenever a step begins."""
    steps = intake.steps
    patient = f" Patient: {str(intake.patient.patient).replace('  ', ', ')}." if intake.patient else ""
    return f"Step {steps.index(step) + 1} of {len(steps)}, {step.value}.{patient}"


def question_lines(question: Question, inventory: Inventory | None) -> list[str]:
    """The whole question: text, pictures, help and numbered options. What would be heard twice is said once."""
    lines = [question.text, *([NOT_SHOWN] if question.pictures else [])]
    told = [line for line in question.help.split("\n") if line]
    for shown in question.pictures:
        described = picture_line(shown, inventory)
        at = next((at for at, line in enumerate(told) if f" {line}".endswith(f" {shown}")), None)
        if at is None:
            lines.append(described)
        else:
            told[at] = told[at].removesuffix(shown) + described
    lines += [*told, question.text] if len(told) > LONG_HELP else told
    helps = {option.help for option in question.options}
    shared = len(question.options) > 1 and len(helps) == 1
    lines += [help_ for help_ in helps if shared and help_]
    for mark, option in zip(marks(question), question.options, strict=True):
        label = option.label if mark != option.label else ""
        help_ = option.help if not shared and option.help not in question.help else ""
        lines.append(": ".join(part for part in (mark, label, help_) if part))
    return lines


def picture_line(shown: str, inventory: Inventory | None) -> str:
    """Name, time, size: enough to find it on the camera."""
    file = inventory.by_shown(shown) if inventory else None
    if file is None:
        return shown
    width, height = file.facts.upright_size if file.facts else (0, 0)
    pixels = f", {width} x {height} pixels" if width else ""
    return f"{shown}, {taken(file):%d %b %Y %H:%M}, {size(file.size)}{pixels}"


def in_words(question: Question, value: Value) -> str:
    """An answer as a person would say it."""
    if question.kind is QuestionKind.DATE and isinstance(value, str):
        return f"{date.fromisoformat(value):%d %b %Y}"
    ids = (value,) if isinstance(value, str) else value
    labels = {option.id: option.label for option in question.options}
    return "; ".join(labels.get(id_, id_) for id_ in ids if id_) or "nothing"


def says_back(question: Question, value: Value) -> bool:
    """Whether the answer is read back: where a slip of the finger changes it unheard."""
    chosen = any(option.id == value for option in question.options)
    return chosen or question.kind in (QuestionKind.CHECKLIST, QuestionKind.DATE)


def earlier_line(question: Question, value: Value) -> str:
    return f"{KEEP} keeps what it was: {in_words(question, value)}"


def prompt(question: Question) -> str:
    return f"{ways(question)}: "
