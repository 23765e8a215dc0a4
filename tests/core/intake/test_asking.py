"""Every step of an intake, answered question by question as a screen does."""

from dataclasses import replace

import pytest

from core.errors import CardError, RuleRefusedError, WrongUseError
from core.intake.asking import interview_for, outcome_without_photography
from core.intake.steps import Intake, Step
from core.model.lesion import Laterality, View
from core.model.picture import Identifiability
from core.model.question import Value
from core.pathway.outcome import Route

from ...support.clinic import EASY, asking_about, held, intake_until, set_of


def test_an_adult_with_three_pictures_is_asked_through_to_the_move() -> None:
    asking = asking_about(set_of(3))
    intake = intake_until(Step.MOVE, asking)
    assert intake.step is Step.MOVE
    assert intake.pathway is not None
    assert intake.pathway.route is Route.ADVICE_AND_GUIDANCE
    assert [(kept.lesion, kept.view, kept.identifiability) for kept in intake.kept] == [
        (1, View.LOCATING, Identifiability.NOTHING),
        (1, View.CLOSE_UP, Identifiability.NOTHING),
        (1, View.DERMOSCOPIC, Identifiability.NOTHING),
    ]
    assert intake.views is not None
    assert intake.views.lesions[0].laterality is Laterality.LEFT
    assert intake.discarded == ()


def test_such_an_intake_takes_few_answers() -> None:
    asking, intake, answers = asking_about(set_of(3)), Intake(), 0
    while intake.step is not Step.MOVE:
        answer, given = held(interview_for(intake.step, intake, asking), EASY[intake.step])
        answers += len(given)
        intake = intake.record(answer)
    assert answers == 4 + 3 + 1 + 1 + 4 + 3 + 1


def test_pictures_are_not_asked_for_without_a_card() -> None:
    asking = replace(asking_about(), inventory=None)
    intake = intake_until(Step.PICTURES, asking)
    with pytest.raises(CardError, match="no card"):
        interview_for(Step.PICTURES, intake, asking)


def test_a_pathway_that_is_not_there_is_named() -> None:
    asking = asking_about(pathway="somewhere-else")
    with pytest.raises(WrongUseError, match="somewhere-else") as refused:
        interview_for(Step.PATHWAY, Intake(), asking)
    assert "england-skin-2026" in refused.value.hint


def test_a_step_is_not_asked_before_what_it_builds_on() -> None:
    asking = asking_about(set_of(3))
    for step in (Step.CONSENT, Step.VIEWS, Step.IDENTIFIABILITY):
        with pytest.raises(RuleRefusedError):
            interview_for(step, Intake(), asking)


def test_refusing_photography_before_the_pathway_records_the_reason() -> None:
    asking = asking_about()
    outcome = outcome_without_photography(Intake(), asking, " safeguarding ", {})
    assert outcome.route is Route.WITHOUT_PHOTOGRAPHY
    assert outcome.without_photography_reason == "safeguarding"
    assert any("criteria were not asked" in warning for warning in outcome.warnings)


@pytest.mark.parametrize(
    ("answers", "route", "asked"),
    [
        ({"concern": "urgent"}, Route.URGENT_SUSPECTED_CANCER, False),
        ({"concern": "urgent", "criteria": ("none",)}, Route.URGENT_SUSPECTED_CANCER, True),
        ({"concern": "advice"}, Route.ADVICE_AND_GUIDANCE, False),
        ({"concern": "advice", "criteria": ("scc",)}, Route.URGENT_SUSPECTED_CANCER, True),
        ({"concern": "advice", "criteria": ("size", "shape")}, Route.ADVICE_AND_GUIDANCE, False),
        ({"concern": "advice", "criteria": ("size", "shape"), "pigmented": "yes"}, Route.URGENT_SUSPECTED_CANCER, True),
        ({"criteria": ("scc",)}, Route.WITHOUT_PHOTOGRAPHY, False),
        ({"concern": "awaiting-clinician", "criteria": ("scc",)}, Route.AWAITING_CLINICIAN, True),
    ],
)
def test_refusing_photography_among_the_pathways_questions_keeps_what_was_said(
    answers: dict[str, Value], route: Route, asked: bool
) -> None:
    """An answer that the walk does not come to says nothing; where a criterion was not asked, that is warned of."""
    outcome = outcome_without_photography(Intake(), asking_about(), "declines", answers)
    assert outcome.route is route
    assert outcome.without_photography
    assert outcome.without_photography_reason == "declines"
    assert any("criteria were not asked" in warning for warning in outcome.warnings) is not asked


def test_refusing_photography_later_keeps_an_urgent_route() -> None:
    asking = asking_about(set_of(3))
    urgent = {**EASY, Step.PATHWAY: {"concern": "urgent", "criteria": ("scc",), "history": ("none",)}}
    intake = intake_until(Step.PICTURES, asking, urgent)
    intake = intake.record(outcome_without_photography(intake, asking, "declines", {}))
    assert intake.pathway is not None
    assert intake.pathway.route is Route.URGENT_SUSPECTED_CANCER
    assert intake.step is Step.REVIEW
    assert any("without delay" in obligation for obligation in intake.pathway.obligations)


def test_refusing_photography_needs_a_reason() -> None:
    with pytest.raises(RuleRefusedError, match="reason"):
        outcome_without_photography(Intake(), asking_about(), "  ", {})
