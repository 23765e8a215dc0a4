"""The vault's head: its id and the public keys that everything else is checked with."""

import msgspec

from ..crypto.identity import SigningKey, check_signature
from ..crypto.keys import NotAuthenticError, bind
from ..errors import VaultError
from ..storage.store import ObjectMissingError, ObjectStore
from .written import decode_as_written

HEAD_NAME = "vault.head"
FORMAT = 1


class VaultHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """format: of the vault, 1. integrity, audit: public keys, 32 bytes (Ed25519, X25519).

    created_at: ISO 8601, UTC. signature: Ed25519 by `integrity` over all the others.
    """

    format: int
    vault: str
    integrity: bytes
    audit: bytes
    created_at: str
    signature: bytes = b""

    def signed_by(self, key: SigningKey) -> "VaultHead":
        return msgspec.structs.replace(self, signature=key.sign(self._message()))

    def check(self) -> None:
        """Raises NotAuthenticError."""
        check_signature(self.integrity, self.signature, self._message())

    def _message(self) -> bytes:
        return bind("head", self.format, self.vault, self.integrity.hex(), self.audit.hex(), self.created_at)


def read_head(store: ObjectStore) -> VaultHead:
    """Raises VaultError where there is no vault, or its head is damaged or of a later format."""
    try:
        raw = store.get(HEAD_NAME)
    except ObjectMissingError:
        raise VaultError(
            "There is no vault here.", "Check the folder, or create one with dermlock vault create."
        ) from None
    damaged = VaultError(
        "The head of the vault is damaged.", "Restore vault.head from a backup; do not erase any card until then."
    )
    format_ = _format_of(raw)
    if format_ not in (None, FORMAT):
        raise VaultError(f"The vault has format {format_}.", "Open it with the version of dermlock that made it.")
    try:
        head = decode_as_written(raw, VaultHead)
        head.check()
    except NotAuthenticError:
        raise damaged from None
    return head


class _AnyFormat(msgspec.Struct, frozen=True):
    format: int


def _format_of(raw: bytes) -> int | None:
    """What the head says first, whatever else stands in it; None where it says nothing."""
    try:
        return msgspec.json.decode(raw, type=_AnyFormat).format
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
