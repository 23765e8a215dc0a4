"""A pathway as data: questions, rules and routes, dated and with their sources.

A clinical rule is never code: a practice or an area edits a TOML file with an
owner, a source and a review date, and the program refuses a file that could
lead a clinician nowhere. The structures here are that file, name for name;
`checks.py` holds what must be true across them.
"""

from datetime import date
from enum import Enum
from typing import Annotated

from msgspec import Meta, Struct

from ..model.lesion import View
from .outcome import Deadlines, Route

Id = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9]*([-_][a-z0-9]+)*\Z")]
Sentence = Annotated[str, Meta(pattern=r"\S")]


class AnswerKind(Enum):
    """How a pathway's question is answered; the names of model/question.py."""

    CHOICE = "choice"
    CHECKLIST = "checklist"
    TEXT = "text"


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that must hold: about a question, about a score, about pictures, or one of several.

    { question = "criteria", any_of = ["scc"] }: it was asked and any of these was chosen.
    { question = "concern", none_of = ["awaiting-clinician"] }: asked, and none of these chosen.
    { score = "seven-point", at_least = 3 }: the score applies and is so high;
    { score = "seven-point", below = 3 }: it applies and is lower.
    { pictures = true }: pictures are taken; false: none are, which may come out later too. In sentences only.
    { either = [{ ... }, { ... }] }: one of these holds, or more.
    A question that was not asked makes every condition on it false.
    """

    question: str = ""
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    score: str = ""
    at_least: int | None = None
    below: int | None = None
    pictures: bool | None = None
    either: tuple["Condition", ...] = ()


class AnswerOption(Struct, frozen=True, forbid_unknown_fields=True):
    """alone: “none of these”, which a checklist needs so that nothing is answered by silence."""

    id: Id
    label: Sentence
    help: str = ""
    alone: bool = False


class PathwayQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """when: every condition must hold for it to be asked; they look at earlier questions only."""

    id: Id
    text: Sentence
    kind: AnswerKind
    source: Sentence
    options: tuple[AnswerOption, ...] = ()
    help: str = ""
    when: tuple[Condition, ...] = ()


class Score(Struct, frozen=True, forbid_unknown_fields=True):
    """Points for the ticked options of one checklist; it applies only when `when` holds.

    meaning: the rule in words, shown with the score and its inputs.
    """

    id: Id
    name: Sentence
    question: str
    points: dict[str, Annotated[int, Meta(ge=1)]]
    meaning: Sentence
    source: Sentence
    when: tuple[Condition, ...] = ()


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """The first rule whose conditions all hold decides the route.

    raises: it may overrule what the clinician asked for, who can keep to that with
    a reason. The other rules say where the clinician's own concern leads.
    """

    id: Id
    route: Route
    source: Sentence
    when: tuple[Condition, ...] = ()
    raises: bool = False


class ConditionalSentence(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence to show, always or when its conditions hold."""

    text: Sentence
    when: tuple[Condition, ...] = ()


class Reply(Struct, frozen=True, forbid_unknown_fields=True):
    """Within how many hours of sending an answer is promised; of several, the first whose conditions hold counts."""

    within_hours: Annotated[int, Meta(ge=1)]
    source: Sentence
    when: tuple[Condition, ...] = ()


class RouteDefinition(Struct, frozen=True, forbid_unknown_fields=True):
    """What a route is called and asks for.

    required, advised: views of each lesion's picture set; a missing one never blocks.
    reason_when_missing: those of them whose absence needs a recorded reason.
    obligations: what is to be done; at least one holds whatever was answered.
    recipients: who takes it, such as practices and forms; a practice lists its own.
    replies: when an answer is due; none where none is promised.
    """

    route: Route
    name: Sentence
    source: Sentence
    required: tuple[View, ...] = ()
    advised: tuple[View, ...] = ()
    reason_when_missing: tuple[View, ...] = ()
    obligations: tuple[ConditionalSentence, ...] = ()
    warnings: tuple[ConditionalSentence, ...] = ()
    recipients: tuple[Sentence, ...] = ()
    replies: tuple[Reply, ...] = ()


class Lead(Struct, frozen=True, forbid_unknown_fields=True):
    """An arrow to a box that stands later in the file.

    rules: it is taken where one of them decides, and goes to the box of their route.
    Without rules it is the way on where nothing was decided yet, or what follows after a route.
    """

    to: str
    label: Sentence
    rules: tuple[str, ...] = ()


class Box(Struct, frozen=True, forbid_unknown_fields=True):
    """One box of the flowchart; the first in the file is where everybody begins.

    guidance: markdown, opened from the box; it stands in the file itself, so that a practice edits, checks and
    hands on one thing. source, dated: where it comes from, and when it was last looked at.
    route: which it stands for. questions: those whose answers are looked at here.
    """

    id: Id
    title: Sentence
    guidance: Sentence
    source: Sentence
    dated: date
    route: Route | None = None
    questions: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()


class OwnDeadlines(Deadlines, frozen=True, forbid_unknown_fields=True):
    """As they stand in a file: what is mistyped there is refused."""


class Pathway(Struct, frozen=True, forbid_unknown_fields=True):
    """One pathway.

    owner: who answers for its content. jurisdiction: where its rules hold.
    valid_from, review_by: dates; outside of them it still works, with a warning.
    identifiable_pictures: whether a picture that identifies the patient may be
    kept when care needs it, with specific consent (the practice's policy).
    reason_question: the text question that asks why there are no pictures.
    warnings: shown whatever the route.
    boxes: the flowchart; each question, rule and route has its place in it.
    deadlines: when the due lists call something late.
    """

    id: Id
    name: Sentence
    version: Sentence
    owner: Sentence
    jurisdiction: Sentence
    source: Sentence
    valid_from: date
    review_by: date
    identifiable_pictures: bool
    reason_question: str
    questions: Annotated[tuple[PathwayQuestion, ...], Meta(min_length=1)]
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1)]
    routes: Annotated[tuple[RouteDefinition, ...], Meta(min_length=1)]
    boxes: Annotated[tuple[Box, ...], Meta(min_length=1)]
    scores: tuple[Score, ...] = ()
    warnings: tuple[ConditionalSentence, ...] = ()
    deadlines: OwnDeadlines = OwnDeadlines()

    def route(self, route: Route) -> RouteDefinition:
        """The definition of a route; the checks see to it that every route has one."""
        return next(definition for definition in self.routes if definition.route is route)

    def question(self, question_id: str) -> PathwayQuestion:
        """The question of that id; the checks see to it that ids that are named exist."""
        return next(question for question in self.questions if question.id == question_id)

    def box(self, box_id: str) -> Box:
        """The box of that id; the checks see to it that ids that are named exist."""
        return next(box for box in self.boxes if box.id == box_id)

    def box_of(self, route: Route) -> Box:
        """The box that stands for a route; the checks see to it that there is one."""
        return next(box for box in self.boxes if box.route is route)
