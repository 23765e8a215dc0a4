"""Patient and episode keys: read back before anything depends on them, and never one station against another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.crypto.keys import Key
from core.records.layout import EpisodePlace
from core.storage.local import LocalStore
from core.storage.store import NotKeptError
from core.vault.place_keys import (
    KeyDamagedError,
    damaged_keys,
    ensure_episode_key,
    ensure_patient_key,
    episode_key,
    key_names,
    patient_key,
)

from ..storage.disks import ForgetfulStore
from .scene import Copy, QuickDisk, Scene, make_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def copy(scene: Scene, tmp_path: Path) -> Copy:
    return scene.copy(tmp_path / "copy")


@pytest.fixture
def place(scene: Scene) -> EpisodePlace:
    """Of a patient and an episode that are not there yet."""
    return EpisodePlace(scene.keyring.head.vault, "p" * 26, "e" * 26)


def test_a_key_is_made_once_and_found_again(copy: Copy, place: EpisodePlace) -> None:
    store, keyring = copy.store, copy.keyring
    deposit = keyring.deposit(store, copy.clock)
    assert patient_key(store, keyring, place.of_patient) is None
    patient = ensure_patient_key(store, keyring, place.of_patient, deposit)
    episode = ensure_episode_key(store, patient, place, deposit)
    assert ensure_patient_key(store, keyring, place.of_patient, deposit) == patient
    assert ensure_episode_key(store, patient, place, deposit) == episode
    for cold in (False, True):
        assert patient_key(store, keyring, place.of_patient, cold=cold) == patient
        assert episode_key(store, patient, place, cold=cold) == episode
    assert len(key_names(store, place)) == len(key_names(store, place.of_patient)) == 1
    assert patient != episode


def test_a_key_that_the_disk_did_not_keep_is_never_used(copy: Copy, place: EpisodePlace) -> None:
    store = ForgetfulStore(copy.folder)
    with pytest.raises(NotKeptError) as caught:
        ensure_patient_key(store, copy.keyring, place.of_patient, copy.keyring.deposit(store, copy.clock))
    assert caught.value.hint
    assert key_names(store, place.of_patient) == [], "nor does it stand in the way of the next one"
    good = copy.store
    assert ensure_patient_key(good, copy.keyring, place.of_patient, copy.keyring.deposit(good, copy.clock))


class LateStore(LocalStore):
    """Another station's store: it looked before we wrote, and writes after."""

    def list(self, prefix: str) -> Iterator[str]:
        return iter(())


def test_two_stations_that_meet_a_patient_at_the_same_moment_read_each_others_work(
    copy: Copy, place: EpisodePlace
) -> None:
    store, keyring = copy.store, copy.keyring
    for _ in range(4):  # whichever of the two keys has the smaller name
        late = LateStore(copy.folder, QuickDisk())
        ours = ensure_patient_key(store, keyring, place.of_patient, keyring.deposit(store, copy.clock))
        our_episode = ensure_episode_key(store, ours, place, keyring.deposit(store, copy.clock))
        theirs = ensure_patient_key(late, keyring, place.of_patient, keyring.deposit(late, copy.clock))
        their_place = EpisodePlace(place.vault, place.patient, "f" * 26)
        their_episode = ensure_episode_key(late, theirs, their_place, keyring.deposit(late, copy.clock))
        assert ours != theirs and len(key_names(store, place.of_patient)) == 2
        both = patient_key(store, keyring, place.of_patient)
        assert both is not None and set(both.each) == {*ours.each, *theirs.each}
        assert episode_key(store, both, place) == our_episode
        assert episode_key(store, both, their_place) == their_episode
        assert ensure_patient_key(store, keyring, place.of_patient, keyring.deposit(store, copy.clock)) == both
        for name in list(store.list(place.of_patient.folder)):
            store.delete(name)


def test_new_work_is_sealed_under_the_key_of_the_smallest_name(copy: Copy, place: EpisodePlace) -> None:
    store, patient, keys = copy.store, Key.random(), {}
    for id_ in ("c" * 26, "a" * 26, "b" * 26):
        keys[id_] = Key.random()
        store.put_new(place.key_name(id_), [patient.wrap(keys[id_], place.bound("key", id_))])
    found = episode_key(store, patient, place)
    assert found is not None and found.each == tuple(keys[id_] for id_ in sorted(keys))


def test_a_damaged_key_beside_a_whole_one_is_named_and_locks_nobody_out(copy: Copy, place: EpisodePlace) -> None:
    store, keyring = copy.store, copy.keyring
    patient = ensure_patient_key(store, keyring, place.of_patient, keyring.deposit(store, copy.clock))
    planted = place.of_patient.key_name("a" * 26)
    store.put_new(planted, [b"not a key"])
    assert patient_key(store, keyring, place.of_patient) == patient
    assert [error.name for error in damaged_keys(store, keyring.patients, place.of_patient)] == [planted]


def test_where_no_key_opens_none_is_made_in_its_place(copy: Copy, place: EpisodePlace) -> None:
    """A new key would make the old one's pictures look lost for good."""
    store, keyring = copy.store, copy.keyring
    store.put_new(place.of_patient.key_name("a" * 26), [b"damaged"])
    with pytest.raises(KeyDamagedError):
        ensure_patient_key(store, keyring, place.of_patient, keyring.deposit(store, copy.clock))
    assert len(key_names(store, place.of_patient)) == 1
