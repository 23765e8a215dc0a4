"""Scrubbing the names of erased files out of a folder of the card.

Deleting a file on FAT32 or exFAT leaves its name in the folder. Renaming it first
does not help: the driver writes the new name elsewhere.

FAT: a name in the 8.3 form takes one place of 32 bytes, and the driver gives a
new name the first free place. So the folder is filled with empty files, one place
each, until one comes to lie behind a pin that was set behind everything before
the first erasure: then no free place is left that could hold an old name. Then
the fillers go. No other file is moved, and the folder does not grow.

exFAT: a name takes three places at least, so that a gap can be too small to
fill. The folder is built anew: what stays moves into a new folder, the old one,
now empty, is filled to beyond its size, emptied and removed, and the new one
takes its name. In the root, which cannot be removed, what stays moves out and
back again. The new folder's name is derived from the move and the path, so that
any station that holds the move's journal can finish it.

Every function can be done again from the start after it was cut off anywhere.
"""

import errno
import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from ..card.card import FileSystem
from ..card.unfinished import FILLER, TOMBSTONE_PREFIX, is_unfinished
from ..storage.disk import Disk, exists, sync_folder

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST_NAME = 255
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def prepare_names(disk: Disk, folder: Path, file_system: FileSystem) -> None:
    """Before the first erasure in `folder`: sets the pin that `scrub_names` fills up to.

    On a card without room for it none is set, and scrubbing then fills to the folder's end.
    An exFAT driver may give back the last part of a long folder as soon as it is
    empty, names and all: there the end is held by fillers.
    """
    match file_system:
        case FileSystem.FAT:
            before = list(disk.names(folder))
            while not _is_behind(disk, folder, before):
                if not _add_filler(disk, folder, _short_name):
                    break
            sync_folder(disk, folder)
        case FileSystem.EXFAT if disk.status(folder).st_size > disk.volume(folder).f_frsize:
            _fill_to_the_end(disk, folder, _long_name)
        case FileSystem.EXFAT | FileSystem.OTHER:
            pass


def scrub_names(disk: Disk, folder: Path, root: Path, move: str, file_system: FileSystem) -> None:
    """After the last erasure in `folder`: no name of an erased file is left in it.

    root: the card's mount point. move: its id. Where the file system is neither FAT
    nor exFAT this does nothing, and nothing is claimed. Raises OSError.
    """
    match file_system:
        case FileSystem.FAT:
            _fill_places(disk, folder)
        case FileSystem.EXFAT if folder == root:
            _empty_and_refill_root(disk, root, _rebuilt(root, root, move))
        case FileSystem.EXFAT:
            _build_anew(disk, folder, _rebuilt(folder, root, move))
        case FileSystem.OTHER:
            pass


def is_being_rebuilt(disk: Disk, folder: Path, root: Path, move: str) -> bool:
    """Whether an exFAT folder's rebuilding was cut off; the folder itself may be missing then."""
    return exists(disk, _rebuilt(folder, root, move))


def _fill_places(disk: Disk, folder: Path) -> None:
    own = [name for name in disk.names(folder) if FILLER.fullmatch(name)]
    if own:
        pin = own[-1]  # the last in the order of the folder
        while not _is_behind(disk, folder, [pin]):
            if not _add_filler(disk, folder, _short_name):
                break
    else:
        _fill_to_the_end(disk, folder, _short_name)
    sync_folder(disk, folder)
    _remove_fillers(disk, folder)


def _is_behind(disk: Disk, folder: Path, names: list[str]) -> bool:
    """Whether the last place in `folder` belongs to a filler that came after all of `names`."""
    order = disk.names(folder)
    return bool(order) and bool(FILLER.fullmatch(order[-1])) and order[-1] not in names


def _build_anew(disk: Disk, folder: Path, new: Path) -> None:
    if exists(disk, folder):
        if not exists(disk, new):
            disk.make_folder(new)
            sync_folder(disk, new.parent)
        _move_all(disk, folder, new, but=_is_filler)
        _fill_to_the_end(disk, folder, _long_name)
        _remove_fillers(disk, folder)
        disk.remove_folder(folder)
        sync_folder(disk, folder.parent)
    disk.rename(new, folder)
    sync_folder(disk, folder.parent)


def _empty_and_refill_root(disk: Disk, root: Path, aside: Path) -> None:
    if not exists(disk, aside):
        disk.make_folder(aside)
        sync_folder(disk, root)
    _move_all(disk, root, aside, but=is_unfinished)
    _fill_to_the_end(disk, root, _long_name)
    _remove_fillers(disk, root)
    _move_all(disk, aside, root, but=is_unfinished)
    disk.remove_folder(aside)
    sync_folder(disk, root)


def _move_all(disk: Disk, old: Path, new: Path, *, but: Callable[[str], bool]) -> None:
    """A name that is there already stays where it is."""
    for name in disk.names(old):
        if not but(name) and not exists(disk, new / name):
            disk.rename(old / name, new / name)
    sync_folder(disk, new)
    sync_folder(disk, old)


def _fill_to_the_end(disk: Disk, folder: Path, namer: Callable[[], str]) -> None:
    """Fillers until the folder has grown, or cannot: then every place of its old size was taken."""
    size = disk.status(folder).st_size
    while disk.status(folder).st_size == size:
        if not _add_filler(disk, folder, namer):
            break
    sync_folder(disk, folder)


def _add_filler(disk: Disk, folder: Path, namer: Callable[[], str]) -> bool:
    """One more empty file; False when the card or the folder has no room for it."""
    while True:
        try:
            # never opened for writing: mounted with `flush`, a card waits 0.1 s for each file closed after writing
            fd = disk.open(folder / namer(), os.O_CREAT | os.O_EXCL | os.O_RDONLY)
        except FileExistsError:
            continue
        except OSError as error:
            if error.errno not in _FULL:
                raise
            return False
        disk.close(fd)
        return True


def _remove_fillers(disk: Disk, folder: Path) -> None:
    for name in disk.names(folder):
        if _is_filler(name):
            disk.unlink(folder / name)
    sync_folder(disk, folder)


def _is_filler(name: str) -> bool:
    return bool(FILLER.fullmatch(name)) or (len(name) == _LONGEST_NAME and name.startswith(TOMBSTONE_PREFIX))


def _short_name() -> str:
    """In the 8.3 form and upper case: one place on FAT."""
    return f"~DLK{''.join(secrets.choice(_LETTERS) for _ in range(4))}.DLK"


def _long_name() -> str:
    """As long as a name can be: nineteen places on exFAT, so that a folder fills quickly."""
    return TOMBSTONE_PREFIX + "".join(secrets.choice(_LETTERS) for _ in range(_LONGEST_NAME - len(TOMBSTONE_PREFIX)))


def _rebuilt(folder: Path, root: Path, move: str) -> Path:
    """Where `folder` is built anew: beside it, under a name that only this move and path give."""
    path = os.fsencode(folder.relative_to(root))
    name = TOMBSTONE_PREFIX + hashlib.sha256(move.encode() + b"\0" + path).hexdigest()[:32]
    return (root if folder == root else folder.parent) / name
