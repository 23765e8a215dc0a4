"""The way that answers took through the flowchart: box by box, up to the route or to what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass

from ...model.question import Value
from ..conditions import all_hold
from ..definition import Box, Lead, Pathway
from ..outcome import Route


@dataclass(frozen=True)
class Way:
    """boxes: ids of those that the way came to, from the first one on; empty before anything was answered.

    leads: the arrows taken, as (box id, which of its leads, counted from 0).
    open: id of the box where an answer is missing; "" where the way came to a route.
    chosen: the route that was taken against the rules, with a reason; None where none was.
    """

    boxes: tuple[str, ...] = ()
    leads: frozenset[tuple[str, int]] = frozenset()
    open: str = ""
    chosen: Route | None = None

    def passes(self, box: Box) -> bool:
        return box.id in self.boxes


def way_taken(pathway: Pathway, answers: Mapping[str, Value], chosen: Route | None = None) -> Way:
    """answers: of the questions that were asked so far, by id. chosen: the route that was taken in the end."""
    if pathway.questions[0].id not in answers:
        return Way(open=pathway.boxes[0].id)
    deciding = next(rule for rule in pathway.rules if all_hold(rule.when, answers, pathway))
    box, passed, leads = pathway.boxes[0], [pathway.boxes[0].id], set[tuple[str, int]]()
    while box.route is None:
        at = _decided_lead(box, deciding.id)
        if (at is None or not deciding.when) and _is_open(box, answers, pathway):
            return Way(tuple(passed), frozenset(leads), open=box.id)
        if at is None:
            at = _lead_on(box, answers, pathway)
        if at is None:
            break
        leads.add((box.id, at))
        box = pathway.box(box.leads[at].to)
        passed.append(box.id)
    return Way(tuple(passed), frozenset(leads), chosen=chosen if chosen is not deciding.route else None)


def _decided_lead(box: Box, rule_id: str) -> int | None:
    return next((at for at, lead in enumerate(box.leads) if rule_id in lead.rules), None)


def _is_open(box: Box, answers: Mapping[str, Value], pathway: Pathway) -> bool:
    """Whether a question that is looked at here is still to be answered."""
    return any(id_ not in answers and all_hold(pathway.question(id_).when, answers, pathway) for id_ in box.questions)


def _lead_on(box: Box, answers: Mapping[str, Value], pathway: Pathway) -> int | None:
    """The way on without a decision; of several, the first to a box of which something was asked."""
    on = [at for at, lead in enumerate(box.leads) if not lead.rules]

    def concerns(lead: Lead) -> bool:
        return any(id_ in answers for id_ in pathway.box(lead.to).questions)

    return next((at for at in on if concerns(box.leads[at])), on[0] if on else None)
