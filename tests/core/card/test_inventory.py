import errno
import hashlib
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

import pytest

from core.card import inventory as inventory_module
from core.card.card import Card, FileKind, Inventory
from core.card.identity import look_at
from core.card.inventory import DEPTH_LIMIT, REST, STILL_WRITTEN, take_inventory
from core.errors import CardError, InterruptedByPersonError
from core.progress import Progress
from tests.support.cards import TAKEN_AT, fill_card, put_file
from tests.support.pictures import a_bomb, a_jpeg, a_png, a_tiff, an_mpo, encoded, pixels

NOW = TAKEN_AT + timedelta(days=1)


def never_pauses(seconds: float) -> None:
    raise AssertionError(f"paused for {seconds} s although everything is at rest")


def look(card: Path, **given: object) -> Inventory:
    options: dict[str, object] = {"clock": lambda: NOW, "pause": never_pauses}
    return take_inventory(look_at(card, configured=True), **(options | given))  # type: ignore[arg-type]  # its own keywords


def kinds(found: Inventory) -> dict[str, FileKind]:
    return {file.shown: file.kind for file in found.files}


def test_every_picture_is_listed_with_its_digest_and_facts(tmp_path: Path) -> None:
    files = fill_card(tmp_path, 3, gps=True)
    found = look(tmp_path)
    assert [file.shown for file in found.files] == [f"DCIM/100DERMA/IMG_000{number}.JPG" for number in (1, 2, 3)]
    assert found.pictures == found.files
    for file, path in zip(found.files, files, strict=True):
        assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert (file.size, file.mtime_ns, file.inode) == (
            path.stat().st_size,
            path.stat().st_mtime_ns,
            path.stat().st_ino,
        )
        assert file.note == ""
        assert file.facts is not None
        assert (file.facts.width, file.facts.make, file.facts.has_place) == (320, "Practice", True)


def test_content_decides_and_every_file_that_is_not_sealed_has_a_reason(tmp_path: Path) -> None:
    contents = {
        "DCIM/1.JPG": a_jpeg(),
        "DCIM/2.JPG": an_mpo(),
        "DCIM/3.JPG": a_png(),
        "DCIM/4.NEF": a_jpeg(2),
        "DCIM/5.DNG": a_tiff(),
        "DCIM/6.THM": a_jpeg(3),
        "DCIM/A.JPG": a_jpeg()[:2000],
        "DCIM/B.JPG": b"",
        "DCIM/C.PNG": a_bomb(),
        "DCIM/D.GIF": encoded(pixels(), "GIF"),
        "DCIM/E.HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        "DCIM/F.NEF": a_tiff()[:60],
        "DCIM/G.MOV": b"\0\0\0\x14ftypqt  ",
        "DCIM/H.CTG": b"\4\0\0\0",
        "DCIM/Thumbs.db": b"\xd0\xcf\x11\xe0",
        "letter.odt": b"PK\3\4",
        ".Trashes/501/I.JPG": a_jpeg(4),
    }
    for path, content in contents.items():
        put_file(tmp_path, path, content)
    found = look(tmp_path)
    assert kinds(found) == {
        ".Trashes/501/I.JPG": FileKind.JPEG,
        "DCIM/1.JPG": FileKind.JPEG,
        "DCIM/2.JPG": FileKind.MPO,
        "DCIM/3.JPG": FileKind.PNG,
        "DCIM/4.NEF": FileKind.JPEG,
        "DCIM/5.DNG": FileKind.TIFF,
        "DCIM/6.THM": FileKind.JPEG,
        "DCIM/A.JPG": FileKind.UNREADABLE,
        "DCIM/B.JPG": FileKind.UNREADABLE,
        "DCIM/C.PNG": FileKind.UNREADABLE,
        "DCIM/D.GIF": FileKind.OTHER_PICTURE,
        "DCIM/E.HEIC": FileKind.HEIC,
        "DCIM/F.NEF": FileKind.RAW,
        "DCIM/G.MOV": FileKind.MOVIE,
        "DCIM/H.CTG": FileKind.SIDE_FILE,
        "DCIM/Thumbs.db": FileKind.SIDE_FILE,
        "letter.odt": FileKind.UNKNOWN,
    }
    for file in found.files:
        assert file.sha256 == hashlib.sha256(contents[file.shown]).hexdigest()
        assert file.sealable or file.note
        assert (file.facts is not None) is file.sealable


def test_card_order_is_by_bytes_and_odd_names_survive(tmp_path: Path) -> None:
    names = [
        b"-a.JPG",
        b".hidden.JPG",
        b"B.JPG",
        b"a b (1).JPG",
        b"a.JPG",
        b"L\xc3\xa4.JPG",
        b"La\xcc\x88.JPG",
        b"\xff\x1b.JPG",
    ]
    for name in names:
        put_file(tmp_path, "DCIM/" + os.fsdecode(name), a_jpeg(1, (64, 64)))
    found = look(tmp_path)
    assert [os.fsencode(str(file.path)) for file in found.files] == sorted(b"DCIM/" + name for name in names)
    assert found.by_shown(r"DCIM/\xff\x1b.JPG") is found.files[-1]
    assert all(file.sealable for file in found.files)


def test_links_and_special_files_are_named_and_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_card(tmp_path / "elsewhere", 1)
    card = tmp_path / "card"
    put_file(card, "DCIM/IMG_0001.JPG", a_jpeg())
    (card / "DCIM" / "link.JPG").symlink_to(tmp_path / "elsewhere" / "DCIM" / "100DERMA" / "IMG_0001.JPG")
    (card / "DCIM" / "folder").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(card / "DCIM" / "pipe.JPG")
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(card)
        listening.bind("socket.JPG")
        found = look(card)
    notes = {file.shown: file.note for file in found.files if not file.sealable}
    assert notes == {
        "DCIM/folder": "symbolic link, not followed",
        "DCIM/link.JPG": "symbolic link, not followed",
        "DCIM/pipe.JPG": "special file, not opened",
        "socket.JPG": "special file, not opened",
    }
    assert all(file.sha256 == "" for file in found.files if file.note)


def test_unfinished_erasures_are_that_and_nothing_else(tmp_path: Path) -> None:
    put_file(tmp_path, "DCIM/100DERMA/~dermlock-0f0f", a_jpeg())
    put_file(tmp_path, "DCIM/~DERMLOCK-1/IMG_0001.JPG", a_jpeg())
    (tmp_path / "DCIM" / "~dermlock-link").symlink_to("nowhere")
    found = look(tmp_path)
    assert set(kinds(found).values()) == {FileKind.UNFINISHED}
    assert len(found.files) == 3
    assert found.pictures == ()
    assert all("next sign-in" in file.note and file.facts is None for file in found.files)


def test_the_same_picture_twice_is_two_files_of_one_digest(tmp_path: Path) -> None:
    put_file(tmp_path, "DCIM/a.JPG", a_jpeg())
    put_file(tmp_path, "DCIM/b.JPG", a_jpeg())
    assert len({file.sha256 for file in look(tmp_path).files}) == 1


def test_folders_are_not_followed_for_ever(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * (DEPTH_LIMIT + 3))
    put_file(deep, "IMG_0001.JPG", a_jpeg())
    (file,) = look(tmp_path).files
    assert file.kind is FileKind.UNREADABLE
    assert str(DEPTH_LIMIT) in file.note


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_card(tmp_path, 1)
    (tmp_path / "DCIM" / "101LOCKD").mkdir()
    listing = os.scandir

    def refusing(folder: Path) -> Iterator[os.DirEntry[str]]:
        if Path(folder).name == "101LOCKD":
            raise PermissionError(errno.EACCES, "Permission denied")
        return listing(folder)  # type: ignore[return-value]  # scandir's iterator, or none

    card = look_at(tmp_path, configured=True)
    monkeypatch.setattr(os, "scandir", refusing)
    found = take_inventory(card, clock=lambda: NOW, pause=never_pauses)
    assert kinds(found)["DCIM/101LOCKD"] is FileKind.UNREADABLE
    assert found.files[-1].note == "folder that cannot be listed (Permission denied)"
    assert len(found.pictures) == 1


def failing(
    monkeypatch: pytest.MonkeyPatch, name: str, error: OSError, then: Callable[[], None] = lambda: None
) -> None:
    """Reading that one file fails, after `then`."""
    digest = inventory_module._digest

    def reads(file: BinaryIO) -> tuple[bytes, str, int]:
        if Path(f"/proc/self/fd/{file.fileno()}").readlink().name == name:
            then()
            raise error
        return digest(file)

    monkeypatch.setattr(inventory_module, "_digest", reads)


def test_a_bad_sector_costs_one_file_and_not_the_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_card(tmp_path, 3)
    failing(monkeypatch, "IMG_0002.JPG", OSError(errno.EIO, "Input/output error"))
    found = look(tmp_path)
    assert [file.sealable for file in found.files] == [True, False, True]
    assert found.files[1].kind is FileKind.UNREADABLE
    assert found.files[1].note == "cannot be read (Input/output error)"
    assert found.files[1].sha256 == ""


def test_a_card_pulled_in_the_middle_gives_no_half_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = tmp_path / "card"
    fill_card(card, 3)
    failing(monkeypatch, "IMG_0002.JPG", OSError(errno.ENODEV, "No such device"), lambda: shutil.rmtree(card))
    with pytest.raises(CardError, match="pulled") as pulled:
        look(card)
    assert "Put it in again" in pulled.value.hint


def test_a_card_that_lists_as_empty_after_it_was_pulled_is_not_an_empty_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert look(tmp_path).files == (), "an empty card is one"
    monkeypatch.setattr(inventory_module, "is_present", lambda card: False)
    with pytest.raises(CardError, match="pulled"):
        look(tmp_path)


def test_a_card_that_cannot_be_listed_at_all_is_the_cards_trouble(tmp_path: Path) -> None:
    card = look_at(tmp_path, configured=True)
    gone = Card(tmp_path / "gone", card.device_number, "", card.file_system, fuse=False, read_only=False)
    with pytest.raises(CardError, match="pulled"):
        take_inventory(gone)


def test_what_is_at_rest_is_looked_at_once(tmp_path: Path) -> None:
    put_file(tmp_path, "DCIM/old.JPG", a_jpeg(), written_at=NOW - REST - timedelta(seconds=1))
    assert len(look(tmp_path).pictures) == 1  # never_pauses would have raised


@pytest.mark.parametrize("age", [timedelta(seconds=1), timedelta(0), -timedelta(hours=1)], ids=str)
def test_what_was_just_written_is_looked_at_twice(tmp_path: Path, age: timedelta) -> None:
    """A clock that is ahead, as after a change of summer time, makes a file of the future."""
    put_file(tmp_path, "DCIM/new.JPG", a_jpeg(), written_at=NOW - age)
    put_file(tmp_path, "DCIM/old.JPG", a_jpeg(2))
    pauses: list[float] = []
    found = look(tmp_path, pause=pauses.append)
    assert pauses == [REST.total_seconds()]
    assert [file.sealable for file in found.files] == [True, True]


def test_what_changes_between_the_two_looks_is_still_being_written(tmp_path: Path) -> None:
    new = put_file(tmp_path, "DCIM/new.JPG", a_jpeg(), written_at=NOW)
    gone = put_file(tmp_path, "DCIM/gone.JPG", a_jpeg(2), written_at=NOW)
    put_file(tmp_path, "DCIM/old.JPG", a_jpeg(3))

    def written_meanwhile(seconds: float) -> None:
        with new.open("ab") as file:
            file.write(b"more")
        gone.unlink()

    found = look(tmp_path, pause=written_meanwhile)
    notes = {file.path.name: (file.kind, file.sha256, file.note, file.facts) for file in found.files}
    assert notes["new.JPG"] == notes["gone.JPG"] == (FileKind.UNREADABLE, "", STILL_WRITTEN, None)
    assert [file.path.name for file in found.pictures] == ["old.JPG"]


def test_what_changes_while_it_is_read_is_still_being_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put_file(tmp_path, "DCIM/new.JPG", a_jpeg())
    digest = inventory_module._digest

    def overtaken(file: BinaryIO) -> tuple[bytes, str, int]:
        read = digest(file)
        path.write_bytes(a_jpeg(2))
        return read

    monkeypatch.setattr(inventory_module, "_digest", overtaken)
    (file,) = look(tmp_path).files
    assert (file.kind, file.note, file.sha256) == (FileKind.UNREADABLE, STILL_WRITTEN, "")


def test_progress_counts_files_and_bytes_and_names_no_file(tmp_path: Path) -> None:
    files = fill_card(tmp_path, 3)
    put_file(tmp_path, "DCIM/Müller_Anna_19630412.JPG", a_jpeg())
    told: list[Progress] = []
    look(tmp_path, report=told.append)
    sizes = [*(file.stat().st_size for file in files), len(a_jpeg())]
    assert [progress.done for progress in told] == [0, 1, 2, 3, 4]
    assert [progress.done_bytes for progress in told] == [sum(sizes[:done]) for done in range(5)]
    assert {(progress.total, progress.total_bytes) for progress in told} == {(4, sum(sizes))}
    assert not any("Anna" in str(progress) for progress in told)


def test_cancelling_stops_between_files(tmp_path: Path) -> None:
    fill_card(tmp_path, 3)

    class AfterTwo:
        def __init__(self) -> None:
            self.told: list[Progress] = []

        @property
        def is_cancelled(self) -> bool:
            return len(self.told) >= 2

    stopping = AfterTwo()
    with pytest.raises(InterruptedByPersonError):
        look(tmp_path, report=stopping.told.append, cancellation=stopping)
    assert len(stopping.told) == 2


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    fill_card(tmp_path, 2)
    put_file(tmp_path, "DCIM/cut.JPG", a_jpeg()[:900])
    os.mkfifo(tmp_path / "pipe")
    before = sorted(os.listdir("/proc/self/fd"))  # noqa: PTH208 - numbers, not paths
    look(tmp_path)
    assert sorted(os.listdir("/proc/self/fd")) == before  # noqa: PTH208 - the same
