"""The check of a vault that is being worked in, was put back to an earlier day, or was mended."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.audit.events import EventKind, LoggedEvent
from core.audit.log import read_log
from core.audit.station import this_station
from core.errors import InterruptedByPersonError
from core.integrity.manifest import read_manifest
from core.progress import Progress
from core.storage.local import LocalStore
from core.vault.check import check_vault
from core.vault.vault import open_vault

from ...support.intakes import TOM
from .scene import Copy, QuickDisk, Scene, make_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("check"))


@pytest.fixture
def copy(scene: Scene, tmp_path: Path) -> Copy:
    return scene.copy(tmp_path / "copy")


def test_a_check_is_told_to_the_log_and_changes_nothing_else(copy: Copy) -> None:
    vault = copy.open()
    before = {name: copy.store.get(name) for name in copy.store.list("")}
    assert check_vault(vault) == ()
    after = {name: copy.store.get(name) for name in copy.store.list("")}
    assert before.items() <= after.items()
    assert [name.partition("/")[0] for name in after.keys() - before] == ["audit"]
    *_, last = (e for e in read_log(copy.store, copy.keyring.head, copy.keyring.audit) if isinstance(e, LoggedEvent))
    assert (last.event.kind, dict(last.event.counts)) == (EventKind.VAULT_CHECKED, {"findings": 0, "full": 0})


def test_it_says_how_far_it_is_and_stops_when_asked(copy: Copy) -> None:
    told: list[Progress] = []
    vault = copy.open()
    check_vault(vault, report=told.append)
    assert (told[0].done, told[-1].done) == (0, told[-1].total) and told[-1].total == len(told) - 1

    class Asked:
        is_cancelled = True

    with pytest.raises(InterruptedByPersonError, match="stopped"):
        check_vault(vault, cancellation=Asked())


class BusyStore(LocalStore):
    """Somebody else finishes a move between one list of the whole vault and the next."""

    def __init__(self, folder: Path, later: dict[str, bytes]) -> None:
        super().__init__(folder, QuickDisk())
        self._later, self.lists = later, 0

    def list(self, prefix: str) -> Iterator[str]:
        names = list(super().list(prefix))
        if prefix == "":
            self.lists += 1
            for name, content in self._later.items():
                path = self.folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            self._later = {}
        return iter(names)


def test_what_others_finish_meanwhile_is_no_finding(copy: Copy) -> None:
    vault = copy.open()
    tom = vault.find(number=TOM.number)[0]
    manifest = next(
        name
        for name in copy.store.list("manifests")
        if any(tom.id in stored.name for stored in read_manifest(copy.store, copy.keyring.head, name).objects)
    )
    names = {stored.name for stored in read_manifest(copy.store, copy.keyring.head, manifest).objects}
    later = {name: copy.store.get(name) for name in (*names, manifest)}
    shutil.copytree(copy.state, copy.state.with_name("other-state"))
    for name in later:
        (copy.folder / name).unlink()
    busy = BusyStore(copy.folder, later)
    vault = open_vault(busy, copy.keyring, this_station(copy.state.with_name("other-state")), copy.clock)
    assert check_vault(vault) == ()
    assert busy.lists >= 2


def test_a_vault_put_back_to_an_earlier_day_is_found_by_its_log(copy: Copy) -> None:
    """All that a move added is gone but for the log: what is left is whole in itself."""
    vault = copy.open()
    tom = vault.find(number=TOM.number)[0]
    for name in list(copy.store.list("manifests")):
        stored = read_manifest(copy.store, copy.keyring.head, name).objects
        if any(tom.id in each.name for each in stored):
            for each in stored:
                copy.store.delete(each.name)
            copy.store.delete(name)
    shutil.rmtree(copy.folder / "catalogue")
    shutil.rmtree(copy.folder / "journal")
    shutil.rmtree(copy.folder / "patients" / tom.patient_folder)
    findings = check_vault(copy.open())
    assert {tom.id, *(id_ for id_, _ in tom.images)} == {finding.object_name for finding in findings}
    assert all("put back" in finding.next_step for finding in findings)


def test_a_whole_vault_put_back_is_found_by_the_station_that_saw_the_newer_one(scene: Scene, tmp_path: Path) -> None:
    older = scene.copy(tmp_path / "older")
    newer = scene.copy(tmp_path / "newer")
    check_vault(newer.open())
    shutil.rmtree(older.state)
    shutil.copytree(newer.state, older.state)
    vault = open_vault(older.store, older.keyring, this_station(tmp_path / "elsewhere"), older.clock)
    assert check_vault(vault) == (), "a fresh station has seen nothing to compare with"
    found = check_vault(older.open())
    assert any(f"audit/{older.open().station.id}" in finding.object_name for finding in found)
    assert any("is broken before" in finding.what and "backup" in finding.next_step for finding in found)


def test_what_was_sealed_again_is_compared_with_the_newest_list_that_names_it(copy: Copy) -> None:
    vault = copy.open()
    image = next(name for name in copy.store.list("patients") if name.endswith(".image"))
    for content in (b"sealed again", b"and again"):
        copy.store.delete(image)
        deposit = vault.deposit()
        deposit.put(image, [content])
        deposit.sign()
    assert check_vault(vault) == ()
    copy.put(image, b"sealed again")
    assert [finding.object_name for finding in check_vault(vault)] == [image]
