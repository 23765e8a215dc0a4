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
from core.records.catalogue import Catalogue
from core.storage.local import LocalStore
from core.vault.check import check_vault
from core.vault.journal import open_moves, read_plan
from core.vault.vault import Vault

from ...support.cards import fill_card
from ...support.intakes import intake_of
from ...support.killing import KillingDisk, MoveState, state_of, was_killed
from ...support.vaults import PASSPHRASE, STAFF_ID, TestVault, make_vault

STRIDE = int(os.environ.get("DERMLOCK_KILL_STRIDE", "4"))
"""Every how many-th call is a kill point: 1 is the whole matrix (make kill-matrix)."""


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
        move([intake_of(inventory.pictures)], [], inventory, scene.vault(disk), disk=disk)

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
        for image in episode.content.images
    )


def on_card(scene: Scene) -> list[bytes]:
    """Whatever an import would take for a picture, and nothing else may look like one."""
    inventory = take_inventory(scene.card())
    assert {file.kind for file in inventory.files} <= {FileKind.JPEG, FileKind.UNFINISHED}
    return sorted((scene.base / "card" / file.path).read_bytes() for file in inventory.pictures)


def test_killed_anywhere_nothing_is_lost_and_the_next_sign_in_finishes(scene: Scene) -> None:
    seen: Counter[MoveState] = Counter()
    points = fatal = 0
    while True:
        fatal += STRIDE
        scene.restore()
        if not was_killed(moving(scene, KillingDisk(fatal))):
            break
        points += 1
        states = states_seen(scene)
        seen.update(set(states))
        half_overwritten = [state for state in states if state is MoveState.OVERWRITTEN]
        assert len(on_card(scene)) + len(half_overwritten) <= 3
        assert all(picture in scene.originals for picture in on_card(scene)), f"a changed picture at point {fatal}"
        begun = bool(states)
        vault = scene.signed_in_again("state" if points % 2 else "another-station")
        resume(vault, scene.card())
        assert unfinished(vault) == ()
        if begun:
            assert in_vault(vault) == scene.originals, f"point {fatal}: the vault has not each picture once"
            assert on_card(scene) == [], f"point {fatal}: pictures left on the card"
        else:
            assert len(in_vault(vault)) in (0, 3)
            assert sorted(in_vault(vault) + on_card(scene)) == scene.originals, f"point {fatal}"
        assert check_vault(vault, full=True) == (), f"point {fatal}"
        assert not [path for path in (scene.base / "card").rglob("*") if path.is_file()] or not begun
    print(f"{points} kill points of {fatal - STRIDE}:", {state.name: seen[state] for state in MoveState})
    assert points >= 60
    assert {state: seen[state] for state in MoveState if seen[state] < 5} == {}
