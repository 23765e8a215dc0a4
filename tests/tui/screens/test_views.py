"""The views step: one screen for one lesion as proposed, question by question for the rest, and nothing guessed."""

from core.card.card import FileKind
from core.intake.steps import Intake, Step
from core.model.lesion import Laterality, Lesion, View

from ...support.clinic import Answers, card_of, picture, set_of
from ...support.fake_services import FakeServices, FakeSession
from ...support.on_screen import Person, at_the_station
from ...support.walking import ASHGROVE, name_one_lesion, see_the_picture, stand_at, walk_until

TITLE = "Where is it, with what history?"


def _moved(session: FakeSession) -> Intake:
    [(intake, _)] = session.moved
    return intake


async def _go_on_and_move(person: Person, pictures: int = 3) -> None:
    for number in range(1, pictures + 1):
        await person.wait_for(f"Could picture {number} of {pictures} identify")
        await see_the_picture(person)
        await person.press("1")
    await person.wait_for("Is all of this right?")
    await person.press("m")
    await person.wait_for("All 8 steps done")


def test_two_typed_lines_answer_the_step_as_it_is_proposed() -> None:
    session = FakeSession()
    services = FakeServices(session)

    async def does(person: Person) -> None:
        await stand_at(person, Step.VIEWS)
        screen = await person.wait_for(TITLE, "locating", "close-up", "dermoscopic", "IMG_0001.JPG", ASHGROVE)
        assert "✓ left" not in screen
        await person.until(lambda: len(set(services.previewed)) == 3, "three thumbnails")
        await person.type("forearm l")
        await person.wait_for("✓ left forearm or wrist")
        await person.press("enter")
        await person.wait_for("Enter go on", "▌ left forearm or wrist", "· how long  · change")
        await person.type("3 months, itches")
        await person.wait_for("✓ how long  · change  · bleeding  ✓ itch  · ulceration")
        await person.press("enter")
        await _go_on_and_move(person)

    at_the_station(services, does)
    views = _moved(session).views
    assert views is not None
    assert views.lesions == (Lesion(1, "forearm", Laterality.LEFT, "3 months, itches"),)
    assert [view for _, _, view in views.views] == [View.LOCATING, View.CLOSE_UP, View.DERMOSCOPIC]


def test_keys_typed_ahead_of_the_screen_arrive_in_its_lines() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.VIEWS)
        await person.wait_for(TITLE)
        await person.type("left forea", "enter", *"since May", "enter")
        await _go_on_and_move(person)

    at_the_station(FakeServices(session), does)
    views = _moved(session).views
    assert views is not None
    assert views.lesions == (Lesion(1, "forearm", Laterality.LEFT, "since May"),)


def test_what_is_not_one_place_is_refused_and_can_be_chosen_from_the_list() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.VIEWS)
        await person.wait_for(TITLE)
        await person.press("enter")
        await person.wait_for("! No place on the body is named yet.")
        await person.type("nose")
        await person.wait_for("3 places", "midline nose")
        await person.press("enter")
        await person.wait_for("! The side is not clear yet: left or right or midline?")
        await person.type("x")
        await person.wait_for("no place on the list")
        await person.press("enter")
        await person.wait_for("! “nosex” is no place on the list.")
        await person.press("ctrl+u")
        await person.type("fore left")
        await person.wait_for("2 places", "left forehead or temple", "left forearm or wrist")
        await person.press("enter")
        await person.wait_for("! “fore left” can be 2 places.")
        assert "Enter to the history" in person.sees
        await person.press("down", "down")
        await person.wait_for("▸ left forearm or wrist")
        await person.press("enter")
        await person.wait_for("✓ left forearm or wrist", "Enter go on")
        await person.press("enter")
        await person.wait_for("is empty.", TITLE)
        await person.type("a year", "enter")
        await _go_on_and_move(person)

    at_the_station(FakeServices(session), does)
    views = _moved(session).views
    assert views is not None
    assert views.lesions == (Lesion(1, "forearm", Laterality.LEFT, "a year"),)


def test_an_intimate_area_without_its_consent_is_refused_in_place_and_nothing_typed_is_lost() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.VIEWS)
        await person.wait_for(TITLE)
        await person.type("left genit")
        await person.wait_for("✓ left genital area")
        await person.press("enter")
        await person.wait_for("! An intimate area needs consent of its own", "▌ left genit", "Enter to the history")
        await person.press("ctrl+u")
        await person.type("neck l")
        await person.wait_for("✓ left neck")
        await person.press("enter")
        await person.wait_for("Enter go on")

    at_the_station(FakeServices(), does)


def test_escape_goes_from_history_to_place_to_the_step_before_and_enter_comes_back_with_all_of_it() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.VIEWS)
        await person.wait_for(TITLE)
        await person.type("left ch", "escape")
        await person.wait_for("Which pictures of the card", "(answered before)")
        await person.press("enter")
        await person.wait_for(TITLE, "▌ left ch", "left cheek")
        await person.type("ee", "enter")
        await person.wait_for("Enter go on")
        await person.type("2 years")
        await person.press("escape")
        await person.wait_for("Enter to the history", "▌ left cheek", "▌ 2 years")
        await person.press("escape")
        await person.wait_for("Which pictures of the card")
        await person.press("enter")
        await person.wait_for(TITLE, "▌ left cheek", "▌ 2 years")
        await person.press("enter")
        await person.wait_for("Enter go on")
        await person.press("enter")
        await person.wait_for("Could picture 1 of 3 identify")
        await person.press("escape")
        await person.wait_for(TITLE, "Enter go on", "▌ left cheek", "▌ 2 years")

    at_the_station(FakeServices(), does)


def test_a_key_asks_one_by_one_for_several_lesions_and_escape_returns_to_the_proposal() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.VIEWS)
        await person.wait_for(TITLE)
        await person.type("left ch")
        await person.press("f4")
        await person.wait_for("What do the pictures show?", "Several lesions")
        await person.press("escape")
        await person.wait_for(TITLE, "▌ left ch")
        await person.press("f4")
        await person.wait_for("What do the pictures show?")
        await person.press("3")
        await person.wait_for("How many lesions?")
        await person.press("1")
        for number, site in ((1, "nose"), (2, "knee")):
            await person.wait_for(f"Where on the body is lesion {number}?")
            await person.type(site)
            await person.wait_for(f"▸ {site.capitalize()}")
            await person.press("enter")
            await person.wait_for(f"On which side is lesion {number}?")
            await person.press("1")
            await person.wait_for(f"What is the history of lesion {number}?")
            await person.type("a year", "enter")
        for number, lesion in ((1, "1"), (2, "2"), (3, "2")):
            await person.wait_for(f"Which lesion does picture {number} of 3 show?", f"IMG_000{number}.JPG")
            await person.press(lesion)
            await person.wait_for(f"Which view is picture {number} of 3?")
            await person.press("2")
        await person.wait_for("Why is there no dermoscopic picture of lesion 1 and lesion 2?")
        await person.type("no dermatoscope", "enter")
        await person.wait_for("Could picture 1 of 3 identify")
        await person.press("escape")
        await person.wait_for("Why is there no dermoscopic picture", "▌ no dermatoscope")
        await person.press("enter")
        await _go_on_and_move(person)

    at_the_station(FakeServices(session), does)
    views = _moved(session).views
    assert views is not None
    assert [lesion.site for lesion in views.lesions] == ["nose", "knee"]
    assert [lesion for _, lesion, _ in views.views] == [1, 2, 2]


def test_a_view_that_the_route_asks_for_is_asked_after_with_the_form_one_escape_away() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.VIEWS)
        await name_one_lesion(person)
        await person.wait_for("Why is there no dermoscopic picture of lesion 1?")
        await person.press("escape")
        await person.wait_for("One lesion: locating, close-up.", "▌ 3 months, itches", "Enter go on")
        await person.press("enter")
        await person.wait_for("Why is there no dermoscopic picture of lesion 1?")
        await person.type("no dermatoscope", "enter")
        await person.wait_for("Could picture 1 of 2 identify")

    at_the_station(FakeServices(files=set_of(2)), does)


def test_other_than_two_or_three_pictures_are_asked_one_by_one() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.VIEWS)
        screen = await person.wait_for("What do the pictures show?", "One lesion; I name each view")
        assert TITLE not in screen
        await person.press("escape")
        await person.wait_for("Which pictures of the card")

    at_the_station(FakeServices(files=set_of(4)), does)


def test_nothing_is_proposed_about_pictures_that_cannot_be_seen() -> None:
    services = FakeServices()

    async def does(person: Person) -> None:
        await stand_at(person, Step.VIEWS)
        await person.wait_for(TITLE)
        await person.type("left ch")
        services.pull()
        screen = await person.wait_for("There is no card in the reader.", "No answer is lost.")
        assert TITLE not in screen
        await person.press("enter")
        services.put_in(card_of([picture("OTHER.JPG", kind=FileKind.JPEG)]))
        await person.wait_for("The chosen pictures are not on this card.")
        services.put_in(card_of(set_of(3)))
        await person.wait_for(TITLE, "▌ left ch")

    at_the_station(services, does)


def test_pictures_of_an_intimate_area_start_hidden_and_a_key_shows_them() -> None:
    said: dict[Step, Answers] = {
        Step.CONSENT: {
            "consent": "with-exceptions",
            "basis": "self",
            "exceptions": ("intimate",),
            "intimate_explained": "agrees",
            "chaperone": "declined",
        }
    }
    services = FakeServices()

    async def does(person: Person) -> None:
        await stand_at(person, Step.VIEWS, said)
        await person.wait_for(TITLE, "The pictures are hidden.", "F3 show the pictures")
        await person.settle()
        assert services.previewed == []
        await person.press("f3")
        await person.wait_for("Colour is not judged", "F3 hide the pictures")
        await person.until(lambda: len(set(services.previewed)) == 3, "three thumbnails")

    at_the_station(services, does)


def test_full_screen_shows_the_thumbnails_one_after_the_other_and_comes_back_to_what_was_typed() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.VIEWS)
        await person.wait_for(TITLE)
        await person.type("left ch")
        await person.press("f2")
        await person.wait_for("1 of 3  DCIM/100CANON/IMG_0001.JPG", "Esc close", ASHGROVE)
        await person.press("right")
        await person.wait_for("2 of 3  DCIM/100CANON/IMG_0002.JPG")
        await person.press("escape")
        await person.wait_for(TITLE, "▌ left ch")
        await person.press("f1")
        await person.wait_for("Where this question comes from", "picture set per lesion")

    at_the_station(FakeServices(), does)
