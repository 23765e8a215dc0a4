"""Key pairs: sealed to one person, signed by one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.crypto.identity import PUBLIC_BYTES, SealingKey, SigningKey, check_signature, seal_to
from core.crypto.keys import Key, NotAuthenticError

PAIR = SealingKey(bytes(range(32)))
SIGNER = SigningKey(bytes(range(32, 64)))


def flipped(raw: bytes) -> list[bytes]:
    """One bit changed, once in each byte."""
    return [raw[:at] + bytes([raw[at] ^ (1 << at % 8)]) + raw[at + 1 :] for at in range(len(raw))]


@given(st.binary(max_size=200), st.binary(max_size=30))
def test_what_is_sealed_to_somebody_comes_back(plaintext: bytes, bound_to: bytes) -> None:
    sealed = seal_to(PAIR.public, plaintext, bound_to)
    assert len(sealed) == PUBLIC_BYTES + len(plaintext) + 16
    assert PAIR.open(sealed, bound_to) == plaintext


def test_nobody_else_opens_it_and_nowhere_else() -> None:
    sealed = seal_to(PAIR.public, b"the role's keys", b"here")
    for pair, place in ((SealingKey.random(), b"here"), (PAIR, b"there"), (PAIR, b"")):
        with pytest.raises(NotAuthenticError):
            pair.open(sealed, place)


def test_every_changed_byte_and_every_truncation_of_a_sealed_text_is_noticed() -> None:
    sealed = seal_to(PAIR.public, b"keys", b"here")
    for changed in [*flipped(sealed), *(sealed[:length] for length in range(len(sealed))), sealed + b"\0"]:
        with pytest.raises(NotAuthenticError):
            PAIR.open(changed, b"here")


def test_a_public_key_that_no_secret_belongs_to_is_refused() -> None:
    sealed = bytes(32) + seal_to(PAIR.public, b"keys", b"here")[32:]
    with pytest.raises(NotAuthenticError):
        PAIR.open(sealed, b"here")


def test_a_key_pair_stands_for_a_symmetric_key() -> None:
    key = Key(bytes(range(32)))
    assert SealingKey.from_key(key) == SealingKey.from_key(key)
    assert SealingKey.from_key(key).secret != key.secret


def test_a_signature_holds_for_its_message_and_its_signer_alone() -> None:
    signature = SIGNER.sign(b"message")
    check_signature(SIGNER.public, signature, b"message")
    for public, signed, message in [
        (SIGNER.public, signature, b"messagf"),
        (SigningKey.random().public, signature, b"message"),
        (SIGNER.public, signature[:-1], b"message"),
        (SIGNER.public, b"", b"message"),
        (b"short", signature, b"message"),
        *((SIGNER.public, changed, b"message") for changed in flipped(signature)),
    ]:
        with pytest.raises(NotAuthenticError):
            check_signature(public, signed, message)


def test_no_secret_is_ever_shown() -> None:
    assert "secret" not in f"{PAIR} {SIGNER!r}"
