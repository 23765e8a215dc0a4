"""Where a pathway's questions lead: the route, and what it asks for."""

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Annotated

from msgspec import Meta, Struct

from ..model.lesion import View

Days = Annotated[int, Meta(ge=0, le=366)]


class Route(Enum):
    """CLINICAL, Pathways to ship as data."""

    PRIMARY_CARE = "primary-care"
    MINOR_SURGERY = "minor-surgery"
    ADVICE_AND_GUIDANCE = "advice-and-guidance"
    RADS = "rads"
    ROUTINE = "routine-dermatology"
    URGENT_SUSPECTED_CANCER = "urgent-suspected-cancer"
    WITHOUT_PHOTOGRAPHY = "refer-without-photography"
    AWAITING_CLINICIAN = "awaiting-clinician"  # an assistant captured; a clinician decides


class Deadlines(Struct, frozen=True):
    """Days until something on the due lists is late: 0 is the same day.

    clinician: until a clinician decides what an assistant left open. sending, sending_urgently: until the
    request is sent. telling: until the patient is told of a reply. record: until the pictures are in the record.
    """

    clinician: Days = 1
    sending: Days = 3
    sending_urgently: Days = 0
    telling: Days = 3
    record: Days = 7


@dataclass(frozen=True)
class Outcome:
    """One walk through a pathway's questions.

    required, advised: views of each lesion's picture set.
    obligations: what must be done besides pictures, as sentences to show.
    warnings: sentences to show; never block.
    rule: id of the rule that decided the route, with its source behind " — ".
    override_reason: why the clinician chose another route than the rule's; else "".
    given: every question id with its answer, as answered.
    scores: each score that applies, with its inputs and its rule, as a sentence.
    said: the questions that decide no route, such as the history, each with its answer, as sentences.
    reason_when_missing: views of the set whose absence needs a recorded reason.
    identifiable_allowed: an identifiable picture may be kept when care needs it.
    without_photography_reason: why no pictures are taken; "" when they are.
    reply_due_hours: within how many hours of its sending a reply is promised; 0 where none is.
    reply_source: where that comes from.
    deadlines: of what is due after it.
    obligations_without_pictures, warnings_without_pictures: in place of those above, should
    no pictures be taken after all.
    """

    pathway: str
    version: str
    route: Route
    route_name: str
    required: tuple[View, ...]
    advised: tuple[View, ...]
    obligations: tuple[str, ...]
    warnings: tuple[str, ...]
    rule: str
    override_reason: str
    given: tuple[tuple[str, str | tuple[str, ...]], ...]
    scores: tuple[str, ...] = ()
    reason_when_missing: tuple[View, ...] = ()
    identifiable_allowed: bool = False
    without_photography_reason: str = ""
    reply_due_hours: int = 0
    reply_source: str = ""
    obligations_without_pictures: tuple[str, ...] = ()
    warnings_without_pictures: tuple[str, ...] = ()
    deadlines: Deadlines = field(default_factory=Deadlines)
    said: tuple[str, ...] = ()

    @property
    def without_photography(self) -> bool:
        """Whether no pictures are taken; the route itself stands, urgent ones too."""
        return self.route is Route.WITHOUT_PHOTOGRAPHY or bool(self.without_photography_reason)

    def without_pictures(self, reason: str) -> "Outcome":
        """The same route, urgent ones too, with no pictures: none are asked for, and nothing speaks of sending them.

        reason: why there are none; it takes the place of an earlier one, unless it is empty.
        """
        if not self.obligations_without_pictures:  # written down by a version that did not say it
            return replace(self, without_photography_reason=reason or self.without_photography_reason)
        return replace(
            self,
            required=(),
            advised=(),
            reason_when_missing=(),
            obligations=self.obligations_without_pictures,
            warnings=self.warnings_without_pictures,
            without_photography_reason=reason or self.without_photography_reason,
        )
