"""INTERFACE: patient, urgent-cancer answers, consent, capacity and identifiability are said by a person, every time."""

from dataclasses import fields

import pytest

from core.card.card import FileKind
from core.consent.interview import consent_interview
from core.consent.questions import ASKED_WHEN, every_consent_question
from core.errors import RuleRefusedError
from core.identifiability.interview import identifiability_interview
from core.intake.asking import interview_for
from core.intake.interviews.patient import EVERY_PATIENT_QUESTION
from core.intake.interviews.review import review_interview
from core.intake.interviews.views import ViewRules, views_interview
from core.intake.steps import Intake, Step
from core.model.conversation import Conversation
from core.model.lesion import View
from core.model.question import Option, Question, QuestionKind, check_value
from core.pathway.interview import RESERVED_IDS, pathway_interview

from ...support.answering import every_question
from ...support.clinic import TODAY, asking_about, intake_until, other_file, picture, set_of

ASKING = asking_about((*set_of(2), picture("PHONE.JPG", make="Apple"), other_file("A.MOV", FileKind.MOVIE)))
PICTURES = ASKING.inventory.pictures if ASKING.inventory else ()
VIEWS = ViewRules(intimate_agreed=True, age=40, reason_when_missing=(View.DERMOSCOPIC,))

INTERVIEWS: dict[str, Conversation[object]] = {
    "patient": interview_for(Step.PATIENT, Intake(), ASKING),
    **{f"pathway {id_}": pathway_interview(pathway, TODAY) for id_, pathway in ASKING.pathways.items()},
    **{f"consent at {age}": consent_interview(ASKING.wording, age, "", ASKING.now) for age in (9, 16, 17, 18, 80)},
    "pictures": interview_for(Step.PICTURES, Intake(), ASKING),
    "views": views_interview(PICTURES[:1], VIEWS),
    "identifiability": identifiability_interview(PICTURES[1:], identifiable_allowed=True),
    "review": review_interview(intake_until(Step.REVIEW, asking_about(set_of(3))), ASKING.inventory),
}

MAY_STAY_EMPTY = {"pictures", "discards"}
"""Lists of files: nothing ticked is nothing chosen, or nothing given up."""


@pytest.fixture(scope="module", params=INTERVIEWS)
def questions(request: pytest.FixtureRequest) -> dict[str, Question]:
    return every_question(INTERVIEWS[request.param])


def test_no_question_is_answered_by_silence(questions: dict[str, Question]) -> None:
    assert questions
    for question in questions.values():
        if question.id in MAY_STAY_EMPTY:
            continue
        assert not question.takes_nothing
        for silence in ("", (), " "):
            with pytest.raises(RuleRefusedError):
                check_value(question, silence)


def test_no_question_or_option_carries_an_answer(questions: dict[str, Question]) -> None:
    parts: list[Question | Option] = [*questions.values()]
    parts += [option for question in questions.values() for option in question.options]
    for part in parts:
        names = {field.name for field in fields(part)}
        assert not names & {"default", "value", "selected", "preselected", "initial", "answer", "checked"}


def test_a_choice_leaves_a_choice(questions: dict[str, Question]) -> None:
    for question in questions.values():
        if question.kind is QuestionKind.CHOICE and question.id != "review":
            assert len(question.options) > 1


def test_none_of_these_is_offered_and_never_meant(questions: dict[str, Question]) -> None:
    for question in questions.values():
        if question.kind is QuestionKind.CHECKLIST and question.id not in MAY_STAY_EMPTY:
            assert [option.id for option in question.options if option.alone] == ["none"]


def test_every_question_says_where_it_comes_from(questions: dict[str, Question]) -> None:
    for question in questions.values():
        assert question.source
        assert len({option.id for option in question.options}) == len(question.options)


def test_all_questions_there_are_were_looked_at() -> None:
    """So that the tests above are about every one of them."""
    found = {name: set(every_question(interview)) for name, interview in INTERVIEWS.items()}
    assert found["patient"] == {question.id for question in EVERY_PATIENT_QUESTION}
    for id_, pathway in ASKING.pathways.items():
        assert found[f"pathway {id_}"] == {question.id for question in pathway.questions} | set(RESERVED_IDS)
    by_age = set().union(*(ids for name, ids in found.items() if name.startswith("consent")))
    assert by_age == {"consent", *ASKED_WHEN} == {question.id for question in every_consent_question(ASKING.wording)}
    assert found["pictures"] == {"which", "pictures", "discards", "discard_reason"}
    assert {"arrangement", "lesions", "lesion_9_history", "without_dermoscopic"} <= found["views"]
    assert {id_.split("_")[0] for id_ in found["identifiability"]} == {
        "identifiable",
        "cover",
        "specific",
        "reason",
        "phone",
    }
    assert found["review"] == {"review"}
