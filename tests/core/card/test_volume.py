from dataclasses import replace
from pathlib import Path

import pytest

from core.card import volume
from core.card.boot_sector import Volume
from core.card.card import FileSystem
from core.card.mounts import Mount
from core.card.volume import is_removable, look_at_volume, read_udev_record

RECORD = """S:disk/by-uuid/1A2B-3C4D
W:12
I:4711
E:ID_FS_TYPE=exfat
E:ID_FS_LABEL=Praxis_S_d
E:ID_FS_LABEL_ENC=Praxis\\x20S\\xc3\\xbcd
E:ID_FS_UUID=1A2B-3C4D
G:systemd
"""


def a_mount(file_system: str, *, source: str = "/dev/none-such", device_number: int = 0) -> Mount:
    return Mount(1, device_number, "/", Path("/media/none-such"), file_system, source, read_only=False)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, Volume | None]:
    """What each witness tells; none tells anything until a test says so."""
    tells: dict[str, Volume | None] = {}
    for witness in ("_boot_sector", "_udev_record", "_disk_links", "_ioctls"):
        monkeypatch.setattr(volume, witness, lambda _, witness=witness: tells.get(witness))
    return tells


@pytest.mark.parametrize(
    ("file_system", "taken_for"),
    [
        ("vfat", FileSystem.FAT),
        ("msdos", FileSystem.FAT),
        ("exfat", FileSystem.EXFAT),
        ("fuseblk", FileSystem.OTHER),
        ("ext4", FileSystem.OTHER),
        ("fuse.fusefat", FileSystem.OTHER),
        ("fuse.sshfs", FileSystem.OTHER),
        ("tmpfs", FileSystem.OTHER),
    ],
)
def test_kernel_drivers_are_taken_at_their_word(
    file_system: str, taken_for: FileSystem, told: dict[str, Volume | None]
) -> None:
    assert look_at_volume(a_mount(file_system)) == Volume(taken_for)


def test_a_fuseblk_is_exfat_only_when_a_witness_says_so(told: dict[str, Volume | None]) -> None:
    told["_udev_record"] = Volume(FileSystem.EXFAT, "KARTE", "1A2B-3C4D")
    assert look_at_volume(a_mount("fuseblk")) == told["_udev_record"]
    told["_boot_sector"] = Volume(FileSystem.FAT, "", "")
    assert look_at_volume(a_mount("fuseblk")) == Volume(FileSystem.OTHER, "KARTE", "1A2B-3C4D"), "the sector is surer"


def test_each_witness_fills_in_what_the_surer_ones_left_open(told: dict[str, Volume | None]) -> None:
    told["_disk_links"] = Volume(FileSystem.OTHER, "FROM LINKS", "")
    told["_ioctls"] = Volume(FileSystem.OTHER, "FROM IOCTL", "0001-0002")
    assert look_at_volume(a_mount("vfat")) == Volume(FileSystem.FAT, "FROM LINKS", "0001-0002")


def test_udevs_record_is_read_with_its_escapes() -> None:
    assert read_udev_record(RECORD) == Volume(FileSystem.EXFAT, "Praxis Süd", "1A2B-3C4D")
    assert read_udev_record("") == Volume(FileSystem.OTHER)


def test_the_links_below_dev_disk_name_label_and_serial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volume, "DISK_LINKS", tmp_path)
    device = tmp_path / "sdb1"
    device.touch()
    for kind, name in (("by-label", "EOS\\x20DIGITAL"), ("by-uuid", "1A2B-3C4D")):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "other").symlink_to(tmp_path / "sdc1")
        (tmp_path / kind / name).symlink_to(device)
    assert volume._disk_links(str(device)) == Volume(FileSystem.OTHER, "EOS DIGITAL", "1A2B-3C4D")
    assert volume._disk_links(str(tmp_path / "sdd1")) is None


@pytest.fixture
def disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up /sys: sdb with a partition 8:17, mmcblk0 with a partition 179:1."""
    (tmp_path / "dev").mkdir()
    for disk, number, partition in (("sdb", "8:17", "sdb1"), ("mmcblk0", "179:1", "mmcblk0p1")):
        folder = tmp_path / disk / partition
        folder.mkdir(parents=True)
        (folder / "partition").write_text("1\n")
        (tmp_path / disk / "removable").write_text("0\n")
        (tmp_path / disk / "device").mkdir()
        (tmp_path / "dev" / number).symlink_to(folder)
    monkeypatch.setattr(volume, "BLOCK_DEVICES", tmp_path / "dev")
    return tmp_path


def test_removable_disks_and_sd_slots_are_removable(disks: Path) -> None:
    stick, slot = a_mount("vfat", device_number=0x811), a_mount("vfat", device_number=0xB301)
    assert not is_removable(stick)
    (disks / "sdb" / "removable").write_text("1\n")
    assert is_removable(stick)
    assert not is_removable(slot)
    (disks / "mmcblk0" / "device" / "type").write_text("SD\n")
    assert is_removable(slot)
    assert not is_removable(replace(stick, device_number=0x821)), "a disk that /sys does not know"


def test_the_disk_this_system_runs_from_is_no_card(disks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (disks / "mmcblk0" / "device" / "type").write_text("SD\n")
    monkeypatch.setattr(volume, "_device_of", lambda path: 0xB301 if path in ("/", "/boot") else 0)
    assert not is_removable(a_mount("vfat", device_number=0xB301))
