"""Names of erased files: none is left in a folder, whatever else lies there and wherever it was cut off."""

import os
import shutil
from pathlib import Path

import pytest

from core.card.card import FileSystem
from core.erase.names import is_being_rebuilt, prepare_names, scrub_names

from ...support.fat_folder import FatDisk, Stopped

MOVE = "testmove"
KEPT = ("DSC_0001.JPG", "IMG_0003.JPG", "Holiday in Wales, the long beach.jpeg", "MVI_0090.THM", "a.b")
ERASED = ("IMG_0002.JPG", "Smith Jane DOB 1961-04-02 mole left forearm.jpeg", "IMG_0004.JPG", "ZZZ_9999.JPG")


@pytest.fixture(params=["in a folder", "in the root"])
def folders(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """(root, folder with the files)."""
    root = tmp_path / "card"
    folder = root if request.param == "in the root" else root / "DCIM" / "100CANON"
    folder.mkdir(parents=True)
    for name in KEPT + ERASED:
        (folder / name).write_bytes(name.encode())
    return root, folder


def disk_of(root: Path, file_system: FileSystem) -> FatDisk:
    disk = FatDisk(exfat=file_system is FileSystem.EXFAT)
    disk.adopt(root)
    return disk


def erase(disk: FatDisk, folder: Path, root: Path, file_system: FileSystem) -> None:
    """What a move does to the names of a folder; the files' contents are not the matter here."""
    if not is_being_rebuilt(disk, folder, root, MOVE):
        prepare_names(disk, folder, file_system)
        for number, name in enumerate(ERASED):
            grave = folder / f"~dermlock-{number:026}.dlk"
            if (folder / name).exists():
                disk.rename(folder / name, grave)
            if grave.exists():
                disk.unlink(grave)
    scrub_names(disk, folder, root, MOVE, file_system)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("file_system", [FileSystem.FAT, FileSystem.EXFAT])
def test_deleting_alone_leaves_names(folders: tuple[Path, Path], file_system: FileSystem) -> None:
    root, folder = folders
    disk = disk_of(root, file_system)
    for name in ERASED:
        disk.unlink(folder / name)
    assert all(disk.residue(name) for name in ERASED)


@pytest.mark.parametrize("file_system", [FileSystem.FAT, FileSystem.EXFAT])
def test_no_name_of_an_erased_file_is_left_and_others_stay(folders: tuple[Path, Path], file_system: FileSystem) -> None:
    root, folder = folders
    disk = disk_of(root, file_system)
    erase(disk, folder, root, file_system)
    assert [disk.residue(name) for name in ERASED] == [[]] * len(ERASED)
    assert left(folder) == sorted(KEPT)
    assert [(folder / name).read_bytes() for name in KEPT] == [name.encode() for name in KEPT]


@pytest.mark.parametrize("file_system", [FileSystem.FAT, FileSystem.EXFAT])
def test_cut_off_anywhere_and_done_again_it_comes_to_the_same(
    folders: tuple[Path, Path], file_system: FileSystem, tmp_path: Path
) -> None:
    root, folder = folders
    untouched = tmp_path / "untouched"
    shutil.copytree(root, untouched)
    stop_at = 0
    while True:
        stop_at += 1
        shutil.rmtree(root)
        shutil.copytree(untouched, root)
        disk = disk_of(root, file_system)
        disk.stop_at = stop_at
        try:
            erase(disk, folder, root, file_system)
        except Stopped:
            erase(disk, folder, root, file_system)
        else:
            break
        assert [disk.residue(name) for name in ERASED] == [[]] * len(ERASED), f"stopped at call {stop_at}"
        assert left(folder) == sorted(KEPT), f"stopped at call {stop_at}"
    assert stop_at > 15


@pytest.mark.parametrize("file_system", [FileSystem.FAT, FileSystem.EXFAT])
def test_a_folder_does_not_grow_from_session_to_session(tmp_path: Path, file_system: FileSystem) -> None:
    folder = tmp_path / "DCIM" / "100CANON"
    folder.mkdir(parents=True)
    (folder / "KEPT.JPG").touch()
    disk = disk_of(tmp_path, file_system)
    sizes = []
    for _ in range(6):
        for name in ERASED:
            disk.close(disk.open(folder / name, os.O_CREAT | os.O_WRONLY))
        erase(disk, folder, tmp_path, file_system)
        sizes.append(disk.status(folder).st_size)
    assert len(set(sizes)) == 1


def test_nothing_is_done_where_nothing_can_be_claimed(tmp_path: Path) -> None:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    disk = disk_of(tmp_path, FileSystem.OTHER)
    prepare_names(disk, folder, FileSystem.OTHER)
    scrub_names(disk, folder, tmp_path, MOVE, FileSystem.OTHER)
    assert disk.calls == 0
