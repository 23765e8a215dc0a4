"""A staff member's slot: their key pair, locked with their passphrase; and the envelope of their role.

staff/<folder>/<name>.slot      Argon2id parameters in the open, key pair sealed
staff/<folder>/<name>.envelope  the role's keys, sealed to the slot's public key
staff/<folder>/<name>.entry     id, name and roles, for the list of staff

The folder is derived from the vault's id and the staff ID, so that a sign-in
finds it without a directory of names in the open.
"""

import hashlib
from collections.abc import Iterator

import msgspec

from ..crypto.identity import SealingKey, seal_to
from ..crypto.keys import KEY_BYTES, Key, NotAuthenticError, bind, random_name
from ..crypto.passphrase import Argon2Parameters, slot_key
from ..errors import VaultError
from ..integrity.head import VaultHead
from ..integrity.manifest import Deposit
from ..integrity.written import decode_as_written
from ..model.staff import Role, Staff
from ..storage.store import ObjectStore
from .keyring import ClinicianKeys

FOLDER = "staff"
RECOVERY_ID = "recovery"


class _Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """sealed: the X25519 secret and the head's integrity key, under the slot key, bound to all the other fields.

    With the second, nobody without the passphrase can make this person work for
    another head, and so for keys of their own.
    """

    salt: bytes
    memory_kib: int
    passes: int
    lanes: int
    public: bytes
    sealed: bytes = b""

    def bound_to(self, vault: str, folder: str) -> bytes:
        return bind("slot", vault, folder, self.salt.hex(), self.memory_kib, self.passes, self.lanes, self.public.hex())


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    name: str
    roles: tuple[str, ...]


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The keys, and who they were given to: a person's own roles are authenticated with them."""

    staff: _Entry
    keys: ClinicianKeys


def folder_of(vault: str, staff_id: str) -> str:
    digest = hashlib.sha256(bind("staff folder", vault, staff_id)).hexdigest()
    return f"{FOLDER}/{digest[:26]}"


def write_slot(
    deposit: Deposit, head: VaultHead, staff: Staff, passphrase: str, keys: ClinicianKeys, staff_list: Key
) -> None:
    """Slot, envelope and entry of a new member of staff."""
    folder = folder_of(head.vault, staff.id)
    parameters = Argon2Parameters.fresh()
    pair = SealingKey.random()
    slot = _Slot(parameters.salt, parameters.memory_kib, parameters.passes, parameters.lanes, pair.public)
    sealed = slot_key(passphrase, parameters).seal(pair.secret + head.integrity, slot.bound_to(head.vault, folder))
    entry = _Entry(staff.id, staff.name, tuple(sorted(role.value for role in staff.roles)))
    name = f"{folder}/{random_name()}"
    deposit.put(f"{name}.entry", [staff_list.seal(msgspec.json.encode(entry), bind("entry", head.vault, folder))])
    envelope = msgspec.json.encode(_Envelope(entry, keys))
    deposit.put(f"{name}.envelope", [seal_to(pair.public, envelope, bind("envelope", head.vault, folder))])
    deposit.put(f"{name}.slot", [msgspec.json.encode(msgspec.structs.replace(slot, sealed=sealed))])


class HeadReplacedError(VaultError):
    """The head of the vault is not the one that this member of staff was added under."""

    def __init__(self) -> None:
        super().__init__(
            "The head of this vault is not the one this member of staff was given.",
            "Someone may have replaced it: tell IT before anything else is done.",
        )


def open_slot(store: ObjectStore, head: VaultHead, staff_id: str, passphrase: str) -> tuple[Staff, ClinicianKeys]:
    """Raises NotAuthenticError: nobody of that id, a wrong passphrase, or a damaged slot.

    Several slots of one id are there when two admins added it at the same moment: each
    opens with its own passphrase. Raises HeadReplacedError.
    """
    folder = folder_of(head.vault, staff_id)
    slots = [name for name in sorted(store.list(folder)) if name.endswith(".slot")]
    if not slots:
        slot_key(passphrase, Argon2Parameters.fresh())  # as slow as a wrong passphrase: tells nobody who works here
    for name in slots:
        try:
            pair = _open_pair(store.get(name), head, folder, passphrase)
            envelope = pair.open(
                store.get(name.removesuffix(".slot") + ".envelope"), bind("envelope", head.vault, folder)
            )
            opened = _decode_envelope(envelope)
        except NotAuthenticError:
            continue
        return _staff(opened.staff), opened.keys
    raise NotAuthenticError


def _open_pair(raw: bytes, head: VaultHead, folder: str, passphrase: str) -> SealingKey:
    slot = decode_as_written(raw, _Slot)
    key = slot_key(passphrase, Argon2Parameters(slot.salt, slot.memory_kib, slot.passes, slot.lanes))
    opened = key.open(slot.sealed, slot.bound_to(head.vault, folder))
    if opened[KEY_BYTES:] != head.integrity:
        raise HeadReplacedError
    return SealingKey(opened[:KEY_BYTES])


def list_entries(store: ObjectStore, head: VaultHead, staff_list: Key) -> Iterator[tuple[str, Staff]]:
    """(object name, member of staff), of whoever has a slot. Raises NotAuthenticError at a damaged entry.

    The slot is written last: an entry without one is from an adding that was cut off.
    """
    names = set(store.list(FOLDER))
    for name in sorted(names):
        if name.endswith(".entry") and name.removesuffix(".entry") + ".slot" in names:
            folder = name.rpartition("/")[0]
            raw = staff_list.open(store.get(name), bind("entry", head.vault, folder))
            yield name, _staff(msgspec.json.decode(raw, type=_Entry))


def seal_recovery(deposit: Deposit, head: VaultHead, recovery: SealingKey, keys: ClinicianKeys) -> None:
    """The envelope that the printed recovery key opens."""
    envelope = _Envelope(_Entry(RECOVERY_ID, "Recovery key", (Role.RECOVERY.value, Role.CLINICIAN.value)), keys)
    sealed = seal_to(recovery.public, msgspec.json.encode(envelope), bind("recovery", head.vault))
    deposit.put(f"recovery/{random_name()}.envelope", [sealed])


def open_recovery(store: ObjectStore, head: VaultHead, recovery: SealingKey) -> tuple[Staff, ClinicianKeys]:
    """Raises NotAuthenticError where no recovery envelope opens with this key."""
    for name in sorted(store.list("recovery")):
        try:
            opened = _decode_envelope(recovery.open(store.get(name), bind("recovery", head.vault)))
        except NotAuthenticError:
            continue  # an envelope for another recovery key
        return _staff(opened.staff), opened.keys
    raise NotAuthenticError


def _decode_envelope(raw: bytes) -> _Envelope:
    try:
        return msgspec.json.decode(raw, type=_Envelope)
    except msgspec.MsgspecError:
        raise NotAuthenticError from None


def _staff(entry: _Entry) -> Staff:
    """A role that this version does not know gives no right."""
    return Staff(entry.id, entry.name, frozenset(role for role in Role if role.value in entry.roles))
