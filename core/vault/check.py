"""Checking the vault: every object there, every byte as it was written, everything opens.

Objects that a manifest vouches for are read and digested; the few kinds that
change too often for that (journal, catalogue, log) authenticate themselves.
What is found wrong is named with one next step; nothing is changed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from ..access.slot import list_entries
from ..audit.events import EventKind
from ..audit.log import FOLDER as AUDIT
from ..audit.log import check_log
from ..crypto.keys import NotAuthenticError
from ..errors import InterruptedByPersonError, VaultError
from ..integrity.head import HEAD_NAME
from ..integrity.manifest import FOLDER as MANIFESTS
from ..integrity.manifest import ManifestDamagedError, manifest_names, read_manifest
from ..progress import Cancellation, NeverCancelled, Progress, Report, unreported
from ..records.catalogue import FOLDER as CATALOGUE
from ..records.catalogue import open_chunk
from ..records.document import read_document, record_names
from ..records.episode import read_episode, read_patient
from ..records.layout import FOLDER as PATIENTS
from ..records.layout import EpisodePlace, PatientPlace
from ..storage.store import ObjectMissingError, StoredObject
from .discard import FOLDER as DISCARDS
from .journal import FOLDER as JOURNAL
from .journal import check_journal_object, open_moves, read_plan
from .place_keys import key_names, patient_key
from .seal import Sealed
from .vault import Vault
from .verify import NotVerifiedError, verify

RESTORE = "Restore this object from a backup."


@dataclass(frozen=True)
class Finding:
    """object_name: what it is about. what: one sentence. next_step: one thing to do."""

    object_name: str
    what: str
    next_step: str


def check_vault(
    vault: Vault, *, full: bool = False, report: Report = unreported, cancellation: Cancellation | None = None
) -> tuple[Finding, ...]:
    """Every byte of every object, every key and document opened; full: every picture opened too.

    Raises InterruptedByPersonError between objects, VaultError where the vault cannot be read at all.
    """
    cancelled = cancellation or NeverCancelled()
    findings = list(_check(vault, report, cancelled, full=full))
    counts = {"findings": len(findings), "full": int(full)}
    vault.audit.record(EventKind.VAULT_CHECKED, counts=counts)
    return tuple(dict.fromkeys(findings))


def _check(vault: Vault, report: Report, cancelled: Cancellation, *, full: bool) -> Iterator[Finding]:
    store, head = vault.store, vault.keyring.head
    vouched: dict[str, StoredObject] = {}
    for name in sorted(manifest_names(store)):
        try:
            vouched |= {stored.name: stored for stored in read_manifest(store, head, name).objects}
        except ManifestDamagedError as error:
            yield Finding(name, error.what, error.hint)
    names = set(store.list(""))
    for missing in sorted(vouched.keys() - names):
        yield Finding(missing, "An object is missing that was in the vault.", RESTORE)
    unfinished = _unfinished_folders(vault)
    for number, name in enumerate(sorted(names)):
        if cancelled.is_cancelled:
            raise InterruptedByPersonError("The check was stopped.", "Run it again: nothing was changed.")
        report(Progress("Checking", number, len(names), item=name.partition("/")[0]))
        try:
            if name in vouched:
                yield from _check_bytes(vault, vouched[name])
            else:
                yield from _check_unvouched(vault, name, unfinished)
        except ObjectMissingError:
            continue  # an object of the journal or the catalogue, gone since the listing
    for chain_finding in check_log(store, head, vault.keyring.audit, vault.station):
        yield Finding(chain_finding.object_name, chain_finding.what, chain_finding.next_step)
    yield from _check_staff(vault)
    yield from _check_documents(vault, names, full=full)
    report(Progress("Checking", len(names), len(names)))


def _check_bytes(vault: Vault, expected: StoredObject) -> Iterator[Finding]:
    digest, size = hashlib.sha256(), 0
    with vault.store.open_cold(expected.name) as cold:
        for piece in cold:
            digest.update(piece)
            size += len(piece)
    if size != expected.size or digest.hexdigest() != expected.sha256:
        yield Finding(expected.name, "An object is damaged: its bytes are not those that were written.", RESTORE)


def _check_unvouched(vault: Vault, name: str, unfinished: set[str]) -> Iterator[Finding]:
    kind = name.partition("/")[0]
    if name == HEAD_NAME:
        if vault.store.get(name) != msgspec.json.encode(vault.keyring.head):
            yield Finding(name, "The head of the vault has changed since you signed in.", RESTORE)
    elif kind in (MANIFESTS, AUDIT):
        return  # read as a whole
    elif kind == CATALOGUE:
        try:
            open_chunk(vault.store, vault.keyring, name)
        except NotAuthenticError:
            yield Finding(name, "A part of the catalogue is damaged; searching reads the documents instead.", RESTORE)
    elif kind == JOURNAL:
        yield from _check_journal(vault, name)
    elif not any(name.startswith(folder) for folder in unfinished):
        yield Finding(name, "Nobody has signed for this object: it was not put here by dermlock.", "Tell IT.")


def _check_journal(vault: Vault, name: str) -> Iterator[Finding]:
    try:
        check_journal_object(vault.store, vault.keyring, name)
    except NotAuthenticError:
        yield Finding(
            name,
            "The journal of an unfinished move is damaged.",
            "Its pictures are still on their card: restore this object, then sign in with the card in.",
        )


def _check_staff(vault: Vault) -> Iterator[Finding]:
    try:
        for _ in list_entries(vault.store, vault.keyring.head, vault.keyring.staff_list):
            continue
    except NotAuthenticError:
        yield Finding("staff", "An entry of the list of staff is damaged.", RESTORE)


def _check_documents(vault: Vault, names: set[str], *, full: bool) -> Iterator[Finding]:
    store, keyring = vault.store, vault.keyring
    for folder in sorted({name.split("/")[1] for name in names if name.startswith(f"{PATIENTS}/")}):
        place = PatientPlace(keyring.head.vault, folder)
        try:
            key = patient_key(store, keyring, place)
            if key is None:
                yield Finding(place.folder, "A patient's key is missing.", RESTORE)
                continue
            read_patient(read_document(store, place, key))
            episodes = {n.split("/")[2] for n in names if n.startswith(f"{place.folder}/") and n.count("/") > 2}
            for episode in sorted(episodes):
                yield from _check_episode(vault, EpisodePlace(keyring.head.vault, folder, episode), names, full=full)
        except VaultError as error:
            yield Finding(place.folder, error.what, error.hint)


def _check_episode(vault: Vault, place: EpisodePlace, names: set[str], *, full: bool) -> Iterator[Finding]:
    try:
        secret = vault.key_of(place)
        content = read_episode(read_document(vault.store, place, secret))
    except VaultError as error:
        yield Finding(place.folder, error.what, error.hint)
        return
    for image in content.images if content else ():
        if full:
            try:
                verify(Sealed(place, image.id, image.sha256, image.size, None), secret, vault.store)
            except NotVerifiedError as error:
                yield Finding(error.name, error.what, RESTORE)
        elif place.image_name(image.id) not in names:
            yield Finding(place.image_name(image.id), "A picture of an episode is missing.", RESTORE)


def _unfinished_folders(vault: Vault) -> set[str]:
    """Folders in which a move is under way or waits for its card: not signed for yet, and not wrong."""
    folders = set()
    for move in open_moves(vault.store):
        try:
            plan = read_plan(vault.store, vault.keyring, move)
        except VaultError:
            continue  # gone meanwhile, or damaged: the check of the journal itself names it
        folders.add(f"{DISCARDS}/{plan.move}")
        for episode in plan.episodes:
            folders.add(f"{PATIENTS}/{episode.patient_folder}/{episode.id}/")
            place = PatientPlace(vault.keyring.head.vault, episode.patient_folder)
            folders |= set(key_names(vault.store, place)) | set(record_names(vault.store, place))
    return folders
