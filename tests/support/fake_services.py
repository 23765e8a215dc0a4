"""What the app is given, made up: no vault, no disk, a card that a test puts in and pulls."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from core.audit.events import LoggedEvent
from core.card.card import Card, CardFile, Inventory
from core.errors import DermlockError, NotSignedInError
from core.follow_up.acts import Act, What
from core.follow_up.correction import Corrected, correction_interview
from core.follow_up.offering import About
from core.follow_up.writing_down import follow_up_interview
from core.intake.asking import interview_for, outcome_without_photography
from core.intake.conduct import Unfinished
from core.intake.receipt import Receipt
from core.intake.steps import Answer, Intake, Step
from core.model.patient import NhsNumber, Patient
from core.model.question import Given, Interview
from core.model.staff import Role, Staff
from core.pathway.interview import pathway_interview
from core.pathway.outcome import Outcome
from core.photo.previews import Preview
from core.progress import Cancellation, Progress, Report
from core.records.catalogue import EpisodeEntry
from core.records.due import Due, due_list
from core.records.episode import Episode
from core.records.searching import fits

from .clinic import KNOWN, TODAY, asking_about, card_of, set_of
from .sealed import OPENED_AT as OPENED_AT
from .sealed import STAFF_ID as STAFF_ID
from .sealed import an_entry as an_entry
from .sealed import an_episode as an_episode

PASSPHRASE = "seven quiet herons wade"
RECOVERY_KEY = "DLK1-AAAA-BBBB-CCCC"


def a_receipt(**said: object) -> Receipt:
    """Three pictures moved, the card clean, unless said otherwise."""
    usual = Receipt(
        episodes=("episode-1",),
        sealed=3,
        already_safe=0,
        discarded=0,
        erased=3,
        left=(),
        findings=(),
        claim="3 files: logical overwrite, read back, names removed.",
        card_clean=True,
        kept=False,
        audit_head="station 7 abcdef",
    )
    return replace(usual, **said)  # type: ignore[arg-type]  # a test names real fields


def an_unfinished_move(name: str = "move-1") -> Unfinished:
    return Unfinished(name, OPENED_AT, STAFF_ID, "CANON 1A2B-3C4D", 3)


Moving = Callable[[Intake, Inventory | None, Report, Cancellation], Receipt]


def moves_at_once(_intake: Intake, _inventory: Inventory | None, _report: Report, _stop: Cancellation) -> Receipt:
    return a_receipt()


@dataclass
class FakeSession:
    """Remembers what the app asked of it. on_move, on_resume, open_moves, entries, trouble: what a test wants of it.

    sealed: the episode that is opened, whatever its id, unless it is one of `others`. events: the history of each.
    looked_at: what would stand in the audit log: episodes and pictures that were opened.
    """

    known: tuple[Patient, ...] = (KNOWN,)
    on_move: Moving = moves_at_once
    on_resume: Callable[[Card | None], tuple[Receipt, ...]] = lambda _card: ()
    open_moves: tuple[Unfinished, ...] = ()
    entries: tuple[EpisodeEntry, ...] = ()
    sealed: Episode = field(default_factory=an_episode)
    others: tuple[Episode, ...] = ()
    events: tuple[LoggedEvent, ...] = ()
    trouble: DermlockError | None = None
    moved: list[tuple[Intake, Inventory | None]] = field(default_factory=list)
    resumed_with: list[Card | None] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)
    corrected: list[Corrected] = field(default_factory=list)
    signed_out: bool = False
    is_recovery: bool = False

    @property
    def staff(self) -> Staff:
        if self.is_recovery:
            return Staff("recovery", "Recovery key", frozenset({Role.CLINICIAN, Role.RECOVERY}))
        return Staff(STAFF_ID, "Dr Ada Palmer", frozenset({Role.CLINICIAN}))

    @property
    def today(self) -> date:
        return TODAY

    def interview_for(self, step: Step, intake: Intake, inventory: Inventory | None) -> Interview[Answer]:
        return interview_for(step, intake, replace(asking_about(known=self.known), inventory=inventory))

    def without_photography(self, intake: Intake, reason: str, answers: Given) -> Outcome:
        return outcome_without_photography(intake, asking_about(known=self.known), reason, answers)

    def move(
        self, intake: Intake, inventory: Inventory | None, *, report: Report, cancellation: Cancellation
    ) -> Receipt:
        self.moved.append((intake, inventory))
        return self.on_move(intake, inventory, report, cancellation)

    def unfinished(self) -> tuple[Unfinished, ...]:
        if self.trouble:
            raise self.trouble
        return self.open_moves

    def resume(self, card: Card | None, *, report: Report) -> tuple[Receipt, ...]:
        self.resumed_with.append(card)
        return self.on_resume(card)

    def find(self, words: str) -> tuple[EpisodeEntry, ...]:
        self.searched.append(words)
        if self.trouble:
            raise self.trouble
        return tuple(entry for entry in self.entries if fits(entry, words.casefold().split(), TODAY))

    def episode(self, episode_id: str) -> Episode:
        self.looked_at.append(episode_id)
        if self.trouble:
            raise self.trouble
        return next((episode for episode in self.others if episode.id == episode_id), self.sealed)

    def history(self, episode: Episode) -> tuple[LoggedEvent, ...]:
        if self.trouble:
            raise self.trouble
        return self.events

    def due(self) -> tuple[Due, ...]:
        if self.trouble:
            raise self.trouble
        return due_list(self.entries, TODAY)

    def follow_up(self, episode: Episode) -> Interview[What]:
        content = episode.content
        course, consent = content.course, content.consent_now
        opened_on = content.opened_at.date()
        pathway = asking_about().pathway
        about = About(
            course, consent, opened_on, bool(content.images), lambda: pathway_interview(pathway, TODAY), TODAY
        )
        return follow_up_interview(about)

    def record_act(self, episode: Episode, what: What) -> Act:
        """The episode has it from now on, as the vault would."""
        if self.trouble:
            raise self.trouble
        act = Act(datetime(2026, 11, 25, 12, tzinfo=UTC), STAFF_ID, what)
        self.sealed = replace(episode, content=replace(episode.content, acts=(*episode.content.acts, act)))
        return act

    def correction(self, episode: Episode) -> Interview[Corrected]:
        return correction_interview(episode.patient, TODAY)

    def correct(self, episode: Episode, corrected: Corrected) -> Patient:
        if self.trouble:
            raise self.trouble
        self.corrected.append(corrected)
        self.sealed = replace(episode, patient=corrected.patient)
        return corrected.patient

    def sealed_preview(self, episode: Episode, image_id: str, max_width: int, max_height: int) -> Preview:
        self.looked_at.append(image_id)
        return grey_preview(max_width, max_height)

    def sign_out(self) -> None:
        self.signed_out = True


@dataclass
class FakeDemo:
    """The demo's keys, counted."""

    done: list[str] = field(default_factory=list)
    is_inserted: bool = True
    staff_id: str = STAFF_ID
    passphrase: str = PASSPHRASE
    known_patient: Patient = KNOWN
    new_number: str = str(NhsNumber("9990000018"))

    def insert(self) -> None:
        self.is_inserted = True
        self.done.append("insert")

    def pull(self) -> None:
        self.is_inserted = False
        self.done.append("pull")

    def refill(self) -> None:
        self.done.append("refill")


class FakeServices:
    """A station. reading: cleared by a test that wants the reading of a card to take its time."""

    def __init__(
        self,
        session: FakeSession | None = None,
        *,
        files: Iterable[CardFile] | None = None,
        demo: FakeDemo | None = None,
        has_vault: bool = True,
    ) -> None:
        self.session = session or FakeSession()
        self.demo = demo
        self.has_vault = has_vault
        self.vault_folder: Path | None = None
        self.is_practice = False
        self.practised = 0
        self.test_numbers = True
        self.idle_minutes = 10
        self.theme = "auto"
        self.inventory = card_of(set_of(3) if files is None else files)
        self.card_trouble: DermlockError | None = None
        self.reading = threading.Event()
        self.reading.set()
        self.read: list[str] = []
        self.previewed: list[str] = []
        self.made: list[tuple[Path, str, str, str]] = []
        self.vault_trouble: DermlockError | None = None
        self.sign_in_trouble: DermlockError | None = None
        self.watching = False
        self._is_in = files is None or bool(self.inventory.files)
        self._arrival: Callable[[Card], None] = lambda _card: None
        self._change: Callable[[Card], None] = lambda _card: None
        self._departure: Callable[[Card], None] = lambda _card: None

    @contextmanager
    def practice(self) -> Iterator["FakeServices"]:
        practice = FakeServices(demo=FakeDemo())
        practice.is_practice = True
        yield practice
        self.practised += 1

    def new_passphrase(self) -> str:
        return PASSPHRASE

    def create_vault(self, folder: Path, *, staff_id: str, staff_name: str, passphrase: str) -> str:
        if self.vault_trouble:
            raise self.vault_trouble
        self.made.append((folder, staff_id, staff_name, passphrase))
        self.has_vault = True
        return RECOVERY_KEY

    def check_recovery_key(self, typed: str, recovery_key: str) -> None:
        if typed != recovery_key:
            raise NotSignedInError("This is not the recovery key that was shown.", "Compare it group by group.")

    def sign_in(self, staff_id: str, passphrase: str) -> FakeSession:
        if self.sign_in_trouble:
            raise self.sign_in_trouble
        if (staff_id, passphrase) != (STAFF_ID, PASSPHRASE):
            raise NotSignedInError("The staff ID or the passphrase is wrong.", "Try again.")
        return self.session

    def sign_in_with_recovery_key(self, written: str) -> FakeSession:
        if written != RECOVERY_KEY:
            raise NotSignedInError("This recovery key does not open this vault.", "Look for the right sheet.")
        return self.session

    def watch_cards(
        self,
        on_arrival: Callable[[Card], None],
        on_departure: Callable[[Card], None],
        on_change: Callable[[Card], None],
    ) -> "FakeServices":
        self._arrival, self._departure, self._change, self.watching = on_arrival, on_departure, on_change, True
        if self._is_in:
            on_arrival(self.inventory.card)
        return self

    def change(self) -> None:
        """Something on the card is another than it was."""
        self._change(self.inventory.card)

    def stop(self) -> None:
        self.watching = False

    def put_in(self, inventory: Inventory | None = None) -> None:
        """This card, or the same one again."""
        self.inventory = inventory or self.inventory
        self._arrival(self.inventory.card)

    def pull(self) -> None:
        self._departure(self.inventory.card)

    def take_inventory(self, card: Card, *, report: Report, cancellation: Cancellation) -> Inventory:
        total = len(self.inventory.files)
        report(Progress("Reading", 0, total))
        self.reading.wait()
        if self.card_trouble:
            raise self.card_trouble
        self.read.append(str(card))
        return self.inventory

    def preview(self, card: Card, file: CardFile, max_width: int, max_height: int) -> Preview:
        self.previewed.append(file.shown)
        return grey_preview(max_width, max_height)


def grey_preview(max_width: int, max_height: int) -> Preview:
    """A ramp from black to white that fits the box."""
    width, height = min(max_width, 64), min(max_height, 48)
    row = b"".join(bytes((level, level, level)) for level in (255 * x // max(1, width - 1) for x in range(width)))
    return Preview(width, height, row * height)
