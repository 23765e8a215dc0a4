"""What must be true of a pathway before anybody is led by it.

The structures in definition.py refuse wrong keys and types; here stands what
they cannot see: names that must exist, questions that must come earlier, that
every walk ends in a route (the last rule has no condition) and in something to
do, and that none ends before every way up to urgency was looked at. What must be
true of the flowchart stands in flowchart/checks.py.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from .condition_checks import condition_faults, options_of
from .definition import AnswerKind, Pathway, RouteDefinition, Rule
from .flowchart.checks import flowchart_faults
from .interview import RESERVED_IDS
from .outcome import Route

_ALWAYS_THERE = (Route.URGENT_SUSPECTED_CANCER, Route.WITHOUT_PHOTOGRAPHY, Route.AWAITING_CLINICIAN)
"""Routes no pathway may do without: the way up, and the two ways on without an own decision."""


def faults(pathway: Pathway) -> Iterator[str]:
    """Every fault, as “place: what is wrong”. None when the pathway may be used."""
    yield from _repeated("questions", (question.id for question in pathway.questions))
    yield from _repeated("scores", (score.id for score in pathway.scores))
    yield from _repeated("rules", (rule.id for rule in pathway.rules))
    yield from _repeated("routes", (definition.route.value for definition in pathway.routes))
    yield from _repeated("boxes", (box.id for box in pathway.boxes))
    if pathway.review_by <= pathway.valid_from:
        yield "review_by: must be later than valid_from"
    yield from _question_faults(pathway)
    yield from _score_faults(pathway)
    yield from _rule_faults(pathway)
    yield from _route_faults(pathway)
    for number, warning in enumerate(pathway.warnings, 1):
        yield from condition_faults(f"warnings {number}", warning.when, pathway, pathway.questions, about_pictures=True)
    yield from flowchart_faults(pathway)


def _repeated(place: str, ids: Iterable[str]) -> Iterator[str]:
    for id_, count in Counter(ids).items():
        if count > 1:
            yield f"{place}: “{id_}” stands there {count} times"


def _question_faults(pathway: Pathway) -> Iterator[str]:
    for index, question in enumerate(pathway.questions):
        place = f"questions, {question.id}"
        if question.id in RESERVED_IDS:
            yield f"{place}: this id is dermlock's own"
        yield from _repeated(f"{place}, options", (option.id for option in question.options))
        alone = sum(option.alone for option in question.options)
        match question.kind:
            case AnswerKind.TEXT:
                if question.options:
                    yield f"{place}: a text has no options"
            case AnswerKind.CHOICE:
                if len(question.options) < 2 or alone:
                    yield f"{place}: a choice needs two options or more, none of them alone"
            case AnswerKind.CHECKLIST:
                if len(question.options) < 2 or alone != 1:
                    yield f"{place}: a checklist needs two options or more, one of them alone, such as none of these"
        yield from condition_faults(place, question.when, pathway, pathway.questions[:index])
    if pathway.questions[0].when:
        yield f"questions, {pathway.questions[0].id}: the first question is asked of everybody, with no condition"
    yield from _reason_faults(pathway)


def _reason_faults(pathway: Pathway) -> Iterator[str]:
    """Whoever is referred without photography is asked why, and nobody else: an answer means no pictures."""
    reason = next((question for question in pathway.questions if question.id == pathway.reason_question), None)
    if reason is None or reason.kind is not AnswerKind.TEXT:
        yield f"reason_question: “{pathway.reason_question}” is no text question"
        return
    if not reason.when:
        yield f"questions, {reason.id}: it asks why there are no pictures, and needs a condition"
    for rule in pathway.rules:
        if rule.route is Route.WITHOUT_PHOTOGRAPHY and not set(reason.when) <= set(rule.when):
            yield f"rules, {rule.id}: “{reason.id}” must be asked wherever this holds, with no condition besides"


def _score_faults(pathway: Pathway) -> Iterator[str]:
    for score in pathway.scores:
        place = f"scores, {score.id}"
        options = options_of(pathway.questions, score.question)
        if options is None:
            yield f"{place}: there is no question “{score.question}” with options"
        else:
            for id_ in score.points:
                if id_ not in options:
                    yield f"{place}, points: “{score.question}” has no option “{id_}”"
        yield from condition_faults(place, score.when, pathway, pathway.questions, about_scores=False)


def _rule_faults(pathway: Pathway) -> Iterator[str]:
    defined = {definition.route for definition in pathway.routes}
    for rule in pathway.rules:
        place = f"rules, {rule.id}"
        if rule.route not in defined:
            yield f"{place}: the route “{rule.route.value}” is not defined"
        if not rule.when and rule is not pathway.rules[-1]:
            yield f"{place}: only the last rule has no condition; those behind it would never be looked at"
        yield from condition_faults(place, rule.when, pathway, pathway.questions)
    yield from _order_faults(pathway.rules)
    last = pathway.rules[-1]
    if last.when or last.raises:
        yield f"rules, {last.id}: the last rule must have no condition and not raise, so that no answer leads nowhere"


def _order_faults(rules: tuple[Rule, ...]) -> Iterator[str]:
    """Nothing is decided before every way up was looked at, but that a clinician decides."""
    urgent = [index for index, rule in enumerate(rules) if rule.route is Route.URGENT_SUSPECTED_CANCER]
    for rule in rules[: urgent[-1]] if urgent else ():
        waits = rule.route is Route.AWAITING_CLINICIAN and not rule.raises
        if rule.route is not Route.URGENT_SUSPECTED_CANCER and not waits:
            yield f"rules, {rule.id}: must stand behind “{rules[urgent[-1]].id}”, the last that leads to urgency"


def _route_faults(pathway: Pathway) -> Iterator[str]:
    led_to = {rule.route for rule in pathway.rules}
    for route in _ALWAYS_THERE:
        if route not in led_to:
            yield f"rules: no rule leads to “{route.value}”"
    for definition in pathway.routes:
        place = f"routes, {definition.route.value}"
        if definition.route not in led_to:
            yield f"{place}: no rule leads there"
        for view in definition.reason_when_missing:
            if view not in (*definition.required, *definition.advised):
                yield f"{place}, reason_when_missing: “{view.value}” is neither required nor advised"
        for sentence in (*definition.obligations, *definition.warnings):
            yield from condition_faults(place, sentence.when, pathway, pathway.questions, about_pictures=True)
        if not _always_says_what_to_do(definition):
            yield f"{place}, obligations: none holds whatever was answered, with pictures and without"
        for reply in definition.replies:
            yield from condition_faults(f"{place}, replies", reply.when, pathway, pathway.questions)
            if not reply.when and reply is not definition.replies[-1]:
                yield f"{place}, replies: only the last has no condition; those behind it would never be looked at"


def _always_says_what_to_do(definition: RouteDefinition) -> bool:
    """Whether an obligation is shown whatever was answered, both with pictures and with none."""

    def covers(pictures: bool) -> bool:
        return any(all(each.pictures is pictures for each in said.when) for said in definition.obligations)

    return covers(True) and covers(False)
