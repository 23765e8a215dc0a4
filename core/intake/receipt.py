"""What a move comes to, as it is shown and may be claimed."""

from dataclasses import dataclass

from ..card.card import Card, CardFile, FileKind, FileSystem, Inventory
from ..erase.overwrite import Erased


@dataclass(frozen=True)
class Receipt:
    """episodes: ids. sealed: pictures. already_safe: further copies of them on the card.

    left: (shown path, reason) of every file that is still on the card, as far as it
    was looked at. findings: sentences on what went otherwise than planned. claim:
    what may be said of the erasure. audit_head: end of this station's log.
    """

    episodes: tuple[str, ...]
    sealed: int
    already_safe: int
    discarded: int
    erased: int
    left: tuple[tuple[str, str], ...]
    findings: tuple[str, ...]
    claim: str
    card_clean: bool
    kept: bool
    audit_head: str
    resumed: bool = False


def claim(card: Card | None, files: int, erased: list[Erased], *, kept: bool) -> str:
    """No more than NIST SP 800-88 Rev. 2 lets anybody say of an overwrite of single files.

    files: how many are gone; erased: those of them that this run erased, the others before an interruption.
    """
    if kept:
        return "Nothing was erased: the pictures are still on the card, as asked."
    if card is None or not files:
        return "Nothing was erased."
    counted = f"{files} file{'s' if files > 1 else ''}"
    if card.file_system is FileSystem.OTHER:
        return f"{counted} overwritten and deleted, not proven: that is possible on FAT and exFAT only."
    # behind FUSE it is the driver that reads, and whether from the card itself cannot be told from here
    ways = {"through the FUSE driver" if card.fuse else each.read_back.value for each in erased}
    how = " and ".join(sorted(ways)) or "before the interruption"
    return (
        f"{counted}: logical overwrite to the end of the last cluster, read back ({how}), names removed. "
        "Not covered: what was deleted earlier, free space, and spare blocks in the card, which no software reaches."
    )


def left_on(
    inventory: Inventory | None, gone: set[bytes], reasons: dict[str, str], *, unclaimed: str
) -> tuple[tuple[str, str], ...]:
    """Every file that is still there, with the reason.

    gone: paths as bytes. reasons: by shown path. unclaimed: why a picture stays that nothing else is said of.
    """
    if inventory is None:
        return tuple(sorted(reasons.items()))
    return tuple(
        (file.shown, reasons.get(file.shown) or reason_left(file, unclaimed))
        for file in inventory.files
        if bytes_of(file) not in gone
    )


NOT_CLAIMED = "not claimed for a patient"


def reason_left(file: CardFile, unclaimed: str = NOT_CLAIMED) -> str:
    """Why a file that no move is about stays on the card."""
    said = unclaimed if file.sealable else file.kind.value
    return f"{said}: {file.note}" if file.note else said


def bytes_of(file: CardFile) -> bytes:
    """The path as the file system has it."""
    return str(file.path).encode("utf-8", "surrogateescape")


def is_clean(inventory: Inventory | None, gone: set[bytes]) -> bool:
    """Whether nothing of a patient can be left: what is, is the camera's and the computer's own."""
    if inventory is None:
        return False
    return all(bytes_of(file) in gone or file.kind is FileKind.CLUTTER for file in inventory.files)
