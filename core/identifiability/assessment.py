"""A clinician's answer, picture by picture, to: could this identify the patient?"""

from dataclasses import dataclass

from ..model.picture import Identifiability


@dataclass(frozen=True)
class Assessment:
    """sha256: hex digest of the picture. findings: what the software warned of, as sentences shown.

    reason: why it is needed or withheld; empty only for NOTHING.
    specific_consent: the patient agreed to this very picture; always so for NEEDED.
    """

    sha256: str
    identifiability: Identifiability
    reason: str
    findings: tuple[str, ...]
    specific_consent: bool = False


@dataclass(frozen=True)
class Assessments:
    """One assessment for every chosen picture, and the phone questions where they were asked."""

    assessments: tuple[Assessment, ...]
    phone_answers: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
