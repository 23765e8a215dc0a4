"""What is kept of a step belongs to the question as it was put, and a draft is never an answer."""

from dataclasses import replace

from core.intake.walking.kept import KeptAnswers
from core.model.question import Option, Question, QuestionKind

NUMBER = Question("nhs_number", "NHS number", QuestionKind.NHS_NUMBER)
REASON = Question("reason", "Why?", QuestionKind.TEXT)
SIGNS = Question("signs", "Which?", QuestionKind.CHECKLIST, (Option("size", "Size"), Option("shape", "Shape")))


def test_an_answer_is_shown_and_settled_where_the_very_question_is_asked_again() -> None:
    kept = KeptAnswers()
    assert kept.is_empty
    kept.keep(REASON, "face")
    assert (kept.earlier(REASON), kept.settled(REASON)) == ("face", "face")
    assert not kept.is_empty
    for other in (replace(REASON, text="Why not?"), replace(REASON, pictures=("A.JPG",)), SIGNS):
        assert (kept.earlier(other), kept.settled(other)) == (None, None)


def test_a_draft_is_shown_again_and_settles_nothing() -> None:
    kept = KeptAnswers()
    kept.note(SIGNS, ("size",))
    assert (kept.earlier(SIGNS), kept.settled(SIGNS)) == (("size",), None)
    assert not kept.is_empty
    assert kept.earlier(replace(SIGNS, text="Which of these?")) is None
    kept.note(SIGNS, None)
    assert kept.is_empty


def test_a_draft_stands_before_the_answer_until_something_is_submitted() -> None:
    kept = KeptAnswers()
    kept.keep(REASON, "face")
    kept.note(REASON, "tattoo")
    assert (kept.earlier(REASON), kept.settled(REASON)) == ("tattoo", None)
    kept.keep(REASON, "tattoo, left arm")
    assert (kept.earlier(REASON), kept.settled(REASON)) == ("tattoo, left arm",) * 2
    kept.note(REASON, "tat")
    kept.note(REASON, None)
    assert (kept.earlier(REASON), kept.settled(REASON)) == ("tattoo, left arm",) * 2


def test_what_was_answered_is_no_draft_however_it_is_written() -> None:
    kept = KeptAnswers()
    kept.keep(NUMBER, "9990000018")
    kept.note(NUMBER, "999 000 0018")
    assert kept.settled(NUMBER) == "9990000018"
    kept.keep(SIGNS, ("size", "shape"))
    kept.note(SIGNS, ("shape", "size"))
    assert kept.settled(SIGNS) == ("size", "shape")
    kept.note(SIGNS, ("colour",))  # does not fit the question: still no answer
    assert kept.settled(SIGNS) is None


def test_a_refused_answer_that_is_dropped_is_not_offered_again() -> None:
    kept = KeptAnswers()
    kept.keep(REASON, "face")
    kept.drop(REASON)
    assert kept.earlier(REASON) is None


def test_a_refused_answer_gives_way_to_the_one_that_it_replaced() -> None:
    kept = KeptAnswers()
    kept.keep(REASON, "refused at once")
    kept.drop(REASON)
    assert kept.earlier(REASON) is None
    kept.keep(REASON, "face")
    for slip in ("first slip", "second slip"):
        kept.keep(REASON, slip)
        kept.drop(REASON)
        assert kept.settled(REASON) == "face"
    kept.keep(REASON, "face")
    kept.drop(REASON)
    assert kept.earlier(REASON) is None, "said again, and refused now"
