"""Whether a pathway's conditions hold for the answers given so far."""

from collections.abc import Iterator, Mapping

from ..model.question import Value
from .definition import Condition, Pathway, Score

Answers = Mapping[str, Value]
"""Answers of the questions that were asked, by id. That of the reason question means: no pictures are taken."""


def all_hold(conditions: tuple[Condition, ...], answers: Answers, pathway: Pathway) -> bool:
    """Every condition holds; none at all always holds."""
    return all(_holds(condition, answers, pathway) for condition in conditions)


def score_value(score: Score, answers: Answers, pathway: Pathway) -> int | None:
    """The points, or None when the score does not apply."""
    if score.question not in answers or not all_hold(score.when, answers, pathway):
        return None
    return sum(score.points[id_] for id_ in chosen(answers[score.question]) if id_ in score.points)


def chosen(value: Value) -> tuple[str, ...]:
    """The option ids of an answer, one or several."""
    return (value,) if isinstance(value, str) else value


def innermost(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    """Every condition with those that stand in `either`, in place of it."""
    for condition in conditions:
        if condition.either:
            yield from innermost(condition.either)
        else:
            yield condition


def _holds(condition: Condition, answers: Answers, pathway: Pathway) -> bool:
    if condition.either:
        return any(_holds(inner, answers, pathway) for inner in condition.either)
    if condition.pictures is not None:
        return condition.pictures is not bool(answers.get(pathway.reason_question))
    if condition.score:
        score = next(score for score in pathway.scores if score.id == condition.score)
        value = score_value(score, answers, pathway)
        if value is None:
            return False
        return (condition.at_least is None or value >= condition.at_least) and (
            condition.below is None or value < condition.below
        )
    if condition.question not in answers:
        return False
    ids = set(chosen(answers[condition.question]))
    return (not condition.any_of or bool(ids & set(condition.any_of))) and not ids & set(condition.none_of)


def in_words(conditions: tuple[Condition, ...]) -> str:
    """For a comment in an answers file, such as: criteria has size or shape, and concern has not urgent."""
    return ", and ".join(_in_words(condition) for condition in conditions)


def _in_words(condition: Condition) -> str:
    if condition.either:
        return ", or ".join(_in_words(inner) for inner in condition.either)
    if condition.pictures is not None:
        return "pictures are taken" if condition.pictures else "no pictures are taken"
    if condition.score:
        bounds = [
            f"{words} {bound}"
            for words, bound in (("at least", condition.at_least), ("below", condition.below))
            if bound is not None
        ]
        return f"the score {condition.score} is {' and '.join(bounds)}"
    parts = [
        f"{words} {' or '.join(ids)}" for words, ids in (("is", condition.any_of), ("is not", condition.none_of)) if ids
    ]
    return f"{condition.question} {' and '.join(parts)}"
