"""Signing in: a staff ID with its passphrase, or the printed recovery key."""

from ..crypto.identity import SealingKey
from ..crypto.keys import NotAuthenticError
from ..crypto.recovery_key import recovery_secret
from ..errors import NotSignedInError
from ..integrity.head import VaultHead, read_head
from ..model.staff import Staff
from ..storage.store import ObjectStore
from .keyring import ClinicianKeys, Keyring
from .slot import HeadReplacedError, open_recovery, open_slot


def sign_in(store: ObjectStore, staff_id: str, passphrase: str) -> Keyring:
    """Takes 0.2 to 0.3 s (Argon2id).

    Raises NotSignedInError, the same for an unknown ID and a wrong passphrase, and
    VaultError where there is no vault.
    """
    head = read_head(store)
    try:
        staff, keys = open_slot(store, head, staff_id.strip().lower(), passphrase)
    except NotAuthenticError:
        raise NotSignedInError(
            "The staff ID or the passphrase is wrong.", "Try again; if you have forgotten it, ask an admin."
        ) from None
    return _keyring(staff, head, keys)


def sign_in_with_recovery_key(store: ObjectStore, written: str) -> Keyring:
    """Raises NotSignedInError where it was mistyped or belongs to another vault."""
    head = read_head(store)
    try:
        staff, keys = open_recovery(store, head, SealingKey.from_key(recovery_secret(written)))
    except NotAuthenticError:
        raise NotSignedInError(
            "This recovery key does not open this vault.", "Look for the sheet that was printed at this vault's set-up."
        ) from None
    return _keyring(staff, head, keys)


def _keyring(staff: Staff, head: VaultHead, keys: ClinicianKeys) -> Keyring:
    keyring = Keyring(staff, head, keys)
    if keyring.integrity.public != head.integrity or keyring.audit.public != head.audit:
        raise HeadReplacedError
    return keyring
