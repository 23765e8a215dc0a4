"""The camera's clock against the station's: found at each threshold, said with what to do, and never in the way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.card.card import CardFile
from core.intake.asking import Asking, interview_for
from core.intake.interviews.camera_clock import AHEAD, BEHIND, WITHOUT_ZONE, clock_warnings, numbered_later
from core.intake.interviews.card_files import groups
from core.intake.interviews.review import review_sections
from core.intake.steps import PicturesChosen, Step
from core.intake.template import template

from ...support.clinic import EASY, STATION_TIME, Answers, asking_about, intake_until, picture, set_of

HERE = STATION_TIME.replace(tzinfo=None)
MINUTE = timedelta(minutes=1)
FIRST_OF_2000 = datetime(2000, 1, 1, 0, 2)


def by_exif(taken_at: datetime) -> tuple[CardFile, ...]:
    return (picture("IMG_0001.JPG", taken_at=taken_at - MINUTE), picture("IMG_0002.JPG", taken_at=taken_at))


def by_file_system(written_at: datetime) -> tuple[CardFile, ...]:
    nanoseconds = int(written_at.replace(tzinfo=UTC).timestamp()) * 1_000_000_000
    return (replace(picture("IMG_0001.JPG", taken_at=None), mtime_ns=nanoseconds),)


def said_of(pictures: Sequence[CardFile]) -> str:
    return " ".join(map(str, clock_warnings(pictures, STATION_TIME)))


@pytest.mark.parametrize(
    "taken_at", [HERE, HERE + AHEAD, HERE - BEHIND, HERE + timedelta(hours=1)], ids=["now", "ahead", "behind", "summer"]
)
def test_a_clock_that_may_be_right_is_not_mentioned(taken_at: datetime) -> None:
    assert clock_warnings(by_exif(taken_at), STATION_TIME) == ()


@pytest.mark.parametrize("off", [AHEAD + MINUTE, timedelta(days=1), timedelta(days=3650)])
def test_what_is_still_to_come_says_so_and_what_to_do(off: timedelta) -> None:
    said = said_of(by_exif(HERE + off))
    assert said.startswith(f"By the camera's clock these pictures were taken on {HERE + off:%d %b %Y at %H:%M}")
    assert "which is still to come" in said
    assert said.endswith("Make sure that they are this patient's, and set the camera's clock.")


@pytest.mark.parametrize(
    ("taken_at", "ago"),
    [
        (HERE - BEHIND - MINUTE, "more than 12 hours ago"),
        (HERE - timedelta(days=2), "more than 12 hours ago"),
        (HERE - timedelta(days=8), "more than a week ago"),
        (datetime(2025, 1, 1), "more than a year ago"),
        (FIRST_OF_2000, "01 Jan 2000 at 00:02, more than a year ago"),
    ],
)
def test_what_is_not_of_today_asks_whether_it_is_this_patients(taken_at: datetime, ago: str) -> None:
    said = said_of(by_exif(taken_at))
    assert ago in said
    assert said.endswith("Make sure that they are this patient's. If they are of today, set the camera's clock.")


def test_one_picture_of_now_is_enough_for_its_group() -> None:
    assert clock_warnings((*by_exif(HERE - timedelta(days=9)), picture("IMG_0009.JPG")), STATION_TIME) == ()


@pytest.mark.parametrize("off", [AHEAD, -BEHIND])
def test_a_time_of_the_file_system_has_no_zone_and_gets_the_more_room(off: timedelta) -> None:
    further = WITHOUT_ZONE if off > timedelta() else -WITHOUT_ZONE
    assert said_of(by_file_system(HERE + off + further)) == ""
    assert said_of(by_file_system(HERE + off + further + (MINUTE if off > timedelta() else -MINUTE)))
    assert said_of(by_exif(HERE + off + further))


def test_a_camera_that_says_no_time_is_taken_by_its_file() -> None:
    (file,) = by_file_system(datetime(1980, 1, 1))
    assert file.facts is not None
    broken = replace(file, facts=replace(file.facts, taken_at="0000:00:00 00:00:00"))
    assert "01 Jan 1980" in said_of((broken,))


def test_the_words_are_the_same_a_minute_later() -> None:
    for pictures in (by_exif(FIRST_OF_2000), by_exif(HERE + timedelta(days=1))):
        assert clock_warnings(pictures, STATION_TIME) == clock_warnings(pictures, STATION_TIME + MINUTE)


def set_back(*, first: int = 4) -> tuple[CardFile, ...]:
    """This morning's pictures of somebody, and those of now by a clock that lost its time."""
    return (*set_of(3), *set_of(2, first=first, at=FIRST_OF_2000))


def test_later_numbers_with_earlier_times_are_named() -> None:
    pictures = set_back()
    newest = groups(pictures)[0]
    assert newest == set_of(3)
    (warning,) = numbered_later(newest, pictures)
    assert warning.what == (
        "By their numbers other pictures were taken after the newest: DCIM/100CANON/IMG_0005.JPG and 1 more."
    )
    assert "choose the pictures one by one, and set the clock" in warning.hint


@pytest.mark.parametrize(
    "others",
    [
        (),
        set_of(2, first=1, at=FIRST_OF_2000),
        (picture("DCIM/101NIKON/DSC_0009.JPG", taken_at=FIRST_OF_2000),),
        (picture("DCIM/100CANON/DSC_0009.JPG", taken_at=FIRST_OF_2000),),
        (picture("DCIM/100CANON/NOTES.JPG", taken_at=FIRST_OF_2000),),
        (picture("PRIVATE/IMG_0099.JPG", taken_at=FIRST_OF_2000),),
        (picture("DCIM/100CANON/IMG_9999.JPG", taken_at=FIRST_OF_2000),),
    ],
    ids=[
        "none",
        "earlier numbers",
        "another camera",
        "another series",
        "no number",
        "no folder of a camera",
        "begun anew",
    ],
)
def test_numbers_that_say_nothing_say_nothing(others: tuple[CardFile, ...]) -> None:
    newest = set_of(3, first=11)
    assert numbered_later(newest, (*newest, *others)) == ()


@pytest.mark.parametrize("name", ["DCIM/101CANON/IMG_0001.JPG", "DCIM/100CANON/IMG_0014.JPG"])
def test_a_later_folder_is_later_too(name: str) -> None:
    newest = set_of(3, first=11)
    assert numbered_later(newest, (*newest, picture(name, taken_at=FIRST_OF_2000)))


def test_a_number_that_began_again_is_the_later_one() -> None:
    newest = (picture("IMG_9999.JPG"),)
    assert numbered_later(newest, (*newest, picture("IMG_0001.JPG", taken_at=FIRST_OF_2000)))


def asked_about(pictures: Sequence[CardFile]) -> tuple[Asking, str]:
    """What the pictures step says of the newest before anything is chosen."""
    asking = asking_about(pictures)
    question = interview_for(Step.PICTURES, intake_until(Step.PICTURES, asking), asking).next({})
    assert question is not None
    return asking, question.help


def test_the_pictures_step_and_the_review_say_it_and_neither_stops() -> None:
    asking, said = asked_about(set_back())
    (warning,) = numbered_later(set_of(3), set_back())
    assert said == f"{warning.what}\n{warning.hint}"
    intake = intake_until(Step.MOVE, asking)
    assert intake.step is Step.MOVE
    clock = next(section for section in review_sections(intake, asking.inventory) if section.heading == "Clock")
    assert (clock.lines, clock.steps) == ((str(warning),), (Step.PICTURES,))
    assert asked_about(set_of(3))[1] == ""
    right = asking_about(set_of(3))
    headings = [section.heading for section in review_sections(intake_until(Step.MOVE, right), right.inventory)]
    assert "Clock" not in headings


def test_chosen_one_by_one_the_review_speaks_of_what_was_chosen() -> None:
    old = set_of(3, at=FIRST_OF_2000)
    asking = asking_about((*old, *set_of(2, first=4)))
    ids = tuple(file.sha256 for file in old)
    said: dict[Step, Answers] = {Step.PICTURES: {"which": "choose", "pictures": ids, "discards": ()}}
    chosen = intake_until(Step.VIEWS, asking, {**EASY, **said}).pictures
    assert chosen == PicturesChosen(old)
    assert chosen.warnings == tuple(map(str, clock_warnings(old, STATION_TIME)))


def test_without_pictures_their_clock_is_nobodys_matter() -> None:
    asking = asking_about(by_exif(FIRST_OF_2000))
    said = {Step.CONSENT: {"consent": "declines"}}
    intake = intake_until(Step.MOVE, asking, {**EASY, **said})
    assert "Clock" not in [section.heading for section in review_sections(intake, asking.inventory)]


def test_the_template_of_an_answers_file_says_it_of_the_group() -> None:
    asking = asking_about(by_exif(FIRST_OF_2000))
    assert asking.inventory is not None
    text = template(asking.inventory, asking.default_pathway, asking)
    flowing = " ".join(text.replace("#", " ").split())
    assert "Make sure that they are this patient's. If they are of today, set the camera's clock." in flowing
