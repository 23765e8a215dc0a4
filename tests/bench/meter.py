"""From a key to the last piece of what it paints, as somebody in front of the terminal sees it.

What a terminal prints is not all the key's doing: a cursor blinks, a card that is
being read counts up, a colour's name goes away after three seconds. So a key's paint
is the last piece that changed the screen, but for one blinking cell, and for the rows
of a busy screen that change while nobody presses anything. A key after which nothing
else changed painted nothing: it is counted, and is no time.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pyte.screens import Char
from textual.screen import Screen

from ..support.terminal import Cells, Terminal

COLOURS = "f9"
"""Changes the theme, which repaints every character: the most that a key can ask for."""

TYPING = ("x", "backspace")
ROWS = ("up", "down")
"""Among rows, from the second: before the first key nothing may be marked yet, and beyond the last nothing moves."""

PAGES = ("pagedown", "pageup")
THEMES = 3
"""F9 is pressed so often that the colours come round again: every screen is met in the same ones."""

REST = 0.15
"""Seconds without a byte after which what was painted is taken for painted to its end."""

LONGEST = 0.5
"""Seconds after which a busy screen, which never rests, is no longer listened to."""

PATIENCE = 3.0
"""Seconds after which a key is taken to paint nothing."""

STEPS_APART = 0.1
"""Seconds within which a key is pressed at random, so that keys do not keep step with what goes on by itself."""


@dataclass
class Times:
    """Of one screen, in seconds: of its own keys, and of F9. nothing: how many keys painted nothing."""

    own: list[float] = field(default_factory=list)
    colours: list[float] = field(default_factory=list)
    nothing: int = 0


class Meter:
    """rounds: how often each key is pressed. screens: times by the name of what is on the screen, as it was met.

    on: of the keys that led from one of them to the next. memory: of the largest program, in MiB.
    """

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.screens: dict[str, Times] = {}
        self.on: list[float] = []
        self.met: set[type[Screen[Any]]] = set()
        self.memory = 0.0
        self._dice = random.Random(24)

    def measure(
        self,
        terminal: Terminal,
        screen: type[Screen[Any]],
        what: str,
        *keys: str,
        busy: Callable[[], None] | None = None,
        colours: bool = True,
        rounds: int | None = None,
    ) -> None:
        """Each key, one round after the other: they lead back to where they began. Then F9, if colours.

        screen: what stands in the terminal, in the program's words; what: in the report's.
        busy: makes sure that work goes on in the background; None where nothing does.
        rounds: where a round takes long, how many of them.
        """
        self.met.add(screen)
        times = self.screens.setdefault(what, Times())
        terminal.wait_for("", without="Colours: ")  # F9's words of a moment ago, which go by themselves
        restless: frozenset[int] = frozenset()
        if busy:
            busy()
            terminal.come_to_rest(2 * REST)
            restless = _restless_rows(terminal)
        if keys[:2] == ROWS:
            terminal.press("down", "down")
        for _ in range((rounds or self.rounds) if keys else 0):
            for key in keys:
                times.nothing += not self._press(terminal, key, times.own, restless, busy)
        for _ in range(-(-self.rounds // THEMES) * THEMES if colours else 0):
            times.nothing += not self._press(terminal, COLOURS, times.colours, restless, busy)
        self.memory = max(self.memory, terminal.peak_memory)

    def go_on(self, terminal: Terminal, key: str, *texts: str, without: str = "") -> str:
        """Presses a key that leads on, waits for these texts, and returns the screen."""
        self._press(terminal, key, self.on, frozenset(), None)
        return terminal.wait_for(*texts, without=without)

    def _press(
        self,
        terminal: Terminal,
        key: str,
        times: list[float],
        restless: frozenset[int],
        busy: Callable[[], None] | None,
    ) -> bool:
        """Whether it painted anything."""
        if busy:
            busy()
        terminal.come_to_rest(PATIENCE / 10)
        time.sleep(self._dice.uniform(0, STEPS_APART))
        terminal.listen(0, rest=0, at_most=STEPS_APART)
        painted = time_to_paint(terminal, key, restless)
        if painted is not None:
            times.append(painted)
        return painted is not None


def time_to_paint(terminal: Terminal, key: str, restless: frozenset[int] = frozenset()) -> float | None:
    """In seconds; None when it paints nothing. restless: rows that are not looked at."""
    shown = terminal.cells
    pressed, painted = time.monotonic(), None
    terminal.press(key)
    while painted is None and (left := pressed + PATIENCE - time.monotonic()) > 0:
        for at, cells in terminal.listen(left, REST, at_most=LONGEST):
            if has_changed(shown, cells, restless):
                painted = at - pressed
            shown = cells
    return painted


def has_changed(before: Cells, after: Cells, restless: frozenset[int] = frozenset()) -> bool:
    """Whether more than one cell looks different, or another character stands in one."""
    changed = [
        (x, y)
        for y, (old, new) in enumerate(zip(before, after, strict=True))
        if y not in restless and old != new
        for x in range(len(old))
        if _seen(old[x]) != _seen(new[x])
    ]
    return len(changed) > 1 or any(before[y][x].data != after[y][x].data for x, y in changed)


def _seen(cell: Char) -> Char:
    """As an eye sees it: of an empty one, what is behind."""
    is_empty = cell.data == " " and not (cell.reverse or cell.underscore or cell.strikethrough)
    return Char(" ", bg=cell.bg) if is_empty else cell


def _restless_rows(terminal: Terminal) -> frozenset[int]:
    """The rows that change while nobody presses a key; where only a cursor blinks, keys may still be seen."""
    shown = terminal.cells
    restless: set[int] = set()
    for _, cells in terminal.listen(1.0, rest=1.0, at_most=1.5):
        restless |= {y for y in range(len(cells)) if has_changed(shown[y : y + 1], cells[y : y + 1])}
        shown = cells
    return frozenset(restless)
