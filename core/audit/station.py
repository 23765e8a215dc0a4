"""This station: its id, its signing key and the chain heads it has seen.

They lie in the station's state folder, outside the vault and readable only by
the account that runs dermlock, so that a vault rolled back behind a station's
back is noticed by it.
"""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ..crypto.identity import SigningKey
from ..crypto.keys import random_name
from ..errors import WrongUseError
from ..storage.disk import LocalDisk, sync_folder

_FILE = "station.json"


class ChainHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """number: of the last event, 0 before the first. digest: hex SHA-256 of its object, "" before the first."""

    number: int = 0
    digest: str = ""


class _State(msgspec.Struct, forbid_unknown_fields=True):
    station: str
    signing: bytes
    heads: dict[str, dict[str, ChainHead]]  # vault -> station -> its last head seen here


@dataclass(frozen=True)
class Station:
    """id: opaque, random. signing: Ed25519, for this station's events."""

    id: str
    signing: SigningKey = field(repr=False)
    state_folder: Path

    def head(self, vault: str, station: str) -> ChainHead:
        """The last event of `station` that was seen from here."""
        return _read(self.state_folder).heads.get(vault, {}).get(station, ChainHead())

    def known_stations(self, vault: str) -> tuple[str, ...]:
        """Every station of `vault` whose events were seen from here."""
        return tuple(_read(self.state_folder).heads.get(vault, {}))

    def remember(self, vault: str, station: str, head: ChainHead) -> None:
        """Durable when it returns. Call inside `alone` when it must not be overtaken."""
        state = _read(self.state_folder)
        state.heads.setdefault(vault, {})[station] = head
        _write(self.state_folder, state)

    @contextlib.contextmanager
    def alone(self, work: str = "audit") -> Iterator[None]:
        """One program at a time on this station does `work`; others wait."""
        with _locked(self.state_folder / f"{work}.lock", fcntl.LOCK_EX):
            yield

    @contextlib.contextmanager
    def alone_or_busy(self, work: str) -> Iterator[bool]:
        """True when this program has `work` to itself, False when another one on this station is at it."""
        path = self.state_folder / f"{work}.lock"
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            if os.fstat(fd).st_nlink == 0:
                yield False  # the one who had it has just ended; a third may have it by now
            else:
                yield True
                path.unlink(missing_ok=True)  # still held: whoever opened it meanwhile finds the work done
        finally:
            os.close(fd)


def this_station(state_folder: Path) -> Station:
    """Read from `state_folder`, or made there at the first start.

    Raises WrongUseError when the folder cannot be used or its file is damaged.
    """
    try:
        state_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(state_folder / "station.lock", fcntl.LOCK_EX):
            if not (state_folder / _FILE).exists():
                _write(state_folder, _State(random_name(), SigningKey.random().secret, {}))
            state = _read(state_folder)
    except OSError as error:
        raise WrongUseError(
            f"The state folder of this station cannot be used ({error.strerror}).",
            f"Make {state_folder} writable for this account, or name another in the settings.",
        ) from error
    return Station(state.station, SigningKey(state.signing), state_folder)


def _read(folder: Path) -> _State:
    try:
        return msgspec.json.decode((folder / _FILE).read_bytes(), type=_State)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise WrongUseError(
            "The file of this station is damaged.",
            f"Move {folder / _FILE} away; the station then starts anew under another id.",
        ) from None


def _write(folder: Path, state: _State) -> None:
    temporary = folder / f"{_FILE}.{os.getpid()}"
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(msgspec.json.encode(state))
        file.flush()
        os.fsync(fd)
    temporary.replace(folder / _FILE)
    sync_folder(LocalDisk(), folder)


@contextlib.contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, how)
        yield
    finally:
        os.close(fd)
