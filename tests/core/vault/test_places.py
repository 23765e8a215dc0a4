"""Nothing opens in another's place: pictures, keys and documents between patients, episodes and names."""

import hashlib
from pathlib import Path

import pytest

from core.errors import VaultError
from core.records.episode import Episode
from core.records.layout import EpisodePlace
from core.vault.place_keys import KeyDamagedError
from core.vault.seal import Sealed
from core.vault.vault import Vault
from core.vault.verify import NotVerifiedError, verify

from ...support.intakes import ROSE, TOM
from .scene import Copy, Scene, make_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("places"))


@pytest.fixture
def copy(scene: Scene, tmp_path: Path) -> Copy:
    return scene.copy(tmp_path / "copy")


def episodes(vault: Vault) -> tuple[Episode, Episode]:
    """Rose's and Tom's."""
    rose, tom = (vault.find(number=patient.number)[0].id for patient in (ROSE, TOM))
    return vault.episode(rose), vault.episode(tom)


def place_of(vault: Vault, episode: Episode) -> EpisodePlace:
    return EpisodePlace(vault.keyring.head.vault, episode.patient_folder, episode.id)


def swap(copy: Copy, one: str, other: str) -> None:
    first, second = copy.store.get(one), copy.store.get(other)
    copy.put(one, second)
    copy.put(other, first)


def opens(vault: Vault, episode: Episode, number: int) -> bytes:
    return vault.read_picture(episode, episode.content.images[number])


def test_every_picture_opens_in_its_own_place(scene: Scene, copy: Copy) -> None:
    vault = copy.open()
    read = [opens(vault, episode, n) for episode in episodes(vault) for n in range(len(episode.content.images))]
    assert sorted(read) == sorted(scene.pictures)


@pytest.mark.parametrize("with_key", [False, True], ids=["alone", "with its key"])
def test_a_picture_in_another_patients_folder_does_not_open(copy: Copy, with_key: bool) -> None:
    vault = copy.open()
    rose, tom = episodes(vault)
    there, here = place_of(vault, rose), place_of(vault, tom)
    taken, victim = rose.content.images[0], tom.content.images[0]
    copy.put(here.image_name(victim.id), vault.store.get(there.image_name(taken.id)))
    if with_key:
        copy.put(here.image_key_name(victim.id), vault.store.get(there.image_key_name(taken.id)))
    with pytest.raises(VaultError):
        opens(vault, tom, 0)
    with pytest.raises(NotVerifiedError):
        verify(Sealed(here, victim.id, taken.sha256, taken.size, None), vault.key_of(here), vault.store)


def test_a_whole_episode_in_another_patients_folder_does_not_open(copy: Copy) -> None:
    vault = copy.open()
    rose, tom = episodes(vault)
    for name in list(vault.store.list(place_of(vault, rose).folder)):
        copy.put(f"patients/{tom.patient_folder}/{name.partition('/')[2].partition('/')[2]}", vault.store.get(name))
    moved = EpisodePlace(vault.keyring.head.vault, tom.patient_folder, rose.id)
    with pytest.raises(KeyDamagedError):
        vault.key_of(moved)
    assert [entry.pictures for entry in copy.open().find(number=TOM.number)] == [2]


def test_a_whole_patient_under_another_folder_name_does_not_open(copy: Copy) -> None:
    vault = copy.open()
    rose, tom = episodes(vault)
    (copy.folder / "patients" / tom.patient_folder).rename(copy.folder / "away")
    for name in list(vault.store.list(f"patients/{rose.patient_folder}")):
        copy.put(name.replace(rose.patient_folder, tom.patient_folder), vault.store.get(name))
    with pytest.raises(KeyDamagedError):
        vault.find_patient(TOM.number)


@pytest.mark.parametrize("with_keys", [False, True], ids=["alone", "with their keys"])
def test_two_pictures_of_one_episode_do_not_open_for_each_other(copy: Copy, with_keys: bool) -> None:
    vault = copy.open()
    rose, _ = episodes(vault)
    place, (one, other, third) = place_of(vault, rose), rose.content.images
    swap(copy, place.image_name(one.id), place.image_name(other.id))
    if with_keys:
        swap(copy, place.image_key_name(one.id), place.image_key_name(other.id))
    for number in (0, 1):
        with pytest.raises(VaultError):
            opens(vault, rose, number)
    assert hashlib.sha256(opens(vault, rose, 2)).hexdigest() == third.sha256


def test_a_picture_renamed_does_not_open(copy: Copy) -> None:
    vault = copy.open()
    rose, _ = episodes(vault)
    place, image = place_of(vault, rose), rose.content.images[0]
    renamed = "a" * 26
    copy.put(place.image_name(renamed), vault.store.get(place.image_name(image.id)))
    copy.put(place.image_key_name(renamed), vault.store.get(place.image_key_name(image.id)))
    with pytest.raises(NotVerifiedError):
        verify(Sealed(place, renamed, image.sha256, image.size, None), vault.key_of(place), vault.store)


def test_keys_of_two_episodes_do_not_open_for_each_other(copy: Copy) -> None:
    vault = copy.open()
    places = [place_of(vault, episode) for episode in episodes(vault)]
    swap(copy, *(next(n for n in vault.store.list(place.folder) if n.endswith(".key")) for place in places))
    for place in places:
        with pytest.raises(KeyDamagedError):
            vault.key_of(place)
