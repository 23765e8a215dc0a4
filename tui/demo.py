"""The demo: a throwaway vault with one known patient, and a made-up card that can be pulled.

The card is a folder that the station is set to take for a card. Putting it in and
pulling it is renaming that folder, which the watcher sees as it sees a real card.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from core.clock import Clock, system_clock
from core.model.patient import NhsNumber, Patient
from core.progress import NeverCancelled, unreported
from core.settings import DEFAULT_PATHWAY, Settings

from .services import Services
from .throwaway import throwaway_folder

STAFF_ID = "a.practice"
STAFF_NAME = "Dr Alex Practice"
PASSPHRASE = "practice makes perfect"  # noqa: S105 - shown on the screen; opens nothing that lasts
KNOWN_PATIENT = Patient(NhsNumber("9990000018"), "Holloway", "Margaret", date(1961, 4, 2))
NEW_NUMBER = NhsNumber("9995551233")
"""Test numbers: they belong to nobody."""


@dataclass(frozen=True)
class DrawnFile:
    """A picture to draw onto the card. minutes_ago: how long before the filling it was taken."""

    name: str
    minutes_ago: int
    locating: bool = False
    dermoscopic: bool = False


TODAYS = (
    DrawnFile("IMG_0003.JPG", 9, locating=True),
    DrawnFile("IMG_0004.JPG", 8),
    DrawnFile("IMG_0005.JPG", 7, dermoscopic=True),
)
"""One lesion, the whole picture set."""

YESTERDAYS = (DrawnFile("IMG_0001.JPG", 26 * 60, locating=True), DrawnFile("IMG_0002.JPG", 26 * 60 - 1))
"""Somebody else's, forgotten on the card: unclaimed, they stay."""


class Demo:
    """The made-up card, and what a person needs to know to try it."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.card_folder = folder / "card"
        self._pulled_folder = folder / "pulled"
        self._clock = clock
        self._filled = 0

    @property
    def staff_id(self) -> str:
        return STAFF_ID

    @property
    def passphrase(self) -> str:
        return PASSPHRASE

    @property
    def known_patient(self) -> Patient:
        return KNOWN_PATIENT

    @property
    def new_number(self) -> str:
        return str(NEW_NUMBER)

    @property
    def is_inserted(self) -> bool:
        return self.card_folder.is_dir()

    def insert(self) -> None:
        """Puts the card in as it was when it was pulled; nothing happens when it is in."""
        if not self.is_inserted:
            self._pulled_folder.rename(self.card_folder)

    def pull(self) -> None:
        """Pulls the card; nothing on it changes, and nothing happens when it is out."""
        if self.is_inserted:
            self.card_folder.rename(self._pulled_folder)

    def refill(self) -> None:
        """Draws fresh pictures onto the card, beside what is on it, and puts it in."""
        from core.photo.drawing import SKIN_TONES, draw_skin_picture

        self.pull()
        self._filled += 1
        folder = self._pulled_folder / "DCIM" / f"{99 + self._filled}PRACT"
        folder.mkdir(parents=True)
        now = self._clock()
        for number, file in enumerate((*YESTERDAYS, *TODAYS) if self._filled == 1 else TODAYS):
            taken_at = now - timedelta(minutes=file.minutes_ago)
            picture = draw_skin_picture(
                100 * self._filled + number,
                taken_at=taken_at.astimezone().replace(tzinfo=None),
                locating=file.locating,
                dermoscopic=file.dermoscopic,
                tone=(self._filled + 2 * (file in TODAYS)) % len(SKIN_TONES),
            )
            _write(folder / file.name, picture, taken_at)
        self.insert()


@contextmanager
def opened_demo(
    environ: Mapping[str, str], clock: Clock = system_clock, *, practice: bool = False
) -> Iterator[Services]:
    """Services on a throwaway vault, the card in. Everything is gone afterwards.

    practice: whether it is the practice run of a set-up.
    """
    with throwaway_folder(environ) as folder:
        demo = Demo(folder, clock)
        settings = Settings(
            vault=folder / "vault",
            state_folder=folder / "state",
            card_folders=(demo.card_folder,),
            card_roots=(),
            pathway=DEFAULT_PATHWAY,
            pathways_folder=None,
            test_numbers=True,
        )
        services = Services(settings, clock=clock, demo=demo, practice=practice)
        services.create_vault(folder / "vault", staff_id=STAFF_ID, staff_name=STAFF_NAME, passphrase=PASSPHRASE)
        _make_known(services, KNOWN_PATIENT)
        demo.refill()
        yield services


def _make_known(services: Services, patient: Patient) -> None:
    """An earlier referral without photography puts the patient into the vault."""
    from core.intake.answers_file import read_answers_mapping

    earlier = {
        "pathway": DEFAULT_PATHWAY,
        "patient": {
            "nhs_number": str(patient.number),
            "birth_date": patient.birth_date,
            "family_name": patient.family_name,
            "given_name": patient.given_name,
        },
        "answers": {
            "concern": "without-photography",
            "no_photography": "the camera was out",
            "criteria": ["none"],
            "history": ["none"],
        },
    }
    signed_in = services.sign_in(STAFF_ID, PASSPHRASE)
    (intake,) = read_answers_mapping({"episodes": [earlier]}, None, signed_in.asking(None)).intakes
    signed_in.move(intake, None, report=unreported, cancellation=NeverCancelled())
    signed_in.sign_out()


def _write(file: Path, picture: bytes, taken_at: datetime) -> None:
    """With the time of the taking, as a camera leaves it: the file is at rest."""
    file.write_bytes(picture)
    os.utime(file, (taken_at.timestamp(), taken_at.timestamp()))
