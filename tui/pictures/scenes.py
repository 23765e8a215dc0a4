"""What is on show: how each screen and each dialog is put up, and the keys that lead to its states."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from textual.screen import Screen

from core.card.card import Inventory
from core.errors import InterruptedByPersonError
from core.intake.receipt import Receipt
from core.intake.steps import Intake, Step
from core.intake.walking.kept import KeptAnswers
from core.progress import Cancellation, Progress, Report
from core.records.episode import Episode

from ..app import SCREENS
from ..app_services import Session
from ..demo import KNOWN_PATIENT
from ..dialogs.recovery_key import RecoveryKeyDialog
from ..find.looking import interview_screen
from ..intake.ongoing_move import OngoingMove
from ..intake.step_screen import Asked
from ..screens.compare import CompareScreen
from ..screens.due import DueScreen
from ..screens.episode import CorrectPatient, EpisodeScreen, WriteDown
from ..screens.find import FindScreen
from ..screens.idle_warning import IdleWarningScreen
from ..screens.lock import Locked, LockScreen
from ..screens.move import MoveScreen
from ..screens.patient_episodes import PatientEpisodesScreen
from ..screens.receipt import ReceiptScreen
from ..screens.set_up import SetUpScreen
from ..screens.vault_missing import VaultMissingScreen
from ..screens.waiting import WaitingScreen
from ..services import Services
from ..signed_in import SignedIn
from .made_up import KNOWN, NOW
from .studio import Studio

Keys = tuple[str, ...]


@dataclass(frozen=True)
class Shot:
    """One picture: the keys that lead there from the one before, and its name."""

    name: str
    keys: Keys = ()


@dataclass(frozen=True)
class Scene:
    """put_up: makes the screen; None for the one that is there when the app begins."""

    put_up: Callable[[Studio], Screen[Any] | None]
    shots: tuple[Shot, ...]


def scenes() -> Iterable[Scene]:
    """In the order in which a person meets them."""
    yield Scene(
        lambda studio: SetUpScreen(NoVaultYet(studio.practice.services)),
        (
            Shot("set-up-vault"),
            Shot("set-up-staff", typed("/srv/dermlock")),
            Shot("set-up-name", typed("a.palmer")),
            Shot("set-up-passphrase", typed("Dr Ada Palmer")),
            Shot("set-up-typed-back", ("1",)),
            Shot("set-up-recovery-key", typed(WORDS)),
            Shot("set-up-drill", ("enter",)),
            Shot("set-up-end", typed(RECOVERY_KEY)),
        ),
    )
    yield Scene(lambda studio: VaultMissingScreen(studio.app.services, Path("/srv/dermlock")), (Shot("vault-missing"),))
    yield Scene(lambda _studio: None, (Shot("sign-in"),))
    yield Scene(lambda studio: RecoveryKeyDialog(studio.app.services), (Shot("recovery-key"),))
    yield Scene(
        lambda studio: WaitingScreen(studio.app.services, studio.practice.session, studio.app.desk),
        (Shot("waiting"),),
    )
    yield Scene(_step(Step.PATIENT), (Shot("patient"),))
    yield Scene(
        _step(Step.PATHWAY),
        (
            Shot("pathway"),
            Shot("flowchart", ("f4",)),
            Shot("flowchart-guidance", ("down", "enter")),
            Shot("source", ("f4", "f1")),
            Shot("without-photography", ("escape", "f8")),
            Shot("leave", ("escape", "ctrl+q")),
        ),
    )
    for step in (Step.CONSENT, Step.PICTURES, Step.VIEWS):
        yield Scene(_step(step), (Shot(step.name.lower()),))
    yield Scene(
        _step(Step.IDENTIFIABILITY),
        (Shot("identifiability"), Shot("full-screen", ("f2",)), Shot("covering", ("escape", "2"))),
    )
    yield Scene(_step(Step.REVIEW), (Shot("review"),))
    yield Scene(_moving, (Shot("move"),))
    yield Scene(_receipt, (Shot("receipt"),))
    yield Scene(
        lambda studio: FindScreen(studio.practice.session, studio.app.desk),
        (Shot("find"), Shot("find-by-patient", ("f7",)), Shot("find-nothing", typed("zebra")[:-1])),
    )
    yield Scene(_episodes_of_known, (Shot("patient-episodes"),))
    yield Scene(_compare, (Shot("compare"), Shot("compare-full-screen", ("f2",))))
    yield Scene(lambda studio: DueScreen(studio.practice.session, studio.app.desk), (Shot("due"),))
    yield Scene(_write_down, (Shot("write-down"), Shot("write-down-sent", ("1",))))
    yield Scene(_correct, (Shot("correct-patient"),))
    yield Scene(_episode, (Shot("episode"), Shot("episode-pictures", ("f3",)), Shot("episode-end", ("end",))))
    yield Scene(lambda _studio: IdleWarningScreen(60), (Shot("idle-warning"),))
    yield Scene(
        lambda studio: LockScreen(
            studio.app.services, Locked(studio.practice.session, NOW, lambda: ""), studio.app.desk
        ),
        (Shot("lock"), Shot("lock-somebody-else", ("f10",))),
    )


WORDS = "seven quiet herons wade"
RECOVERY_KEY = "DLK1-MADE-UPFO-RTHE-PICT-URES"


def typed(text: str) -> Keys:
    """The text and Enter."""
    return (*("space" if each == " " else each for each in text), "enter")


class NoVaultYet(Services):
    """A station of its own that makes no vault."""

    def __init__(self, services: Services) -> None:
        super().__init__(replace(services.settings, vault=None), clock=services.clock)

    def new_passphrase(self) -> str:
        return WORDS

    def create_vault(self, folder: Path, *, staff_id: str, staff_name: str, passphrase: str) -> str:  # noqa: ARG002
        return RECOVERY_KEY

    def check_recovery_key(self, typed: str, recovery_key: str) -> None:
        """This one is none that could be read."""


class Halfway(SignedIn):
    """Its move stops in the middle, until it is stopped."""

    def __init__(self, session: SignedIn, clock: Callable[[], Any], services: Services) -> None:
        super().__init__(session.vault, services.settings, clock)
        self.goes_on = threading.Event()

    def move(
        self,
        intake: Intake,
        inventory: Inventory | None,  # noqa: ARG002
        *,
        report: Report,
        cancellation: Cancellation,  # noqa: ARG002
    ) -> Receipt:
        files = intake.pictures.pictures if intake.pictures else ()
        names = [file.shown for file in files]
        report(Progress("Sealing", len(files), len(files), item=names[-1]))
        report(Progress("Verifying", 1, len(files), item=names[1]))
        self.goes_on.wait()
        raise InterruptedByPersonError("Stopped.", "Nothing was erased.")


def _step(step: Step) -> Callable[[Studio], Screen[Any]]:
    def put_up(studio: Studio) -> Screen[Any]:
        intake = studio.practice.intake_until(step, KNOWN)
        session: Session = studio.practice.session
        return SCREENS[step](Asked(step, intake, session, studio.app.desk, KeptAnswers()))

    return put_up


def _moving(studio: Studio) -> Screen[Any]:
    practice = studio.practice
    halfway = Halfway(practice.session, practice.clock, practice.services)
    studio.afterwards(halfway.goes_on.set)
    intake = practice.intake_until(Step.MOVE, KNOWN)
    return MoveScreen(intake, halfway, studio.app.desk, OngoingMove())


def _receipt(studio: Studio) -> Screen[Any]:
    intake, receipt = studio.practice.receipts[-1]
    return ReceiptScreen(receipt, intake, studio.practice.session, studio.app.desk)


def _episodes_of_known(studio: Studio) -> Screen[Any]:
    session = studio.practice.session
    entry = session.find(KNOWN_PATIENT.family_name)[0]
    return PatientEpisodesScreen(entry, session, studio.app.desk)


def _compare(studio: Studio) -> Screen[Any]:
    session = studio.practice.session
    entries = tuple(entry for entry in session.find(KNOWN_PATIENT.family_name) if entry.pictures)
    return CompareScreen(entries[1], entries[0], entries, session, studio.app.desk)


def _write_down(studio: Studio) -> Screen[Any]:
    return interview_screen(WriteDown(_known_episode(studio)), studio.practice.session, studio.app.desk)


def _correct(studio: Studio) -> Screen[Any]:
    return interview_screen(CorrectPatient(_known_episode(studio)), studio.practice.session, studio.app.desk)


def _known_episode(studio: Studio) -> Episode:
    session = studio.practice.session
    return session.episode(session.find(KNOWN_PATIENT.family_name)[0].id)


def _episode(studio: Studio) -> Screen[Any]:
    session = studio.practice.session
    return EpisodeScreen(session.find(KNOWN_PATIENT.family_name)[0].id, session, studio.app.desk)
