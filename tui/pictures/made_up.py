"""The practice that the pictures show: three episodes in the vault, and a fresh set of pictures on the card."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from core.card.card import Inventory
from core.intake.receipt import Receipt
from core.intake.steps import Answer, Intake, Step
from core.model.question import Interview, Question, Value
from core.progress import NeverCancelled, unreported

from ..demo import KNOWN_PATIENT, NEW_NUMBER, PASSPHRASE, STAFF_ID
from ..services import Services
from ..signed_in import SignedIn

LONG_AGO = datetime(2026, 5, 6, 14, 5, tzinfo=UTC)
NOW = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)

Said = Mapping[str, Value]
"""Answers by the beginning of a question's id."""

KNOWN: Said = {"nhs_number": str(KNOWN_PATIENT.number), "birth_date": f"{KNOWN_PATIENT.birth_date:%d/%m/%Y}"}
NEW: Said = {
    "nhs_number": str(NEW_NUMBER),
    "birth_date": "3/2/1985",
    "family_name": "Tamarind",
    "given_name": "Thomas",
}
USUAL: Said = {
    "concern": "advice",
    "criteria": ("none",),
    "history": ("none",),
    "consent": "as-read",
    "which": "newest",
    "arrangement": "as-proposed",
    "lesion_1_site": "forearm",
    "lesion_1_laterality": "left",
    "lesion_1_history": "3 months, has grown, itches at times",
    "identifiable_": "nothing",
    "review": "move",
}


class StandingClock:
    """Tells the time it is set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Practice:
    """services, session: of the demo, somebody signed in. receipt: of the last move, with its intake."""

    services: Services
    session: SignedIn
    clock: StandingClock
    receipts: list[tuple[Intake, Receipt]] = field(default_factory=list)

    def inventory(self) -> Inventory:
        """Of the card as it is now."""
        (card,) = self.services.cards()
        return self.services.take_inventory(card, report=unreported, cancellation=NeverCancelled())

    def intake_until(self, step: Step, who: Said, **said: Value) -> Intake:
        """Answered up to and without that step. said: in place of the usual answers."""
        inventory = self.inventory()
        answers = {**USUAL, **said, **who}
        intake = Intake()
        while intake.step not in (step, Step.MOVE):
            intake = intake.record(_held(self.session.interview_for(intake.step, intake, inventory), answers))
        return intake

    def move(self, intake: Intake) -> None:
        receipt = self.session.move(intake, self.inventory(), report=unreported, cancellation=NeverCancelled())
        self.receipts.append((intake, receipt))


def practice_on(services: Services, clock: StandingClock, refill: Callable[[], None]) -> Practice:
    """Seals three episodes of two patients, months apart, and leaves fresh pictures on the card."""
    practice = Practice(services, services.sign_in(STAFF_ID, PASSPHRASE), clock)
    practice.move(practice.intake_until(Step.MOVE, KNOWN))
    clock.now = NOW - timedelta(days=9)
    refill()
    practice.move(practice.intake_until(Step.MOVE, NEW, lesion_1_site="cheek", identifiable_="nothing"))
    clock.now = NOW - timedelta(minutes=40)
    refill()
    practice.move(practice.intake_until(Step.MOVE, KNOWN, lesion_1_history="7 months; has grown since November"))
    clock.now = NOW
    refill()
    return practice


def _held(interview: Interview[Answer], answers: Said) -> Answer:
    """Holds an interview to its end, as a screen does."""
    given: dict[str, Value] = {}
    while (question := interview.next(given)) is not None:
        given[question.id] = _said(question, answers)
    return interview.answer(given)


def _said(question: Question, answers: Said) -> Value:
    for id_, value in answers.items():
        if question.id == id_ or (id_.endswith("_") and question.id.startswith(id_)):
            return value
    raise LookupError(f"nothing is made up for the question {question.id}: {question.text}")
