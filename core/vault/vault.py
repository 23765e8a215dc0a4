"""An open vault: what a signed-in clinician can find, read and add to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from ..access.keyring import Keyring
from ..audit.events import EventKind, LoggedEvent
from ..audit.log import AuditLog, read_log
from ..audit.station import Station
from ..clock import Clock
from ..crypto.keys import Keys
from ..errors import RuleRefusedError, VaultError
from ..integrity.manifest import Deposit
from ..model.patient import Patient, PatientNumber
from ..model.staff import Staff
from ..pathway.outcome import Route
from ..records.catalogue import Catalogue, EpisodeEntry, entry_of
from ..records.document import DocumentDamagedError, read_document, record_ids
from ..records.due import Due, due_list
from ..records.episode import Episode, NotUnderstoodError, StoredImage, read_corrections, read_episode, read_patient
from ..records.layout import EpisodePlace, PatientPlace
from ..records.searching import fits
from ..storage.store import ObjectMissingError, ObjectStore
from .place_keys import KeyDamagedError, episode_key, patient_key
from .seal import open_image


@dataclass(frozen=True)
class Vault:
    """Made by open_vault. Its methods read; writing is the work of core.intake.conduct."""

    store: ObjectStore
    keyring: Keyring
    station: Station
    clock: Clock
    audit: AuditLog
    catalogue: Catalogue = field(repr=False)

    @property
    def staff(self) -> Staff:
        return self.keyring.staff

    def deposit(self) -> Deposit:
        return self.keyring.deposit(self.store, self.clock)

    def patient_place(self, number: PatientNumber) -> PatientPlace:
        return PatientPlace(self.keyring.head.vault, self.keyring.folder_of(number))

    def find_patient(self, number: PatientNumber) -> Patient | None:
        """Who has this number in the vault, or None."""
        place = self.patient_place(number)
        key = patient_key(self.store, self.keyring, place)
        return read_patient(read_document(self.store, place, key)) if key else None

    def find(
        self,
        words: str = "",
        *,
        number: PatientNumber | None = None,
        date_from: date | None = None,
        date_to: date | None = None,
        site: str | None = None,
        route: Route | None = None,
    ) -> tuple[EpisodeEntry, ...]:
        """Episodes that match everything given, newest first. words: as core.records.searching has it."""
        self.refresh()
        folder = self.keyring.folder_of(number) if number else None
        wanted = words.casefold().split()
        today = self.clock().astimezone().date()
        found = [
            entry
            for entry in self.catalogue.entries
            if (folder is None or entry.patient_folder == folder)
            and (date_from is None or entry.opened_at.date() >= date_from)
            and (date_to is None or entry.opened_at.date() <= date_to)
            and (site is None or site in entry.sites)
            and (route is None or entry.route is route)
            and fits(entry, wanted, today)
        ]
        return tuple(sorted(found, key=lambda entry: (entry.opened_at, entry.id), reverse=True))

    def due(self) -> tuple[Due, ...]:
        """The due lists of today."""
        self.refresh()
        return due_list(self.catalogue.entries, self.clock().astimezone().date())

    def refresh(self) -> None:
        """Takes in what was sealed since, here and on other stations."""
        self.catalogue.refresh(self._entry_in)

    def entry(self, id_: str) -> EpisodeEntry:
        """The episode whose id begins so. Raises RuleRefusedError when there is none or more than one."""
        self.refresh()
        found = [entry for entry in self.catalogue.entries if entry.id.startswith(id_.lower())] if id_ else []
        if len(found) != 1:
            what = f"No episode begins with “{id_}”." if not found else f"{len(found)} episodes begin with “{id_}”."
            raise RuleRefusedError(what, "Look it up with dermlock find.")
        return found[0]

    def episode(self, id_: str) -> Episode:
        """By its id or the beginning of it; looking at it is audited first."""
        entry = self.entry(id_)
        self.audit.record(EventKind.EPISODE_VIEWED, subjects=(entry.id,))
        found = self._read(entry.patient_folder, entry.id)
        if found is None:
            raise VaultError(f"The episode {entry.id[:8]} has no document.", "Run dermlock vault check.")
        return found

    def history(self, episode: Episode) -> tuple[LoggedEvent, ...]:
        """What was done with this episode and its pictures, on every station, oldest first.

        Reads the whole log. What cannot be read of it is left out here; `audit check` names it.
        """
        about = {episode.id, *(image.id for image in episode.content.images)}
        found = [
            logged
            for logged in read_log(self.store, self.keyring.head, self.keyring.audit)
            if isinstance(logged, LoggedEvent) and about.intersection(logged.event.subjects)
        ]
        return tuple(sorted(found, key=lambda logged: (logged.event.at, logged.station, logged.number)))

    def patient_with_picture(self, sha256: str) -> Patient | None:
        """Whose picture this is already, or None."""
        entry = self.entry_with_picture(sha256)
        return entry.patient if entry else None

    def entry_with_picture(self, sha256: str) -> EpisodeEntry | None:
        """The episode that holds this picture, or None. Looks at what `refresh` took in last."""
        mark = self.keyring.mark_of(sha256)
        return next((e for e in self.catalogue.entries if any(m == mark for _, m in e.images)), None)

    def read_picture(self, episode: Episode, image: StoredImage) -> bytes:
        """The picture as it was on the card, byte for byte; looking at it is audited first.

        Raises VaultError when anything of it is not as it was sealed.
        """
        self.audit.record(EventKind.PICTURE_VIEWED, subjects=(episode.id, image.id))
        return b"".join(self.picture_pieces(episode, image))

    def picture_pieces(self, episode: Episode, image: StoredImage) -> Iterator[bytes]:
        """The picture in pieces of up to 1 MiB; not audited: for whoever records the whole act."""
        place = EpisodePlace(self.keyring.head.vault, episode.patient_folder, episode.id)
        return open_image(self.store, place, image.id, self.key_of(place))

    def key_of(self, place: EpisodePlace) -> Keys:
        """The episode's key, read back from the disk itself. Raises VaultError where it is missing."""
        patient = patient_key(self.store, self.keyring, place.of_patient, cold=True)
        key = episode_key(self.store, patient, place, cold=True) if patient else None
        if key is None:
            raise VaultError(f"The key of episode {place.episode[:8]} is missing.", "Run dermlock vault check.")
        return key

    def _entry_in(self, folder: str, episode: str) -> EpisodeEntry | None:
        """None where it cannot be read: one damaged episode must not keep everybody out of all the others."""
        try:
            return self.read_entry(folder, episode)
        except (KeyDamagedError, DocumentDamagedError, NotUnderstoodError, ObjectMissingError):
            return None  # vault check names it

    def keep_in_catalogue(self, manifest: str, places: Iterable[tuple[str, str]]) -> None:
        """Adds what a manifest was about: (patient folder, episode).

        Where one of them cannot be read now nothing is added: then all are looked at again.
        """
        entries = [self._entry_in(*place) for place in places]
        readable = tuple(entry for entry in entries if entry is not None)
        if len(readable) == len(entries):
            self.catalogue.keep(manifest, readable)

    def read_entry(self, folder: str, episode: str) -> EpisodeEntry | None:
        """The entry of an episode from its documents. Raises VaultError where they cannot be read."""
        place = EpisodePlace(self.keyring.head.vault, folder, episode)
        before = [id_ for each in (place, place.of_patient) for id_ in record_ids(self.store, each)]
        found = self._read(folder, episode)  # it may know records that came meanwhile; it claims none that it misses
        return entry_of(found, self.keyring, before) if found else None

    def _read(self, folder: str, episode: str) -> Episode | None:
        place = EpisodePlace(self.keyring.head.vault, folder, episode)
        patient_secret = patient_key(self.store, self.keyring, place.of_patient)
        secret = episode_key(self.store, patient_secret, place) if patient_secret else None
        if patient_secret is None or secret is None:
            return None
        of_patient = read_document(self.store, place.of_patient, patient_secret)
        patient, corrections = read_patient(of_patient), read_corrections(of_patient)
        content = read_episode(read_document(self.store, place, secret))
        return Episode(patient, folder, content, corrections) if patient and content else None


def open_vault(store: ObjectStore, keyring: Keyring, station: Station, clock: Clock) -> Vault:
    """The vault of a signed-in clinician. The sign-in becomes an event of the log.

    Raises VaultError when it cannot be read or the event not be written.
    """
    audit = AuditLog(store, keyring.head, station, clock, keyring.staff.id)
    vault = Vault(store, keyring, station, clock, audit, Catalogue(store, keyring))
    vault.refresh()
    audit.record(EventKind.SIGNED_IN)
    return vault
