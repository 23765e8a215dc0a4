"""What a vault needs of the place it lies in: objects that are created once and never changed."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from ..errors import VaultError
from .cold import Coldness


class ObjectMissingError(VaultError):
    """An object that should be in the vault is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The vault has no object {name}.", "Run dermlock vault check.")
        self.name = name


class ObjectExistsError(VaultError):
    """An object of that name is there already; objects are never changed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The vault already has an object {name}.", "Run dermlock vault check.")
        self.name = name


class NotKeptError(VaultError):
    """What was just written does not come back from the disk."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The vault's disk did not keep what was written ({name}).",
            "Nothing was erased: have the disk looked at, then sign in again.",
        )
        self.name = name


@dataclass(frozen=True)
class StoredObject:
    """name, size in bytes and hex SHA-256 of an object as it was handed to the disk."""

    name: str
    size: int
    sha256: str


class ColdObject(Protocol):
    """An object's bytes from the disk itself; coldness is final after the last one."""

    @property
    def coldness(self) -> Coldness: ...
    def __iter__(self) -> Iterator[memoryview]: ...


class ObjectStore(Protocol):
    """Names are lower-case words joined by "/". Every method raises VaultError."""

    def put_new(self, name: str, pieces: Iterable[bytes | memoryview]) -> StoredObject:
        """Durable when it returns; nothing of the name is there when it raises.

        Raises ObjectExistsError. An error of `pieces` itself passes through.
        """

    def get(self, name: str) -> bytes:
        """The whole of a small object. Raises ObjectMissingError."""

    def open_cold(self, name: str) -> AbstractContextManager[ColdObject]:
        """For proving and for large objects. Raises ObjectMissingError."""

    def list(self, prefix: str) -> Iterator[str]:
        """Names below the folder `prefix` ("" is everything), in no order."""

    def delete(self, name: str) -> None:
        """Raises ObjectMissingError."""


def read_cold(store: ObjectStore, name: str) -> bytes:
    """A small object as the disk itself has it. Raises ObjectMissingError."""
    with store.open_cold(name) as cold:
        return b"".join(bytes(piece) for piece in cold)
