"""Cold reads: every byte, and no more claimed than could be shown."""

import errno
import os
import stat
from pathlib import Path

import pytest

from core.storage.cold import BLOCK, Coldness, ColdRead
from core.storage.disk import LocalDisk, opened

from .disks import fault


class MadeUpDisk(LocalDisk):
    """A disk of its own device that can or cannot read past the cache, prove it, or drop it."""

    def __init__(self, *, direct: bool = False, cached: bool | None = None, device: bool = True) -> None:
        self.direct, self.cached, self.device = direct, cached, device
        self.calls: list[str] = []

    def status_of(self, fd: int) -> os.stat_result:
        real = list(os.fstat(fd))
        real[stat.ST_DEV] = os.makedev(8 if self.device else 0, 1)
        return os.stat_result(real)

    def set_direct(self, fd: int, direct: bool) -> None:
        self.calls.append(f"direct {direct}")
        if not self.direct:
            raise fault(errno.EINVAL)

    def is_cached(self, fd: int, offset: int) -> bool | None:
        self.calls.append("cached?")
        return self.cached

    def drop_cache(self, fd: int) -> None:
        self.calls.append("drop")

    def sync(self, fd: int) -> None:
        self.calls.append("sync")


def read(disk: LocalDisk, path: Path, *, flags: int = os.O_RDONLY, block: int = BLOCK) -> tuple[bytes, Coldness]:
    with opened(disk, path, flags) as fd:
        cold = ColdRead(disk, fd, block=block)
        return b"".join(bytes(piece) for piece in cold), cold.coldness


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 4097, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 4096])
def test_every_byte_comes_whatever_the_size(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(os.urandom(size))
    assert read(LocalDisk(), path)[0] == path.read_bytes()
    assert read(MadeUpDisk(), path, block=8192)[0] == path.read_bytes()


def test_here_the_evidence_is_what_the_file_system_can_give(tmp_path: Path) -> None:
    """Memory and overlays have no device of their own and prove nothing; a disk is read past the cache, or drops it."""
    path = tmp_path / "file"
    path.write_bytes(b"x" * 5000)
    on_a_device = os.major(path.stat().st_dev) != 0
    assert (read(LocalDisk(), path)[1] is not Coldness.UNPROVEN) == on_a_device


@pytest.mark.parametrize(
    ("disk", "coldness"),
    [
        (MadeUpDisk(direct=True), Coldness.DIRECT),
        (MadeUpDisk(direct=True, cached=True), Coldness.DIRECT),
        (MadeUpDisk(cached=False), Coldness.DROPPED_AND_PROVED),
        (MadeUpDisk(cached=True), Coldness.DROPPED),
        (MadeUpDisk(cached=None), Coldness.DROPPED),
        (MadeUpDisk(direct=True, device=False), Coldness.UNPROVEN),
        (MadeUpDisk(cached=False, device=False), Coldness.UNPROVEN),
    ],
)
def test_no_more_is_claimed_than_was_shown(tmp_path: Path, disk: MadeUpDisk, coldness: Coldness) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 5000)
    assert read(disk, path) == (b"x" * 5000, coldness)


def test_nothing_is_claimed_before_the_last_byte(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 3 * 8192)
    disk = MadeUpDisk(direct=True)
    with opened(disk, path, os.O_RDONLY) as fd:
        cold = ColdRead(disk, fd, block=8192)
        for _ in cold:
            assert cold.coldness is Coldness.UNPROVEN
            break
        assert cold.coldness is Coldness.UNPROVEN
    assert disk.calls[-1] == "direct False"


def test_what_is_dirty_is_written_before_the_cache_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    writable, readable = MadeUpDisk(), MadeUpDisk()
    read(writable, path, flags=os.O_RDWR)
    read(readable, path)
    assert writable.calls[:3] == ["sync", "drop", "cached?"]
    assert readable.calls[:2] == ["drop", "cached?"]


class BrokenDisk(MadeUpDisk):
    """A sector in the middle cannot be read."""

    def read_into(self, fd: int, buffer: memoryview, offset: int) -> int:
        if offset >= 8192:
            raise fault(errno.EIO)
        return super().read_into(fd, buffer, offset)


@pytest.mark.parametrize("direct", [True, False])
def test_a_bad_sector_is_an_error_and_not_the_end(tmp_path: Path, direct: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 20_000)
    with pytest.raises(OSError, match="Input/output"):
        read(BrokenDisk(direct=direct), path, block=8192)


def test_two_reads_of_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(os.urandom(3 * 8192))
    disk = LocalDisk()
    with opened(disk, path, os.O_RDONLY) as one, opened(disk, path, os.O_RDONLY) as other:
        pairs = list(zip(ColdRead(disk, one, block=8192), ColdRead(disk, other, block=8192), strict=True))
        assert len(pairs) == 3
