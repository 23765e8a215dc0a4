"""The demo's folder is gone when the demo ends, however it ends, and no other demo's is."""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.errors import WrongUseError
from tui.throwaway import LOCK, PREFIX, ROOM_NEEDED, SECONDS_TO_LOCK, throwaway_folder

ROOT = Path(__file__).parents[2]

PROGRAM = """
import os, sys
from tui.throwaway import throwaway_folder
with throwaway_folder(os.environ) as folder:
    (folder / "vault").mkdir()
    (folder / "vault" / "object").write_bytes(b"something")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "runtime").mkdir()
    return tmp_path / "runtime"


def environ(place: Path) -> dict[str, str]:
    return {"XDG_RUNTIME_DIR": str(place), "TMPDIR": str(place)}


@contextmanager
def running(place: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A program inside its throwaway folder, in a process of its own; ended afterwards."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, **environ(place)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as program:
        assert program.stdout is not None
        try:
            yield program, Path(program.stdout.readline().rstrip("\n"))
        finally:
            if program.poll() is None:
                program.kill()


def test_it_is_private_and_gone_afterwards(place: Path) -> None:
    with throwaway_folder(environ(place)) as folder:
        assert folder.parent == place
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "deep" / "deeper").mkdir(parents=True)
        (folder / "deep" / "deeper" / "file").write_bytes(b"something")
        (folder / "link").symlink_to(place)
    assert place.exists()
    assert list(place.iterdir()) == []


def test_it_is_gone_after_an_exception_which_goes_on(place: Path) -> None:
    with pytest.raises(KeyError), throwaway_folder(environ(place)) as folder:
        (folder / "file").touch()
        raise KeyError
    assert list(place.iterdir()) == []


def test_it_is_gone_when_its_program_ends(place: Path) -> None:
    with running(place) as (program, folder):
        assert (folder / "vault" / "object").exists()
        program.communicate("", timeout=30)
        assert program.returncode == 0
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_it_is_gone_after_a_signal_that_ends_its_program(place: Path, number: signal.Signals) -> None:
    with running(place) as (program, folder):
        assert folder.exists()
        program.send_signal(number)
        assert program.wait(timeout=30) == 128 + number
    assert list(place.iterdir()) == []


def test_one_whose_program_was_killed_is_removed_by_the_next(place: Path) -> None:
    with running(place) as (program, folder):
        program.kill()
        program.wait(timeout=30)
    assert (folder / "vault" / "object").exists()
    with throwaway_folder(environ(place)) as next_folder:
        assert list(place.iterdir()) == [next_folder]
    assert list(place.iterdir()) == []


def test_one_whose_program_runs_is_left_alone(place: Path) -> None:
    with running(place) as (program, folder):
        with throwaway_folder(environ(place)) as next_folder:
            assert set(place.iterdir()) == {folder, next_folder}
        assert (folder / "vault" / "object").exists()
        program.communicate("", timeout=30)
    assert list(place.iterdir()) == []


def test_two_at_once_do_not_touch_each_other(place: Path) -> None:
    with throwaway_folder(environ(place)) as one, throwaway_folder(environ(place)) as other:
        assert one != other
        for folder in (one, other):
            (folder / "file").write_text(folder.name)
        assert all((folder / "file").read_text() == folder.name for folder in (one, other))
    assert list(place.iterdir()) == []


def test_one_that_is_being_made_this_moment_is_left_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another demo starts between the making of a folder and the locking of its lock."""
    real = fcntl.flock
    others: list[AbstractContextManager[Path]] = []

    def locked_late(lock: int, how: int) -> None:
        if not others:
            others.append(throwaway_folder(environ(place)))
            with others[0]:
                pass
        real(lock, how)

    monkeypatch.setattr(fcntl, "flock", locked_late)
    with throwaway_folder(environ(place)) as folder:
        assert others
        assert (folder / LOCK).exists()


def test_what_is_not_its_own_is_never_removed(place: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "file").touch()
    (place / f"{PREFIX}link").symlink_to(theirs)
    (place / f"{PREFIX}file").touch()
    (place / "something else").mkdir()
    (place / f"{PREFIX}young").mkdir()
    (place / f"{PREFIX}old").mkdir()
    long_ago = time.time() - SECONDS_TO_LOCK - 1
    os.utime(place / f"{PREFIX}old", (long_ago, long_ago))
    with throwaway_folder(environ(place)):
        pass
    assert {path.name for path in place.iterdir()} == {
        f"{PREFIX}link",
        f"{PREFIX}file",
        f"{PREFIX}young",
        "something else",
    }
    assert (theirs / "file").exists()


def test_a_folder_of_another_user_is_left_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(place) as (program, folder):
        program.kill()
        program.wait(timeout=30)
    me = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    with throwaway_folder(environ(place)):
        assert folder.exists()
    assert folder.exists()


def test_without_room_in_memory_it_lies_where_temporary_files_go(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = SimpleNamespace(f_bavail=(ROOM_NEEDED - 1) // 4096, f_frsize=4096)
    monkeypatch.setattr(os, "statvfs", lambda _path: full)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with throwaway_folder({**environ(place), "TMPDIR": str(temporary)}) as folder:
        assert folder.parent == temporary
    with (
        pytest.raises(WrongUseError, match="cannot be made") as caught,
        throwaway_folder({**environ(place), "TMPDIR": str(tmp_path / "missing")}),
    ):
        raise AssertionError("there is no such place")
    assert "TMPDIR" in caught.value.hint


def test_signals_are_as_before_afterwards(place: Path) -> None:
    ending = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = [signal.getsignal(number) for number in ending]
    with throwaway_folder(environ(place)):
        assert [signal.getsignal(number) for number in ending] != before
    assert [signal.getsignal(number) for number in ending] == before
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()).isdisjoint(ending)
