"""A move that is killed: SIGKILL at the n-th call that changes a disk, in a process of its own."""

import hashlib
import os
import signal
import traceback
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from core.card.card import Card
from core.intake.sealing import path_on
from core.storage.disk import LocalDisk
from core.vault.journal import Plan, PlannedFile, is_done
from core.vault.vault import Vault


class MoveState(Enum):
    """How far a file came, as it can be told from the card and the vault (VAULT, The move)."""

    ON_CARD = "on the card, nothing of it in the vault"
    STAGED = "sealed bytes under incoming, not an object yet"
    COMMITTED = "an object of the vault"
    VERIFIED = "read back, and in the episode's document"
    TOMBSTONED = "renamed on the card, content whole"
    OVERWRITTEN = "content gone or half gone, the tombstone still there"
    UNLINKED = "gone from the card, its name may still be in the folder"
    CLEAN = "gone from the card, name and all"


class KillingDisk(LocalDisk):
    """Dies by SIGKILL before its `fatal`-th call (0: never); a write is then half done. calls: what it was asked."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.calls: list[str] = []

    def _count(self, call: str, half: Callable[[], object] = lambda: None) -> None:
        self.calls.append(call)
        if len(self.calls) == self.fatal:
            half()
            os.kill(os.getpid(), signal.SIGKILL)

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        self._count("open")
        return super().open(path, flags, mode)

    def seek_to_start(self, fd: int) -> None:
        self._count("seek")
        super().seek_to_start(fd)

    def write(self, fd: int, data: bytes | memoryview) -> None:
        self._count("write", lambda: super(KillingDisk, self).write(fd, data[: len(data) // 2]))
        super().write(fd, data)

    def sync(self, fd: int) -> None:
        self._count("sync")
        super().sync(fd)

    def truncate(self, fd: int, size: int) -> None:
        self._count("truncate")
        super().truncate(fd, size)

    def set_times(self, fd: int, seconds: int) -> None:
        self._count("set_times")
        super().set_times(fd, seconds)

    def rename(self, old: Path, new: Path) -> None:
        self._count("rename")
        super().rename(old, new)

    def link(self, old: Path, new: Path) -> None:
        self._count("link")
        super().link(old, new)

    def unlink(self, path: Path) -> None:
        self._count("unlink")
        super().unlink(path)

    def make_folder(self, path: Path) -> None:
        self._count("make_folder")
        super().make_folder(path)

    def remove_folder(self, path: Path) -> None:
        self._count("remove_folder")
        super().remove_folder(path)


def was_killed(work: Callable[[], None]) -> bool:
    """Runs `work` in a forked process. True when SIGKILL ended it, False when it came to its end.

    Raises AssertionError when it ended in any other way.
    """
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    assert status == 0, f"the moving process ended with status {status}"
    return False


def state_of(plan: Plan, file: PlannedFile, vault: Vault, card: Card, store_folder: Path) -> MoveState:
    """Looks at the card first: it only changes after the vault is done."""
    path = path_on(card, file.path)
    grave = path.with_name(file.tombstone)
    if grave.exists():
        whole = hashlib.sha256(grave.read_bytes()).hexdigest() == file.sha256
        return MoveState.TOMBSTONED if whole else MoveState.OVERWRITTEN
    if not path.exists():
        return MoveState.CLEAN if is_done(vault.store, plan.move) else MoveState.UNLINKED
    assert file.safe_in is not None
    folder, episode, image = file.safe_in
    place = store_folder / "patients" / folder / episode
    if not (place / f"{image}.image").exists():
        incoming = [entry for entry in (store_folder / "incoming").iterdir() if entry.stat().st_size > 200]
        return MoveState.STAGED if incoming else MoveState.ON_CARD
    written = any(place.glob("*.record"))
    return MoveState.VERIFIED if written else MoveState.COMMITTED
