"""A card watcher whose calls a test takes one by one."""

import queue
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from core.card.card import Card
from core.card.watcher import CardWatcher

PATIENCE = 30.0
"""Seconds after which a test gives up; what it waits for comes within two."""


class Heard:
    """What the watcher called back, in order."""

    def __init__(self) -> None:
        self._calls: queue.Queue[tuple[str, Card]] = queue.Queue()

    def listener(self, what: str) -> Callable[[Card], None]:
        return lambda card: self._calls.put((what, card))

    def next(self) -> tuple[str, Card]:
        """The next call, whatever it is. Fails when none comes."""
        return self._calls.get(timeout=PATIENCE)

    def expect(self, what: str, folder: Path) -> Card:
        """The next call must be this one; changes heard before it do not count, they may come at any time."""
        while True:
            heard, card = self.next()
            if heard == what and card.mount_point == folder:
                return card
            assert heard == "change", f"{heard} of {card.mount_point} instead of {what} of {folder}"

    @property
    def rest(self) -> list[str]:
        """What was called and not asked for, apart from changes."""
        left = []
        while not self._calls.empty():
            left.append(self._calls.get()[0])
        return [what for what in left if what != "change"]


@contextmanager
def watching(roots: Sequence[Path], folders: Sequence[Path]) -> Iterator[Heard]:
    heard = Heard()
    with CardWatcher(roots, folders, heard.listener("arrival"), heard.listener("departure"), heard.listener("change")):
        yield heard
