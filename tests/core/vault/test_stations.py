"""Two stations, one vault, one patient: nothing is overwritten, everybody reads everything."""

import dataclasses
from pathlib import Path

import pytest

from core.audit.station import this_station
from core.card.card import Inventory
from core.card.identity import look_at
from core.card.inventory import take_inventory
from core.intake.conduct import move, unfinished
from core.model.patient import NhsNumber
from core.progress import Progress
from core.vault.check import check_vault
from core.vault.journal import open_moves
from core.vault.vault import Vault, open_vault

from ...support.cards import fill_card
from ...support.intakes import ROSE, intake_of
from .scene import Copy, Scene, make_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("stations"))


@pytest.fixture
def copy(scene: Scene, tmp_path: Path) -> Copy:
    return scene.copy(tmp_path / "copy")


def card(base: Path, *, seed: int) -> tuple[Inventory, list[bytes]]:
    files = fill_card(base, 2, first_seed=seed, size=(64, 64))
    return take_inventory(look_at(base, configured=True)), [file.read_bytes() for file in files]


def pictures_of(vault: Vault, patient: object) -> list[bytes]:
    episodes = [vault.episode(entry.id) for entry in vault.find() if entry.patient == patient]
    return sorted(vault.read_picture(e, image) for e in episodes for image in e.content.images)


@pytest.mark.parametrize("stage", ["Sealing", "Verifying", "Erasing"])
def test_a_move_in_the_middle_of_another_of_the_same_new_patient(copy: Copy, tmp_path: Path, stage: str) -> None:
    """The second station begins and ends while the first is between two steps."""
    newcomer = dataclasses.replace(ROSE, number=NhsNumber("9990001111"), family_name="Newcomb")
    ours = copy.open()
    theirs = open_vault(copy.store, copy.keyring, this_station(tmp_path / "second"), copy.clock)
    first, first_pictures = card(tmp_path / "card one", seed=20)
    second, second_pictures = card(tmp_path / "card two", seed=30)
    done: list[bool] = []

    def interrupt(progress: Progress) -> None:
        if progress.stage == stage and not done:
            done.append(True)
            receipt = move([intake_of(second.pictures, newcomer)], [], second, theirs)
            assert (receipt.sealed, receipt.erased) == (2, 2)

    receipt = move([intake_of(first.pictures, newcomer)], [], first, ours, report=interrupt)
    assert (receipt.sealed, receipt.erased, done) == (2, 2, [True])
    expected = sorted(first_pictures + second_pictures)
    for vault in (ours, theirs, open_vault(copy.store, copy.keyring, this_station(tmp_path / "third"), copy.clock)):
        assert pictures_of(vault, newcomer) == expected
        assert {entry.patient_folder for entry in vault.find(number=newcomer.number)} == {
            copy.keyring.folder_of(newcomer.number)
        }
    assert len(unfinished(ours)) == len(list(open_moves(copy.store))) == 1, "that of the scene"
    assert check_vault(ours, full=True) == () == check_vault(theirs, full=True)


def test_each_station_has_a_chain_of_its_own_and_sees_the_others(copy: Copy, tmp_path: Path) -> None:
    ours = copy.open()
    theirs = open_vault(copy.store, copy.keyring, this_station(tmp_path / "second"), copy.clock)
    for vault in (ours, theirs, ours, theirs):
        assert check_vault(vault) == ()
    assert set(ours.station.known_stations(copy.keyring.head.vault)) == {ours.station.id, theirs.station.id}
    theirs_last = sorted(copy.store.list(f"audit/{theirs.station.id}"))[-1]
    check_vault(ours)
    (copy.folder / theirs_last).unlink()
    assert [finding.object_name for finding in check_vault(ours)] == [f"audit/{theirs.station.id}"]
