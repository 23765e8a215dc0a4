"""What a file is overwritten with: of exactly that size, to be made again, never the same twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.crypto.keys import Key
from core.crypto.keystream import BLOCK, keystream

KEY = Key(bytes(range(32)))


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 511])
def test_it_is_as_long_as_asked_and_the_same_again(size: int) -> None:
    pieces = list(keystream(KEY, size))
    assert sum(map(len, pieces)) == size
    assert all(len(piece) == BLOCK for piece in pieces[:-1])
    assert pieces == list(keystream(KEY, size))


@settings(max_examples=30)
@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_shorter_one_is_the_beginning_of_a_longer_one(one: int, other: int) -> None:
    short, long = sorted((one, other))
    assert b"".join(keystream(KEY, long))[:short] == b"".join(keystream(KEY, short))


def test_two_keys_share_no_block_and_no_block_comes_twice() -> None:
    bytes_ = b"".join(keystream(KEY, BLOCK)) + b"".join(keystream(Key(bytes(32)), BLOCK))
    blocks = [bytes_[at : at + 16] for at in range(0, len(bytes_), 16)]
    assert len(set(blocks)) == len(blocks)
    assert bytes(16) not in blocks
