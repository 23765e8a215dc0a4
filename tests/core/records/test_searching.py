"""Which words find an episode."""

from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import pytest

from core.model.patient import LocalNumber, NhsNumber, Patient
from core.pathway.outcome import Route
from core.records.catalogue import EpisodeEntry
from core.records.episode import PatientRow
from core.records.searching import fits

PATIENT = Patient(NhsNumber("9990000018"), "Ashgrove-O’Neill", "Rosalind", date(1961, 4, 2))
ENTRY = EpisodeEntry(
    id="4f2a00",
    patient_folder="folder",
    who=PatientRow.of(PATIENT),
    opened_at=datetime(2026, 3, 4, 12, 0, tzinfo=UTC),
    pathway="england-skin-2026",
    route=Route.URGENT_SUSPECTED_CANCER,
    route_name="Urgent suspected cancer",
    sites=("forearm", "ear"),
    images=(),
    waiting=(),
    records="",
)
TODAY = date(2026, 3, 4)


def finds(words: str, entry: EpisodeEntry = ENTRY, today: date = TODAY) -> bool:
    return fits(entry, words.casefold().split(), today)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "ash",
        "ROSA ashg",
        "o’neill",
        "neill",
        "9990000018",
        "999 000 0018",
        "0018",
        "2026-03",
        "4/3/2026",
        "04/03/2026",
        "3/2026",
        "03/20",
        "2/4/1961",
        "1961-04-02",
        "today",
        "forearm ear",
        "wrist",
        "urgent cancer",
        "urgent-suspected",
        "4f2a",
    ],
)
def test_these_words_find_it(words: str) -> None:
    assert finds(words)


@pytest.mark.parametrize(
    "words", ["grove", "ash tom", "4/2026", "yesterday", "scalp", "routine", "999 000 0019", "5/3/2026", "f2a"]
)
def test_these_do_not(words: str) -> None:
    assert not finds(words)


def test_yesterday_and_today_go_by_the_day_one_searches_on() -> None:
    assert finds("yesterday", today=date(2026, 3, 5))
    assert not finds("today", today=date(2026, 3, 5))
    assert not finds("yesterday", today=date(2026, 3, 6))


def test_a_local_number_is_found_however_it_is_typed() -> None:
    visitor = replace(PATIENT, number=LocalNumber("VIS-17", "visitor"))
    entry = msgspec.structs.replace(ENTRY, who=PatientRow.of(visitor))
    assert finds("vis-17", entry)
    assert not finds("vis-18", entry)
