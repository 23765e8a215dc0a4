"""The catalogue: what can be searched, in memory, from small sealed chunks that can be lost.

catalogue/<id>   entries of episodes, and the manifests they were made from

Each sealing adds one chunk. A manifest that no readable chunk covers (a chunk was
lost, or the program killed in between) has its episodes read again from their
documents: without any chunk that is the whole vault, silently. Where such a
manifest is damaged, nobody knows what it was about, and all episodes are read.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from ..access.keyring import Keyring
from ..crypto.keys import NotAuthenticError, bind, random_name
from ..integrity.manifest import ManifestDamagedError, manifest_names, read_manifest
from ..model.patient import Patient
from ..pathway.outcome import Route
from ..storage.store import ObjectMissingError, ObjectStore
from .episode import Episode, PatientRow
from .layout import FOLDER as PATIENTS

FOLDER = "catalogue"
COMPACT_ABOVE = 64


class EpisodeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a search shows of an episode. images: (id, mark): the mark recognises the same picture again."""

    id: str
    patient_folder: str
    who: PatientRow
    opened_at: datetime
    pathway: str
    route: Route
    route_name: str
    sites: tuple[str, ...]
    images: tuple[tuple[str, str], ...]

    @property
    def patient(self) -> Patient:
        return self.who.patient

    @property
    def pictures(self) -> int:
        return len(self.images)


class _Chunk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    manifests: tuple[str, ...]
    entries: tuple[EpisodeEntry, ...]


class Catalogue:
    """Opened with a vault; `refresh` takes in what other stations have sealed since."""

    def __init__(self, store: ObjectStore, keyring: Keyring) -> None:
        self._store, self._keyring = store, keyring
        self._entries: dict[str, EpisodeEntry] = {}
        self._chunks: set[str] = set()
        self._covered: set[str] = set()
        self._damaged: set[str] = set()  # manifests, for as long as this catalogue is open

    @property
    def entries(self) -> Iterable[EpisodeEntry]:
        return self._entries.values()

    def refresh(self, read: Callable[[str, str], EpisodeEntry | None]) -> None:
        """Takes in new chunks, and what only documents tell.

        read: the entry of (patient folder, episode) from its documents, None where they
        cannot be read: the manifests that name it are then looked at again next time.
        """
        for name in set(self._store.list(FOLDER)) - self._chunks:
            self._chunks.add(name)
            chunk = self._open(name)
            if chunk is not None:
                self._entries.update((entry.id, entry) for entry in chunk.entries)
                self._covered.update(chunk.manifests)
        uncovered = {name: self._places_of(name) for name in set(manifest_names(self._store)) - self._seen}
        entries = {place: read(*place) for place in sorted(set().union(*uncovered.values()))}
        for entry in entries.values():
            if entry is not None:
                self.take(entry)
        self._covered |= {
            name
            for name, places in uncovered.items()
            if name not in self._damaged and all(entries[place] is not None for place in places)
        }

    @property
    def _seen(self) -> set[str]:
        return self._covered | self._damaged

    def take(self, entry: EpisodeEntry) -> None:
        self._entries[entry.id] = entry

    def keep(self, manifest: str, entries: tuple[EpisodeEntry, ...]) -> None:
        """Adds a chunk for what was just sealed; when there are many, one for all instead of them."""
        for entry in entries:
            self.take(entry)
        self._covered.add(manifest)
        if len(self._chunks) < COMPACT_ABOVE:
            self._put(_Chunk((manifest,), entries))
            return
        old = set(self._chunks)
        self._put(_Chunk(tuple(sorted(self._covered)), tuple(self._entries.values())))
        for name in old:
            try:
                self._store.delete(name)
            except ObjectMissingError:
                continue  # another station compacted too
        self._chunks -= old

    def _put(self, chunk: _Chunk) -> None:
        id_ = random_name()
        sealed = self._keyring.catalogue.seal(msgspec.json.encode(chunk), self._bound(id_))
        self._store.put_new(f"{FOLDER}/{id_}", [sealed])
        self._chunks.add(f"{FOLDER}/{id_}")

    def _open(self, name: str) -> _Chunk | None:
        """None for a chunk that is gone or damaged: what it covered is read anew; vault check names it."""
        try:
            return open_chunk(self._store, self._keyring, name)
        except (ObjectMissingError, NotAuthenticError):
            return None

    def _places_of(self, manifest: str) -> set[tuple[str, str]]:
        """(patient folder, episode) of what it names; of all there is where it is damaged."""
        try:
            stored = read_manifest(self._store, self._keyring.head, manifest).objects
            names = [each.name for each in stored]
        except ManifestDamagedError:
            self._damaged.add(manifest)
            names = list(self._store.list(PATIENTS))
        places = (name.split("/") for name in names)
        return {(parts[1], parts[2]) for parts in places if parts[0] == PATIENTS and len(parts) == 4}

    def _bound(self, id_: str) -> bytes:
        return bind("catalogue", self._keyring.head.vault, id_)


def open_chunk(store: ObjectStore, keyring: Keyring, name: str) -> _Chunk:
    """Raises NotAuthenticError where it does not open."""
    bound_to = bind("catalogue", keyring.head.vault, name.rpartition("/")[2])
    try:
        return msgspec.json.decode(keyring.catalogue.open(store.get(name), bound_to), type=_Chunk)
    except msgspec.MsgspecError:
        raise NotAuthenticError from None


def entry_of(episode: Episode, keyring: Keyring) -> EpisodeEntry:
    content = episode.content
    return EpisodeEntry(
        id=content.id,
        patient_folder=episode.patient_folder,
        who=PatientRow.of(episode.patient),
        opened_at=content.opened_at,
        pathway=content.outcome.pathway,
        route=content.outcome.route,
        route_name=content.outcome.route_name,
        sites=tuple(dict.fromkeys(lesion.site for lesion in content.lesions)),
        images=tuple((image.id, keyring.mark_of(image.sha256)) for image in content.originals),
    )
