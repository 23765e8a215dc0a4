"""From where on quality is of concern: dated data, the practice's to edit."""

from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from ...errors import WrongUseError

_SHIPPED = Path(__file__).with_name("limits.toml")
_Text = Annotated[str, Meta(pattern=r"\S")]
_Side = Annotated[int, Meta(ge=1, le=100_000)]
_Focus = Annotated[float, Meta(ge=0, le=100)]
_Share = Annotated[float, Meta(ge=0, le=1)]


class QualityLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the limits; limits.toml says what each means."""

    version: _Text
    owner: _Text
    source: _Text
    valid_from: date
    review_by: date
    least_size: tuple[_Side, _Side]
    wanted_size: tuple[_Side, _Side]
    focus_naked_eye: _Focus
    focus_dermoscopic: _Focus
    dark_below: Annotated[int, Meta(ge=0, le=255)]
    darker_below: _Share
    washed_out_above: _Share
    worse_below: _Share

    def warnings(self, today: date) -> tuple[str, ...]:
        """That they were to be reviewed by now, as a sentence to show; it never blocks."""
        if today <= self.review_by:
            return ()
        which = f"The limits of picture quality, version {self.version},"
        return (f"{which} were to be reviewed by {self.review_by:%d %B %Y}; ask {self.owner}.",)


def load_limits(file: Path | None) -> QualityLimits:
    """The practice's limits, or the shipped ones when `file` is None.

    Raises WrongUseError that names the file and the place in it.
    """
    path = file or _SHIPPED
    mend = "Mend this place in the file, or take quality_limits out of the settings."
    try:
        return msgspec.toml.decode(path.read_text(encoding="utf-8"), type=QualityLimits)
    except (OSError, UnicodeDecodeError) as failure:
        raise WrongUseError(f"The limits of picture quality {path} cannot be read: {failure}.", mend) from failure
    except msgspec.ValidationError as fault:
        raise WrongUseError(f"The limits of picture quality {path}: {_in_words(str(fault))}.", mend) from fault
    except (ValueError, RecursionError) as fault:  # also a number or a nesting that tomllib gives up on
        raise WrongUseError(f"The limits of picture quality {path} are not TOML: {fault}.", mend) from fault


def _in_words(message: str) -> str:
    """msgspec's message with the place first: “dark_below: …”."""
    what, found, place = message.rpartition(" - at `$.")
    return f"{place.rstrip('`')}: {what}" if found else message
