"""Acts and corrections in the vault: they last, reach every station, change nothing else and cannot be taken away."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.audit.events import EventKind
from core.audit.station import this_station
from core.consent.withdrawal import Tier
from core.errors import RuleRefusedError
from core.follow_up.acts import Advice, ConfirmedInRecord, Decided, Replied, Retained, Sent, Told, What, Withdrawn
from core.follow_up.correction import Corrected
from core.follow_up.waiting import WaitsFor
from core.model.patient import Patient
from core.pathway.outcome import Route
from core.records.document import read_document
from core.records.episode import Correction, PatientRow, read_corrections
from core.vault.check import check_vault
from core.vault.follow_up import correct_patient, record_act
from core.vault.place_keys import patient_key
from core.vault.vault import Vault, open_vault

from ...support.intakes import ROSE, TOM, outcome
from .scene import Copy, Scene, flipped, make_scene

EVERY_ACT: tuple[What, ...] = (
    Decided(outcome(Route.RADS)),
    Sent(date(2026, 3, 5)),
    Replied(date(2026, 3, 6), Advice.OTHER, "see again in May"),
    Told(date(2026, 3, 6)),
    ConfirmedInRecord(),
    Retained("to compare", date(2026, 6, 4)),
    Withdrawn((Tier.CARE,), "the patient", "changed her mind"),
)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("follow-up"))


@pytest.fixture
def copy(scene: Scene, tmp_path: Path) -> Copy:
    return scene.copy(tmp_path / "copy")


def at_another_station(copy: Copy) -> Vault:
    return open_vault(copy.store, copy.keyring, this_station(copy.state.with_name("other")), copy.clock)


def of_rose(vault: Vault) -> str:
    return vault.find(number=ROSE.number)[0].id


def waits(vault: Vault) -> set[WaitsFor]:
    return {waiting.what for waiting in vault.find(number=ROSE.number)[0].waiting}


def test_every_act_is_there_afterwards_and_nothing_else_changed(copy: Copy) -> None:
    vault = copy.open()
    before = vault.episode(of_rose(vault))
    for what in EVERY_ACT:
        record_act(vault, vault.episode(before.id), what)
    for reopened in (copy.open(), at_another_station(copy)):
        after = reopened.episode(before.id)
        assert tuple(act.what for act in after.content.acts) == EVERY_ACT
        assert {act.staff for act in after.content.acts} == {vault.staff.id}
        assert replace(after, content=replace(after.content, acts=())) == before
        assert not after.content.consent_now.may_be_sent
    assert check_vault(copy.open(), full=True) == check_vault(copy.open())


def test_each_act_is_an_event_with_its_episode_and_its_record(copy: Copy) -> None:
    vault = copy.open()
    episode = vault.episode(of_rose(vault))
    for what in EVERY_ACT:
        record_act(vault, episode, what)
    told = [logged.event for logged in vault.history(episode)][-len(EVERY_ACT) :]
    assert [event.kind for event in told] == [
        EventKind.ROUTE_DECIDED,
        EventKind.REQUEST_SENT,
        EventKind.REPLY_RECEIVED,
        EventKind.PATIENT_TOLD,
        EventKind.CONFIRMED_IN_RECORD,
        EventKind.PICTURES_RETAINED,
        EventKind.CONSENT_WITHDRAWN,
    ]
    assert all(event.subjects[0] == episode.id and event.note == "" for event in told), "no clinical content"
    records = {event.subjects[1] for event in told}
    folder = copy.folder / "patients" / episode.patient_folder / episode.id
    assert records < {path.name.removesuffix(".record") for path in folder.glob("*.record")}


def test_the_catalogue_has_what_it_waits_for_at_once_and_after_its_loss(copy: Copy) -> None:
    vault = copy.open()
    assert waits(vault) == {WaitsFor.SENDING, WaitsFor.RECORD}
    record_act(vault, vault.episode(of_rose(vault)), ConfirmedInRecord())
    assert waits(vault) == {WaitsFor.SENDING}
    assert waits(copy.open()) == {WaitsFor.SENDING}
    shutil.rmtree(copy.folder / "catalogue")
    assert waits(copy.open()) == {WaitsFor.SENDING}


def test_two_stations_that_write_at_one_moment_lose_nothing_of_each_other(copy: Copy) -> None:
    ours, theirs = copy.open(), at_another_station(copy)
    episode = ours.episode(of_rose(ours))
    record_act(theirs, episode, ConfirmedInRecord())
    chunks, manifests = set(copy.store.list("catalogue")), set(copy.store.list("manifests"))
    hidden = {name: copy.store.get(name) for name in copy.store.list(f"patients/{episode.patient_folder}/{episode.id}")}
    mine = [name for name in hidden if name.endswith(".record") and name not in known_records(ours, episode.id)]
    for name in mine:  # as if theirs had not arrived here yet
        (copy.folder / name).unlink()
    record_act(ours, episode, Sent(date(2026, 3, 5)))
    for name in mine:
        copy.put(name, hidden[name])
    assert set(copy.store.list("catalogue")) > chunks and set(copy.store.list("manifests")) > manifests
    assert waits(copy.open()) == waits(at_another_station(copy)) == set()


def known_records(vault: Vault, episode: str) -> set[str]:
    entry = vault.entry(episode)
    folder = f"patients/{entry.patient_folder}/{episode}"
    return {name for name in vault.store.list(folder) if name.rpartition("/")[2][:8] in entry.records}


def test_an_act_that_is_taken_away_or_changed_is_found(copy: Copy) -> None:
    vault = copy.open()
    before = {finding.object_name for finding in check_vault(vault)}
    names = set(copy.store.list(""))
    record_act(vault, vault.episode(of_rose(vault)), Withdrawn((Tier.CARE,), "the patient"))
    added = {name for name in set(copy.store.list("")) - names if not name.startswith(("audit", "catalogue"))}
    (record,) = (name for name in added if name.endswith(".record"))
    raw = copy.store.get(record)
    copy.put(record, flipped(raw, len(raw) // 2, 3))
    assert record in {finding.object_name for finding in check_vault(copy.open())}
    for name in added:  # with the list that vouches for it
        (copy.folder / name).unlink()
    found = {finding.object_name for finding in check_vault(copy.open())} - before
    assert found == {record.rpartition("/")[2].removesuffix(".record")}, "the log tells of it"


def test_a_correction_counts_in_every_episode_and_on_every_station_and_is_kept_with_what_was_before(copy: Copy) -> None:
    ours, theirs = copy.open(), at_another_station(copy)
    theirs.refresh()
    episode = ours.episode(of_rose(ours))
    after = correct_patient(
        ours,
        episode,
        Corrected(
            replace(ROSE, family_name="Ashgrove-Hill", birth_date=date(1961, 4, 12)), "married; the day was mistyped"
        ),
    )
    assert after == replace(ROSE, family_name="Ashgrove-Hill", birth_date=date(1961, 4, 12))
    for vault in (ours, theirs, copy.open()):
        assert {entry.patient for entry in vault.find(number=ROSE.number)} == {after}
        assert vault.find_patient(ROSE.number) == after
        assert [entry.id for entry in vault.find("ashgrove-hill")] == [episode.id]
        assert vault.episode(episode.id).patient == after
    place = ours.patient_place(ROSE.number)
    key = patient_key(ours.store, ours.keyring, place)
    assert key is not None
    (kept,) = read_corrections(read_document(ours.store, place, key))
    assert kept == Correction(
        kept.at, ours.staff.id, "married; the day was mistyped", PatientRow.of(ROSE), PatientRow.of(after)
    )
    (event,) = (e.event for e in ours.history(episode) if e.event.kind is EventKind.PATIENT_CORRECTED)
    assert event.subjects[0] == episode.id and event.note == ""


def test_a_correction_is_read_by_a_station_whose_catalogue_part_is_lost(copy: Copy) -> None:
    vault = copy.open()
    chunks = set(copy.store.list("catalogue"))
    correct_patient(vault, vault.episode(of_rose(vault)), Corrected(replace(ROSE, family_name="Hill"), "married"))
    for name in set(copy.store.list("catalogue")) - chunks:
        (copy.folder / name).unlink()
    assert [entry.patient.family_name for entry in copy.open().find(number=ROSE.number)] == ["Hill"]


@pytest.mark.parametrize(
    ("patient", "why"),
    [(ROSE, "Nothing differs"), (replace(ROSE, number=TOM.number, family_name="Hill"), "another patient's folder")],
)
def test_a_correction_of_nothing_or_of_the_number_is_refused(copy: Copy, patient: Patient, why: str) -> None:
    vault = copy.open()
    names = {name for name in copy.store.list("") if name.startswith("patients")}
    with pytest.raises(RuleRefusedError, match=why):
        correct_patient(vault, vault.episode(of_rose(vault)), Corrected(patient, "mistyped"))
    assert {name for name in copy.store.list("") if name.startswith("patients")} == names


def test_the_due_list_has_what_is_late_first_and_changes_with_the_day(copy: Copy) -> None:
    vault = copy.open()
    (line, *others) = vault.due()
    assert {due.waiting.what for due in (line, *others)} == {WaitsFor.SENDING, WaitsFor.RECORD}
    urgent = Decided(outcome(Route.URGENT_SUSPECTED_CANCER))
    record_act(vault, vault.episode(of_rose(vault)), urgent)
    first = vault.due()[0]
    assert (first.entry.id, first.waiting.what, first.overdue) == (of_rose(vault), WaitsFor.SENDING, False)
    copy.clock.now += timedelta(days=1)
    first, second = vault.due()[:2]
    assert (first.entry.id, first.overdue, second.overdue) == (of_rose(vault), True, False)
