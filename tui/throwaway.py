"""A private folder for the demo that is gone when the demo ends, however it ends.

In memory where the station has such a place, so that nothing of it reaches a disk.
Signals that end a program are turned into an orderly end while the folder is
there. What a killed demo left behind is removed by the next one: every folder
holds a lock that dies with its program.
"""

import fcntl
import os
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

from core.errors import WrongUseError

PREFIX = "dermlock-demo-"
LOCK = "in-use"
UNLOCKED = "to-be-locked"
ROOM_NEEDED = 64 * 1024 * 1024
"""Bytes. A demo takes about 10 MB; a full memory disk must not be made fuller."""

SECONDS_TO_LOCK = 60
"""A folder without a lock that is younger is being made this moment."""

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@contextmanager
def throwaway_folder(environ: Mapping[str, str]) -> Iterator[Path]:
    """Yields the folder, which only this user can enter. Raises WrongUseError where none can be made."""
    place = _place(environ)
    _remove_stale(place)
    try:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
    except OSError as error:
        raise WrongUseError(
            f"The demo's folder cannot be made in {place}: {error.strerror}.", "Name a folder with room in TMPDIR."
        ) from error
    lock = os.open(folder / UNLOCKED, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (folder / UNLOCKED).rename(folder / LOCK)  # a lock that is seen is held, or its program is dead
        with _signals_end_in_order():
            yield folder
    finally:
        with _signals_wait():
            _remove(folder)
        os.close(lock)


def _place(environ: Mapping[str, str]) -> Path:
    """The first place in memory that this user can write to and that has room; else where temporary files go."""
    for candidate in (environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm"):  # noqa: S108 - a private folder is made in it
        place = Path(candidate)
        if place.is_absolute() and place.is_dir() and os.access(place, os.W_OK | os.X_OK):
            room = os.statvfs(place)
            if room.f_bavail * room.f_frsize >= ROOM_NEEDED:
                return place
    return Path(environ.get("TMPDIR") or tempfile.gettempdir())


def _remove_stale(place: Path) -> None:
    """What earlier demos of this user left there, unless they still run."""
    for folder in place.glob(f"{PREFIX}*"):
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            continue
        try:
            lock = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            if time.time() - found.st_mtime > SECONDS_TO_LOCK:
                _remove(folder)
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(folder)
        except BlockingIOError:
            continue  # in use
        finally:
            os.close(lock)


def _remove(folder: Path) -> None:
    """The lock goes last: what is cut off here is removed by the next demo."""
    for _ in range(20):  # a thread of the app may still be writing into it
        for child in folder.iterdir():
            if child.name == LOCK:
                continue
            if child.is_dir() and not child.is_symlink():
                shutil.rmtree(child, ignore_errors=True)
            else:
                child.unlink(missing_ok=True)
        if {child.name for child in folder.iterdir()} <= {LOCK}:
            break
    shutil.rmtree(folder)


@contextmanager
def _signals_end_in_order() -> Iterator[None]:
    """SystemExit instead of a sudden end, so that whatever is open is closed and removed."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, end) for number in ENDING_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Within it the signals that end a program are held back."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING_SIGNALS)
