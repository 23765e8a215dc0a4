"""Answered intakes, made without asking: for tests of what comes after the questions."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.card.card import CardFile
from core.consent.record import Capacity, Consent
from core.identifiability.assessment import Assessment, Assessments
from core.intake.steps import Intake, PatientNamed, PicturesChosen, Reviewed, ViewsNamed
from core.model.lesion import Laterality, Lesion, View
from core.model.patient import NhsNumber, Patient
from core.model.picture import CoverBox, Identifiability
from core.pathway.outcome import Outcome, Route

ROSE = Patient(NhsNumber("9990000018"), "Ashgrove", "Rosalind", date(1961, 4, 2))
TOM = Patient(NhsNumber("9990000123"), "Tamarind", "Thomas", date(1975, 11, 30))


def outcome(route: Route = Route.ADVICE_AND_GUIDANCE) -> Outcome:
    return Outcome(
        pathway="england-skin-2026",
        version="1",
        route=route,
        route_name="Advice and Guidance",
        required=(View.LOCATING, View.CLOSE_UP),
        advised=(View.DERMOSCOPIC,),
        obligations=(),
        warnings=(),
        rule="unsure",
        override_reason="",
        given=(("concern", "unsure"),),
    )


def consent(*, allows_photography: bool = True) -> Consent:
    return Consent(
        allows_photography=allows_photography,
        capacity=Capacity.SELF,
        teaching=False,
        publication=False,
        written=False,
        wording="We keep the pictures in your record.",
        wording_version="1",
        given=(("agreed", "as-read"),),
    )


def intake_of(
    files: Sequence[CardFile],
    patient: Patient = ROSE,
    *,
    withheld: Sequence[CardFile] = (),
    cover: Mapping[str, tuple[CoverBox, ...]] | None = None,
) -> Intake:
    """A complete intake of these pictures. withheld: of them, those that cannot be used. cover: boxes by digest."""
    covered = cover or {}
    unique = list({file.sha256: file for file in files}.values())
    no = {file.sha256 for file in withheld}
    assessments = tuple(
        Assessment(file.sha256, Identifiability.WITHHELD, "face in view", ())
        if file.sha256 in no
        else Assessment(file.sha256, Identifiability.COVER, "", (), cover=covered[file.sha256])
        if file.sha256 in covered
        else Assessment(file.sha256, Identifiability.NOTHING, "", ())
        for file in unique
    )
    intake = Intake().record(PatientNamed(patient, known=False)).record(outcome()).record(consent())
    intake = intake.record(PicturesChosen(tuple(unique)))
    views = tuple((file.sha256, 1, View.CLOSE_UP) for file in unique)
    intake = intake.record(ViewsNamed((Lesion(1, "forearm", Laterality.LEFT),), views))
    return intake.record(Assessments(assessments)).record(Reviewed())


def referral_without_pictures(patient: Patient = ROSE) -> Intake:
    intake = Intake().record(PatientNamed(patient, known=False)).record(outcome())
    return intake.record(consent(allows_photography=False)).record(Reviewed())
