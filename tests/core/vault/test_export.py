"""The one way out: without metadata, told to the log first, never over a file, into the vault or onto a card."""

import hashlib
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from core.audit.events import Event, EventKind, LoggedEvent
from core.audit.log import read_log
from core.card.identity import look_at
from core.card.inventory import take_inventory
from core.consent.withdrawal import Tier
from core.errors import RuleRefusedError, VaultError, WrongUseError
from core.follow_up.acts import Withdrawn
from core.intake.conduct import move
from core.model.picture import CoverBox
from core.photo.covering import covered_copy
from core.photo.derivative.bare_copy import bare_copy
from core.photo.opening import open_untrusted
from core.records.episode import Episode
from core.vault.export import export_pictures
from core.vault.follow_up import record_act
from core.vault.vault import Vault

from ...support.cards import fill_card
from ...support.intakes import ROSE, intake_of
from ...support.vaults import make_vault
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


def test_every_picture_comes_out_without_metadata(
    scene: Scene, copy: Copy, vault: Vault, episode: Episode, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "out"
    written = export_pictures(vault, episode, folder, vault_folder=copy.folder)
    assert [each.file for each in written] == files(folder)
    assert [each.file.name for each in written] == [f"{episode.id[:8]}-{number:02}.jpg" for number in (1, 2, 3)]
    sealed = {hashlib.sha256(picture).hexdigest(): picture for picture in scene.pictures}
    for each in written:
        content = each.file.read_bytes()
        assert content == bare_copy(sealed[each.image.sha256]).content
        assert open_untrusted(content).facts == replace(open_untrusted(content).facts, make="", model="", traces=())
        assert (hashlib.sha256(content).hexdigest(), each.remark) == (each.sha256, "")
        assert stat.S_IMODE(each.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_originals_come_out_byte_for_byte(
    scene: Scene, copy: Copy, vault: Vault, episode: Episode, tmp_path: Path
) -> None:
    written = export_pictures(vault, episode, tmp_path / "out", vault_folder=copy.folder, originals=True)
    assert sorted(each.file.read_bytes() for each in written) == sorted(scene.pictures[:3])
    for each in written:
        assert each.sha256 == each.image.sha256 == hashlib.sha256(each.file.read_bytes()).hexdigest()


def test_of_a_covered_picture_only_the_covered_copy_comes_out(tmp_path: Path) -> None:
    place, card = make_vault(tmp_path / "place"), tmp_path / "card"
    (file, _) = fill_card(card, 2)
    original = file.read_bytes()
    inventory = take_inventory(look_at(card, configured=True))
    box = CoverBox(10, 20, 60, 50)
    intake = intake_of(inventory.pictures, cover={hashlib.sha256(original).hexdigest(): (box,)})
    receipt = move([intake], [], inventory, place.open())
    vault = place.open()
    episode = vault.episode(receipt.episodes[0])
    (covered, plain) = export_pictures(vault, episode, tmp_path / "out", vault_folder=place.folder)
    assert [each.file.name[9:] for each in (covered, plain)] == ["02-covered.png", "03.jpg"]
    assert bare_copy(covered.file.read_bytes()) == bare_copy(covered_copy(original, [box]))
    assert exports_told(vault)[-1].subjects == (episode.id, covered.image.id, plain.image.id)
    everything = export_pictures(vault, episode, tmp_path / "all", vault_folder=place.folder, originals=True)
    assert [each.file.name[9:] for each in everything] == ["01.jpg", "02-covered.png", "03.jpg"]
    assert everything[0].file.read_bytes() == original


def test_a_picture_that_is_built_oddly_comes_out_as_a_png_and_says_why(tmp_path: Path) -> None:
    place, card = make_vault(tmp_path / "place"), tmp_path / "card"
    (file,) = fill_card(card, 1)
    original = file.read_bytes()
    at = original.index(b"\xff\xdb")
    file.write_bytes(original[:at] + b"stray" + original[at:])
    inventory = take_inventory(look_at(card, configured=True))
    receipt = move([intake_of(inventory.pictures)], [], inventory, place.open())
    vault = place.open()
    (written,) = export_pictures(vault, vault.episode(receipt.episodes[0]), tmp_path / "out", vault_folder=place.folder)
    assert (written.file.suffix, written.remark) == (".png", "there are stray bytes in it")


@pytest.mark.parametrize("originals", [False, True])
def test_the_log_tells_which_pictures_left(
    copy: Copy, vault: Vault, episode: Episode, tmp_path: Path, originals: bool
) -> None:
    assert exports_told(vault) == []
    export_pictures(vault, episode, tmp_path / "out", vault_folder=copy.folder, originals=originals)
    (event,) = exports_told(vault)
    assert event.subjects == (episode.id, *(image.id for image in episode.content.images))
    assert event.staff == "a.jones"
    assert dict(event.counts) == ({"pictures": 3, "originals": 3} if originals else {"pictures": 3})


@pytest.mark.parametrize("originals", [False, True])
def test_after_consent_for_care_was_withdrawn_nothing_leaves(
    copy: Copy, vault: Vault, episode: Episode, tmp_path: Path, originals: bool
) -> None:
    record_act(vault, episode, Withdrawn((Tier.TEACHING,), "the patient"))
    export_pictures(vault, vault.episode(episode.id), tmp_path / "before", vault_folder=copy.folder)
    told = exports_told(vault)
    record_act(vault, episode, Withdrawn((Tier.CARE,), "the patient"))
    with pytest.raises(RuleRefusedError, match=r"withdrawn on \d\d \w+ \d{4}: nothing more is sent"):
        export_pictures(
            vault, vault.episode(episode.id), tmp_path / "out", vault_folder=copy.folder, originals=originals
        )
    assert not (tmp_path / "out").exists()
    assert exports_told(vault) == told


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


@pytest.mark.parametrize(("originals", "suffix"), [(False, "jpg"), (False, "png"), (True, "jpg")])
@pytest.mark.parametrize("there", ["file", "link", "dangling link", "folder"])
def test_nothing_is_written_over(
    copy: Copy, vault: Vault, episode: Episode, tmp_path: Path, there: str, originals: bool, suffix: str
) -> None:
    folder, victim = tmp_path / "out", tmp_path / "victim"
    folder.mkdir()
    victim.write_bytes(b"somebody's work")
    second = folder / f"{episode.id[:8]}-02.{suffix}"
    if there == "file":
        second.write_bytes(b"somebody's work")
    elif there == "folder":
        second.mkdir()
    else:
        second.symlink_to(victim if there == "link" else tmp_path / "nowhere")
    with pytest.raises(WrongUseError, match="is there already"):
        export_pictures(vault, episode, folder, vault_folder=copy.folder, originals=originals)
    assert os.listdir(folder) == [second.name], "nor was any other picture"  # noqa: PTH208 -- names are compared
    assert victim.read_bytes() == b"somebody's work" and not (tmp_path / "nowhere").exists()
    assert exports_told(vault) == []


def test_a_folder_that_cannot_be_made_is_told(copy: Copy, vault: Vault, episode: Episode, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WrongUseError, match="cannot be written"):
        export_pictures(vault, episode, tmp_path / "file" / "out", vault_folder=copy.folder)


@pytest.mark.parametrize("originals", [False, True])
def test_a_damaged_picture_leaves_no_file(
    copy: Copy, vault: Vault, episode: Episode, tmp_path: Path, originals: bool
) -> None:
    image = episode.content.images[1]
    name = f"patients/{episode.patient_folder}/{episode.id}/{image.id}.image"
    raw = copy.store.get(name)
    copy.put(name, raw[:-1] + bytes([raw[-1] ^ 1]))
    with pytest.raises(VaultError, match="damaged"):
        export_pictures(vault, episode, tmp_path / "out", vault_folder=copy.folder, originals=originals)
    assert [path.name for path in files(tmp_path / "out")] == [f"{episode.id[:8]}-01.jpg"]
