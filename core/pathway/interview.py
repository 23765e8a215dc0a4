"""Holds a pathway's questions and applies its rules: pathway -> Outcome.

The first rule that holds decides. Where it overrules the clinician's own
concern, the clinician is shown why, with the score and its inputs, and either
takes the route or keeps to the concern with a recorded reason. That reason is
the only way past urgent-cancer criteria.
"""

from collections.abc import Generator, Mapping
from dataclasses import replace
from datetime import date

from ..model.conversation import Conversation, Script, ask, ask_checklist
from ..model.question import Given, Option, Question, QuestionKind, Value
from .conditions import all_hold, chosen, score_value
from .definition import ConditionalSentence, Pathway, PathwayQuestion, Rule
from .outcome import Outcome, Route
from .standing import Standing, standing

OVERRIDE = "override"
OVERRIDE_REASON = "override_reason"
RESERVED_IDS = (OVERRIDE, OVERRIDE_REASON)
"""Ids of the questions that every pathway has, besides its own."""

_NOT_OFFERED_AGAIN = (Route.WITHOUT_PHOTOGRAPHY, Route.AWAITING_CLINICIAN)
"""Concerns that say nothing about urgency: criteria that are met decide over them."""


class PathwayInterview(Conversation[Outcome]):
    """The interview of the pathway step, which can say where it leads while it is held."""

    def __init__(self, pathway: Pathway, today: date) -> None:
        super().__init__(lambda: _walk(pathway, today))
        self._pathway = pathway

    def standing(self, given: Given) -> Standing:
        """Where the answers so far lead; those of a question that is being answered count as they stand."""
        return standing(self._pathway, given)


def pathway_interview(pathway: Pathway, today: date) -> PathwayInterview:
    """The interview of the pathway step. today: for the warning about an outdated pathway."""
    return PathwayInterview(pathway, today)


def as_question(question: PathwayQuestion) -> Question:
    """A pathway's question as it is asked."""
    return Question(
        question.id,
        question.text,
        QuestionKind(question.kind.value),
        tuple(Option(option.id, option.label, option.help, alone=option.alone) for option in question.options),
        help=question.help,
        source=question.source,
    )


def override_questions(pathway: Pathway, kept: Route, decided: Route, why: str) -> tuple[Question, Question]:
    """Whether to take the decided route or keep to the clinician's own, and the reason for keeping."""
    own = pathway.route(kept).name
    return (
        Question(
            OVERRIDE,
            f"This leads to: {pathway.route(decided).name}. Do you take it?",
            QuestionKind.CHOICE,
            (
                Option(decided.value, pathway.route(decided).name),
                Option(kept.value, f"{own} all the same, with a reason"),
            ),
            help=why,
            source="Product rule: a clinician may override with a recorded reason",
        ),
        Question(
            OVERRIDE_REASON,
            f"Why {own}, against the criteria?",
            QuestionKind.TEXT,
            source="Product rule: a clinician may override with a recorded reason",
        ),
    )


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


def _walk(pathway: Pathway, today: date) -> Script[Outcome]:
    given: dict[str, Value] = {}
    for question in pathway.questions:
        if all_hold(question.when, given, pathway):
            if question.kind.value == QuestionKind.CHECKLIST.value:
                yield from ask_checklist(as_question(question), given)
            else:
                yield from ask(as_question(question), given)
    decided, concern = _rules(pathway, given)
    route, reason = decided.route, ""
    if concern.route is not decided.route and concern.route not in _NOT_OFFERED_AGAIN:
        route, reason = yield from _override(pathway, decided, concern.route, given)
    return _outcome(pathway, route, decided, reason, given, today)


def _rules(pathway: Pathway, given: Mapping[str, Value]) -> tuple[Rule, Rule]:
    """The rule that decides, and the one that the clinician's concern alone leads to."""
    holding = [rule for rule in pathway.rules if all_hold(rule.when, given, pathway)]
    return holding[0], next(rule for rule in holding if not rule.raises)


def _override(
    pathway: Pathway, decided: Rule, kept: Route, given: dict[str, Value]
) -> Generator[Question, Value, tuple[Route, str]]:
    why = "\n".join((decided.source + ".", *scores(pathway, given)))
    whether, reason = override_questions(pathway, kept, decided.route, why)
    route = Route((yield from ask(whether, given)))
    if route is decided.route:
        return route, ""
    return route, (yield from ask(reason, given))


def _outcome(
    pathway: Pathway, route: Route, decided: Rule, reason: str, given: dict[str, Value], today: date
) -> Outcome:
    definition = pathway.route(route)

    def shown(sentences: tuple[ConditionalSentence, ...]) -> tuple[str, ...]:
        return tuple(sentence.text for sentence in sentences if all_hold(sentence.when, given, pathway))

    no_pictures = given.get(pathway.reason_question, "")
    obligations = shown(definition.obligations)
    if no_pictures and route is not Route.WITHOUT_PHOTOGRAPHY:
        obligations += shown(pathway.route(Route.WITHOUT_PHOTOGRAPHY).obligations)
    return Outcome(
        pathway=pathway.id,
        version=pathway.version,
        route=route,
        route_name=definition.name,
        required=definition.required,
        advised=definition.advised,
        obligations=obligations,
        warnings=shown(pathway.warnings) + shown(definition.warnings) + _age_warnings(pathway, today),
        rule=f"{decided.id} — {decided.source}",
        override_reason=reason,
        given=tuple(given.items()),
        scores=scores(pathway, given),
        reason_when_missing=definition.reason_when_missing,
        identifiable_allowed=pathway.identifiable_pictures,
        without_photography_reason=str(no_pictures),
    )


def _age_warnings(pathway: Pathway, today: date) -> tuple[str, ...]:
    warnings = []
    if today < pathway.valid_from:
        warnings.append(
            f"“{pathway.name}” is valid from {pathway.valid_from:%d %B %Y} only; check which one holds now."
        )
    if today > pathway.review_by:
        warnings.append(f"“{pathway.name}” was to be reviewed by {pathway.review_by:%d %B %Y}; ask {pathway.owner}.")
    return tuple(warnings)


def without_photography(pathway: Pathway, today: date, reason: str) -> Outcome:
    """Refer without photography before any question was asked, as one key on every screen offers.

    reason: recorded; must not be empty.
    """
    rule = next(rule for rule in pathway.rules if rule.route is Route.WITHOUT_PHOTOGRAPHY)
    outcome = _outcome(pathway, rule.route, rule, "", {pathway.reason_question: reason}, today)
    return replace(outcome, warnings=(*outcome.warnings, "The urgent-cancer criteria were not asked."))


def no_pictures_after_all(outcome: Outcome, pathway: Pathway, reason: str) -> Outcome:
    """The same route, urgent ones too, with no pictures taken and the reason recorded."""
    added = _without_conditions(pathway.route(Route.WITHOUT_PHOTOGRAPHY).obligations)
    return replace(
        outcome,
        without_photography_reason=reason,
        obligations=outcome.obligations + tuple(text for text in added if text not in outcome.obligations),
    )


def _without_conditions(sentences: tuple[ConditionalSentence, ...]) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in sentences if not sentence.when)
