from dataclasses import replace
from pathlib import Path

import pytest

from core.card import finding
from core.card.finding import cards_in, find_cards, holds_anything
from core.card.mounts import Mount, read_mounts
from tests.support.cards import fill_card, put_file


def test_a_configured_folder_is_in_while_it_holds_dcim_or_any_file(tmp_path: Path) -> None:
    folder = tmp_path / "card"
    assert find_cards([], [folder]) == ()
    folder.mkdir()
    assert find_cards([], [folder]) == ()
    (folder / "documents").mkdir()
    assert not holds_anything(folder)
    (folder / "DCIM").mkdir()
    (card,) = find_cards([], [folder])
    assert card.configured
    (folder / "DCIM").rename(folder / "~dermlock-0f0f")
    assert find_cards([], [folder]) == (card,), "an erasure is rebuilding it"
    (folder / "~dermlock-0f0f").rmdir()
    assert find_cards([], [folder]) == ()
    put_file(folder, "IMG_0001.JPG", b"")
    assert find_cards([], [folder]) == (card,)


def test_a_folder_below_a_root_is_no_card_unless_something_is_mounted_there(tmp_path: Path) -> None:
    fill_card(tmp_path / "media" / "CARD", 1)
    assert find_cards([tmp_path / "media"], []) == ()


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Mount]:
    """A mount table of one, at tmp_path/media/CARD, that the test may change."""
    table = [replace(read_mounts()[0], id=77, mount_point=tmp_path / "media" / "CARD", read_only=False)]
    monkeypatch.setattr(finding, "read_mounts", lambda: tuple(table))
    for module in ("core.card.finding.mount_holding", "core.card.identity.mount_holding"):
        monkeypatch.setattr(module, lambda path, mounts: next((m for m in mounts if m.mount_point == path), None))
    return table


def test_a_mounted_card_stays_one_while_its_dcim_has_another_name(tmp_path: Path, mounted: list[Mount]) -> None:
    root, card = tmp_path / "media", tmp_path / "media" / "CARD"
    fill_card(card, 1)
    known = cards_in([root], [], {})
    assert list(known) == [card]
    (card / "DCIM").rename(card / "elsewhere")
    assert cards_in([root], [], {}) == {}
    still = cards_in([root], [], known)
    assert still[card].is_same(known[card])
    mounted[0] = replace(mounted[0], id=78)
    assert cards_in([root], [], known) == {}, "another mount at the same place is no longer that card"
    mounted.clear()
    assert cards_in([root], [], known) == {}


def test_becoming_read_only_is_the_same_card(tmp_path: Path, mounted: list[Mount]) -> None:
    root, card = tmp_path / "media", tmp_path / "media" / "CARD"
    fill_card(card, 1)
    known = cards_in([root], [], {})
    (card / "DCIM").rename(card / "elsewhere")
    mounted[0] = replace(mounted[0], read_only=True)
    still = cards_in([root], [], known)[card]
    assert still.is_same(known[card])
    assert still.card.read_only
    assert still.card != known[card].card


def test_one_volume_mounted_twice_is_one_card(tmp_path: Path, mounted: list[Mount]) -> None:
    root = tmp_path / "media"
    for name in ("CARD", "CARD again"):
        fill_card(root / name, 1)
    mounted.append(replace(mounted[0], id=79, mount_point=root / "CARD again"))
    assert list(cards_in([root], [], {})) == [root / "CARD"]
    assert list(cards_in([root], [root / "CARD again"], {})) == [root / "CARD again", root / "CARD"]


def test_a_configured_mount_is_listed_once(tmp_path: Path, mounted: list[Mount]) -> None:
    root, card = tmp_path / "media", tmp_path / "media" / "CARD"
    fill_card(card, 1)
    found = cards_in([root], [card], {})
    assert list(found) == [card]
    assert found[card].card.configured
