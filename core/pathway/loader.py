"""Reads pathway files: those that ship with dermlock, then the practice's own."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from ..errors import WrongUseError
from .checks import faults
from .definition import Pathway

_SHIPPED = Path(__file__).with_name("definitions")
_MEND = "Mend this place in the file, or take the file out of the folder."


def load_pathways(extra_folder: Path | None) -> Mapping[str, Pathway]:
    """Every pathway by its id. A practice's own of the same id stands in for the shipped one.

    Raises WrongUseError that names the file and the place in it.
    """
    pathways = _read_folder(_SHIPPED)
    if extra_folder is not None:
        if not extra_folder.is_dir():
            raise WrongUseError(
                f"There is no folder of pathways at {extra_folder}.",
                "Make it, or mend pathways_folder in the settings.",
            )
        pathways |= _read_folder(extra_folder)
    return pathways


def read_pathway(text: str, name: str) -> Pathway:
    """One pathway from the text of its file. name: what errors call the file."""
    try:
        pathway = msgspec.toml.decode(text, type=Pathway)
    except msgspec.ValidationError as fault:
        raise WrongUseError(f"{name}: {_in_words(str(fault))}.", _MEND) from fault
    except (ValueError, RecursionError) as fault:  # also a number or a nesting that tomllib gives up on
        raise WrongUseError(f"{name} is not TOML: {fault}.", _MEND) from fault
    for found in faults(pathway):
        raise WrongUseError(f"{name}: {found}.", _MEND)
    return pathway


def _read_folder(folder: Path) -> dict[str, Pathway]:
    pathways: dict[str, Pathway] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as failure:
            raise WrongUseError(f"{file.name} cannot be read: {failure}.", _MEND) from failure
        pathway = read_pathway(text, file.name)
        if pathway.id in pathways:
            raise WrongUseError(f"{file.name}: another file of this folder is “{pathway.id}” too.", _MEND)
        pathways[pathway.id] = pathway
    return pathways


def _in_words(message: str) -> str:
    """msgspec's message with the place first: “questions[3].options[0]: …”."""
    what, found, place = message.rpartition(" - at `$")
    if not found:
        return message
    return f"{place.rstrip('`').lstrip('.')}: {what}"
