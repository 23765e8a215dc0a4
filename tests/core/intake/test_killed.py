"""Kill matrix: a move of three pictures, killed at every changing call (or a spread of them)."""

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core.access.keyring import Keyring
from core.access.sign_in import sign_in
from core.audit.log import AuditLog
from core.audit.station import this_station
from core.card.card import Card, FileKind
from core.card.identity import look_at
from core.card.inventory import take_inventory
from core.intake.conduct import move, resume, unfinished
from core.model.picture import CoverBox
from core.records.catalogue import Catalogue
from core.storage.local import LocalStore
from core.vault.check import check_vault
from core.vault.journal import open_moves, read_plan
from core.vault.vault import Vault

from ...support.cards import fill_card
from ...support.intakes import intake_of
from ...support.killing import KillingDisk, MoveState, state_of, was_killed
from ...support.vaults import PASSPHRASE, STAFF_ID, TestVault, make_vault

STRIDE = int(os.environ.get("DERMLOCK_KILL_STRIDE", "2"))
"""Every how many-th call is a kill point in the slow test: 1 is the whole matrix (make kill-matrix)."""


COVERED = CoverBox(10, 10, 60, 40)
"""On the first picture, so that a covered copy is sealed too."""


class Scene:
    """One vault, one station, one card; `restore` puts them back to the moment before the move."""

    def __init__(self, base: Path) -> None:
        self.base, self.kept = base / "now", base / "kept"
        self.vault_place: TestVault = make_vault(self.kept)
        fill_card(self.kept / "card", 3)
        self.originals = sorted(path.read_bytes() for path in (self.kept / "card").rglob("*.JPG"))
        self.keyring: Keyring = sign_in(LocalStore(self.kept / "vault"), STAFF_ID, PASSPHRASE)
        self.vault_place.open()

    def restore(self) -> None:
        shutil.rmtree(self.base, ignore_errors=True)
        shutil.copytree(self.kept, self.base)

    def card(self) -> Card:
        return look_at(self.base / "card", configured=True)

    def vault(self, disk: KillingDisk | None = None, *, state: str = "state") -> Vault:
        """With the keys of an earlier sign-in, so that only the move itself is timed and killed."""
        store = LocalStore(self.base / "vault", disk)
        station, clock = this_station(self.base / state), self.vault_place.clock
        log = AuditLog(store, self.keyring.head, station, clock, STAFF_ID)
        return Vault(store, self.keyring, station, clock, log, Catalogue(store, self.keyring))

    def signed_in_again(self, state: str) -> Vault:
        place = replace(self.vault_place, folder=self.base / "vault", state=self.base / state)
        return place.open()


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp("killed"))


def moving(scene: Scene, disk: KillingDisk) -> Callable[[], None]:
    def work() -> None:
        inventory = take_inventory(scene.card())
        intake = intake_of(inventory.pictures, cover={inventory.pictures[0].sha256: (COVERED,)})
        move([intake], [], inventory, scene.vault(disk), disk=disk)

    return work


def states_seen(scene: Scene) -> list[MoveState]:
    vault = scene.vault()
    return [
        state_of(plan, file, vault, scene.card(), scene.base / "vault")
        for plan in (read_plan(vault.store, vault.keyring, id_) for id_ in open_moves(vault.store))
        for file in plan.files
    ]


def in_vault(vault: Vault) -> list[bytes]:
    return sorted(
        vault.read_picture(episode, image)
        for entry in vault.find()
        for episode in [vault.episode(entry.id)]
        for image in episode.content.originals
    )


def on_card(scene: Scene) -> list[bytes]:
    """Whatever an import would take for a picture, and nothing else may look like one."""
    inventory = take_inventory(scene.card())
    assert {file.kind for file in inventory.files} <= {FileKind.JPEG, FileKind.UNFINISHED}
    return sorted((scene.base / "card" / file.path).read_bytes() for file in inventory.pictures)


def calls_of_a_whole_move(scene: Scene) -> list[str]:
    """Every call of a move that is not killed, in order."""
    scene.restore()
    disk = KillingDisk(0)
    moving(scene, disk)()
    return disk.calls


def kill_and_finish(scene: Scene, fatal: int) -> set[MoveState]:
    """Kills a move at that call, signs in again with the card in, and demands that nothing is lost.

    Returns the states that the three files were in when it was killed.
    """
    scene.restore()
    assert was_killed(moving(scene, KillingDisk(fatal)))
    states = states_seen(scene)
    overwritten = [state for state in states if state is MoveState.OVERWRITTEN]
    assert len(on_card(scene)) + len(overwritten) <= 3
    assert all(picture in scene.originals for picture in on_card(scene)), "a changed picture could be imported"
    vault = scene.signed_in_again("state" if fatal % 2 else "another-station")
    resume(vault, scene.card())
    assert unfinished(vault) == ()
    if states:
        assert in_vault(vault) == scene.originals, "the vault has not each picture once"
        assert [path for path in (scene.base / "card").rglob("*") if path.is_file()] == []
    else:
        assert sorted(in_vault(vault) + on_card(scene)) == scene.originals
    assert check_vault(vault, full=True) == ()
    return set(states)


def test_killed_here_and_there_the_next_sign_in_finishes(scene: Scene) -> None:
    calls = len(calls_of_a_whole_move(scene))
    for fatal in range(calls // 16, calls, calls // 8):
        kill_and_finish(scene, fatal)


@pytest.mark.slow
def test_kill_matrix(scene: Scene) -> None:
    calls = calls_of_a_whole_move(scene)
    after_renaming = {at + 1 + step for at, call in enumerate(calls) if call == "rename" for step in (1, 2, 3)}
    points = sorted({*range(1, len(calls) + 1, STRIDE), *after_renaming})
    seen: Counter[MoveState] = Counter()
    for fatal in points:
        seen.update(kill_and_finish(scene, fatal))
    print(f"{len(points)} kill points of {len(calls)} calls:", {state.name: seen[state] for state in MoveState})
    assert len(points) >= 60
    assert {state: seen[state] for state in MoveState if seen[state] < 5} == {}
