"""Consent that is taken back later: what that stops, and what holds after it.

A patient may withdraw at any time (GMC: Making and using visual and audio
recordings of patients). Teaching and publication stop at once; for care nothing
more is sent. What was agreed and the pictures stay as they are: destroying them
is a clinician's reasoned decision of its own.

Two stations may each write one down without knowing of the other's. Therefore a
withdrawal is added and never undone, and the most restrictive wins: what any of
them stops is stopped, in whatever order they are read and whatever their clocks
said. Whoever agrees again later does so in a new episode's consent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from .record import Consent


class Tier(Enum):
    """What the pictures may be used for; each is agreed to, and withdrawn, on its own."""

    CARE = "care"
    TEACHING = "teaching"
    PUBLICATION = "publication"


@dataclass(frozen=True)
class Withdrawal:
    """One time that consent was taken back.

    tiers: what it is taken back for, at least one. said_by: who said so, the patient or whoever
    speaks for them. at: when, with its offset. staff: id of who wrote it down. reason: "" where
    none was given; none is needed.
    """

    tiers: tuple[Tier, ...]
    said_by: str
    at: datetime
    staff: str
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.tiers or not self.said_by.strip() or self.at.tzinfo is None:
            raise ValueError("a withdrawal says for what, by whom and when")

    def stops(self, tier: Tier) -> bool:
        """Whoever does not want the pictures used for their own care wants them used for nothing else."""
        return tier in self.tiers or Tier.CARE in self.tiers


@dataclass(frozen=True)
class TierStanding:
    """One tier now. agreed: it was said yes to. withdrawal: the first one that stops it, None while nothing does."""

    agreed: bool
    withdrawal: Withdrawal | None = None

    @property
    def holds(self) -> bool:
        return self.agreed and self.withdrawal is None

    @property
    def withdrawn_at(self) -> datetime | None:
        """Since when something that was agreed to is stopped; None where nothing was taken back."""
        return self.withdrawal.at if self.agreed and self.withdrawal is not None else None


@dataclass(frozen=True)
class ConsentStanding:
    """What the pictures of an episode may be used for now."""

    care: TierStanding
    teaching: TierStanding
    publication: TierStanding

    def of(self, tier: Tier) -> TierStanding:
        return {Tier.CARE: self.care, Tier.TEACHING: self.teaching, Tier.PUBLICATION: self.publication}[tier]

    @property
    def may_be_sent(self) -> bool:
        """Whether a picture may still be sent to anybody for this care."""
        return self.care.holds

    @property
    def can_be_withdrawn(self) -> tuple[Tier, ...]:
        """What there is to take back: the tiers that hold."""
        return tuple(tier for tier in Tier if self.of(tier).holds)

    @property
    def destruction_is_to_be_decided(self) -> bool:
        """Care was agreed to and withdrawn: a clinician decides, with a reason, what becomes of the pictures."""
        return self.care.withdrawn_at is not None


def standing_of(consent: Consent | None, withdrawals: Iterable[Withdrawal]) -> ConsentStanding:
    """What holds of a consent after these withdrawals, which may come in any order and more than once.

    consent: as it was given; None, where no pictures were agreed to, allows nothing.
    """
    by_time = sorted(withdrawals, key=_order)
    agreed = {
        Tier.CARE: consent is not None and consent.allows_photography,
        Tier.TEACHING: consent is not None and consent.allows_photography and consent.teaching,
        Tier.PUBLICATION: consent is not None and consent.allows_photography and consent.publication,
    }
    care, teaching, publication = (
        TierStanding(agreed[tier], next((each for each in by_time if each.stops(tier)), None)) for tier in Tier
    )
    return ConsentStanding(care, teaching, publication)


def _order(withdrawal: Withdrawal) -> tuple[datetime, str, str, str, list[str]]:
    """By time; of one moment by all that it says, so that every station has the same first one."""
    tiers = [tier.value for tier in withdrawal.tiers]
    return withdrawal.at, withdrawal.staff, withdrawal.said_by, withdrawal.reason, tiers
