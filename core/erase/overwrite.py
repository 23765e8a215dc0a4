"""The overwriting of one file: in place, to the end of its last cluster, and read back.

A file is erased only with a Verified or a Discarded of its digest, and only after
it was read again past the cache through the very descriptor that will overwrite
it. It is first renamed to a tombstone name: whatever happens from there on,
nobody takes a half-overwritten file for a picture. Any failure stops; there is
no falling back to a plain unlink.
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from ..crypto.keys import Key
from ..crypto.keystream import BLOCK, keystream
from ..crypto.stream import rechunk
from ..errors import CardError
from ..storage.cold import Coldness, ColdRead
from ..storage.disk import Disk, opened, sync_folder
from ..vault.discard import Discarded
from ..vault.verify import Verified

LONG_AGO = 315_619_200  # 1980-01-02, a date that FAT can hold and that tells nothing


class ChangedBeforeErasingError(CardError):
    """The last look at a file found another content than the proof speaks of."""

    def __init__(self, shown: str) -> None:
        super().__init__(
            f"{shown} is not what was sealed any more; it was not erased.",
            "Look at the card again: what is on it now has not been imported.",
        )


class ProtectedFileError(CardError):
    """The camera's own protection (DCF: the read-only bit) is set."""

    def __init__(self, shown: str) -> None:
        super().__init__(
            f"{shown} is protected on the camera; it was not erased.", "Take the protection off in the camera's menu."
        )


class NotOverwrittenError(CardError):
    """What was read back is not what was written: the card is failing."""

    def __init__(self, shown: str) -> None:
        super().__init__(
            f"The card did not keep what was written over {shown}.",
            "The picture is safe in the vault. Destroy this card: it is failing.",
        )


@dataclass(frozen=True)
class Erased:
    """Proof that a file is overwritten and unlinked. size: bytes overwritten, to the cluster's end."""

    sha256: str
    size: int
    read_back: Coldness


def erase_file(
    disk: Disk, path: Path, *, shown: str, device: int, tombstone: str, proof: Verified | Discarded
) -> Erased:
    """Erases the file at `path`, which must lie on `device` and still be what the proof speaks of.

    tombstone: name to give it while it is being overwritten, in the same folder.
    Raises CardError, OSError as the card gives it; the file is then either untouched
    under its own name or a tombstone for `erase_tombstone`.
    """
    with _own_file(disk, path, shown, device) as (fd, size):
        _demand_content(disk, fd, shown, proof)
        grave = path.with_name(tombstone)
        disk.rename(path, grave)
        sync_folder(disk, path.parent)
        return _bury(disk, fd, grave, shown, size, proof)


def erase_tombstone(disk: Disk, grave: Path, *, shown: str, device: int, proof: Verified | Discarded) -> Erased:
    """Ends what was cut off after the renaming. Whatever of the file is left is overwritten from its start."""
    with _own_file(disk, grave, shown, device) as (fd, size):
        return _bury(disk, fd, grave, shown, size, proof)


def digest_of(disk: Disk, path: Path, device: int, shown: str) -> str:
    """Hex SHA-256 of the file at `path`, read past the cache."""
    status = disk.status(path)
    if not stat.S_ISREG(status.st_mode) or status.st_dev != device:
        raise ChangedBeforeErasingError(shown)
    with opened(disk, path, os.O_RDONLY | os.O_NOFOLLOW) as fd:
        digest = hashlib.sha256()
        for piece in ColdRead(disk, fd):
            digest.update(piece)
        return digest.hexdigest()


@contextmanager
def _own_file(disk: Disk, path: Path, shown: str, device: int) -> Iterator[tuple[int, int]]:
    """(descriptor, size) of a regular file of the card, open for reading and writing.

    Inode numbers are compared only between these two looks: FAT makes them up anew.
    """
    status = disk.status(path)
    if not stat.S_ISREG(status.st_mode) or status.st_dev != device:
        raise ChangedBeforeErasingError(shown)
    if not status.st_mode & stat.S_IWUSR:
        raise ProtectedFileError(shown)
    with opened(disk, path, os.O_RDWR | os.O_NOFOLLOW) as fd:
        held = disk.status_of(fd)
        if (held.st_dev, held.st_ino) != (device, status.st_ino) or held.st_nlink > 1:
            raise ChangedBeforeErasingError(shown)
        yield fd, held.st_size


def _demand_content(disk: Disk, fd: int, shown: str, proof: Verified | Discarded) -> None:
    digest = hashlib.sha256()
    for piece in ColdRead(disk, fd):
        digest.update(piece)
    if digest.hexdigest() != proof.sha256:
        raise ChangedBeforeErasingError(shown)


def _bury(disk: Disk, fd: int, grave: Path, shown: str, size: int, proof: Verified | Discarded) -> Erased:
    cluster = max(disk.volume(grave.parent).f_frsize, disk.status_of(fd).st_blksize)
    whole = -(-size // cluster) * cluster
    key = Key.random()
    disk.seek_to_start(fd)
    for piece in keystream(key, whole):
        disk.write(fd, piece)
    disk.sync(fd)
    read = ColdRead(disk, fd, block=BLOCK)
    for found, written in zip_longest(rechunk(read, BLOCK), keystream(key, whole)):
        if found != written:
            raise NotOverwrittenError(shown)
    disk.set_times(fd, LONG_AGO)
    disk.truncate(fd, 0)
    disk.sync(fd)
    disk.unlink(grave)  # its name is random already
    sync_folder(disk, grave.parent)
    return Erased(proof.sha256, whole, read.coldness)
