"""An intake: the answers so far of one patient's episode, and which is missing.

Core decides what is asked next. `intake.step` is the first answer still missing;
`intake.record(answer)` returns the next intake, and taking an answer back is
recording None over it. Screens and the command line walk the same steps.
"""

from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import assert_never

from ..card.card import CardFile
from ..consent.record import Consent
from ..errors import RuleRefusedError
from ..identifiability.assessment import Assessments
from ..model.lesion import Lesion, View
from ..model.patient import Patient
from ..model.picture import DiscardDecision, Identifiability, PictureDecision
from ..pathway.outcome import Outcome


class Step(Enum):
    """The steps in the order they are asked (INTERFACE, Screens)."""

    PATIENT = "Patient"
    PATHWAY = "Pathway"
    CONSENT = "Consent"
    PICTURES = "Pictures"
    VIEWS = "Views and lesions"
    IDENTIFIABILITY = "Identifiability"
    REVIEW = "Review"
    MOVE = "Move"


@dataclass(frozen=True)
class PatientNamed:
    """Who it is. known: already in the vault, and the typed second identifier agreed."""

    patient: Patient
    known: bool


@dataclass(frozen=True)
class PicturesChosen:
    """Which files of the card are this patient's, and which are given up with a reason."""

    pictures: tuple[CardFile, ...]
    discards: tuple[tuple[CardFile, str], ...] = ()


@dataclass(frozen=True)
class ViewsNamed:
    """The lesions, and for each picture (by sha256) its lesion number and view."""

    lesions: tuple[Lesion, ...]
    views: tuple[tuple[str, int, View], ...]


@dataclass(frozen=True)
class Reviewed:
    """The person saw everything on one screen and said: move. initials are not kept; who is signed in is."""


Answer = PatientNamed | Outcome | Consent | PicturesChosen | ViewsNamed | Assessments | Reviewed


@dataclass(frozen=True)
class Intake:
    """One episode in the making. Each field is a step's answer, None while it is missing."""

    patient: PatientNamed | None = None
    pathway: Outcome | None = None
    consent: Consent | None = None
    pictures: PicturesChosen | None = None
    views: ViewsNamed | None = None
    identifiability: Assessments | None = None
    reviewed: Reviewed | None = None

    @property
    def without_photography(self) -> bool:
        """Refer without photography: the picture steps are not asked."""
        return (self.pathway is not None and self.pathway.without_photography) or (
            self.consent is not None and not self.consent.allows_photography
        )

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps this intake has, as far as is known by now."""
        picture_steps = (Step.PICTURES, Step.VIEWS, Step.IDENTIFIABILITY)
        return tuple(step for step in Step if not (self.without_photography and step in picture_steps))

    @property
    def step(self) -> Step:
        """The first step whose answer is missing; MOVE when none is."""
        given = dict(zip(Step, (getattr(self, field.name) for field in fields(self)), strict=False))
        return next((step for step in self.steps if given.get(step) is None), Step.MOVE)

    def record(self, answer: Answer) -> "Intake":
        """The next intake. An answer that others were built on takes those back with it.

        Raises RuleRefusedError when an earlier step is still unanswered or the
        answers contradict each other.
        """
        match answer:
            case PatientNamed():
                return Intake(patient=answer) if self.patient != answer else self
            case Outcome():
                return replace(self, pathway=answer, consent=None, reviewed=None)
            case Consent():
                return replace(self, consent=answer, reviewed=None)
            case PicturesChosen():
                return replace(self, pictures=answer, views=None, identifiability=None, reviewed=None)
            case ViewsNamed():
                return replace(self, views=answer, reviewed=None)
            case Assessments():
                return replace(self, identifiability=answer, reviewed=None)
            case Reviewed():
                if self.step not in (Step.REVIEW, Step.MOVE):
                    raise RuleRefusedError(
                        f"The step “{self.step.value}” is not answered yet.", "Answer it before the move."
                    )
                return replace(self, reviewed=answer)
            case _ as never:
                assert_never(never)

    @property
    def kept(self) -> tuple[PictureDecision, ...]:
        """The pictures to seal, with all that was decided. Needs every picture step answered."""
        if self.without_photography or not (self.pictures and self.views and self.identifiability):
            return ()
        views = {sha256: (lesion, view) for sha256, lesion, view in self.views.views}
        return tuple(
            PictureDecision(a.sha256, *views[a.sha256], a.identifiability, a.reason)
            for a in self.identifiability.assessments
            if a.identifiability is not Identifiability.WITHHELD
        )

    @property
    def discarded(self) -> tuple[DiscardDecision, ...]:
        """The files given up: side files and withheld pictures, each with its reason."""
        if self.without_photography or not (self.pictures and self.identifiability):
            return ()
        chosen = tuple(DiscardDecision(file.sha256, reason) for file, reason in self.pictures.discards)
        withheld = tuple(
            DiscardDecision(a.sha256, a.reason)
            for a in self.identifiability.assessments
            if a.identifiability is Identifiability.WITHHELD
        )
        return chosen + withheld
