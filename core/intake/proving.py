"""The vault's side of a move: seal what is not there yet, verify all of it, write it down."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..audit.events import EventKind
from ..card.card import Card
from ..integrity.manifest import Deposit, manifest_names, read_manifest
from ..progress import Cancellation, Report
from ..records.document import written_document
from ..records.episode import Episode, read_patient, write_episode, write_patient
from ..records.layout import EpisodePlace
from ..storage.disk import Disk
from ..storage.store import StoredObject
from ..vault.discard import Discarded, discard
from ..vault.journal import Plan, PlannedEpisode
from ..vault.place_keys import ensure_episode_key, ensure_patient_key
from ..vault.seal import Sealed
from ..vault.vault import Vault
from ..vault.verify import Verified, verify
from .planning import SafeIn
from .sealing import SealedEpisode, Sealing


@dataclass(frozen=True)
class Proofs:
    """What the card's side of the move demands before it erases anything."""

    verified: dict[SafeIn, Verified]
    discarded: dict[str, Discarded]


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
    sealing = Sealing(plan, vault, card, disk, deposit, report, cancellation, resumed)
    sealed = [(episode, sealing.seal(episode)) for episode in plan.episodes]
    verified: dict[SafeIn, Verified] = {
        (episode.patient_folder, episode.id, image): proof
        for episode, its in sealed
        for image, proof in its.verified.items()
    }
    for file in plan.files:
        if file.safe_in is not None and file.safe_in not in verified:
            place = EpisodePlace(vault.keyring.head.vault, *file.safe_in[:2])
            known = Sealed(place, file.safe_in[2], file.sha256, file.size, None)
            verified[file.safe_in] = verify(known, vault.key_of(place), vault.store)
    discarded = _write_down(plan, vault, deposit, sealed, signed, resumed=resumed)
    return Proofs(verified, {proof.sha256: proof for proof in discarded})


def _write_down(
    plan: Plan,
    vault: Vault,
    deposit: Deposit,
    sealed: Sequence[tuple[PlannedEpisode, SealedEpisode]],
    signed: set[str],
    *,
    resumed: bool,
) -> tuple[Discarded, ...]:
    """Documents, discards, log, manifest and catalogue: after this the pictures can be found."""
    store, keyring, episodes = vault.store, vault.keyring, []
    for planned, its in sealed:
        content = replace(planned.content, images=its.images)
        place = EpisodePlace(keyring.head.vault, planned.patient_folder, planned.id)
        patient_secret = ensure_patient_key(store, keyring, place.of_patient, deposit)
        secret = ensure_episode_key(store, patient_secret, place, deposit)
        with written_document(store, place.of_patient, patient_secret, deposit, vault.clock) as document:
            if read_patient(document) is None:
                write_patient(document, planned.patient.patient)
        with written_document(store, place, secret, deposit, vault.clock) as document:
            write_episode(document, content)
        for proof in its.verified.values():
            for stored in (proof.key, proof.image):
                if stored.name not in signed:
                    deposit.adopt(stored)
        episodes.append(Episode(planned.patient.patient, planned.patient_folder, content))
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
        vault.audit.record(EventKind.EPISODE_OPENED, subjects=(episode.id,))
        if images:
            vault.audit.record(
                EventKind.PICTURES_SEALED, subjects=(episode.id, *images), counts={"pictures": len(images)}
            )
    if discarded:
        vault.audit.record(EventKind.FILES_DISCARDED, subjects=(plan.move,), counts={"files": len(discarded)})
    manifest = deposit.sign()
    vault.keep_in_catalogue(manifest, [(episode.patient_folder, episode.id) for episode in episodes])
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
