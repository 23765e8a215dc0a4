"""A new vault: whole or not there."""

import errno
from pathlib import Path

import pytest

from core.access.sign_in import sign_in, sign_in_with_recovery_key
from core.access.vault_setup import create_vault
from core.errors import RuleRefusedError, VaultError
from core.integrity.head import HEAD_NAME, read_head
from core.integrity.manifest import manifest_names, read_manifest
from core.storage.local import LocalStore

from ...support.vaults import TickingClock
from ..storage.disks import FailingDisk

LAST_SYNC = 17
"""Of a whole set-up: the one that makes the head's name durable."""


def create(store: LocalStore, **other: str) -> str:
    asked = {"staff_id": "a.jones", "staff_name": "Ann Jones", "passphrase": "seven quiet herons"} | other
    return create_vault(store, **asked, clock=TickingClock())


def test_it_is_opened_by_its_first_member_and_by_its_recovery_key(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    recovery_key = create(store)
    keyring = sign_in(store, "a.jones", "seven quiet herons")
    assert sign_in_with_recovery_key(store, recovery_key).keys == keyring.keys
    signed = {o.name for name in manifest_names(store) for o in read_manifest(store, keyring.head, name).objects}
    assert set(store.list("")) == signed | {HEAD_NAME} | set(manifest_names(store))


@pytest.mark.parametrize("there", ["vault.head", "notes.txt", "patients/x/y.image"])
def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, there: str) -> None:
    store = LocalStore(tmp_path)
    store.put_new(there, [b"something"])
    with pytest.raises(VaultError, match="not empty"):
        create(store)
    assert list(store.list("")) == [there]


@pytest.mark.parametrize(
    ("wrong", "why"), [({"staff_id": "A B"}, "staff ID"), ({"staff_name": ""}, "name"), ({"passphrase": "x"}, "weak")]
)
def test_nothing_is_made_where_an_answer_will_not_do(tmp_path: Path, wrong: dict[str, str], why: str) -> None:
    with pytest.raises(RuleRefusedError, match=why):
        create(LocalStore(tmp_path), **wrong)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sync", [2, 8, 14, 16, LAST_SYNC])
def test_a_set_up_that_fails_leaves_no_vault(tmp_path: Path, sync: int) -> None:
    disk = FailingDisk("sync", errno.EIO, at=sync)
    with pytest.raises(VaultError, match="disk failed"):
        create(LocalStore(tmp_path, disk))
    assert disk.calls["sync"] == sync
    with pytest.raises(VaultError, match="no vault here"):
        read_head(LocalStore(tmp_path))


def test_there_is_a_vault_only_after_the_last_sync(tmp_path: Path) -> None:
    disk = FailingDisk("sync", errno.EIO, at=LAST_SYNC + 1)
    create(LocalStore(tmp_path, disk))
    assert disk.calls["sync"] == LAST_SYNC
