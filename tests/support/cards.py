"""Folders that behave as a camera's card, filled with pictures that the program draws."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.photo.drawing import draw_skin_picture

TAKEN_AT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
"""When the first picture of a card was taken: long ago enough to be at rest."""


def put_file(card: Path, path: str, content: bytes, *, written_at: datetime = TAKEN_AT) -> Path:
    """One file of that content at `path` below the card, with that time."""
    file = card / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (written_at.timestamp(), written_at.timestamp()))
    return file


def fill_card(
    card: Path, pictures: int = 3, *, first_seed: int = 1, size: tuple[int, int] = (320, 240), gps: bool = False
) -> tuple[Path, ...]:
    """Puts DCIM with that many pictures into a folder, one a minute.

    They go round in threes: locating, close-up, dermoscopic. Each is another one.
    """
    files = []
    for number in range(pictures):
        taken_at = TAKEN_AT + timedelta(minutes=number)
        drawn = draw_skin_picture(
            first_seed + number,
            taken_at=taken_at,
            size=size,
            locating=number % 3 == 0,
            dermoscopic=number % 3 == 2,
            gps=gps,
        )
        files.append(put_file(card, f"DCIM/100DERMA/IMG_{number + 1:04}.JPG", drawn, written_at=taken_at))
    return tuple(files)
