"""Whoever holds the disk learns nothing: no picture, name, number, date or marker of one, at any time."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.card.identity import look_at
from core.card.inventory import take_inventory
from core.intake.conduct import move, resume
from core.storage.disk import LocalDisk
from core.storage.local import LocalStore

from ...support.cards import fill_card
from ...support.intakes import ROSE, intake_of
from ...support.killing import KillingDisk, was_killed
from ...support.vaults import TestVault, make_vault

MARKER = b"DERMLOCK-TEST-MARKER-"


@pytest.fixture
def place(tmp_path: Path) -> TestVault:
    return make_vault(tmp_path)


@pytest.fixture
def card_folder(tmp_path: Path) -> Path:
    """Three pictures with a marker of their own in the file and a patient's name in one file name."""
    folder = tmp_path / "card"
    for number, picture in enumerate(fill_card(folder, 3)):
        with picture.open("ab") as file:
            file.write(MARKER + secrets.token_hex(16).encode())
        os.utime(picture, (1_772_000_000, 1_772_000_000 + number))
    picture.rename(picture.with_name("Ashgrove Rosalind 1961-04-02.JPG"))
    return folder


def telltales(card_folder: Path) -> dict[str, bytes]:
    """What must not be found, each under a name for the failure."""
    plain = {
        "family name": ROSE.family_name.encode(),
        "given name": ROSE.given_name.encode(),
        "NHS number": b"9990000018",
        "NHS number as shown": str(ROSE.number).encode(),
        "birth date": b"1961-04-02",
        "marker": MARKER,
        "head of a JPEG with EXIF": b"\xff\xd8\xff\xe1",
        "head of a JPEG": b"\xff\xd8\xff\xe0",
        "EXIF": b"Exif\0\0",
        "route": b"advice-and-guidance",
        "body site": b"forearm",
    }
    for picture in card_folder.rglob("*.JPG"):
        content = picture.read_bytes()
        plain |= {f"bytes {at} of {picture.name}": content[at : at + 24] for at in range(0, len(content) - 24, 4096)}
    return {name: text for name, text in plain.items()} | {
        f"{name} in UTF-16": text.decode().encode("utf-16-le") for name, text in plain.items() if text.isascii()
    }


def found_in(folders: list[Path], wanted: dict[str, bytes]) -> Iterator[str]:
    for folder in folders:
        for path in folder.rglob("*"):
            shown = os.fsencode(path.relative_to(folder))
            content = path.read_bytes() if path.is_file() else b""
            yield from (f"{name} in {path}" for name, text in wanted.items() if text in content or text in shown)


def test_the_search_would_find_it(card_folder: Path) -> None:
    wanted = telltales(card_folder)
    assert {name.split(" in ")[0] for name in found_in([card_folder], wanted)} >= {"family name", "marker", "EXIF"}


def test_nothing_is_found_before_and_after_a_move(place: TestVault, card_folder: Path) -> None:
    wanted, ours = telltales(card_folder), [place.folder, place.state]
    vault = place.open()
    assert list(found_in(ours, wanted)) == []
    inventory = take_inventory(look_at(card_folder, configured=True))
    move([intake_of(inventory.pictures)], [], inventory, vault)
    assert list(found_in(ours, wanted)) == []
    assert list(found_in([card_folder], wanted)) == []


@pytest.mark.parametrize("fatal", range(6, 78, 6))
def test_nothing_is_found_where_a_move_was_killed(place: TestVault, card_folder: Path, fatal: int) -> None:
    wanted = telltales(card_folder)
    vault = place.open()
    disk = KillingDisk(fatal)
    killed = type(vault)(
        LocalStore(place.folder, disk), vault.keyring, vault.station, vault.clock, vault.audit, vault.catalogue
    )

    def work() -> None:
        inventory = take_inventory(look_at(card_folder, configured=True))
        move([intake_of(inventory.pictures)], [], inventory, killed, disk=disk)

    assert was_killed(work)
    assert list(found_in([place.folder, place.state], wanted)) == []
    resume(vault, look_at(card_folder, configured=True))
    assert list(found_in([place.folder, place.state], wanted)) == []


class HearingDisk(LocalDisk):
    """Keeps all that is written, and the names of all that is made."""

    def __init__(self) -> None:
        self.heard = bytearray()

    def write(self, fd: int, data: bytes | memoryview) -> None:
        self.heard += bytes(data) + b"\n"
        super().write(fd, data)

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        if flags & os.O_CREAT:
            self.heard += os.fsencode(path.name) + b"\n"
        return super().open(path, flags, mode)


def test_nothing_is_ever_handed_to_a_disk_in_the_clear(place: TestVault, card_folder: Path) -> None:
    wanted, vault, disk = telltales(card_folder), place.open(), HearingDisk()
    heard = type(vault)(
        LocalStore(place.folder, disk), vault.keyring, vault.station, vault.clock, vault.audit, vault.catalogue
    )
    inventory = take_inventory(look_at(card_folder, configured=True))
    move([intake_of(inventory.pictures)], [], inventory, heard, disk=disk)
    assert len(disk.heard) > 2 * sum(file.size for file in inventory.pictures)  # sealed, and overwritten
    assert [name for name, text in wanted.items() if text in disk.heard] == []
