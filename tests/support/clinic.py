"""A practice without a disk: made-up card files, what interviews need to know, and a person who answers."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import TypeVar

from core.card.card import Card, CardFile, FileKind, FileSystem, Inventory, PictureFacts
from core.intake.asking import Asking, interview_for
from core.intake.steps import Intake, Step
from core.model.conversation import Conversation
from core.model.patient import NhsNumber, Patient
from core.model.question import Question, Value
from core.pathway.loader import load_pathways
from core.photo.facts import Trace, TraceKind

A = TypeVar("A")

TODAY = date(2026, 11, 25)
MORNING = datetime(2026, 11, 25, 9, 30)
STATION_TIME = datetime(2026, 11, 25, 9, 45, tzinfo=UTC)
STAFF_NAME = "Dr Ada Palmer"
KNOWN = Patient(NhsNumber("9995551233"), "Rowanberry", "Petra", date(1958, 7, 19))

Answers = Mapping[str, Value | Callable[[Question], Value]]
"""By question id; a callable is asked with the question. A trailing * stands for any ending of the id."""


def picture(
    name: str,
    *,
    taken_at: datetime | None = MORNING,
    content: str = "",
    kind: FileKind = FileKind.JPEG,
    size: int = 2_400_000,
    has_place: bool = False,
    owner: str = "",
    serial: str = "",
    **facts: str,
) -> CardFile:
    """A picture that was never on a disk. content: equal contents are copies of one another."""
    said = {
        TraceKind.POSITION: "51.86420,-2.23820" if has_place else "",
        TraceKind.OWNER: owner,
        TraceKind.SERIAL: serial,
    }
    traces = tuple(Trace(kind, text) for kind, text in said.items() if text)
    taken = f"{taken_at:%Y:%m:%d %H:%M:%S}" if taken_at else ""
    return CardFile(
        path=PurePosixPath(name if "/" in name else f"DCIM/100CANON/{name}"),
        kind=kind,
        size=size,
        mtime_ns=1_700_000_000_000_000_000,
        inode=1,
        sha256=hashlib.sha256((content or name).encode("utf-8", "surrogateescape")).hexdigest(),
        facts=PictureFacts(4000, 3000, taken_at=taken, traces=traces, **facts),  # type: ignore[arg-type]  # a test names real fields
    )


def other_file(name: str, kind: FileKind, note: str = "", *, readable: bool = True, content: str = "") -> CardFile:
    """A file that cannot be sealed."""
    return CardFile(
        path=PurePosixPath(name),
        kind=kind,
        size=1200,
        mtime_ns=1_700_000_000_000_000_000,
        inode=1,
        sha256=hashlib.sha256((content or name).encode("utf-8", "surrogateescape")).hexdigest() if readable else "",
        note=note,
    )


def set_of(count: int, *, first: int = 1, at: datetime = MORNING) -> tuple[CardFile, ...]:
    """Pictures of one appointment, one a minute."""
    return tuple(
        picture(f"IMG_{first + number:04}.JPG", taken_at=at + timedelta(minutes=number)) for number in range(count)
    )


def card_of(files: Iterable[CardFile]) -> Inventory:
    card = Card(
        mount_point=Path("/media/practice/CANON"),
        device_number=1,
        device="/dev/sdb1",
        file_system=FileSystem.FAT,
        fuse=False,
        read_only=False,
        label="CANON",
        serial="1A2B-3C4D",
    )
    return Inventory(card, tuple(sorted(files, key=lambda file: str(file.path).encode("utf-8", "surrogateescape"))))


def asking_about(
    files: Iterable[CardFile] = (), *, pathway: str = "england-skin-2026", known: Iterable[Patient] = (KNOWN,)
) -> Asking:
    """What interviews need, of a practice that knows `known` patients."""
    by_number = {patient.number.key: patient for patient in known}
    return Asking(
        inventory=card_of(files),
        pathways=load_pathways(None),
        default_pathway=pathway,
        find_patient=lambda number: by_number.get(number.key),
        now=lambda: STATION_TIME,
        staff_name=STAFF_NAME,
        test_numbers=True,
    )


def held(conversation: Conversation[A], answers: Answers) -> tuple[A, dict[str, Value]]:
    """Holds an interview to its end, one question after the other, as a screen does."""
    given: dict[str, Value] = {}
    while (question := conversation.next(given)) is not None:
        given[question.id] = _said(question, answers)
    return conversation.answer(given), given


def _said(question: Question, answers: Answers) -> Value:
    for id_, said in answers.items():
        if id_ == question.id or (id_.endswith("*") and question.id.startswith(id_[:-1])):
            return said(question) if callable(said) else said
    raise AssertionError(f"nobody knows what to say to {question.id}: {question.text}")


NEW_PATIENT: Answers = {
    "nhs_number": "999 000 0018",
    "birth_date": "2/4/1961",
    "family_name": "Ashgrove",
    "given_name": "Rosalind",
}
ADVICE: Answers = {"concern": "advice", "criteria": ("none",), "history": ("none",)}
AS_READ: Answers = {"consent": "as-read"}
ONE_LESION: Answers = {
    "arrangement": "as-proposed",
    "lesion_1_site": "forearm",
    "lesion_1_laterality": "left",
    "lesion_1_history": "3 months, change and itch",
}
NOTHING_IDENTIFIES: Answers = {"identifiable_*": "nothing"}

EASY: Mapping[Step, Answers] = {
    Step.PATIENT: NEW_PATIENT,
    Step.PATHWAY: ADVICE,
    Step.CONSENT: AS_READ,
    Step.PICTURES: {"which": "newest"},
    Step.VIEWS: ONE_LESION,
    Step.IDENTIFIABILITY: NOTHING_IDENTIFIES,
    Step.REVIEW: {"review": "move"},
}
"""A new adult, Advice & Guidance, the newest three pictures, everything as it mostly is."""


def intake_until(step: Step, asking: Asking, answers: Mapping[Step, Answers] = EASY) -> Intake:
    """An intake answered by interviews, up to and without `step`. answers: in place of EASY's, step by step."""
    intake = Intake()
    while intake.step not in (step, Step.MOVE):
        said = answers.get(intake.step, EASY[intake.step])
        answer, _ = held(interview_for(intake.step, intake, asking), said)
        intake = intake.record(answer)
    return intake
