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
from ..follow_up.waiting import Waiting, waiting_in
from ..integrity.manifest import ManifestDamagedError, manifest_names, read_manifest
from ..model.patient import Patient
from ..pathway.outcome import Route
from ..storage.store import ObjectMissingError, ObjectStore
from .document import RECORD_SUFFIX
from .episode import Episode, PatientRow
from .layout import FOLDER as PATIENTS

FOLDER = "catalogue"
COMPACT_ABOVE = 64
_BEGINNING = 8
"""Characters of a record's id, 40 bits: enough to tell the few of one episode and its patient apart."""


class EpisodeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a search shows of an episode.

    images: (id, mark): the mark recognises the same picture again. route: the one that
    holds now. waiting: what it waits for. records: beginnings of the ids of the records
    that this was made from, the patient's too, one behind the other.
    """

    id: str
    patient_folder: str
    who: PatientRow
    opened_at: datetime
    pathway: str
    route: Route
    route_name: str
    sites: tuple[str, ...]
    images: tuple[tuple[str, str], ...]
    waiting: tuple[Waiting, ...]
    records: str

    @property
    def patient(self) -> Patient:
        return self.who.patient

    @property
    def pictures(self) -> int:
        return len(self.images)

    def knows_all_of(self, other: "EpisodeEntry") -> bool:
        """Whether it was made from every record that the other was made from."""
        return _beginnings(other.records) <= _beginnings(self.records)


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
        Two chunks may tell of one episode, each of what the other does not know, because
        two stations wrote at one moment: then the documents are asked too.
        """
        disputed: set[tuple[str, str]] = set()
        for name in set(self._store.list(FOLDER)) - self._chunks:
            self._chunks.add(name)
            chunk = self._open(name)
            if chunk is not None:
                disputed |= {(entry.patient_folder, entry.id) for entry in chunk.entries if not self._take(entry)}
                self._covered.update(chunk.manifests)
        uncovered = {name: self._places_of(name) for name in set(manifest_names(self._store)) - self._seen}
        entries = {place: read(*place) for place in sorted(disputed.union(*uncovered.values()))}
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
        """One that was read from the documents just now."""
        self._entries[entry.id] = entry

    def _take(self, entry: EpisodeEntry) -> bool:
        """The one that knows more. False where neither knows all of the other."""
        known = self._entries.get(entry.id)
        if known is None or entry.knows_all_of(known):
            self._entries[entry.id] = entry
            return True
        return known.knows_all_of(entry)

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
        places = [name.split("/") for name in names if name.startswith(f"{PATIENTS}/")]
        of_patients = {parts[1] for parts in places if len(parts) == 3 and parts[2].endswith(RECORD_SUFFIX)}
        within = {(parts[1], parts[2]) for parts in places if len(parts) == 4}
        return within | {place for folder in of_patients for place in self._episodes_of(folder)}

    def _episodes_of(self, folder: str) -> set[tuple[str, str]]:
        """All of a patient: what is written of the patient counts for each."""
        places = (name.split("/") for name in self._store.list(f"{PATIENTS}/{folder}"))
        return {(folder, parts[2]) for parts in places if len(parts) == 4}

    def _bound(self, id_: str) -> bytes:
        return bind("catalogue", self._keyring.head.vault, id_)


def open_chunk(store: ObjectStore, keyring: Keyring, name: str) -> _Chunk:
    """Raises NotAuthenticError where it does not open."""
    bound_to = bind("catalogue", keyring.head.vault, name.rpartition("/")[2])
    try:
        return msgspec.json.decode(keyring.catalogue.open(store.get(name), bound_to), type=_Chunk)
    except msgspec.MsgspecError:
        raise NotAuthenticError from None


def _beginnings(records: str) -> set[str]:
    return {records[at : at + _BEGINNING] for at in range(0, len(records), _BEGINNING)}


def entry_of(episode: Episode, keyring: Keyring, record_ids: Iterable[str]) -> EpisodeEntry:
    """record_ids: of the records of the episode and of its patient that were read for this, all of them."""
    content, course = episode.content, episode.content.course
    opened_on = content.opened_at.astimezone().date()
    return EpisodeEntry(
        id=content.id,
        patient_folder=episode.patient_folder,
        who=PatientRow.of(episode.patient),
        opened_at=content.opened_at,
        pathway=content.outcome.pathway,
        route=course.outcome.route,
        route_name=course.outcome.route_name,
        sites=tuple(dict.fromkeys(lesion.site for lesion in content.lesions)),
        images=tuple((image.id, keyring.mark_of(image.sha256)) for image in content.originals),
        waiting=waiting_in(course, opened_on, has_pictures=bool(content.images)),
        records="".join(sorted(id_[:_BEGINNING] for id_ in record_ids)),
    )
