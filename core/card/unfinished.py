"""The names that an erasure gives to what it is working on (VAULT, The move).

A card may be pulled while a file is being overwritten. What bears such a name is
never imported and never shown as a picture: the erasing station finishes it, at
the next sign-in with this card present.
"""

import re
from pathlib import PurePath

TOMBSTONE_PREFIX = "~dermlock-"
"""Every name the erasing station makes up starts with it, also after FAT made it upper case."""

FILLER = re.compile(r"~dlk[0-9a-z]{4}\.dlk", re.IGNORECASE)
"""Empty files that fill the places of deleted names; short, so that FAT keeps each in one place."""


def is_unfinished(name: str) -> bool:
    """Whether one file's or folder's name (no slashes) was given by an erasure."""
    return name.lower().startswith(TOMBSTONE_PREFIX) or bool(FILLER.fullmatch(name))


def lies_in_unfinished(path: PurePath) -> bool:
    """Whether any part of the path was: what lies below such a folder is unfinished too."""
    return any(is_unfinished(part) for part in path.parts)
