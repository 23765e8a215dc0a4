"""Who works with dermlock, and what each role may do."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a member of staff holds keys for (VAULT, Access)."""

    CLINICIAN = "clinician"  # reads and writes pictures
    ADMIN = "admin"  # adds staff, settings; no pictures, no names
    AUDITOR = "auditor"  # reads the audit log only
    RECOVERY = "recovery"  # the printed key


@dataclass(frozen=True)
class Staff:
    """One member of staff. `id` is what they type to sign in: lower case, a-z 0-9 . -"""

    id: str
    name: str
    roles: frozenset[Role]
