"""Episodes as they lie in the vault, and as the catalogue has them, made up."""

from datetime import UTC, datetime

from core.model.lesion import Laterality, Lesion, View
from core.model.patient import Patient
from core.model.picture import Identifiability
from core.pathway.outcome import Route
from core.records.catalogue import EpisodeEntry
from core.records.episode import Episode, EpisodeContent, PatientRow, StoredImage

from .clinic import KNOWN
from .intakes import consent, outcome

STAFF_ID = "a.palmer"
OPENED_AT = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


def an_episode(
    patient: Patient = KNOWN, pictures: int = 2, *, id_: str = "episode-1", opened_at: datetime = OPENED_AT
) -> Episode:
    """A sealed episode of one lesion. Its pictures are called after it, those of the first one image-1 and so on."""
    before = "" if id_ == "episode-1" else f"{id_}-"
    images = tuple(
        StoredImage(
            id=f"{before}image-{number}",
            sha256=f"{number:064x}",
            size=1000,
            kind="JPEG picture",
            card_path=f"DCIM/100CANON/IMG_{number:04}.JPG",
            taken_at="2026:11:20 10:20:00",
            lesion=1,
            view=view,
            identifiability=Identifiability.NOTHING,
            reason="",
        )
        for number, view in zip(range(1, pictures + 1), (View.LOCATING, View.CLOSE_UP, View.DERMOSCOPIC), strict=False)
    )
    lesion = Lesion(1, "forearm", Laterality.LEFT, "3 months")
    content = EpisodeContent(id_, opened_at, STAFF_ID, outcome(), consent(), (lesion,), images)
    return Episode(patient, "folder", content)


def an_entry(
    patient: Patient = KNOWN, id_: str = "episode-1", *, opened_at: datetime = OPENED_AT, pictures: int = 1
) -> EpisodeEntry:
    return EpisodeEntry(
        id=id_,
        patient_folder=f"folder of {patient.number.key}",
        who=PatientRow.of(patient),
        opened_at=opened_at,
        pathway="england-skin-2026",
        route=Route.ADVICE_AND_GUIDANCE,
        route_name="Advice & Guidance",
        sites=("forearm",),
        images=tuple((f"image-{number}", "mark") for number in range(1, pictures + 1)),
        waiting=(),
        records="",
    )
