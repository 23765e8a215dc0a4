"""The recovery key as a person writes it down: 160 bits in nine groups, with a checksum.

Crockford's base32 leaves out I, L, O and U; what is typed for them is read as
the digit that was meant. The last group is a checksum over the first eight, so
that a slip is noticed before anything is tried.
"""

import hashlib
import secrets

from ..errors import NotSignedInError
from .keys import Key

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
SECRET_GROUPS = 8


def new_recovery_key() -> str:
    """Nine groups of four characters joined by hyphens."""
    secret = "".join(secrets.choice(ALPHABET) for _ in range(GROUP * SECRET_GROUPS))
    return _grouped(secret + _checksum(secret))


def read_recovery_key(typed: str) -> str:
    """The key in its written form. Raises NotSignedInError where it was mistyped."""
    text = typed.upper().translate(str.maketrans("ILO", "110", " -\t\n"))
    secret, checksum = text[: GROUP * SECRET_GROUPS], text[GROUP * SECRET_GROUPS :]
    if len(text) != GROUP * (SECRET_GROUPS + 1) or not set(text) <= set(ALPHABET) or checksum != _checksum(secret):
        raise NotSignedInError(
            "This is not the recovery key as it was printed.", "Compare it group by group and type it again."
        )
    return _grouped(text)


def recovery_secret(written: str) -> Key:
    """The key that a written recovery key stands for."""
    return Key(hashlib.sha256(b"dermlock recovery " + read_recovery_key(written).encode()).digest())


def _checksum(secret: str) -> str:
    digest = hashlib.sha256(b"dermlock recovery checksum " + secret.encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:GROUP])


def _grouped(text: str) -> str:
    return "-".join(text[i : i + GROUP] for i in range(0, len(text), GROUP))
