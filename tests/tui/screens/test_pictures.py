"""The step that says whose pictures they are: seen before they are taken, one by one or the newest, never by a slip."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from core.card.card import FileKind
from core.errors import CardError
from core.intake.steps import PicturesChosen, Step
from core.model.question import Question
from tui.screens.pictures import PicturesScreen
from tui.widgets.grid.picture_grid import PictureGrid

from ...support.clinic import EASY, MORNING, Answers, card_of, other_file, picture, set_of
from ...support.fake_services import FakeServices
from ...support.on_screen import Person, at_the_station, layout_faults
from ...support.walking import ASHGROVE, stand_at, walk_until

OLD = set_of(2, at=MORNING - timedelta(days=1))
NEW = set_of(3, first=10)
MOVIE = other_file("DCIM/100CANON/MVI_0001.MOV", FileKind.MOVIE)
INTIMATE: Answers = {
    "consent": "with-exceptions",
    "basis": "self",
    "exceptions": ("intimate",),
    "intimate_explained": "agrees",
    "chaperone": "declined",
}
MIXED = [*OLD, *NEW, MOVIE]


def chosen(person: Person) -> PicturesChosen:
    """What the intake got, as the next screen was given it."""
    pictures = person.app.screen.asked.intake.pictures  # type: ignore[attr-defined]  # a step screen is up
    assert isinstance(pictures, PicturesChosen)
    return pictures


async def at_the_next_step(person: Person) -> PicturesChosen:
    await person.wait_for("Step 5 of 8")
    return chosen(person)


async def choosing(person: Person) -> None:
    await stand_at(person, Step.PICTURES)
    await person.wait_for("Which pictures of the card")
    await person.press("2")
    await person.wait_for("Which of these are this patient's?")


def test_one_key_takes_the_newest_group_which_is_in_sight_and_earlier_ones_are_counts() -> None:
    services = FakeServices(files=MIXED)

    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        screen = await person.wait_for(
            "Step 4 of 8",
            ASHGROVE,
            "1  The newest 3, taken 25 Nov 2026 09:30 to 09:32",
            "2 earlier ones stay on the card",
            "24 Nov 2026 09:30 to 09:31  ·  2 pictures  ·  closed",
            "IMG_0010.JPG",
            "09:32",
            "Colour is not judged",
            "1-2 answer",
            "F7 retake",
        )
        assert "IMG_0001.JPG" not in screen
        assert "▸" not in screen.split("Step 4")[1].replace("▸ Pictures", "")  # nothing is preselected
        await person.press("enter")
        await person.wait_for("Nothing is chosen yet.")
        await person.press("1")
        assert await at_the_next_step(person) == PicturesChosen(NEW)

    at_the_station(services, does)
    assert {path.rsplit("/", 1)[1] for path in services.previewed} >= {"IMG_0010.JPG", "IMG_0011.JPG", "IMG_0012.JPG"}
    assert not {file.shown for file in OLD} & set(services.previewed)


def test_the_newest_group_is_not_taken_while_some_of_it_was_not_in_sight() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        await person.wait_for("The newest 7", "4 not in sight yet: PgDn", "PgUp PgDn further")
        await person.press("1")
        await person.wait_for("4 of these pictures were not seen yet.", "PgDn brings them into sight.")
        await person.press("pagedown", "1")
        await person.wait_for("1 of these pictures was not seen yet.")
        await person.press("pagedown", "1")
        assert await at_the_next_step(person) == PicturesChosen(set_of(7))

    at_the_station(FakeServices(files=set_of(7)), does)


def test_coming_back_enter_keeps_what_was_answered() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.VIEWS)
        await person.wait_for("Step 5 of 8")
        await person.press("escape")
        await person.wait_for("▸ 1  The newest 3", "(answered before)", "Enter as before")
        await person.press("enter")
        assert len((await at_the_next_step(person)).pictures) == 3

    at_the_station(FakeServices(), does)


def test_pictures_are_ticked_one_by_one_others_given_up_with_a_reason_and_the_rest_stays() -> None:
    async def does(person: Person) -> None:
        await choosing(person)
        await person.wait_for(
            "▸[ ] 1  09:30", "0 ticked  ·  5 pictures and 1 other file stay on the card", "Colour is not"
        )
        await person.press("space", "right", "right", "space")
        await person.wait_for("2 ticked  ·  3 pictures and 1 other file stay on the card", "Enter done, 2 ticked")
        await person.press("enter")
        await person.wait_for("Which other files are given up?", "Enter nothing is given up", "Other files  ·  1 file")
        await person.press("space", "end", "space")
        await person.wait_for("2 given up  ·  2 pictures stay on the card")
        await person.press("enter")
        await person.wait_for("Why are these 2 files given up?", "Recorded with your name.")
        await person.type("out of focus", "enter")
        assert await at_the_next_step(person) == PicturesChosen(
            (NEW[0], NEW[2]), ((NEW[1], "out of focus"), (MOVIE, "out of focus"))
        )

    at_the_station(FakeServices(files=MIXED), does)


def test_a_picture_of_an_earlier_group_needs_its_group_opened_first() -> None:
    services = FakeServices(files=MIXED)

    async def does(person: Person) -> None:
        await choosing(person)
        await person.press("down")
        await person.wait_for("closed, Space opens it", "Space open")
        assert OLD[0].shown not in services.previewed
        await person.press("space")
        await person.wait_for("▸[ ] 4  09:30", "IMG_0001.JPG")
        await person.press("space", "enter")
        await person.wait_for("Which other files are given up?")
        await person.press("enter")
        assert await at_the_next_step(person) == PicturesChosen((OLD[0],))

    at_the_station(services, does)


def test_nothing_ticked_is_refused_by_core_and_the_ticks_can_be_set_then() -> None:
    async def does(person: Person) -> None:
        await choosing(person)
        await person.press("enter")
        await person.wait_for("No picture is chosen.", "Which of these are this patient's?")
        await person.press("space", "enter")
        await person.wait_for("Which other files are given up?")

    at_the_station(FakeServices(), does)


def test_escape_goes_back_question_by_question_and_no_tick_is_lost() -> None:
    async def does(person: Person) -> None:
        await choosing(person)
        await person.press("right", "space")
        await person.wait_for("1 ticked")
        await person.press("escape")
        await person.wait_for("Which pictures of the card")
        await person.press("2")
        await person.wait_for("[x] 2  09:31", "1 ticked")
        await person.press("enter")
        await person.wait_for("Which other files are given up?")
        await person.press("space", "escape")
        await person.wait_for("Which of these are this patient's?", "[x] 2  09:31")
        await person.press("enter")
        await person.wait_for("1 given up")
        await person.press("enter")
        await person.wait_for("Why is it given up?")
        await person.type("blur")
        await person.press("escape")
        await person.wait_for("Which other files are given up?", "1 given up")
        await person.press("enter")
        await person.wait_for("▌ blur")
        for shown in (
            "Which other files",
            "Which of these are",
            "Which pictures of the card",
            "Does the patient agree",
        ):
            await person.press("escape")
            await person.wait_for(shown)

    at_the_station(FakeServices(), does)


def test_any_picture_can_be_looked_at_full_screen_and_the_cursor_follows() -> None:
    async def does(person: Person) -> None:
        await choosing(person)
        await person.press("right", "f2")
        await person.wait_for("Esc close", "2 of 3  DCIM/100CANON/IMG_0002.JPG", ASHGROVE)
        await person.press("right")
        await person.wait_for("3 of 3  DCIM/100CANON/IMG_0003.JPG")
        await person.press("escape")
        await person.wait_for("▸[ ] 3  09:32")

    at_the_station(FakeServices(), does)


def test_the_closed_groups_are_not_among_what_is_looked_at() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        await person.wait_for("Which pictures of the card")
        await person.press("f2")
        await person.wait_for("1 of 3  DCIM/100CANON/IMG_0010.JPG")
        await person.press("left")
        await person.wait_for("3 of 3  DCIM/100CANON/IMG_0012.JPG")

    at_the_station(FakeServices(files=MIXED), does)


def test_a_retake_waits_for_the_card_and_goes_on_with_the_same_intake_and_the_new_pictures() -> None:
    services = FakeServices()
    again = set_of(2, first=30, at=MORNING + timedelta(minutes=5))

    async def does(person: Person) -> None:
        await choosing(person)
        await person.press("space")
        await person.wait_for("1 ticked")
        await person.press("f7")
        screen = await person.wait_for(
            "Retake: pull the card, take the pictures, put it back.", "The card is in.", ASHGROVE
        )
        assert "IMG_" not in screen
        services.pull()
        await person.wait_for("Retake: pull the card", "The card is out.", "no card")
        services.put_in(card_of([*set_of(3), *again]))
        await person.wait_for("The card is back, with 2 new pictures.", "The newest 5", ASHGROVE, "Step 4 of 8")
        await person.press("2")
        await person.wait_for("[x] 1  09:30", "1 ticked")
        await person.press("end", "space")
        await person.wait_for("▸[x] 5  09:36  new", "[ ] 4  09:35  new", "2 ticked")
        await person.press("enter")
        await person.wait_for("Which other files are given up?")
        await person.press("enter")
        assert await at_the_next_step(person) == PicturesChosen((set_of(1)[0], again[1]))

    at_the_station(services, does)


def test_a_retake_is_given_up_with_escape_and_a_card_without_new_pictures_says_so() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        await person.wait_for("Which pictures of the card")
        await person.press("f7")
        await person.wait_for("Retake: pull the card")
        await person.press("escape")
        await person.wait_for("Which pictures of the card", "The newest 3")
        await person.press("f7")
        await person.wait_for("Retake: pull the card")
        services.pull()
        await person.wait_for("The card is out.")
        services.put_in()
        await person.wait_for("The card is back, with no new picture.", "Which pictures of the card")
        await person.press("1")
        await person.wait_for("Step 5 of 8")

    at_the_station(services, does)


def test_a_card_that_is_pulled_takes_the_pictures_off_the_screen_and_brings_them_and_the_ticks_back() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await choosing(person)
        await person.press("space")
        await person.wait_for("1 ticked")
        services.pull()
        screen = await person.wait_for("There is no card in the reader.", "No answer is lost.")
        assert "▀" not in screen
        assert "IMG_" not in screen
        await person.press("enter", "space", "1")
        services.put_in()
        await person.wait_for("Which of these are this patient's?", "[x] 1  09:30", "1 ticked")
        services.card_trouble = CardError("The card cannot be read.", "Try another reader.")
        services.put_in()
        await person.wait_for("The card cannot be read.")
        services.card_trouble = None
        services.put_in(card_of(OLD))
        await person.wait_for("Which pictures of the card", "The newest 2, taken 24 Nov 2026")

    at_the_station(services, does)


def test_a_card_without_a_picture_offers_a_retake_and_the_way_without() -> None:
    services = FakeServices(files=[MOVIE])

    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        await person.wait_for(
            "There is no picture on this card that can be sealed.", "F7 retake", "F8 without photography"
        )
        services.put_in(card_of([MOVIE, *NEW]))
        screen = await person.wait_for("The newest 3")
        assert "no picture on this card" not in screen

    at_the_station(services, does)


def test_two_thousand_pictures_open_only_what_is_in_sight() -> None:
    files = [picture(f"IMG_{n:04}.JPG", taken_at=MORNING + timedelta(seconds=n)) for n in range(2000)]
    services = FakeServices(files=files)

    async def does(person: Person) -> None:
        await choosing(person)
        await person.wait_for("25 Nov 2026 09:30 to 10:03  ·  2000 pictures")
        await person.press("end", "space")
        await person.wait_for("▸[x] 2000  10:03", "1 ticked  ·  1999 pictures stay on the card")
        await person.until(lambda: files[-1].shown in services.previewed, "the last picture")
        await person.settle()
        assert len(services.previewed) <= 24
        assert person.app.screen.query_one(PictureGrid).kept_thumbs <= 24

    at_the_station(services, does)


def test_pictures_that_may_be_intimate_start_hidden_and_are_not_taken_unseen() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES, {**EASY, Step.CONSENT: INTIMATE})
        await person.wait_for("Hidden: an intimate picture.", "V show pictures")
        await person.press("1")
        await person.wait_for("3 of these pictures were not seen yet.", "V shows them.")
        assert services.previewed == []
        await person.press("f2")
        await person.press("v")
        await person.wait_for("▀▀▀▀▀▀▀▀", "V hide pictures", "Which pictures of the card")
        await person.press("1")
        await person.wait_for("Step 5 of 8")

    at_the_station(services, does)


def test_hostile_names_and_notes_are_shown_as_they_are_and_do_nothing() -> None:
    hostile = replace(set_of(1)[0], path=PurePosixPath("DCIM/[b]\x1b[2J\u202e.JPG"), note="[red]not what it says[/red]")

    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        screen = await person.wait_for(r"\xe2\x80\xae.JPG", "[red]not what it says")
        assert "\x1b" not in screen
        assert "\u202e" not in screen
        await person.press("2")
        await person.wait_for("▸[ ] 1  09:30")
        await person.press("f2")
        await person.wait_for("Esc close", r"[b]\x1b[2J\xe2\x80\xae.JPG")

    at_the_station(FakeServices(files=[hostile]), does)


def test_it_can_be_read_and_used_on_every_size() -> None:
    async def does(person: Person) -> None:
        await choosing(person)
        for size in ((40, 12), (50, 20), (120, 40), (200, 60), (80, 24)):
            await person.resize(*size)
            await person.wait_for("Which of these are this patient's?", "▸[ ] 1  09:30")
            await person.until(lambda: layout_faults(person.app) == [], "everything to have its room")
        await person.press("escape")
        await person.wait_for("Which pictures of the card")
        await person.resize(40, 12)
        await person.wait_for("1 The newest 3", "2 Choose them one by one")
        await person.press("pagedown", "pagedown", "pagedown", "1")
        await person.wait_for("Step 5 of 8")

    at_the_station(FakeServices(files=MIXED), does)


def test_the_mouse_answers_ticks_and_opens() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        await person.wait_for("Which pictures of the card")
        await person.click("AnswerRow", 10, 2)
        await person.wait_for("Which of these are this patient's?")
        await person.click("PictureGrid", 30, 4)
        await person.wait_for("[x] 2  09:31")

    at_the_station(FakeServices(files=MIXED), does)


def test_the_source_of_the_question_is_one_key_away() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        await person.wait_for("Which pictures of the card")
        question = person.app.screen.question  # type: ignore[attr-defined]  # a PicturesScreen is up
        assert isinstance(person.app.screen, PicturesScreen)
        assert isinstance(question, Question)
        await person.press("f1")
        await person.wait_for("Where this question comes from", question.source)

    at_the_station(FakeServices(), does)


def test_a_clock_that_was_set_back_is_said_above_the_answers_and_before_the_move() -> None:
    """The pictures of now have the time of a camera that lost it; those of this morning are the newest."""
    now = set_of(2, first=4, at=datetime(2000, 1, 1))
    said = (
        "▲ By their numbers other pictures were taken after the newest: DCIM/100CANON/IMG_0005.JPG and 1 more.",
        "The camera's clock may have been set back: choose the pictures one by one, and set the clock.",
    )

    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        await person.wait_for(*said, "1  The newest 3", "2  Choose them one by one")
        assert layout_faults(person.app) == []
        await person.press("1")
        assert (await at_the_next_step(person)).warnings

    at_the_station(FakeServices(files=(*set_of(3), *now)), does)


def test_on_a_low_screen_the_clock_is_said_in_short_and_leaves_the_pictures_in_sight() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PICTURES)
        screen = await person.wait_for("▲ Camera's clock: see the review.", "09:30")
        assert "a week ago" not in screen
        await person.resize(80, 24)
        await person.wait_for("more than a week ago. Make sure that they are this patient's.", "1  The newest 2")
        assert layout_faults(person.app) == []
        await person.resize(40, 12)
        await person.press("pagedown", "pagedown", "1")
        assert (await at_the_next_step(person)).warnings

    at_the_station(FakeServices(files=set_of(2, at=MORNING - timedelta(days=9))), does, size=(40, 12))
