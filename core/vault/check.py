"""Checking the vault: every object there, every byte as it was written, everything opens.

Objects that a manifest vouches for are read and digested; the few kinds that
change too often for that (journal, catalogue, log) authenticate themselves.
What is found wrong is named with one next step; nothing is changed.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from ..access.slot import FOLDER as STAFF
from ..access.slot import list_entries
from ..audit.events import EventKind, LoggedEvent
from ..audit.log import FOLDER as AUDIT
from ..audit.log import check_log, read_log
from ..crypto.keys import AnyKey, NotAuthenticError
from ..errors import InterruptedByPersonError, VaultError
from ..integrity.head import HEAD_NAME
from ..integrity.manifest import FOLDER as MANIFESTS
from ..integrity.manifest import Manifest, manifest_names, read_manifest
from ..progress import Cancellation, NeverCancelled, Progress, Report, unreported
from ..records.catalogue import FOLDER as CATALOGUE
from ..records.catalogue import open_chunk
from ..records.document import DocumentDamagedError, read_document, record_names
from ..records.episode import read_episode, read_patient
from ..records.layout import FOLDER as PATIENTS
from ..records.layout import EpisodePlace, PatientPlace
from ..storage.store import ObjectMissingError, StoredObject
from .discard import FOLDER as DISCARDS
from .follow_up import FOLLOW_UP_EVENTS
from .journal import FOLDER as JOURNAL
from .journal import check_journal_object, open_moves, read_plan
from .place_keys import KeyDamagedError, damaged_keys, key_names, patient_key
from .seal import Sealed
from .vault import Vault
from .verify import NotVerifiedError, verify

RESTORE = "Restore this object from a backup."
_TELLS_OF_OBJECTS = frozenset(
    {EventKind.EPISODE_OPENED, EventKind.PICTURES_SEALED, EventKind.FILES_DISCARDED, *FOLLOW_UP_EVENTS}
)


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

    One finding an object, with the next step for it.

    Raises InterruptedByPersonError between objects, VaultError where the vault cannot be read at all.
    """
    cancelled = cancellation or NeverCancelled()
    findings: dict[str, Finding] = {}
    for finding in _check(vault, report, cancelled, full=full):
        findings.setdefault(finding.object_name, finding)  # what else fails by the same object says nothing new
    counts = {"findings": len(findings), "full": int(full)}
    vault.audit.record(EventKind.VAULT_CHECKED, counts=counts)
    return tuple(findings.values())


def _check(vault: Vault, report: Report, cancelled: Cancellation, *, full: bool) -> Iterator[Finding]:
    """Others may work in the vault meanwhile: what a list is compared with is read after it, and whatever
    seems to be missing is looked for once more.
    """
    store = vault.store
    names = set(store.list(""))
    unfinished = _unfinished_names(vault)
    vouched: dict[str, StoredObject] = {}
    for manifest in _manifests(vault):
        if isinstance(manifest, Finding):
            yield manifest
        else:
            vouched |= {stored.name: stored for stored in manifest.objects}
    missing = {HEAD_NAME, *vouched} - names
    for name in sorted(missing - set(store.list("")) if missing else ()):
        yield Finding(name, "An object is missing that was in the vault.", RESTORE)
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
        except VaultError as error:
            yield Finding(name, error.what, RESTORE)  # one bad sector must not end the search for others
    yield from _check_log(vault)
    yield from _check_staff(vault)
    yield from _check_documents(vault, names, full=full)
    report(Progress("Checking", len(names), len(names)))


def _manifests(vault: Vault) -> Iterator[Manifest | Finding]:
    """Whole ones from the oldest to the newest: what was sealed again after a damage is vouched for twice."""
    whole = []
    for name in sorted(manifest_names(vault.store)):
        try:
            whole.append(read_manifest(vault.store, vault.keyring.head, name))
        except VaultError as error:
            yield Finding(name, error.what, RESTORE)
    yield from sorted(whole, key=lambda manifest: (manifest.made_at, manifest.name))


def _check_log(vault: Vault) -> Iterator[Finding]:
    """The chains, and that what they tell of is still here: a vault put back to an earlier day is whole in itself."""
    store, keyring = vault.store, vault.keyring
    for found in check_log(store, keyring.head, keyring.audit, vault.station):
        yield Finding(found.object_name, found.what, found.next_step)
    told = {
        subject: entry
        for entry in read_log(store, keyring.head, keyring.audit)
        if isinstance(entry, LoggedEvent) and entry.event.kind in _TELLS_OF_OBJECTS
        for subject in entry.event.subjects
    }
    here = {part.partition(".")[0] for name in store.list("") for part in name.split("/")}
    for subject in sorted(told.keys() - here):
        entry = told[subject]
        yield Finding(
            subject,
            f"The log tells of it ({entry.event.kind.value}, {entry.event.at[:10]}), and it is not in the vault.",
            "Restore the newest backup of the vault, and tell IT: somebody put back an older one.",
        )


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
    elif kind in (MANIFESTS, AUDIT) and kind != name:
        return  # read as a whole
    elif kind == CATALOGUE:
        try:
            open_chunk(vault.store, vault.keyring, name)
        except NotAuthenticError:
            yield Finding(name, "A part of the catalogue is damaged; searching reads the documents instead.", RESTORE)
    elif kind == JOURNAL:
        yield from _check_journal(vault, name)
    elif name not in unfinished:
        yield Finding(
            name, "Nobody has signed for this object: dermlock did not put it here, or could not finish.", "Tell IT."
        )


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
    except (NotAuthenticError, VaultError):
        yield Finding(STAFF, "An entry of the list of staff is damaged.", RESTORE)


def _check_documents(vault: Vault, names: set[str], *, full: bool) -> Iterator[Finding]:
    store, keyring = vault.store, vault.keyring
    for folder in sorted({name.split("/")[1] for name in names if name.startswith(f"{PATIENTS}/")}):
        place = PatientPlace(keyring.head.vault, folder)
        try:
            for damaged in damaged_keys(store, keyring.patients, place):
                yield Finding(damaged.name, damaged.what, damaged.hint)
            key = patient_key(store, keyring, place)
            if key is None:
                yield Finding(place.folder, "A patient's key is missing.", RESTORE)
                continue
            read_patient(read_document(store, place, key))
            episodes = {n.split("/")[2] for n in names if n.startswith(f"{place.folder}/") and n.count("/") > 2}
            for episode in sorted(episodes):
                yield from _check_episode(vault, EpisodePlace(keyring.head.vault, folder, episode), key, full=full)
        except VaultError as error:
            yield Finding(_object_of(error) or place.folder, error.what, error.hint)


def _check_episode(vault: Vault, place: EpisodePlace, patient: AnyKey, *, full: bool) -> Iterator[Finding]:
    try:
        for damaged in damaged_keys(vault.store, patient, place):
            yield Finding(damaged.name, damaged.what, damaged.hint)
        secret = vault.key_of(place)
        content = read_episode(read_document(vault.store, place, secret))
    except VaultError as error:
        yield Finding(_object_of(error) or place.folder, error.what, error.hint)
        return
    here = set(vault.store.list(place.folder))
    for image in content.images if content else ():
        if full:
            try:
                verify(Sealed(place, image.id, image.sha256, image.size, None), secret, vault.store)
            except NotVerifiedError as error:
                yield Finding(error.name, error.what, RESTORE)
        elif place.image_name(image.id) not in here:
            yield Finding(place.image_name(image.id), "A picture of an episode is missing.", RESTORE)


def _object_of(error: VaultError) -> str:
    """The object that an error speaks of, "" where it is about no single one."""
    return error.name if isinstance(error, KeyDamagedError | DocumentDamagedError | ObjectMissingError) else ""


def _unfinished_names(vault: Vault) -> set[str]:
    """What moves that are under way, or wait for their card, may have put: not signed for yet, and not wrong."""
    names = set()
    for move in open_moves(vault.store):
        try:
            plan = read_plan(vault.store, vault.keyring, move)
        except VaultError:
            continue  # gone meanwhile, or damaged: the check of the journal itself names it
        names.add(f"{DISCARDS}/{plan.move}")
        for episode in plan.episodes:
            place = EpisodePlace(vault.keyring.head.vault, episode.patient_folder, episode.id)
            for each in (place, place.of_patient):
                names |= {*key_names(vault.store, each), *record_names(vault.store, each)}
            for image in episode.content.images:
                names |= {place.image_name(image.id), place.image_key_name(image.id)}
    return names
