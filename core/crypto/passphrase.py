"""From a passphrase to a slot key: Argon2id (RFC 9106), parameters kept with the slot.

64 MiB, 3 passes, 4 lanes. Less than 19 MiB and 2 passes is refused (OWASP's
floor), more than 2 GiB too: a slot must not be able to take the station down.
"""

import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from .keys import KEY_BYTES, Key, NotAuthenticError

SALT_BYTES = 16


@dataclass(frozen=True)
class Argon2Parameters:
    """memory_kib: KiB of memory. passes, lanes: counts. salt: 16 bytes."""

    salt: bytes
    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    @staticmethod
    def fresh() -> "Argon2Parameters":
        return Argon2Parameters(secrets.token_bytes(SALT_BYTES))


def slot_key(passphrase: str, parameters: Argon2Parameters) -> Key:
    """Takes 0.2 to 0.3 s. Raises NotAuthenticError for parameters outside the limits."""
    in_limits = (
        len(parameters.salt) == SALT_BYTES
        and 19 * 1024 <= parameters.memory_kib <= 2 * 1024 * 1024
        and 2 <= parameters.passes <= 64
        and 1 <= parameters.lanes <= 64
    )
    if not in_limits:
        raise NotAuthenticError
    derive = Argon2id(
        salt=parameters.salt,
        length=KEY_BYTES,
        iterations=parameters.passes,
        lanes=parameters.lanes,
        memory_cost=parameters.memory_kib,
    )
    return Key(derive.derive(passphrase.encode()))
