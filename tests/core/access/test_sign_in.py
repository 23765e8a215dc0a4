"""Who gets in: the right passphrase or the printed key, at the very vault that they were added to."""

import shutil
from pathlib import Path

import msgspec
import pytest

from core.access.keyring import ClinicianKeys, Keyring
from core.access.sign_in import sign_in, sign_in_with_recovery_key
from core.access.slot import HeadReplacedError, folder_of, write_slot
from core.access.vault_setup import create_vault
from core.crypto.identity import SealingKey, SigningKey, seal_to
from core.crypto.keys import bind
from core.crypto.recovery_key import new_recovery_key
from core.errors import DermlockError, NotSignedInError, VaultError
from core.integrity.head import HEAD_NAME, VaultHead, read_head
from core.model.staff import Role
from core.storage.local import LocalStore

from ...support.vaults import PASSPHRASE, STAFF_ID, TestVault, TickingClock, make_vault


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> TestVault:
    return make_vault(tmp_path_factory.mktemp("access"))


@pytest.fixture(scope="module")
def keyring(made: TestVault) -> Keyring:
    return sign_in(LocalStore(made.folder), STAFF_ID, PASSPHRASE)


@pytest.fixture
def store(made: TestVault, tmp_path: Path) -> LocalStore:
    """A copy of the vault, to be tampered with."""
    shutil.copytree(made.folder, tmp_path / "vault")
    return LocalStore(tmp_path / "vault")


def replace(store: LocalStore, name: str, content: bytes) -> None:
    (store.folder / name).write_bytes(content)


def own(store: LocalStore, suffix: str) -> str:
    return next(name for name in store.list("staff") if name.endswith(suffix))


def same_for_a_person(one: DermlockError, other: DermlockError) -> bool:
    return (type(one), one.what, one.hint, one.exit_code) == (type(other), other.what, other.hint, other.exit_code)


def test_the_right_passphrase_opens_whatever_the_id_is_typed_like(store: LocalStore, keyring: Keyring) -> None:
    again = sign_in(store, f" {STAFF_ID.upper()} ", PASSPHRASE)
    assert again == keyring
    assert again.staff.id == STAFF_ID
    assert again.staff.roles == {Role.CLINICIAN, Role.ADMIN}


def test_a_wrong_passphrase_and_an_unknown_id_are_told_alike(store: LocalStore) -> None:
    refusals = []
    for staff_id, passphrase in ((STAFF_ID, PASSPHRASE + "s"), ("n.obody", PASSPHRASE), ("", "")):
        with pytest.raises(NotSignedInError) as caught:
            sign_in(store, staff_id, passphrase)
        refusals.append(caught.value)
    assert all(same_for_a_person(refusals[0], other) for other in refusals)
    assert STAFF_ID not in str(refusals[0])


def test_without_a_vault_that_is_what_is_said(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="There is no vault here"):
        sign_in(LocalStore(tmp_path), STAFF_ID, PASSPHRASE)
    with pytest.raises(VaultError, match="There is no vault here"):
        sign_in_with_recovery_key(LocalStore(tmp_path), new_recovery_key())


def test_the_recovery_key_gives_the_same_keys_under_its_own_name(
    made: TestVault, store: LocalStore, keyring: Keyring
) -> None:
    recovered = sign_in_with_recovery_key(store, made.recovery_key.lower().replace("-", " "))
    assert recovered.keys == keyring.keys
    assert recovered.staff.id == "recovery"
    assert recovered.may(Role.RECOVERY) and recovered.may(Role.CLINICIAN)


def test_a_mistyped_and_a_foreign_recovery_key_are_told_apart(made: TestVault, store: LocalStore) -> None:
    slip = made.recovery_key[:-1] + ("0" if made.recovery_key[-1] != "0" else "1")
    with pytest.raises(NotSignedInError, match="as it was printed"):
        sign_in_with_recovery_key(store, slip)
    with pytest.raises(NotSignedInError, match="does not open this vault"):
        sign_in_with_recovery_key(store, new_recovery_key())


@pytest.mark.parametrize("field", ["salt", "memory_kib", "passes", "lanes", "public", "sealed"])
def test_no_field_of_a_slot_can_be_changed(store: LocalStore, field: str) -> None:
    name = own(store, ".slot")
    slot = msgspec.json.decode(store.get(name))
    cheaper = {"memory_kib": 19 * 1024, "passes": 2, "lanes": 1}
    slot[field] = cheaper.get(field) or slot[field][::-1].replace("=", "") + "=" * slot[field].count("=")
    replace(store, name, msgspec.json.encode(slot))
    with pytest.raises(NotSignedInError):
        sign_in(store, STAFF_ID, PASSPHRASE)


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b"\xff", b'{"salt":"","memory_kib":9999999999}', b'{"salt":"\xff"}']
)
def test_a_slot_that_is_none_lets_nobody_in(store: LocalStore, raw: bytes) -> None:
    replace(store, own(store, ".slot"), raw)
    with pytest.raises(NotSignedInError):
        sign_in(store, STAFF_ID, PASSPHRASE)


def test_a_missing_envelope_is_named(store: LocalStore) -> None:
    store.delete(own(store, ".envelope"))
    with pytest.raises(VaultError, match=r"no object staff/.*\.envelope"):
        sign_in(store, STAFF_ID, PASSPHRASE)


def test_an_envelope_of_an_older_program_is_not_guessed_at(store: LocalStore) -> None:
    name = own(store, ".envelope")
    slot = msgspec.json.decode(store.get(own(store, ".slot")), type=dict[str, object])
    public = msgspec.convert(slot["public"], bytes, strict=False)
    head = read_head(store)
    bound_to = bind("envelope", head.vault, name.rpartition("/")[0])
    replace(store, name, seal_to(public, b'{"staff":{},"keys":{},"more":1}', bound_to))
    with pytest.raises(NotSignedInError):
        sign_in(store, STAFF_ID, PASSPHRASE)


def test_one_members_slot_in_anothers_folder_opens_for_neither(store: LocalStore, keyring: Keyring) -> None:
    clock = TickingClock()
    other = "b.khan"
    member = type(keyring.staff)(other, "Bilal Khan", frozenset({Role.CLINICIAN}))
    deposit = keyring.deposit(store, clock)
    write_slot(deposit, keyring.head, member, "another passphrase", keyring.keys, keyring.staff_list)
    folders = [store.folder / folder_of(keyring.head.vault, staff_id) for staff_id in (STAFF_ID, other)]
    away = store.folder / "away"
    for old, new in ((folders[0], away), (folders[1], folders[0]), (away, folders[1])):
        old.rename(new)
    for staff_id, passphrase in ((STAFF_ID, PASSPHRASE), (other, PASSPHRASE), (STAFF_ID, "another passphrase")):
        with pytest.raises(NotSignedInError):
            sign_in(store, staff_id, passphrase)


def test_whoever_replaces_the_head_and_the_keys_gets_nobody_to_work_for_them(store: LocalStore) -> None:
    """They can write to the disk and know every public key; they know no passphrase."""
    head, slot_name = read_head(store), own(store, ".slot")
    integrity, audit = SigningKey.random(), SealingKey.random()
    theirs = VaultHead(1, head.vault, integrity.public, audit.public, head.created_at).signed_by(integrity)
    replace(store, HEAD_NAME, msgspec.json.encode(theirs))
    keys = ClinicianKeys(1, bytes(32), bytes(32), bytes(32), integrity.secret, audit.secret)
    staff = {"id": STAFF_ID, "name": "Ann Jones", "roles": ["clinician"]}
    envelope = msgspec.json.encode({"staff": staff, "keys": msgspec.to_builtins(keys)})
    slot = msgspec.json.decode(store.get(slot_name), type=dict[str, object])
    public = msgspec.convert(slot["public"], bytes, strict=False)
    folder = slot_name.rpartition("/")[0]
    replace(store, own(store, ".envelope"), seal_to(public, envelope, bind("envelope", head.vault, folder)))
    with pytest.raises(HeadReplacedError) as caught:
        sign_in(store, STAFF_ID, PASSPHRASE)
    assert "tell IT" in caught.value.hint


def test_another_vaults_head_in_place_of_this_one_lets_nobody_in(
    made: TestVault, store: LocalStore, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    create_vault(
        LocalStore(other), staff_id=STAFF_ID, staff_name="Ann Jones", passphrase=PASSPHRASE, clock=TickingClock()
    )
    replace(store, HEAD_NAME, (other / HEAD_NAME).read_bytes())
    with pytest.raises(NotSignedInError):
        sign_in(store, STAFF_ID, PASSPHRASE)
    with pytest.raises(NotSignedInError):
        sign_in_with_recovery_key(store, made.recovery_key)


def test_no_key_is_ever_shown(keyring: Keyring) -> None:
    shown = f"{keyring} {keyring!r} {keyring.keys!r}"
    for secret in (keyring.keys.vault, keyring.keys.names, keyring.keys.duplicates, keyring.keys.integrity):
        assert repr(secret)[2:-1] not in shown
