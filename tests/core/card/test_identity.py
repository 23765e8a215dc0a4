import os
from dataclasses import replace
from pathlib import Path

import pytest

from core.card import identity
from core.card.card import FileSystem
from core.card.identity import is_present, look_at
from core.card.mounts import read_mounts
from core.errors import CardError
from tests.support.cards import fill_card


def test_a_folder_with_dcim_is_a_card(tmp_path: Path) -> None:
    fill_card(tmp_path, 1)
    card = look_at(tmp_path, configured=False)
    assert card.mount_point == tmp_path.resolve()
    assert card.device_number == tmp_path.stat().st_dev
    assert not card.configured
    assert is_present(card)


def test_dcim_counts_in_either_case_but_not_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "dcim").mkdir()
    assert look_at(tmp_path, configured=False)
    (tmp_path / "dcim").rmdir()
    (tmp_path / "DCIM").touch()
    with pytest.raises(CardError, match="a folder that is no card"):
        look_at(tmp_path, configured=False)


def test_a_configured_folder_is_a_card_whatever_it_holds(tmp_path: Path) -> None:
    card = look_at(tmp_path, configured=True)
    assert card.configured
    assert card.file_system is FileSystem.OTHER
    assert (card.label, card.serial) == ("", ""), "those are of the volume it lies on, not of the folder"


def test_a_link_to_a_card_is_that_card(tmp_path: Path) -> None:
    fill_card(tmp_path / "card", 1)
    (tmp_path / "link").symlink_to("card")
    assert look_at(tmp_path / "link", configured=True).mount_point == (tmp_path / "card").resolve()


@pytest.mark.parametrize("configured", [True, False])
def test_what_is_no_card_is_said_with_what_to_do(tmp_path: Path, configured: bool) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    for path, what in (
        (tmp_path / "gone", "There is no folder"),
        (tmp_path / "file", "is a file"),
        (tmp_path / "loop", "cannot be read"),
        (Path("/"), "this station itself"),
    ):
        with pytest.raises(CardError, match=what) as refused:
            look_at(path, configured=configured)
        assert refused.value.hint.endswith(".")
        assert refused.value.exit_code == 5


def test_a_folder_of_documents_is_no_card_unless_configured(tmp_path: Path) -> None:
    (tmp_path / "letter.odt").touch()
    with pytest.raises(CardError, match="a folder that is no card") as refused:
        look_at(tmp_path, configured=False)
    assert "card_folders" in refused.value.hint


def test_a_removable_volume_of_a_card_needs_no_dcim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = replace(read_mounts()[0], mount_point=tmp_path.resolve(), file_system="vfat")
    monkeypatch.setattr(identity, "mount_holding", lambda *_: here)
    monkeypatch.setattr(identity, "is_removable", lambda _: True)
    assert look_at(tmp_path, configured=False).file_system is FileSystem.FAT
    monkeypatch.setattr(identity, "mount_holding", lambda *_: replace(here, file_system="ext4"))
    with pytest.raises(CardError):
        look_at(tmp_path, configured=False)
    monkeypatch.setattr(identity, "mount_holding", lambda *_: replace(here, mount_point=tmp_path.resolve().parent))
    with pytest.raises(CardError):
        look_at(tmp_path, configured=False)


def test_a_configured_folder_has_the_file_system_it_lies_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = replace(read_mounts()[0], mount_point=Path("/media/EOS_DIGITAL"), file_system="exfat", source="none")
    monkeypatch.setattr(identity, "mount_holding", lambda *_: below)
    assert look_at(tmp_path, configured=True).file_system is FileSystem.EXFAT


def test_present_means_the_same_device_answers(tmp_path: Path) -> None:
    card = look_at(tmp_path, configured=True)
    assert is_present(card), "an empty folder is present: a listing proves nothing"
    assert not is_present(replace(card, device_number=card.device_number + 1)), "something else is mounted there"
    assert not is_present(replace(card, device="/dev/none-such")), "the reader is gone"
    assert not is_present(replace(card, device=os.devnull)), "that is no block device"
    assert not is_present(replace(card, mount_point=tmp_path / "gone"))
