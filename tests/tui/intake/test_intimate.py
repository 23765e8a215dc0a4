"""Which pictures start hidden: by the lesion's site, and before that is named by what the consent covers."""

from core.intake.steps import Step
from tui.intake.intimate import is_intimate

from ...support.clinic import EASY, Answers, asking_about, intake_until, set_of

AGREED: Answers = {
    "consent": "with-exceptions",
    "basis": "self",
    "exceptions": ("intimate",),
    "intimate_explained": "agrees",
    "chaperone": "declined",
}
FILES = set_of(3)


def test_a_usual_picture_is_not() -> None:
    for step in (Step.PICTURES, Step.IDENTIFIABILITY):
        assert not is_intimate(intake_until(step, asking_about(FILES)), FILES[0].sha256)


def test_before_the_site_is_named_the_consent_decides() -> None:
    intake = intake_until(Step.PICTURES, asking_about(FILES), {**EASY, Step.CONSENT: AGREED})
    assert is_intimate(intake, FILES[0].sha256)


def test_the_site_decides_as_soon_as_it_is_named() -> None:
    said: dict[Step, Answers] = {**EASY, Step.CONSENT: AGREED}
    assert not is_intimate(intake_until(Step.IDENTIFIABILITY, asking_about(FILES), said), FILES[0].sha256)
    said[Step.VIEWS] = {**EASY[Step.VIEWS], "lesion_1_site": "buttock"}
    assert is_intimate(intake_until(Step.IDENTIFIABILITY, asking_about(FILES), said), FILES[0].sha256)
