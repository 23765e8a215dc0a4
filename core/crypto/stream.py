"""The sealed stream: chunks of AES-256-GCM, each bound to its place and to being the last.

The construction is Tink's AES-GCM-HKDF streaming AEAD: the payload key is
HKDF(image key, salt, associated data); chunk n has the nonce prefix || n || last
flag, so that chunks cannot be dropped, swapped or cut off. A key check from the
same HKDF tells a wrong key from a damaged file and commits the file to one key.
"""

import hashlib
import hmac
import secrets
import struct
from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .header import CHUNK_SIZE, HEADER_BYTES, PREFIX_BYTES, SALT_BYTES, Header, NotAHeaderError
from .keys import TAG_BYTES, Key, NotAuthenticError

MAX_CHUNKS = 1 << 32


def seal_stream(plaintext: Iterable[bytes | memoryview], key: Key, bound_to: bytes) -> Iterator[bytes]:
    """Header, then sealed chunks. plaintext: pieces of any size. Holds two chunks in memory."""
    salt, prefix = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(PREFIX_BYTES)
    payload, check = _payload_key(key, salt, bound_to)
    yield Header(salt, prefix, check).to_bytes()
    number, held = 0, None
    for chunk in rechunk(plaintext, CHUNK_SIZE):
        if held is not None:
            yield payload.encrypt(_nonce(prefix, number, last=False), held, None)
            number += 1
        held = chunk
    yield payload.encrypt(_nonce(prefix, number, last=True), held or b"", None)


def open_stream(sealed: Iterable[bytes | memoryview], key: Key, bound_to: bytes) -> Iterator[bytes]:
    """Plaintext chunks, each authentic; the end is reached only if nothing is missing.

    Raises NotAuthenticError at the first byte that is not as it was sealed. What
    came before it is authentic but incomplete: use nothing before the end.
    """
    source = rechunk(sealed, CHUNK_SIZE + TAG_BYTES, first=HEADER_BYTES)
    try:
        header = Header.from_bytes(next(source, b""))
    except NotAHeaderError:
        raise NotAuthenticError from None
    payload, check = _payload_key(key, header.salt, bound_to)
    if not hmac.compare_digest(check, header.key_check):
        raise NotAuthenticError
    number, held = 0, next(source, None)
    if held is None:
        raise NotAuthenticError
    for following in source:
        yield _open_chunk(payload, _nonce(header.nonce_prefix, number, last=False), held)
        number, held = number + 1, following
    yield _open_chunk(payload, _nonce(header.nonce_prefix, number, last=True), held)


def sealed_size(size: int) -> int:
    """Bytes of the sealed form of `size` bytes."""
    chunks = max(1, -(-size // CHUNK_SIZE))
    return HEADER_BYTES + size + chunks * TAG_BYTES


def rechunk(pieces: Iterable[bytes | memoryview], size: int, *, first: int | None = None) -> Iterator[bytes]:
    """The same bytes in pieces of exactly `size` (the first of `first`); the last may be shorter, none is empty."""
    wanted, buffer = first or size, bytearray()
    for piece in pieces:
        buffer += piece
        start = 0
        while len(buffer) - start >= wanted:
            yield bytes(memoryview(buffer)[start : start + wanted])
            start, wanted = start + wanted, size
        del buffer[:start]
    if buffer:
        yield bytes(buffer)


def _payload_key(key: Key, salt: bytes, bound_to: bytes) -> tuple[AESGCM, bytes]:
    context = hashlib.sha256(bound_to).hexdigest()
    return (
        AESGCM(key.derive(f"image payload {context}", salt=salt).secret),
        key.derive(f"image key check {context}", salt=salt).secret,
    )


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    if number >= MAX_CHUNKS:
        raise ValueError("a sealed stream has at most 2^32 chunks")
    return prefix + struct.pack(">IB", number, last)


def _open_chunk(payload: AESGCM, nonce: bytes, chunk: bytes) -> bytes:
    try:
        return payload.decrypt(nonce, chunk, None)
    except InvalidTag:
        raise NotAuthenticError from None
