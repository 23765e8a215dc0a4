"""The journal: what it says is what was written, and nobody ends a move who cannot write it."""

from pathlib import Path

import pytest

from core.errors import VaultError
from core.intake.conduct import resume, unfinished
from core.storage.store import ObjectExistsError, ObjectMissingError
from core.vault.journal import (
    Plan,
    close_journal,
    is_done,
    mark_done,
    open_journal,
    open_moves,
    read_plan,
)

from .scene import Copy, Scene, flipped, make_scene


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return make_scene(tmp_path_factory.mktemp("journal"))


@pytest.fixture
def copy(scene: Scene, tmp_path: Path) -> Copy:
    return scene.copy(tmp_path / "copy")


@pytest.fixture
def plan(copy: Copy) -> Plan:
    """Of the move that waits for its card."""
    (move,) = open_moves(copy.store)
    return read_plan(copy.store, copy.keyring, move)


def test_a_plan_comes_back_as_it_was_written(copy: Copy, plan: Plan) -> None:
    assert plan.staff == "a.jones" and not plan.keep
    assert [len(episode.content.images) for episode in plan.episodes] == [1]
    close_journal(copy.store, plan.move)
    assert list(open_moves(copy.store)) == []
    open_journal(copy.store, copy.keyring, plan)
    assert read_plan(copy.store, copy.keyring, plan.move) == plan


def test_a_plan_is_written_once(copy: Copy, plan: Plan) -> None:
    with pytest.raises(ObjectExistsError):
        open_journal(copy.store, copy.keyring, plan)


def test_done_may_be_said_twice_and_closing_done_twice(copy: Copy, plan: Plan) -> None:
    assert not is_done(copy.store, plan.move)
    mark_done(copy.store, copy.keyring, plan.move)
    mark_done(copy.store, copy.keyring, plan.move)
    assert is_done(copy.store, plan.move)
    assert read_plan(copy.store, copy.keyring, plan.move) == plan
    close_journal(copy.store, plan.move)
    close_journal(copy.store, plan.move)
    assert list(copy.store.list("journal")) == []
    with pytest.raises(ObjectMissingError):
        read_plan(copy.store, copy.keyring, plan.move)


def test_a_changed_plan_is_damage_and_not_another_plan(copy: Copy, plan: Plan) -> None:
    name = f"journal/{plan.move}/plan"
    raw = copy.store.get(name)
    for content in (b"", raw[:-1], raw + b"\0", *(flipped(raw, at, at % 8) for at in range(0, len(raw), 97))):
        copy.put(name, content)
        with pytest.raises(VaultError, match="damaged") as caught:
            read_plan(copy.store, copy.keyring, plan.move)
        assert caught.value.hint


def test_one_moves_plan_says_nothing_about_another(copy: Copy, plan: Plan) -> None:
    copy.put(f"journal/{'m' * 26}/plan", copy.store.get(f"journal/{plan.move}/plan"))
    with pytest.raises(VaultError, match="damaged"):
        read_plan(copy.store, copy.keyring, "m" * 26)


@pytest.mark.parametrize("forged", ["nothing", "the plan", "another move's"])
def test_a_done_that_dermlock_did_not_write_ends_no_move(copy: Copy, plan: Plan, forged: str) -> None:
    """Otherwise whoever can write to the disk could have a move closed with its pictures neither sealed nor erased."""
    mark_done(copy.store, copy.keyring, "m" * 26)
    contents = {
        "nothing": b"",
        "the plan": copy.store.get(f"journal/{plan.move}/plan"),
        "another move's": copy.store.get(f"journal/{'m' * 26}/done"),
    }
    copy.put(f"journal/{plan.move}/done", contents[forged])
    vault = copy.open()
    for ask in (unfinished, lambda vault: resume(vault, None)):
        with pytest.raises(VaultError, match="damaged"):
            ask(vault)
    assert f"journal/{plan.move}/plan" in set(copy.store.list("journal"))


def test_a_waiting_move_without_its_card_stays_open(copy: Copy, plan: Plan) -> None:
    vault = copy.open()
    assert resume(vault, None) == ()
    assert [each.move for each in unfinished(vault)] == [plan.move]
