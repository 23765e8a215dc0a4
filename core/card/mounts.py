"""The kernel's mount table: the authority on which cards are in.

inotify says nothing when a file system is mounted over a folder, so arrival and
departure are read from /proc/self/mountinfo, which also tells by poll() that it
changed. Both work without any rights. Format: proc(5), /proc/pid/mountinfo.
"""

import os
import re
import select
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

MOUNT_TABLE = Path("/proc/self/mountinfo")

ROOT_OF_FILE_SYSTEM = "/"


@dataclass(frozen=True)
class Mount:
    """One line of the mount table.

    id: the kernel's, unique while it is mounted. device_number: st_dev of the file
    system's files (on btrfs it is not). root: which folder of the file system is
    mounted here, other than "/" for a bind mount. source: as mounted, often a device.
    file_system: such as vfat, exfat, fuseblk, fuse.sshfs. read_only: the mount or the
    file system below it.
    """

    id: int
    device_number: int
    root: str
    mount_point: Path
    file_system: str
    source: str
    read_only: bool

    @property
    def fuse(self) -> bool:
        """A driver outside the kernel (exfat-fuse, ntfs-3g, redirected drives)."""
        return self.file_system == "fuse" or self.file_system.startswith(("fuse.", "fuseblk"))

    @property
    def far_changes_unseen(self) -> bool:
        """Whether files can come and go on its other side without inotify hearing of it."""
        return self.fuse or self.file_system in NETWORK_FILE_SYSTEMS


NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "ceph", "afs", "vboxsf"})


def read_mounts(table: str | None = None) -> tuple[Mount, ...]:
    """Every mount of this process's namespace, in mount order: of two at one place the later hides the earlier.

    table: the text to read instead of the kernel's. Raises ValueError for a line that
    is not in the kernel's format.
    """
    text = os.fsdecode(MOUNT_TABLE.read_bytes()) if table is None else table
    return tuple(_parse(line) for line in text.split("\n") if line)


def mount_holding(path: Path, mounts: tuple[Mount, ...]) -> Mount | None:
    """The mount that the folder `path` lies on; None when the table does not list it.

    The kernel itself is asked for the mount's id (proc(5), /proc/pid/fdinfo), because
    neither the longest prefix nor st_dev settles bind mounts and mounts over mounts.
    Raises OSError when the folder cannot be reached.
    """
    descriptor = os.open(path, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with open(f"/proc/self/fdinfo/{descriptor}", encoding="ascii") as lines:  # noqa: PTH123 - no folder of ours
            fields = dict(line.split(":", 1) for line in lines if ":" in line)
    finally:
        os.close(descriptor)
    mount_id = int(fields["mnt_id"])
    return next((mount for mount in mounts if mount.id == mount_id), None)


def _parse(line: str) -> Mount:
    """36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue"""
    fields, separator, tail = line.partition(" - ")
    if not separator:
        raise ValueError(f"not a line of the mount table: {line!r}")
    id_, _parent, device, root, mount_point, options, *_optional = fields.split(" ")
    file_system, source, super_options = (*tail.split(" "), "", "")[:3]
    major, minor = device.split(":")
    return Mount(
        id=int(id_),
        device_number=os.makedev(int(major), int(minor)),
        root=_unescape(root),
        mount_point=Path(_unescape(mount_point)),
        file_system=_unescape(file_system),
        source=_unescape(source),
        read_only="ro" in options.split(",") or "ro" in super_options.split(","),
    )


def _unescape(field: str) -> str:
    """The kernel writes space, tab, newline, backslash and # as three octal digits a byte."""
    return os.fsdecode(re.sub(rb"\\([0-3][0-7]{2})", lambda found: bytes([int(found[1], 8)]), os.fsencode(field)))


class MountTableWatch:
    """Sleeps until the mount table changes, or somebody wakes it.

    Holds two descriptors from its making until close(); use it in a with block.
    wait() is for one thread; wake() may be called from any, also from a signal handler.
    """

    def __init__(self) -> None:
        self._table = os.open(MOUNT_TABLE, os.O_RDONLY | os.O_CLOEXEC)
        self._alarm = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._poll = select.poll()
        self._poll.register(self._table, select.POLLPRI | select.POLLERR)
        self._poll.register(self._alarm, select.POLLIN)

    def wait(self, seconds: float) -> bool:
        """True when the table changed since the last wait; False when woken or when the time is over."""
        ready = dict(self._poll.poll(max(0, round(seconds * 1000))))
        if self._alarm in ready:
            os.eventfd_read(self._alarm)
        return self._table in ready

    def wake(self) -> None:
        """Ends the running wait, or the next one if none is running."""
        os.eventfd_write(self._alarm, 1)

    def close(self) -> None:
        os.close(self._table)
        os.close(self._alarm)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
