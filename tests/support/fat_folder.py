"""A folder whose places are those of a FAT or exFAT folder, to see what names deleting leaves in it.

The files are real ones in an ordinary folder; beside them this keeps the table of
32-byte places as the Linux drivers use it: a new name takes the first run of free
places that is long enough, deleting only marks places as free, renaming writes
the new name elsewhere, and the folder grows by a cluster.
"""

import os
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from core.storage.disk import LocalDisk

PLACES_A_CLUSTER = 32
_SHORT = re.compile(r"[A-Z0-9~_$!#%&@()^`{}'-]{1,8}(\.[A-Z0-9~_$!#%&@()^`{}'-]{1,3})?")


class Stopped(Exception):
    """The power was cut at the call that a test chose."""


class FatDisk(LocalDisk):
    """A disk with one kind of folder. exfat: its rules instead of FAT's. stop_at: raises Stopped at that call."""

    def __init__(self, *, exfat: bool) -> None:
        self.exfat, self.stop_at, self.calls = exfat, 0, 0
        self.tables: dict[Path, list[tuple[str, str]]] = {}  # folder -> (owner or "", what is written there)

    def adopt(self, folder: Path) -> None:
        """Takes in a folder that is there, as a camera wrote it: one name after the other."""
        self.tables[folder] = []
        for name in sorted(entry.name for entry in folder.iterdir()):
            self._write_name(folder, name)
            if (folder / name).is_dir():
                self.adopt(folder / name)

    def residue(self, name: str) -> list[str]:
        """Where at least five characters of `name` in one place can still be read."""
        pieces = [piece for piece in self._pieces(name) if len(piece) >= 5]
        return [
            f"{folder.name}: {written}"
            for folder, table in self.tables.items()
            for owner, written in table
            if owner != name and any(piece in written for piece in pieces)
        ]

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        if flags & os.O_CREAT:
            self._step()
            fd = super().open(path, flags, mode)
            self._write_name(path.parent, path.name)
            return fd
        return super().open(path, flags, mode)

    def rename(self, old: Path, new: Path) -> None:
        self._step()
        super().rename(old, new)
        self._write_name(new.parent, new.name)
        self._free(old.parent, old.name)
        if old in self.tables:
            self.tables[new] = self.tables.pop(old)

    def unlink(self, path: Path) -> None:
        self._step()
        super().unlink(path)
        self._free(path.parent, path.name)

    def make_folder(self, path: Path) -> None:
        self._step()
        super().make_folder(path)
        self._write_name(path.parent, path.name)
        self.tables[path] = []

    def remove_folder(self, path: Path) -> None:
        self._step()
        super().remove_folder(path)
        self._free(path.parent, path.name)
        self.tables[Path(f"freed cluster of {path.name} {self.calls}")] = self.tables.pop(path)

    def names(self, folder: Path) -> list[str]:
        return list(dict.fromkeys(owner for owner, _ in self.tables[folder] if owner))

    def status(self, path: Path) -> Any:
        real = super().status(path)
        if path not in self.tables:
            return real
        clusters = max(1, -(-len(self.tables[path]) // PLACES_A_CLUSTER))
        return SimpleNamespace(st_size=clusters * PLACES_A_CLUSTER * 32, st_mode=real.st_mode, st_dev=real.st_dev)

    def _step(self) -> None:
        self.calls += 1
        if self.calls == self.stop_at:
            raise Stopped

    def _pieces(self, name: str) -> list[str]:
        size = 15 if self.exfat else 13
        return [name[at : at + size] for at in range(0, len(name), size)]

    def _places(self, name: str) -> list[str]:
        """What is written into each place of a name."""
        if self.exfat:
            return ["file entry", "stream entry", *self._pieces(name)]
        if _SHORT.fullmatch(name):
            return [name]
        return [*reversed(self._pieces(name)), f"{name[:6].upper()}~1"]

    def _write_name(self, folder: Path, name: str) -> None:
        table, written = self.tables[folder], self._places(name)
        start = next((at for at in range(len(table)) if self._is_free(table, at, len(written))), len(table))
        table.extend([("", "")] * (start + len(written) - len(table)))
        table[start : start + len(written)] = [(name, text) for text in written]

    @staticmethod
    def _is_free(table: list[tuple[str, str]], at: int, count: int) -> bool:
        """The end of the table counts as free: the folder grows there."""
        return not any(owner for owner, _ in table[at : at + count])

    def _free(self, folder: Path, name: str) -> None:
        table = self.tables[folder]
        table[:] = [("", text) if owner == name else (owner, text) for owner, text in table]
