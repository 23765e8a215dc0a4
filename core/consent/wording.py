"""The wording of the consent conversation: data, versioned, the practice's to edit."""

from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from ..errors import WrongUseError

_SHIPPED = Path(__file__).with_name("wording.toml")
_Text = Annotated[str, Meta(pattern=r"\S")]


class ConsentWording(Struct, frozen=True, forbid_unknown_fields=True):
    """The texts of one version; docs/consent.md says what each has to say.

    statement: read out every time. referral: read out behind it, every time: that
    advice may turn into a referral. as_read: what one key confirms besides.
    teaching, publication, intimate, best_interests: read out when it comes to them.
    """

    version: _Text
    owner: _Text
    source: _Text
    review_by: date
    statement: _Text
    referral: _Text
    as_read: _Text
    teaching: _Text
    publication: _Text
    intimate: _Text
    best_interests: _Text

    @property
    def read_out(self) -> str:
        """What is read out every time, as one paragraph."""
        return f"{self.statement} {self.referral}"

    def warnings(self, today: date) -> tuple[str, ...]:
        """That it was to be reviewed by now, as a sentence to show; it never blocks."""
        if today <= self.review_by:
            return ()
        return (
            f"The consent wording “{self.version}” was to be reviewed by {self.review_by:%d %B %Y}; ask {self.owner}.",
        )


def load_wording(file: Path | None) -> ConsentWording:
    """The practice's wording, or the shipped one when `file` is None.

    Raises WrongUseError that names the file and the place in it.
    """
    path = file or _SHIPPED
    mend = "Mend this place in the file, or take consent_wording out of the settings."
    try:
        text = path.read_text(encoding="utf-8")
        wording = msgspec.toml.decode(text, type=ConsentWording)
    except (OSError, UnicodeDecodeError) as failure:
        raise WrongUseError(f"The consent wording {path} cannot be read: {failure}.", mend) from failure
    except msgspec.ValidationError as fault:
        raise WrongUseError(f"The consent wording {path}: {_in_words(str(fault))}.", mend) from fault
    except (ValueError, RecursionError) as fault:  # also a number or a nesting that tomllib gives up on
        raise WrongUseError(f"The consent wording {path} is not TOML: {fault}.", mend) from fault
    texts = {name: getattr(wording, name).strip() for name in wording.__struct_fields__ if name != "review_by"}
    for name, said in texts.items():
        if not all(part.isprintable() for part in said.splitlines()):  # it is shown as it stands, and stored
            raise WrongUseError(f"The consent wording {path}: {name} holds a character that cannot be shown.", mend)
    return msgspec.structs.replace(wording, **texts)


def _in_words(message: str) -> str:
    """msgspec's message with the place first: “statement: …”."""
    what, found, place = message.rpartition(" - at `$.")
    if not found:
        return message
    return f"{place.rstrip('`')} is empty" if "matching regex" in what else f"{place.rstrip('`')}: {what}"
