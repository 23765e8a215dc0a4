"""Made-up card files whose quality is known, for what is said of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.card.card import CardFile
from core.photo.quality.judging import PictureQuality
from core.photo.quality.limits import load_limits
from core.photo.quality.measured import Measured

from .clinic import set_of

FINE = Measured(width=4000, height=3000, focus=3.0, levels=120.0, lit=160, washed_out=0.0)
BLURRED: Mapping[str, Any] = {"focus": 1.2}


def judged(**measured: Any) -> PictureQuality:
    """Of a good picture, but for these."""
    return PictureQuality(replace(FINE, **measured), load_limits(None))


def like(file: CardFile, **measured: Any) -> CardFile:
    return replace(file, quality=judged(**measured))


def three(**second: Any) -> tuple[CardFile, ...]:
    """Locating, close-up, dermoscopic. second: what is different about the close-up."""
    first, close_up, last = set_of(3)
    return like(first), like(close_up, **second), like(last, focus=2.0)
