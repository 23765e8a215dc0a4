"""A document: one small encrypted TinyDB, kept as records that are never changed.

Every act adds one sealed record that holds the rows it wrote. Read together they
are the document: of two records of one row the later one counts, by time and then
by name, so that all stations see the same; a withdrawal is a row of its own and
is never overwritten. TinyDB is the merged view.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as Row

from ..clock import Clock
from ..crypto.keys import AnyKey, NotAuthenticError, random_name
from ..errors import VaultError
from ..integrity.manifest import Deposit
from ..storage.store import ObjectStore
from .layout import Place

Rows = dict[str, dict[str, Any]]
RECORD_SUFFIX = ".record"


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """at: ISO 8601, UTC. rows: table -> row id -> the row."""

    at: str
    rows: dict[str, dict[str, dict[str, Any]]]


class DocumentDamagedError(VaultError):
    """A record of a document does not open: changed, moved or under another key."""

    def __init__(self, name: str) -> None:
        super().__init__(f"A record of this document is damaged ({name}).", "Restore this file from a backup.")
        self.name = name


class _Records(Storage):
    """TinyDB's storage over sealed records: reads them all, gathers what is written."""

    def __init__(self, rows: dict[str, Rows]) -> None:
        self.rows = rows
        self.changed: dict[str, Rows] = {}

    def read(self) -> dict[str, Rows] | None:
        return deepcopy(self.rows) or None  # TinyDB changes rows in place: of our own, no change could be seen

    def write(self, data: dict[str, dict[Any, Any]]) -> None:
        for table, rows in data.items():
            for id_, row in rows.items():
                if self.rows.get(table, {}).get(str(id_)) != dict(row):
                    self.changed.setdefault(table, {})[str(id_)] = dict(row)
                    self.rows.setdefault(table, {})[str(id_)] = dict(row)


def read_document(store: ObjectStore, place: Place, key: AnyKey) -> TinyDB:
    """The merged view; what is written into it goes nowhere. Raises DocumentDamagedError."""
    return TinyDB(storage=lambda: _Records(_merged(store, place, key)))


@contextmanager
def written_document(store: ObjectStore, place: Place, key: AnyKey, deposit: Deposit, clock: Clock) -> Iterator[TinyDB]:
    """The document to write into; at the end one record is put that holds what has changed, if anything has."""
    records = _Records(_merged(store, place, key))
    yield TinyDB(storage=lambda: records)
    if records.changed:
        add_record(place, key, deposit, clock().isoformat(), records.changed)


def add_record(place: Place, key: AnyKey, deposit: Deposit, at: str, rows: dict[str, Rows]) -> str:
    """Adds one act's rows to a document without reading it. at: ISO 8601, UTC. Returns the record's id."""
    id_ = random_name()
    raw = msgspec.json.encode(_Record(at, rows))
    deposit.put_kept(f"{place.folder}/{id_}{RECORD_SUFFIX}", key.seal(raw, place.bound("record", id_)))
    return id_


def put_row(document: TinyDB, table: str, row_id: int, row: dict[str, Any]) -> None:
    """Adds or replaces the row of that id."""
    document.table(table).upsert(Row(row, doc_id=row_id))


def record_ids(store: ObjectStore, place: Place) -> list[str]:
    """Ids of the records, sorted."""
    return [name.rpartition("/")[2].removesuffix(RECORD_SUFFIX) for name in record_names(store, place)]


def record_names(store: ObjectStore, place: Place) -> list[str]:
    """Names of the records, sorted; those of an episode are not the patient's."""
    return [name for name in _here(store, place) if name.endswith(RECORD_SUFFIX)]


def open_record(store: ObjectStore, place: Place, key: AnyKey, name: str) -> tuple[str, dict[str, Rows]]:
    """(when, its rows). Raises DocumentDamagedError."""
    id_ = name.rpartition("/")[2].removesuffix(RECORD_SUFFIX)
    try:
        record = msgspec.json.decode(key.open(store.get(name), place.bound("record", id_)), type=_Record)
    except (NotAuthenticError, msgspec.MsgspecError):
        raise DocumentDamagedError(name) from None
    return record.at, record.rows


def _merged(store: ObjectStore, place: Place, key: AnyKey) -> dict[str, Rows]:
    records = [(*open_record(store, place, key, name), name) for name in record_names(store, place)]
    merged: dict[str, Rows] = {}
    for _, rows, _ in sorted(records, key=lambda record: (record[0], record[2])):
        for table, changed in rows.items():
            merged.setdefault(table, {}).update(changed)
    return merged


def _here(store: ObjectStore, place: Place) -> list[str]:
    """Objects directly in the place's folder."""
    depth = place.folder.count("/") + 1
    return sorted(name for name in store.list(place.folder) if name.count("/") == depth)
