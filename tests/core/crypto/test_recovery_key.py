"""The recovery key: what a person writes down and types back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.crypto.recovery_key import ALPHABET, new_recovery_key, read_recovery_key, recovery_secret
from core.errors import NotSignedInError


@pytest.fixture(scope="module")
def key() -> str:
    """A fixed one, with its checksum: what a slip is caught by may not depend on luck."""
    return "4T7Q-ZK0M-9XWB-2C5D-HJ8N-PR3S-VYA1-6EFG-" + CHECKSUM


CHECKSUM = "5RTR"


def refused(typed: str) -> bool:
    try:
        read_recovery_key(typed)
    except NotSignedInError as error:
        assert error.hint
        return True
    return False


def test_a_new_key_is_nine_groups_and_reads_back() -> None:
    keys = {new_recovery_key() for _ in range(50)}
    assert len(keys) == 50
    for key in keys:
        assert [len(group) for group in key.split("-")] == [4] * 9
        assert set(key) <= set(ALPHABET) | {"-"}
        assert read_recovery_key(key) == key


def test_it_is_read_however_it_is_spaced_and_in_small_letters(key: str) -> None:
    for typed in (key.lower(), key.replace("-", ""), key.replace("-", " "), f" {key}\n", key.replace("-", "\t")):
        assert read_recovery_key(typed) == key
        assert recovery_secret(typed) == recovery_secret(key)


def test_letters_that_are_not_used_are_read_as_the_digits_that_they_look_like(key: str) -> None:
    for letter, digit in (("O", "0"), ("o", "0"), ("I", "1"), ("l", "1"), ("L", "1")):
        assert digit in key
        assert read_recovery_key(key.replace(digit, letter)) == key


def test_every_single_wrong_character_is_noticed(key: str) -> None:
    slips = 0
    for at, right in enumerate(key):
        for wrong in ALPHABET:
            if right not in ("-", wrong):
                assert refused(key[:at] + wrong + key[at + 1 :])
                slips += 1
    assert slips == 36 * 31


def test_every_pair_of_neighbours_swapped_is_noticed(key: str) -> None:
    text, swaps = key.replace("-", ""), 0
    for at in range(len(text) - 1):
        swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if swapped != text:
            assert refused(swapped)
            swaps += 1
    assert swaps == 35


def test_a_missing_a_doubled_and_a_strange_character_are_noticed(key: str) -> None:
    assert all(refused(key[:at] + key[at + 1 :]) for at in range(len(key)) if key[at] != "-")
    assert all(refused(key[:at] + key[at] + key[at:]) for at in range(len(key)) if key[at] != "-")
    assert all(refused(key[:-1] + strange) for strange in "U*é€ß")


@given(st.text(max_size=60))
def test_no_text_does_anything_else_than_read_or_be_refused(text: str) -> None:
    if not refused(text):
        assert recovery_secret(text) == recovery_secret(read_recovery_key(text))


def test_another_key_stands_for_another_secret(key: str) -> None:
    assert recovery_secret(key) != recovery_secret(new_recovery_key())
