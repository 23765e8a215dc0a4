"""An episode as it is kept: the rows of its document, written at the sealing and read back."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from tinydb import TinyDB

from ..consent.record import Consent
from ..consent.withdrawal import ConsentStanding, Withdrawal, standing_of
from ..errors import VaultError
from ..follow_up.acts import Act, Withdrawn
from ..follow_up.course import Course, course_of
from ..model.lesion import Lesion, View
from ..model.patient import LocalNumber, NhsNumber, Patient
from ..model.picture import CoverBox, Identifiability
from ..pathway.outcome import Outcome
from .document import Rows, put_row

_ONLY = 1
_ROW_ID_BITS = 62
"""Of a row that no other station's may ever be: as good as unique, and a number that JSON readers keep."""


class NotUnderstoodError(VaultError):
    """A document is authentic, and this version cannot read what it says."""

    def __init__(self) -> None:
        super().__init__(
            "A document of the vault was written by a later version of dermlock.", "Update dermlock on this station."
        )


@dataclass(frozen=True)
class StoredImage:
    """One picture of an episode. id: of the image object. sha256, size: of the picture as it was on the card.

    kind: "JPEG picture" and so on. card_path: where it lay, as people see it.
    taken_at: EXIF text, "" when absent.
    specific_consent: the patient agreed to this very picture. cover: boxes that are covered in its copy.
    covered_copy_of: id of the image whose covered copy this is, "" for a picture as it was on the card;
    sha256, size and kind are then the copy's own.
    """

    id: str
    sha256: str
    size: int
    kind: str
    card_path: str
    taken_at: str
    lesion: int
    view: View
    identifiability: Identifiability
    reason: str
    findings: tuple[str, ...] = ()
    specific_consent: bool = False
    cover: tuple[CoverBox, ...] = ()
    covered_copy_of: str = ""


@dataclass(frozen=True)
class EpisodeContent:
    """Everything of an episode but its patient. consent is None only where a referral needed none.

    missing_views: of the picture set, each with the reason why it was not taken.
    phone_answers: question ids and answers, where a phone took a picture.
    acts: what was done with the episode since, oldest first.
    """

    id: str
    opened_at: datetime
    staff: str
    outcome: Outcome
    consent: Consent | None
    lesions: tuple[Lesion, ...]
    images: tuple[StoredImage, ...]
    missing_views: tuple[tuple[View, str], ...] = ()
    phone_answers: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    acts: tuple[Act, ...] = ()

    @property
    def course(self) -> Course:
        """Where the episode is now, after all that was done with it."""
        return course_of(self.outcome, self.acts)

    @property
    def consent_now(self) -> ConsentStanding:
        """What the pictures may be used for, after every withdrawal."""
        said = ((act, act.what) for act in self.acts)
        withdrawn = (
            Withdrawal(what.tiers, what.said_by, act.at, act.staff, what.reason)
            for act, what in said
            if isinstance(what, Withdrawn)
        )
        return standing_of(self.consent, withdrawn)

    @property
    def originals(self) -> tuple[StoredImage, ...]:
        """The pictures as they were on the card, without covered copies."""
        return tuple(image for image in self.images if not image.covered_copy_of)


@dataclass(frozen=True)
class Episode:
    """An episode with its patient. corrections: of what is written down of the patient, oldest first."""

    patient: Patient
    patient_folder: str
    content: EpisodeContent
    corrections: "tuple[Correction, ...]" = ()

    @property
    def id(self) -> str:
        return self.content.id


class _Circumstances(msgspec.Struct, frozen=True):
    """What else was said; the row is absent where nothing was."""

    missing_views: tuple[tuple[View, str], ...] = ()
    phone_answers: tuple[tuple[str, str | tuple[str, ...]], ...] = ()


class PatientRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A patient as it is written down. One of nhs_number and local_number is empty."""

    nhs_number: str
    local_number: str
    local_reason: str
    family_name: str
    given_name: str
    birth_date: date

    @staticmethod
    def of(patient: Patient) -> "PatientRow":
        number = patient.number
        nhs = number.digits if isinstance(number, NhsNumber) else ""
        local = number if isinstance(number, LocalNumber) else LocalNumber("", "")
        names = patient.family_name, patient.given_name
        return PatientRow(nhs, local.number, local.reason, *names, patient.birth_date)

    @property
    def patient(self) -> Patient:
        nhs, local = self.nhs_number, LocalNumber(self.local_number, self.local_reason)
        return Patient(NhsNumber(nhs) if nhs else local, self.family_name, self.given_name, self.birth_date)


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was written down of a patient was wrong, or has changed. The number stays: it names the folder.

    staff: id of who corrected it. reason: in their words.
    """

    at: datetime
    staff: str
    reason: str
    before: PatientRow
    after: PatientRow


def write_patient(document: TinyDB, patient: Patient) -> None:
    put_row(document, "identity", _ONLY, msgspec.to_builtins(PatientRow.of(patient)))


def read_patient(document: TinyDB) -> Patient | None:
    """None where the patient's document says nothing yet (a sealing that was cut off). Raises NotUnderstoodError."""
    row = document.table("identity").get(doc_id=_ONLY)
    with _understood():
        return msgspec.convert(dict(row), PatientRow).patient if isinstance(row, dict) else None


def write_episode(document: TinyDB, content: EpisodeContent) -> None:
    """Writing the same again changes nothing."""
    head = {"id": content.id, "opened_at": content.opened_at.isoformat(), "staff": content.staff}
    put_row(document, "episode", _ONLY, head)
    put_row(document, "outcome", _ONLY, msgspec.to_builtins(content.outcome))
    if content.consent is not None:
        put_row(document, "consent", _ONLY, msgspec.to_builtins(content.consent))
    for lesion in content.lesions:
        put_row(document, "lesions", lesion.number, msgspec.to_builtins(lesion))
    for number, image in enumerate(content.images, start=1):
        put_row(document, "images", number, msgspec.to_builtins(image))
    circumstances = _Circumstances(content.missing_views, content.phone_answers)
    if circumstances != _Circumstances():
        put_row(document, "circumstances", _ONLY, msgspec.to_builtins(circumstances))


def rows_of_act(act: Act) -> dict[str, Rows]:
    """One row more for an episode's document: no other act's is touched, nor one that another station writes now."""
    return {"acts": {_new_row_id(): msgspec.to_builtins(act)}}


def rows_of_correction(correction: Correction) -> dict[str, Rows]:
    """For a patient's document: who they are from now on, and how that came."""
    after = msgspec.to_builtins(correction.after)
    return {"identity": {str(_ONLY): after}, "corrections": {_new_row_id(): msgspec.to_builtins(correction)}}


def _new_row_id() -> str:
    return str(secrets.randbits(_ROW_ID_BITS))


def read_corrections(document: TinyDB) -> tuple[Correction, ...]:
    """Oldest first. Raises NotUnderstoodError."""
    with _understood():
        return tuple(sorted((msgspec.convert(row, Correction) for row in _rows(document, "corrections")), key=_when))


def _when(dated: Act | Correction) -> datetime:
    return dated.at


def read_episode(document: TinyDB) -> EpisodeContent | None:
    """None where the episode's document says nothing yet. Raises NotUnderstoodError."""
    head = document.table("episode").get(doc_id=_ONLY)
    if not isinstance(head, dict):
        return None
    consents = _rows(document, "consent")
    with _understood():
        circumstances = msgspec.convert((_rows(document, "circumstances") or [{}])[0], _Circumstances)
        return EpisodeContent(
            id=head["id"],
            opened_at=datetime.fromisoformat(head["opened_at"]),
            staff=head["staff"],
            outcome=msgspec.convert(_rows(document, "outcome")[0], Outcome),
            consent=msgspec.convert(consents[0], Consent) if consents else None,
            lesions=tuple(msgspec.convert(row, Lesion) for row in _rows(document, "lesions")),
            images=tuple(msgspec.convert(row, StoredImage) for row in _rows(document, "images")),
            missing_views=circumstances.missing_views,
            phone_answers=circumstances.phone_answers,
            acts=_acts(document),
        )


def _acts(document: TinyDB) -> tuple[Act, ...]:
    """Oldest first; of one moment in the order of their row ids, so that all stations see the same."""
    return tuple(sorted((msgspec.convert(row, Act) for row in _rows(document, "acts")), key=_when))


@contextmanager
def _understood() -> Iterator[None]:
    """Whatever authentic rows lack or say otherwise, as NotUnderstoodError."""
    try:
        yield
    except (msgspec.ValidationError, LookupError, ValueError):
        raise NotUnderstoodError from None


def _rows(document: TinyDB, table: str) -> Sequence[dict[str, Any]]:
    """The rows of a table in the order of their ids."""
    return [dict(row) for row in sorted(document.table(table).all(), key=lambda row: row.doc_id)]
