"""Sealing one episode of a move: each picture from the card, each covered copy from its sealed original.

Done again after it was cut off anywhere, it verifies what is there and does what
is missing. Nothing on the card is changed here.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..card.card import Card
from ..crypto.keys import AnyKey
from ..erase.overwrite import digest_of
from ..errors import CardError, InterruptedByPersonError
from ..integrity.manifest import Deposit
from ..progress import Cancellation, Progress, Report
from ..records.document import read_document
from ..records.episode import StoredImage, read_episode
from ..records.layout import EpisodePlace
from ..storage.cold import ColdRead
from ..storage.disk import Disk, exists, opened
from ..vault.journal import Plan, PlannedEpisode
from ..vault.place_keys import ensure_episode_key, ensure_patient_key
from ..vault.seal import Sealed, open_image, seal, sealed_before
from ..vault.vault import Vault
from ..vault.verify import NotVerifiedError, Verified, verify


class NeedsTheCardError(CardError):
    """A picture is not in the vault yet, and its card is not in."""

    def __init__(self) -> None:
        super().__init__("An unfinished move waits for its card.", "Put the card in and sign in: it goes on by itself.")


@dataclass(frozen=True)
class SealedEpisode:
    """The images as they are written down, covered copies with their digests, and a proof for each by its id."""

    images: tuple[StoredImage, ...]
    verified: dict[str, Verified]


@dataclass
class Sealing:
    """What sealing needs besides the episode. card: None while it is not in."""

    plan: Plan
    vault: Vault
    card: Card | None
    disk: Disk
    deposit: Deposit
    report: Report
    cancellation: Cancellation
    resumed: bool
    done_bytes: int = field(default=0, init=False)

    def seal(self, episode: PlannedEpisode) -> SealedEpisode:
        """Raises NeedsTheCardError, CardError, VaultError, InterruptedByPersonError."""
        store, deposit = self.vault.store, self.deposit
        place = EpisodePlace(self.vault.keyring.head.vault, episode.patient_folder, episode.id)
        patient = ensure_patient_key(store, self.vault.keyring, place.of_patient, deposit)
        secret = ensure_episode_key(store, patient, place, deposit)
        written = self._copies_written_before(place, secret)
        images: list[StoredImage] = []
        verified: dict[str, Verified] = {}
        total_bytes, self.done_bytes = sum(image.size for image in episode.content.images), 0
        count = len(episode.content.images)
        for number, planned in enumerate(episode.content.images):
            if self.cancellation.is_cancelled:
                raise InterruptedByPersonError(
                    "The move was stopped between two pictures; nothing was erased.",
                    "Put the card in and sign in again: it goes on from there.",
                )
            image = written.get(planned.id, planned)
            stage = "Covering" if image.covered_copy_of else "Sealing"
            self.report(Progress(stage, number, count, self.done_bytes, total_bytes, image.card_path))
            proof = self._proof_of_earlier(image, place, secret)
            if proof is None:
                image, sealed = self._sealed(image, place, secret)
                self.report(Progress("Verifying", number, count, self.done_bytes, total_bytes, image.card_path))
                proof = verify(sealed, secret, store)
            images.append(image)
            verified[image.id] = proof
            self.done_bytes += planned.size
        self.report(Progress("Verifying", count, count, total_bytes, total_bytes))
        return SealedEpisode(tuple(images), verified)

    def _copies_written_before(self, place: EpisodePlace, secret: AnyKey) -> dict[str, StoredImage]:
        """Covered copies that an earlier run of this move wrote down; only the document knows their digests."""
        content = read_episode(read_document(self.vault.store, place, secret)) if self.resumed else None
        return {image.id: image for image in content.images if image.covered_copy_of} if content else {}

    def _proof_of_earlier(self, image: StoredImage, place: EpisodePlace, secret: AnyKey) -> Verified | None:
        """Of what an earlier run sealed, if it is whole. What is not is given up while its source is there."""
        sealed = sealed_before(self.vault.store, place, image.id, image.sha256, image.size) if self.resumed else None
        if sealed is None:
            return None
        if image.sha256:
            try:
                return verify(sealed, secret, self.vault.store)
            except NotVerifiedError:
                if not image.covered_copy_of:
                    self._source(image)
        self.vault.store.delete(place.image_name(image.id))
        return None

    def _sealed(self, image: StoredImage, place: EpisodePlace, secret: AnyKey) -> tuple[StoredImage, Sealed]:
        if image.covered_copy_of:
            content = self._covered(image, place, secret)
            image = replace(image, sha256=hashlib.sha256(content).hexdigest(), size=len(content))
            return image, self._put(image, [content], place, secret)
        source = self._source(image)
        with told_as_card_trouble(image.card_path):
            return image, self._put(image, _cold_pieces(self.disk, source), place, secret)

    def _put(
        self, image: StoredImage, pieces: Iterable[bytes | memoryview], place: EpisodePlace, secret: AnyKey
    ) -> Sealed:
        return seal(
            pieces,
            shown=image.card_path,
            sha256=image.sha256,
            size=image.size,
            place=place,
            id_=image.id,
            episode=secret,
            store=self.vault.store,
            deposit=self.deposit,
        )

    def _covered(self, image: StoredImage, place: EpisodePlace, secret: AnyKey) -> bytes:
        """Made from the sealed original, which is verified by now, so that it needs no card."""
        from ..photo.covering import covered_copy  # Pillow, for the few moves that cover something

        original = b"".join(open_image(self.vault.store, place, image.covered_copy_of, secret))
        return covered_copy(original, image.cover)

    def _source(self, image: StoredImage) -> Path:
        """Where the card has the picture whole: under its own name, or as a tombstone nothing was written over."""
        card, disk = self.card, self.disk
        if card is None:
            raise NeedsTheCardError
        copies = [file for file in self.plan.files if file.sha256 == image.sha256]
        with told_as_card_trouble(image.card_path):
            for file in copies:
                path = path_on(card, file.path)
                if exists(disk, path):
                    return path
            for file in copies:
                grave = path_on(card, file.path).with_name(file.tombstone)
                if exists(disk, grave):
                    found = digest_of(disk, grave, card.device_number, image.card_path)
                    if found == image.sha256:
                        return grave
        raise CardError(
            f"{image.card_path} is neither in the vault nor on this card.", "Look for another card with this picture."
        )


def path_on(card: Card, path: bytes) -> Path:
    return card.mount_point / os.fsdecode(path)


@contextmanager
def told_as_card_trouble(shown: str) -> Iterator[None]:
    """OSError of the card as a CardError."""
    try:
        yield
    except FileNotFoundError:
        raise CardError(f"{shown} is not on the card any more.", "Put the card in that it was on.") from None
    except OSError as error:
        raise CardError(
            f"The card failed or was pulled ({shown}: {error.strerror}).",
            "Nothing is lost: put it in again and sign in, and the move goes on.",
        ) from error


def _cold_pieces(disk: Disk, path: Path) -> Iterator[memoryview]:
    with opened(disk, path, os.O_RDONLY | os.O_NOFOLLOW) as fd:
        yield from ColdRead(disk, fd)
