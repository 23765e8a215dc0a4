import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.card.boot_sector import Volume, read_volume
from core.card.card import FileSystem


def volume_of(content: bytes) -> Volume | None:
    return read_volume(lambda offset, size: content[offset : offset + size])


def sector(*fields: tuple[int, bytes]) -> bytearray:
    made = bytearray(512)
    made[510:512] = b"\x55\xaa"
    for at, value in fields:
        made[at : at + len(value)] = value
    return made


def little(number: int, size: int) -> bytes:
    return number.to_bytes(size, "little")


def fat32(label_in_root: bytes = b"", label_in_sector: bytes = b"NO NAME    ") -> bytes:
    """4 reserved sectors, one FAT of 2, clusters of 1 sector, the root in cluster 5."""
    made = sector(
        (11, little(512, 2)), (13, b"\x01"), (14, little(4, 2)), (16, b"\x01"), (36, little(2, 4)), (44, little(5, 4)),
        (67, little(0x1A2B3C4D, 4)), (71, label_in_sector), (82, b"FAT32   "),
    )  # fmt: skip
    root = bytearray(512)
    root[0:32] = b"DCIM       \x10" + bytes(20)
    if label_in_root:
        root[32:64] = label_in_root.ljust(11) + b"\x08" + bytes(20)
    return bytes(made) + bytes(512 * (3 + 2 + 3)) + bytes(root)


def exfat(label: str) -> bytes:
    """Sectors of 512, clusters of 2 sectors, the heap from sector 8, the root in cluster 3."""
    made = sector(
        (3, b"EXFAT   "), (88, little(8, 4)), (96, little(3, 4)), (100, little(0x6BAFE119, 4)), (108, b"\x09\x01")
    )
    entry = b"\x83" + bytes([len(label)]) + label.encode("utf-16-le").ljust(22, b"\0") + bytes(8)
    return bytes(made) + bytes(512 * 7) + bytes(1024) + b"\x81" + bytes(31) + entry + bytes(900)


def test_fat32_tells_its_serial_and_the_label_of_its_root_folder() -> None:
    assert volume_of(fat32(b"EOS_DIGITAL")) == Volume(FileSystem.FAT, "EOS_DIGITAL", "1A2B-3C4D")


def test_the_label_in_the_sector_counts_when_the_root_has_none() -> None:
    assert volume_of(fat32()) == Volume(FileSystem.FAT, "", "1A2B-3C4D")
    assert volume_of(fat32(label_in_sector=b"NIKON D70  ")) == Volume(FileSystem.FAT, "NIKON D70", "1A2B-3C4D")


def test_fat16_has_its_root_before_the_clusters() -> None:
    made = sector(
        (11, little(512, 2)), (13, b"\x04"), (14, little(1, 2)), (16, b"\x02"), (17, little(16, 2)), (22, little(1, 2)),
        (39, little(0x00010002, 4)), (43, b"NO NAME    "), (54, b"FAT16   "),
    )  # fmt: skip
    content = bytes(made) + bytes(1024) + b"\x05TE\x90       \x08" + bytes(500)
    assert volume_of(content) == Volume(FileSystem.FAT, "σTEÉ", "0001-0002"), "0x05 stands for 0xE5"


@pytest.mark.parametrize("label", ["EOS_DIGITAL", "Praxis Süd", ""])
def test_exfat_tells_both(label: str) -> None:
    assert volume_of(exfat(label)) == Volume(FileSystem.EXFAT, label, "6BAF-E119")


def test_other_volumes_are_not_told() -> None:
    assert volume_of(bytes(sector((3, b"NTFS    ")))) is None
    assert volume_of(bytes(512)) is None
    assert volume_of(b"") is None


@given(st.binary(min_size=510, max_size=510), st.sampled_from([(3, b"EXFAT   "), (82, b"FAT32   "), (54, b"FAT16   ")]))
def test_nonsense_in_the_sector_gives_less_and_no_error(content: bytes, mark: tuple[int, bytes]) -> None:
    made = bytearray(content + b"\x55\xaa")
    made[mark[0] : mark[0] + 8] = mark[1]
    assert isinstance(volume_of(bytes(made)), Volume)
