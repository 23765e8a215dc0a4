"""Where everything of a patient lies, and what each object is bound to.

patients/<patient>/<id>.key                  patient key, wrapped under the vault key
patients/<patient>/<id>.record               records of the patient's document
patients/<patient>/<episode>/<id>.key        episode key, wrapped under the patient key
patients/<patient>/<episode>/<id>.record     records of the episode's document
patients/<patient>/<episode>/<image>.imgkey  image key, wrapped under the episode key
patients/<patient>/<episode>/<image>.image   the sealed picture
"""

from dataclasses import dataclass

from ..crypto.keys import bind

FOLDER = "patients"
FORMAT = 1


@dataclass(frozen=True)
class PatientPlace:
    """vault: id. patient: folder name."""

    vault: str
    patient: str

    @property
    def folder(self) -> str:
        return f"{FOLDER}/{self.patient}"

    def key_name(self, id_: str) -> str:
        return f"{self.folder}/{id_}.key"

    def bound(self, kind: str, id_: str) -> bytes:
        """Associated data of an object of this place: nothing opens in another's place."""
        return bind(self.vault, self.patient, "", "", kind, id_, FORMAT)


@dataclass(frozen=True)
class EpisodePlace:
    """episode: folder name, below the patient's."""

    vault: str
    patient: str
    episode: str

    @property
    def folder(self) -> str:
        return f"{FOLDER}/{self.patient}/{self.episode}"

    def key_name(self, id_: str) -> str:
        return f"{self.folder}/{id_}.key"

    def image_name(self, image: str) -> str:
        return f"{self.folder}/{image}.image"

    def image_key_name(self, image: str) -> str:
        return f"{self.folder}/{image}.imgkey"

    def bound(self, kind: str, id_: str) -> bytes:
        return bind(self.vault, self.patient, self.episode, "", kind, id_, FORMAT)

    def bound_image(self, kind: str, image: str) -> bytes:
        return bind(self.vault, self.patient, self.episode, image, kind, image, FORMAT)

    @property
    def of_patient(self) -> PatientPlace:
        return PatientPlace(self.vault, self.patient)


Place = PatientPlace | EpisodePlace
