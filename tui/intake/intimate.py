"""Which pictures start hidden on a screen that others in the room may see."""

from core.intake.steps import Intake
from core.model.lesion import INTIMATE_SITES

HIDDEN = "Hidden: an intimate picture."


def is_intimate(intake: Intake, sha256: str) -> bool:
    """By the site of its lesion; before that is named, by what the consent covers."""
    sites = {lesion.number: lesion.site for lesion in intake.views.lesions} if intake.views else {}
    named = {digest: number for digest, number, _ in intake.views.views} if intake.views else {}
    if sha256 in named:
        return sites[named[sha256]] in INTIMATE_SITES
    return intake.consent is not None and intake.consent.intimate
