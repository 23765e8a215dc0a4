"""Which step is open: forwards, back, to a step from the review, without pictures, and with another patient."""

from core.intake.asking import outcome_without_photography
from core.intake.steps import Answer, Intake, PatientNamed, Reviewed, Step
from core.intake.walking.intake_walk import Answered, IntakeWalk, Said, WentBack, WentTo, WithoutPhotography
from core.model.question import Given, Question, QuestionKind
from core.pathway.outcome import Outcome

from ...support.clinic import asking_about, intake_until, set_of
from ...support.intakes import ROSE, TOM

ASKING = asking_about(set_of(3))
COMPLETE = intake_until(Step.MOVE, ASKING)
ASKED = Question("asked", "What?", QuestionKind.TEXT)


def refer(intake: Intake, reason: str, answers: Given) -> Outcome:
    return outcome_without_photography(intake, ASKING, reason, answers)


def say(walk: IntakeWalk, *said: Said) -> None:
    for each in said:
        walk.take(each, refer)


def answer_to(step: Step) -> Answered:
    answer = COMPLETE.answer_to(step)
    assert answer is not None
    return Answered(answer)


def walk_at(step: Step) -> IntakeWalk:
    """Every step before it was answered, and something is kept of each."""
    walk = IntakeWalk(Intake())
    while walk.step is not step:
        walk.kept[walk.step].keep(ASKED, walk.step.value)
        say(walk, answer_to(walk.step))
    return walk


def test_answers_lead_from_step_to_step_until_the_move() -> None:
    walk, asked = IntakeWalk(Intake()), []
    assert walk.is_empty
    while walk.step is not Step.MOVE:
        asked.append(walk.step)
        assert not walk.was_here
        say(walk, answer_to(walk.step))
    assert asked == list(Step)[:-1]
    assert walk.intake == COMPLETE
    assert not walk.is_empty


def test_back_opens_the_steps_before_one_by_one_and_stays_at_the_first() -> None:
    walk = walk_at(Step.CONSENT)
    for step in (Step.PATHWAY, Step.PATIENT, Step.PATIENT):
        say(walk, WentBack())
        assert (walk.step, walk.was_here) == (step, True)
    assert walk.is_at_start
    say(walk, answer_to(Step.PATIENT))
    assert (walk.step, walk.was_here) == (Step.CONSENT, False), "what was answered after it still stands"


def test_from_the_review_one_goes_to_a_step_and_its_answer_or_a_second_thought_leads_back() -> None:
    walk = walk_at(Step.REVIEW)
    for then in (answer_to(Step.PATIENT), WentBack()):
        say(walk, WentTo(Step.PATIENT))
        assert (walk.step, walk.was_here, walk.is_at_start) == (Step.PATIENT, True, False)
        say(walk, then)
        assert walk.step is Step.REVIEW
    say(walk, WentBack())
    assert walk.step is Step.IDENTIFIABILITY


def test_a_second_thought_leads_back_to_where_one_was_at_first() -> None:
    walk = walk_at(Step.REVIEW)
    say(walk, WentTo(Step.VIEWS), WentTo(Step.PICTURES, retakes=True), WentBack())
    assert walk.step is Step.REVIEW
    halfway = walk_at(Step.VIEWS)
    say(halfway, WentTo(Step.PICTURES, retakes=True), WentBack())
    assert (halfway.step, halfway.was_here) == (Step.VIEWS, True)


def test_without_photography_before_there_is_a_patient_is_noted_until_there_is_one() -> None:
    walk = IntakeWalk(Intake())
    say(walk, WithoutPhotography("declines"))
    assert (walk.step, walk.was_here) == (Step.PATIENT, True)
    assert "still needs its patient" in walk.note
    say(walk, answer_to(Step.PATIENT))
    assert (walk.note, walk.step) == ("", Step.REVIEW)
    assert walk.intake.without_photography
    assert walk.intake.pathway is not None
    assert walk.intake.pathway.without_photography_reason == "declines"


def test_the_note_is_said_once() -> None:
    walk = IntakeWalk(Intake())
    say(walk, WithoutPhotography("declines"), WentBack())
    assert (walk.note, walk.was_here) == ("", False)
    say(walk, answer_to(Step.PATIENT))
    assert walk.intake.without_photography


def test_without_photography_later_keeps_the_route_and_goes_to_the_review() -> None:
    walk = walk_at(Step.IDENTIFIABILITY)
    say(walk, WentBack(), WithoutPhotography("safeguarding"))
    assert (walk.step, walk.was_here) == (Step.REVIEW, False)
    assert walk.intake.pathway is not None
    assert walk.intake.pathway.route is COMPLETE.pathway.route  # type: ignore[union-attr]  # it is complete


def test_another_patient_s_answers_begin_from_nothing() -> None:
    walk = walk_at(Step.CONSENT)
    say(walk, WentBack(), WentBack(), Answered(PatientNamed(TOM, known=False)))
    assert walk.intake == Intake(patient=PatientNamed(TOM, known=False))
    assert walk.kept[Step.PATHWAY].is_empty
    assert not walk.kept[Step.PATIENT].is_empty, "what was typed of the number can still be mended"


def test_the_same_patient_again_keeps_everything() -> None:
    walk = walk_at(Step.CONSENT)
    say(walk, WentBack(), WentBack(), Answered(PatientNamed(ROSE, known=False)))
    assert walk.step is Step.CONSENT
    assert not walk.kept[Step.PATHWAY].is_empty


def test_a_move_of_which_nothing_was_begun_is_reviewed_again() -> None:
    walk = walk_at(Step.MOVE)
    walk.review_again()
    assert walk.step is Step.REVIEW
    reviewed: Answer = Reviewed()
    say(walk, Answered(reviewed))
    assert walk.intake == COMPLETE


def test_a_draft_is_worth_keeping_too() -> None:
    walk = IntakeWalk(Intake())
    walk.kept[Step.PATIENT].note(ASKED, "999")
    assert not walk.is_empty
