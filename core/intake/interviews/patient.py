"""Asks who it is: the number, then a second identifier that is typed, not shown.

What the vault knows of a patient is shown only after the typed birth date
agreed with it; where it does not agree nothing stored is shown, for then this
may be somebody else (CLINICAL, Right patient).
"""

from collections.abc import Callable
from datetime import date

from ...errors import RuleRefusedError
from ...model.conversation import Conversation, Script, ask
from ...model.patient import (
    Patient,
    PatientNumber,
    check_local_number,
    parse_local_number,
    parse_nhs_number,
    refuse_impossible_birth_date,
)
from ...model.question import Option, Question, QuestionKind
from ..steps import PatientNamed

NO_NHS_NUMBER = "none"

_SOURCE = "NHS Data Dictionary, NHS NUMBER; NHS patient safety: right patient, two identifiers"

NUMBER = Question(
    "nhs_number",
    "NHS number",
    QuestionKind.NHS_NUMBER,
    (Option(NO_NHS_NUMBER, "There is none, such as for a visitor"),),
    help="Ten digits. For somebody without one a local number with a reason is asked.",
    source=_SOURCE,
)
LOCAL_NUMBER = Question("local_number", "Local number", QuestionKind.TEXT, source=_SOURCE)
LOCAL_REASON = Question(
    "local_reason", "Why is there no NHS number?", QuestionKind.TEXT, help="For example: visitor.", source=_SOURCE
)
BIRTH_DATE = Question(
    "birth_date",
    "Date of birth",
    QuestionKind.DATE,
    help="As the patient says it. The day first, for example 2/4/1961, or 1961-04-02.",
    source=_SOURCE,
)
FAMILY_NAME = Question("family_name", "Family name", QuestionKind.TEXT, source=_SOURCE)
GIVEN_NAME = Question("given_name", "Given name", QuestionKind.TEXT, source=_SOURCE)

EVERY_PATIENT_QUESTION = (NUMBER, LOCAL_NUMBER, LOCAL_REASON, BIRTH_DATE, FAMILY_NAME, GIVEN_NAME)


def patient_interview(
    find_patient: Callable[[PatientNumber], Patient | None], today: date, *, test_numbers: bool
) -> Conversation[PatientNamed]:
    """The interview of the patient step. A known patient's name is not asked for."""
    return Conversation(lambda: _identify(find_patient, today, test_numbers=test_numbers))


def wrong_patient() -> RuleRefusedError:
    """What was typed is not what the vault knows of this number; what it knows is not shown."""
    return RuleRefusedError(
        "This number is in the vault with another name or birth date.",
        "Wrong patient? Compare the number and what you typed with the patient's record.",
    )


def _identify(
    find_patient: Callable[[PatientNumber], Patient | None], today: date, *, test_numbers: bool
) -> Script[PatientNamed]:
    number = yield from _number(test_numbers=test_numbers)
    birth_date = date.fromisoformat((yield from ask(BIRTH_DATE)))
    refuse_impossible_birth_date(birth_date, today)
    known = find_patient(number)
    if known is not None:
        if known.birth_date != birth_date:
            raise wrong_patient()
        return PatientNamed(known, known=True)
    family_name = yield from ask(FAMILY_NAME)
    given_name = yield from ask(GIVEN_NAME)
    return PatientNamed(Patient(number, family_name, given_name, birth_date), known=False)


def _number(*, test_numbers: bool) -> Script[PatientNumber]:
    typed = yield from ask(NUMBER)
    if typed != NO_NHS_NUMBER:
        return parse_nhs_number(typed, test_numbers=test_numbers)
    local_number = check_local_number((yield from ask(LOCAL_NUMBER)))
    reason = yield from ask(LOCAL_REASON)
    return parse_local_number(local_number, reason)
