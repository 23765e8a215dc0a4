"""The head of a sealed image: bytes only, no cryptography.

magic (8) | format (1) | chunk size (4, big-endian) | salt (32) | nonce prefix (7) | key check (32)
"""

import struct
from dataclasses import dataclass

MAGIC = b"DERMLOCK"
FORMAT = 1
CHUNK_SIZE = 1 << 20
SALT_BYTES = 32
PREFIX_BYTES = 7
CHECK_BYTES = 32
_LAYOUT = struct.Struct(f">8sBI{SALT_BYTES}s{PREFIX_BYTES}s{CHECK_BYTES}s")
HEADER_BYTES = _LAYOUT.size


class NotAHeaderError(Exception):
    """These bytes are not the head of a sealed image of a known format."""


@dataclass(frozen=True)
class Header:
    """salt: 32 bytes, for the payload key. nonce_prefix: 7 bytes. key_check: 32 bytes."""

    salt: bytes
    nonce_prefix: bytes
    key_check: bytes
    chunk_size: int = CHUNK_SIZE

    def to_bytes(self) -> bytes:
        return _LAYOUT.pack(MAGIC, FORMAT, self.chunk_size, self.salt, self.nonce_prefix, self.key_check)

    @staticmethod
    def from_bytes(data: bytes) -> "Header":
        """Strict: one format, one chunk size; a reader that tries to cope is a reader that can be led."""
        if len(data) != HEADER_BYTES:
            raise NotAHeaderError
        magic, version, chunk_size, salt, prefix, check = _LAYOUT.unpack(data)
        if magic != MAGIC or version != FORMAT or chunk_size != CHUNK_SIZE:
            raise NotAHeaderError
        return Header(salt, prefix, check, chunk_size)
