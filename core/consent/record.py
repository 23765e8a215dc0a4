"""What was agreed, by whom and how: kept as it was said, never rewritten."""

from dataclasses import dataclass
from enum import Enum


class Capacity(Enum):
    """On whose word the consent stands (GMC: making and using visual recordings)."""

    SELF = "self"
    CHILD_WITH_CAPACITY = "child-with-capacity"
    PARENT = "parental-responsibility"
    BEST_INTERESTS = "best-interests"


@dataclass(frozen=True)
class Consent:
    """One consent conversation.

    allows_photography: False means refer without photography; the referral goes on.
    teaching, publication: tiers of their own; False unless said yes to.
    wording: the text that was read out or shown, with its version.
    given: every question id with its answer, as answered; the full record.
    intimate: pictures of an intimate area were explained and agreed to.
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
