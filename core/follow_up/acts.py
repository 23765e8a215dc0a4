"""What is done with an episode after the move. An act is added and never changed.

CLINICAL, After the move: a clinician decides where an assistant captured; the
request is sent; the reply comes, and the patient is told; the pictures are in the
record, or are kept here for a reason; consent is withdrawn. What was sealed stays
as it was said: where the episode stands is worked out from it and from its acts.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from msgspec import Struct

from ..consent.withdrawal import Tier
from ..pathway.outcome import Outcome


class Advice(Enum):
    """What a reply asks the practice to do."""

    MANAGE_HERE = "manage-here"
    REFER_URGENTLY = "refer-urgently"
    REFER = "refer"
    MINOR_SURGERY = "minor-surgery"
    CONVERTED = "converted"  # the request became a referral over there
    MORE_PICTURES = "more-pictures"
    OTHER = "other"


class Decided(Struct, frozen=True, forbid_unknown_fields=True, tag="decided"):
    """A clinician answered the pathway: for an assistant's capture, or anew, such as after advice."""

    outcome: Outcome


class Sent(Struct, frozen=True, forbid_unknown_fields=True, tag="sent"):
    """The referral or the request for advice went off on this day."""

    on: date


class Replied(Struct, frozen=True, forbid_unknown_fields=True, tag="replied"):
    """The reply came on this day. words: in a sentence, "" when the choice says it all."""

    on: date
    advice: Advice
    words: str = ""


class Told(Struct, frozen=True, forbid_unknown_fields=True, tag="told"):
    """The patient was told on this day what the reply says."""

    on: date


class ConfirmedInRecord(Struct, frozen=True, forbid_unknown_fields=True, tag="confirmed-in-record"):
    """Every picture was seen in the patient's record."""


class Retained(Struct, frozen=True, forbid_unknown_fields=True, tag="retained"):
    """The pictures are kept in the vault as well: why, and when that is looked at again."""

    reason: str
    review_on: date


class Withdrawn(Struct, frozen=True, forbid_unknown_fields=True, tag="withdrawn"):
    """Consent is withdrawn for these tiers. said_by: who withdrew it. reason: "" where none was given."""

    tiers: tuple[Tier, ...]
    said_by: str
    reason: str = ""

    @property
    def covers_care(self) -> bool:
        return Tier.CARE in self.tiers


What = Decided | Sent | Replied | Told | ConfirmedInRecord | Retained | Withdrawn


@dataclass(frozen=True)
class Act:
    """at: when it was written down, with its offset. staff: id of who wrote it."""

    at: datetime
    staff: str
    what: What
