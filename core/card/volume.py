"""What can be known of a mounted volume without being root: file system, label, serial.

A driver in user space (fuseblk) hides which file system it serves, and on a
station without udev nothing tells the label. So several witnesses are asked, the
surest first: the boot sector where it may be read, udev's record, the links
below /dev/disk, and the file system itself through ioctl. What none of them
tells stays empty, and a fuseblk that nobody names is OTHER.
"""

import array
import fcntl
import os
import re
import stat
from pathlib import Path

from .boot_sector import Volume, read_volume, serial_text
from .card import FileSystem
from .mounts import Mount

UDEV_RECORDS = Path("/run/udev/data")
DISK_LINKS = Path("/dev/disk")
BLOCK_DEVICES = Path("/sys/dev/block")

FAT_IOCTL_GET_VOLUME_ID = 0x80047213
"""linux/msdos_fs.h: _IOR('r', 0x13, __u32); the serial number of a mounted FAT, for anybody."""

FS_IOC_GETFSLABEL = 0x81009431
"""linux/fs.h: _IOR(0x94, 49, char[256]); the label, where the driver tells it (exfat does)."""


def look_at_volume(mount: Mount) -> Volume:
    """What the witnesses tell of the volume mounted there; never an error, only less."""
    device = block_device(mount)
    witnesses = [
        witness
        for witness in (
            _boot_sector(device),
            _udev_record(device),
            _disk_links(device),
            _ioctls(mount),
        )
        if witness is not None
    ]
    told = [witness.file_system for witness in witnesses]
    return Volume(
        _file_system(mount, next((kind for kind in told if kind is not FileSystem.OTHER), FileSystem.OTHER)),
        next((witness.label for witness in witnesses if witness.label), ""),
        next((witness.serial for witness in witnesses if witness.serial), ""),
    )


def _file_system(mount: Mount, told: FileSystem) -> FileSystem:
    """The kernel's own drivers are taken at their word; a fuseblk only as a witnessed exFAT."""
    if mount.file_system in ("vfat", "msdos"):
        return FileSystem.FAT
    if mount.file_system == "exfat":
        return FileSystem.EXFAT
    if mount.file_system.startswith("fuseblk") and told is FileSystem.EXFAT:
        return FileSystem.EXFAT
    return FileSystem.OTHER


def block_device(mount: Mount) -> str:
    """The path of the block device that is mounted, "" when there is none to be seen."""
    if not mount.source.startswith("/dev/"):
        return ""
    try:
        return mount.source if stat.S_ISBLK(Path(mount.source).stat().st_mode) else ""
    except OSError:  # /dev/root and the like are names without a device
        return ""


def is_removable(mount: Mount) -> bool:
    """Whether the kernel calls the disk below removable, or it is an SD card in a slot of its own.

    Never for the disk that this system runs from, which on small computers is an SD card.
    """
    disk = _disk_of(mount.device_number) or (_disk_of(_device_of(block_device(mount))) if mount.fuse else None)
    if disk is None or disk in {_disk_of(_device_of(path)) for path in ("/", "/boot", "/usr", "/var", "/home")}:
        return False
    return _told(disk / "removable") == "1" or _told(disk / "device" / "type") == "SD"


def _device_of(path: str) -> int:
    """The number of a block device, or of the one that a folder lies on; 0 when there is none."""
    try:
        found = Path(path).stat()
    except OSError:
        return 0
    return found.st_rdev if stat.S_ISBLK(found.st_mode) else found.st_dev


def _disk_of(device_number: int) -> Path | None:
    """The whole disk's folder in /sys, for a disk or one of its partitions."""
    entry = BLOCK_DEVICES / f"{os.major(device_number)}:{os.minor(device_number)}"
    if not entry.exists():
        return None
    folder = entry.resolve()
    return folder.parent if (folder / "partition").exists() else folder


def _told(file: Path) -> str:
    """One line of /sys, "" when this kind of device does not tell it."""
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _boot_sector(device: str) -> Volume | None:
    """Only root, or whoever may read the raw device, sees this; nothing is written to it."""
    if not device:
        return None
    try:
        descriptor = os.open(device, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return read_volume(lambda offset, size: os.pread(descriptor, size, offset))
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _udev_record(device: str) -> Volume | None:
    """udev probed the volume as root when it arrived, and left its record for everybody."""
    number = _device_of(device) if device else 0
    record = UDEV_RECORDS / f"b{os.major(number)}:{os.minor(number)}"
    if not number or not record.exists():
        return None
    return read_udev_record(record.read_text(encoding="utf-8", errors="replace"))


def read_udev_record(record: str) -> Volume:
    """The ID_FS_ properties of a record in udev's database (one "E:NAME=value" a line)."""
    told = dict(line[2:].split("=", 1) for line in record.splitlines() if line.startswith("E:") and "=" in line)
    kinds = {"vfat": FileSystem.FAT, "exfat": FileSystem.EXFAT}
    label = _unescape_hex(told.get("ID_FS_LABEL_ENC", told.get("ID_FS_LABEL", "")))
    return Volume(kinds.get(told.get("ID_FS_TYPE", ""), FileSystem.OTHER), label, told.get("ID_FS_UUID", ""))


def _disk_links(device: str) -> Volume | None:
    """The links that udev keeps below /dev/disk; their names are the values."""
    if not device:
        return None
    label, serial = (_link_to(device, DISK_LINKS / kind) for kind in ("by-label", "by-uuid"))
    return Volume(FileSystem.OTHER, label, serial) if label or serial else None


def _link_to(device: str, folder: Path) -> str:
    target = os.path.realpath(device)
    if not folder.is_dir():
        return ""
    return next((_unescape_hex(link.name) for link in folder.iterdir() if os.path.realpath(link) == target), "")


def _unescape_hex(name: str) -> str:
    """udev writes what is not plain in a name as \\xNN, byte by byte."""
    raw = re.sub(rb"\\x([0-9a-fA-F]{2})", lambda found: bytes.fromhex(found[1].decode()), name.encode())
    return raw.decode("utf-8", "replace").strip()


def _ioctls(mount: Mount) -> Volume | None:
    """What the mounted driver tells anybody who may open the folder."""
    if mount.file_system not in ("vfat", "msdos", "exfat"):
        return None
    try:
        descriptor = os.open(mount.mount_point, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        label = _ioctl(descriptor, FS_IOC_GETFSLABEL, 256).split(b"\0", 1)[0].decode("utf-8", "replace").strip()
        number = int.from_bytes(_ioctl(descriptor, FAT_IOCTL_GET_VOLUME_ID, 4), "little")
    finally:
        os.close(descriptor)
    return Volume(FileSystem.OTHER, label, serial_text(number) if number else "")


def _ioctl(descriptor: int, request: int, size: int) -> bytes:
    """The bytes an ioctl fills in; none where the driver does not know it."""
    buffer = array.array("B", bytes(size))
    try:
        fcntl.ioctl(descriptor, request, buffer, True)
    except OSError:
        return b""
    return buffer.tobytes()
