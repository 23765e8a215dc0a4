"""A second reader, written from FORMAT.md alone: from a passphrase to a picture without a line of core.

What the two readers make of the vault in vectors/ is the same, so FORMAT.md says
what the code does.
"""

import base64
import hashlib
import hmac
import json
import struct
import tomllib
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VECTOR = tomllib.loads((Path(__file__).parent / "vectors" / "vault.toml").read_text(encoding="utf-8"))
OBJECTS: dict[str, bytes] = {name: base64.b64decode(text) for name, text in VECTOR["objects"].items()}
HEAD: dict[str, Any] = json.loads(OBJECTS["vault.head"])
VAULT: str = HEAD["vault"]


def bind(*parts: str | int) -> bytes:
    return b"".join(struct.pack(">I", len(str(part).encode())) + str(part).encode() for part in parts)


def derive(key: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    return HKDF(SHA256(), 32, salt, b"dermlock " + purpose.encode()).derive(key)


def open_sealed(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], bound_to)


def open_hpke(secret: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    return suite.decrypt(sealed, X25519PrivateKey.from_private_bytes(secret), info=bound_to)


def base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()


def b64(text: str) -> bytes:
    return base64.b64decode(text)


def only(prefix: str, suffix: str = "") -> str:
    (name,) = (n for n in OBJECTS if n.startswith(prefix) and n.endswith(suffix) and n.count("/") == prefix.count("/"))
    return name


def stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]


def check_signature(public: bytes, signature: str, message: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(public).verify(b64(signature), message)


@pytest.fixture(scope="module")
def keys() -> dict[str, bytes]:
    folder = "staff/" + hashlib.sha256(bind("staff folder", VAULT, VECTOR["staff_id"])).hexdigest()[:26]
    slot = json.loads(OBJECTS[only(f"{folder}/", ".slot")])
    kdf = Argon2id(
        salt=b64(slot["salt"]),
        length=32,
        iterations=slot["passes"],
        lanes=slot["lanes"],
        memory_cost=slot["memory_kib"],
    )
    cost = slot["memory_kib"], slot["passes"], slot["lanes"]
    bound_to = bind("slot", VAULT, folder, b64(slot["salt"]).hex(), *cost, b64(slot["public"]).hex())
    pair = open_sealed(kdf.derive(VECTOR["passphrase"].encode()), b64(slot["sealed"]), bound_to)
    assert pair[32:] == b64(HEAD["integrity"])
    envelope = json.loads(
        open_hpke(pair[:32], OBJECTS[only(f"{folder}/", ".envelope")], bind("envelope", VAULT, folder))
    )
    assert envelope["staff"]["id"] == VECTOR["staff_id"]
    assert envelope["keys"].pop("epoch") == 1
    keys = {name: b64(text) for name, text in envelope["keys"].items()}
    entry = open_sealed(
        derive(keys["vault"], "staff list"), OBJECTS[only(f"{folder}/", ".entry")], bind("entry", VAULT, folder)
    )
    assert json.loads(entry) == envelope["staff"]
    return keys


def test_the_head_is_signed_and_its_public_keys_belong_to_the_envelopes_keys(keys: dict[str, bytes]) -> None:
    message = bind("head", 1, VAULT, b64(HEAD["integrity"]).hex(), b64(HEAD["audit"]).hex(), HEAD["created_at"])
    check_signature(b64(HEAD["integrity"]), HEAD["signature"], message)
    signer = Ed25519PrivateKey.from_private_bytes(keys["integrity"])
    assert signer.public_key().public_bytes_raw() == b64(HEAD["integrity"])
    auditors = X25519PrivateKey.from_private_bytes(keys["audit"])
    assert auditors.public_key().public_bytes_raw() == b64(HEAD["audit"])


def test_the_recovery_key_opens_the_same_keys(keys: dict[str, bytes]) -> None:
    written = VECTOR["recovery_key"]
    characters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    secret = written.replace("-", "")[:32]
    digest = hashlib.sha256(b"dermlock recovery checksum " + secret.encode()).digest()
    assert written[-4:] == "".join(characters[byte % 32] for byte in digest[:4])
    key = hashlib.sha256(b"dermlock recovery " + written.encode()).digest()
    envelope = open_hpke(
        derive(key, "sealing key pair"), OBJECTS[only("recovery/", ".envelope")], bind("recovery", VAULT)
    )
    assert b64(json.loads(envelope)["keys"]["vault"]) == keys["vault"]


def test_manifests_name_every_object_but_those_that_speak_for_themselves() -> None:
    vouched: dict[str, list[int | str]] = {}
    for name in [name for name in OBJECTS if name.startswith("manifests/")]:
        manifest = json.loads(OBJECTS[name])
        flat = [part for entry in manifest["objects"] for part in entry]
        message = bind("manifest", VAULT, name, manifest["made_at"], len(manifest["objects"]), *flat)
        check_signature(b64(HEAD["integrity"]), manifest["signature"], message)
        vouched |= {entry[0]: entry[1:] for entry in manifest["objects"]}
    assert vouched == {
        name: [len(raw), hashlib.sha256(raw).hexdigest()]
        for name, raw in OBJECTS.items()
        if name.partition("/")[0] not in ("vault.head", "manifests", "catalogue", "journal", "audit")
    }


@pytest.fixture(scope="module")
def episode(keys: dict[str, bytes]) -> tuple[str, str, bytes, bytes]:
    """(patient folder, episode, patient key, episode key)."""
    patient = base32(hmac.digest(keys["names"], VECTOR["patient"].encode(), "sha256")[:16])
    name = only(f"patients/{patient}/", ".key")
    wrapping = derive(keys["vault"], "wrap patient keys")
    patient_key = open_sealed(wrapping, OBJECTS[name], bind(VAULT, patient, "", "", "key", stem(name), 1))
    (folder,) = {name.split("/")[2] for name in OBJECTS if name.startswith("patients/") and name.count("/") == 3}
    name = only(f"patients/{patient}/{folder}/", ".key")
    bound_to = bind(VAULT, patient, folder, "", "key", stem(name), 1)
    return patient, folder, patient_key, open_sealed(patient_key, OBJECTS[name], bound_to)


def document(key: bytes, patient: str, episode: str) -> dict[str, Any]:
    """All records of a place in the order of their times, the later row over the earlier."""
    folder = f"patients/{patient}/{episode}".rstrip("/")
    records = []
    for name in OBJECTS:
        if name.endswith(".record") and name.rpartition("/")[0] == folder:
            raw = open_sealed(key, OBJECTS[name], bind(VAULT, patient, episode, "", "record", stem(name), 1))
            records.append((json.loads(raw)["at"], name, json.loads(raw)["rows"]))
    merged: dict[str, Any] = {}
    for _, _, tables in sorted(records, key=lambda record: record[:2]):
        for table, rows in tables.items():
            merged.setdefault(table, {}).update(rows)
    return merged


def test_the_documents_and_the_picture(keys: dict[str, bytes], episode: tuple[str, str, bytes, bytes]) -> None:
    patient, folder, patient_key, episode_key = episode
    who = document(patient_key, patient, "")
    assert who["identity"]["1"]["nhs_number"] == VECTOR["patient"].removeprefix("nhs:")
    (correction,) = who["corrections"].values()
    assert who["identity"]["1"] == correction["after"]
    assert correction["before"] | {"family_name": VECTOR["family_name"]} == correction["after"]
    rows = document(episode_key, patient, folder)
    assert rows["episode"]["1"]["id"] == folder
    (act,) = rows["acts"].values()
    assert act["what"] == {"type": "sent", "on": "2026-03-05"}
    (image,) = rows["images"].values()
    assert image["sha256"] == VECTOR["picture_sha256"]
    assert hashlib.sha256(picture(episode, image["id"])).hexdigest() == image["sha256"]
    key = derive(keys["vault"], "catalogue")
    chunks = [
        json.loads(open_sealed(key, raw, bind("catalogue", VAULT, stem(name))))
        for name, raw in OBJECTS.items()
        if name.startswith("catalogue/")
    ]
    mark = base32(hmac.digest(keys["duplicates"], image["sha256"].encode(), "sha256")[:16])
    newest = max((entry for chunk in chunks for entry in chunk["entries"]), key=lambda entry: len(entry["records"]))
    names = [name for name in OBJECTS if name.startswith(f"patients/{patient}/") and name.endswith(".record")]
    assert newest["records"] == "".join(sorted(stem(name)[:8] for name in names))
    assert newest["images"] == [[image["id"], mark]]
    assert newest["patient_folder"] == patient
    assert newest["who"]["family_name"] == VECTOR["family_name"]
    assert [line[0] for line in newest["waiting"]] == ["record"]


def picture(episode: tuple[str, str, bytes, bytes], image: str) -> bytes:
    patient, folder, _, episode_key = episode
    place = f"patients/{patient}/{folder}/{image}"
    key_bound = bind(VAULT, patient, folder, image, "image key", image, 1)
    image_key = open_sealed(episode_key, OBJECTS[f"{place}.imgkey"], key_bound)
    raw = OBJECTS[f"{place}.image"]
    magic, format_, chunk_size, salt, prefix, check = struct.unpack(">8sBI32s7s32s", raw[:84])
    assert (magic, format_, chunk_size) == (b"DERMLOCK", 1, 1 << 20)
    context = hashlib.sha256(bind(VAULT, patient, folder, image, "image", image, 1)).hexdigest()
    assert check == derive(image_key, f"image key check {context}", salt)
    payload = AESGCM(derive(image_key, f"image payload {context}", salt))
    plaintext, at, number = b"", 84, 0
    while at < len(raw):
        chunk, at = raw[at : at + chunk_size + 16], at + chunk_size + 16
        plaintext += payload.decrypt(prefix + struct.pack(">IB", number, at >= len(raw)), chunk, None)
        number += 1
    return plaintext


def test_discards_and_what_is_not_bound_to_its_place_does_not_open(keys: dict[str, bytes]) -> None:
    name, journal = only("discards/"), derive(keys["vault"], "journal")
    decisions = json.loads(open_sealed(journal, OBJECTS[name], bind("discards", VAULT, stem(name))))
    assert [decision["reason"] for decision in decisions["decisions"]] == ["camera's list"]
    with pytest.raises(InvalidTag):
        open_sealed(journal, OBJECTS[name], bind("discards", VAULT, "another move"))


def test_the_log(keys: dict[str, bytes]) -> None:
    previous, kinds = "", []
    for number, name in enumerate(sorted(name for name in OBJECTS if name.startswith("audit/")), 1):
        _, station, thousands, last = name.split("/")
        assert (thousands, last[:9]) == (f"{number // 1000:06}", f"{number:09}")
        event = json.loads(OBJECTS[name])
        public, sealed = b64(event["public"]), b64(event["sealed"])
        assert (event["number"], event["previous"]) == (number, previous)
        message = bind("audit event", VAULT, station, number, previous, public.hex(), sealed.hex())
        check_signature(public, event["signature"], message)
        kinds.append(json.loads(open_hpke(keys["audit"], sealed, bind("audit event", VAULT, station, number)))["kind"])
        previous = hashlib.sha256(OBJECTS[name]).hexdigest()
    moved = ["signed in", "episode opened", "pictures sealed", "files discarded", "files erased"]
    followed_up = ["episode viewed", "request sent", "episode viewed", "patient corrected"]
    assert kinds == moved + followed_up
