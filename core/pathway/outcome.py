"""Where a pathway's questions lead: the route, and what it asks for."""

from dataclasses import dataclass
from enum import Enum

from ..model.lesion import View


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
    reason_when_missing: views of the set whose absence needs a recorded reason.
    identifiable_allowed: an identifiable picture may be kept when care needs it.
    without_photography_reason: why no pictures are taken; "" when they are.
    reply_due_hours: within how many hours of its sending a reply is promised; 0 where none is.
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

    @property
    def without_photography(self) -> bool:
        """Whether no pictures are taken; the route itself stands, urgent ones too."""
        return self.route is Route.WITHOUT_PHOTOGRAPHY or bool(self.without_photography_reason)
