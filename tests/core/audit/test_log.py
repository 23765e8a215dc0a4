"""The log: nothing of it can be changed, taken out or put in without being found."""

import dataclasses
import shutil
from pathlib import Path

import msgspec
import pytest

from core.audit.events import EventKind, LoggedEvent
from core.audit.log import AuditLog, ChainFinding, check_log, read_log
from core.audit.station import ChainHead, Station, this_station
from core.crypto.identity import SealingKey, SigningKey
from core.errors import VaultError
from core.integrity.head import VaultHead
from core.storage.local import LocalStore

from ...support.vaults import TickingClock

AUDITORS = SealingKey(bytes(range(32)))
SIGNER = SigningKey(bytes(range(32, 64)))
HEAD = VaultHead(1, "thevault", SIGNER.public, AUDITORS.public, "2026-03-04T10:00:00+00:00").signed_by(SIGNER)
EVENTS = 6


@dataclasses.dataclass
class Scene:
    """A vault's log with EVENTS events of one station, and another station that has seen none."""

    base: Path
    clock: TickingClock = dataclasses.field(default_factory=TickingClock)

    @property
    def store(self) -> LocalStore:
        return LocalStore(self.base / "vault")

    def station(self, name: str = "first") -> Station:
        return this_station(self.base / name)

    def log(self, name: str = "first") -> AuditLog:
        return AuditLog(self.store, HEAD, self.station(name), self.clock, "a.jones")

    def check(self, name: str = "first") -> tuple[ChainFinding, ...]:
        return check_log(self.store, HEAD, AUDITORS, self.station(name))

    def read(self) -> list[LoggedEvent | ChainFinding]:
        return list(read_log(self.store, HEAD, AUDITORS))

    def names(self) -> list[str]:
        return sorted(self.store.list("audit"))

    def path(self, number: int) -> Path:
        return self.base / "vault" / self.names()[number - 1]


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    (tmp_path / "vault").mkdir()
    scene = Scene(tmp_path)
    for number in range(EVENTS):
        scene.log().record(EventKind.PICTURE_VIEWED, subjects=(f"picture{number}",), counts={"n": number}, note="x")
    assert scene.check() == ()
    return scene


def test_events_come_back_in_order_with_everything_that_was_said(scene: Scene) -> None:
    entries = [entry for entry in scene.read() if isinstance(entry, LoggedEvent)]
    assert [entry.number for entry in entries] == list(range(1, EVENTS + 1))
    event = entries[2].event
    assert (event.kind, event.staff, event.subjects) == (EventKind.PICTURE_VIEWED, "a.jones", ("picture2",))
    assert (event.counts, event.note) == ((("n", 2),), "x")
    assert [entry.event.at for entry in entries] == sorted({entry.event.at for entry in entries})


def test_only_the_auditors_key_reads_it_and_nothing_shows_in_the_open(scene: Scene) -> None:
    everything = b"".join((scene.base / "vault" / name).read_bytes() for name in scene.names())
    assert b"picture2" not in everything and b"a.jones" not in everything and b"viewed" not in everything
    foreign = list(read_log(scene.store, HEAD, SealingKey.random()))
    assert len(foreign) == EVENTS
    assert all(isinstance(entry, ChainFinding) for entry in foreign)


def test_every_flipped_byte_of_an_event_is_found(scene: Scene) -> None:
    path = scene.path(3)
    raw = path.read_bytes()
    for at in range(len(raw)):
        path.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << at % 8)]) + raw[at + 1 :])
        findings = [entry for entry in scene.read() if isinstance(entry, ChainFinding)]
        assert findings and findings[0].object_name == scene.names()[2], f"byte {at}"
        assert all(finding.next_step for finding in findings)


@pytest.mark.parametrize(
    "change", [lambda raw: raw[:-1], lambda raw: raw + b"\n", lambda raw: b"", lambda raw: raw * 2]
)
def test_an_event_cut_off_or_grown_is_found(scene: Scene, change: object) -> None:
    assert callable(change)
    scene.path(3).write_bytes(change(scene.path(3).read_bytes()))
    assert scene.names()[2] in {finding.object_name for finding in scene.check()}


@pytest.mark.parametrize("number", range(1, EVENTS + 1))
def test_a_deleted_event_is_found_by_the_station_that_saw_it(scene: Scene, number: int) -> None:
    scene.path(number).unlink()
    assert scene.check()


def test_a_log_cut_off_at_its_end_is_found_by_every_station_that_saw_more(scene: Scene) -> None:
    assert scene.check("second") == ()
    scene.path(EVENTS).unlink()
    for name in ("first", "second"):
        assert [f"lacks event {EVENTS}" in finding.what for finding in scene.check(name)] == [True]
    assert scene.check("a station that was never here") == (), "by design: it has nothing to compare with"


def test_a_whole_log_that_is_gone_is_found(scene: Scene) -> None:
    shutil.rmtree(scene.base / "vault" / "audit")
    assert len(scene.check()) == 1


def test_a_doubled_event_is_found(scene: Scene) -> None:
    shutil.copy(scene.path(3), scene.path(3).with_name("000000003.zzzzzzzz"))
    assert any("broken" in finding.what for finding in scene.check())


@pytest.mark.parametrize("to", ["000000009.abcdefgh", "000000000.abcdefgh", "nonumber", "000000004.aaaaaaaa"])
def test_an_event_under_another_number_is_found(scene: Scene, to: str) -> None:
    scene.path(3).rename(scene.path(3).with_name(to))
    assert any("not in its place" in finding.what for finding in scene.check())


def test_an_event_in_another_folder_is_found(scene: Scene) -> None:
    folder = scene.path(EVENTS).parent.with_name("000004")
    folder.mkdir()
    scene.path(EVENTS).rename(folder / scene.path(EVENTS).name)
    assert any("not in its place" in finding.what for finding in scene.check())


def test_two_events_swapped_are_found(scene: Scene) -> None:
    one, other = scene.path(2), scene.path(5)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert {scene.names()[1], scene.names()[4]} <= {finding.object_name for finding in scene.check()}


def test_one_stations_event_is_found_in_anothers_chain(scene: Scene) -> None:
    first, victim = scene.names()[0], scene.path(1)
    scene.log("second").record(EventKind.SIGNED_IN)
    (theirs,) = scene.store.list(f"audit/{scene.station('second').id}")
    victim.write_bytes(scene.store.get(theirs))
    assert any((finding.object_name, "damaged" in finding.what) == (first, True) for finding in scene.check())


def test_a_chain_written_anew_by_somebody_else_is_found_by_who_saw_the_old_one(scene: Scene) -> None:
    station = scene.station()
    scene.check("second")
    shutil.rmtree(scene.base / "vault" / "audit")
    forger = this_station(scene.base / "forger")
    forged = dataclasses.replace(forger, id=station.id)
    log = AuditLog(scene.store, HEAD, forged, scene.clock, "a.jones")
    for _ in range(EVENTS + 1):
        log.record(EventKind.SIGNED_IN)
    assert [f"lacks event {EVENTS}" in finding.what for finding in scene.check("second")] == [True]
    with pytest.raises(VaultError, match="did not write"):
        scene.log().record(EventKind.SIGNED_IN)


def test_a_strange_file_among_the_events_is_found_and_stops_nothing(scene: Scene) -> None:
    (scene.base / "vault" / "audit" / ".DS_Store").write_bytes(b"\0\1")
    assert [finding.object_name for finding in scene.check()] == ["audit/.DS_Store"]
    (scene.base / "vault" / "audit" / ".DS_Store").unlink()
    assert scene.check() == ()


def test_a_planted_next_event_is_an_error_that_says_so(scene: Scene) -> None:
    scene.path(1).with_name(f"{EVENTS + 1:09}.planted").write_bytes(b"{}")
    with pytest.raises(VaultError, match="did not write") as caught:
        scene.log().record(EventKind.SIGNED_IN)
    assert "audit check" in caught.value.hint


@pytest.mark.parametrize("seen", [0, 1, EVENTS - 1, EVENTS])
def test_a_station_that_forgot_its_last_events_finds_them_again(scene: Scene, seen: int) -> None:
    """Killed between writing and remembering, or put back to an earlier day with its machine."""
    entries = [entry for entry in scene.read() if isinstance(entry, LoggedEvent)]
    state = scene.base / "first" / "station.json"
    content = msgspec.json.decode(state.read_bytes())
    head = ChainHead(seen, entries[seen - 1].digest if seen else "")
    content["heads"]["thevault"][scene.station().id] = msgspec.to_builtins(head)
    state.write_bytes(msgspec.json.encode(content))
    told = scene.log().record(EventKind.SIGNED_IN)
    assert told.split()[1] == str(EVENTS + 1)
    assert scene.check() == () == scene.check("second")


def test_the_receipts_line_is_the_chain_head(scene: Scene) -> None:
    told = scene.log().record(EventKind.SIGNED_IN)
    head = scene.station().head("thevault", scene.station().id)
    assert told == f"{scene.station().id[:6]} {EVENTS + 1} {head.digest[:12]}"


def test_a_thousand_events_go_on_in_the_next_folder(scene: Scene) -> None:
    station = scene.station()
    entries = [entry for entry in scene.read() if isinstance(entry, LoggedEvent)]
    shutil.rmtree(scene.base / "vault" / "audit")
    station.remember("thevault", station.id, ChainHead(998, entries[-1].digest))
    for _ in range(3):
        scene.log().record(EventKind.SIGNED_IN)
    assert [name.split("/")[2] for name in scene.names()] == ["000000", "000001", "000001"]
