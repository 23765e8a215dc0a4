"""The head: strictly what was signed, byte for byte."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.crypto.identity import SealingKey, SigningKey
from core.errors import VaultError
from core.integrity.head import HEAD_NAME, VaultHead, read_head
from core.storage.local import LocalStore

SIGNER, AUDITORS = SigningKey(bytes(range(32))), SealingKey(bytes(range(32, 64)))
HEAD = VaultHead(1, "thevault", SIGNER.public, AUDITORS.public, "2026-03-04T10:00:00+00:00").signed_by(SIGNER)
RAW = msgspec.json.encode(HEAD)


def read(folder: Path, raw: bytes) -> VaultHead:
    (folder / HEAD_NAME).write_bytes(raw)
    return read_head(LocalStore(folder))


def test_it_comes_back(tmp_path: Path) -> None:
    assert read(tmp_path, RAW) == HEAD


def test_every_flipped_bit_every_truncation_and_every_addition_is_noticed(tmp_path: Path) -> None:
    changes = [RAW[:at] + bytes([RAW[at] ^ (1 << bit)]) + RAW[at + 1 :] for at in range(len(RAW)) for bit in range(8)]
    changes += [RAW[:length] for length in range(len(RAW))]
    changes += [RAW + b"\n", b" " + RAW, RAW.replace(b",", b", ", 1), RAW + RAW]
    for raw in changes:
        with pytest.raises(VaultError) as caught:
            read(tmp_path, raw)
        assert caught.value.hint


def test_a_head_of_a_later_format_is_named_and_not_guessed_at(tmp_path: Path) -> None:
    later = msgspec.structs.replace(HEAD, format=2).signed_by(SIGNER)
    with pytest.raises(VaultError, match="has format 2"):
        read(tmp_path, msgspec.json.encode(later))


@pytest.mark.parametrize("field", ["vault", "audit", "created_at"])
def test_nothing_is_taken_from_a_head_that_another_key_signed(tmp_path: Path, field: str) -> None:
    other = {"vault": "other", "audit": SealingKey.random().public, "created_at": "2020-01-01T00:00:00+00:00"}[field]
    changed = msgspec.structs.replace(HEAD, **{field: other})
    with pytest.raises(VaultError, match="damaged"):
        read(tmp_path, msgspec.json.encode(changed.signed_by(SigningKey.random())))


def test_what_this_format_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="damaged"):
        read(tmp_path, RAW[:-1] + b',"more":1}')


def test_without_a_head_there_is_no_vault(tmp_path: Path) -> None:
    with pytest.raises(VaultError, match="no vault here"):
        read_head(LocalStore(tmp_path))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=80), st.text(max_size=40).map(str.encode), st.just(b"null"), st.just(b"[]")))
def test_any_other_file_is_told_as_damage(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(VaultError, match="damaged"):
        read(tmp_path, raw)
