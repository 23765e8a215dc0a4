"""Holds a pathway's questions and applies its rules: pathway -> Outcome.

The first rule that holds decides. Where it overrules the clinician's own
concern, the clinician is shown why, with the score and its inputs, and either
takes the route or keeps to the concern with a recorded reason. That reason is
the only way past urgent-cancer criteria.
"""

from collections.abc import Generator, Mapping
from datetime import date

from ..model.conversation import Conversation, Script, ask, ask_checklist
from ..model.question import Given, Option, Question, QuestionKind, Value
from .conclusion import conclude, scores
from .conditions import all_hold
from .definition import Pathway, PathwayQuestion, Rule
from .flowchart.way import Way, way_taken
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
        self.pathway = pathway

    def standing(self, given: Given) -> Standing:
        """Where the answers so far lead; those of a question that is being answered count as they stand."""
        return standing(self.pathway, given)

    def way(self, given: Given) -> Way:
        """The way that the answers so far took through the flowchart."""
        said = given.get(OVERRIDE)
        return way_taken(self.pathway, given, Route(said) if isinstance(said, str) else None)


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
    return conclude(pathway, route, decided, reason, given, today)


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
