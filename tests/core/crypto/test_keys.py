"""Keys: wrapped, derived, and bound to one place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.crypto.keys import KEY_BYTES, NONCE_BYTES, TAG_BYTES, Key, Keys, NotAuthenticError, bind, random_name

KEY = Key(bytes(range(32)))
PARTS = st.lists(st.one_of(st.text(max_size=6), st.integers(0, 999)), max_size=5)


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_is_sealed_comes_back(plaintext: bytes, bound_to: bytes) -> None:
    sealed = KEY.seal(plaintext, bound_to)
    assert len(sealed) == NONCE_BYTES + len(plaintext) + TAG_BYTES
    assert KEY.open(sealed, bound_to) == plaintext


def test_every_flipped_bit_and_every_truncation_is_noticed() -> None:
    sealed = KEY.seal(b"forty-two", b"here")
    for at in range(len(sealed)):
        for bit in range(8):
            changed = bytearray(sealed)
            changed[at] ^= 1 << bit
            with pytest.raises(NotAuthenticError):
                KEY.open(bytes(changed), b"here")
        with pytest.raises(NotAuthenticError):
            KEY.open(sealed[:at], b"here")
    with pytest.raises(NotAuthenticError):
        KEY.open(sealed + b"\0", b"here")


def test_a_wrapped_key_comes_back_under_its_key_and_in_its_place_only() -> None:
    inner = Key.random()
    wrapped = KEY.wrap(inner, b"here")
    assert KEY.unwrap(wrapped, b"here") == inner
    for key, place in ((KEY, b"there"), (Key.random(), b"here"), (inner, b"here")):
        with pytest.raises(NotAuthenticError):
            key.unwrap(wrapped, place)


@pytest.mark.parametrize("size", [0, 1, KEY_BYTES - 1, KEY_BYTES + 1])
def test_what_is_no_key_is_not_unwrapped(size: int) -> None:
    with pytest.raises(NotAuthenticError):
        KEY.unwrap(KEY.seal(bytes(size), b"here"), b"here")
    with pytest.raises(ValueError, match="32 bytes"):
        Key(bytes(size))


def test_of_several_keys_the_first_seals_and_any_opens() -> None:
    first, second, stranger = Key.random(), Key.random(), Key.random()
    both = Keys((first, second))
    assert first.open(both.seal(b"x", b"here"), b"here") == b"x"
    assert first.unwrap(both.wrap(stranger, b"here"), b"here") == stranger
    for key in (first, second):
        assert both.open(key.seal(b"x", b"here"), b"here") == b"x"
        assert both.unwrap(key.wrap(stranger, b"here"), b"here") == stranger
    with pytest.raises(NotAuthenticError):
        both.open(stranger.seal(b"x", b"here"), b"here")
    with pytest.raises(NotAuthenticError):
        both.open(first.seal(b"x", b"here"), b"there")
    with pytest.raises(NotAuthenticError):
        both.unwrap(second.seal(b"no key", b"here"), b"here")


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_two_purposes_have_one_key(one: str, other: str) -> None:
    assert (KEY.derive(one) == KEY.derive(other)) == (one == other)
    assert KEY.derive(one, salt=b"1") != KEY.derive(one, salt=b"2")


@given(PARTS, PARTS)
def test_no_two_lists_of_parts_are_bound_alike(one: list[str | int], other: list[str | int]) -> None:
    same = [str(part) for part in one] == [str(part) for part in other]
    assert (bind(*one) == bind(*other)) == same


def test_parts_do_not_run_into_each_other() -> None:
    assert len({bind("ab", "c"), bind("a", "bc"), bind("abc"), bind("abc", ""), bind("", "abc"), bind()}) == 6


def test_a_number_is_bound_as_its_digits() -> None:
    assert bind("n", 12) == b"\0\0\0\x01n\0\0\0\x0212" == bind("n", "12")


@given(st.text(max_size=30), st.text(max_size=30))
def test_names_are_the_same_for_the_same_subject_alone(one: str, other: str) -> None:
    name = KEY.name_of(one)
    assert re.fullmatch(r"[a-z2-7]{26}", name)
    assert (name == KEY.name_of(other)) == (one == other)
    assert name != Key(bytes(32)).name_of(one)


def test_random_names_are_names_and_differ() -> None:
    names = {random_name() for _ in range(500)}
    assert len(names) == 500
    assert all(re.fullmatch(r"[a-z2-7]{26}", name) for name in names)


def test_no_key_is_ever_shown() -> None:
    assert "secret" not in repr(KEY)
    assert str(bytes(range(4))) not in f"{KEY} {KEY!r} {Keys((KEY,))}"
