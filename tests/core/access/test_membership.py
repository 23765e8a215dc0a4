"""Members of staff: added by an admin, under an id that is free, with a passphrase that holds."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from core.access.generated import new_passphrase
from core.access.keyring import Keyring
from core.access.membership import add_staff, check_passphrase, check_staff, list_staff
from core.access.sign_in import sign_in
from core.access.slot import write_slot
from core.errors import NotSignedInError, RuleRefusedError, VaultError
from core.integrity.manifest import manifest_names, read_manifest
from core.model.staff import Role, Staff
from core.storage.local import LocalStore

from ...support.vaults import PASSPHRASE, STAFF_ID, TestVault, TickingClock, make_vault

KHAN = Staff("b.khan", "Bilal Khan", frozenset({Role.CLINICIAN}))
GOOD = "tafora-mibelu-sugavo"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> TestVault:
    return make_vault(tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="module")
def keyring(made: TestVault) -> Keyring:
    return sign_in(LocalStore(made.folder), STAFF_ID, PASSPHRASE)


@pytest.fixture
def store(made: TestVault, tmp_path: Path) -> LocalStore:
    shutil.copytree(made.folder, tmp_path / "vault")
    return LocalStore(tmp_path / "vault")


def objects(store: LocalStore) -> set[str]:
    return set(store.list(""))


def test_who_was_added_signs_in_with_the_same_keys_and_is_listed(store: LocalStore, keyring: Keyring) -> None:
    before = objects(store)
    add_staff(store, keyring, KHAN, GOOD, TickingClock())
    theirs = sign_in(store, "b.khan", GOOD)
    assert (theirs.staff, theirs.keys) == (KHAN, keyring.keys)
    assert [member.id for member in list_staff(store, keyring)] == [STAFF_ID, "b.khan"]
    assert list_staff(store, theirs) == list_staff(store, keyring)
    new = objects(store) - before
    assert sorted(Path(name).suffix for name in new) == ["", ".entry", ".envelope", ".slot"]
    vouched = {o.name for name in manifest_names(store) for o in read_manifest(store, keyring.head, name).objects}
    assert {name for name in new if name.startswith("staff/")} <= vouched


def test_only_an_admin_adds(store: LocalStore, keyring: Keyring) -> None:
    before = objects(store)
    clinician = dataclasses.replace(keyring, staff=KHAN)
    with pytest.raises(RuleRefusedError, match="Only an admin"):
        add_staff(store, clinician, dataclasses.replace(KHAN, id="c.new"), GOOD, TickingClock())
    assert objects(store) == before


@pytest.mark.parametrize("roles", [(), (Role.ADMIN,), (Role.AUDITOR,), (Role.ADMIN, Role.RECOVERY)])
def test_nobody_is_given_every_picture_under_the_name_of_a_lesser_role(
    store: LocalStore, keyring: Keyring, roles: tuple[Role, ...]
) -> None:
    before = objects(store)
    with pytest.raises(RuleRefusedError, match="can open every picture"):
        add_staff(store, keyring, dataclasses.replace(KHAN, roles=frozenset(roles)), GOOD, TickingClock())
    assert objects(store) == before


def test_a_taken_id_is_refused_and_its_owner_still_gets_in(store: LocalStore, keyring: Keyring) -> None:
    before = objects(store)
    with pytest.raises(RuleRefusedError, match="There is already"):
        add_staff(store, keyring, dataclasses.replace(KHAN, id=STAFF_ID), GOOD, TickingClock())
    assert objects(store) == before


@pytest.mark.parametrize("staff_id", ["", "a", "A.Jones", "a jones", ".a", "-a", "a/b", "a_b", "é.x", "a" * 33, "ab\n"])
def test_an_id_that_cannot_be_typed_or_named_is_refused(staff_id: str) -> None:
    with pytest.raises(RuleRefusedError, match="cannot be a staff ID"):
        check_staff(dataclasses.replace(KHAN, id=staff_id))


def test_nobody_is_called_as_the_recovery_key_is_in_the_log() -> None:
    with pytest.raises(RuleRefusedError, match="cannot be a staff ID"):
        check_staff(dataclasses.replace(KHAN, id="recovery"))


def test_a_name_is_needed() -> None:
    with pytest.raises(RuleRefusedError, match="name is empty"):
        check_staff(dataclasses.replace(KHAN, name=" \t"))


@pytest.mark.parametrize("weak", ["", "short", "a" * 40, "abcde" * 5, "elevenchars"])
def test_a_weak_passphrase_is_refused(store: LocalStore, keyring: Keyring, weak: str) -> None:
    before = objects(store)
    with pytest.raises(RuleRefusedError, match="too weak"):
        add_staff(store, keyring, KHAN, weak, TickingClock())
    assert objects(store) == before


def test_made_passphrases_are_strong_and_differ() -> None:
    made = {new_passphrase() for _ in range(200)}
    assert len(made) == 200
    for passphrase in made:
        check_passphrase(passphrase)
        words = passphrase.split("-")
        assert [len(word) for word in words] == [6] * 4


def test_an_adding_that_was_cut_off_can_be_done_again(store: LocalStore, keyring: Keyring) -> None:
    """The slot is written last: before it nobody was added."""
    add_staff(store, keyring, KHAN, "a first passphrase", TickingClock())
    slot = next(name for name in objects(store) if name.endswith(".slot") and _is_of(store, keyring, name))
    store.delete(slot)
    assert [member.id for member in list_staff(store, keyring)] == [STAFF_ID]
    add_staff(store, keyring, KHAN, GOOD, TickingClock())
    assert [member.id for member in list_staff(store, keyring)] == [STAFF_ID, "b.khan"]
    assert sign_in(store, "b.khan", GOOD).staff == KHAN


def _is_of(store: LocalStore, keyring: Keyring, slot: str) -> bool:
    from core.access.slot import folder_of

    return slot.startswith(folder_of(keyring.head.vault, "b.khan"))


def test_two_admins_who_add_one_id_at_once_lock_nobody_out(store: LocalStore, keyring: Keyring) -> None:
    for passphrase in ("the first one's words", "the second one's words"):
        deposit = keyring.deposit(store, TickingClock())
        write_slot(deposit, keyring.head, KHAN, passphrase, keyring.keys, keyring.staff_list)
        deposit.sign()
    assert sign_in(store, "b.khan", "the first one's words").staff == KHAN
    assert sign_in(store, "b.khan", "the second one's words").staff == KHAN
    with pytest.raises(NotSignedInError):
        sign_in(store, "b.khan", "a third one's words")


def test_a_damaged_entry_is_told_and_not_left_out(store: LocalStore, keyring: Keyring) -> None:
    entry = store.folder / next(name for name in objects(store) if name.endswith(".entry"))
    raw = bytearray(entry.read_bytes())
    raw[20] ^= 1
    entry.write_bytes(raw)
    with pytest.raises(VaultError, match="list of staff is damaged"):
        list_staff(store, keyring)
