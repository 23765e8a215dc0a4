"""The interview of every step, and what the interviews need to know.

The screens and the answers file both ask through here, so that the same rules
hold for a key pressed and for a line in a file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ..card.card import CardFile, Inventory
from ..consent.interview import consent_interview
from ..consent.wording import ConsentWording, load_wording
from ..errors import CardError, RuleRefusedError, WrongUseError
from ..identifiability.interview import identifiability_interview
from ..model.conversation import Conversation
from ..model.patient import Patient, PatientNumber
from ..model.question import Given, Value
from ..pathway.conclusion import without_photography
from ..pathway.definition import Pathway
from ..pathway.interview import pathway_interview
from ..pathway.outcome import Outcome
from .interviews.card_files import in_order_taken
from .interviews.patient import patient_interview
from .interviews.pictures import pictures_interview
from .interviews.review import review_interview
from .interviews.views import ViewRules, views_interview
from .steps import Answer, Intake, Step


def _shipped_wording() -> ConsentWording:
    return load_wording(None)


@dataclass(frozen=True)
class Asking:
    """What the interviews need to know of this station, this card and this vault.

    inventory: of the card that is in; None while there is none.
    pathways, default_pathway: by id; the default is the one that is asked.
    find_patient: looks a number up in the vault.
    now: the station's clock, in its own time zone. staff_name: of whoever is signed in,
    "" while nobody is. test_numbers: whether 999 numbers are taken.
    wording: what is read out before consent.
    """

    inventory: Inventory | None
    pathways: Mapping[str, Pathway]
    default_pathway: str
    find_patient: Callable[[PatientNumber], Patient | None]
    now: Callable[[], datetime]
    staff_name: str
    test_numbers: bool
    wording: ConsentWording = field(default_factory=_shipped_wording)

    @property
    def today(self) -> date:
        return self.now().date()

    @property
    def pathway(self) -> Pathway:
        """The pathway that is asked. Raises WrongUseError when there is none of that id."""
        if self.default_pathway not in self.pathways:
            raise WrongUseError(
                f"There is no pathway “{self.default_pathway}”.", f"Choose one of: {', '.join(sorted(self.pathways))}."
            )
        return self.pathways[self.default_pathway]


def interview_for(step: Step, intake: Intake, asking: Asking) -> Conversation[Answer]:
    """The questions of one step; every earlier step of the intake must be answered. Never for MOVE.

    Raises CardError where a step needs the card and there is none.
    """
    match step:
        case Step.PATIENT:
            return patient_interview(asking.find_patient, asking.today, test_numbers=asking.test_numbers)
        case Step.PATHWAY:
            return pathway_interview(asking.pathway, asking.today)
        case Step.CONSENT:
            return consent_interview(asking.wording, _age(intake, asking), asking.staff_name, asking.now)
        case Step.PICTURES:
            if asking.inventory is None:
                raise CardError("There is no card in the reader.", "Put the card in, or refer without photography.")
            return pictures_interview(asking.inventory, asking.now())
        case Step.VIEWS:
            rules = ViewRules(
                intimate_agreed=intake.consent is not None and intake.consent.intimate,
                age=_age(intake, asking),
                reason_when_missing=_outcome(intake).reason_when_missing,
            )
            return views_interview(_pictures(intake), rules)
        case Step.IDENTIFIABILITY:
            return identifiability_interview(
                in_order_taken(_pictures(intake)), identifiable_allowed=_outcome(intake).identifiable_allowed
            )
        case Step.REVIEW:
            return review_interview(intake, asking.inventory)
        case Step.MOVE:
            raise ValueError("the move asks nothing")


def outcome_without_photography(intake: Intake, asking: Asking, reason: str, answers: Given) -> Outcome:
    """What “refer without photography” stands for, at any step: record it as the pathway's outcome.

    A route that was found stays, urgent ones too. Raises RuleRefusedError for an empty reason.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise RuleRefusedError("Refer without photography needs a reason.", "For example: declines; safeguarding.")
    if intake.pathway is None:
        return without_photography(asking.pathway, asking.today, reason, _as_asked(asking, answers))
    return intake.pathway.without_pictures(reason)


def _age(intake: Intake, asking: Asking) -> int:
    if intake.patient is None:
        raise RuleRefusedError("The patient is not named yet.", "Name the patient first.")
    return intake.patient.patient.age_on(asking.today)


def _outcome(intake: Intake) -> Outcome:
    if intake.pathway is None:
        raise RuleRefusedError("The pathway is not answered yet.", "Answer the pathway first.")
    return intake.pathway


def _pictures(intake: Intake) -> tuple[CardFile, ...]:
    if intake.pictures is None:
        raise RuleRefusedError("The pictures are not chosen yet.", "Choose the pictures first.")
    return intake.pictures.pictures


def _as_asked(asking: Asking, answers: Given) -> dict[str, Value]:
    """Of these answers to the pathway's questions those that its walk comes to, up to the first that is missing."""
    interview, walked = pathway_interview(asking.pathway, asking.today), dict[str, Value]()
    while (question := interview.next(walked)) is not None and question.id in answers:
        walked[question.id] = answers[question.id]
    return walked
