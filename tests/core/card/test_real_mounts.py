"""The card station on real mounts: tmpfs, and exFAT through exfat-fuse on a loop device."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from core.card.card import Card, FileKind, FileSystem
from core.card.finding import find_cards
from core.card.identity import is_present, look_at
from core.card.inventory import take_inventory
from core.card.mounts import MountTableWatch, mount_holding, read_mounts
from core.errors import CardError
from core.progress import Progress
from tests.support.cards import fill_card, put_file
from tests.support.mounts import exfat, loop_device, make_exfat, run, tmpfs
from tests.support.pictures import a_jpeg
from tests.support.watching import watching

pytestmark = pytest.mark.root


def test_a_mounted_card_arrives_changes_and_departs(tmp_path: Path) -> None:
    place = tmp_path / "media" / "EOS DIGITAL ü"
    with watching([tmp_path / "media"], []) as heard:
        with tmpfs(place):
            fill_card(place, 1)
            assert not heard.expect("arrival", place).read_only
            put_file(place, "DCIM/100DERMA/IMG_0002.JPG", b"new")
            heard.expect("change", place)
            (place / "DCIM").rename(place / "~dermlock-0f0f")  # as erasing does; it must not depart
            (place / "~dermlock-0f0f").rename(place / "DCIM")
            run("mount", "-o", "remount,ro", place)
            while not heard.expect("change", place).read_only:
                pass
        assert heard.expect("departure", place).read_only
    assert heard.rest == []


def test_the_mount_table_wakes_without_being_asked(tmp_path: Path) -> None:
    with MountTableWatch() as table:
        with tmpfs(tmp_path / "card"):
            assert table.wait(30)
        assert table.wait(30)
        assert not table.wait(0)


def test_mounts_over_mounts_and_bind_mounts_are_told_apart(tmp_path: Path) -> None:
    below, bound = tmp_path / "below", tmp_path / "bound"
    with tmpfs(below):
        fill_card(below, 1)
        bound.mkdir()
        run("mount", "--bind", below / "DCIM", bound)
        try:
            mounts = read_mounts()
            lower = mount_holding(below, mounts)
            bind = mount_holding(bound, mounts)
            assert lower is not None
            assert bind is not None
            assert (bind.root, bind.device_number) == ("/DCIM", lower.device_number)
            with tmpfs(below):
                upper = mount_holding(below, read_mounts())
                assert upper is not None
                assert upper.id != lower.id
                assert find_cards([below], []) == (), "what lies on top is no card"
            assert len(find_cards([below], [])) == 1
        finally:
            run("umount", bound)


def test_a_card_of_another_kind_at_the_same_place_is_another_arrival(tmp_path: Path) -> None:
    place = tmp_path / "media" / "CARD"
    with watching([tmp_path / "media"], []) as heard:
        with tmpfs(place):
            fill_card(place, 1)
            first = heard.expect("arrival", place)
            with tmpfs(place):  # over it
                heard.expect("departure", place)
                fill_card(place, 1)
                assert heard.expect("arrival", place).device_number != first.device_number
            heard.expect("departure", place)
            assert heard.expect("arrival", place) == first
        heard.expect("departure", place)


def test_an_exfat_card_is_known_by_label_and_serial_and_its_files_are_read(tmp_path: Path) -> None:
    place = tmp_path / "media" / "EOS_DIGITAL"
    image = make_exfat(tmp_path / "card.img")
    with loop_device(image) as device, watching([tmp_path / "media"], []) as heard:
        with exfat(device, place):
            files = fill_card(place, 3)
            card = heard.expect("arrival", place)
            assert (card.device, card.file_system, card.fuse, card.read_only, card.label) == (
                device,
                FileSystem.EXFAT,
                True,
                False,
                "EOS_DIGITAL",
            )
            assert len(card.serial) == 9
            assert card.erasure_can_be_proven
            found = take_inventory(card)
            assert [file.sealable for file in found.files] == [True] * len(files)
            put_file(place, "DCIM/100DERMA/IMG_0009.JPG", a_jpeg())
            heard.expect("change", place)  # by comparing listings, as on every FUSE mount
            below = look_at(place / "DCIM", configured=True)
            assert (below.file_system, below.device) == (FileSystem.EXFAT, device)
        heard.expect("departure", place)
        with exfat(device, place, "-o", "ro"):
            again = heard.expect("arrival", place)
            assert again.read_only
            assert again.identity == card.identity, "the card is known again"
        heard.expect("departure", place)


def test_a_card_whose_driver_died_is_not_present_though_still_mounted(tmp_path: Path) -> None:
    place = tmp_path / "media" / "CARD"
    with loop_device(make_exfat(tmp_path / "card.img")) as device, exfat(device, place):
        fill_card(place, 3)
        card = look_at(place, configured=False)
        pid = run("fuser", device).split()[-1]

        def kills_the_driver(progress: Progress) -> None:
            if progress.done == 1:
                run("kill", "-9", pid)

        with pytest.raises(CardError, match="pulled"):
            take_inventory(card, report=kills_the_driver)
        assert not is_present(card)
        assert any(mount.mount_point == place for mount in read_mounts())
        run("umount", "-l", place)


def test_a_card_pulled_while_it_is_read_gives_no_half_list(tmp_path: Path) -> None:
    place = tmp_path / "card"
    with tmpfs(place):
        fill_card(place, 5)
        card = look_at(place, configured=False)

        def pulls(progress: Progress) -> None:
            if progress.done == 2:
                run("umount", place)

        with pytest.raises(CardError, match="pulled"):
            take_inventory(card, report=pulls)


def test_another_volume_mounted_on_a_card_is_named_and_not_entered(tmp_path: Path) -> None:
    with tmpfs(tmp_path / "card") as place, tmpfs(place / "DCIM" / "inner") as inner:
        fill_card(inner, 1)
        (file,) = take_inventory(look_at(place, configured=False)).files
        assert (file.kind, file.shown) == (FileKind.UNKNOWN, "DCIM/inner")
        assert "another volume" in file.note


def test_a_folder_that_this_account_may_not_list_is_named(tmp_path: Path) -> None:
    """Root may list everything, so somebody else looks."""
    fill_card(tmp_path / "card", 1)
    locked = tmp_path / "card" / "DCIM" / "101LOCKD"
    locked.mkdir(mode=0o700)
    put_file(locked, "IMG_0001.JPG", a_jpeg())
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == 0 and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from core.card.identity import look_at\n"
        "from core.card.inventory import take_inventory\n"
        "take_inventory(look_at(Path(sys.argv[1]), configured=False))  # loads all that is loaded late\n"
        "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "for file in take_inventory(look_at(Path(sys.argv[1]), configured=False)).files:\n"
        "    print(file.shown, '|', file.kind.name, '|', file.note)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "card")], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "DCIM/100DERMA/IMG_0001.JPG | JPEG | ",
        "DCIM/101LOCKD | UNREADABLE | folder that cannot be listed (Permission denied)",
    ]
    shutil.rmtree(tmp_path / "card")


def test_a_card_of_a_removed_device_is_not_present(tmp_path: Path) -> None:
    place = tmp_path / "card"
    with loop_device(make_exfat(tmp_path / "card.img")) as device, exfat(device, place):
        fill_card(place, 1)
        card = look_at(place, configured=False)
        assert is_present(card)
        gone: Card = look_at(place, configured=True)
        run("umount", place)
        assert not is_present(card)
        assert not is_present(gone)
