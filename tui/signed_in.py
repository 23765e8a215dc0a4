"""What a signed-in member of staff can do: the vault, the interviews, the move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from core.clock import Clock
from core.model.patient import Patient, PatientNumber
from core.model.staff import Staff
from core.progress import Cancellation, Report
from core.settings import Settings

if TYPE_CHECKING:  # loaded when a method needs them: a search opens no pathway, a move draws no preview
    from core.audit.events import LoggedEvent
    from core.card.card import Card, Inventory
    from core.follow_up.acts import Act, What
    from core.follow_up.correction import Corrected
    from core.follow_up.offering import About
    from core.intake.asking import Asking
    from core.intake.conduct import Unfinished
    from core.intake.receipt import Receipt
    from core.intake.steps import Answer, Intake, Step
    from core.model.question import Given, Interview
    from core.pathway.outcome import Outcome
    from core.photo.previews import Preview
    from core.records.catalogue import EpisodeEntry
    from core.records.due import Due
    from core.records.episode import Episode
    from core.vault.vault import Vault


class SignedIn:
    """Made by Services.sign_in. `vault` is what the command line works on."""

    def __init__(self, vault: Vault, settings: Settings, clock: Clock) -> None:
        self._vault: Vault | None = vault
        self._settings = settings
        self._clock = clock

    @property
    def vault(self) -> Vault:
        if self._vault is None:
            raise RuntimeError("signed out")
        return self._vault

    @property
    def staff(self) -> Staff:
        return self.vault.staff

    @property
    def today(self) -> date:
        return self._clock().astimezone().date()

    def asking(self, inventory: Inventory | None) -> Asking:
        """What the interviews need to know."""
        return asking(self._settings, self._clock, inventory, self.vault.find_patient, staff_name=self.staff.name)

    def interview_for(self, step: Step, intake: Intake, inventory: Inventory | None) -> Interview[Answer]:
        from core.intake.asking import interview_for

        return interview_for(step, intake, self.asking(inventory))

    def without_photography(self, intake: Intake, reason: str, answers: Given) -> Outcome:
        from core.intake.asking import outcome_without_photography

        return outcome_without_photography(intake, self.asking(None), reason, answers)

    def move(
        self, intake: Intake, inventory: Inventory | None, *, report: Report, cancellation: Cancellation
    ) -> Receipt:
        from core.intake.conduct import move

        return move([intake], [], inventory, self.vault, keep=False, report=report, cancellation=cancellation)

    def unfinished(self) -> tuple[Unfinished, ...]:
        from core.intake.conduct import unfinished

        return unfinished(self.vault)

    def resume(self, card: Card | None, *, report: Report) -> tuple[Receipt, ...]:
        from core.intake.conduct import resume

        return resume(self.vault, card, report=report)

    def find(self, words: str) -> tuple[EpisodeEntry, ...]:
        return self.vault.find(words)

    def episode(self, episode_id: str) -> Episode:
        return self.vault.episode(episode_id)

    def history(self, episode: Episode) -> tuple[LoggedEvent, ...]:
        return self.vault.history(episode)

    def due(self) -> tuple[Due, ...]:
        return self.vault.due()

    def about(self, episode: Episode) -> About:
        """What the questions about an act need to know of the episode."""
        from core.follow_up.offering import About
        from core.pathway.interview import pathway_interview

        content, today = episode.content, self.today
        return About(
            course=content.course,
            consent=content.consent_now,
            opened_on=content.opened_at.astimezone().date(),
            has_pictures=bool(content.images),
            route=lambda: pathway_interview(self.asking(None).pathway, today),
            today=today,
        )

    def follow_up(self, episode: Episode) -> Interview[What]:
        from core.follow_up.writing_down import follow_up_interview

        return follow_up_interview(self.about(episode))

    def record_act(self, episode: Episode, what: What) -> Act:
        from core.vault.follow_up import record_act

        return record_act(self.vault, episode, what)

    def correction(self, episode: Episode) -> Interview[Corrected]:
        from core.follow_up.correction import correction_interview

        return correction_interview(episode.patient, self.today)

    def correct(self, episode: Episode, corrected: Corrected) -> Patient:
        from core.vault.follow_up import correct_patient

        return correct_patient(self.vault, episode, corrected)

    def sealed_preview(self, episode: Episode, image_id: str, max_width: int, max_height: int) -> Preview:
        from core.photo.previews import preview

        image = next(image for image in episode.content.images if image.id == image_id)
        return preview(self.vault.read_picture(episode, image), max_width, max_height)

    def sign_out(self) -> None:
        """Forgets the keys. Python may keep copies of them in memory until the program ends."""
        self._vault = None


def asking(
    settings: Settings,
    clock: Clock,
    inventory: Inventory | None,
    find_patient: Callable[[PatientNumber], Patient | None],
    *,
    staff_name: str = "",
) -> Asking:
    """What the interviews need to know of this station, this card and this vault. staff_name: "" for a template."""
    from core.consent.wording import load_wording
    from core.intake.asking import Asking
    from core.pathway.loader import load_pathways

    return Asking(
        inventory=inventory,
        pathways=load_pathways(settings.pathways_folder),
        default_pathway=settings.pathway,
        find_patient=find_patient,
        now=lambda: clock().astimezone(),
        staff_name=staff_name,
        test_numbers=settings.test_numbers,
        wording=load_wording(settings.consent_wording),
    )
