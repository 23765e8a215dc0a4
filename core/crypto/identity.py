"""Key pairs: X25519 to seal for somebody (HPKE, RFC 9180), Ed25519 to sign (RFC 8032)."""

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from .keys import Key, NotAuthenticError

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
PUBLIC_BYTES = 32


@dataclass(frozen=True)
class SealingKey:
    """Opens what was sealed to `public`. secret: 32 bytes."""

    secret: bytes = field(repr=False)

    @staticmethod
    def random() -> "SealingKey":
        return SealingKey(X25519PrivateKey.generate().private_bytes_raw())

    @staticmethod
    def from_key(key: Key) -> "SealingKey":
        """The key pair that a symmetric secret stands for (the recovery key)."""
        return SealingKey(key.derive("sealing key pair").secret)

    @property
    def public(self) -> bytes:
        return X25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    def open(self, sealed: bytes, bound_to: bytes) -> bytes:
        """Raises NotAuthenticError."""
        try:
            return _SUITE.decrypt(sealed, X25519PrivateKey.from_private_bytes(self.secret), info=bound_to)
        except (InvalidTag, ValueError):
            raise NotAuthenticError from None


def seal_to(public: bytes, plaintext: bytes, bound_to: bytes) -> bytes:
    """encapsulated key (32) || ciphertext || tag (16)."""
    return _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public), info=bound_to)


@dataclass(frozen=True)
class SigningKey:
    """Signs; secret: 32 bytes."""

    secret: bytes = field(repr=False)

    @staticmethod
    def random() -> "SigningKey":
        return SigningKey(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)


def check_signature(public: bytes, signature: bytes, message: bytes) -> None:
    """Raises NotAuthenticError."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise NotAuthenticError from None
