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
    """The texts of one version.

    statement: read out every time. as_read: what one key confirms besides.
    teaching, publication, intimate, best_interests: read out when it comes to them.
    """

    version: _Text
    owner: _Text
    source: _Text
    review_by: date
    statement: _Text
    as_read: _Text
    teaching: _Text
    publication: _Text
    intimate: _Text
    best_interests: _Text


def load_wording(file: Path | None) -> ConsentWording:
    """The practice's wording, or the shipped one when `file` is None.

    Raises WrongUseError that names the file and the place in it.
    """
    path = file or _SHIPPED
    mend = "Mend this place in the file, or take the file out of the settings."
    try:
        text = path.read_text(encoding="utf-8")
        wording = msgspec.toml.decode(text, type=ConsentWording)
    except (OSError, UnicodeDecodeError) as failure:
        raise WrongUseError(f"The consent wording {path.name} cannot be read: {failure}.", mend) from failure
    except (ValueError, RecursionError) as fault:  # also a number or a nesting that tomllib gives up on
        raise WrongUseError(f"{path.name}: {fault}.", mend) from fault
    return msgspec.structs.replace(
        wording,
        **{name: getattr(wording, name).strip() for name in wording.__struct_fields__ if name != "review_by"},
    )
