"""The head of a sealed image: one format, read strictly."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.crypto.header import CHUNK_SIZE, HEADER_BYTES, MAGIC, Header, NotAHeaderError

HEADERS = st.builds(
    Header,
    salt=st.binary(min_size=32, max_size=32),
    nonce_prefix=st.binary(min_size=7, max_size=7),
    key_check=st.binary(min_size=32, max_size=32),
)


@given(HEADERS)
def test_comes_back_as_it_was_written(header: Header) -> None:
    raw = header.to_bytes()
    assert len(raw) == HEADER_BYTES == 84
    assert raw.startswith(MAGIC + b"\x01" + struct.pack(">I", CHUNK_SIZE))
    assert Header.from_bytes(raw) == header


@given(st.binary(max_size=200))
def test_anything_else_is_refused_with_the_one_named_error(raw: bytes) -> None:
    with pytest.raises(NotAHeaderError):
        Header.from_bytes(raw)


@given(HEADERS, st.integers(0, 12), st.integers(1, 255))
def test_another_magic_format_or_chunk_size_is_refused(header: Header, at: int, change: int) -> None:
    raw = bytearray(header.to_bytes())
    raw[at] ^= change
    with pytest.raises(NotAHeaderError):
        Header.from_bytes(bytes(raw))


@given(HEADERS, st.binary(min_size=1, max_size=5))
def test_a_header_of_another_length_is_refused(header: Header, more: bytes) -> None:
    raw = header.to_bytes()
    for other in (raw + more, raw[: -len(more)]):
        with pytest.raises(NotAHeaderError):
            Header.from_bytes(other)


def test_a_chunk_size_that_would_fill_the_memory_is_refused() -> None:
    fields = (MAGIC, 1, 0xFFFFFFFF, bytes(32), bytes(7), bytes(32))
    with pytest.raises(NotAHeaderError):
        Header.from_bytes(struct.pack(">8sBI32s7s32s", *fields))
