"""Episodes and patients as rows: read back as they were written, and never half understood."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from core.model.lesion import Laterality, Lesion, View
from core.model.patient import LocalNumber, NhsNumber, Patient
from core.model.picture import Identifiability
from core.records.document import put_row
from core.records.episode import (
    EpisodeContent,
    NotUnderstoodError,
    PatientRow,
    StoredImage,
    read_episode,
    read_patient,
    write_episode,
    write_patient,
)

from ...support.intakes import consent, outcome

TEXT = st.text(max_size=12)
NUMBERS = st.one_of(st.builds(NhsNumber, st.just("9990000018")), st.builds(LocalNumber, st.text(min_size=1), TEXT))
PATIENTS = st.builds(Patient, NUMBERS, TEXT, TEXT, st.dates(date(1900, 1, 1), date(2030, 1, 1)))
IMAGES = st.builds(
    StoredImage,
    id=TEXT,
    sha256=TEXT,
    size=st.integers(0, 1 << 40),
    kind=TEXT,
    card_path=TEXT,
    taken_at=TEXT,
    lesion=st.integers(1, 9),
    view=st.sampled_from(View),
    identifiability=st.sampled_from(Identifiability),
    reason=TEXT,
    findings=st.lists(TEXT, max_size=2).map(tuple),
)
LESIONS = st.builds(
    Lesion,
    number=st.integers(1, 99),
    site=TEXT,
    laterality=st.sampled_from(Laterality),
    history=TEXT,
)
CONTENTS = st.builds(
    EpisodeContent,
    id=TEXT,
    opened_at=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),
    staff=TEXT,
    outcome=st.just(outcome()),
    consent=st.sampled_from([None, consent(), consent(allows_photography=False)]),
    lesions=st.lists(LESIONS, max_size=3, unique_by=lambda lesion: lesion.number).map(
        lambda lesions: tuple(sorted(lesions, key=lambda lesion: lesion.number))
    ),
    images=st.lists(IMAGES, max_size=3).map(tuple),
)


def document() -> TinyDB:
    return TinyDB(storage=MemoryStorage)


@given(PATIENTS)
def test_a_patient_comes_back(patient: Patient) -> None:
    written = document()
    write_patient(written, patient)
    assert read_patient(written) == patient
    assert PatientRow.of(patient).patient == patient


@given(CONTENTS)
def test_an_episode_comes_back(content: EpisodeContent) -> None:
    written = document()
    write_episode(written, content)
    assert read_episode(written) == content
    write_episode(written, content)
    assert read_episode(written) == content


def test_an_empty_document_says_nothing_yet() -> None:
    assert read_patient(document()) is None
    assert read_episode(document()) is None


EPISODE = EpisodeContent("e", datetime(2026, 3, 4), "a.jones", outcome(), consent(), (), ())


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("outcome", {"route": "a route of next year"}),
        ("consent", {"capacity": "a word of next year"}),
        ("episode", {"opened_at": "yesterday"}),
        ("lesions", {"number": 1}),
        ("images", {"id": "x"}),
    ],
)
def test_what_a_later_version_wrote_is_said_and_not_guessed_at(table: str, row: dict[str, object]) -> None:
    written = document()
    write_episode(written, EPISODE)
    put_row(written, table, 1, row)
    with pytest.raises(NotUnderstoodError, match="later version") as caught:
        read_episode(written)
    assert "Update" in caught.value.hint


def test_an_episode_without_its_outcome_is_not_understood() -> None:
    written = document()
    write_episode(written, EPISODE)
    written.drop_table("outcome")
    with pytest.raises(NotUnderstoodError):
        read_episode(written)


def test_a_patient_of_a_later_version_is_not_understood() -> None:
    written = document()
    put_row(written, "identity", 1, {"nhs_number": "9990000018", "pronouns": "they"})
    with pytest.raises(NotUnderstoodError):
        read_patient(written)
