"""Vectors: what vaults of today hold. A change of the format breaks the valid ones; each other declares its failure."""

import base64
import hashlib
import shutil
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.access.keyring import Keyring
from core.access.sign_in import sign_in, sign_in_with_recovery_key
from core.audit.station import this_station
from core.crypto.keys import Key, NotAuthenticError, bind
from core.crypto.passphrase import Argon2Parameters, slot_key
from core.crypto.recovery_key import recovery_secret
from core.crypto.stream import open_stream
from core.errors import DermlockError, NotSignedInError, VaultError
from core.storage.local import LocalStore
from core.vault.check import check_vault
from core.vault.vault import Vault, open_vault

from ...support.vaults import TickingClock
from .scene import QuickDisk

HERE = Path(__file__).parent / "vectors"
FAILURES: dict[str, type[Exception]] = {
    error.__name__: error for error in (NotAuthenticError, NotSignedInError, VaultError)
}


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


STREAMS, KEYS, VAULT = read("stream.toml"), read("keys.toml"), read("vault.toml")
PLACE = bind(*STREAMS["place"].split("|"))


def said(vector: dict[str, Any]) -> str:
    return " ".join(str(vector.get(word, "")) for word in ("is", "does", "says")).strip()


@pytest.mark.parametrize("vector", STREAMS["vector"], ids=said)
def test_sealed_streams(vector: dict[str, Any]) -> None:
    def opened() -> bytes:
        return b"".join(open_stream([bytes.fromhex(vector["sealed"])], Key(bytes.fromhex(STREAMS["key"])), PLACE))

    if vector["is"] == "valid":
        assert opened().hex() == vector["plaintext"]
    else:
        with pytest.raises(FAILURES[vector["failure"]]):
            opened()


def test_streams_of_every_sort_are_there() -> None:
    sorts = Counter(vector["is"] for vector in STREAMS["vector"])
    assert sorts.keys() == {"valid", "tampered", "truncated", "foreign"}
    assert all("failure" in vector for vector in STREAMS["vector"] if vector["is"] != "valid")


KEY = Key(bytes.fromhex(KEYS["key"]))
DOES: dict[str, Callable[[str], str]] = {
    "derive": lambda label: KEY.derive(label).secret.hex(),
    "name": KEY.name_of,
    "bind": lambda parts: bind(*parts.split("|")).hex(),
    "argon2id": lambda words: slot_key(words, Argon2Parameters(bytes(range(16)), 19 * 1024, 2, 1)).secret.hex(),
    "recovery": lambda written: recovery_secret(written).secret.hex(),
    "unwrap": lambda wrapped: KEY.unwrap(bytes.fromhex(wrapped), b"here").secret.hex(),
}


@pytest.mark.parametrize("vector", KEYS["vector"], ids=said)
def test_keys(vector: dict[str, Any]) -> None:
    if "output" in vector:
        assert DOES[vector["does"]](vector["input"]) == vector["output"]
    else:
        with pytest.raises(FAILURES[vector["failure"]]):
            DOES[vector["does"]](vector["input"])


def lay_out(folder: Path, objects: dict[str, str]) -> Path:
    for name, text in objects.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(text))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out(tmp_path_factory.mktemp("vectors") / "vault", VAULT["objects"])


@pytest.fixture(scope="module")
def keyring(folder: Path) -> Keyring:
    return sign_in(LocalStore(folder), VAULT["staff_id"], VAULT["passphrase"])


def opened(folder: Path, keyring: Keyring, state: Path) -> Vault:
    return open_vault(LocalStore(folder, QuickDisk()), keyring, this_station(state), TickingClock())


def picture(vault: Vault) -> bytes:
    (entry,) = vault.find()
    episode = vault.episode(entry.id)
    return vault.read_picture(episode, episode.content.images[0])


def test_a_vault_of_today_opens_and_is_whole(folder: Path, keyring: Keyring, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "vault")
    vault = opened(tmp_path / "vault", keyring, tmp_path / "state")
    assert check_vault(vault, full=True) == ()
    assert hashlib.sha256(picture(vault)).hexdigest() == VAULT["picture_sha256"]
    assert sign_in_with_recovery_key(vault.store, VAULT["recovery_key"]).keys == keyring.keys
    (entry,) = vault.find()
    assert entry.patient.number.key == VAULT["patient"]


def flip(raw: bytes) -> bytes:
    return raw[:-3] + bytes([raw[-3] ^ 4]) + raw[-2:]


CHANGES: dict[str, Callable[[bytes], bytes]] = {"tampered": flip, "truncated": lambda raw: raw[:-1]}


def ending(objects: dict[str, str], suffix: str) -> str:
    return next(name for name in objects if name.endswith(suffix) or name.startswith(suffix))


@pytest.mark.parametrize("case", VAULT["case"], ids=lambda case: f"{case['is']} {case['object']} at {case['at']}")
def test_a_vault_that_was_tampered_with_fails_as_declared(
    folder: Path, keyring: Keyring, tmp_path: Path, case: dict[str, str]
) -> None:
    shutil.copytree(folder, tmp_path / "vault")
    name = ending(VAULT["objects"], case["object"])
    path = tmp_path / "vault" / name
    if case["is"] == "foreign":
        path.write_bytes(base64.b64decode(VAULT["foreign"][ending(VAULT["foreign"], case["object"])]))
    else:
        path.write_bytes(CHANGES[case["is"]](path.read_bytes()))
    if case["at"] == "check":
        findings = check_vault(opened(tmp_path / "vault", keyring, tmp_path / "state"))
        about = {finding.object_name: finding for finding in findings}
        assert case["failure"] in about[name].what
        assert about[name].next_step
        return
    with pytest.raises(DermlockError) as caught:
        if case["at"] == "sign in":
            sign_in(LocalStore(tmp_path / "vault"), VAULT["staff_id"], VAULT["passphrase"])
        elif case["at"] == "recovery":
            sign_in_with_recovery_key(LocalStore(tmp_path / "vault"), VAULT["recovery_key"])
        else:
            picture(opened(tmp_path / "vault", keyring, tmp_path / "state"))
    assert isinstance(caught.value, FAILURES[case["failure"]])
    assert caught.value.hint
