"""Patient and episode keys: each an object of its own, wrapped under the one above.

Two stations may each make a key for the same place at the same moment: all of
them count, and what is written from then on is sealed under the one of the
smallest name. Whoever is about to seal, or to prove what was sealed, has keys
that were read back from the disk itself (cold); who only looks something up need not.
"""

from collections.abc import Iterator

from ..access.keyring import Keyring
from ..crypto.keys import AnyKey, Key, Keys, NotAuthenticError, random_name
from ..errors import VaultError
from ..integrity.manifest import Deposit
from ..records.layout import EpisodePlace, PatientPlace, Place
from ..storage.store import ObjectStore, read_cold

_SUFFIX = ".key"


class KeyDamagedError(VaultError):
    """A wrapped key does not open: changed, moved, or of another vault."""

    def __init__(self, name: str) -> None:
        super().__init__(f"A key of the vault is damaged ({name}).", "Restore this file from a backup.")
        self.name = name


def patient_key(store: ObjectStore, keyring: Keyring, place: PatientPlace, *, cold: bool = False) -> Keys | None:
    """None where the vault does not know the patient. Raises KeyDamagedError where no key of it opens."""
    return _find(store, keyring.patients, place, cold=cold)


def episode_key(store: ObjectStore, patient: AnyKey, place: EpisodePlace, *, cold: bool = False) -> Keys | None:
    """None where there is no such episode. Raises KeyDamagedError where no key of it opens."""
    return _find(store, patient, place, cold=cold)


def ensure_patient_key(store: ObjectStore, keyring: Keyring, place: PatientPlace, deposit: Deposit) -> Keys:
    """The patient's key, made now if there is none; durable, and read back from the disk, when it returns."""
    return _ensure(store, keyring.patients, place, deposit)


def ensure_episode_key(store: ObjectStore, patient: AnyKey, place: EpisodePlace, deposit: Deposit) -> Keys:
    return _ensure(store, patient, place, deposit)


def key_names(store: ObjectStore, place: Place) -> list[str]:
    """Names of the key objects directly in the place's folder, sorted."""
    depth = place.folder.count("/") + 1
    names = (name for name in store.list(place.folder) if name.endswith(_SUFFIX) and name.count("/") == depth)
    return sorted(names)


def damaged_keys(store: ObjectStore, wrapping: AnyKey, place: Place) -> Iterator[KeyDamagedError]:
    """One for each key object of the place that does not open, though others may."""
    for name in key_names(store, place):
        try:
            _unwrap(store, wrapping, place, name, cold=True)
        except KeyDamagedError as error:
            yield error


def _find(store: ObjectStore, wrapping: AnyKey, place: Place, *, cold: bool) -> Keys | None:
    found, damaged = [], []
    for name in key_names(store, place):
        try:
            found.append(_unwrap(store, wrapping, place, name, cold=cold))
        except KeyDamagedError as error:
            damaged.append(error)  # another one may open; vault check names this one
    if damaged and not found:
        raise damaged[0]
    return Keys(tuple(found)) if found else None


def _ensure(store: ObjectStore, wrapping: AnyKey, place: Place, deposit: Deposit) -> Keys:
    found = _find(store, wrapping, place, cold=True)
    if found is not None:
        return found
    id_, key = random_name(), Key.random()
    deposit.put_kept(place.key_name(id_), wrapping.wrap(key, place.bound("key", id_)))
    return Keys((key,))


def _unwrap(store: ObjectStore, wrapping: AnyKey, place: Place, name: str, *, cold: bool) -> Key:
    id_ = name.rpartition("/")[2].removesuffix(_SUFFIX)
    raw = read_cold(store, name) if cold else store.get(name)
    try:
        return wrapping.unwrap(raw, place.bound("key", id_))
    except NotAuthenticError:
        raise KeyDamagedError(name) from None
