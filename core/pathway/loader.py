"""Reads pathway files: those that ship with dermlock, then the practice's own."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

from ..errors import WrongUseError
from ..model.question import shortened
from .checks import faults
from .definition import Pathway

_SHIPPED = Path(__file__).with_name("definitions")
_NAMES = ("id", "route", "to")
"""Keys by which the tables of a pathway's file call themselves."""
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
    """One pathway from the text of its file. name: what errors call the file. Raises WrongUseError: its first fault."""
    pathway, found = looked_through(text)
    if pathway is None or found:
        raise WrongUseError(f"{name}: {found[0]}.", _MEND)
    return pathway


def looked_through(text: str) -> tuple[Pathway | None, tuple[str, ...]]:
    """The pathway of a file's text, and everything that is wrong with it, each as “place: what”, without a full stop.

    None where the text is no pathway at all; then the one fault says why.
    """
    try:
        untrusted = msgspec.toml.decode(text)
    except (ValueError, RecursionError) as fault:  # also a number or a nesting that tomllib gives up on
        return None, (f"it is not TOML: {fault}",)
    try:
        pathway = msgspec.convert(untrusted, Pathway, builtin_types=(date,))
    except (msgspec.ValidationError, RecursionError) as fault:
        return None, (_in_words(str(fault), untrusted),)
    return pathway, tuple(faults(pathway))


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


def _in_words(message: str, untrusted: object) -> str:
    """msgspec's message with the place first, named as the file names it: “questions, concern, kind: …”."""
    what, found, path = message.rpartition(" - at `$")
    if not found:
        return message
    place: list[str] = []
    for key, index in re.findall(r"\.([^.\[]+)|\[(\d+)\]", path.rstrip("`")):
        untrusted = _within(untrusted, key, index)
        place.append(key or _name(untrusted, int(index) + 1))
    return f"{', '.join(place)}: {what}"


def _within(untrusted: object, key: str, index: str) -> object:
    if isinstance(untrusted, dict):
        return untrusted.get(key)
    return untrusted[int(index)] if isinstance(untrusted, list) and index else None


def _name(untrusted: object, number: int) -> str:
    """What a table of a list calls itself; else the how-manieth it is, counted from 1."""
    names = (untrusted.get(key) for key in _NAMES) if isinstance(untrusted, dict) else ()
    return next((shortened(name) for name in names if isinstance(name, str) and name.strip()), str(number))
