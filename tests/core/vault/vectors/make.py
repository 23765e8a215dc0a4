"""Writes the vectors anew: python -m tests.core.vault.vectors.make

Only for a change of the format that is meant, with its number raised in core: the
vectors that lie here are what vaults of today hold, and the tests keep to them.
"""

import base64
import hashlib
import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from core.access.vault_setup import create_vault
from core.card.identity import look_at
from core.card.inventory import take_inventory
from core.crypto.header import CHUNK_SIZE
from core.crypto.keys import Key, bind
from core.crypto.passphrase import Argon2Parameters, slot_key
from core.crypto.recovery_key import new_recovery_key, recovery_secret
from core.crypto.stream import seal_stream
from core.follow_up.acts import Sent
from core.follow_up.correction import Corrected
from core.intake.conduct import move
from core.storage.local import LocalStore
from core.vault.follow_up import correct_patient, record_act

from ....support.cards import fill_card, put_file
from ....support.intakes import ROSE, intake_of
from ....support.vaults import PASSPHRASE, STAFF_ID, TickingClock, make_vault

HERE = Path(__file__).parent
KEY, OTHER_KEY = Key(bytes(range(32))), Key(bytes(range(32, 64)))
PLACE = ("vault", "patient", "episode", "image", "image", "image", 1)
CORRECTED = "Ashgrove-Hill"
TINY_PICTURE = b"\xff\xd8\xff\xd9 not a real picture"


def sealed(plaintext: bytes, key: Key = KEY, place: Iterable[str | int] = PLACE) -> bytes:
    return b"".join(seal_stream([plaintext], key, bind(*place)))


def stream_vectors() -> list[dict[str, object]]:
    small, empty = sealed(TINY_PICTURE), sealed(b"")
    header, body = small[:84], small[84:]
    long = sealed(bytes(CHUNK_SIZE) + b"end")
    other_place = (*PLACE[:2], "other episode", *PLACE[3:])
    valid = [("a small picture", small, TINY_PICTURE), ("an empty file", empty, b"")]
    refused = [
        ("tampered", "magic", b"d" + small[1:]),
        ("tampered", "a later format", small[:8] + b"\x02" + small[9:]),
        ("tampered", "another chunk size", small[:9] + b"\x00\x20" + small[11:]),
        ("tampered", "one bit of the salt", small[:13] + bytes([small[13] ^ 1]) + small[14:]),
        ("tampered", "one bit of the nonce prefix", small[:45] + bytes([small[45] ^ 1]) + small[46:]),
        ("tampered", "one bit of the key check", small[:52] + bytes([small[52] ^ 1]) + small[53:]),
        ("tampered", "one bit of the ciphertext", header + bytes([body[0] ^ 1]) + body[1:]),
        ("tampered", "one bit of the tag", small[:-1] + bytes([small[-1] ^ 0x80])),
        ("tampered", "the body of another stream", header + sealed(TINY_PICTURE)[84:]),
        ("tampered", "the chunk twice", small + body),
        ("truncated", "nothing", b""),
        ("truncated", "half a header", small[:40]),
        ("truncated", "a header alone", header),
        ("truncated", "half a tag", header + body[:8]),
        ("truncated", "the last byte", small[:-1]),
        ("truncated", "a first chunk without its last", long[:84] + long[84 : 84 + 32]),
        ("foreign", "sealed under another key", sealed(TINY_PICTURE, OTHER_KEY)),
        ("foreign", "sealed for another episode", sealed(TINY_PICTURE, place=other_place)),
    ]
    vectors: list[dict[str, object]] = [
        {"is": "valid", "says": says, "sealed": raw.hex(), "plaintext": plain.hex()} for says, raw, plain in valid
    ]
    return vectors + [
        {"is": is_, "says": says, "sealed": raw.hex(), "failure": "NotAuthenticError"} for is_, says, raw in refused
    ]


def key_vectors() -> list[dict[str, object]]:
    labels = ("wrap patient keys", "journal", "catalogue", "staff list", "sealing key pair")
    made: list[dict[str, object]] = [
        {"does": "derive", "input": label, "output": KEY.derive(label).secret.hex()} for label in labels
    ]
    made += [
        {"does": "name", "input": subject, "output": KEY.name_of(subject)}
        for subject in ("nhs:9990000018", "local:V-17")
    ]
    made.append({"does": "bind", "input": "|".join(map(str, PLACE)), "output": bind(*PLACE).hex()})
    parameters = Argon2Parameters(bytes(range(16)), 19 * 1024, 2, 1)
    made.append({"does": "argon2id", "input": PASSPHRASE, "output": slot_key(PASSPHRASE, parameters).secret.hex()})
    written = new_recovery_key()
    made.append({"does": "recovery", "input": written, "output": recovery_secret(written).secret.hex()})
    wrapped = KEY.wrap(OTHER_KEY, b"here")
    made.append({"does": "unwrap", "input": wrapped.hex(), "output": OTHER_KEY.secret.hex()})
    for says, raw in (
        ("one bit", wrapped[:-1] + bytes([wrapped[-1] ^ 1])),
        ("cut off", wrapped[:-1]),
        ("under another key", OTHER_KEY.wrap(OTHER_KEY, b"here")),
        ("for another place", KEY.wrap(OTHER_KEY, b"there")),
        ("not a key", KEY.seal(b"short", b"here")),
    ):
        made.append({"does": "unwrap", "says": says, "input": raw.hex(), "failure": "NotAuthenticError"})
    slip = written[:-1] + ("0" if written[-1] != "0" else "1")
    made.append({"does": "recovery", "says": "one character", "input": slip, "failure": "NotSignedInError"})
    return made


def vault_vector(base: Path) -> dict[str, object]:
    place = make_vault(base)
    card = base / "card"
    fill_card(card, 1, size=(64, 64))
    put_file(card, "DCIM/NOTES.CTG", b"the camera's own list")
    inventory = take_inventory(look_at(card, configured=True))
    notes = inventory.by_shown("DCIM/NOTES.CTG")
    assert notes is not None
    vault = place.open()
    move([intake_of(inventory.pictures)], [(notes, "camera's list")], inventory, vault)
    (entry,) = vault.find()
    record_act(vault, vault.episode(entry.id), Sent(date(2026, 3, 5)))
    correct_patient(vault, vault.episode(entry.id), Corrected(replace(ROSE, family_name=CORRECTED), "mistyped"))
    other = base / "other"
    other.mkdir()
    foreign = LocalStore(other)
    create_vault(foreign, staff_id=STAFF_ID, staff_name="Ann Jones", passphrase=PASSPHRASE, clock=TickingClock())
    store = LocalStore(place.folder)
    return {
        "passphrase": PASSPHRASE,
        "staff_id": STAFF_ID,
        "recovery_key": place.recovery_key,
        "patient": ROSE.number.key,
        "family_name": CORRECTED,
        "picture_sha256": inventory.pictures[0].sha256,
        "objects": {name: _text(store.get(name)) for name in sorted(store.list(""))},
        "foreign": {name: _text(foreign.get(name)) for name in sorted(foreign.list(""))},
        "case": vault_cases(),
    }


def vault_cases() -> list[dict[str, object]]:
    """What is done to one object of the vault, where it must fail and how."""
    digest, cases = "bytes are not those that were written", []
    for is_ in ("tampered", "truncated"):
        for name in (".image", ".imgkey", ".key", ".record", "discards/", ".slot", ".envelope", ".entry", "recovery/"):
            cases.append((is_, name, "check", digest))
        cases += [
            (is_, "manifests/", "check", "manifest"),
            (is_, "catalogue/", "check", "part of the catalogue is damaged"),
            (is_, "audit/", "check", "event of the audit log is damaged"),
            (is_, ".image", "picture", "VaultError"),
            (is_, ".imgkey", "picture", "VaultError"),
            (is_, "vault.head", "sign in", "VaultError"),
            (is_, ".slot", "sign in", "NotSignedInError"),
            (is_, "recovery/", "recovery", "NotSignedInError"),
        ]
    cases += [("foreign", name, "check", digest) for name in (".slot", ".envelope", ".entry", "recovery/")]
    cases += [
        ("foreign", "manifests/", "check", "manifest"),
        ("foreign", "vault.head", "sign in", "NotSignedInError"),
        ("foreign", "vault.head", "recovery", "NotSignedInError"),
        ("foreign", ".slot", "sign in", "NotSignedInError"),
        ("foreign", "recovery/", "recovery", "NotSignedInError"),
    ]
    return [dict(zip(("is", "object", "at", "failure"), case, strict=True)) for case in cases]


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def write(name: str, says: str, tables: Mapping[str, object]) -> None:
    lines = [f"# {says}", "# Made by make.py; see there before changing anything.", ""]
    plain = {key: value for key, value in tables.items() if isinstance(value, str)}
    lines += [f"{key} = {json.dumps(value)}" for key, value in plain.items()]
    for key, value in tables.items():
        if isinstance(value, dict):
            lines += ["", f"[{key}]", *(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in value.items())]
        elif isinstance(value, list):
            for row in value:
                lines += ["", f"[[{key}]]", *(f"{k} = {json.dumps(v)}" for k, v in row.items())]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    place = "|".join(map(str, PLACE))
    key = {"key": KEY.secret.hex()}
    write(
        "stream.toml",
        "Sealed streams under one key, in one place.",
        {**key, "place": place, "vector": stream_vectors()},
    )
    write(
        "keys.toml",
        "Keys: derived, named, bound, wrapped, from passphrase and paper.",
        {**key, "vector": key_vectors()},
    )
    with tempfile.TemporaryDirectory() as folder:
        write("vault.toml", "A whole vault: one patient, one picture, one discard.", vault_vector(Path(folder)))
    print({path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in sorted(HERE.glob("*.toml"))})
