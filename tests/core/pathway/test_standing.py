"""Where the answers lead so far: shown while they are given, and what the whole interview then decides."""

import pytest

from core.model.question import Given
from core.pathway.definition import Pathway
from core.pathway.interview import pathway_interview
from core.pathway.loader import load_pathways
from core.pathway.outcome import Route
from core.pathway.standing import Standing, standing

from ...support.clinic import ADVICE, TODAY, held

PATHWAYS = load_pathways(None)
ENGLAND = PATHWAYS["england-skin-2026"]


def so_far(**given: str | tuple[str, ...]) -> Standing:
    return standing(ENGLAND, given)


def test_nothing_is_proposed_before_anything_is_answered() -> None:
    assert so_far() == Standing()


def test_the_concern_leads_somewhere_and_a_criterion_raises_it() -> None:
    assert so_far(concern="advice").route is Route.ADVICE_AND_GUIDANCE
    raised = so_far(concern="advice", criteria=("dermoscopy",))
    assert raised.route is Route.URGENT_SUSPECTED_CANCER
    assert "NG12, 1.7.2" in raised.because


def test_points_run_while_they_are_ticked_and_count_once_it_is_known_that_they_apply() -> None:
    ticked = so_far(concern="advice", criteria=("size", "oozing"))
    assert [(score.points, score.certain) for score in ticked.scores] == [(3, False)]
    assert ticked.route is Route.ADVICE_AND_GUIDANCE  # not before it is known whether the lesion is pigmented
    pigmented = so_far(concern="advice", criteria=("size", "oozing"), pigmented="yes")
    assert [(score.points, score.certain) for score in pigmented.scores] == [(3, True)]
    assert pigmented.route is Route.URGENT_SUSPECTED_CANCER
    assert so_far(concern="advice", criteria=("size", "oozing"), pigmented="no").scores == ()


@pytest.mark.parametrize("criteria", [(), ("none",), ("nodular",)])
def test_without_a_point_there_is_no_score_to_show(criteria: tuple[str, ...]) -> None:
    assert so_far(concern="advice", criteria=criteria).scores == ()
    assert so_far(concern="advice").scores == ()


@pytest.mark.parametrize("pathway", PATHWAYS.values(), ids=PATHWAYS)
@pytest.mark.parametrize("concern", ["advice", "rapid"])
def test_at_the_end_it_is_the_route_that_the_interview_decides(pathway: Pathway, concern: str) -> None:
    interview = pathway_interview(pathway, TODAY)
    answers = {**ADVICE, "concern": concern, "rads_told": "told", "urgent_advice": "advice"}
    outcome, given = held(interview, answers)
    shown: Given = given
    assert interview.standing(shown).route is outcome.route
    assert interview.standing(shown).route_name == outcome.route_name
