"""What must be true of a flowchart: everybody who begins it comes to a route, and everything has its place in it."""

from collections import Counter
from collections.abc import Iterator

from ..definition import Box, Pathway


def flowchart_faults(pathway: Pathway) -> Iterator[str]:
    """Every fault, as “place: what is wrong”."""
    yield from _lead_faults(pathway)
    yield from _route_faults(pathway)
    yield from _place_faults(pathway)
    yield from _order_faults(pathway)
    yield from _reach_faults(pathway)


def _lead_faults(pathway: Pathway) -> Iterator[str]:
    position = {box.id: index for index, box in enumerate(pathway.boxes)}
    rules = {rule.id: rule for rule in pathway.rules}
    for index, box in enumerate(pathway.boxes):
        for lead in box.leads:
            place = f"boxes, {box.id}, leads to {lead.to}"
            if lead.to not in position:
                yield f"{place}: there is no box “{lead.to}”"
                continue
            if position[lead.to] <= index:
                yield f"{place}: that box must stand later in the file than this one"
            if not lead.rules and box.route is None and pathway.boxes[position[lead.to]].route is not None:
                yield f"{place}: an arrow to a route names the rules that lead there"
            if lead.rules and box.route is not None:
                yield f"{place}: nothing is decided any more in the box of a route"
            for id_ in lead.rules:
                if id_ not in rules:
                    yield f"{place}: there is no rule “{id_}”"
                elif pathway.boxes[position[lead.to]].route is not rules[id_].route:
                    yield f"{place}: the rule “{id_}” leads to the route “{rules[id_].route.value}”, not to this box"


def _route_faults(pathway: Pathway) -> Iterator[str]:
    standing_for = Counter(box.route for box in pathway.boxes if box.route)
    defined = {definition.route for definition in pathway.routes}
    for box in pathway.boxes:
        if box.route is not None and box.route not in defined:
            yield f"boxes, {box.id}: the route “{box.route.value}” is not defined"
    for definition in pathway.routes:
        count = standing_for[definition.route]
        if count != 1:
            yield f"routes, {definition.route.value}: {count or 'no'} boxes stand for it; it needs one"


def _place_faults(pathway: Pathway) -> Iterator[str]:
    asked = {question.id for question in pathway.questions}
    for box in pathway.boxes:
        for id_ in box.questions:
            if id_ not in asked:
                yield f"boxes, {box.id}, questions: there is no question “{id_}”"
    looked_at = {id_ for box in pathway.boxes for id_ in box.questions}
    for question in pathway.questions:
        if question.id not in looked_at:
            yield f"questions, {question.id}: no box names it"
    decided = Counter(id_ for box in pathway.boxes for lead in box.leads for id_ in lead.rules)
    for rule in pathway.rules:
        if decided[rule.id] != 1:
            yield f"rules, {rule.id}: {decided[rule.id] or 'no'} arrows of the boxes name it; it needs one"


def _order_faults(pathway: Pathway) -> Iterator[str]:
    """The boxes ask in the order in which the rules decide, or the way drawn would not be the way taken."""
    position = {id_: index for index, box in enumerate(pathway.boxes) for lead in box.leads for id_ in lead.rules}
    furthest = -1
    for rule in pathway.rules:
        at = position.get(rule.id, furthest)
        if at < furthest:
            yield f"rules, {rule.id}: its box stands before that of a rule that is looked at earlier"
        furthest = max(furthest, at)


def _reach_faults(pathway: Pathway) -> Iterator[str]:
    first, last_rule = pathway.boxes[0], pathway.rules[-1].id
    if first.route is not None:
        yield f"boxes, {first.id}: the first box stands for no route"
    reached = _reached(pathway, through_routes=True)
    for box in pathway.boxes:
        if box.id not in reached:
            yield f"boxes, {box.id}: no arrow leads here from “{first.id}”, the first box"
    for box in _reached(pathway, through_routes=False).values():
        if box.route is None and not any(not lead.rules or last_rule in lead.rules for lead in box.leads):
            yield f"boxes, {box.id}: whoever is not led to a route here goes nowhere; an arrow without rules is missing"


def _reached(pathway: Pathway, *, through_routes: bool) -> dict[str, Box]:
    """The boxes that arrows lead to from the first one, and that itself; without what follows after a route or with."""
    boxes = {box.id: box for box in pathway.boxes}
    reached, begun = {}, [pathway.boxes[0]]
    while begun:
        box = begun.pop()
        if box.id in reached:
            continue
        reached[box.id] = box
        if through_routes or box.route is None:
            begun += [boxes[lead.to] for lead in box.leads if lead.to in boxes]
    return reached
