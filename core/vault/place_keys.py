"""Patient, episode and image keys: each an object of its own, wrapped under the one above."""

from ..access.keyring import Keyring
from ..crypto.keys import Key, NotAuthenticError, random_name
from ..errors import VaultError
from ..integrity.manifest import Deposit
from ..records.layout import EpisodePlace, PatientPlace, Place
from ..storage.store import ObjectStore

_SUFFIX = ".key"


class KeyDamagedError(VaultError):
    """A wrapped key does not open: changed, moved, or of another vault."""

    def __init__(self, name: str) -> None:
        super().__init__(f"A key of the vault is damaged ({name}).", "Restore this file from a backup.")
        self.name = name


def patient_key(store: ObjectStore, keyring: Keyring, place: PatientPlace) -> Key | None:
    """None where the vault does not know the patient. Of several the smallest counts (VAULT, Layout)."""
    return _find(store, keyring.patients, place)


def episode_key(store: ObjectStore, patient: Key, place: EpisodePlace) -> Key | None:
    """None where there is no such episode."""
    return _find(store, patient, place)


def ensure_patient_key(store: ObjectStore, keyring: Keyring, place: PatientPlace, deposit: Deposit) -> Key:
    """The patient's key, made now if there is none; durable when it returns."""
    return _find(store, keyring.patients, place) or _make(keyring.patients, place, deposit)


def ensure_episode_key(store: ObjectStore, patient: Key, place: EpisodePlace, deposit: Deposit) -> Key:
    return _find(store, patient, place) or _make(patient, place, deposit)


def key_names(store: ObjectStore, place: Place) -> list[str]:
    """Names of the key objects directly in the place's folder, sorted."""
    depth = place.folder.count("/") + 1
    names = (name for name in store.list(place.folder) if name.endswith(_SUFFIX) and name.count("/") == depth)
    return sorted(names)


def unwrap(store: ObjectStore, wrapping: Key, place: Place, name: str) -> Key:
    """Raises KeyDamagedError."""
    id_ = name.rpartition("/")[2].removesuffix(_SUFFIX)
    try:
        return wrapping.unwrap(store.get(name), place.bound("key", id_))
    except NotAuthenticError:
        raise KeyDamagedError(name) from None


def _find(store: ObjectStore, wrapping: Key, place: Place) -> Key | None:
    names = key_names(store, place)
    return unwrap(store, wrapping, place, names[0]) if names else None


def _make(wrapping: Key, place: Place, deposit: Deposit) -> Key:
    id_, key = random_name(), Key.random()
    deposit.put(place.key_name(id_), [wrapping.wrap(key, place.bound("key", id_))])
    return key
