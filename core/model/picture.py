"""A picture and what was decided about it, from the card to the vault."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from .lesion import View


class Identifiability(Enum):
    """The clinician's answer for one picture (CLINICAL, Identifiability)."""

    NOTHING = "nothing"  # nothing in it identifies the patient
    COVER = "cover"  # a part of it identifies, and is covered in a copy; the original stays sealed
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


MOST_BOXES = 20
"""On one picture; whoever needs more needs another picture."""

_BOX = re.compile(r"\s*(\d{1,6})\s*,\s*(\d{1,6})\s*,\s*(\d{1,6})\s*,\s*(\d{1,6})\s*", re.ASCII)


def read_boxes(text: str) -> tuple[CoverBox, ...]:
    """Boxes as they are written, “left,top,right,bottom”, one behind the other with “;” between.

    Raises ValueError with what is wrong, as a predicate, when it is none, too many, or not so written.
    """
    parts = [part for part in text.split(";") if part.strip()]
    if not parts:
        raise ValueError("names no box")
    if len(parts) > MOST_BOXES:
        raise ValueError(f"names more than {MOST_BOXES} boxes")
    boxes = []
    for part in parts:
        found = _BOX.fullmatch(part)
        box = CoverBox(*(int(number) for number in found.groups())) if found else CoverBox(0, 0, 0, 0)
        if not (box.left < box.right and box.top < box.bottom):
            raise ValueError("is not written as left,top,right,bottom with left before right and top before bottom")
        boxes.append(box)
    return tuple(boxes)


def written_boxes(boxes: Iterable[CoverBox]) -> str:
    """What `read_boxes` reads."""
    return "; ".join(str(box) for box in boxes)


@dataclass(frozen=True)
class PictureDecision:
    """Everything a clinician decided about one picture.

    sha256: hex digest of the file as the inventory read it.
    reason: why it is needed or withheld; empty for NOTHING and COVER.
    cover: what is covered in the copy; boxes for COVER alone. specific_consent: to this very picture.
    """

    sha256: str
    lesion: int
    view: View
    identifiability: Identifiability
    reason: str = ""
    cover: tuple[CoverBox, ...] = ()
    specific_consent: bool = False


@dataclass(frozen=True)
class DiscardDecision:
    """A file that a named clinician gave up: it is erased without being stored."""

    sha256: str
    reason: str
