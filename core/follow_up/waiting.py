"""What an episode still waits for: the lines of the due lists (CLINICAL, After the move).

Worked out when an act is written, so that the lists need no document to be
opened; only whether something is overdue depends on the day that it is looked at.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum

from msgspec import Struct

from ..pathway.outcome import Route
from .acts import Advice
from .course import Course


class WaitsFor(Enum):
    """In the order of the due lists: what keeps a patient waiting comes first."""

    CLINICIAN = "clinician"
    DECISION = "decision"
    SENDING = "sending"
    REPLY = "reply"
    TELLING = "telling"
    WITHDRAWAL = "withdrawal"
    RECORD = "record"
    REVIEW = "review"


IN_WORDS = {
    WaitsFor.CLINICIAN: "a clinician decides the route",
    WaitsFor.DECISION: "decide the route that the reply asks for",
    WaitsFor.SENDING: "to be sent",
    WaitsFor.REPLY: "the reply",
    WaitsFor.TELLING: "the patient is to be told",
    WaitsFor.WITHDRAWAL: "consent withdrawn: decide about its pictures",
    WaitsFor.RECORD: "not yet in the record",
    WaitsFor.REVIEW: "look again whether its pictures are kept",
}

ASKS_FOR_ROUTE = {
    Advice.REFER_URGENTLY: True,
    Advice.REFER: False,
    Advice.MINOR_SURGERY: False,
}
"""Replies after which somebody sends something else, and whether that is urgent."""

SENDS_NOTHING = (Route.PRIMARY_CARE, Route.AWAITING_CLINICIAN)
"""Every other route is a letter, a form or a request to somebody."""

URGENT_TO_SEND = (Route.URGENT_SUSPECTED_CANCER, Route.RADS)
"""RADS goes with the priority urgent (GLOS)."""


class Waiting(Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """since: from when it waits. due_on: the last day on which it is in time, None where there is no such day."""

    what: WaitsFor
    since: date
    due_on: date | None = None

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


def waiting_in(course: Course, opened_on: date, *, has_pictures: bool) -> tuple[Waiting, ...]:
    """opened_on: the day of the intake. has_pictures: whether the vault holds any of the episode."""
    return tuple(_waiting(course, opened_on, has_pictures))


def _waiting(course: Course, opened_on: date, has_pictures: bool) -> Iterator[Waiting]:
    route, decided_on, within = course.outcome.route, course.decided_on or opened_on, course.outcome.deadlines
    if route is Route.AWAITING_CLINICIAN:
        yield _by(WaitsFor.CLINICIAN, opened_on, within.clinician)
    elif route not in SENDS_NOTHING and course.sent_on is None:
        urgent = route in URGENT_TO_SEND
        yield _by(WaitsFor.SENDING, decided_on, within.sending_urgently if urgent else within.sending)
    if course.replied is not None and course.replied.advice in ASKS_FOR_ROUTE:
        urgent = ASKS_FOR_ROUTE[course.replied.advice]
        yield _by(WaitsFor.DECISION, course.replied.on, within.sending_urgently if urgent else within.sending)
    if course.sent_on is not None and course.reply_due_on is not None and course.replied is None:
        yield Waiting(WaitsFor.REPLY, course.sent_on, course.reply_due_on)
    if course.replied is not None and course.told_on is None:
        yield _by(WaitsFor.TELLING, course.replied.on, within.telling)
    if not has_pictures:
        return
    if course.withdrawn_on is not None and course.retained is None:
        yield Waiting(WaitsFor.WITHDRAWAL, course.withdrawn_on)
    if course.withdrawn_on is None and course.in_record_on is None:
        yield _by(WaitsFor.RECORD, opened_on, within.record)
    if course.retained is not None and course.retained_on is not None:
        yield Waiting(WaitsFor.REVIEW, course.retained_on, course.retained.review_on)


def _by(what: WaitsFor, since: date, days: int) -> Waiting:
    return Waiting(what, since, since + timedelta(days=days))
