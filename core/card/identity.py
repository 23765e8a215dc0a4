"""Says of a folder whether it is a card and which, and whether a card is still in."""

import errno
import os
import stat
from pathlib import Path

from ..errors import CardError
from .card import Card
from .mounts import Mount, mount_holding, read_mounts
from .volume import block_device, is_removable, look_at_volume

DCIM = "DCIM"
"""The folder that makes a volume a camera's (DCF 2.0, 3.2.1)."""

FLOATING_FILE_SYSTEMS = frozenset({"vfat", "msdos", "exfat", "fuseblk"})
"""What a removable volume must carry to be taken for a card without DCIM."""


def look_at(path: Path, *, configured: bool, mounts: tuple[Mount, ...] | None = None) -> Card:
    """The card at `path`.

    A card is a folder with DCIM in it, or a removable FAT or exFAT volume; when
    `configured`, any folder is, since the practice's settings name it (thin clients
    redirect drives into a folder below one mount).
    mounts: the mount table, if the caller has just read it.

    Raises CardError when there is no such folder, it cannot be read, or it is no card.
    """
    table = read_mounts() if mounts is None else mounts
    try:
        folder = Path(os.path.realpath(path, strict=True))
        found = folder.stat()
        if not stat.S_ISDIR(found.st_mode):
            raise CardError(f"{path} is a file, not a card.", "Name the folder in which the card is mounted.")
        mount = mount_holding(folder, table)
        holds_dcim = has_dcim(folder)
        read_only = bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except FileNotFoundError:
        raise CardError(f"There is no folder {path}.", "Put the card in, or check the path.") from None
    except OSError as error:
        raise unreadable_card(path, error) from error
    if mount is None:
        raise CardError(f"{path} was unmounted while it was looked at.", "Put the card in again.")
    if folder == Path("/"):
        raise CardError("/ is this station itself, not a card.", "Name the folder in which the card is mounted.")
    own_volume = mount.mount_point == folder
    if not (configured or holds_dcim or (own_volume and is_floating_card(mount))):
        raise CardError(
            f"{path} is a folder that is no card: it has no {DCIM} folder.",
            "Name the folder in which the card is mounted, or add this one to card_folders in the settings.",
        )
    volume = look_at_volume(mount)
    return Card(
        mount_point=folder,
        device_number=found.st_dev,
        device=block_device(mount),
        file_system=volume.file_system,
        fuse=mount.fuse,
        read_only=read_only,
        label=volume.label if own_volume else "",
        serial=volume.serial if own_volume else "",
        configured=configured,
    )


def is_present(card: Card) -> bool:
    """Whether that same card is still in: its folder answers, on the same device, and the device is there.

    After a card is pulled its folder can stay mounted and list as empty without an
    error, so a listing proves nothing either way (CARD, Finding it).
    """
    try:
        os.statvfs(card.mount_point)
        if card.mount_point.stat().st_dev != card.device_number:
            return False
        return not card.device or stat.S_ISBLK(Path(card.device).stat().st_mode)
    except OSError:
        return False


def has_dcim(folder: Path) -> bool:
    """Whether DCIM is in it; FAT cards have it in either case. Raises OSError when it cannot be listed."""
    with os.scandir(folder) as entries:
        return any(entry.name.upper() == DCIM and entry.is_dir(follow_symlinks=False) for entry in entries)


def is_floating_card(mount: Mount) -> bool:
    """A removable volume with the file system of cards."""
    return mount.file_system in FLOATING_FILE_SYSTEMS and is_removable(mount)


def unreadable_card(path: Path, error: OSError) -> CardError:
    """Why a card's folder gives nothing, and what helps."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return CardError(f"{path} may not be read by this account.", "Ask IT for the right to read it.")
    return CardError(
        f"{path} cannot be read ({error.strerror}).", "Take the card out, put it in again, and try another reader."
    )
