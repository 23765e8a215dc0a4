"""The log: every event an object of its own, chained to the one before it.

audit/<station>/<thousands>/<number>.<name>
    {number, previous, public, sealed, signature}

sealed: the event, sealed to the auditors' public key, so that events before
sign-in are kept too. previous: SHA-256 of the station's event before this one.
public: the station's key; the first event of a station introduces it, and the
chain holds it fixed from there.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from ..clock import Clock
from ..crypto.identity import SealingKey, check_signature, seal_to
from ..crypto.keys import NotAuthenticError, bind, random_name
from ..errors import VaultError
from ..integrity.head import VaultHead
from ..integrity.written import decode_as_written
from ..storage.store import ObjectStore
from .events import Event, EventKind, LoggedEvent
from .station import ChainHead, Station

FOLDER = "audit"


class _Logged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: int
    previous: str
    public: bytes
    sealed: bytes
    signature: bytes = b""

    def message(self, vault: str, station: str) -> bytes:
        return bind("audit event", vault, station, self.number, self.previous, self.public.hex(), self.sealed.hex())


class _Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    kind: EventKind
    at: str
    staff: str
    subjects: tuple[str, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class AuditLog:
    """Writes this station's chain. staff: id of who is signed in, "" before that."""

    store: ObjectStore
    head: VaultHead
    station: Station
    clock: Clock
    staff: str = ""

    def record(
        self,
        kind: EventKind,
        *,
        subjects: tuple[str, ...] = (),
        counts: dict[str, int] | None = None,
        note: str = "",
    ) -> str:
        """Durable when it returns; returns the new chain head as a short text for a receipt."""
        event = _Event(kind, self.clock().isoformat(), self.staff, subjects, tuple((counts or {}).items()), note)
        vault, station = self.head.vault, self.station
        with station.alone():
            last = self._last()
            number = last.number + 1
            sealed = seal_to(
                self.head.audit, msgspec.json.encode(event), bind("audit event", vault, station.id, number)
            )
            unsigned = _Logged(number, last.digest, station.signing.public, sealed)
            signature = station.signing.sign(unsigned.message(vault, station.id))
            raw = msgspec.json.encode(msgspec.structs.replace(unsigned, signature=signature))
            head = ChainHead(number, hashlib.sha256(raw).hexdigest())
            self.store.put_new(_name(station.id, number), [raw])
            station.remember(vault, station.id, head)
        return f"{station.id[:6]} {head.number} {head.digest[:12]}"

    def _last(self) -> ChainHead:
        """The end of this station's chain, an event counted that was written just before a crash."""
        last = self.station.head(self.head.vault, self.station.id)
        while beyond := self._after(last):
            last = beyond
        return last

    def _after(self, last: ChainHead) -> ChainHead | None:
        number = last.number + 1
        found = [name for name in self.store.list(_folder(self.station.id, number)) if _number(name) == number]
        if not found:
            return None
        raw = self.store.get(found[0])
        try:
            logged = _decode(raw, self.head.vault, self.station.id)
        except NotAuthenticError:
            logged = None
        ours = logged and (logged.number, logged.public, logged.previous)
        if ours != (number, self.station.signing.public, last.digest):
            raise VaultError(
                f"The vault holds an event {number} that this station did not write.",
                "Tell IT: run dermlock audit check.",
            )
        return ChainHead(number, hashlib.sha256(raw).hexdigest())


@dataclass(frozen=True)
class ChainFinding:
    """Something wrong with the log, and the next step."""

    object_name: str
    what: str
    next_step: str


def read_log(store: ObjectStore, head: VaultHead, audit: SealingKey) -> Iterator[LoggedEvent | ChainFinding]:
    """Every event of every station in chain order, and a finding wherever a chain is not whole."""
    for station in sorted({name.split("/")[1] for name in store.list(FOLDER) if "/" in name}):
        yield from _read_chain(store, head, audit, station)


def check_log(store: ObjectStore, head: VaultHead, audit: SealingKey, station: Station) -> tuple[ChainFinding, ...]:
    """All chains whole, and none shorter than this station saw it; remembers the heads it saw."""
    findings: list[ChainFinding] = []
    last: dict[str, LoggedEvent] = {}
    seen: dict[tuple[str, int], str] = {}
    for entry in read_log(store, head, audit):
        if isinstance(entry, ChainFinding):
            findings.append(entry)
        else:
            last[entry.station] = entry
            seen[entry.station, entry.number] = entry.digest
    with station.alone():
        for other in {*last, *station.known_stations(head.vault)}:
            known = station.head(head.vault, other)
            if known.number and seen.get((other, known.number)) != known.digest:
                findings.append(
                    ChainFinding(
                        f"{FOLDER}/{other}",
                        f"The log of station {other[:6]} lacks event {known.number}, which this station has seen.",
                        "The vault was rolled back or events were removed: restore them from a backup and tell IT.",
                    )
                )
            elif other in last and last[other].number > known.number:
                station.remember(head.vault, other, ChainHead(last[other].number, last[other].digest))
    return tuple(findings)


def _read_chain(
    store: ObjectStore, head: VaultHead, audit: SealingKey, station: str
) -> Iterator[LoggedEvent | ChainFinding]:
    restore = "Restore this file from a backup and tell IT: someone may have changed the log."
    expected, previous, public = 1, "", None
    for name in sorted(store.list(f"{FOLDER}/{station}")):
        digest = ""
        try:
            raw = store.get(name)
            digest = hashlib.sha256(raw).hexdigest()
            logged = _decode(raw, head.vault, station)
            opened = audit.open(logged.sealed, bind("audit event", head.vault, station, logged.number))
            event = decode_as_written(opened, _Event)
        except (NotAuthenticError, VaultError):
            yield ChainFinding(name, "An event of the audit log is damaged.", restore)
            expected, previous = expected + 1, digest
            continue
        if _number(name) != logged.number or name.rpartition("/")[0] != _folder(station, logged.number):
            yield ChainFinding(name, "An event of the audit log is not in its place.", restore)
        if logged.number != expected or logged.previous != previous or (public and logged.public != public):
            yield ChainFinding(name, f"The audit log is broken before event {logged.number}.", restore)
        expected, previous, public = logged.number + 1, digest, logged.public
        yield LoggedEvent(
            station,
            logged.number,
            digest,
            Event(event.kind, event.at, event.staff, event.subjects, event.counts, event.note),
        )


def _decode(raw: bytes, vault: str, station: str) -> _Logged:
    """Raises NotAuthenticError unless every byte is as it was written."""
    logged = decode_as_written(raw, _Logged)
    check_signature(logged.public, logged.signature, logged.message(vault, station))
    return logged


def _folder(station: str, number: int) -> str:
    return f"{FOLDER}/{station}/{number // 1000:06d}"


def _name(station: str, number: int) -> str:
    return f"{_folder(station, number)}/{number:09d}.{random_name()[:8]}"


def _number(name: str) -> int:
    """The number in an event's name; -1 where there is none."""
    digits = name.rpartition("/")[2].partition(".")[0]
    return int(digits) if digits.isdecimal() else -1
