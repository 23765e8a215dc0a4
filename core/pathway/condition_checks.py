"""What must be true of a condition: it asks after something that exists, and that is known where it stands."""

from collections.abc import Iterator

from .conditions import innermost
from .definition import Condition, Pathway, PathwayQuestion


def condition_faults(
    place: str,
    conditions: tuple[Condition, ...],
    pathway: Pathway,
    earlier: tuple[PathwayQuestion, ...],
    *,
    about_pictures: bool = False,
    about_scores: bool = True,
) -> Iterator[str]:
    """Every fault, as “place, when: what is wrong”.

    earlier: the questions a condition at this place may look at. about_pictures: whether it may
    ask if pictures are taken, which sentences alone can. about_scores: whether it may look at a score.
    """
    place = f"{place}, when" if not place.endswith(", when") else place
    for condition in conditions:
        kinds = _kinds(condition)
        if kinds == {"either"} and any(inner.either for inner in condition.either):
            yield f"{place}: what stands in either has no either of its own"
        elif kinds == {"either"}:
            yield from condition_faults(
                place, condition.either, pathway, earlier, about_pictures=about_pictures, about_scores=about_scores
            )
        elif kinds == {"pictures"}:
            if not about_pictures:
                yield f"{place}: whether pictures are taken decides about sentences only"
        elif kinds == {"score"} and not (condition.at_least is None and condition.below is None):
            if not about_scores:
                yield f"{place}: a score cannot depend on a score"
            yield from _score_faults(place, condition.score, pathway, earlier)
        elif kinds == {"question"} and (condition.any_of or condition.none_of):
            yield from _option_faults(place, condition, earlier)
        else:
            yield (
                f"{place}: a condition names a question with any_of or none_of, a score with at_least or below, "
                "pictures, or either"
            )


def options_of(questions: tuple[PathwayQuestion, ...], question_id: str) -> set[str] | None:
    """The option ids of a question; None when there is no such question or it has none."""
    for question in questions:
        if question.id == question_id and question.options:
            return {option.id for option in question.options}
    return None


def _kinds(condition: Condition) -> set[str]:
    """What it is about, told by what it names."""
    named = {
        "question": bool(condition.question or condition.any_of or condition.none_of),
        "score": bool(condition.score) or condition.at_least is not None or condition.below is not None,
        "pictures": condition.pictures is not None,
        "either": bool(condition.either),
    }
    return {kind for kind, is_named in named.items() if is_named}


def _score_faults(place: str, score_id: str, pathway: Pathway, earlier: tuple[PathwayQuestion, ...]) -> Iterator[str]:
    score = next((score for score in pathway.scores if score.id == score_id), None)
    if score is None:
        yield f"{place}: there is no score “{score_id}”"
        return
    names = {score.question, *(inner.question for inner in innermost(score.when))}
    if not names <= {question.id for question in earlier}:
        yield f"{place}: the score “{score_id}” is not known there yet"


def _option_faults(place: str, condition: Condition, earlier: tuple[PathwayQuestion, ...]) -> Iterator[str]:
    options = options_of(earlier, condition.question)
    if options is None:
        yield f"{place}: no earlier question “{condition.question}” with options"
        return
    for id_ in (*condition.any_of, *condition.none_of):
        if id_ not in options:
            yield f"{place}: “{condition.question}” has no option “{id_}”"
