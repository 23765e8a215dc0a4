"""The order of an intake's steps, and what of it still holds when an answer changes."""

from dataclasses import replace
from datetime import date

import pytest

from core.card.card import FileKind
from core.consent.record import Consent
from core.errors import RuleRefusedError
from core.identifiability.assessment import Assessment, Assessments
from core.intake.asking import interview_for, outcome_without_photography
from core.intake.steps import Answer, Intake, PatientNamed, PicturesChosen, Reviewed, Step, ViewsNamed
from core.model.lesion import Laterality, Lesion, View
from core.model.patient import LocalNumber, Patient
from core.model.picture import DiscardDecision, Identifiability
from core.pathway.outcome import Route

from ...support.clinic import EASY, Answers, asking_about, held, intake_until, other_file, set_of
from ...support.intakes import ROSE, TOM, consent, outcome

FILES = set_of(3)
ASKING = asking_about(FILES)
COMPLETE = intake_until(Step.MOVE, ASKING)
TOLD: Answers = {"criteria": ("none",), "history": ("none",), "rads_told": "told"}
ANSWERS: dict[Step, Answer] = {step: answer for step in Step if (answer := COMPLETE.answer_to(step)) is not None}


def pathway_again(**answers: str | tuple[str, ...]) -> Answer:
    said: Answers = {**EASY[Step.PATHWAY], "rads_told": "told", "urgent_advice": "rads", **answers}
    return held(interview_for(Step.PATHWAY, COMPLETE, ASKING), said)[0]


def test_steps_are_asked_in_their_order() -> None:
    intake, order = Intake(), []
    while intake.step is not Step.MOVE:
        order.append(intake.step)
        intake = intake.record(ANSWERS[intake.step])
    assert [*order, Step.MOVE] == list(Step) == list(COMPLETE.steps)


@pytest.mark.parametrize("step", ANSWERS)
def test_no_answer_is_taken_before_its_turn(step: Step) -> None:
    intake = Intake()
    for earlier in list(Step)[: list(Step).index(step)]:
        with pytest.raises(RuleRefusedError, match=f"“{earlier.value}” is not answered yet"):
            intake.record(ANSWERS[step])
        intake = intake.record(ANSWERS[earlier])
    assert intake.record(ANSWERS[step]).answer_to(step) == ANSWERS[step]


@pytest.mark.parametrize("step", ANSWERS)
def test_taking_back_opens_that_step_and_the_review_only(step: Step) -> None:
    intake = COMPLETE.take_back(step)
    assert intake.step is step
    missing = {one for one in ANSWERS if intake.answer_to(one) is None}
    assert missing == {step, Step.REVIEW}


@pytest.mark.parametrize("step", [step for step in ANSWERS if step not in (Step.PATIENT, Step.PICTURES, Step.REVIEW)])
def test_the_same_answer_again_keeps_the_rest(step: Step) -> None:
    assert COMPLETE.record(ANSWERS[step]) == COMPLETE
    again = COMPLETE.take_back(step).record(ANSWERS[step])
    assert again.step is Step.REVIEW
    assert again.record(Reviewed()) == COMPLETE


def test_the_same_patient_and_pictures_again_change_nothing() -> None:
    assert COMPLETE.record(ANSWERS[Step.PATIENT]) is COMPLETE
    assert COMPLETE.record(ANSWERS[Step.PICTURES]) is COMPLETE


@pytest.mark.parametrize("step", [step for step in ANSWERS if step is not Step.REVIEW])
def test_a_review_is_of_what_was_reviewed(step: Step) -> None:
    changed: dict[Step, Answer] = {
        Step.PATIENT: PatientNamed(replace(ROSE, given_name="Rosa"), known=False),
        Step.PATHWAY: pathway_again(concern="urgent"),
        Step.CONSENT: consent(),
        Step.PICTURES: PicturesChosen(FILES[:2]),
        Step.VIEWS: ViewsNamed(
            (Lesion(1, "nose", Laterality.MIDLINE),), COMPLETE.views.views if COMPLETE.views else ()
        ),
        Step.IDENTIFIABILITY: Assessments(tuple(Assessment(f.sha256, Identifiability.NEEDED, "r", ()) for f in FILES)),
    }
    intake = COMPLETE.record(changed[step])
    assert intake.reviewed is None
    assert intake.step is not Step.MOVE


def test_nothing_of_one_patient_is_carried_over_to_another() -> None:
    named = PatientNamed(TOM, known=False)
    assert COMPLETE.record(named) == Intake(patient=named)
    assert COMPLETE.take_back(Step.PATIENT).record(named) == Intake(patient=named)


def test_another_birth_date_asks_consent_and_sites_again() -> None:
    young = PatientNamed(replace(ROSE, birth_date=date(2012, 4, 2)), known=False)
    intake = COMPLETE.record(young)
    assert (intake.patient, intake.consent, intake.views) == (young, None, None)
    assert intake.pathway == COMPLETE.pathway
    assert intake.step is Step.CONSENT


def test_a_local_number_is_the_same_person_whatever_the_reason_for_it() -> None:
    visitor = Patient(LocalNumber("V17", "visitor"), "Maple", "Jo", date(1980, 1, 1))
    named = PatientNamed(visitor, known=False)
    mended = PatientNamed(replace(visitor, number=LocalNumber("V17", "from Jersey")), known=False)
    intake = Intake(patient=named).record(outcome()).record(consent())
    assert intake.record(mended) == replace(intake, patient=mended)
    other = PatientNamed(replace(visitor, number=LocalNumber("V18", "visitor")), known=False)
    assert intake.record(other) == Intake(patient=other)


def test_other_pictures_are_looked_at_anew() -> None:
    intake = COMPLETE.record(PicturesChosen(FILES[:2]))
    assert (intake.views, intake.identifiability, intake.step) == (None, None, Step.VIEWS)


@pytest.mark.parametrize("files", [FILES[:2], FILES[1:], (*FILES, FILES[0]), ()])
def test_views_and_assessments_are_of_the_chosen_pictures(files: tuple[object, ...]) -> None:
    digests = [getattr(file, "sha256", "") for file in files]
    views = ViewsNamed((Lesion(1, "nose", Laterality.LEFT),), tuple((sha256, 1, View.OTHER) for sha256 in digests))
    assessments = Assessments(tuple(Assessment(sha256, Identifiability.NOTHING, "", ()) for sha256 in digests))
    for answer in (views, assessments):
        with pytest.raises(RuleRefusedError, match="not about the chosen pictures"):
            COMPLETE.record(answer)


def test_a_route_that_asks_why_a_view_is_missing_asks_the_views_again() -> None:
    two = asking_about(set_of(2))
    rapid: Answers = {"concern": "rapid", "urgent_advice": "rads", **TOLD}
    intake = intake_until(Step.REVIEW, two, {Step.PATHWAY: rapid})
    assert intake.record(pathway_again()).step is Step.VIEWS
    complete_set = intake_until(Step.REVIEW, ASKING, {Step.PATHWAY: rapid})
    assert complete_set.record(pathway_again()).step is Step.REVIEW


def test_a_reason_once_given_holds_for_the_same_pictures() -> None:
    said = {**EASY[Step.VIEWS], "without_dermoscopic": "no dermatoscope"}
    intake = intake_until(Step.REVIEW, asking_about(set_of(2)), {Step.VIEWS: said})
    assert intake.record(pathway_again(concern="rapid")).record(pathway_again()).views == intake.views


def test_a_pathway_that_keeps_nothing_identifiable_asks_again_where_something_was() -> None:
    needed = {"identifiable_*": "needed", "specific_consent_*": "agrees", "reason_*": "eyelid"}
    intake = intake_until(Step.REVIEW, ASKING, {Step.IDENTIFIABILITY: needed})
    strict = replace(outcome(), identifiable_allowed=False)
    assert intake.record(strict).step is Step.IDENTIFIABILITY
    assert COMPLETE.record(strict).step is Step.REVIEW


def test_consent_that_does_not_cover_an_intimate_area_asks_its_views_again() -> None:
    agreed: Answers = {
        "consent": "with-exceptions",
        "basis": "self",
        "exceptions": ("intimate",),
        "intimate_explained": "agrees",
        "chaperone": "declined",
    }
    said = {Step.CONSENT: agreed, Step.VIEWS: {**EASY[Step.VIEWS], "lesion_1_site": "breast"}}
    intake = intake_until(Step.REVIEW, ASKING, said)
    assert intake.record(consent()).step is Step.VIEWS
    assert intake.take_back(Step.CONSENT).record(consent()).step is Step.VIEWS


def declined() -> Consent:
    return consent(allows_photography=False)


def test_who_declines_has_no_picture_steps_and_nothing_leaves_the_card() -> None:
    side = other_file("DCIM/100CANON/A.MOV", FileKind.MOVIE)
    intake = COMPLETE.record(PicturesChosen(FILES, ((side, "not wanted"),)))
    for step in (Step.VIEWS, Step.IDENTIFIABILITY):
        intake = intake.record(ANSWERS[step])
    assert intake.discarded == (DiscardDecision(side.sha256, "not wanted"),)
    intake = intake.record(declined())
    assert intake.steps == (Step.PATIENT, Step.PATHWAY, Step.CONSENT, Step.REVIEW, Step.MOVE)
    assert (intake.without_photography, intake.kept, intake.discarded) == (True, (), ())
    assert intake.record(consent()).step is Step.REVIEW


def test_without_photography_before_consent_asks_no_consent() -> None:
    intake = intake_until(Step.CONSENT, ASKING)
    intake = intake.record(outcome_without_photography(intake, ASKING, "safeguarding", {}))
    assert intake.steps == (Step.PATIENT, Step.PATHWAY, Step.REVIEW, Step.MOVE)
    assert intake.step is Step.REVIEW


def test_without_photography_at_the_last_moment_seals_and_erases_nothing() -> None:
    intake = COMPLETE.record(outcome_without_photography(COMPLETE, ASKING, "changed her mind", {}))
    assert (intake.kept, intake.discarded, intake.step) == ((), (), Step.REVIEW)
    assert intake.pathway is not None
    assert intake.pathway.route is Route.ADVICE_AND_GUIDANCE


def test_a_withheld_picture_is_discarded_and_the_others_are_kept() -> None:
    first, *rest = (Assessment(file.sha256, Identifiability.NOTHING, "", ()) for file in FILES)
    withheld = replace(first, identifiability=Identifiability.WITHHELD, reason="face")
    intake = COMPLETE.record(Assessments((withheld, *rest)))
    assert intake.discarded == (DiscardDecision(first.sha256, "face"),)
    assert [kept.sha256 for kept in intake.kept] == [a.sha256 for a in rest]


def test_nothing_is_kept_or_given_up_while_a_picture_step_is_open() -> None:
    for step in (Step.PICTURES, Step.VIEWS, Step.IDENTIFIABILITY):
        assert COMPLETE.take_back(step).kept == ()
    assert COMPLETE.take_back(Step.IDENTIFIABILITY).discarded == ()
