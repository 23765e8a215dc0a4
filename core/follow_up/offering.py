"""Which acts an episode offers now: nobody is asked about a reply to what was never sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from ..consent.withdrawal import ConsentStanding
from ..model.question import Interview
from ..pathway.outcome import Outcome, Route
from .course import Course
from .waiting import SENDS_NOTHING


class ActKind(Enum):
    """The acts by the names they have on screen and on the command line."""

    DECIDE = "decide"
    SENT = "sent"
    REPLIED = "replied"
    TOLD = "told"
    CONFIRM = "confirm"
    RETAIN = "retain"
    WITHDRAW = "withdraw"


LABELS = {
    ActKind.DECIDE: "Decide the route",
    ActKind.SENT: "It was sent",
    ActKind.REPLIED: "The reply came",
    ActKind.TOLD: "The patient was told",
    ActKind.CONFIRM: "The pictures are in the record",
    ActKind.RETAIN: "Keep the pictures, for a reason",
    ActKind.WITHDRAW: "Consent is withdrawn",
}


@dataclass(frozen=True)
class About:
    """The episode that an act is about, as far as its questions need it.

    course: where it is. consent: what holds of it. opened_on: the day of the intake.
    has_pictures: whether the vault holds any of it. route: the questions that decide one.
    """

    course: Course
    consent: ConsentStanding
    opened_on: date
    has_pictures: bool
    route: Callable[[], Interview[Outcome]]
    today: date


def offered(about: About) -> tuple[ActKind, ...]:
    """What can be done with the episode now, the likely next thing first."""
    course = about.course
    awaiting = course.outcome.route is Route.AWAITING_CLINICIAN
    sends = course.outcome.route not in SENDS_NOTHING
    candidates = (
        (ActKind.DECIDE, awaiting),
        (ActKind.SENT, sends and course.sent_on is None),
        (ActKind.REPLIED, course.sent_on is not None and course.replied is None),
        (ActKind.TOLD, course.replied is not None and course.told_on is None),
        (ActKind.CONFIRM, about.has_pictures and course.in_record_on is None and about.consent.may_be_sent),
        (ActKind.RETAIN, about.has_pictures),
        (ActKind.WITHDRAW, bool(about.consent.can_be_withdrawn)),
        (ActKind.DECIDE, not awaiting),
    )
    return tuple(kind for kind, holds in candidates if holds)


def why_not(kind: ActKind, about: About) -> str:
    """What is said when an act that is not offered is asked for."""
    course = about.course
    match kind:
        case ActKind.SENT if course.sent_on is not None:
            return f"That it was sent is written down already, for {course.sent_on:%d %b %Y}."
        case ActKind.SENT if course.outcome.route is Route.AWAITING_CLINICIAN:
            return "A clinician decides the route first."
        case ActKind.SENT:
            return f"Nothing is sent on this route: {course.outcome.route_name}."
        case ActKind.REPLIED if course.sent_on is None:
            return "Nothing was sent that could be replied to."
        case ActKind.REPLIED:
            return "The reply is written down already."
        case ActKind.TOLD if course.replied is None:
            return "There is no reply that the patient could be told of."
        case ActKind.TOLD:
            return "That the patient was told is written down already."
        case ActKind.CONFIRM | ActKind.RETAIN if not about.has_pictures:
            return "This episode has no pictures."
        case ActKind.CONFIRM if not about.consent.may_be_sent:
            return "Consent to these pictures was withdrawn: they go nowhere."
        case ActKind.CONFIRM:
            return "That the pictures are in the record is written down already."
        case _:
            return "There is no consent that could be withdrawn."
