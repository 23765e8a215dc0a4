"""Where a pathway's answers lead so far, while its questions are still being asked.

A proposal to look at, never an answer: the route is decided by the whole
interview, and a clinician can keep to another with a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.question import Value
from .conditions import all_hold, chosen, innermost, score_value
from .definition import Condition, Pathway, Score
from .outcome import Route

Answers = Mapping[str, Value]


@dataclass(frozen=True)
class ScoreSoFar:
    """A score's points by now. certain: it is known that the score applies; otherwise that is asked next."""

    name: str
    points: int
    certain: bool
    meaning: str
    source: str


@dataclass(frozen=True)
class Standing:
    """route: the one that the answers so far lead to, None before anything is answered. because: its rule's source."""

    route: Route | None = None
    route_name: str = ""
    because: str = ""
    scores: tuple[ScoreSoFar, ...] = ()


def standing(pathway: Pathway, answers: Answers) -> Standing:
    """answers: of the questions asked so far, and the one that is being ticked as it stands."""
    scores = tuple(score for each in pathway.scores if (score := _score_so_far(each, answers, pathway)))
    if not pathway.questions or pathway.questions[0].id not in answers:
        return Standing(scores=scores)
    rule = next(rule for rule in pathway.rules if all_hold(rule.when, answers, pathway))
    return Standing(rule.route, pathway.route(rule.route).name, rule.source, scores)


def _score_so_far(score: Score, answers: Answers, pathway: Pathway) -> ScoreSoFar | None:
    """None where the score does not apply, and as long as it is not known to and there is not a point."""
    if score.question not in answers:
        return None
    points = sum(score.points[id_] for id_ in chosen(answers[score.question]) if id_ in score.points)
    applies = score_value(score, answers, pathway) is not None
    if not applies and not (points and any(_is_open(condition, answers) for condition in innermost(score.when))):
        return None
    return ScoreSoFar(score.name, points, applies, score.meaning, score.source)


def _is_open(condition: Condition, answers: Answers) -> bool:
    return bool(condition.question) and condition.question not in answers
