"""What the app needs from the rest of the program, as protocols.

Screens are given these and nothing wider, so that a test can hand them made-up
ones and so that no screen reaches a file, a card or a key by itself. Every
method marked slow may take longer than 50 ms: the app calls it in a thread.
DermlockErrors that any of them raises are shown in place.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from core.intake.steps import Answer, Intake, Step
from core.model.patient import Patient
from core.model.staff import Staff
from core.progress import Cancellation, Report

if TYPE_CHECKING:  # these bring the vault, cryptography and Pillow: not before the first paint
    from core.audit.events import LoggedEvent
    from core.card.card import Card, CardFile, Inventory
    from core.follow_up.acts import Act, What
    from core.follow_up.correction import Corrected
    from core.intake.conduct import Unfinished
    from core.intake.receipt import Receipt
    from core.model.question import Given, Interview
    from core.pathway.outcome import Outcome
    from core.photo.previews import Preview
    from core.records.catalogue import EpisodeEntry
    from core.records.due import Due
    from core.records.episode import Episode as SealedEpisode


class CardWatch(Protocol):
    """A running watch over the station's card readers."""

    def stop(self) -> None:
        """Ends the watch and its threads. May be called once."""


class DemoControls(Protocol):
    """The made-up card of the demo, and what a person needs to know to try it.

    staff_id, passphrase: what to sign in with. known_patient: already in the vault.
    new_number: a valid test number that nobody has yet, shown as 999 000 0018.
    """

    @property
    def staff_id(self) -> str: ...

    @property
    def passphrase(self) -> str: ...

    @property
    def known_patient(self) -> Patient: ...

    @property
    def new_number(self) -> str: ...

    @property
    def is_inserted(self) -> bool: ...

    def insert(self) -> None:
        """Puts the card in, as it was when it was pulled. Slow."""

    def pull(self) -> None:
        """Pulls the card; nothing on it changes. Slow."""

    def refill(self) -> None:
        """Fresh pictures on the card, which is then in. Slow."""


class Session(Protocol):
    """What a signed-in member of staff can do. Made by AppServices.sign_in."""

    @property
    def staff(self) -> Staff: ...

    @property
    def today(self) -> date:
        """Where the station is."""

    def interview_for(self, step: Step, intake: Intake, inventory: Inventory | None) -> Interview[Answer]:
        """The questions of one step, never of Step.MOVE.

        inventory: of the card that is in, None while there is none or it is being read.
        """

    def without_photography(self, intake: Intake, reason: str, answers: Given) -> Outcome:
        """The outcome that "refer without photography" stands for, with its reason.

        Keeps what the pathway's questions brought; answers: those of them while intake.pathway is None.
        Raises RuleRefusedError for an empty reason.
        """

    def move(
        self,
        intake: Intake,
        inventory: Inventory | None,
        *,
        report: Report,
        cancellation: Cancellation,
    ) -> Receipt:
        """Seals, verifies and erases; inventory None is an episode without pictures. Slow.

        Raises CardError, VaultError, RuleRefusedError or InterruptedByPersonError; every
        picture is then whole on the card or verified in the vault.
        """

    def unfinished(self) -> tuple[Unfinished, ...]:
        """The moves that were stopped in the middle, oldest first. Slow."""

    def resume(self, card: Card | None, *, report: Report) -> tuple[Receipt, ...]:
        """Finishes what can be finished with this card; called after sign-in and at each arrival. Slow."""

    def find(self, words: str) -> tuple[EpisodeEntry, ...]:
        """The episodes that fit, newest first; "" is every one. Slow."""

    def episode(self, episode_id: str) -> SealedEpisode:
        """One episode with its lesions, consent and pictures. Looking is audited. Slow."""

    def history(self, episode: SealedEpisode) -> tuple[LoggedEvent, ...]:
        """What was done with an episode and its pictures, by whom and when, oldest first. Slow."""

    def due(self) -> tuple[Due, ...]:
        """What episodes wait for, what is overdue first. Slow."""

    def follow_up(self, episode: SealedEpisode) -> Interview[What]:
        """What was done with the episode since: first which act, then its questions."""

    def record_act(self, episode: SealedEpisode, what: What) -> Act:
        """Writes it down for good; an event of the audit log. Slow. Raises VaultError."""

    def correction(self, episode: SealedEpisode) -> Interview[Corrected]:
        """What is wrong in what is written down of the patient."""

    def correct(self, episode: SealedEpisode, corrected: Corrected) -> Patient:
        """Corrects it in all of the patient's episodes; an event of the audit log. Slow. Raises VaultError."""

    def sealed_preview(self, episode: SealedEpisode, image_id: str, max_width: int, max_height: int) -> Preview:
        """A small copy of a sealed picture, in memory only. Looking is audited. Slow."""

    def sign_out(self) -> None:
        """Forgets the keys. The session is of no use afterwards."""


class AppServices(Protocol):
    """Everything the app is started with. Nobody is signed in yet.

    test_numbers: whether 999 numbers are taken.
    idle_minutes: after how long without a key the app is to lock itself.
    theme: the colours that are wanted, one of core.settings.THEMES.
    demo: only in the demo.
    is_practice: whether this is the practice run of a set-up: every screen says so.
    vault_folder: where the vault lies or is meant to lie; None while nobody said so.
    has_vault: whether there is a vault in that folder. False brings the guided set-up.
    """

    @property
    def test_numbers(self) -> bool: ...

    @property
    def idle_minutes(self) -> int: ...

    @property
    def theme(self) -> str: ...

    @property
    def demo(self) -> DemoControls | None: ...

    @property
    def is_practice(self) -> bool: ...

    @property
    def vault_folder(self) -> Path | None: ...

    @property
    def has_vault(self) -> bool: ...

    def practice(self) -> AbstractContextManager[AppServices]:
        """A throwaway station to practise on: the demo's. Everything of it is gone afterwards. Slow."""

    def new_passphrase(self) -> str:
        """A generated passphrase of at least 64 bits, easy to type and to read out."""

    def create_vault(self, folder: Path, *, staff_id: str, staff_name: str, passphrase: str) -> str:
        """Makes the vault with its first clinician; the station remembers the folder. Slow.

        Returns the recovery key to print, shown this once. Raises VaultError, WrongUseError.
        """

    def check_recovery_key(self, typed: str, recovery_key: str) -> None:
        """The drill: raises NotSignedInError when `typed` is not the key that was shown."""

    def sign_in(self, staff_id: str, passphrase: str) -> Session:
        """Opens the vault. Slow. Raises NotSignedInError, VaultError."""

    def sign_in_with_recovery_key(self, written: str) -> Session:
        """Opens the vault when every passphrase is lost; everybody who reads the audit log sees it. Slow.

        Raises NotSignedInError, VaultError.
        """

    def watch_cards(
        self,
        on_arrival: Callable[[Card], None],
        on_departure: Callable[[Card], None],
        on_change: Callable[[Card], None],
    ) -> CardWatch:
        """Starts watching; cards that are already in arrive at once. Calls come from another thread."""

    def take_inventory(self, card: Card, *, report: Report, cancellation: Cancellation) -> Inventory:
        """Reads every file of the card. Slow. Raises CardError, InterruptedByPersonError."""

    def preview(self, card: Card, file: CardFile, max_width: int, max_height: int) -> Preview:
        """A small copy of a picture on the card, upright, in memory only. Slow. Raises CardError."""
