"""What was agreed, by whom and how: kept as it was said, never rewritten."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum


class Capacity(Enum):
    """On whose word the consent stands (GMC: making and using visual recordings)."""

    SELF = "self"
    CHILD_WITH_CAPACITY = "child-with-capacity"
    PARENT = "parental-responsibility"
    BEST_INTERESTS = "best-interests"


DECLINED = "Declined"
SAFEGUARDING_CONCERN = "Safeguarding concern"
"""Why no pictures are taken, as it begins; the concern stands behind a colon."""


@dataclass(frozen=True)
class Consent:
    """One consent conversation.

    allows_photography: False means refer without photography; the referral goes on.
    teaching, publication: tiers of their own; False unless said yes to.
    wording: the text that was read out or shown, with its version.
    given: every question id with its answer, as answered; the full record.
    intimate: pictures of an intimate area were explained and agreed to.

    What older episodes do not have keeps what stands here for it:
    at: when it was said, by the station's clock with its offset from UTC.
    explained_by: who explained it, by name.
    told_of_referral: the patient was told that advice may turn into a referral.
    without_photography_reason: why no pictures are taken; "" when they are.
    warnings: sentences to show; never block.
    """

    allows_photography: bool
    capacity: Capacity | None
    teaching: bool
    publication: bool
    written: bool
    wording: str
    wording_version: str
    given: tuple[tuple[str, str | tuple[str, ...]], ...]
    intimate: bool = False
    at: datetime | None = None
    explained_by: str = ""
    told_of_referral: bool = False
    without_photography_reason: str = ""
    warnings: tuple[str, ...] = ()

    def said_before(self, earlier: "Consent | None") -> "Consent":
        """The earlier one where this says the very same: it was given then, and only looked at again."""
        same = earlier is not None and replace(self, at=earlier.at) == earlier
        return earlier if earlier is not None and same else self
