"""The three ways in which an intake is answered: on the screens, line by line, and from a file."""

import re
import shutil
from datetime import date
from pathlib import Path

from .asked import ADVICE, MOVE
from .cards import fill_card
from .clinic import KNOWN, TODAY
from .on_screen import Person
from .station import Said, Station, new_station
from .walking import see_the_picture

Keys = tuple[tuple[str, ...], ...]
"""Each with what is waited for first; a text of several characters that is no name of a key is typed."""


BORN = f"{TODAY.year - 10}-01-01"
"""Of a child on TODAY; `of_today` has it for a station that goes by the real clock."""


async def press(person: Person, shown: str, *keys: str) -> None:
    """What `Keys` stands for."""
    await person.wait_for(shown)
    await see_the_picture(person)
    for key in keys:
        if len(key) == 1 or re.fullmatch(r"enter|f\d", key):
            await person.press(key)
        else:
            await person.type(key)


def ask(station: Station, *lines: str) -> Said:
    """`intake --ask`, with these lines typed."""
    typed = "".join(f"{line}\n" for line in lines).encode()
    return station.run("intake", station.card, "--ask", "--passphrase-file", station.passphrase_file, stdin=typed)


def a_station_that_knows_somebody(folder: Path) -> Station:
    """With a vault that knows KNOWN, and three pictures on the card."""
    station = new_station(folder)
    station.create_vault()
    fill_card(station.card, 3)
    known = (str(KNOWN.number), f"{KNOWN.birth_date:%d/%m/%Y}", KNOWN.family_name, KNOWN.given_name)
    referred = ask(station, *known, *ADVICE, "declines", *MOVE)
    assert referred.code == 0, referred.err
    return station


def copy_of(station: Station, folder: Path) -> Station:
    shutil.copytree(station.folder, folder)
    return Station(folder)


def of_today(text: str) -> str:
    return text.replace(BORN, f"{date.today().year - 10}-01-01")


def filled(**values: str | list[str]) -> dict[str, str]:
    """As replacements in a template that `fill_in` filled. Names with __ for a dot; a list for a checklist."""
    replaced = {}
    for name, value in values.items():
        key = name.replace("__", ".")
        before = _USUAL.get(key, "[]" if isinstance(value, list) else '""')
        now = str(value).replace("'", '"') if isinstance(value, list) else f'"{value}"'
        replaced[f"{key} = {before}"] = f"{key} = {now}"
    return replaced


_USUAL = {
    "patient.nhs_number": '"999 000 0018"',
    "patient.birth_date": '"2/4/1961"',
    "patient.family_name": '"Ashgrove"',
    "patient.given_name": '"Rosalind"',
    "consent.consent": '"as-read"',
}
