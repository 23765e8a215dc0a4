"""Documents: records that are only added, read together, the same on every station."""

import itertools
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from core.crypto.identity import SealingKey, SigningKey
from core.crypto.keys import Key, Keys
from core.integrity.head import VaultHead
from core.integrity.manifest import Deposit, manifest_names, read_manifest
from core.records.document import (
    DocumentDamagedError,
    open_record,
    put_row,
    read_document,
    record_names,
    written_document,
)
from core.records.layout import EpisodePlace, PatientPlace
from core.storage.local import LocalStore
from core.storage.store import NotKeptError

from ...support.vaults import TickingClock
from ..storage.disks import ForgetfulStore

SIGNER = SigningKey(bytes(range(32)))
HEAD = VaultHead(1, "thevault", SIGNER.public, SealingKey(bytes(range(32))).public, "2026").signed_by(SIGNER)
KEY = Key(bytes(range(32)))
PLACE = EpisodePlace("thevault", "patient", "episode")
CLOCK = TickingClock()


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path)


def write(store: LocalStore, *rows: tuple[str, int, dict[str, object]], key: Key | Keys = KEY) -> list[str]:
    """One act; the names of the records that it added."""
    before = record_names(store, PLACE)
    deposit = Deposit(store, HEAD, SIGNER, CLOCK)
    with written_document(store, PLACE, key, deposit, CLOCK) as document:
        for row in rows:
            put_row(document, *row)
    deposit.sign()
    return sorted(set(record_names(store, PLACE)) - set(before))


def tables(document: TinyDB) -> dict[str, dict[int, dict[str, object]]]:
    return {name: {row.doc_id: dict(row) for row in document.table(name)} for name in sorted(document.tables())}


def read(store: LocalStore, key: Key | Keys = KEY) -> dict[str, dict[int, dict[str, object]]]:
    return tables(read_document(store, PLACE, key))


def test_what_one_act_wrote_is_one_record_and_is_read_back(store: LocalStore) -> None:
    new = write(store, ("lesions", 1, {"site": "forearm"}), ("lesions", 2, {"site": "back"}), ("head", 1, {"n": 1}))
    assert len(new) == 1
    assert read(store) == {"head": {1: {"n": 1}}, "lesions": {1: {"site": "forearm"}, 2: {"site": "back"}}}


def test_a_record_holds_only_what_the_act_changed(store: LocalStore) -> None:
    write(store, ("lesions", 1, {"site": "forearm"}), ("lesions", 2, {"site": "back"}))
    (second,) = write(store, ("lesions", 2, {"site": "neck"}), ("lesions", 1, {"site": "forearm"}))
    assert open_record(store, PLACE, KEY, second)[1] == {"lesions": {"2": {"site": "neck"}}}
    assert read(store) == {"lesions": {1: {"site": "forearm"}, 2: {"site": "neck"}}}


def test_an_act_that_changes_nothing_adds_nothing(store: LocalStore) -> None:
    assert write(store) == []
    write(store, ("lesions", 1, {"signs": ["itch"], "site": "back"}))
    assert write(store, ("lesions", 1, {"site": "back", "signs": ["itch"]})) == []


def test_an_act_that_fails_adds_nothing(store: LocalStore) -> None:
    deposit = Deposit(store, HEAD, SIGNER, CLOCK)
    with pytest.raises(RuntimeError), written_document(store, PLACE, KEY, deposit, CLOCK) as document:
        put_row(document, "lesions", 1, {"site": "back"})
        raise RuntimeError
    assert record_names(store, PLACE) == [] and deposit.is_empty


def test_a_record_that_the_disk_did_not_keep_is_taken_back(store: LocalStore) -> None:
    """Left there, it would make the document unreadable for ever, and no backup has it whole."""
    write(store, ("lesions", 1, {"site": "back"}))
    with pytest.raises(NotKeptError):
        write(ForgetfulStore(store.folder), ("lesions", 1, {"site": "neck"}))
    assert read(store) == {"lesions": {1: {"site": "back"}}}


def test_what_is_written_into_a_document_that_is_only_read_goes_nowhere(store: LocalStore) -> None:
    write(store, ("lesions", 1, {"site": "back"}))
    put_row(read_document(store, PLACE, KEY), "lesions", 1, {"site": "neck"})
    assert read(store) == {"lesions": {1: {"site": "back"}}}
    assert len(record_names(store, PLACE)) == 1


def test_records_are_signed_for(store: LocalStore) -> None:
    (name,) = write(store, ("lesions", 1, {"site": "back"}))
    vouched = {o.name for m in manifest_names(store) for o in read_manifest(store, HEAD, m).objects}
    assert vouched == {name}


ROWS = st.tuples(
    st.sampled_from(["lesions", "images"]), st.integers(1, 3), st.dictionaries(st.sampled_from("ab"), st.integers(0, 3))
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=st.lists(st.lists(ROWS, max_size=3), min_size=1, max_size=4))
def test_records_read_together_are_what_was_written_last(
    acts: list[list[tuple[str, int, dict[str, object]]]], tmp_path: Path
) -> None:
    folder = tmp_path / "vault"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    store, expected = LocalStore(folder), dict[str, dict[int, dict[str, object]]]()
    for act in acts:
        write(store, *act)
        for table, id_, row in act:
            kept = expected.setdefault(table, {}).setdefault(id_, {})
            kept.update(row)
    assert read(store) == expected


def test_every_order_in_which_records_arrive_comes_to_the_same(store: LocalStore, tmp_path: Path) -> None:
    for site in ("back", "neck", "hand"):
        write(store, ("lesions", 1, {"site": site}))
    records = {name: store.get(name) for name in record_names(store, PLACE)}
    for number, order in enumerate(itertools.permutations(records)):
        folder = tmp_path / f"copy{number}"
        folder.mkdir()
        copy = LocalStore(folder)
        for name in order:
            copy.put_new(name, [records[name]])
        assert read(copy) == {"lesions": {1: {"site": "hand"}}}


def test_records_of_two_keys_of_one_place_are_one_document(store: LocalStore) -> None:
    other = Key.random()
    write(store, ("lesions", 1, {"site": "back"}))
    write(store, ("lesions", 2, {"site": "neck"}), key=Keys((other, KEY)))
    assert read(store, Keys((KEY, other))) == {"lesions": {1: {"site": "back"}, 2: {"site": "neck"}}}
    with pytest.raises(DocumentDamagedError):
        read(store)


def test_a_damaged_record_is_named_and_never_left_out(store: LocalStore) -> None:
    (name,) = write(store, ("consent", 1, {"teaching": False}))
    path = store.folder / name
    raw = path.read_bytes()
    for changed in (raw[:-1], raw + b"\0", b"", bytes([raw[0] ^ 1]) + raw[1:]):
        path.write_bytes(changed)
        with pytest.raises(DocumentDamagedError) as caught:
            read(store)
        assert caught.value.name == name and caught.value.hint


def test_a_record_opens_nowhere_else(store: LocalStore) -> None:
    (name,) = write(store, ("lesions", 1, {"site": "back"}))
    id_ = name.rpartition("/")[2]
    for place in (
        EpisodePlace("thevault", "patient", "other"),
        EpisodePlace("thevault", "other", "episode"),
        EpisodePlace("another", "patient", "episode"),
        PatientPlace("thevault", "patient"),
    ):
        target = f"{place.folder}/{id_}"
        if target != name:
            store.put_new(target, [store.get(name)])
        with pytest.raises(DocumentDamagedError):
            open_record(store, place, KEY, target)
    renamed = f"{PLACE.folder}/{'a' * 26}.record"
    store.put_new(renamed, [store.get(name)])
    with pytest.raises(DocumentDamagedError):
        open_record(store, PLACE, KEY, renamed)


def test_an_episodes_records_are_not_the_patients(store: LocalStore) -> None:
    write(store, ("lesions", 1, {"site": "back"}))
    assert record_names(store, PLACE.of_patient) == []
    assert read_document(store, PLACE.of_patient, KEY).tables() == set()
