"""The one way out: byte for byte, told to the log first, never over a file, never into the vault or onto a card."""

import hashlib
import os
import stat
from pathlib import Path

import pytest

from core.audit.events import Event, EventKind, LoggedEvent
from core.audit.log import read_log
from core.errors import RuleRefusedError, VaultError, WrongUseError
from core.records.episode import Episode
from core.vault.export import export_pictures
from core.vault.vault import Vault

from ...support.intakes import ROSE
from .scene import Copy, Scene, make_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("export"))


@pytest.fixture
def copy(scene: Scene, tmp_path: Path) -> Copy:
    return scene.copy(tmp_path / "copy")


@pytest.fixture
def vault(copy: Copy) -> Vault:
    return copy.open()


@pytest.fixture
def episode(vault: Vault) -> Episode:
    return vault.episode(vault.find(number=ROSE.number)[0].id)


def exports_told(vault: Vault) -> list[Event]:
    head, audit = vault.keyring.head, vault.keyring.audit
    entries = [entry for entry in read_log(vault.store, head, audit) if isinstance(entry, LoggedEvent)]
    return [entry.event for entry in entries if entry.event.kind is EventKind.PICTURES_EXPORTED]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_every_picture_comes_out_byte_for_byte(
    scene: Scene, copy: Copy, vault: Vault, episode: Episode, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "out"
    written = export_pictures(vault, episode, folder, vault_folder=copy.folder)
    assert [path for _, path in written] == files(folder)
    assert [path.name for _, path in written] == [f"{episode.id[:8]}-{number:02}.jpg" for number in (1, 2, 3)]
    assert sorted(path.read_bytes() for _, path in written) == sorted(scene.pictures[:3])
    for image, path in written:
        assert hashlib.sha256(path.read_bytes()).hexdigest() == image.sha256
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_log_tells_which_pictures_left(copy: Copy, vault: Vault, episode: Episode, tmp_path: Path) -> None:
    assert exports_told(vault) == []
    export_pictures(vault, episode, tmp_path / "out", vault_folder=copy.folder)
    (event,) = exports_told(vault)
    assert event.subjects == (episode.id, *(image.id for image in episode.content.images))
    assert (event.staff, event.counts) == ("a.jones", (("pictures", 3),))


def test_what_the_log_cannot_tell_does_not_leave(copy: Copy, vault: Vault, episode: Episode, tmp_path: Path) -> None:
    copy.put(f"audit/{vault.station.id}/000000/{len(list(copy.store.list('audit'))) + 1:09}.planted", b"{}")
    with pytest.raises(VaultError, match="did not write"):
        export_pictures(vault, episode, tmp_path / "out", vault_folder=copy.folder)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("where", ["", "patients", "new/folder", "link", "link/below", "../vault"])
def test_nothing_is_put_into_the_vault(copy: Copy, vault: Vault, episode: Episode, tmp_path: Path, where: str) -> None:
    (tmp_path / "link").symlink_to(copy.folder)
    folder = tmp_path / where if where.startswith("link") else copy.folder / where
    before = files(copy.folder)
    with pytest.raises(RuleRefusedError, match="inside the vault"):
        export_pictures(vault, episode, folder, vault_folder=copy.folder)
    assert files(copy.folder) == before and exports_told(vault) == []


@pytest.mark.parametrize("where", ["", "DCIM", "DCIM/100DERMA", "new"])
def test_nothing_is_put_onto_a_card(copy: Copy, vault: Vault, episode: Episode, tmp_path: Path, where: str) -> None:
    card = tmp_path / "card"
    (card / "DCIM" / "100DERMA").mkdir(parents=True)
    with pytest.raises(RuleRefusedError, match="on a card"):
        export_pictures(vault, episode, card / where, vault_folder=copy.folder)
    assert files(card) == [] and exports_told(vault) == []


@pytest.mark.parametrize("there", ["file", "link", "dangling link", "folder"])
def test_nothing_is_written_over(copy: Copy, vault: Vault, episode: Episode, tmp_path: Path, there: str) -> None:
    folder, victim = tmp_path / "out", tmp_path / "victim"
    folder.mkdir()
    victim.write_bytes(b"somebody's work")
    second = folder / f"{episode.id[:8]}-02.jpg"
    if there == "file":
        second.write_bytes(b"somebody's work")
    elif there == "folder":
        second.mkdir()
    else:
        second.symlink_to(victim if there == "link" else tmp_path / "nowhere")
    with pytest.raises(WrongUseError, match="is there already"):
        export_pictures(vault, episode, folder, vault_folder=copy.folder)
    assert os.listdir(folder) == [second.name], "nor was any other picture"  # noqa: PTH208 -- names are compared
    assert victim.read_bytes() == b"somebody's work" and not (tmp_path / "nowhere").exists()
    assert exports_told(vault) == []


def test_a_folder_that_cannot_be_made_is_told(copy: Copy, vault: Vault, episode: Episode, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WrongUseError, match="cannot be written"):
        export_pictures(vault, episode, tmp_path / "file" / "out", vault_folder=copy.folder)


def test_a_damaged_picture_leaves_no_file(copy: Copy, vault: Vault, episode: Episode, tmp_path: Path) -> None:
    image = episode.content.images[1]
    name = f"patients/{episode.patient_folder}/{episode.id}/{image.id}.image"
    raw = copy.store.get(name)
    copy.put(name, raw[:-1] + bytes([raw[-1] ^ 1]))
    with pytest.raises(VaultError, match="damaged"):
        export_pictures(vault, episode, tmp_path / "out", vault_folder=copy.folder)
    assert [path.name for path in files(tmp_path / "out")] == [f"{episode.id[:8]}-01.jpg"]
