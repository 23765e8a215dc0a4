"""How a card's files are grouped for the grid, and what is said to stay on it."""

from datetime import timedelta

from core.card.card import FileKind
from tui.intake.card_groups import OTHER_FILES, digests, grid_groups, stays

from ...support.clinic import MORNING, card_of, other_file, picture, set_of

OLD = set_of(2, at=MORNING - timedelta(days=1))
NEW = set_of(3, first=10)
MOVIE = other_file("DCIM/100CANON/MVI_0001.MOV", FileKind.MOVIE)
UNREADABLE = other_file("DCIM/100CANON/BAD.JPG", FileKind.UNREADABLE, readable=False)
CARD = card_of([*OLD, *NEW, MOVIE, UNREADABLE])


def test_the_newest_group_comes_first_and_what_is_no_picture_is_not_among_the_pictures() -> None:
    groups = grid_groups(CARD)
    assert [[item.file for item in group.items] for group in groups] == [list(NEW), list(OLD)]
    assert groups[0].heading == "25 Nov 2026 09:30 to 09:32"


def test_numbers_stay_the_same_whatever_is_offered_and_other_files_come_last() -> None:
    offered = {NEW[1].sha256, OLD[0].sha256, MOVIE.sha256}
    groups = grid_groups(CARD, offered, new={NEW[1].sha256})
    assert [[(item.number, item.mark) for item in group.items] for group in groups] == [
        [(2, "new")],
        [(4, "")],
        [(6, "")],
    ]
    assert groups[-1].key == OTHER_FILES
    assert groups[-1].heading == "Other files"


def test_a_group_keeps_its_key_when_some_of_it_is_not_offered() -> None:
    assert grid_groups(CARD, {NEW[2].sha256})[0].key == grid_groups(CARD)[0].key


def test_what_nobody_claims_is_counted_copies_once() -> None:
    copy = picture("COPY.JPG", content="IMG_0010.JPG", taken_at=MORNING)
    assert stays(card_of([*NEW, copy]), ()) == "3 pictures stay on the card"
    assert stays(CARD, {file.sha256 for file in NEW}) == "2 pictures and 1 other file stay on the card"
    assert stays(CARD, digests(CARD)) == "1 other file stays on the card"
    assert stays(card_of(NEW), digests(card_of(NEW))) == ""
    assert digests(None) == frozenset()
