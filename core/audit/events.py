"""The kinds of event, and what one holds: who and what was touched, never clinical content."""

from dataclasses import dataclass
from enum import Enum


class EventKind(Enum):
    VAULT_CREATED = "vault created"
    SIGNED_IN = "signed in"
    SIGN_IN_REFUSED = "sign-in refused"
    RECOVERY_KEY_USED = "recovery key used"
    STAFF_ADDED = "staff added"
    INTAKE_REFUSED = "intake refused"
    EPISODE_OPENED = "episode opened"
    PICTURES_SEALED = "pictures sealed"
    EPISODE_VIEWED = "episode viewed"
    PICTURE_VIEWED = "picture viewed"
    PICTURES_EXPORTED = "pictures exported"
    ROUTE_DECIDED = "route decided"
    REQUEST_SENT = "request sent"
    REPLY_RECEIVED = "reply received"
    PATIENT_TOLD = "patient told"
    CONFIRMED_IN_RECORD = "confirmed in record"
    PICTURES_RETAINED = "pictures retained"
    CONSENT_WITHDRAWN = "consent withdrawn"
    PATIENT_CORRECTED = "patient corrected"
    FILES_DISCARDED = "files discarded"
    FILES_ERASED = "files erased"
    ERASURE_STOPPED = "erasure stopped"
    MOVE_RESUMED = "move resumed"
    VAULT_CHECKED = "vault checked"
    AUDIT_SHOWN = "audit shown"


@dataclass(frozen=True)
class Event:
    """at: ISO 8601, UTC. staff: id, "" before sign-in. subjects: episode or picture ids. counts: by name."""

    kind: EventKind
    at: str
    staff: str
    subjects: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class LoggedEvent:
    """An event with its place in its station's chain. digest: hex SHA-256 of its object."""

    station: str
    number: int
    digest: str
    event: Event
