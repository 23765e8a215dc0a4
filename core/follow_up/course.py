"""The course of an episode: what was sealed, and every act since, folded into where it is now.

A decision of the route begins anew what follows from it: what was sent for an
earlier route is no request for the new one.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import assert_never

from ..pathway.outcome import Outcome
from .acts import Act, ConfirmedInRecord, Decided, Replied, Retained, Sent, Told, What, Withdrawn


@dataclass(frozen=True)
class Course:
    """outcome: the route that holds now, since decided_on; None there while it is the one of the intake.

    sent_on, replied, told_on: of the request that follows from it. in_record_on: when the
    pictures were seen in the record. retained, retained_on: the last decision to keep them.
    withdrawn_on: when consent to the use for this care was first withdrawn, None where it was not;
    what was decided about keeping the pictures before that is open again.
    """

    outcome: Outcome
    decided_on: date | None = None
    sent_on: date | None = None
    replied: Replied | None = None
    told_on: date | None = None
    in_record_on: date | None = None
    retained: Retained | None = None
    retained_on: date | None = None
    withdrawn_on: date | None = None

    @property
    def reply_due_on(self) -> date | None:
        """The last day on which the reply is in time; None where none is promised or nothing was sent."""
        hours = self.outcome.reply_due_hours
        return self.sent_on + timedelta(days=math.ceil(hours / 24)) if self.sent_on and hours else None


def course_of(outcome: Outcome, acts: Iterable[Act]) -> Course:
    """outcome: of the intake. acts: oldest first."""
    course = Course(outcome)
    for act in acts:
        course = _after(course, act.what, act.at.astimezone().date())
    return course


def _after(course: Course, what: What, day: date) -> Course:
    match what:
        case Decided():
            return replace(course, outcome=what.outcome, decided_on=day, sent_on=None, replied=None, told_on=None)
        case Sent():
            return replace(course, sent_on=what.on, replied=None, told_on=None)
        case Replied():
            return replace(course, replied=what, told_on=None)
        case Told():
            return replace(course, told_on=what.on)
        case ConfirmedInRecord():
            return replace(course, in_record_on=day)
        case Retained():
            return replace(course, retained=what, retained_on=day)
        case Withdrawn():
            if not what.covers_care:
                return course
            return replace(course, withdrawn_on=course.withdrawn_on or day, retained=None, retained_on=None)
        case _:
            assert_never(what)
