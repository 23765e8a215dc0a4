"""A picture and what was decided about it, from the card to the vault."""

from dataclasses import dataclass
from enum import Enum

from .lesion import View


class Identifiability(Enum):
    """The clinician's answer for one picture (CLINICAL, Identifiability)."""

    NOTHING = "nothing"  # nothing in it identifies the patient
    NEEDED = "needed"  # identifies, and is needed for this care
    WITHHELD = "withheld"  # cannot be used; discarded with its reason


@dataclass(frozen=True)
class CoverBox:
    """A part of a picture that is covered, in pixels of the picture as it is looked at, upright.

    left and top belong to it, right and bottom do not, as in Pillow.
    """

    left: int
    top: int
    right: int
    bottom: int

    def lies_in(self, width: int, height: int) -> bool:
        """Whether it covers something of a picture of that size, and nothing beyond."""
        return 0 <= self.left < self.right <= width and 0 <= self.top < self.bottom <= height

    def __str__(self) -> str:
        return f"{self.left},{self.top},{self.right},{self.bottom}"


@dataclass(frozen=True)
class PictureDecision:
    """Everything a clinician decided about one picture.

    sha256: hex digest of the file as the inventory read it.
    reason: why it is needed or withheld; empty for NOTHING.
    """

    sha256: str
    lesion: int
    view: View
    identifiability: Identifiability
    reason: str = ""


@dataclass(frozen=True)
class DiscardDecision:
    """A file that a named clinician gave up: it is erased without being stored."""

    sha256: str
    reason: str
