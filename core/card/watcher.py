"""Notices cards coming and going, and files on them, without being asked.

The mount table is the authority (mounts.py). watchdog only gives hints: inotify
hears of files, not of mounts, and stays deaf after an unmount, so every new mount
is watched anew. On FUSE and network mounts inotify does not hear the far side
either; there watchdog compares listings every POLLED_EVERY seconds.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from .card import Card
from .finding import CardIn, cards_in
from .mounts import MountTableWatch

SWEEP_EVERY = 1.5
"""Seconds between looks when nothing is heard: a pulled card can stay mounted without a sound.
Below the 2 s within which a card has to be noticed."""

GATHERED_FOR = 0.25
"""Seconds in which hints are gathered: copying or erasing makes thousands, one look answers all."""

POLLED_EVERY = 2.0
"""Seconds between the listings that are compared where inotify hears nothing (CARD, Finding it)."""

_APPEARANCES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]

_CHANGES: list[type[FileSystemEvent]] = [*_APPEARANCES, FileModifiedEvent, FileClosedEvent]
"""Not the opening and closing of files that are only read, which dermlock does all the time."""

_SILENT = logging.NullHandler()
"""Without any handler, Python prints watchdog's warnings across the screen."""


class CardWatcher:
    """Calls back when a card arrives, departs, or changes, from a thread of its own.

    roots: folders below which volumes are mounted. folders: configured folders that
    stand for cards: one is in while it holds DCIM or any file.
    on_arrival also tells of every card that is in at the start. on_change: files came,
    went or changed, or the card became writable or read-only; gathered, not one a file.

    Callbacks must return soon and must not wait for the thread that calls stop().
    Use start() and stop() once each, or a with block.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        folders: Sequence[Path],
        on_arrival: Callable[[Card], None],
        on_departure: Callable[[Card], None],
        on_change: Callable[[Card], None],
    ) -> None:
        self._roots = tuple(roots)
        self._folders = tuple(folders)
        self._on_arrival = on_arrival
        self._on_departure = on_departure
        self._on_change = on_change
        self._table: MountTableWatch | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._touched: set[Path] = set()
        self._touching = threading.Lock()

    def start(self) -> None:
        """Begins to watch. Raises OSError when the mount table cannot be watched."""
        logging.getLogger("watchdog").addHandler(_SILENT)
        self._table = MountTableWatch()
        self._thread = threading.Thread(target=self._run, args=(self._table,), name="card watcher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends it and waits until no thread, watch or descriptor of it is left. May be called again."""
        self._stopping.set()
        if self._table is not None and self._thread is not None:
            self._table.wake()
            self._thread.join()
            self._table.close()
        self._table = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self, table: MountTableWatch) -> None:
        known: dict[Path, CardIn] = {}
        with _Hints(table.wake, self._touch) as hints:
            while not self._stopping.is_set():
                known = self._look(known, hints)
                if not table.wait(SWEEP_EVERY):
                    self._stopping.wait(GATHERED_FOR)

    def _touch(self, folder: Path) -> None:
        """From watchdog's threads: a file on the card in `folder` came, went or changed."""
        with self._touching:
            self._touched.add(folder)

    def _look(self, known: dict[Path, CardIn], hints: "_Hints") -> dict[Path, CardIn]:
        """One look, the callbacks it leads to, and the hints that the new state needs."""
        with self._touching:
            touched, self._touched = self._touched, set()
        now = cards_in(self._roots, self._folders, known)
        for folder, was in known.items():
            if not was.is_same(now.get(folder)):
                hints.forget_card(folder)
                self._on_departure(was.card)
        for folder in (*self._roots, *self._folders, *(folder.parent for folder in self._folders)):
            hints.watch_surroundings(folder)
        for folder, found in now.items():
            before = known.get(folder)
            hints.watch_card(folder, polled=found.polled)  # before the callback reads it: no change falls between
            if not found.is_same(before):
                self._on_arrival(found.card)
            elif folder in touched or (before is not None and found.card != before.card):
                self._on_change(found.card)
        return now


@dataclass(frozen=True)
class _Watched:
    """place: device and inode of the folder; when they change, the watch is deaf."""

    observer: BaseObserver
    watch: ObservedWatch
    place: tuple[int, int]


class _Hints:
    """watchdog's observers, and which folders they listen to.

    Cards and surroundings have an inotify instance each, because one instance keeps
    one set of events for a folder. Where the system has no instance or watch left,
    listings are compared instead.
    """

    def __init__(self, wake: Callable[[], None], touch: Callable[[Path], None]) -> None:
        self._wake = wake
        self._touch = touch
        self._polling: BaseObserver = PollingObserver(timeout=POLLED_EVERY)
        self._around = _inotify_or(self._polling)
        self._files = _inotify_or(self._polling)
        self._surroundings: dict[Path, _Watched] = {}
        self._cards: dict[Path, _Watched] = {}

    def __enter__(self) -> Self:
        for observer in {self._polling, self._around, self._files}:
            observer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for observer in {self._polling, self._around, self._files}:
            observer.stop()
            observer.join()

    def watch_surroundings(self, folder: Path) -> None:
        """Listens for what appears in a folder; nothing happens while the folder does not exist."""
        self._listen(self._surroundings, folder, self._around, _Heard(self._wake), _APPEARANCES, recursive=False)

    def watch_card(self, folder: Path, *, polled: bool) -> None:
        """Listens for changes anywhere on a card."""

        def heard() -> None:
            self._touch(folder)
            self._wake()

        observer = self._polling if polled else self._files
        self._listen(self._cards, folder, observer, _Heard(heard), _CHANGES, recursive=True)

    def forget_card(self, folder: Path) -> None:
        watched = self._cards.pop(folder, None)
        if watched is not None:
            watched.observer.unschedule(watched.watch)

    def _listen(
        self,
        listened: dict[Path, _Watched],
        folder: Path,
        observer: BaseObserver,
        handler: "_Heard",
        events: list[type[FileSystemEvent]],
        *,
        recursive: bool,
    ) -> None:
        place = _place(folder)
        known = listened.get(folder)
        if known is not None and known.place == place:
            return
        if known is not None:
            known.observer.unschedule(known.watch)
            del listened[folder]
        if place is None:
            return
        for able in (observer, self._polling):
            try:
                watch = able.schedule(handler, str(folder), recursive=recursive, event_filter=events)
            except OSError:  # no watch left (ENOSPC), or the folder went away just now: the sweep stays
                continue
            listened[folder] = _Watched(able, watch, place)
            return


class _Heard(FileSystemEventHandler):
    """Any of the events asked for leads to one call; which file it was does not matter."""

    def __init__(self, heard: Callable[[], None]) -> None:
        self._heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:  # noqa: ARG002 - watchdog's signature
        self._heard()


def _inotify_or(polling: BaseObserver) -> BaseObserver:
    try:
        return Observer(timeout=1.0)
    except OSError:  # this account has no inotify instance left
        return polling


def _place(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
