"""The store on a local disk: durable before it says so, and every trouble told with what to do."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import VaultError
from core.storage.local import INCOMING, LocalStore
from core.storage.store import ObjectMissingError

from .disks import FailingDisk, HearingDisk, NoLinksFailingDisk, fault


def incoming(folder: Path) -> list[Path]:
    return sorted((folder / INCOMING).iterdir()) if (folder / INCOMING).exists() else []


def test_the_bytes_are_durable_before_the_name_and_the_name_before_it_returns(tmp_path: Path) -> None:
    disk = HearingDisk()
    LocalStore(tmp_path, disk).put_new("audit/event", [b"one", b"two"])
    calls = [call for call, _ in disk.heard]
    assert disk.heard[:2] == [("sync", tmp_path.name), ("sync", tmp_path.name)], "the new folders, in their parent"
    assert calls[2:] == ["write", "write", "sync", "link", "unlink", "sync"]
    written, named = disk.heard[4], disk.heard[5]
    assert written[1] == disk.heard[2][1] and named == ("link", "event")
    assert disk.heard[-1] == ("sync", "audit")


def test_what_lies_on_the_disk_is_for_its_owner_alone(tmp_path: Path) -> None:
    LocalStore(tmp_path).put_new("audit/one/event", [b"x"])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes == {INCOMING: 0o700, "audit": 0o700, "one": 0o700, "event": 0o600}


TROUBLES = {
    errno.ENOSPC: "disk is full",
    errno.EDQUOT: "disk is full",
    errno.EIO: "disk failed",
    errno.ESTALE: "disk failed",
    errno.EROFS: "cannot be used",
    errno.EACCES: "cannot be used",
    errno.ELOOP: "unexpected error",
}


@pytest.mark.parametrize("number", TROUBLES, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", ["open", "write", "sync", "link", "make_folder"])
def test_trouble_in_writing_is_told_and_leaves_nothing(tmp_path: Path, call: str, number: int) -> None:
    disk = FailingDisk(call, number)
    store = LocalStore(tmp_path, disk)
    with pytest.raises(VaultError, match=TROUBLES[number]) as caught:
        store.put_new("patients/one/two.image", [b"x" * 5000, b"y"])
    assert caught.value.hint and isinstance(caught.value.__cause__, OSError)
    assert (caught.value.what + caught.value.hint).count("\n") == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    disk.mended = True
    store.put_new("patients/one/two.image", [b"x"])
    assert store.get("patients/one/two.image") == b"x"


@pytest.mark.parametrize("call", ["open", "read"])
def test_trouble_in_reading_is_told(tmp_path: Path, call: str) -> None:
    LocalStore(tmp_path).put_new("a/b", [b"x"])
    store = LocalStore(tmp_path, FailingDisk(call, errno.EIO))
    with pytest.raises(VaultError, match="disk failed"):
        store.get("a/b")
    with pytest.raises(VaultError, match="disk failed"), store.open_cold("a/b") as cold:
        list(cold)


def test_trouble_in_listing_is_not_taken_for_an_empty_vault(tmp_path: Path) -> None:
    LocalStore(tmp_path).put_new("a/b", [b"x"])
    with pytest.raises(VaultError, match="disk failed"):
        list(LocalStore(tmp_path, FailingDisk("names", errno.EIO)).list(""))


@pytest.mark.parametrize("disk_kind", [FailingDisk, NoLinksFailingDisk])
def test_a_name_that_cannot_be_made_durable_is_taken_back(tmp_path: Path, disk_kind: type[FailingDisk]) -> None:
    LocalStore(tmp_path).put_new("a/first", [b"x"])
    disk = disk_kind("sync", errno.EIO, at=2)
    with pytest.raises(VaultError, match="disk failed"):
        LocalStore(tmp_path, disk).put_new("a/second", [b"y"])
    assert disk.calls["sync"] == 2, "a failed sync is never tried again"
    assert list(LocalStore(tmp_path).list("")) == ["a/first"]
    assert incoming(tmp_path) == []


def test_a_vault_whose_folder_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "unplugged")
    with pytest.raises(VaultError):
        store.put_new("a/b", [b"x"])
    assert not (tmp_path / "unplugged").exists()
    with pytest.raises(ObjectMissingError):
        store.get("a/b")


def test_sweeping_removes_what_a_dead_writer_left_and_nothing_else(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.put_new("a/b", [b"x"])
    for name in ("left", "left too"):
        (tmp_path / INCOMING / name).write_bytes(b"half a picture")
    assert store.sweep() == 2
    assert incoming(tmp_path) == []
    assert store.get("a/b") == b"x"
    assert store.sweep() == 0


def test_sweeping_leaves_what_is_being_written(tmp_path: Path) -> None:
    store, other_station = LocalStore(tmp_path), LocalStore(tmp_path)
    swept: list[int] = []

    def pieces() -> Iterator[bytes]:
        yield b"first half"
        swept.append(other_station.sweep())
        yield b", second half"

    store.put_new("a/b", pieces())
    assert swept == [0]
    assert store.get("a/b") == b"first half, second half"


def test_where_there_are_no_locks_nothing_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(_fd: int, _how: int) -> None:
        raise fault(errno.ENOLCK)

    store = LocalStore(tmp_path)
    store.put_new("a/b", [b"x"])
    (tmp_path / INCOMING / "left").touch()
    monkeypatch.setattr(fcntl, "flock", no_locks)
    assert store.sweep() == 0
    assert len(incoming(tmp_path)) == 1
    store.put_new("a/c", [b"y"])
    assert store.get("a/c") == b"y"


def test_a_vault_without_writers_has_nothing_to_sweep(tmp_path: Path) -> None:
    assert LocalStore(tmp_path).sweep() == 0


def test_a_link_in_place_of_an_object_is_not_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"not ours")
    folder = tmp_path / "vault"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "b").symlink_to(victim)
    with pytest.raises(VaultError):
        LocalStore(folder).put_new("a/b", [b"x"])
    LocalStore(folder).delete("a/b")
    assert victim.read_bytes() == b"not ours"
    assert not os.path.lexists(folder / "a" / "b")
