"""The keys that a signed-in person holds, and how they travel in an envelope."""

from dataclasses import dataclass, field

import msgspec

from ..clock import Clock
from ..crypto.identity import SealingKey, SigningKey
from ..crypto.keys import Key
from ..integrity.head import VaultHead
from ..integrity.manifest import Deposit
from ..model.patient import PatientNumber
from ..model.staff import Role, Staff
from ..storage.store import ObjectStore


class ClinicianKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the clinician's envelope holds. Each 32 bytes.

    vault: the vault key of this epoch, from which only wrapping keys are derived.
    names, duplicates: permanent; folder names, and recognising the same picture.
    integrity, audit: private halves of the head's public keys.
    """

    epoch: int
    vault: bytes
    names: bytes
    duplicates: bytes
    integrity: bytes
    audit: bytes

    def __repr__(self) -> str:
        return f"ClinicianKeys(epoch={self.epoch})"


@dataclass(frozen=True)
class Keyring:
    """A clinician's keys while signed in. staff: who it is."""

    staff: Staff
    head: VaultHead
    keys: ClinicianKeys = field(repr=False)

    @property
    def patients(self) -> Key:
        """Wraps patient keys."""
        return Key(self.keys.vault).derive("wrap patient keys")

    @property
    def journal(self) -> Key:
        """Seals the journal of moves, and the records of what was discarded."""
        return Key(self.keys.vault).derive("journal")

    @property
    def catalogue(self) -> Key:
        return Key(self.keys.vault).derive("catalogue")

    @property
    def staff_list(self) -> Key:
        return Key(self.keys.vault).derive("staff list")

    @property
    def audit(self) -> SealingKey:
        return SealingKey(self.keys.audit)

    @property
    def integrity(self) -> SigningKey:
        return SigningKey(self.keys.integrity)

    def folder_of(self, number: PatientNumber) -> str:
        """The patient's folder name: the same on every station, meaningless without the key."""
        return Key(self.keys.names).name_of(number.key)

    def mark_of(self, sha256: str) -> str:
        """Recognises the same picture again without keeping its digest in the open."""
        return Key(self.keys.duplicates).name_of(sha256)

    def may(self, role: Role) -> bool:
        return role in self.staff.roles

    def deposit(self, store: ObjectStore, clock: Clock) -> Deposit:
        return Deposit(store, self.head, self.integrity, clock)
