"""What the answers come to: the outcome of a walk, with its sentences for pictures and for none.

Whether pictures are taken is known for good only much later: consent may be
declined, and no picture may be left that can be used. Therefore an outcome carries
what it says in either case.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from msgspec import structs

from ..model.question import Value
from .conditions import all_hold, chosen, innermost, score_value
from .definition import ConditionalSentence, Pathway, Reply, RouteDefinition, Rule
from .outcome import Deadlines, Outcome, Route

_LONGEST_IN_HOURS = 72
"""Hours. A longer time is told in days where it is a whole number of them."""


def conclude(
    pathway: Pathway, route: Route, decided: Rule, reason: str, given: Mapping[str, Value], today: date
) -> Outcome:
    """route: the one taken. decided: the rule that holds. reason: why another route was taken than the rule's."""
    definition = pathway.route(route)
    no_pictures = str(given.get(pathway.reason_question, ""))
    without = {**given, pathway.reason_question: no_pictures or "none are taken"}
    reply = _reply(pathway, definition, given)
    against = _against(pathway, decided) if route is not decided.route else ()
    age = age_warnings(pathway, today)

    def obligations(answers: Mapping[str, Value]) -> tuple[str, ...]:
        said = _shown(pathway, definition.obligations, answers)
        return (*said, *_recipients(definition), *_awaited(reply))

    def warnings(answers: Mapping[str, Value]) -> tuple[str, ...]:
        return (*against, *_shown(pathway, (*pathway.warnings, *definition.warnings), answers), *age)

    outcome = Outcome(
        pathway=pathway.id,
        version=pathway.version,
        route=route,
        route_name=definition.name,
        required=definition.required,
        advised=definition.advised,
        obligations=obligations(given),
        warnings=warnings(given),
        rule=f"{decided.id} — {decided.source}",
        override_reason=reason,
        given=tuple(given.items()),
        scores=scores(pathway, given),
        reason_when_missing=definition.reason_when_missing,
        identifiable_allowed=pathway.identifiable_pictures,
        reply_due_hours=reply.within_hours if reply else 0,
        reply_source=reply.source if reply else "",
        deadlines=Deadlines(**structs.asdict(pathway.deadlines)),
        said=tuple(_said(pathway, given)),
        obligations_without_pictures=obligations(without),
        warnings_without_pictures=warnings(without),
    )
    return outcome.without_pictures(no_pictures) if no_pictures else outcome


def without_photography(pathway: Pathway, today: date, reason: str, answered: Mapping[str, Value]) -> Outcome:
    """Refer without photography before the questions came to their end, as one key on every screen offers.

    reason: recorded; must not be empty. answered: of the questions, in their order. They decide
    the route as far as they go: who suspects cancer still refers urgently.
    """
    holding = (rule for rule in pathway.rules if answered and all_hold(rule.when, answered, pathway))
    unasked = next(rule for rule in pathway.rules if rule.route is Route.WITHOUT_PHOTOGRAPHY)
    rule = next(holding, unasked)
    outcome = conclude(pathway, rule.route, rule, "", {**answered, pathway.reason_question: reason}, today)
    if _criteria_were_asked(pathway, answered):
        return outcome
    warnings = (*outcome.warnings, "The urgent-cancer criteria were not asked.")
    return replace(outcome, warnings=warnings, warnings_without_pictures=warnings)


def _criteria_were_asked(pathway: Pathway, answered: Mapping[str, Value]) -> bool:
    """Whether every question was, that can raise the route to urgency; those behind the first open one were not."""
    open_ = (
        number
        for number, question in enumerate(pathway.questions)
        if question.id not in answered and all_hold(question.when, answered, pathway)
    )
    came_to = pathway.questions[: next(open_, len(pathway.questions))]
    raising = [rule for rule in pathway.rules if rule.raises and rule.route is Route.URGENT_SUSPECTED_CANCER]
    return _named(pathway, raising) <= {question.id for question in came_to}


def _named(pathway: Pathway, rules: Iterable[Rule]) -> set[str]:
    """The questions that these rules look at, those of their scores too."""
    conditions = [condition for rule in rules for condition in innermost(rule.when)]
    scores_of = [score for score in pathway.scores if any(score.id == condition.score for condition in conditions)]
    of_scores = {
        id_ for score in scores_of for id_ in (score.question, *(each.question for each in innermost(score.when)))
    }
    return of_scores | {condition.question for condition in conditions if condition.question}


def scores(pathway: Pathway, answers: Mapping[str, Value]) -> tuple[str, ...]:
    """Each score that applies, with its inputs and its rule, as a sentence."""
    sentences = []
    for score in pathway.scores:
        value = score_value(score, answers, pathway)
        if value is None:
            continue
        labels = {option.id: option.label for option in pathway.question(score.question).options}
        inputs = [labels[id_] for id_ in chosen(answers[score.question]) if id_ in score.points]
        sentences.append(f"{score.name}: {value} ({'; '.join(inputs) or 'nothing'}). {score.meaning} ({score.source}).")
    return tuple(sentences)


def _said(pathway: Pathway, answers: Mapping[str, Value]) -> Iterator[str]:
    """What decides no route belongs to the letter all the same."""
    deciding = {*_named(pathway, pathway.rules), pathway.reason_question}
    for question in pathway.questions:
        if question.id in answers and question.id not in deciding:
            labels = {option.id: option.label for option in question.options}
            words = "; ".join(labels.get(each, each) for each in chosen(answers[question.id]))
            yield f"{question.text} {words}"


def within(hours: int) -> str:
    """Such as: within 48 hours, within 10 days."""
    days, rest = divmod(hours, 24)
    if hours > _LONGEST_IN_HOURS and not rest:
        return f"within {days} days"
    return f"within {hours} hour{'s' if hours > 1 else ''}"


def _shown(
    pathway: Pathway, sentences: tuple[ConditionalSentence, ...], answers: Mapping[str, Value]
) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in sentences if all_hold(sentence.when, answers, pathway))


def _reply(pathway: Pathway, definition: RouteDefinition, given: Mapping[str, Value]) -> Reply | None:
    return next((reply for reply in definition.replies if all_hold(reply.when, given, pathway)), None)


def _recipients(definition: RouteDefinition) -> Iterator[str]:
    if definition.recipients:
        yield f"It can go to: {'; '.join(definition.recipients)}."


def _awaited(reply: Reply | None) -> Iterator[str]:
    if reply:
        yield f"Look for the answer: it is due {within(reply.within_hours)} of sending."


def _against(pathway: Pathway, decided: Rule) -> tuple[str, ...]:
    return (
        f"The criteria lead to: {pathway.route(decided.route).name} ({decided.source}). "
        "Another route was chosen, with a reason.",
    )


def age_warnings(pathway: Pathway, today: date) -> tuple[str, ...]:
    """What is to be said of a pathway outside its dates; it can be used all the same."""
    warnings = []
    if today < pathway.valid_from:
        warnings.append(
            f"“{pathway.name}” is valid from {pathway.valid_from:%d %B %Y} only; check which one holds now."
        )
    if today > pathway.review_by:
        warnings.append(f"“{pathway.name}” was to be reviewed by {pathway.review_by:%d %B %Y}; ask {pathway.owner}.")
    return tuple(warnings)
