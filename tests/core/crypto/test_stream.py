"""The sealed stream: whole or not at all, in its own place, under its own key."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.crypto.header import CHUNK_SIZE, HEADER_BYTES
from core.crypto.keys import TAG_BYTES, Key, NotAuthenticError, bind
from core.crypto.stream import open_stream, rechunk, seal_stream, sealed_size

KEY = Key(bytes(range(32)))
PLACE = bind("vault", "patient", "episode", "image")
SEALED_CHUNK = CHUNK_SIZE + TAG_BYTES


def sealed(plaintext: bytes, *, key: Key = KEY, place: bytes = PLACE) -> bytes:
    return b"".join(seal_stream([plaintext], key, place))


def opened(raw: bytes | Iterable[bytes], *, key: Key = KEY, place: bytes = PLACE) -> bytes:
    return b"".join(open_stream([raw] if isinstance(raw, bytes) else raw, key, place))


def pattern(size: int) -> bytes:
    """Bytes of which no two chunks are alike."""
    return b"".join(number.to_bytes(4, "big") for number in range(size // 4 + 1))[:size]


def chunks_of(raw: bytes) -> tuple[bytes, list[bytes]]:
    """(header, sealed chunks)."""
    body = raw[HEADER_BYTES:]
    return raw[:HEADER_BYTES], [body[at : at + SEALED_CHUNK] for at in range(0, len(body), SEALED_CHUNK)]


AROUND_BOUNDARIES = [0, 1, 17, *(n * CHUNK_SIZE + beside for n in (1, 2, 3) for beside in (-1, 0, 1))]


@pytest.mark.parametrize("size", AROUND_BOUNDARIES)
def test_comes_back_byte_for_byte_around_every_chunk_boundary(size: int) -> None:
    plaintext = pattern(size)
    raw = sealed(plaintext)
    assert len(raw) == sealed_size(size)
    assert opened(raw) == plaintext


def test_a_full_last_chunk_is_not_followed_by_an_empty_one() -> None:
    assert sealed_size(CHUNK_SIZE) == HEADER_BYTES + SEALED_CHUNK
    assert sealed_size(CHUNK_SIZE + 1) == HEADER_BYTES + SEALED_CHUNK + 1 + TAG_BYTES


def test_the_same_picture_is_never_sealed_alike() -> None:
    assert len({sealed(b"a picture") for _ in range(16)}) == 16


def test_every_flipped_bit_is_noticed() -> None:
    raw, bits = sealed(b"a small picture"), 0
    for at in range(len(raw)):
        for bit in range(8):
            changed = bytearray(raw)
            changed[at] ^= 1 << bit
            with pytest.raises(NotAuthenticError):
                opened(bytes(changed))
            bits += 1
    assert bits == 8 * (HEADER_BYTES + 15 + TAG_BYTES)


def test_every_truncation_is_noticed() -> None:
    raw = sealed(b"a small picture")
    for length in range(len(raw)):
        with pytest.raises(NotAuthenticError):
            opened(raw[:length])


def test_what_is_added_at_the_end_is_noticed() -> None:
    for more in (b"\0", b"\0" * TAG_BYTES, sealed(b"more")):
        with pytest.raises(NotAuthenticError):
            opened(sealed(b"a small picture") + more)


TWO_AND_A_HALF = sealed(pattern(2 * CHUNK_SIZE + CHUNK_SIZE // 2))


@pytest.mark.parametrize(
    "order",
    [(0,), (0, 1), (1, 0, 2), (0, 2, 1), (2, 1, 0), (0, 0, 1, 2), (0, 1, 1, 2), (0, 1, 2, 2), (1, 2), (0, 2), ()],
    ids=str,
)
def test_chunks_dropped_swapped_or_doubled_are_noticed(order: tuple[int, ...]) -> None:
    header, chunks = chunks_of(TWO_AND_A_HALF)
    with pytest.raises(NotAuthenticError):
        opened(header + b"".join(chunks[number] for number in order))


@pytest.mark.parametrize("cut", [1, TAG_BYTES, SEALED_CHUNK - 1, SEALED_CHUNK, SEALED_CHUNK + 1, 2 * SEALED_CHUNK])
def test_cut_off_near_a_chunk_boundary_the_end_is_not_reached(cut: int) -> None:
    for at in (HEADER_BYTES + cut, len(TWO_AND_A_HALF) - cut):
        with pytest.raises(NotAuthenticError):
            opened(TWO_AND_A_HALF[:at])


def test_a_chunk_of_another_stream_of_the_same_key_is_noticed() -> None:
    header, chunks = chunks_of(TWO_AND_A_HALF)
    _, others = chunks_of(sealed(pattern(2 * CHUNK_SIZE + CHUNK_SIZE // 2)))
    for number in range(len(chunks)):
        spliced = [*chunks[:number], others[number], *chunks[number + 1 :]]
        with pytest.raises(NotAuthenticError):
            opened(header + b"".join(spliced))


@pytest.mark.parametrize("bit", [0, 1])
def test_a_bit_in_a_later_chunk_stops_before_the_end(bit: int) -> None:
    changed = bytearray(TWO_AND_A_HALF)
    changed[HEADER_BYTES + SEALED_CHUNK + 5] ^= 1 << bit
    stream = open_stream([bytes(changed)], KEY, PLACE)
    assert next(stream) == pattern(CHUNK_SIZE)
    with pytest.raises(NotAuthenticError):
        next(stream)


def test_opens_under_its_own_key_only() -> None:
    for other in (Key.random(), Key(bytes(32)), KEY.derive("anything")):
        with pytest.raises(NotAuthenticError):
            opened(sealed(b"a picture"), key=other)


@given(st.binary(max_size=80))
def test_opens_in_its_own_place_only(place: bytes) -> None:
    raw = sealed(b"a picture")
    if place == PLACE:
        assert opened(raw, place=place) == b"a picture"
    else:
        with pytest.raises(NotAuthenticError):
            opened(raw, place=place)


@settings(max_examples=60)
@given(st.binary(max_size=4000), st.lists(st.integers(1, 900), max_size=12))
def test_the_size_of_the_pieces_does_not_matter(plaintext: bytes, sizes: list[int]) -> None:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(plaintext[at : at + size])
        at += size
    pieces.append(plaintext[at:])
    raw = b"".join(seal_stream(pieces, KEY, PLACE))
    assert opened(raw[at : at + 7] for at in range(0, len(raw), 7)) == plaintext


@given(st.lists(st.binary(max_size=9), max_size=12), st.integers(1, 7), st.integers(1, 7))
def test_rechunk_keeps_every_byte_and_makes_no_empty_piece(pieces: list[bytes], size: int, first: int) -> None:
    made = list(rechunk(pieces, size, first=first))
    assert b"".join(made) == b"".join(pieces)
    assert all(made)
    assert [len(piece) for piece in made[:-1]] == ([first] + [size] * (len(made) - 2) if len(made) > 1 else [])
