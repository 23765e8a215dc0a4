"""Random-looking bytes to overwrite a file with, that can be made again to compare.

AES-256-CTR under a key that is used once and forgotten: as good as random to
anyone, and many times faster than the kernel's random source.
"""

from collections.abc import Iterator

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

from .keys import Key

BLOCK = 1 << 20


def keystream(key: Key, size: int) -> Iterator[bytes]:
    """`size` bytes in pieces of 1 MiB (the last may be shorter); the same key gives the same bytes."""
    encryptor = Cipher(AES256(key.secret), CTR(bytes(16))).encryptor()
    zeros = bytes(BLOCK)
    for start in range(0, size, BLOCK):
        yield encryptor.update(zeros[: min(BLOCK, size - start)])
