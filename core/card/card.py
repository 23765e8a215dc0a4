"""What a card is to the rest of core."""

import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PurePosixPath

from ..photo.facts import PictureFacts as PictureFacts
from ..photo.quality.judging import PictureQuality as PictureQuality


class FileSystem(Enum):
    """What is on the card, as far as this station can tell."""

    FAT = "vfat"  # FAT12, FAT16, FAT32
    EXFAT = "exfat"  # by the kernel or by exfat-fuse
    OTHER = "other"  # everything that dermlock cannot prove an erasure on


@dataclass(frozen=True)
class Card:
    """One card as it was seen: a mounted volume, or a folder that stands for one.

    device_number: st_dev of the mount point; if it changes, the card was pulled.
    device: path of the block device below, "" where there is none to be seen
    (redirected drives, network folders).
    fuse: a driver outside the kernel stands between, which tells less and flushes less.
    label, serial: of the volume, "" where the station cannot tell. A hint, never
    proof: serials can be cloned.
    configured: the folder is one of those that the practice's settings name.
    """

    mount_point: Path
    device_number: int
    device: str
    file_system: FileSystem
    fuse: bool
    read_only: bool
    label: str = ""
    serial: str = ""
    configured: bool = False

    @property
    def erasure_can_be_proven(self) -> bool:
        """Only on vfat and exfat (CARD, Erasing it)."""
        return self.file_system is not FileSystem.OTHER

    @property
    def identity(self) -> str:
        """Recognises the card when it comes back: file system, serial and label."""
        return f"{self.file_system.value}:{self.serial}:{self.label}"

    def __str__(self) -> str:
        return " ".join(part for part in (self.label or self.mount_point.name, self.serial) if part)


class FileKind(Enum):
    """What a file really is, by its content; its name decides only where content cannot."""

    JPEG = "JPEG picture"
    MPO = "MPO picture"
    PNG = "PNG picture"
    TIFF = "TIFF picture"
    HEIC = "HEIC picture"
    RAW = "RAW picture"
    OTHER_PICTURE = "picture of another format"
    MOVIE = "movie"
    SIDE_FILE = "side file"
    CLUTTER = "system file"
    UNREADABLE = "unreadable file"
    UNKNOWN = "unknown file"
    UNFINISHED = "unfinished erasure"  # a tombstone or a folder being rebuilt

    @property
    def sealable(self) -> bool:
        """Whether this version takes it into the vault."""
        return self in (FileKind.JPEG, FileKind.MPO, FileKind.PNG, FileKind.TIFF)


@dataclass(frozen=True)
class CardFile:
    """One file of a card, looked at once.

    path: relative to the mount point, undecodable bytes surrogate-escaped as Python does.
    sha256: hex digest of all bytes, "" when they could not be read, or not at rest.
    mtime_ns, size: to notice a change later. inode: no more than a hint, since Linux
    gives files of FAT and exFAT another one after a remount and when memory is short.
    note: why it is not a picture that can be sealed, or what is odd about one that
    can, as a clause in plain words; "" when there is nothing to say.
    facts, quality: only when it is a picture; quality is None where it cannot be measured.
    """

    path: PurePosixPath
    kind: FileKind
    size: int
    mtime_ns: int
    inode: int
    sha256: str
    note: str = ""
    facts: PictureFacts | None = None
    quality: PictureQuality | None = None

    @property
    def shown(self) -> str:
        """The path as people see and type it: undecodable bytes and control characters as \\xNN.

        A backslash is written the same way, so that no two paths are shown alike.
        """
        return "".join(
            char if char.isprintable() and char != "\\" else "".join(f"\\x{byte:02x}" for byte in os.fsencode(char))
            for char in str(self.path)
        )

    @property
    def sealable(self) -> bool:
        return self.kind.sealable and bool(self.sha256)


@dataclass(frozen=True)
class Inventory:
    """Every file on a card, in card order (path, bytewise), and nothing left out."""

    card: Card
    files: tuple[CardFile, ...]

    @property
    def pictures(self) -> tuple[CardFile, ...]:
        """What can be sealed."""
        return tuple(file for file in self.files if file.sealable)

    def by_shown(self, shown: str) -> CardFile | None:
        return next((file for file in self.files if file.shown == shown), None)
