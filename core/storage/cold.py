"""Reading what is on the disk, not what the kernel still remembers of writing it.

A copy is proven by a read that could not have come from memory. How far that
could be shown is evidence that goes into the proof; some file systems (memory,
FUSE, servers) cannot show it.
"""

import errno
import fcntl
import mmap
import os
from collections.abc import Iterator
from enum import Enum

from .disk import Disk

BLOCK = 1 << 20


class Coldness(Enum):
    """How it is known that bytes came from the disk, best first."""

    DIRECT = "read past the cache"
    DROPPED_AND_PROVED = "cache dropped, and proved empty"
    DROPPED = "cache dropped"
    UNPROVEN = "read from memory or through a server"


class ColdRead:
    """One pass over a file from its start, past the cache where the file system can.

    Iterate to get pieces (valid until the next one); `coldness` is final once the
    iteration has ended. Raises OSError as the reads do.
    """

    def __init__(self, disk: Disk, fd: int, *, block: int = BLOCK) -> None:
        self._disk, self._fd, self._block = disk, fd, block
        self.coldness = Coldness.UNPROVEN

    def __iter__(self) -> Iterator[memoryview]:
        disk, fd = self._disk, self._fd
        proves_nothing = os.major(disk.status_of(fd).st_dev) == 0  # tmpfs, FUSE, NFS, SMB: no device of their own
        if _is_writable(fd):
            disk.sync(fd)  # dirty pages cannot be dropped
        disk.drop_cache(fd)
        cached = disk.is_cached(fd, 0)
        coldness = Coldness.DROPPED_AND_PROVED if cached is False else Coldness.DROPPED
        direct = self._try_direct()
        with mmap.mmap(-1, self._block) as buffer, memoryview(buffer) as view:
            try:
                offset = 0
                while True:
                    count = disk.read_into(fd, view, offset)
                    if count == 0:
                        break
                    piece = view[:count]
                    try:
                        yield piece
                    finally:
                        piece.release()
                    offset += count
                    if count % mmap.PAGESIZE and direct:
                        break  # the end: a direct read is short only there, and what follows is not aligned
            finally:
                if direct:
                    disk.set_direct(fd, False)
        self.coldness = Coldness.UNPROVEN if proves_nothing else Coldness.DIRECT if direct else coldness

    def _try_direct(self) -> bool:
        """Whether this file can be read past the cache: tried with one real read."""
        disk, fd = self._disk, self._fd
        try:
            disk.set_direct(fd, True)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            return False
        try:
            with mmap.mmap(-1, mmap.PAGESIZE) as probe, memoryview(probe) as view:
                disk.read_into(fd, view, 0)
        except OSError as error:
            disk.set_direct(fd, False)
            if error.errno != errno.EINVAL:
                raise
            return False
        return True


def _is_writable(fd: int) -> bool:
    return fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE != os.O_RDONLY
