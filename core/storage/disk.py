# ruff: noqa: PTH102, PTH104, PTH106, PTH108 -- system calls are made here, under their own names
"""The seam through which everything that must survive a crash is read and written.

Vault and card use it for every call that changes a disk or that proves
something about it, so that a double can stand in: one that fails, or one that
records the calls and replays every state a power cut could have left. Errors
are the system's own OSError; who calls says what they mean to a person.
"""

import contextlib
import errno
import fcntl
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """Each method is one system call (or one that retries short writes)."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int: ...
    def close(self, fd: int) -> None: ...
    def read_into(self, fd: int, buffer: memoryview, offset: int) -> int: ...
    def is_cached(self, fd: int, offset: int) -> bool | None: ...
    def write(self, fd: int, data: bytes | memoryview) -> None: ...
    def sync(self, fd: int) -> None: ...
    def drop_cache(self, fd: int) -> None: ...
    def set_direct(self, fd: int, direct: bool) -> None: ...
    def seek_to_start(self, fd: int) -> None: ...
    def truncate(self, fd: int, size: int) -> None: ...
    def set_times(self, fd: int, seconds: int) -> None: ...
    def status(self, path: Path) -> os.stat_result: ...
    def status_of(self, fd: int) -> os.stat_result: ...
    def volume(self, path: Path) -> os.statvfs_result: ...
    def names(self, folder: Path) -> Sequence[str]: ...
    def rename(self, old: Path, new: Path) -> None: ...
    def link(self, old: Path, new: Path) -> None: ...
    def unlink(self, path: Path) -> None: ...
    def make_folder(self, path: Path) -> None: ...
    def remove_folder(self, path: Path) -> None: ...


class LocalDisk:
    """The machine's own disks."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        return os.open(path, flags | os.O_CLOEXEC, mode)

    def close(self, fd: int) -> None:
        os.close(fd)

    def read_into(self, fd: int, buffer: memoryview, offset: int) -> int:
        return os.preadv(fd, [buffer], offset)

    def is_cached(self, fd: int, offset: int) -> bool | None:
        """Whether the byte at `offset` lies in the page cache; None where the file system cannot say."""
        try:
            os.preadv(fd, [bytearray(1)], offset, os.RWF_NOWAIT)
        except BlockingIOError:
            return False
        except OSError:  # EOPNOTSUPP and its like: an answer of the file system, not a fault
            return None
        return True

    def write(self, fd: int, data: bytes | memoryview) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]

    def sync(self, fd: int) -> None:
        os.fsync(fd)

    def drop_cache(self, fd: int) -> None:
        os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)

    def set_direct(self, fd: int, direct: bool) -> None:
        flags = fcntl.fcntl(fd, fcntl.F_GETFL)
        fcntl.fcntl(fd, fcntl.F_SETFL, flags | os.O_DIRECT if direct else flags & ~os.O_DIRECT)

    def seek_to_start(self, fd: int) -> None:
        os.lseek(fd, 0, os.SEEK_SET)

    def truncate(self, fd: int, size: int) -> None:
        os.ftruncate(fd, size)

    def set_times(self, fd: int, seconds: int) -> None:
        os.utime(fd, (seconds, seconds))

    def status(self, path: Path) -> os.stat_result:
        return os.lstat(path)

    def status_of(self, fd: int) -> os.stat_result:
        return os.fstat(fd)

    def volume(self, path: Path) -> os.statvfs_result:
        return os.statvfs(path)

    def names(self, folder: Path) -> Sequence[str]:
        """In the order the file system gives them; on FAT that is the order on the disk."""
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]

    def rename(self, old: Path, new: Path) -> None:
        os.rename(old, new)

    def link(self, old: Path, new: Path) -> None:
        os.link(old, new, follow_symlinks=False)

    def unlink(self, path: Path) -> None:
        os.unlink(path)

    def make_folder(self, path: Path) -> None:
        os.mkdir(path, 0o700)

    def remove_folder(self, path: Path) -> None:
        os.rmdir(path)


@contextlib.contextmanager
def opened(disk: Disk, path: Path, flags: int, mode: int = 0o600) -> Iterator[int]:
    """The descriptor, closed at the end."""
    fd = disk.open(path, flags, mode)
    try:
        yield fd
    finally:
        disk.close(fd)


def sync_folder(disk: Disk, folder: Path) -> None:
    """Makes names in `folder` durable. SMB servers may answer EINVAL or ENOTSUP: they keep no folder to sync."""
    with opened(disk, folder, os.O_RDONLY | os.O_DIRECTORY) as fd:
        try:
            disk.sync(fd)
        except OSError as error:
            if error.errno not in _FOLDERS_NOT_SYNCED:
                raise


_FOLDERS_NOT_SYNCED = frozenset({errno.EINVAL, errno.EOPNOTSUPP})  # these two alone (VAULT, The move)


def exists(disk: Disk, path: Path) -> bool:
    """Whether there is something of that name. Unlike os.path.exists it does not swallow EIO."""
    try:
        disk.status(path)
    except FileNotFoundError:
        return False
    return True
