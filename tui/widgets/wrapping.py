"""Breaking text into lines of a width in cells, as the terminal counts them."""

import textwrap

from rich.cells import cell_len
from textual.content import Content

LEAST = 10
"""Cells. Narrower is not read any more."""


def wrapped(text: str, width: int) -> list[str]:
    """At least one line, none wider than `width` (or LEAST). Never broken at a hyphen; line breaks are spaces."""
    width = max(LEAST, width)
    words = " ".join(text.splitlines())
    if cell_len(words) == len(words):
        return textwrap.wrap(words, width, break_on_hyphens=False) or [""]
    return [line.plain.rstrip() for line in Content(words).wrap(width)] or [""]


def shortened(text: str, width: int) -> str:
    """Cut in front: the end of a path tells more."""
    while cell_len(text) > max(1, width):
        text = "…" + text[2 if text.startswith("…") else 1 :]
    return text
