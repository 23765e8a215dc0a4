from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.card.card import Card, CardFile, FileKind, FileSystem, Inventory
from core.card.unfinished import TOMBSTONE_PREFIX, is_unfinished, lies_in_unfinished


def a_file(path: str, kind: FileKind = FileKind.JPEG, sha256: str = "ab") -> CardFile:
    return CardFile(PurePosixPath(path), kind, size=1, mtime_ns=0, inode=1, sha256=sha256)


def a_card(**given: object) -> Card:
    usual: dict[str, object] = {
        "mount_point": Path("/media/EOS_DIGITAL"),
        "device_number": 1,
        "device": "",
        "file_system": FileSystem.FAT,
        "fuse": False,
        "read_only": False,
    }
    return Card(**(usual | given))  # type: ignore[arg-type]  # its own fields


def test_control_characters_and_undecodable_bytes_are_shown_as_numbers() -> None:
    assert a_file("DCIM/a\x1b[2J.JPG").shown == r"DCIM/a\x1b[2J.JPG"
    assert a_file("DCIM/M\udcfcller.JPG").shown == r"DCIM/M\xfcller.JPG"
    assert a_file("DCIM/Müller Läsion.JPG").shown == "DCIM/Müller Läsion.JPG"
    assert a_file("DCIM/\u202egpj.JPG").shown == r"DCIM/\xe2\x80\xaegpj.JPG"


def test_a_name_that_spells_an_escape_is_not_shown_like_the_real_one() -> None:
    files = (a_file("a\x1b"), a_file("a\\x1b"))
    inventory = Inventory(a_card(), files)
    assert len({file.shown for file in files}) == 2
    assert [inventory.by_shown(file.shown) for file in files] == list(files)


@given(st.binary(min_size=1, max_size=12).filter(lambda name: b"\0" not in name and b"/" not in name), st.binary())
def test_no_two_names_are_shown_alike(name: bytes, other: bytes) -> None:
    one, two = (
        a_file("d/" + raw.replace(b"\0", b"0").replace(b"/", b"1").decode("utf-8", "surrogateescape") + "e")
        for raw in (name, other)
    )
    assert (one.shown == two.shown) == (one.path == two.path)


def test_only_readable_pictures_of_the_four_formats_are_sealable() -> None:
    assert {kind.name for kind in FileKind if a_file("a", kind).sealable} == {"JPEG", "MPO", "PNG", "TIFF"}
    assert not a_file("a", FileKind.JPEG, sha256="").sealable
    files = (a_file("a"), a_file("b", FileKind.MOVIE))
    assert Inventory(a_card(), files).pictures == files[:1]


def test_a_card_is_known_again_by_file_system_serial_and_label() -> None:
    card = a_card(label="EOS_DIGITAL", serial="1A2B-3C4D")
    assert card.identity == "vfat:1A2B-3C4D:EOS_DIGITAL"
    assert str(card) == "EOS_DIGITAL 1A2B-3C4D"
    assert str(a_card()) == "EOS_DIGITAL", "without a label, the folder's name"


@pytest.mark.parametrize("file_system", FileSystem)
def test_erasure_is_proven_on_fat_and_exfat_only(file_system: FileSystem) -> None:
    assert a_card(file_system=file_system).erasure_can_be_proven is (file_system is not FileSystem.OTHER)


def test_unfinished_erasures_are_known_by_their_name_at_any_depth() -> None:
    assert is_unfinished(TOMBSTONE_PREFIX + "0f")
    assert is_unfinished("~DERMLOCK-0F")
    assert not is_unfinished("dermlock-0f")
    assert lies_in_unfinished(PurePosixPath("DCIM/~dermlock-0f/IMG_0001.JPG"))
    assert not lies_in_unfinished(PurePosixPath("DCIM/100CANON/IMG_0001.JPG"))
