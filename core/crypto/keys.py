"""Symmetric keys: random, derived, wrapped; and what a ciphertext is bound to.

AES-256-GCM with random 96-bit nonces wraps keys and seals records: one key wraps
far fewer than 2^32 objects (NIST SP 800-38D, 8.3). HKDF-SHA256 (RFC 5869)
derives a key for each purpose, so that no key serves two.
"""

import base64
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
NAME_BYTES = 16


class NotAuthenticError(Exception):
    """A ciphertext does not belong to this key and place, or was changed."""


@dataclass(frozen=True)
class Key:
    """32 secret bytes. Never shown."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"a key is {KEY_BYTES} bytes")

    @staticmethod
    def random() -> "Key":
        return Key(secrets.token_bytes(KEY_BYTES))

    def derive(self, purpose: str, *, salt: bytes | None = None) -> "Key":
        """HKDF-SHA256 with `purpose` as info."""
        return Key(HKDF(SHA256(), KEY_BYTES, salt, b"dermlock " + purpose.encode()).derive(self.secret))

    def seal(self, plaintext: bytes, bound_to: bytes) -> bytes:
        """nonce (12) || AES-256-GCM ciphertext || tag (16); opens only with the same bound_to."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, plaintext, bound_to)

    def open(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Raises NotAuthenticError on any other key, place or byte."""
        if len(sealed) < NONCE_BYTES + TAG_BYTES:
            raise NotAuthenticError
        try:
            return AESGCM(self.secret).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
        except InvalidTag:
            raise NotAuthenticError from None

    def wrap(self, key: "Key", bound_to: bytes) -> bytes:
        return self.seal(key.secret, bound_to)

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> "Key":
        return _key_of(self.open(wrapped, bound_to))

    def name_of(self, subject: str) -> str:
        """An opaque name that only holders of this key can work out: base32 of HMAC-SHA256, 26 characters."""
        return _base32(hmac.digest(self.secret, subject.encode(), hashlib.sha256)[:NAME_BYTES])


@dataclass(frozen=True)
class Keys:
    """One or more keys of one place: two stations that meet at the same moment each make one.

    The first seals, whichever fits opens: so nothing is lost, whoever was first.
    """

    each: tuple[Key, ...]

    def seal(self, plaintext: bytes, bound_to: bytes) -> bytes:
        return self.each[0].seal(plaintext, bound_to)

    def open(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Raises NotAuthenticError where none of them opens it."""
        for key in self.each:
            try:
                return key.open(sealed, bound_to)
            except NotAuthenticError:
                continue
        raise NotAuthenticError

    def wrap(self, key: Key, bound_to: bytes) -> bytes:
        return self.each[0].wrap(key, bound_to)

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> Key:
        return _key_of(self.open(wrapped, bound_to))


AnyKey = Key | Keys


def random_name() -> str:
    """128 random bits as 26 base32 characters, lower case."""
    return _base32(secrets.token_bytes(NAME_BYTES))


def bind(*parts: str | int) -> bytes:
    """Associated data: each part in UTF-8 behind its length (4 bytes, big-endian), so that none runs into the next."""
    encoded = [str(part).encode() for part in parts]
    return b"".join(struct.pack(">I", len(part)) + part for part in encoded)


def _key_of(secret: bytes) -> Key:
    if len(secret) != KEY_BYTES:
        raise NotAuthenticError
    return Key(secret)


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()
