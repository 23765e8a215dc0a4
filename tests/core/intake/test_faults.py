"""Bad luck in the middle of a move: one line of what happened, one of what to do, nothing lost."""

import dataclasses
import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from core.card.card import Card, Inventory
from core.card.identity import look_at
from core.card.inventory import take_inventory
from core.errors import CardError, DermlockError, InterruptedByPersonError, VaultError
from core.intake.conduct import move, resume, unfinished
from core.progress import Progress
from core.storage.disk import LocalDisk
from core.storage.local import LocalStore
from core.vault.check import check_vault
from core.vault.vault import Vault
from core.vault.verify import NotVerifiedError

from ...support.cards import fill_card
from ...support.intakes import intake_of
from ...support.vaults import TestVault, make_vault


@pytest.fixture
def place(tmp_path: Path) -> TestVault:
    return make_vault(tmp_path)


@pytest.fixture
def card_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    fill_card(folder, 3)
    return folder


def card_of(folder: Path) -> Card:
    return look_at(folder, configured=True)


def look(folder: Path) -> Inventory:
    return take_inventory(card_of(folder))


def contents(folder: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def on_disk(vault: Vault, folder: Path, disk: LocalDisk) -> Vault:
    """The same open vault, its store on another disk."""
    return dataclasses.replace(vault, store=LocalStore(folder, disk))


def says_what_and_what_to_do(error: DermlockError) -> bool:
    return all(text.strip().endswith((".", "?")) and "\n" not in text for text in (error.what, error.hint))


def finish(place: TestVault, card_folder: Path, originals: list[bytes]) -> None:
    """The next sign-in with the card in ends it: every picture once in the vault, none on the card."""
    vault = place.open()
    resume(vault, card_of(card_folder))
    assert unfinished(vault) == ()
    assert contents(card_folder) == []
    pictures = [
        vault.read_picture(episode, image)
        for entry in vault.find()
        for episode in [vault.episode(entry.id)]
        for image in episode.content.images
    ]
    assert sorted(pictures) == originals
    assert check_vault(vault, full=True) == ()


class FailingDisk(LocalDisk):
    """Raises an error of the system at each call that `when(call, path or descriptor's path)` picks."""

    def __init__(self, number: int, when: Callable[[str, str], bool]) -> None:
        self.number, self.when, self.raised = number, when, 0

    def _ask(self, call: str, where: Path | int) -> None:
        path = str(Path(f"/proc/self/fd/{where}").readlink()) if isinstance(where, int) else str(where)
        if self.when(call, path):
            self.raised += 1
            raise OSError(self.number, os.strerror(self.number), path)

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        self._ask("open", path)
        return super().open(path, flags, mode)

    def read_into(self, fd: int, buffer: memoryview, offset: int) -> int:
        self._ask("read", fd)
        return super().read_into(fd, buffer, offset)

    def write(self, fd: int, data: bytes | memoryview) -> None:
        self._ask("write", fd)
        super().write(fd, data)

    def sync(self, fd: int) -> None:
        self._ask("sync", fd)
        super().sync(fd)

    def rename(self, old: Path, new: Path) -> None:
        self._ask("rename", old)
        super().rename(old, new)

    def unlink(self, path: Path) -> None:
        self._ask("unlink", path)
        super().unlink(path)


def from_call(number: int, picks: Callable[[str, str], bool]) -> Callable[[str, str], bool]:
    """Of the calls that `picks`, that one and all after it."""
    seen = 0

    def when(call: str, path: str) -> bool:
        nonlocal seen
        seen += picks(call, path)
        return picks(call, path) and seen >= number

    return when


@pytest.mark.parametrize("write", [1, 4, 9, 14])
def test_a_full_vault_disk_stops_the_move_with_everything_on_the_card(
    place: TestVault, card_folder: Path, write: int
) -> None:
    originals, inventory, vault = contents(card_folder), look(card_folder), place.open()
    disk = FailingDisk(errno.ENOSPC, from_call(write, lambda call, path: call == "write" and "/vault/" in path))
    with pytest.raises(VaultError, match=r"disk is full") as caught:
        move([intake_of(inventory.pictures)], [], inventory, on_disk(vault, place.folder, disk), disk=disk)
    assert disk.raised and says_what_and_what_to_do(caught.value)
    assert contents(card_folder) == originals
    if unfinished(vault):
        finish(place, card_folder, originals)


def test_a_vault_disk_that_cannot_keep_what_was_written_erases_nothing(place: TestVault, card_folder: Path) -> None:
    originals, inventory, vault = contents(card_folder), look(card_folder), place.open()
    disk = FailingDisk(errno.EIO, from_call(5, lambda call, path: call == "sync" and "/vault/" in path))
    with pytest.raises(VaultError) as caught:
        move([intake_of(inventory.pictures)], [], inventory, on_disk(vault, place.folder, disk), disk=disk)
    assert says_what_and_what_to_do(caught.value)
    assert contents(card_folder) == originals
    finish(place, card_folder, originals)


@pytest.mark.parametrize("read", range(1, 22, 3))
def test_a_card_pulled_at_any_read_loses_nothing(place: TestVault, card_folder: Path, read: int) -> None:
    originals, inventory, vault = contents(card_folder), look(card_folder), place.open()
    disk = FailingDisk(errno.EIO, from_call(read, lambda call, path: "/card/" in path))
    with pytest.raises(CardError, match="failed or was pulled") as caught:
        move([intake_of(inventory.pictures)], [], inventory, vault, disk=disk)
    assert disk.raised and says_what_and_what_to_do(caught.value)
    finish(place, card_folder, originals)


def test_a_card_gone_before_erasing_is_not_taken_for_an_empty_one(
    place: TestVault, card_folder: Path, tmp_path: Path
) -> None:
    originals, inventory, vault = contents(card_folder), look(card_folder), place.open()

    def pull(progress: Progress) -> None:
        if (progress.stage, progress.done) == ("Verifying", 3):
            card_folder.rename(tmp_path / "pulled")

    with pytest.raises(CardError) as caught:
        move([intake_of(inventory.pictures)], [], inventory, vault, report=pull)
    assert says_what_and_what_to_do(caught.value)
    assert [each.pictures for each in unfinished(vault)] == [3]
    assert resume(place.open(), None) == ()
    (tmp_path / "pulled").rename(card_folder)
    finish(place, card_folder, originals)


def test_a_picture_changed_after_it_was_verified_is_not_erased(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    victim = card_folder / inventory.pictures[1].path
    changed = victim.read_bytes()[:-40] + b"another picture was written here by now."

    def change(progress: Progress) -> None:
        if progress.stage == "Erasing" and progress.done == 0:
            victim.write_bytes(changed)

    receipt = move([intake_of(inventory.pictures)], [], inventory, vault, report=change)
    assert (receipt.sealed, receipt.erased) == (3, 2)
    assert contents(card_folder) == [changed]
    assert [shown for shown, _ in receipt.left] == [inventory.pictures[1].shown]
    assert "not what was sealed any more" in receipt.findings[0]


def test_a_write_protected_card_is_read_and_flagged_but_not_erased(place: TestVault, card_folder: Path) -> None:
    originals, inventory, vault = contents(card_folder), look(card_folder), place.open()
    protected = Inventory(dataclasses.replace(inventory.card, read_only=True), inventory.files)
    with pytest.raises(CardError, match="write-protected") as caught:
        move([intake_of(inventory.pictures)], [], protected, vault)
    assert says_what_and_what_to_do(caught.value)
    assert contents(card_folder) == originals
    assert [each.pictures for each in unfinished(vault)] == [3]
    assert [entry.pictures for entry in vault.find()] == [3]
    finish(place, card_folder, originals)


def test_a_picture_protected_on_the_camera_is_sealed_and_left(place: TestVault, card_folder: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    kept = card_folder / inventory.pictures[0].path
    kept.chmod(0o444)
    receipt = move([intake_of(inventory.pictures)], [], inventory, vault)
    assert (receipt.sealed, receipt.erased) == (3, 2)
    assert "protected on the camera" in receipt.left[0][1]
    assert kept.exists()


class ForgetfulDisk(LocalDisk):
    """Keeps other bytes than were written to the card: a failing card."""

    def sync(self, fd: int) -> None:
        super().sync(fd)
        if ".dlk" in Path(f"/proc/self/fd/{fd}").readlink().name and os.fstat(fd).st_size:
            os.pwrite(fd, b"?", 100)


def test_a_card_that_does_not_keep_what_is_written_is_reported(place: TestVault, card_folder: Path) -> None:
    originals, inventory, vault = contents(card_folder), look(card_folder), place.open()
    with pytest.raises(CardError, match="did not keep") as caught:
        move([intake_of(inventory.pictures)], [], inventory, vault, disk=ForgetfulDisk())
    assert says_what_and_what_to_do(caught.value)
    finish(place, card_folder, originals)


class BitRotDisk(LocalDisk):
    """Loses one bit of each sealed image as soon as it has its name."""

    def link(self, old: Path, new: Path) -> None:
        if new.suffix == ".image":
            with old.open("r+b") as file:
                file.seek(300)
                byte = file.read(1)
                file.seek(300)
                file.write(bytes([byte[0] ^ 1]))
        super().link(old, new)


def test_an_image_that_the_disk_changed_is_not_proven_and_is_sealed_again(place: TestVault, card_folder: Path) -> None:
    originals, inventory, vault = contents(card_folder), look(card_folder), place.open()
    with pytest.raises(NotVerifiedError) as caught:
        move([intake_of(inventory.pictures)], [], inventory, on_disk(vault, place.folder, BitRotDisk()))
    assert says_what_and_what_to_do(caught.value)
    assert contents(card_folder) == originals
    finish(place, card_folder, originals)


class _StopAfter:
    def __init__(self) -> None:
        self.is_cancelled = False


@pytest.mark.parametrize(("stage", "done"), [("Sealing", 1), ("Erasing", 1)])
def test_stopped_by_a_person_between_two_pictures_it_goes_on_later(
    place: TestVault, card_folder: Path, stage: str, done: int
) -> None:
    originals, inventory, vault = contents(card_folder), look(card_folder), place.open()
    stop = _StopAfter()

    def watch(progress: Progress) -> None:
        if (progress.stage, progress.done) == (stage, done):
            stop.is_cancelled = True

    with pytest.raises(InterruptedByPersonError) as caught:
        move([intake_of(inventory.pictures)], [], inventory, vault, report=watch, cancellation=stop)
    assert says_what_and_what_to_do(caught.value)
    finish(place, card_folder, originals)


def test_another_card_in_the_reader_is_not_touched(place: TestVault, card_folder: Path, tmp_path: Path) -> None:
    inventory, vault = look(card_folder), place.open()
    disk = FailingDisk(errno.EIO, from_call(12, lambda call, path: "/card/" in path))
    with pytest.raises(CardError):
        move([intake_of(inventory.pictures)], [], inventory, vault, disk=disk)
    other = tmp_path / "other"
    fill_card(other, 3, first_seed=50)
    before = contents(other)
    assert resume(place.open(), card_of(other)) == ()
    assert contents(other) == before
    assert len(unfinished(vault)) == 1
