"""The catalogue: it can be lost, damaged or old, and what it says is always what the documents say."""

import shutil
from pathlib import Path

import pytest

from core.audit.station import this_station
from core.records.catalogue import COMPACT_ABOVE, Catalogue, EpisodeEntry, open_chunk
from core.vault.vault import Vault, open_vault

from ...support.intakes import ROSE, TOM
from ..vault.scene import Copy, Scene, flipped, make_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture
def copy(scene: Scene, tmp_path: Path) -> Copy:
    return scene.copy(tmp_path / "copy")


def entries(vault: Vault) -> dict[str, EpisodeEntry]:
    return {entry.id: entry for entry in vault.find()}


def from_documents(vault: Vault) -> dict[str, EpisodeEntry | None]:
    return {id_: vault.read_entry(entry.patient_folder, id_) for id_, entry in entries(vault).items()}


def chunks(copy: Copy) -> list[str]:
    return sorted(copy.store.list("catalogue"))


def test_rebuilt_from_the_documents_it_is_what_it_was(copy: Copy) -> None:
    before = entries(copy.open())
    assert len(before) == 2 and before == from_documents(copy.open())
    shutil.rmtree(copy.folder / "catalogue")
    assert entries(copy.open()) == before


def test_a_part_that_is_lost_or_damaged_is_read_anew(copy: Copy) -> None:
    before = entries(copy.open())
    for name in chunks(copy):
        raw = copy.store.get(name)
        for content in (b"", raw[:-1], flipped(raw, 0, 0), flipped(raw, len(raw) // 2, 3), raw + b"\0"):
            copy.put(name, content)
            assert entries(copy.open()) == before
        (copy.folder / name).unlink()
        assert entries(copy.open()) == before
        copy.put(name, raw)


def test_a_part_under_another_name_does_not_open(copy: Copy) -> None:
    before, names = entries(copy.open()), chunks(copy)
    first, second = (copy.store.get(name) for name in names[:2])
    copy.put(names[0], second)
    copy.put(names[1], first)
    assert entries(copy.open()) == before


def test_with_a_damaged_manifest_and_no_catalogue_everything_is_still_found(copy: Copy) -> None:
    before = entries(copy.open())
    shutil.rmtree(copy.folder / "catalogue")
    for name in list(copy.store.list("manifests")):
        raw = copy.store.get(name)
        copy.put(name, raw[:-1])
        assert entries(copy.open()) == before
        copy.put(name, raw)
    copy.put("manifests/.DS_Store", b"\0\xff")
    assert entries(copy.open()) == before


def test_one_damaged_episode_keeps_nobody_out_of_the_others(copy: Copy) -> None:
    vault = copy.open()
    rose, tom = (vault.find(number=patient.number)[0] for patient in (ROSE, TOM))
    shutil.rmtree(copy.folder / "catalogue")
    names = list(copy.store.list(f"patients/{rose.patient_folder}/{rose.id}"))
    for name in (next(n for n in names if n.endswith(".record")), next(n for n in names if n.endswith(".key"))):
        raw = copy.store.get(name)
        copy.put(name, flipped(raw, len(raw) // 2, 1))
        reopened = copy.open()
        assert entries(reopened) == {tom.id: tom}
        copy.put(name, raw)
        assert entries(reopened) == {rose.id: rose, tom.id: tom}, "looked at again as soon as it is back"


def test_what_another_station_seals_is_found_without_a_new_start(copy: Copy) -> None:
    ours = copy.open()
    assert len(entries(ours)) == 2
    hidden = {name: copy.store.get(name) for name in copy.store.list("") if name.startswith(("catalogue", "manifests"))}
    for name in hidden:
        (copy.folder / name).unlink()
    late = open_vault(copy.store, copy.keyring, this_station(copy.state), copy.clock)
    assert entries(late) == {}
    for name, raw in hidden.items():
        copy.put(name, raw)
    assert entries(late) == entries(ours)


def test_many_parts_become_one_and_say_the_same(copy: Copy) -> None:
    vault = copy.open()
    before = entries(vault)
    for number in range(COMPACT_ABOVE + 3):
        vault.catalogue.keep(f"manifests/{number}", tuple(before.values())[:1])
    assert len(chunks(copy)) < 10
    assert entries(copy.open()) == before
    covered = {m for name in chunks(copy) for m in open_chunk(copy.store, copy.keyring, name).manifests}
    assert covered >= set(copy.store.list("manifests"))


def test_an_episode_that_could_not_be_read_is_not_forgotten_when_parts_become_one(copy: Copy) -> None:
    vault = copy.open()
    rose = vault.find(number=ROSE.number)[0]
    shutil.rmtree(copy.folder / "catalogue")
    name = next(n for n in copy.store.list(f"patients/{rose.patient_folder}/{rose.id}") if n.endswith(".record"))
    raw = copy.store.get(name)
    copy.put(name, b"damaged")
    damaged = copy.open()
    for number in range(COMPACT_ABOVE + 3):
        damaged.catalogue.keep(f"manifests/{number}", ())
    copy.put(name, raw)
    assert entries(copy.open())[rose.id] == rose


def test_nothing_of_it_is_in_the_open(copy: Copy) -> None:
    raw = b"".join(copy.store.get(name) for name in chunks(copy))
    for text in (ROSE.family_name, TOM.given_name, "9990000018", "forearm", "manifests/"):
        assert text.encode() not in raw


def test_the_same_picture_is_known_again_by_its_mark_alone(copy: Copy) -> None:
    vault = copy.open()
    episode = vault.episode(vault.find(number=ROSE.number)[0].id)
    image = episode.content.images[0]
    assert vault.patient_with_picture(image.sha256) == ROSE
    assert vault.patient_with_picture("00" * 32) is None
    marks = [mark for entry in vault.find() for _, mark in entry.images]
    assert len(set(marks)) == 5 and image.sha256 not in marks
    assert isinstance(vault.catalogue, Catalogue)
