"""Verifying: the sealed picture read again from the disk itself, opened and compared.

Only this makes a Verified, and only a Verified (or a clinician's Discarded) lets
a file on the card be erased.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import InitVar, dataclass

from ..crypto.keys import AnyKey, NotAuthenticError
from ..crypto.stream import open_stream
from ..errors import VaultError
from ..records.layout import EpisodePlace
from ..storage.cold import Coldness
from ..storage.store import ColdObject, ObjectMissingError, ObjectStore, StoredObject, read_cold
from .place_keys import KeyDamagedError
from .seal import Sealed, image_key

_MADE_BY_VERIFY = object()


class NotVerifiedError(VaultError):
    """The sealed picture is not, or not any more, what was sealed."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"A sealed picture could not be proven ({name}: {why}).", "It stays on the card; try again.")
        self.name = name


@dataclass(frozen=True)
class Verified:
    """Proof that a picture is in the vault. sha256: of the picture. coldness: how the read is known to be from disk.

    key, image: the objects as they lie on the disk.
    """

    place: EpisodePlace
    id: str
    sha256: str
    size: int
    coldness: Coldness
    key: StoredObject
    image: StoredObject
    made_by: InitVar[object]  # not kept: dataclasses.replace makes no other proof of one

    def __post_init__(self, made_by: object) -> None:
        if made_by is not _MADE_BY_VERIFY:
            raise TypeError("only verify() makes a Verified")


def verify(sealed: Sealed, episode: AnyKey, store: ObjectStore) -> Verified:
    """Raises NotVerifiedError unless key and image, read from disk, give the picture of that digest."""
    place, id_ = sealed.place, sealed.id
    name, key_name = place.image_name(id_), place.image_key_name(id_)
    try:
        key = image_key(store, place, id_, episode)
        raw_key = read_cold(store, key_name)
        with store.open_cold(name) as cold:
            measured = _Measured(cold)
            digest, size = hashlib.sha256(), 0
            for chunk in open_stream(measured, key, place.bound_image("image", id_)):
                digest.update(chunk)
                size += len(chunk)
            coldness = cold.coldness
    except ObjectMissingError as error:
        raise NotVerifiedError(error.name, "it is not there") from None
    except KeyDamagedError:
        raise NotVerifiedError(key_name, "its key does not open") from None
    except NotAuthenticError:
        raise NotVerifiedError(name, "it does not open") from None
    stored = StoredObject(name, measured.size, measured.digest.hexdigest())
    if digest.hexdigest() != sealed.sha256 or size != sealed.size:
        raise NotVerifiedError(name, "it holds another picture")
    if sealed.image is not None and sealed.image != stored:
        raise NotVerifiedError(name, "the disk holds other bytes than were written")
    stored_key = StoredObject(key_name, len(raw_key), hashlib.sha256(raw_key).hexdigest())
    return Verified(place, id_, sealed.sha256, sealed.size, coldness, stored_key, stored, _MADE_BY_VERIFY)


class _Measured:
    """Passes pieces on, and counts and digests them."""

    def __init__(self, pieces: ColdObject) -> None:
        self._pieces = pieces
        self.size = 0
        self.digest = hashlib.sha256()

    def __iter__(self) -> Iterator[memoryview]:
        for piece in self._pieces:
            self.size += len(piece)
            self.digest.update(piece)
            yield piece
