"""What of the measured quality is not enough, by the practice's limits. Colour is never judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from ...model.lesion import View
from .measured import Measured

if TYPE_CHECKING:  # msgspec: a card's files are looked at by screens that read no limits
    from .limits import QualityLimits


class Concern(Enum):
    """What may be wrong with a picture, the gravest first."""

    DAMAGED = "damaged"
    NO_DETAIL = "no-detail"
    OUT_OF_FOCUS = "out-of-focus"
    TOO_DARK = "too-dark"
    DARKER = "darker-than-the-others"
    TOO_BRIGHT = "too-bright"
    TOO_SMALL = "too-small"
    SMALLER_THAN_WANTED = "smaller-than-wanted"

    @property
    def calls_for_retake(self) -> bool:
        """Whether taking it again is advised; otherwise it is only told."""
        return self is not Concern.SMALLER_THAN_WANTED


_WORDS = {
    Concern.DAMAGED: "damaged, a part of it may be missing",
    Concern.NO_DETAIL: "perhaps out of focus or empty, there is no detail in its middle",
    Concern.OUT_OF_FOCUS: "perhaps out of focus",
    Concern.TOO_DARK: "perhaps too dark",
    Concern.DARKER: "perhaps too dark, the patient's other pictures are brighter",
    Concern.TOO_BRIGHT: "perhaps too bright, its light parts are washed out",
}


@dataclass(frozen=True)
class PictureQuality:
    """One picture as it was measured, and what it is judged by. It is advice: nothing is refused for it."""

    measured: Measured
    limits: "QualityLimits"

    def concerns(self, view: View | None = None, beside: Sequence["PictureQuality"] = ()) -> tuple[Concern, ...]:
        """By the scale of its view: a dermatoscope shows soft structures and hardly an edge.

        view: None while it is not known; then only what is of concern by either scale.
        beside: the same patient's other pictures, with a dermatoscope or without like this one.
        """
        limits, measured = self.limits, self.measured
        size = (measured.width, measured.height)
        brightest = max((other.measured.lit for other in beside), default=0)
        is_too_small = _is_below(size, limits.least_size)
        found = {
            Concern.DAMAGED: measured.damaged,
            Concern.NO_DETAIL: measured.focus == 0,
            Concern.OUT_OF_FOCUS: measured.focus is not None and 0 < measured.focus < self._least_focus(view),
            Concern.TOO_DARK: measured.lit < limits.dark_below,
            Concern.DARKER: limits.dark_below <= measured.lit < limits.darker_below * brightest,
            Concern.TOO_BRIGHT: measured.washed_out > limits.washed_out_above,
            Concern.TOO_SMALL: is_too_small,
            Concern.SMALLER_THAN_WANTED: not is_too_small and _is_below(size, limits.wanted_size),
        }
        return tuple(concern for concern, is_there in found.items() if is_there)

    def calls_for_retake(self, view: View | None = None, beside: Sequence["PictureQuality"] = ()) -> bool:
        return any(concern.calls_for_retake for concern in self.concerns(view, beside))

    def in_words(self, view: View | None = None, beside: Sequence["PictureQuality"] = ()) -> str:
        """The concerns as predicates without their verb, one behind the other; "" when there are none."""
        return "; ".join(self._words(concern) for concern in self.concerns(view, beside))

    def is_worse_than(self, other: "PictureQuality") -> bool:
        """Whether the other picture, of the same lesion and view, is clearly the better one."""
        if self.measured.focus is None or other.measured.focus is None:
            return False
        return self.measured.worth < self.limits.worse_below * other.measured.worth

    def _least_focus(self, view: View | None) -> float:
        scales = (self.limits.focus_naked_eye, self.limits.focus_dermoscopic)
        return min(scales) if view is None else scales[view is View.DERMOSCOPIC]

    def _words(self, concern: Concern) -> str:
        size = f"{self.measured.width} x {self.measured.height} pixels"
        if concern is Concern.TOO_SMALL:
            return f"too small, {size} where {_written(self.limits.least_size)} are the least"
        if concern is Concern.SMALLER_THAN_WANTED:
            return f"smaller than wanted, {size} where {_written(self.limits.wanted_size)} are"
        return _WORDS[concern]


def _is_below(size: tuple[int, int], wanted: tuple[int, int]) -> bool:
    """Either way round: a picture may be taken upright."""
    return any(side < least for side, least in zip(sorted(size), sorted(wanted), strict=True))


def _written(size: tuple[int, int]) -> str:
    return f"{size[0]} x {size[1]}"
