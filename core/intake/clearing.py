"""The card's side of a move: each file overwritten for its proof, then its name scrubbed.

An empty marker file in the card's root says, from before the first erasure until
after the last name is gone, that this card has an unfinished move. With it a
missing file means that it was erased; without it nothing on the card was touched.
"""

import os
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from ..card.card import Card
from ..card.identity import is_present
from ..erase.names import is_being_rebuilt, prepare_names, scrub_names
from ..erase.overwrite import (
    ChangedBeforeErasingError,
    Erased,
    ProtectedFileError,
    digest_of,
    erase_file,
    erase_tombstone,
)
from ..errors import CardError, InterruptedByPersonError
from ..progress import Cancellation, Progress, Report
from ..storage.disk import Disk, exists, sync_folder
from ..vault.discard import Discarded
from ..vault.journal import Plan, PlannedFile
from ..vault.verify import Verified
from .proving import Proofs
from .sealing import path_on, told_as_card_trouble


@dataclass
class Cleared:
    """What came of each file. gone: paths. left: shown path -> reason. findings: sentences."""

    erased: list[Erased] = field(default_factory=list)
    gone: set[bytes] = field(default_factory=set)
    left: dict[str, str] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)


def belongs_to(plan: Plan, card: Card, disk: Disk) -> bool:
    """Whether this card is the one the move is about, by what lies on it; serials can be cloned or missing."""
    with told_as_card_trouble(str(card)):
        root = card.mount_point
        if exists(disk, root / plan.marker) or is_being_rebuilt(disk, root, root, plan.move):
            return True
        for file in plan.files:
            path = path_on(card, file.path)
            if exists(disk, path.with_name(file.tombstone)):
                return True
            if exists(disk, path) and disk.status(path).st_size == file.size:
                return digest_of(disk, path, card.device_number, file.shown) == file.sha256
    return False


def clear(
    plan: Plan,
    proofs: Proofs,
    card: Card,
    disk: Disk,
    *,
    report: Report,
    cancellation: Cancellation,
    resumed: bool,
) -> Cleared:
    """Erases every planned file that there is a proof for, and leaves no name of it.

    Raises CardError and InterruptedByPersonError; the marker is then still there
    (or never was), and doing it again goes on from there.
    """
    cleared = Cleared()
    if card.read_only:
        raise CardError(
            f"The card {card} is write-protected; nothing was erased.",
            "Slide its lock up and put it in again: the pictures are safe, and erasing goes on.",
        )
    root = card.mount_point
    with told_as_card_trouble(str(card)):
        _require_present(card)
        begun = resumed and (exists(disk, root / plan.marker) or is_being_rebuilt(disk, root, root, plan.move))
        _set_marker(disk, root, plan)
        folders = defaultdict(list)
        for file in plan.files:
            folders[path_on(card, file.path).parent].append(file)
        done = 0
        for folder, files in folders.items():
            if not is_being_rebuilt(disk, folder, root, plan.move):
                prepare_names(disk, folder, card.file_system)
                for file in files:
                    _stop_if_asked(cancellation)
                    report(Progress("Erasing", done, len(plan.files), item=file.shown))
                    _erase(file, proofs, card, disk, cleared, begun=begun)
                    done += 1
            report(Progress("Removing names", done, len(plan.files)))
            scrub_names(disk, folder, root, plan.move, card.file_system)
            _require_present(card)  # else that was the empty folder below the card, and nothing was scrubbed
            cleared.gone |= {file.path for file in files if file.shown not in cleared.left}
    report(Progress("Erasing", len(plan.files), len(plan.files)))
    return cleared


def remove_marker(plan: Plan, card: Card, disk: Disk) -> None:
    """The very last of a move on the card."""
    with told_as_card_trouble(str(card)):
        marker = card.mount_point / plan.marker
        if exists(disk, marker):
            disk.unlink(marker)
            sync_folder(disk, card.mount_point)


def _set_marker(disk: Disk, root: Path, plan: Plan) -> None:
    marker = root / plan.marker
    if not exists(disk, marker):
        disk.close(disk.open(marker, os.O_CREAT | os.O_EXCL | os.O_RDONLY))
        sync_folder(disk, root)


def _require_present(card: Card) -> None:
    if not is_present(card):
        raise CardError("The card was pulled.", "Put it in again: the pictures are safe, and erasing goes on.")


def _stop_if_asked(cancellation: Cancellation) -> None:
    if cancellation.is_cancelled:
        raise InterruptedByPersonError(
            "Erasing was stopped between two files; every picture is safe in the vault.",
            "Put the card in and sign in again: it goes on from there.",
        )


def _erase(file: PlannedFile, proofs: Proofs, card: Card, disk: Disk, cleared: Cleared, *, begun: bool) -> None:
    proof: Verified | Discarded
    proof = proofs.verified[file.safe_in] if file.safe_in is not None else proofs.discarded[file.sha256]
    path = path_on(card, file.path)
    grave = path.with_name(file.tombstone)
    with told_as_card_trouble(file.shown):
        if exists(disk, grave):
            erased = erase_tombstone(disk, grave, shown=file.shown, device=card.device_number, proof=proof)
            cleared.erased.append(erased)
            return
        if not exists(disk, path):
            _require_present(card)  # an unmounted card's folder is gone or empty, without any error
            if not begun:
                cleared.left[file.shown] = "taken off the card by somebody else before it was erased"
                cleared.findings.append(f"{file.shown} was taken off the card by somebody else before it was erased.")
            return
        try:
            erased = erase_file(
                disk, path, shown=file.shown, device=card.device_number, tombstone=file.tombstone, proof=proof
            )
        except (ChangedBeforeErasingError, ProtectedFileError) as error:
            cleared.left[file.shown] = str(error)
            cleared.findings.append(str(error))
        else:
            cleared.erased.append(erased)
