"""Reads label and serial of a FAT or exFAT volume from its first sector and root folder.

Sources: Microsoft's FAT specification (fatgen103, BPB and directory entries) and
exFAT specification, sections 3.1 (boot sector) and 7.3 (volume label entry).
Whatever does not fit is answered by less, never by an error: the bytes are a card's.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .card import FileSystem

SECTOR = 512

READ_OF_ROOT = 1 << 16
"""Bytes of the root folder that are searched for the label; tools write it first."""

ReadAt = Callable[[int, int], bytes]
"""(offset, size) -> bytes of the volume, fewer at its end."""


@dataclass(frozen=True)
class Volume:
    """label, serial: "" when unknown. serial as FAT tools print it, 1A2B-3C4D."""

    file_system: FileSystem
    label: str = ""
    serial: str = ""


def read_volume(read_at: ReadAt) -> Volume | None:
    """The volume that starts at offset 0; None when it is neither FAT nor exFAT."""
    sector = read_at(0, SECTOR)
    if len(sector) < SECTOR or sector[510:512] != b"\x55\xaa":
        return None
    if sector[3:11] == b"EXFAT   ":
        return Volume(FileSystem.EXFAT, _exfat_label(sector, read_at), serial_text(_number(sector, 100, 4)))
    for mark, at in ((b"FAT32   ", 82), (b"FAT16   ", 54), (b"FAT12   ", 54)):
        if sector[at : at + 8] == mark:
            in_sector = _fat_name(sector[at - 11 : at])
            label = _fat_label(sector, read_at) or ("" if in_sector == "NO NAME" else in_sector)
            return Volume(FileSystem.FAT, label, serial_text(_number(sector, at - 15, 4)))
    return None


def serial_text(number: int) -> str:
    return f"{number >> 16:04X}-{number & 0xFFFF:04X}"


def _number(sector: bytes, at: int, size: int) -> int:
    return int.from_bytes(sector[at : at + size], "little")


def _exfat_label(sector: bytes, read_at: ReadAt) -> str:
    """From entry type 0x83: how many UTF-16 characters, then at most eleven of them."""
    bytes_per_sector, sectors_per_cluster = 1 << (sector[108] & 15), 1 << (sector[109] & 31)
    heap, root = _number(sector, 88, 4), _number(sector, 96, 4)
    start = (heap + max(0, root - 2) * sectors_per_cluster) * bytes_per_sector
    for entry in _entries(read_at, start, bytes_per_sector * sectors_per_cluster):
        if entry[0] == 0x83:
            return entry[2 : 2 + 2 * min(entry[1], 11)].decode("utf-16-le", "replace").strip()
    return ""


def _fat_label(sector: bytes, read_at: ReadAt) -> str:
    """From the root folder's entry with the volume attribute, which counts when the sector disagrees."""
    bytes_per_sector, sectors_per_cluster = _number(sector, 11, 2), sector[13]
    fats, fat_size = sector[16], _number(sector, 22, 2) or _number(sector, 36, 4)
    start = (_number(sector, 14, 2) + fats * fat_size) * bytes_per_sector
    size = _number(sector, 17, 2) * 32
    if not size:  # FAT32: the root is a cluster chain, of which the first is enough
        size = sectors_per_cluster * bytes_per_sector
        start += max(0, _number(sector, 44, 4) - 2) * size
    for entry in _entries(read_at, start, size):
        if entry[0] != 0xE5 and entry[11] & 0x3F == 0x08:
            return _fat_name(entry[:11])
    return ""


def _entries(read_at: ReadAt, start: int, size: int) -> list[bytes]:
    """The 32-byte folder entries from there on, up to the first that was never used."""
    content = read_at(start, min(size, READ_OF_ROOT))
    found = []
    for at in range(0, len(content) - 31, 32):
        if content[at] == 0:
            break
        found.append(content[at : at + 32])
    return found


def _fat_name(field: bytes) -> str:
    """A label in the code page of DOS; 0x05 stands for a first letter 0xE5."""
    return (b"\xe5" + field[1:] if field[:1] == b"\x05" else field).decode("cp437").strip()
