"""Lesions, where on the body they are, and the views a picture can be."""

from dataclasses import dataclass
from enum import Enum


class Laterality(Enum):
    LEFT = "left"
    RIGHT = "right"
    MIDLINE = "midline"


class View(Enum):
    """What a picture of a lesion shows (CLINICAL: picture set per lesion)."""

    LOCATING = "locating"  # the general view that shows where it is
    CLOSE_UP = "close-up"  # with a scale
    DERMOSCOPIC = "dermoscopic"  # in contact
    LATERAL = "lateral"  # from the side, where it is raised
    OTHER = "other"


BODY_SITES: tuple[tuple[str, str], ...] = (
    ("scalp", "Scalp"),
    ("forehead", "Forehead or temple"),
    ("eyelid", "Eyelid or around the eye"),
    ("nose", "Nose"),
    ("cheek", "Cheek"),
    ("lip", "Lip or around the mouth"),
    ("chin", "Chin or jaw"),
    ("ear", "Ear"),
    ("neck", "Neck"),
    ("shoulder", "Shoulder"),
    ("upper-arm", "Upper arm"),
    ("elbow", "Elbow"),
    ("forearm", "Forearm or wrist"),
    ("hand", "Hand"),
    ("finger", "Finger or nail"),
    ("chest", "Chest"),
    ("breast", "Breast"),
    ("abdomen", "Abdomen"),
    ("upper-back", "Upper back"),
    ("lower-back", "Lower back"),
    ("groin", "Groin"),
    ("genital", "Genital area"),
    ("buttock", "Buttock"),
    ("thigh", "Thigh or hip"),
    ("knee", "Knee"),
    ("lower-leg", "Lower leg"),
    ("ankle", "Ankle"),
    ("foot", "Foot or sole"),
    ("toe", "Toe or nail"),
)
"""(id, shown name), head to foot."""

PAIRED_SITES = frozenset(
    {
        "eyelid",
        "cheek",
        "ear",
        "shoulder",
        "upper-arm",
        "elbow",
        "forearm",
        "hand",
        "finger",
        "breast",
        "thigh",
        "knee",
        "lower-leg",
        "ankle",
        "foot",
        "toe",
    }
)
"""Sites of which there is a left and a right one, and none in the middle."""

INTIMATE_SITES = frozenset({"breast", "groin", "genital", "buttock"})
"""Sites that bring the sensitive consent questions (GMC, Intimate examinations)."""


@dataclass(frozen=True)
class Lesion:
    """One numbered lesion of an episode. number counts from 1; site is an id of BODY_SITES.

    history: as the clinician wrote it.
    """

    number: int
    site: str
    laterality: Laterality
    history: str = ""

    def __str__(self) -> str:
        return f"lesion {self.number}: {self.laterality.value} {dict(BODY_SITES)[self.site].lower()}"
