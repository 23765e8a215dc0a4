"""Giving a file up: a named clinician's reason, kept in the vault before the file is erased.

discards/<move>   the decisions of one move, sealed under the journal key
"""

from dataclasses import InitVar, dataclass

import msgspec

from ..access.keyring import Keyring
from ..crypto.keys import NotAuthenticError, bind
from ..errors import RuleRefusedError, VaultError
from ..integrity.manifest import Deposit
from ..model.picture import DiscardDecision
from ..model.staff import Role
from ..storage.store import ObjectMissingError, ObjectStore

FOLDER = "discards"
_MADE_BY_DISCARD = object()


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    at: str
    staff: str
    decisions: tuple[DiscardDecision, ...]


@dataclass(frozen=True)
class Discarded:
    """Proof that a clinician gave up the file of this digest, and that the vault keeps the reason."""

    sha256: str
    reason: str
    staff: str
    made_by: InitVar[object]  # not kept: dataclasses.replace makes no other proof of one

    def __post_init__(self, made_by: object) -> None:
        if made_by is not _MADE_BY_DISCARD:
            raise TypeError("only discard() makes a Discarded")


def discard(
    decisions: tuple[DiscardDecision, ...],
    *,
    move: str,
    at: str,
    staff_id: str,
    keyring: Keyring,
    store: ObjectStore,
    deposit: Deposit,
) -> tuple[Discarded, ...]:
    """Keeps the decisions and returns a proof for each. Done again for the same move it reads them back.

    Raises RuleRefusedError without a clinician or without a reason, VaultError where
    the kept decisions are damaged or other ones.
    """
    if not decisions:
        return ()
    if not keyring.may(Role.CLINICIAN):
        raise RuleRefusedError("Only a clinician can discard a picture.", "Ask a clinician to sign in.")
    if not all(decision.reason.strip() for decision in decisions):
        raise RuleRefusedError("A discard has no reason.", "Say why the file is not wanted.")
    name, bound_to = f"{FOLDER}/{move}", bind("discards", keyring.head.vault, move)
    record = _Record(at, staff_id, decisions)
    try:
        kept = msgspec.json.decode(keyring.journal.open(store.get(name), bound_to), type=_Record)
    except ObjectMissingError:
        deposit.put_kept(name, keyring.journal.seal(msgspec.json.encode(record), bound_to))
    except (NotAuthenticError, msgspec.MsgspecError):
        raise VaultError(f"A record of discards is damaged ({name}).", "Restore this file from a backup.") from None
    else:
        if kept != record:
            raise VaultError(f"The record of discards {name} says otherwise.", "Nothing was erased: tell IT.")
    return tuple(Discarded(d.sha256, d.reason, staff_id, _MADE_BY_DISCARD) for d in decisions)
