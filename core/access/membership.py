"""Members of staff: added by an admin, listed for whoever is signed in."""

import re

from ..clock import Clock
from ..crypto.keys import NotAuthenticError
from ..errors import RuleRefusedError, VaultError
from ..model.staff import Role, Staff
from ..storage.store import ObjectStore
from .keyring import Keyring
from .slot import RECOVERY_ID, list_entries, write_slot

MIN_PASSPHRASE = 12
RESERVED_IDS = frozenset({RECOVERY_ID})
_ID = re.compile(r"[a-z0-9][a-z0-9.-]{1,31}")


def check_staff(staff: Staff) -> Staff:
    """Raises RuleRefusedError for an id or a name that will not do."""
    if not _ID.fullmatch(staff.id) or staff.id in RESERVED_IDS:
        raise RuleRefusedError(
            f"“{staff.id}” cannot be a staff ID.", "Use 2 to 32 of a-z, 0-9, dot and hyphen, for example a.jones."
        )
    if not staff.name.strip():
        raise RuleRefusedError("The name is empty.", "Give the name that stands on consent and receipts.")
    return staff


def check_passphrase(passphrase: str) -> None:
    """A slot can be attacked offline, so short passphrases are refused (VAULT, Keys)."""
    if len(passphrase) < MIN_PASSPHRASE or len(set(passphrase)) < 6:
        raise RuleRefusedError(
            f"The passphrase is too weak: {MIN_PASSPHRASE} characters at least, and not a few repeated.",
            "Take four or five unrelated words, or let dermlock make one.",
        )


def add_staff(store: ObjectStore, keyring: Keyring, staff: Staff, passphrase: str, clock: Clock) -> None:
    """Raises RuleRefusedError unless an admin asks, and when the id is taken."""
    if not keyring.may(Role.ADMIN):
        raise RuleRefusedError("Only an admin can add staff.", "Ask an admin of this vault to do it.")
    check_staff(staff)
    if Role.CLINICIAN not in staff.roles:
        raise RuleRefusedError(
            "Whoever is added can open every picture; other roles have no keys of their own yet.",
            "Add only clinicians; admins are clinicians too.",
        )
    check_passphrase(passphrase)
    if any(member.id == staff.id for member in list_staff(store, keyring)):
        raise RuleRefusedError(f"There is already a member of staff “{staff.id}”.", "Choose another staff ID.")
    deposit = keyring.deposit(store, clock)
    write_slot(deposit, keyring.head, staff, passphrase, keyring.keys, keyring.staff_list)
    deposit.sign()


def list_staff(store: ObjectStore, keyring: Keyring) -> tuple[Staff, ...]:
    """In the order of their ids. Raises VaultError at a damaged entry."""
    try:
        found = [staff for _, staff in list_entries(store, keyring.head, keyring.staff_list)]
    except NotAuthenticError:
        raise VaultError("An entry of the list of staff is damaged.", "Run dermlock vault check.") from None
    return tuple(sorted(found, key=lambda staff: staff.id))
