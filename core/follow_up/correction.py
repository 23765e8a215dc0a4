"""How what is written down of a patient is corrected: a typing error, or a name that changed.

The number is not corrected here: it says whose folder the pictures lie in, and a
wrong one is another patient. What is corrected is typed whole and never shown to
be accepted, as at the first time.
"""

from dataclasses import dataclass, replace
from datetime import date

from ..errors import RuleRefusedError
from ..model.conversation import Conversation, Script, ask, ask_checklist
from ..model.patient import Patient, refuse_impossible_birth_date
from ..model.question import Option, Question, QuestionKind

_SOURCE = "NHS patient safety: right patient, two identifiers"

FIELDS = Question(
    "corrected",
    "What is to be corrected?",
    QuestionKind.CHECKLIST,
    (Option("family_name", "Family name"), Option("given_name", "Given name"), Option("birth_date", "Date of birth")),
    help="A wrong number cannot be corrected here: it is another patient's folder. Tell whoever runs the vault.",
    source=_SOURCE,
    needs_one=True,
)
FAMILY_NAME = Question("family_name", "Family name, as it should be", QuestionKind.TEXT, source=_SOURCE)
GIVEN_NAME = Question("given_name", "Given name, as it should be", QuestionKind.TEXT, source=_SOURCE)
BIRTH_DATE = Question(
    "birth_date",
    "Date of birth, as it should be",
    QuestionKind.DATE,
    help="The day first, for example 2/4/1961, or 1961-04-02.",
    source=_SOURCE,
)
WHY = Question(
    "correction_why",
    "Why?",
    QuestionKind.CHOICE,
    (
        Option("typing-error", "It was mistyped"),
        Option("changed", "It has changed"),
        Option("other", "Something else"),
    ),
    source=_SOURCE,
)
SEEN = Question(
    "correction_seen",
    "What did you compare it with?",
    QuestionKind.TEXT,
    help="For example: the patient's record; the patient's passport.",
    source=_SOURCE,
)


@dataclass(frozen=True)
class Corrected:
    """patient: as they are to be written down from now on. reason: why, and what it was compared with."""

    patient: Patient
    reason: str


def nothing_differs() -> RuleRefusedError:
    return RuleRefusedError("Nothing differs from what the vault has.", "Leave it as it is, or correct a field.")


def correction_interview(patient: Patient, today: date) -> Conversation[Corrected]:
    """patient: as the vault has them."""
    return Conversation(lambda: _corrected(patient, today))


def _corrected(patient: Patient, today: date) -> Script[Corrected]:
    fields = yield from ask_checklist(FIELDS)
    after = patient
    if "family_name" in fields:
        after = replace(after, family_name=(yield from ask(FAMILY_NAME)))
    if "given_name" in fields:
        after = replace(after, given_name=(yield from ask(GIVEN_NAME)))
    if "birth_date" in fields:
        birth_date = date.fromisoformat((yield from ask(BIRTH_DATE)))
        refuse_impossible_birth_date(birth_date, today)
        after = replace(after, birth_date=birth_date)
    if after == patient:
        raise nothing_differs()
    why = yield from ask(WHY)
    label = next(option.label for option in WHY.options if option.id == why)
    seen = yield from ask(SEEN)
    return Corrected(after, f"{label}. Compared with: {seen}")
