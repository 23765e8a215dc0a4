"""Manifests: what was put, signed, and checked with the public key alone."""

import hashlib
from pathlib import Path

import msgspec
import pytest

from core.crypto.identity import SealingKey, SigningKey
from core.integrity.head import VaultHead
from core.integrity.manifest import Deposit, ManifestDamagedError, manifest_names, read_manifest
from core.storage.local import LocalStore
from core.storage.store import NotKeptError, ObjectExistsError, StoredObject

from ...support.vaults import TickingClock
from ..storage.disks import ForgetfulStore

SIGNER = SigningKey(bytes(range(32)))
AUDITORS = SealingKey(bytes(range(32, 64)))
HEAD = VaultHead(1, "thevault", SIGNER.public, AUDITORS.public, "2026-03-04T10:00:00+00:00").signed_by(SIGNER)


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path)


def deposit(store: LocalStore, signer: SigningKey = SIGNER) -> Deposit:
    return Deposit(store, HEAD, signer, TickingClock())


def signed(store: LocalStore, *names: str) -> str:
    put = deposit(store)
    for name in names:
        put.put(name, [name.encode()])
    return put.sign()


def damaged(store: LocalStore, name: str) -> bool:
    try:
        read_manifest(store, HEAD, name)
    except ManifestDamagedError as error:
        assert error.name == name and error.hint
        return True
    return False


def test_a_deposit_vouches_for_all_that_was_put(store: LocalStore) -> None:
    put = deposit(store)
    stored = [put.put("a/one", [b"1"]), put.put("a/two", [b"22"])]
    known = StoredObject("a/three", 3, "ab" * 32)
    put.adopt(known)
    assert put.holds("a/one") and put.holds("a/three") and not put.holds("a/four")
    manifest = read_manifest(store, HEAD, put.sign())
    assert manifest.objects == (*stored, known)
    assert put.is_empty and list(manifest_names(store)) == [manifest.name]


def test_a_deposit_without_objects_signs_nothing(store: LocalStore) -> None:
    assert deposit(store).sign() == ""
    assert list(manifest_names(store)) == []


def test_what_could_not_be_put_is_not_vouched_for(store: LocalStore) -> None:
    store.put_new("a/one", [b"another's"])
    put = deposit(store)
    with pytest.raises(ObjectExistsError):
        put.put("a/one", [b"ours"])
    assert put.is_empty and put.sign() == ""


def test_what_the_disk_did_not_keep_is_taken_back_and_not_vouched_for(store: LocalStore) -> None:
    put = deposit(ForgetfulStore(store.folder))
    with pytest.raises(NotKeptError) as caught:
        put.put_kept("a/key", b"a wrapped key")
    assert caught.value.name == "a/key" and caught.value.hint
    assert put.is_empty and list(store.list("")) == []
    kept = deposit(store)
    assert kept.put_kept("a/key", b"a wrapped key") == StoredObject("a/key", 13, kept_digest(store))
    assert kept.holds("a/key")


def kept_digest(store: LocalStore) -> str:
    return hashlib.sha256(store.get("a/key")).hexdigest()


def test_every_flipped_bit_every_truncation_and_every_addition_is_noticed(store: LocalStore) -> None:
    name = signed(store, "a/one")
    path = store.folder / name
    raw = path.read_bytes()
    changes = [raw[:at] + bytes([raw[at] ^ (1 << bit)]) + raw[at + 1 :] for at in range(len(raw)) for bit in range(8)]
    changes += [raw[:length] for length in range(0, len(raw), 7)]
    changes += [raw + b"\n", b" " + raw, raw.replace(b",", b", ", 1), b"", b"[]", raw + raw]
    for changed in changes:
        path.write_bytes(changed)
        assert damaged(store, name)
    path.write_bytes(raw)
    assert not damaged(store, name)


def test_a_manifest_under_another_name_is_noticed(store: LocalStore) -> None:
    one, other = signed(store, "a/one"), signed(store, "a/two")
    paths = store.folder / one, store.folder / other
    first, second = (path.read_bytes() for path in paths)
    paths[0].write_bytes(second)
    paths[1].write_bytes(first)
    assert damaged(store, one) and damaged(store, other)
    (store.folder / "manifests" / "copy").write_bytes(first)
    assert damaged(store, "manifests/copy")


@pytest.mark.parametrize("change", ["leave out", "add", "swap digests", "reorder"])
def test_its_list_cannot_be_edited(store: LocalStore, change: str) -> None:
    name = signed(store, "a/one", "a/two")
    content = msgspec.json.decode(store.get(name))
    one, two = content["objects"]
    content["objects"] = {
        "leave out": [one],
        "add": [one, two, ["a/three", 1, "00" * 32]],
        "swap digests": [[*one[:2], two[2]], [*two[:2], one[2]]],
        "reorder": [two, one],
    }[change]
    (store.folder / name).write_bytes(msgspec.json.encode(content))
    assert damaged(store, name)


def test_nobody_elses_signature_counts(store: LocalStore) -> None:
    put = deposit(store, SigningKey.random())
    put.put("a/one", [b"1"])
    assert damaged(store, put.sign())


def test_a_manifest_of_another_vault_is_noticed(store: LocalStore) -> None:
    name = signed(store, "a/one")
    other = msgspec.structs.replace(HEAD, vault="other").signed_by(SIGNER)
    with pytest.raises(ManifestDamagedError):
        read_manifest(store, other, name)


def test_names_and_numbers_cannot_run_into_each_other(store: LocalStore) -> None:
    """The same characters, cut elsewhere, are another message."""
    put = deposit(store)
    put.adopt(StoredObject("a/1", 23, "ab"))
    name = put.sign()
    content = msgspec.json.decode(store.get(name))
    content["objects"] = [["a/", 123, "ab"]]
    (store.folder / name).write_bytes(msgspec.json.encode(content))
    assert damaged(store, name)
