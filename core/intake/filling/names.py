"""The names of an answers file: what the template writes and the reader takes."""

from ...identifiability.interview import PHONE_COPIES, PHONE_OFF
from ...model.lesion import View
from ...pathway.definition import Pathway
from ...pathway.interview import RESERVED_IDS
from ..interviews.patient import EVERY_PATIENT_QUESTION
from ..interviews.views import missing_id

FILE = ("episodes", "discards")
DISCARDS = ("files",)
DISCARD = ("file", "sha256", "reason")
LESION = ("site", "laterality", "history")
PICTURE = ("file", "view", "identifiable", "cover", "reason", "specific_consent", "lesion", "sha256")
PHONE = (PHONE_OFF, PHONE_COPIES)
PATIENT = tuple(question.id for question in EVERY_PATIENT_QUESTION)
MISSING = {view: missing_id(view) for view in View}
EPISODE = ("pathway", "patient", "answers", "consent", "lesions", "pictures", "phone", *MISSING.values())


def answer_names(pathway: Pathway) -> tuple[str, ...]:
    """What may stand in `answers`: the pathway's questions, and those that every pathway has."""
    return (*(question.id for question in pathway.questions), *RESERVED_IDS)
