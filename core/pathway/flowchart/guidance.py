"""What a box says when it is opened: its guidance, and what the pathway's own data say about it.

Pictures, answers due and rules are told from the data that decide them, so that
words and behaviour cannot drift apart.
"""

from collections.abc import Iterator

from ...model.lesion import View
from ..conclusion import within
from ..definition import Box, Pathway, RouteDefinition


def guidance_of(pathway: Pathway, box: Box) -> str:
    """Markdown."""
    parts = [f"# {box.title}", box.guidance.strip()]
    decisions = tuple(_decisions(pathway, box))
    if decisions:
        parts.append("\n".join(("**What is decided here**", "", *decisions)))
    if box.route is not None:
        facts = tuple(_facts(pathway.route(box.route)))
        parts.append("\n".join(("**What this route asks for**", "", *facts)))
    parts.append(
        f"Source: {box.source}.\n\nLooked at {box.dated:%d %B %Y}. {pathway.name}, version {pathway.version}, "
        f"to be reviewed by {pathway.review_by:%d %B %Y}; owner: {pathway.owner}."
    )
    return "\n\n".join(parts) + "\n"


def _decisions(pathway: Pathway, box: Box) -> Iterator[str]:
    rules = {rule.id: rule for rule in pathway.rules}
    for lead in box.leads:
        for id_ in lead.rules:
            rule = rules[id_]
            yield f"- {lead.label[:1].upper()}{lead.label[1:]}: {pathway.route(rule.route).name} ({rule.source})"


def _facts(route: RouteDefinition) -> Iterator[str]:
    if route.required:
        yield f"- Pictures required of each lesion: {_views(route.required)}"
    if route.advised:
        yield f"- Pictures advised: {_views(route.advised)}"
    if route.reason_when_missing:
        yield f"- Say why when there is none: {_views(route.reason_when_missing)}"
    if not route.required and not route.advised:
        yield "- No pictures are needed"
    for reply in route.replies:
        yield f"- Answer due {within(reply.within_hours)} ({reply.source})"
    for recipient in route.recipients:
        yield f"- It can go to: {recipient}"
    for said in route.obligations:
        if all(condition.pictures for condition in said.when):  # not what hangs on an answer
            yield f"- {said.text}"
    yield f"- As in: {route.source}"


def _views(views: tuple[View, ...]) -> str:
    return ", ".join(view.value for view in views)
