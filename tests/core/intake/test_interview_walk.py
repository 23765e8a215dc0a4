"""Back and forth through the questions of a step: nothing is lost, and nothing is answered that nobody submitted."""

import pytest

from core.card.card import CardFile
from core.errors import RuleRefusedError
from core.intake.asking import interview_for
from core.intake.interviews.pictures import CHOOSE, NEWEST
from core.intake.steps import Answer, PatientNamed, PicturesChosen, Step
from core.intake.walking.interview_walk import InterviewWalk
from core.intake.walking.kept import KeptAnswers
from core.model.question import Interview, Question, Value

from ...support.clinic import asking_about, intake_until, set_of

ASKING = asking_about(set_of(3))
KNOWN_NUMBER = "9995551233"
ROSE = ("9990000018", "2/4/1961", "Ashgrove", "Rosalind")


def walk_of(step: Step, kept: KeptAnswers) -> InterviewWalk[Answer]:
    intake = intake_until(step, ASKING)
    return InterviewWalk(interview_for(step, intake, ASKING), kept, intake.record)


def pictures_of(files: tuple[CardFile, ...]) -> Interview[Answer]:
    """The interview about a card with these."""
    asking = asking_about(files)
    return interview_for(Step.PICTURES, intake_until(Step.PICTURES, asking), asking)


def open_question(walk: InterviewWalk[Answer]) -> Question:
    question = walk.open()
    assert question is not None
    return question


def say(walk: InterviewWalk[Answer], *values: Value) -> None:
    for value in values:
        walk.take(open_question(walk), value)


def asked(walk: InterviewWalk[Answer]) -> list[str]:
    """Ids of what was answered, and of what is open."""
    question = walk.open()
    return [each.id for each, _ in walk.said] + ([question.id] if question else [])


def test_answers_lead_to_the_step_s_answer() -> None:
    walk = walk_of(Step.PATIENT, KeptAnswers())
    say(walk, *ROSE)
    assert walk.open() is None
    answer = walk.answer()
    assert isinstance(answer, PatientNamed)
    assert answer.patient.family_name == "Ashgrove"
    assert list(walk.given.values()) == [value for _, value in walk.said] == list(ROSE)


def test_back_opens_the_last_question_and_its_answer_is_kept() -> None:
    kept = KeptAnswers()
    walk = walk_of(Step.PATIENT, kept)
    say(walk, *ROSE[:2])
    before = walk.back()
    assert before is not None
    assert (before.id, walk.open(), kept.earlier(before)) == ("birth_date", before, "2/4/1961")
    first = walk.back()
    assert first is not None
    assert (walk.back(), walk.open(), walk.said) == (None, first, ())


def test_a_refused_answer_is_taken_back_where_it_was_given() -> None:
    walk = walk_of(Step.PATIENT, KeptAnswers())
    say(walk, KNOWN_NUMBER, "20/7/1958")
    with pytest.raises(RuleRefusedError):
        walk.open()
    assert (refused := walk.back()) is not None
    assert refused.id == "birth_date"
    assert walk.open() == refused


def test_an_answer_that_the_intake_does_not_take_is_refused_like_one_against_a_rule() -> None:
    """Views of other pictures than those chosen now."""
    intake = intake_until(Step.VIEWS, ASKING)
    late = intake.record(PicturesChosen(set_of(2)))
    walk = InterviewWalk(interview_for(Step.VIEWS, intake, ASKING), KeptAnswers(), late.record)
    say(walk, "as-proposed", "forearm", "left", "a year")
    assert walk.open() is None
    with pytest.raises(RuleRefusedError, match="not about the chosen pictures"):
        walk.answer()


def test_who_was_here_is_at_the_step_s_last_question_again() -> None:
    kept = KeptAnswers()
    say(walk_of(Step.PATIENT, kept), *ROSE)
    again = walk_of(Step.PATIENT, kept)
    again.go_over_kept()
    assert asked(again) == ["nhs_number", "birth_date", "family_name", "given_name"]
    assert kept.earlier(open_question(again)) == "Rosalind"


def test_who_was_halfway_is_at_the_first_question_without_an_answer() -> None:
    kept = KeptAnswers()
    say(walk_of(Step.PATIENT, kept), *ROSE[:2])
    again = walk_of(Step.PATIENT, kept)
    again.go_over_kept()
    assert asked(again) == ["nhs_number", "birth_date", "family_name"]
    fresh = walk_of(Step.PATIENT, KeptAnswers())
    fresh.go_over_kept()
    assert asked(fresh) == ["nhs_number"]


def test_a_draft_is_not_gone_over_as_if_it_had_been_submitted() -> None:
    kept = KeptAnswers()
    walk = walk_of(Step.PATIENT, kept)
    say(walk, *ROSE)
    family = next(question for question, _ in walk.said if question.id == "family_name")
    kept.note(family, "Ashgr")
    again = walk_of(Step.PATIENT, kept)
    again.go_over_kept()
    assert open_question(again) == family
    assert kept.earlier(family) == "Ashgr"


def test_an_answer_that_runs_against_a_rule_now_is_asked_again() -> None:
    kept = KeptAnswers()
    say(walk_of(Step.PATIENT, kept), KNOWN_NUMBER, "20/7/1958")
    again = walk_of(Step.PATIENT, kept)
    again.go_over_kept()
    assert asked(again) == ["nhs_number", "birth_date"]


def test_begun_again_the_same_questions_have_the_same_answers() -> None:
    kept = KeptAnswers()
    walk = walk_of(Step.PICTURES, kept)
    first = set_of(1)[0].sha256
    say(walk, CHOOSE, (first,))
    walk.begin_again(pictures_of(set_of(3)))
    assert asked(walk) == ["which", "pictures", "discards"]
    walk.begin_again(pictures_of(set_of(4)))
    assert asked(walk) == ["which"], "the question is another: there are more pictures to choose from"
    say(walk, NEWEST)
    walk.begin_again(pictures_of(()))
    assert walk.said == ()
    with pytest.raises(RuleRefusedError, match="no picture on this card"):
        walk.open()


def test_to_the_start_takes_all_back_and_keeps_it() -> None:
    kept = KeptAnswers()
    walk = walk_of(Step.PATIENT, kept)
    say(walk, *ROSE)
    walk.to_start()
    assert walk.said == ()
    assert kept.settled(open_question(walk)) == ROSE[0]


def test_a_step_without_a_card_s_picture_is_refused_when_it_is_asked_and_not_when_gone_over() -> None:
    walk = InterviewWalk(pictures_of(()), KeptAnswers())
    walk.go_over_kept()
    assert walk.back() is None
    with pytest.raises(RuleRefusedError):
        walk.open()
