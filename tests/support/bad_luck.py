"""Bad luck for what runs in this process: calls to the disk that fail, a card that is write-protected."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.storage.disk import LocalDisk


class FailingCalls:
    """From the `first` call of that name below that folder on, the system answers with an error. raised: how often."""

    def __init__(self, number: int, call: str, below: Path, first: int) -> None:
        self.number, self.call, self.below, self.first = number, call, below, first
        self.seen = self.raised = 0

    def begin(self, patch: pytest.MonkeyPatch) -> None:
        real = getattr(LocalDisk, self.call)

        def called(disk: LocalDisk, where: Path | int, *more: object) -> object:
            path = Path(f"/proc/self/fd/{where}").readlink() if isinstance(where, int) else where
            if path.is_relative_to(self.below):
                self.seen += 1
                if self.seen >= self.first:
                    self.raised += 1
                    raise OSError(self.number, os.strerror(self.number), str(path))
            return real(disk, where, *more)

        patch.setattr(LocalDisk, self.call, called)


def write_protect(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """The volume below that folder says that it is read-only, as it does for a card with its switch set."""
    real = os.statvfs

    def told(where: int | Path) -> object:
        found = real(where)
        if not isinstance(where, Path) or not where.is_relative_to(folder):
            return found
        values = {name: getattr(found, name) for name in dir(found) if name.startswith("f_")}
        return SimpleNamespace(**{**values, "f_flag": found.f_flag | os.ST_RDONLY})

    patch.setattr(os, "statvfs", told)
