"""Tamper matrix: whatever is done to whichever object, the check finds it, names it and says what to do.

What by design cannot be found is listed with its reason in UNSEEN; everything
else that is not found fails. A vault in the scene holds every kind of object.
"""

import os
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from core.integrity.head import HEAD_NAME
from core.vault.check import Finding, check_vault

from .scene import Copy, Scene, flipped, kind_of, make_scene

KINDS = {
    "vault.head",
    "staff slot",
    "staff envelope",
    "staff entry",
    "recovery envelope",
    "patients patient's key",
    "patients patient's record",
    "patients key",
    "patients record",
    "patients imgkey",
    "patients image",
    "manifests",
    "catalogue",
    "journal plan",
    "discards",
    "audit",
}
UNSEEN = {
    "catalogue": "a part of the catalogue can be made again from the documents, and is",
}
"""Kinds that may be deleted without a finding, and why nothing is lost. The same holds for the one object that
the waiting move has put into its episode's folder (scene.begun): a key that nothing is sealed under yet."""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("tampering"))


@pytest.fixture(autouse=True)
def no_plug_is_pulled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand checks, each told to a log: their durability is not the matter here, and takes most of the time."""
    monkeypatch.setattr(os, "fsync", lambda _fd: None)


def check(copy: Copy, *, full: bool) -> tuple[Finding, ...]:
    findings = check_vault(copy.open(), full=full)
    assert all(finding.what and finding.next_step for finding in findings)
    return findings


def names_it(findings: tuple[Finding, ...], name: str) -> bool:
    """The object itself, or for an event of the log the chain that it is missing from."""
    chain = "/".join(name.split("/")[:2])
    about = {finding.object_name for finding in findings}
    return name in about or (name.startswith("audit/") and any(other.startswith(chain) for other in about))


def changes_of(raw: bytes) -> Iterator[tuple[str, bytes]]:
    last = len(raw) - 1
    for at, bit in ((0, 0), (0, 7), (last // 3, 3), (last // 2, 6), (last, 0), (last, 7)):
        yield f"bit {bit} of byte {at}", flipped(raw, at, bit)
    yield "a byte less", raw[:-1]
    yield "a byte more", raw + b"\n"
    yield "nothing left", b""


def test_the_vault_is_whole_and_holds_every_kind_of_object(scene: Scene, tmp_path: Path) -> None:
    copy = scene.copy(tmp_path / "copy")
    assert check(copy, full=False) == check(copy, full=True) == ()
    assert {kind_of(name) for name in scene.names()} == KINDS


@pytest.mark.parametrize("full", [False, True], ids=["quick", "full"])
def test_every_change_of_every_object_is_found_and_named(scene: Scene, tmp_path: Path, full: bool) -> None:
    tried: Counter[str] = Counter()
    for name in scene.names():
        if name == HEAD_NAME:
            continue  # nothing opens: see below
        for change, content in changes_of((scene.place.folder / name).read_bytes()):
            if full and tried[kind_of(name)] >= 9:
                break  # one object of each kind: the full check does all that the quick one does, and more
            copy = scene.copy(tmp_path / "copy")
            copy.put(name, content)
            assert names_it(check(copy, full=full), name), f"{change} of {name}"
            tried[kind_of(name)] += 1
    assert set(tried) == KINDS - {HEAD_NAME}
    print(f"{tried.total()} changes found ({'full' if full else 'quick'} check)")


def test_a_changed_head_opens_for_nobody_and_is_found_by_who_is_signed_in(scene: Scene, tmp_path: Path) -> None:
    for change, content in changes_of((scene.place.folder / HEAD_NAME).read_bytes()):
        copy = scene.copy(tmp_path / "copy")
        vault = copy.open()
        copy.put(HEAD_NAME, content)
        assert names_it(check_vault(vault), HEAD_NAME), change


@pytest.mark.parametrize("full", [False, True], ids=["quick", "full"])
def test_every_deleted_object_is_found_or_nothing_is_lost_by_it(scene: Scene, tmp_path: Path, full: bool) -> None:
    for name in scene.names():
        copy = scene.copy(tmp_path / "copy")
        vault = copy.open()
        spoken_for = _named_by(copy, name) if name.startswith("manifests/") else set()
        if name.startswith("journal/"):
            spoken_for = set(scene.begun)
        (copy.folder / name).unlink()
        findings = check_vault(vault, full=full)
        if kind_of(name) in UNSEEN or name in scene.begun:
            assert findings == (), f"{name} need not be excused"
        elif spoken_for:  # the list is gone, so all that it spoke for is named instead
            assert spoken_for and spoken_for - _excused(scene) <= {finding.object_name for finding in findings}
        else:
            assert names_it(findings, name), name


def _excused(scene: Scene) -> set[str]:
    """The key and the record of the patient whose move waits: that move may have put them there, so nobody need
    have signed for them yet. The check opens them, and that is how a change of them is found."""
    waiting = {name.split("/")[1] for name in scene.begun}
    return {name for name in scene.names() if name.count("/") == 2 and name.split("/")[1] in waiting}


def _named_by(copy: Copy, manifest: str) -> set[str]:
    from core.integrity.manifest import read_manifest

    return {stored.name for stored in read_manifest(copy.store, copy.keyring.head, manifest).objects}


def test_any_two_objects_of_one_kind_swapped_are_found(scene: Scene, tmp_path: Path) -> None:
    kinds: dict[str, list[str]] = {}
    for name in scene.names():
        kinds.setdefault(kind_of(name), []).append(name)
    swapped: Counter[str] = Counter()
    for kind, names in kinds.items():
        for one, other in list(combinations(names, 2))[:12]:
            first, second = ((scene.place.folder / name).read_bytes() for name in (one, other))
            copy = scene.copy(tmp_path / "copy")
            copy.put(one, second)
            copy.put(other, first)
            findings = check(copy, full=False)
            assert names_it(findings, one) and names_it(findings, other), (one, other)
            swapped[kind] += 1
    assert {"manifests", "catalogue", "audit", "patients image", "patients imgkey", "patients key"} <= set(swapped)
    print(f"{swapped.total()} swaps found")


@pytest.mark.parametrize(
    "planted",
    [
        "stray",
        "patients",
        "patients/.DS_Store",
        "patients/{patient}/stray",
        "patients/{patient}/{a}.key",
        "patients/{patient}/{episode}/{a}.image",
        "patients/{patient}/{episode}/{a}.record",
        "patients/{waiting}/{a}.image",
        "patients/{waiting}/{a}.key",
        "staff/{a}/{a}.slot",
        "staff/{a}/{a}.entry",
        "recovery/{a}.envelope",
        "manifests/{a}",
        "catalogue/{a}",
        "journal/stray",
        "journal/{a}/plan",
        "journal/{a}/done",
        "journal/{a}/more",
        "discards/{a}",
        "audit/stray",
        "audit/{a}/000000/000000001.aaaaaaaa",
    ],
)
def test_every_planted_object_is_found_and_stops_no_check(scene: Scene, tmp_path: Path, planted: str) -> None:
    copy = scene.copy(tmp_path / "copy")
    _, patient, episode, _ = next(name for name in scene.names() if name.endswith(".image")).split("/")
    waiting = next(iter(scene.begun)).partition("/")[2].rpartition("/")[0]
    name = planted.format(patient=patient, episode=episode, waiting=waiting, a="a" * 26)
    if planted == "patients":
        (copy.folder / name).rename(copy.folder / "away")
    copy.put(name, b"\x00\xff not ours")
    assert names_it(check(copy, full=False), name)


def test_a_disk_that_cannot_read_one_object_is_a_finding_and_not_the_end(scene: Scene, tmp_path: Path) -> None:
    copy = scene.copy(tmp_path / "copy")
    images = [name for name in scene.names() if name.endswith(".image")]
    vault = copy.open()
    for name in images[:2]:
        (copy.folder / name).unlink()
        (copy.folder / name).mkdir()  # reading it fails as a bad sector does, with an error of the system
        copy.put(f"{name}/x", b"")
    assert {name for name in images if names_it(check_vault(vault), name)} == set(images[:2])
