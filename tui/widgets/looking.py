"""The keys with which a picture is looked at closely, the same wherever one is shown."""

from textual.binding import Binding

from .bars import Keys
from .sight import Sight

LOOKING = (
    Binding("plus,equals_sign", "zoom(1)", show=False),
    Binding("minus", "zoom(-1)", show=False),
    Binding("0", "zoom(0)", show=False),
    Binding("left,h", "pan(-1, 0)", show=False),
    Binding("right,l", "pan(1, 0)", show=False),
    Binding("up,k", "pan(0, -1)", show=False),
    Binding("down,j", "pan(0, 1)", show=False),
)
"""For the screen that shows it, which has action_zoom(steps) and action_pan(right, down)."""


def looking_keys(sight: Sight, *, pans: bool = True) -> Keys:
    """What of them does something now. pans: whether the arrows are free for it."""
    if not sight.is_close:
        return (("+", "closer"),)
    pan: Keys = (("arrows", "pan"),) if pans else ()
    return (("+ -", "closer, farther"), ("0", "whole"), *pan)
