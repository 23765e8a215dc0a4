"""A new vault: its keys, its first member of staff, its recovery key."""

import secrets

import msgspec

from ..clock import Clock
from ..crypto.identity import SealingKey, SigningKey
from ..crypto.keys import KEY_BYTES, random_name
from ..crypto.recovery_key import new_recovery_key, recovery_secret
from ..errors import VaultError
from ..integrity.head import FORMAT, HEAD_NAME, VaultHead
from ..integrity.manifest import Deposit
from ..model.staff import Role, Staff
from ..storage.store import ObjectStore
from .keyring import ClinicianKeys, Keyring
from .membership import check_passphrase, check_staff
from .slot import seal_recovery, write_slot


def create_vault(store: ObjectStore, *, staff_id: str, staff_name: str, passphrase: str, clock: Clock) -> str:
    """Returns the recovery key as it is to be printed; it is kept nowhere.

    The first member of staff is clinician and admin. The head is written last: a
    set-up that was cut off leaves no vault. Raises VaultError when there is one.
    """
    staff = check_staff(Staff(staff_id, staff_name, frozenset({Role.CLINICIAN, Role.ADMIN})))
    check_passphrase(passphrase)
    if next(iter(store.list("")), None) is not None:
        raise VaultError("This folder is not empty.", "Choose an empty folder for the new vault.")
    integrity, audit = SigningKey.random(), SealingKey.random()
    head = VaultHead(FORMAT, random_name(), integrity.public, audit.public, clock().isoformat()).signed_by(integrity)
    keys = ClinicianKeys(
        epoch=1,
        vault=secrets.token_bytes(KEY_BYTES),
        names=secrets.token_bytes(KEY_BYTES),
        duplicates=secrets.token_bytes(KEY_BYTES),
        integrity=integrity.secret,
        audit=audit.secret,
    )
    recovery_key = new_recovery_key()
    deposit = Deposit(store, head, integrity, clock)
    write_slot(deposit, head, staff, passphrase, keys, Keyring(staff, head, keys).staff_list)
    seal_recovery(deposit, head, SealingKey.from_key(recovery_secret(recovery_key)), keys)
    deposit.sign()
    store.put_new(HEAD_NAME, [msgspec.json.encode(head)])
    return recovery_key
