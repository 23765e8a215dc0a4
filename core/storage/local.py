"""The store on a local disk or a share: a folder of objects.

An object is written under `incoming/`, made durable, then linked to its final
name, which fails if that name is taken. Where a file system has no hard links
the name is looked up first and then renamed to: names are random, so only the
few that are not (the vault's own head) depend on that.
"""

import contextlib
import errno
import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import VaultError
from .cold import ColdRead
from .disk import Disk, LocalDisk, exists, opened, sync_folder
from .store import ObjectExistsError, ObjectMissingError, StoredObject

INCOMING = "incoming"
_NO_LINKS = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL})


class LocalStore:
    """An ObjectStore in `folder`, which must exist."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.folder = folder
        self._disk = disk or LocalDisk()

    def put_new(self, name: str, pieces: Iterable[bytes | memoryview]) -> StoredObject:
        final = self._path(name)
        with _told_as_vault_trouble("write", name):
            self._make_folder(self.folder / INCOMING)
            self._make_folder(final.parent)
        size, digest = 0, hashlib.sha256()
        with _told_as_vault_trouble("write", name):
            temporary, fd = self._open_temporary()
        try:
            for piece in pieces:
                with _told_as_vault_trouble("write", name):
                    self._disk.write(fd, piece)
                size += len(piece)
                digest.update(piece)
            with _told_as_vault_trouble("write", name):
                self._disk.sync(fd)  # never tried again: after a failed sync nothing is known of the file
                self._publish(temporary, final, name)
        except BaseException:
            with contextlib.suppress(OSError):  # the error that is under way matters more; incoming is swept
                self._disk.unlink(temporary)
            raise
        finally:
            self._disk.close(fd)
        return StoredObject(name, size, digest.hexdigest())

    def get(self, name: str) -> bytes:
        with _told_as_vault_trouble("read", name), opened(self._disk, self._path(name), os.O_RDONLY) as fd:
            size = self._disk.status_of(fd).st_size
            data, filled = bytearray(size), 0
            while filled < size:
                count = self._disk.read_into(fd, memoryview(data)[filled:], filled)
                if count == 0:
                    break
                filled += count
            return bytes(data[:filled])

    @contextlib.contextmanager
    def open_cold(self, name: str) -> Iterator[ColdRead]:
        with _told_as_vault_trouble("read", name), opened(self._disk, self._path(name), os.O_RDONLY) as fd:
            yield ColdRead(self._disk, fd)

    def list(self, prefix: str) -> Iterator[str]:
        with _told_as_vault_trouble("list", prefix):
            folder = self._path(prefix) if prefix else self.folder
            yield from self._below(folder, f"{prefix}/" if prefix else "")

    def delete(self, name: str) -> None:
        path = self._path(name)
        with _told_as_vault_trouble("delete", name):
            self._disk.unlink(path)
            sync_folder(self._disk, path.parent)

    def sweep(self) -> int:
        """Removes what a killed program left under incoming/; returns how many.

        A writer holds a lock on its file until it is done or dead, so nothing that
        somebody still writes is touched.
        """
        swept = 0
        with _told_as_vault_trouble("tidy", INCOMING):
            folder = self.folder / INCOMING
            for name in self._disk.names(folder) if exists(self._disk, folder) else ():
                try:
                    with opened(self._disk, folder / name, os.O_RDWR) as fd:
                        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        self._disk.unlink(folder / name)
                        swept += 1
                except (BlockingIOError, FileNotFoundError):
                    continue  # being written, or finished while we looked
                except OSError as error:
                    if error.errno not in _NO_LOCKS:
                        raise
                    break  # nobody can tell here what is still being written
        return swept

    def _open_temporary(self) -> tuple[Path, int]:
        """A new file under incoming/, locked so that sweep() of another station leaves it alone."""
        while True:
            temporary = self.folder / INCOMING / os.urandom(16).hex()
            fd = self._disk.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
            if _hold(fd) and self._disk.status_of(fd).st_nlink:
                return temporary, fd
            self._disk.close(fd)  # swept in the moment before it was locked

    def _publish(self, temporary: Path, final: Path, name: str) -> None:
        linked = self._give_name(temporary, final, name)
        try:
            if linked:
                self._disk.unlink(temporary)
            sync_folder(self._disk, final.parent)
        except OSError:
            with contextlib.suppress(OSError):  # whoever is told that it failed must not find it there
                self._disk.unlink(final)
            raise

    def _give_name(self, temporary: Path, final: Path, name: str) -> bool:
        """True when the object has both names now, False when it was renamed."""
        try:
            self._disk.link(temporary, final)
        except FileExistsError:
            raise ObjectExistsError(name) from None
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            if exists(self._disk, final):
                raise ObjectExistsError(name) from None
            self._disk.rename(temporary, final)
            return False
        return True

    def _make_folder(self, folder: Path) -> None:
        """With durable parents, up to the vault's own folder, which must exist."""
        if exists(self._disk, folder):
            return
        if folder == self.folder:
            raise FileNotFoundError(errno.ENOENT, "the vault's folder is gone", str(folder))
        self._make_folder(folder.parent)
        with contextlib.suppress(FileExistsError):  # another station was quicker
            self._disk.make_folder(folder)
        sync_folder(self._disk, folder.parent)

    def _below(self, folder: Path, prefix: str) -> Iterator[str]:
        try:
            names = self._disk.names(folder)
        except FileNotFoundError:
            return
        except NotADirectoryError:
            yield prefix.removesuffix("/")
            return
        for name in names:
            if prefix or name != INCOMING:
                yield from self._below(folder / name, f"{prefix}{name}/")

    def _path(self, name: str) -> Path:
        parts = name.split("/")
        if not all(part and part not in (".", "..") for part in parts):
            raise ValueError(f"not an object name: {name!r}")
        return self.folder.joinpath(*parts)


def _hold(fd: int) -> bool:
    """Locks; False when sweep() has it. Shares without locks take the file as held: they are not swept."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return True


@contextlib.contextmanager
def _told_as_vault_trouble(doing: str, name: str) -> Iterator[None]:
    """OSError as a VaultError that says what to do."""
    try:
        yield
    except FileNotFoundError:
        raise ObjectMissingError(name) from None
    except OSError as error:
        detail = f"({doing} {name}: {error.strerror})"
        match error.errno:
            case errno.ENOSPC | errno.EDQUOT:
                what, hint = "The vault's disk is full.", "Make room on it; what is not sealed yet stays on the card."
            case errno.EROFS | errno.EACCES | errno.EPERM:
                what, hint = f"The vault cannot be used {detail}.", "Ask IT to give this station access to it."
            case errno.EIO | errno.ESTALE | errno.ENODEV | errno.ENOTCONN:
                what, hint = f"The vault's disk failed {detail}.", "Connect it again and sign in; nothing is lost."
            case _:
                what, hint = f"The vault's disk gave an unexpected error {detail}.", "Show this line to IT."
        raise VaultError(what, hint) from error
