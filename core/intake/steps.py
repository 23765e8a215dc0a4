"""An intake: the answers so far of one patient's episode, and which is missing.

Core decides what is asked next. `intake.step` is the first answer still missing;
`intake.record(answer)` returns the next intake, and `intake.take_back(step)`
opens a step again. Screens and the command line walk the same steps.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import assert_never

from ..card.card import CardFile
from ..consent.record import Consent
from ..errors import RuleRefusedError
from ..identifiability.assessment import Assessments
from ..model.lesion import INTIMATE_SITES, Lesion, View
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


_PICTURE_STEPS = (Step.PICTURES, Step.VIEWS, Step.IDENTIFIABILITY)


@dataclass(frozen=True)
class PatientNamed:
    """Who it is. known: already in the vault, and the typed second identifier agreed."""

    patient: Patient
    known: bool


@dataclass(frozen=True)
class PicturesChosen:
    """Which files of the card are this patient's, and which are given up with a reason.

    One file stands for every copy of it on the card: a decision is about a digest.
    warnings: about their times, as sentences to show; they never block, and are no part of the decision.
    """

    pictures: tuple[CardFile, ...]
    discards: tuple[tuple[CardFile, str], ...] = ()
    warnings: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class ViewsNamed:
    """The lesions, and for each picture (by sha256) its lesion number and view.

    missing_reasons: why a view that the route asks for was not taken.
    """

    lesions: tuple[Lesion, ...]
    views: tuple[tuple[str, int, View], ...]
    missing_reasons: tuple[tuple[View, str], ...] = ()

    def explain(self, wanted: Iterable[View]) -> bool:
        """Whether each of these views is there for every lesion, or it is said why not."""
        have = {(lesion, view) for _, lesion, view in self.views}
        said = {view for view, _ in self.missing_reasons}
        return all(view in said or (lesion.number, view) in have for view in wanted for lesion in self.lesions)


@dataclass(frozen=True)
class Reviewed:
    """The person saw everything on one screen and said: move. Who that was is whoever is signed in."""


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
    def outcome(self) -> Outcome | None:
        """The pathway's answer as it holds by now: it speaks of pictures only where there will be some.

        Consent may be declined after it was given, and no picture may be left that can be used.
        """
        if self.pathway is None or self.kept:
            return self.pathway
        if self.without_photography:
            return self.pathway.without_pictures(self.consent.without_photography_reason if self.consent else "")
        if self.pictures and self.views and self.identifiability:
            return self.pathway.without_pictures("No picture could be used.")
        return self.pathway

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps this intake has, as far as is known by now.

        Consent is to pictures: where none are taken, and it was not asked yet, it is not asked.
        """
        dropped: tuple[Step, ...] = ()
        if self.without_photography:
            dropped = _PICTURE_STEPS if self.consent is not None else (Step.CONSENT, *_PICTURE_STEPS)
        return tuple(step for step in Step if step not in dropped)

    @property
    def step(self) -> Step:
        """The first step whose answer is missing; MOVE when none is."""
        return next(step for step in self.steps if self.answer_to(step) is None)

    def answer_to(self, step: Step) -> Answer | None:
        """The answer recorded for a step; None while it is missing, and always for MOVE."""
        match step:
            case Step.PATIENT:
                return self.patient
            case Step.PATHWAY:
                return self.pathway
            case Step.CONSENT:
                return self.consent
            case Step.PICTURES:
                return self.pictures
            case Step.VIEWS:
                return self.views
            case Step.IDENTIFIABILITY:
                return self.identifiability
            case Step.REVIEW:
                return self.reviewed
            case Step.MOVE:
                return None

    def record(self, answer: Answer) -> "Intake":
        """The next intake. A later answer stays unless it was built on what changed here.

        The review is always taken back: it was of something else.
        Raises RuleRefusedError when an earlier step is still unanswered or the
        answer does not cover the chosen pictures.
        """
        match answer:
            case PatientNamed():
                return self._with_patient(answer)
            case Outcome():
                self._refuse_before(Step.PATHWAY)
                return self._with_pathway(answer)
            case Consent():
                self._refuse_before(Step.CONSENT)
                answer = answer.said_before(self.consent)
                covers_views = answer.intimate or not self._has_intimate_lesion
                return replace(
                    self, consent=answer, views=self.views if covers_views else None, reviewed=self._review_of(answer)
                )
            case PicturesChosen():
                self._refuse_before(Step.PICTURES)
                if answer == self.pictures:
                    return self
                return replace(self, pictures=answer, views=None, identifiability=None, reviewed=None)
            case ViewsNamed():
                self._refuse_before(Step.VIEWS)
                self._refuse_uncovered([sha256 for sha256, _, _ in answer.views])
                return replace(self, views=answer, reviewed=self._review_of(answer))
            case Assessments():
                self._refuse_before(Step.IDENTIFIABILITY)
                self._refuse_uncovered([assessment.sha256 for assessment in answer.assessments])
                return replace(self, identifiability=answer, reviewed=self._review_of(answer))
            case Reviewed():
                self._refuse_before(Step.REVIEW)
                return replace(self, reviewed=answer)
            case _ as never:
                assert_never(never)

    def take_back(self, step: Step) -> "Intake":
        """Opens a step again; the answers of other steps stay, the review does not."""
        match step:
            case Step.PATIENT:
                return replace(self, patient=None, reviewed=None)
            case Step.PATHWAY:
                return replace(self, pathway=None, reviewed=None)
            case Step.CONSENT:
                return replace(self, consent=None, reviewed=None)
            case Step.PICTURES:
                return replace(self, pictures=None, reviewed=None)
            case Step.VIEWS:
                return replace(self, views=None, reviewed=None)
            case Step.IDENTIFIABILITY:
                return replace(self, identifiability=None, reviewed=None)
            case Step.REVIEW | Step.MOVE:
                return replace(self, reviewed=None)

    @property
    def kept(self) -> tuple[PictureDecision, ...]:
        """The pictures to seal, with all that was decided. Needs every picture step answered."""
        if self.without_photography or not (self.pictures and self.views and self.identifiability):
            return ()
        views = {sha256: (lesion, view) for sha256, lesion, view in self.views.views}
        return tuple(
            PictureDecision(
                a.sha256,
                *views[a.sha256],
                a.identifiability,
                a.reason,
                cover=a.cover,
                specific_consent=a.specific_consent,
            )
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

    def _with_patient(self, answer: PatientNamed) -> "Intake":
        """Another person's answers are never carried over; a corrected detail keeps the rest."""
        if self.patient == answer:
            return self
        if self.patient is None or self.patient.patient.number.key != answer.patient.number.key:
            return Intake(patient=answer)
        if self.patient.patient.birth_date != answer.patient.birth_date:  # consent and sites went by the age
            return replace(self, patient=answer, consent=None, views=None, reviewed=None)
        return replace(self, patient=answer, reviewed=None)

    def _with_pathway(self, answer: Outcome) -> "Intake":
        """Consent is to pictures, whatever the route; what the new route asks for anew is taken back."""
        views = self.views if self.views and self.views.explain(answer.reason_when_missing) else None
        identifiability = self.identifiability
        if identifiability and not answer.identifiable_allowed:
            kept = [a for a in identifiability.assessments if a.identifiability is Identifiability.NEEDED]
            identifiability = None if kept else identifiability
        return replace(
            self, pathway=answer, views=views, identifiability=identifiability, reviewed=self._review_of(answer)
        )

    def _review_of(self, answer: Answer) -> Reviewed | None:
        """The review stands only when the answer is the very one that was reviewed."""
        return self.reviewed if answer in (self.pathway, self.consent, self.views, self.identifiability) else None

    @property
    def _has_intimate_lesion(self) -> bool:
        return self.views is not None and any(lesion.site in INTIMATE_SITES for lesion in self.views.lesions)

    def _refuse_before(self, step: Step) -> None:
        order = list(Step)
        for earlier in self.steps:
            if order.index(earlier) < order.index(step) and self.answer_to(earlier) is None:
                raise RuleRefusedError(f"The step “{earlier.value}” is not answered yet.", "Answer it first.")

    def _refuse_uncovered(self, digests: list[str]) -> None:
        chosen = [file.sha256 for file in self.pictures.pictures] if self.pictures else []
        if sorted(digests) != sorted(chosen):
            raise RuleRefusedError(
                "These answers are not about the chosen pictures.",
                "Answer this step again for the pictures chosen now.",
            )
