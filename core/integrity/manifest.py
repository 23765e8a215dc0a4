"""Every deposit into the vault ends with a signed list of its objects.

IT can check and back up the whole vault with the public key alone: an object
that no manifest names was never finished, one that differs from its manifest
was changed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from ..clock import Clock
from ..crypto.identity import SigningKey, check_signature
from ..crypto.keys import NotAuthenticError, bind, random_name
from ..errors import VaultError
from ..storage.store import NotKeptError, ObjectStore, StoredObject, read_cold
from .head import VaultHead
from .written import decode_as_written

FOLDER = "manifests"


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    name: str
    size: int
    sha256: str


class _Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    made_at: str
    objects: tuple[_Entry, ...]
    signature: bytes

    def message(self, vault: str, name: str) -> bytes:
        flat = (part for entry in self.objects for part in (entry.name, entry.size, entry.sha256))
        return bind("manifest", vault, name, self.made_at, len(self.objects), *flat)


@dataclass(frozen=True)
class Manifest:
    """name: of the manifest's own object. objects: what it vouches for."""

    name: str
    made_at: str
    objects: tuple[StoredObject, ...]


class ManifestDamagedError(VaultError):
    """A manifest cannot be read or its signature is wrong."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The manifest {name} is damaged.", "Restore this file from a backup.")
        self.name = name


class Deposit:
    """Puts objects into the vault and at the end signs for all of them.

    One deposit a sealing, a sign-up, an act. `sign` returns the manifest's name;
    a deposit without objects signs nothing and returns "".
    """

    def __init__(self, store: ObjectStore, head: VaultHead, signer: SigningKey, clock: Clock) -> None:
        self._store, self._head, self._signer, self._clock = store, head, signer, clock
        self._objects: dict[str, StoredObject] = {}

    def put(self, name: str, pieces: Iterable[bytes | memoryview]) -> StoredObject:
        stored = self._store.put_new(name, pieces)
        self._objects[name] = stored
        return stored

    def put_kept(self, name: str, content: bytes) -> StoredObject:
        """A small object that more will depend on: read back from the disk itself before it counts.

        Raises NotKeptError; nothing of the name is there then.
        """
        stored = self.put(name, [content])
        if read_cold(self._store, name) != content:
            del self._objects[name]
            self._store.delete(name)
            raise NotKeptError(name)
        return stored

    def adopt(self, stored: StoredObject) -> None:
        """Signs also for an object that an earlier, unfinished deposit put there and that was proven since."""
        self._objects[stored.name] = stored

    def holds(self, name: str) -> bool:
        """Whether it will sign for the object of that name."""
        return name in self._objects

    @property
    def is_empty(self) -> bool:
        return not self._objects

    def sign(self) -> str:
        if not self._objects:
            return ""
        entries = tuple(_Entry(o.name, o.size, o.sha256) for o in self._objects.values())
        unsigned = _Manifest(self._clock().isoformat(), entries, b"")
        name = f"{FOLDER}/{random_name()}"
        signature = self._signer.sign(unsigned.message(self._head.vault, name))
        self._store.put_new(name, [msgspec.json.encode(msgspec.structs.replace(unsigned, signature=signature))])
        self._objects.clear()
        return name


def read_manifest(store: ObjectStore, head: VaultHead, name: str) -> Manifest:
    """Raises ManifestDamagedError."""
    raw = store.get(name)
    try:
        manifest = decode_as_written(raw, _Manifest)
        check_signature(head.integrity, manifest.signature, manifest.message(head.vault, name))
    except NotAuthenticError:
        raise ManifestDamagedError(name) from None
    objects = tuple(StoredObject(entry.name, entry.size, entry.sha256) for entry in manifest.objects)
    return Manifest(name, manifest.made_at, objects)


def manifest_names(store: ObjectStore) -> Iterator[str]:
    return store.list(FOLDER)
