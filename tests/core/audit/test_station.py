"""This station: one id, one key, and what it has seen, outside the vault."""

import stat
from pathlib import Path

import pytest

from core.audit.station import ChainHead, this_station
from core.errors import WrongUseError


def test_it_is_the_same_at_every_start_and_another_elsewhere(tmp_path: Path) -> None:
    one = this_station(tmp_path / "one")
    assert this_station(tmp_path / "one") == one
    other = this_station(tmp_path / "other")
    assert (one.id, one.signing) != (other.id, other.signing)


def test_its_files_are_for_its_owner_alone_and_its_key_is_never_shown(tmp_path: Path) -> None:
    station = this_station(tmp_path / "state" / "dermlock")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in station.state_folder.iterdir()}
    assert modes == {"station.json": 0o600, "station.lock": 0o600}
    assert stat.S_IMODE(station.state_folder.stat().st_mode) == 0o700
    assert "signing" not in repr(station)


def test_it_remembers_heads_by_vault_and_station(tmp_path: Path) -> None:
    station = this_station(tmp_path)
    assert station.head("vault", "x") == ChainHead(0, "")
    station.remember("vault", "x", ChainHead(3, "aa"))
    station.remember("vault", "y", ChainHead(1, "bb"))
    station.remember("other", "x", ChainHead(7, "cc"))
    again = this_station(tmp_path)
    assert (again.head("vault", "x"), again.head("other", "x")) == (ChainHead(3, "aa"), ChainHead(7, "cc"))
    assert sorted(again.known_stations("vault")) == ["x", "y"]
    assert again.known_stations("nowhere") == ()
    assert [path.name for path in tmp_path.iterdir() if path.suffix not in (".json", ".lock")] == []


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b'{"station":1,"signing":"","heads":{}}', b"\0" * 40, b'{"station":"\xff"}']
)
def test_a_damaged_file_is_told_with_a_way_on(tmp_path: Path, raw: bytes) -> None:
    this_station(tmp_path)
    (tmp_path / "station.json").write_bytes(raw)
    with pytest.raises(WrongUseError, match="file of this station is damaged") as caught:
        this_station(tmp_path)
    assert "Move" in caught.value.hint


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(WrongUseError, match="state folder"):
        this_station(tmp_path / "file" / "below")


def test_one_program_at_a_time_does_a_move(tmp_path: Path) -> None:
    station = this_station(tmp_path)
    with station.alone_or_busy("move-1") as first:
        with this_station(tmp_path).alone_or_busy("move-1") as second:
            assert (first, second) == (True, False)
        with station.alone_or_busy("move-2") as other:
            assert other
    with station.alone_or_busy("move-1") as again:
        assert again


def test_a_move_that_failed_can_be_begun_again(tmp_path: Path) -> None:
    station = this_station(tmp_path)
    with pytest.raises(RuntimeError), station.alone_or_busy("move-1"):
        raise RuntimeError
    with station.alone_or_busy("move-1") as again:
        assert again


def test_ended_work_leaves_no_lock_file(tmp_path: Path) -> None:
    station = this_station(tmp_path)
    with station.alone_or_busy("move-1"):
        assert (tmp_path / "move-1.lock").exists()
    assert not (tmp_path / "move-1.lock").exists()
