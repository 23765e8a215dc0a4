"""Which files of a card are this patient's: groups by time, one decision for copies, discards with a reason."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.card.card import CardFile, FileKind
from core.errors import RuleRefusedError
from core.intake.interviews.card_files import GAP, groups, span, taken
from core.intake.interviews.pictures import pictures_interview
from core.intake.steps import PicturesChosen
from core.model.question import Question, Value

from ...support.clinic import MORNING, STATION_TIME, Answers, card_of, held, other_file, picture, set_of

EARLIER = set_of(2, first=1, at=MORNING - timedelta(hours=2))
NOW = set_of(3, first=10)


def chosen(files: tuple[CardFile, ...], answers: Answers) -> tuple[PicturesChosen, dict[str, Value]]:
    return held(pictures_interview(card_of(files), STATION_TIME), answers)


def asked(files: tuple[CardFile, ...], **given: Value) -> Question:
    question = pictures_interview(card_of(files), STATION_TIME).next(given)
    assert question is not None
    return question


def ids(*files: CardFile) -> tuple[str, ...]:
    return tuple(file.sha256 for file in files)


def test_the_newest_group_is_one_answer_and_discards_nothing() -> None:
    answer, given = chosen((*EARLIER, *NOW), {"which": "newest"})
    assert given == {"which": "newest"}
    assert answer == PicturesChosen(NOW)


def test_earlier_groups_show_as_a_count_only() -> None:
    question = asked((*EARLIER, *NOW))
    newest = question.options[0]
    assert newest.label == "The newest 3, taken 25 Nov 2026 09:30 to 09:32"
    assert "2 earlier ones stay on the card" in newest.help
    assert question.pictures == tuple(file.shown for file in NOW)
    assert not any(file.shown in repr(question) for file in EARLIER)


def test_pictures_are_a_group_until_a_gap_that_is_longer_than_an_appointment() -> None:
    first, within = picture("A.JPG"), picture("B.JPG", taken_at=MORNING + GAP)
    beyond = picture("C.JPG", taken_at=MORNING + 2 * GAP + timedelta(seconds=1))
    assert groups((beyond, within, first)) == ((beyond,), (first, within))


@settings(deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_every_picture_is_in_one_group_newest_group_first(minutes: list[int]) -> None:
    files = tuple(
        picture(f"IMG_{n:04}.JPG", taken_at=MORNING + timedelta(minutes=minute)) for n, minute in enumerate(minutes)
    )
    found = groups(files)
    assert sorted(file.shown for group in found for file in group) == sorted(file.shown for file in files)
    for group in found:
        for one, next_one in pairwise(group):
            assert timedelta(0) <= taken(next_one) - taken(one) <= GAP
    for newer, older in pairwise(found):
        assert taken(newer[0]) - taken(older[-1]) > GAP


@pytest.mark.parametrize(
    "said", ["", "0000:00:00 00:00:00", "2026:13:01 10:00:00", "soon", "2026:11:25", "\u0661" * 19]
)
def test_a_camera_that_does_not_know_the_time_leaves_it_to_the_file(said: str) -> None:
    file = picture("A.JPG", taken_at=None)
    assert file.facts is not None
    object.__setattr__(file.facts, "taken_at", said)
    assert taken(file) == datetime(2023, 11, 14, 22, 13, 20)


@pytest.mark.parametrize("mtime_ns", [-(10**18), 0, 2**63 - 1, 10**30])
def test_an_impossible_file_time_is_no_mistake(mtime_ns: int) -> None:
    file = picture("A.JPG", taken_at=None)
    object.__setattr__(file, "mtime_ns", mtime_ns)
    assert groups((file,)) == ((file,),)
    assert span((file,))


def test_several_patients_on_one_card_are_told_apart_one_by_one() -> None:
    files = (*EARLIER, *NOW)
    answer, _ = chosen(files, {"which": "choose", "pictures": ids(NOW[2], EARLIER[0]), "discards": ()})
    assert answer == PicturesChosen((EARLIER[0], NOW[2]))


def test_the_newest_group_is_offered_first() -> None:
    offered = asked((*EARLIER, *NOW), which="choose").options
    assert [option.id for option in offered] == list(ids(*NOW, *EARLIER))
    assert [option.picture for option in offered[:3]] == [file.shown for file in NOW]


def test_nothing_chosen_is_refused() -> None:
    with pytest.raises(RuleRefusedError, match="No picture is chosen"):
        pictures_interview(card_of(NOW), STATION_TIME).next({"which": "choose", "pictures": ()})


def test_one_decision_stands_for_every_copy_and_names_them() -> None:
    copy = picture("101CANON/COPY.JPG", content="IMG_0010.JPG", taken_at=MORNING + timedelta(hours=3))
    files = (*NOW, copy)
    question = asked(files, which="choose")
    assert sorted(option.id for option in question.options) == sorted(ids(*NOW))
    (label,) = [option.label for option in question.options if option.id == copy.sha256]
    assert "also as" in label
    answer, _ = chosen(files, {"which": "choose", "pictures": ids(copy), "discards": ()})
    assert len(answer.pictures) == 1


MOVIE = other_file("DCIM/100CANON/MVI_0001.MP4", FileKind.MOVIE, "movie")
SIDE = other_file("DCIM/100CANON/IMG_0010.THM", FileKind.SIDE_FILE)


def test_side_files_and_other_pictures_may_be_given_up_with_one_reason() -> None:
    answers: Answers = {
        "which": "choose",
        "pictures": ids(*NOW),
        "discards": ids(SIDE, EARLIER[0]),
        "discard_reason": "  test shot,  and its side file ",
    }
    answer, _ = chosen((*EARLIER, *NOW, MOVIE, SIDE), answers)
    assert set(answer.discards) == {
        (SIDE, "test shot, and its side file"),
        (EARLIER[0], "test shot, and its side file"),
    }


def test_what_is_given_up_needs_a_reason() -> None:
    given: dict[str, Value] = {"which": "choose", "pictures": ids(*NOW), "discards": ids(SIDE)}
    talk = pictures_interview(card_of((*NOW, SIDE)), STATION_TIME)
    question = talk.next(given)
    assert question is not None
    assert (question.id, question.takes_nothing) == ("discard_reason", False)
    with pytest.raises(RuleRefusedError):
        talk.next({**given, "discard_reason": "  "})


def test_a_chosen_picture_or_a_copy_of_it_is_never_offered_to_be_given_up() -> None:
    copy = picture("101CANON/COPY.JPG", content="IMG_0010.JPG")
    question = asked((*NOW, copy, SIDE), which="choose", pictures=ids(NOW[0]))
    assert set(option.id for option in question.options) == set(ids(NOW[1], NOW[2], SIDE))


def test_what_could_not_be_read_or_is_half_erased_is_not_offered() -> None:
    unread = other_file("DCIM/100CANON/BROKEN.JPG", FileKind.UNREADABLE, readable=False)
    tombstone = other_file("DCIM/100CANON/DERM0001.dlk", FileKind.UNFINISHED)
    _, given = chosen((*NOW, unread, tombstone), {"which": "choose", "pictures": ids(*NOW)})
    assert "discards" not in given


@pytest.mark.parametrize("files", [(), (MOVIE, SIDE)])
def test_a_card_without_a_picture_says_what_to_do(files: tuple[CardFile, ...]) -> None:
    with pytest.raises(RuleRefusedError, match="no picture on this card") as refused:
        pictures_interview(card_of(files), STATION_TIME).next({})
    assert "refer without photography" in refused.value.hint
