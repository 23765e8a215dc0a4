"""A vault with everything in it, made once by real moves, and copies of it that cost nothing.

A copy's files are hard links: the vault never changes a file in place, and a test
that does puts a new one there. No copy signs in again, so that only the work of a
test takes time.
"""

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.access.keyring import Keyring
from core.access.sign_in import sign_in
from core.audit.station import this_station
from core.card.identity import look_at
from core.card.inventory import take_inventory
from core.errors import DermlockError
from core.intake.conduct import move
from core.storage.disk import LocalDisk
from core.storage.local import LocalStore
from core.vault.vault import Vault, open_vault

from ...support.cards import fill_card, put_file
from ...support.intakes import ROSE, TOM, intake_of
from ...support.vaults import PASSPHRASE, STAFF_ID, TestVault, TickingClock, make_vault


class QuickDisk(LocalDisk):
    """A disk without a way past its cache, as memory has none: what is tampered with here is not the hardware."""

    def set_direct(self, fd: int, direct: bool) -> None:
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))

    def sync(self, fd: int) -> None:
        """Nobody pulls the plug in these tests."""

    def drop_cache(self, fd: int) -> None:
        """See above."""


@dataclass(frozen=True)
class Copy:
    """One copy of the scene's vault with a station of its own."""

    folder: Path
    state: Path
    keyring: Keyring
    clock: TickingClock

    @property
    def store(self) -> LocalStore:
        return LocalStore(self.folder, QuickDisk())

    def open(self) -> Vault:
        """As a new start of the program does, but for the passphrase."""
        return open_vault(self.store, self.keyring, this_station(self.state), self.clock)

    def put(self, name: str, content: bytes) -> None:
        """Another file in the place of an object, whatever dermlock thinks of it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content)


@dataclass(frozen=True)
class Scene:
    """pictures: as they were on the cards. begun: objects of the move that waits, which nobody has signed for."""

    place: TestVault
    keyring: Keyring
    pictures: tuple[bytes, ...]
    begun: frozenset[str]

    def copy(self, base: Path) -> Copy:
        shutil.rmtree(base, ignore_errors=True)
        shutil.copytree(self.place.folder, base / "vault", copy_function=os.link)
        shutil.copytree(self.place.state, base / "state")
        return Copy(base / "vault", base / "state", self.keyring, TickingClock(self.place.clock.now))

    def names(self) -> list[str]:
        return sorted(LocalStore(self.place.folder).list(""))


def make_scene(base: Path) -> Scene:
    """Two patients with three and two pictures, a discard, and a move that waits for its card."""
    place = make_vault(base)
    vault = open_vault(
        LocalStore(place.folder, QuickDisk()),
        sign_in(LocalStore(place.folder), STAFF_ID, PASSPHRASE),
        this_station(place.state),
        place.clock,
    )
    card = base / "card"
    files = fill_card(card, 5, size=(64, 64))
    put_file(card, "DCIM/100DERMA/NOTES.CTG", b"the camera's own list")
    pictures = tuple(file.read_bytes() for file in files)
    inventory = take_inventory(look_at(card, configured=True))
    notes = inventory.by_shown("DCIM/100DERMA/NOTES.CTG")
    assert notes is not None
    move([intake_of(inventory.pictures[:3])], [(notes, "camera's list")], inventory, vault)
    move([intake_of(inventory.pictures[3:], TOM)], [], take_inventory(look_at(card, configured=True)), vault)
    assert [entry.pictures for entry in vault.find(number=ROSE.number)] == [3]
    finished = set(vault.store.list("patients"))
    pulled = base / "pulled"
    fill_card(pulled, 1, first_seed=9, size=(64, 64))
    unread = take_inventory(look_at(pulled, configured=True))
    shutil.rmtree(pulled / "DCIM")
    _stopped(lambda: move([intake_of(unread.pictures, TOM)], [], unread, vault))
    return Scene(place, vault.keyring, pictures, frozenset(vault.store.list("patients")) - finished)


def _stopped(work: Callable[[], object]) -> None:
    try:
        work()
    except DermlockError:
        return
    raise AssertionError("the move was not stopped")


def kind_of(name: str) -> str:
    """What sort of object it is: its first folder, and the ending where there is one."""
    first, _, last = name.partition("/")
    if first == "journal":
        return f"journal {last.rpartition('/')[2]}"
    if first in ("patients", "staff", "recovery"):
        depth = "patient's " if first == "patients" and name.count("/") == 2 else ""
        return f"{first} {depth}{name.rpartition('.')[2]}"
    return first


def flipped(raw: bytes, at: int, bit: int) -> bytes:
    return raw[:at] + bytes([raw[at] ^ (1 << bit)]) + raw[at + 1 :]
