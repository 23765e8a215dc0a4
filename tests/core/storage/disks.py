"""Disks that behave as others do: without hard links, without folder syncs, failing at one call."""

import errno
import os
import stat
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from core.storage.disk import LocalDisk
from core.storage.local import LocalStore
from core.storage.store import StoredObject


def fault(number: int) -> OSError:
    return OSError(number, os.strerror(number))


class NoLinksDisk(LocalDisk):
    """FAT, exFAT, many shares."""

    def link(self, old: Path, new: Path) -> None:
        raise fault(errno.EPERM)


class NoFolderSyncDisk(LocalDisk):
    """SMB: a folder cannot be synced, and says so."""

    def sync(self, fd: int) -> None:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            raise fault(errno.EINVAL)
        super().sync(fd)


class HearingDisk(LocalDisk):
    """Keeps in which order what was done: (call, name of the file or folder)."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []

    def write(self, fd: int, data: bytes | memoryview) -> None:
        self.heard.append(("write", _name(fd)))
        super().write(fd, data)

    def sync(self, fd: int) -> None:
        self.heard.append(("sync", _name(fd)))
        super().sync(fd)

    def link(self, old: Path, new: Path) -> None:
        self.heard.append(("link", new.name))
        super().link(old, new)

    def unlink(self, path: Path) -> None:
        self.heard.append(("unlink", path.name))
        super().unlink(path)


class FailingDisk(LocalDisk):
    """Fails at the `at`-th of a kind of call with that error, and at every one after it until `mended`."""

    def __init__(self, call: str, number: int, *, at: int = 1) -> None:
        self.call, self.number, self.at, self.mended = call, number, at, False
        self.calls: Counter[str] = Counter()

    def _count(self, call: str) -> None:
        self.calls[call] += 1
        if call == self.call and self.calls[call] >= self.at and not self.mended:
            raise fault(self.number)

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        self._count("open")
        return super().open(path, flags, mode)

    def read_into(self, fd: int, buffer: memoryview, offset: int) -> int:
        self._count("read")
        return super().read_into(fd, buffer, offset)

    def write(self, fd: int, data: bytes | memoryview) -> None:
        self._count("write")
        super().write(fd, data)

    def sync(self, fd: int) -> None:
        self._count("sync")
        super().sync(fd)

    def link(self, old: Path, new: Path) -> None:
        self._count("link")
        super().link(old, new)

    def rename(self, old: Path, new: Path) -> None:
        self._count("rename")
        super().rename(old, new)

    def make_folder(self, path: Path) -> None:
        self._count("make_folder")
        super().make_folder(path)

    def names(self, folder: Path) -> list[str]:
        self._count("names")
        return list(super().names(folder))


class NoLinksFailingDisk(FailingDisk):
    """Both: what is renamed to its name can fail after that too."""

    def link(self, old: Path, new: Path) -> None:
        raise fault(errno.EOPNOTSUPP)


class ForgetfulStore(LocalStore):
    """Says that it wrote, and keeps something else."""

    def put_new(self, name: str, pieces: Iterable[bytes | memoryview]) -> StoredObject:
        stored = super().put_new(name, pieces)
        (self.folder / name).write_bytes(bytes(stored.size))
        return stored


def _name(fd: int) -> str:
    return Path(f"/proc/self/fd/{fd}").readlink().name
