"""The vault's side of a move: seal what is not there yet, verify all of it, write it down."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..audit.events import EventKind
from ..card.card import Card
from ..erase.overwrite import digest_of
from ..errors import CardError, InterruptedByPersonError
from ..integrity.manifest import Deposit, manifest_names, read_manifest
from ..progress import Cancellation, Progress, Report
from ..records.catalogue import entry_of
from ..records.document import written_document
from ..records.episode import Episode, read_patient, write_episode, write_patient
from ..records.layout import EpisodePlace
from ..storage.cold import ColdRead
from ..storage.disk import Disk, exists, opened
from ..storage.store import StoredObject
from ..vault.discard import Discarded, discard
from ..vault.journal import Plan, PlannedEpisode
from ..vault.place_keys import ensure_episode_key, ensure_patient_key
from ..vault.seal import Sealed, seal, sealed_before
from ..vault.vault import Vault
from ..vault.verify import NotVerifiedError, Verified, verify
from .planning import SafeIn


@dataclass(frozen=True)
class Proofs:
    """What the card's side of the move demands before it erases anything."""

    verified: dict[SafeIn, Verified]
    discarded: dict[str, Discarded]


class NeedsTheCardError(CardError):
    """A picture is not in the vault yet, and its card is not in."""

    def __init__(self) -> None:
        super().__init__("An unfinished move waits for its card.", "Put the card in and sign in: it goes on by itself.")


def prove(
    plan: Plan,
    vault: Vault,
    card: Card | None,
    disk: Disk,
    *,
    report: Report,
    cancellation: Cancellation,
    resumed: bool,
) -> Proofs:
    """Every picture of the plan sealed, read back cold and written down; the discards' reasons kept.

    Safe to do again after it was cut off anywhere (resumed): what is there is
    verified anew, what is missing is done. Raises NeedsTheCardError, CardError,
    VaultError, InterruptedByPersonError; nothing on the card was changed then.
    """
    signed = _signed_names(vault) if resumed else set()
    deposit = vault.deposit()
    verified: dict[SafeIn, Verified] = {}
    for episode in plan.episodes:
        verified |= _seal_episode(plan, episode, vault, card, disk, deposit, report, cancellation, resumed=resumed)
    for file in plan.files:
        if file.safe_in is not None and file.safe_in not in verified:
            place = EpisodePlace(vault.keyring.head.vault, *file.safe_in[:2])
            known = Sealed(place, file.safe_in[2], file.sha256, file.size, None)
            verified[file.safe_in] = verify(known, vault.key_of(place), vault.store)
    discarded = _write_down(plan, vault, deposit, verified, signed, resumed=resumed)
    return Proofs(verified, {proof.sha256: proof for proof in discarded})


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


def _seal_episode(
    plan: Plan,
    episode: PlannedEpisode,
    vault: Vault,
    card: Card | None,
    disk: Disk,
    deposit: Deposit,
    report: Report,
    cancellation: Cancellation,
    *,
    resumed: bool,
) -> dict[SafeIn, Verified]:
    place = EpisodePlace(vault.keyring.head.vault, episode.patient_folder, episode.id)
    patient = ensure_patient_key(vault.store, vault.keyring, place.of_patient, deposit)
    secret = ensure_episode_key(vault.store, patient, place, deposit)
    total_bytes, done_bytes = sum(image.size for image in episode.images), 0
    verified = {}
    for number, image in enumerate(episode.images):
        if cancellation.is_cancelled:
            raise InterruptedByPersonError(
                "The move was stopped between two pictures; nothing was erased.",
                "Put the card in and sign in again: it goes on from there.",
            )
        report(Progress("Sealing", number, len(episode.images), done_bytes, total_bytes, image.card_path))
        sealed = sealed_before(vault.store, place, image.id, image.sha256, image.size) if resumed else None
        proof = None
        if sealed is not None:
            try:
                proof = verify(sealed, secret, vault.store)
            except NotVerifiedError:
                _source(plan, image.sha256, image.card_path, card, disk)  # given up only while the card still has it
                vault.store.delete(place.image_name(image.id))
        if proof is None:
            source = _source(plan, image.sha256, image.card_path, card, disk)
            with told_as_card_trouble(image.card_path):
                sealed = seal(
                    _cold_pieces(disk, source),
                    shown=image.card_path,
                    sha256=image.sha256,
                    size=image.size,
                    place=place,
                    id_=image.id,
                    episode=secret,
                    store=vault.store,
                    deposit=deposit,
                )
            report(Progress("Verifying", number, len(episode.images), done_bytes, total_bytes, image.card_path))
            proof = verify(sealed, secret, vault.store)
        verified[episode.patient_folder, episode.id, image.id] = proof
        done_bytes += image.size
    count = len(episode.images)
    report(Progress("Verifying", count, count, total_bytes, total_bytes))
    return verified


def _source(plan: Plan, sha256: str, shown: str, card: Card | None, disk: Disk) -> Path:
    """Where the card has the picture whole: under its own name, or as a tombstone that nothing was written over."""
    if card is None:
        raise NeedsTheCardError
    copies = [file for file in plan.files if file.sha256 == sha256]
    with told_as_card_trouble(shown):
        for file in copies:
            path = path_on(card, file.path)
            if exists(disk, path):
                return path
        for file in copies:
            grave = path_on(card, file.path).with_name(file.tombstone)
            if exists(disk, grave) and digest_of(disk, grave, card.device_number, shown) == sha256:
                return grave
    raise CardError(f"{shown} is neither in the vault nor on this card.", "Look for another card with this picture.")


def _cold_pieces(disk: Disk, path: Path) -> Iterator[memoryview]:
    with opened(disk, path, os.O_RDONLY | os.O_NOFOLLOW) as fd:
        yield from ColdRead(disk, fd)


def _write_down(
    plan: Plan,
    vault: Vault,
    deposit: Deposit,
    verified: dict[SafeIn, Verified],
    signed: set[str],
    *,
    resumed: bool,
) -> tuple[Discarded, ...]:
    """Documents, discards, log, manifest and catalogue: after this the pictures can be found."""
    store, keyring, episodes = vault.store, vault.keyring, []
    for planned in plan.episodes:
        place = EpisodePlace(keyring.head.vault, planned.patient_folder, planned.id)
        patient_secret = ensure_patient_key(store, keyring, place.of_patient, deposit)
        secret = ensure_episode_key(store, patient_secret, place, deposit)
        with written_document(store, place.of_patient, patient_secret, deposit, vault.clock) as document:
            if read_patient(document) is None:
                write_patient(document, planned.patient.patient)
        with written_document(store, place, secret, deposit, vault.clock) as document:
            write_episode(document, planned.content(plan.staff))
        for image in planned.images:
            proof = verified[planned.patient_folder, planned.id, image.id]
            for stored in (proof.key, proof.image):
                if stored.name not in signed:
                    deposit.adopt(stored)
        episodes.append(Episode(planned.patient.patient, planned.patient_folder, planned.content(plan.staff)))
        if resumed:
            _adopt_unsigned(store.list(place.of_patient.folder), place, vault, deposit, signed)
    discarded = discard(
        plan.discards,
        move=plan.move,
        at=plan.at.isoformat(),
        staff_id=plan.staff,
        keyring=keyring,
        store=store,
        deposit=deposit,
    )
    if resumed and plan.discards:
        _adopt_unsigned([f"discards/{plan.move}"], None, vault, deposit, signed)
    if deposit.is_empty:
        return discarded
    for episode in episodes:
        images = tuple(image.id for image in episode.content.images)
        vault.audit.record(EventKind.EPISODE_OPENED, subjects=(episode.id,), note=episode.content.outcome.route.value)
        if images:
            vault.audit.record(
                EventKind.PICTURES_SEALED, subjects=(episode.id, *images), counts={"pictures": len(images)}
            )
    if discarded:
        vault.audit.record(EventKind.FILES_DISCARDED, subjects=(plan.move,), counts={"files": len(discarded)})
    manifest = deposit.sign()
    vault.catalogue.keep(manifest, tuple(entry_of(episode, keyring) for episode in episodes))
    return discarded


def _adopt_unsigned(
    names: Iterable[str], place: EpisodePlace | None, vault: Vault, deposit: Deposit, signed: set[str]
) -> None:
    """Signs for keys and records that a cut-off run of this move put; each was opened by now."""
    for name in names:
        in_place = place is None or name.startswith(f"{place.folder}/") or name.count("/") == 2
        if in_place and not name.endswith((".image", ".imgkey")) and name not in signed and not deposit.holds(name):
            raw = vault.store.get(name)
            deposit.adopt(StoredObject(name, len(raw), hashlib.sha256(raw).hexdigest()))


def _signed_names(vault: Vault) -> set[str]:
    """Names of all objects that some manifest vouches for."""
    head = vault.keyring.head
    return {
        stored.name
        for manifest in manifest_names(vault.store)
        for stored in read_manifest(vault.store, head, manifest).objects
    }
