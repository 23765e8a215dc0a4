"""A clinician's answer, picture by picture, to: could this identify the patient?"""

from dataclasses import dataclass

from ..model.picture import CoverBox, Identifiability


@dataclass(frozen=True)
class Assessment:
    """sha256: hex digest of the picture. findings: what the software warned of, as sentences shown.

    reason: why it is needed or withheld; empty for NOTHING and COVER.
    specific_consent: the patient agreed to this very picture; always so for NEEDED.
    cover: boxes in pixels of the upright picture; at least one for COVER, none otherwise.
    """

    sha256: str
    identifiability: Identifiability
    reason: str
    findings: tuple[str, ...]
    specific_consent: bool = False
    cover: tuple[CoverBox, ...] = ()


@dataclass(frozen=True)
class Assessments:
    """One assessment for every chosen picture, and the phone questions where they were asked.

    phone_lines: what was answered to these and what it means, as sentences to show before the move.
    """

    assessments: tuple[Assessment, ...]
    phone_answers: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    phone_lines: tuple[str, ...] = ()
