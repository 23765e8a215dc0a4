"""Sealing: from the card's bytes to an image object in the vault.

The image key is durable before the object that needs it. What is sealed is the
file as it is, metadata and all. The digest that the clinician's inventory saw is
demanded at the end of the stream, before the object gets its name.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..crypto.keys import AnyKey, Key, NotAuthenticError
from ..crypto.stream import open_stream, seal_stream
from ..errors import CardError, VaultError
from ..integrity.manifest import Deposit
from ..records.layout import EpisodePlace
from ..storage.store import ObjectMissingError, ObjectStore, StoredObject, read_cold
from .place_keys import KeyDamagedError


class PictureChangedError(CardError):
    """The file on the card is not the one that was looked at."""

    def __init__(self, shown: str) -> None:
        super().__init__(
            f"{shown} has changed since it was looked at.", "It was not touched: look at the card again and start anew."
        )


@dataclass(frozen=True)
class Sealed:
    """A picture that was handed to the vault's disk. sha256, size: of the picture itself.

    image: the sealed object as handed over, None when it was found from an earlier, unfinished move.
    """

    place: EpisodePlace
    id: str
    sha256: str
    size: int
    image: StoredObject | None


def seal(
    pieces: Iterable[bytes | memoryview],
    *,
    shown: str,
    sha256: str,
    size: int,
    place: EpisodePlace,
    id_: str,
    episode: AnyKey,
    store: ObjectStore,
    deposit: Deposit,
) -> Sealed:
    """Seals what `pieces` yields under the episode's key.

    shown: the file's path as people see it, for the error. id_: of the image, random.
    Raises PictureChangedError when the bytes are not those of `sha256`, VaultError
    when they cannot be written; nothing of the image's name is then in the vault.
    """
    key = _ensure_image_key(store, place, id_, episode, deposit)
    source = _digest_demanded(pieces, shown, sha256, size)
    image = deposit.put(place.image_name(id_), seal_stream(source, key, place.bound_image("image", id_)))
    return Sealed(place, id_, sha256, size, image)


def sealed_before(store: ObjectStore, place: EpisodePlace, id_: str, sha256: str, size: int) -> Sealed | None:
    """What an unfinished move left of this picture, to be verified; None when it did not come to that."""
    names = set(store.list(place.folder))
    return Sealed(place, id_, sha256, size, None) if place.image_name(id_) in names else None


def image_key(store: ObjectStore, place: EpisodePlace, id_: str, episode: AnyKey) -> Key:
    """Read back from the disk. Raises ObjectMissingError, KeyDamagedError."""
    name = place.image_key_name(id_)
    raw = read_cold(store, name)
    try:
        return episode.unwrap(raw, place.bound_image("image key", id_))
    except NotAuthenticError:
        raise KeyDamagedError(name) from None


def open_image(store: ObjectStore, place: EpisodePlace, id_: str, episode: AnyKey) -> Iterator[bytes]:
    """The picture in pieces of up to 1 MiB. Raises VaultError when anything of it is not as it was sealed."""
    key, name = image_key(store, place, id_, episode), place.image_name(id_)
    try:
        with store.open_cold(name) as cold:
            yield from open_stream(cold, key, place.bound_image("image", id_))
    except NotAuthenticError:
        raise VaultError(
            f"A sealed picture is damaged ({name}).", "Run dermlock vault check, and restore it from a backup."
        ) from None


def _ensure_image_key(store: ObjectStore, place: EpisodePlace, id_: str, episode: AnyKey, deposit: Deposit) -> Key:
    name = place.image_key_name(id_)
    try:
        return image_key(store, place, id_, episode)
    except ObjectMissingError:
        pass
    except KeyDamagedError:
        if place.image_name(id_) in set(store.list(place.folder)):
            raise
        store.delete(name)  # it opens nothing, and there is nothing that it would open
    key = Key.random()
    deposit.put(name, [episode.wrap(key, place.bound_image("image key", id_))])
    return key


def _digest_demanded(
    pieces: Iterable[bytes | memoryview], shown: str, sha256: str, size: int
) -> Iterator[bytes | memoryview]:
    digest, count = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        count += len(piece)
        yield piece
    if digest.hexdigest() != sha256 or count != size:
        raise PictureChangedError(shown)
