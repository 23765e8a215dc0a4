"""A picture full-screen: other ones, a closer look, and whose they are all along."""

from core.intake.steps import Step
from tui.widgets.picture_view import PictureView

from ...support.clinic import picture
from ...support.fake_services import FakeServices
from ...support.on_screen import Person, at_the_station, layout_faults
from ...support.walking import ASHGROVE, stand_at


async def full_screen(person: Person) -> PictureView:
    await stand_at(person, Step.PICTURES)
    await person.wait_for("Which pictures of the card")
    await person.press("f2")
    await person.wait_for("Esc close", "1 of 3", ASHGROVE)
    view = person.app.screen.query_one(PictureView)
    await person.until(lambda: view.is_drawn, "the picture")
    return view


def test_arrows_are_other_pictures_until_one_is_looked_at_closely() -> None:
    async def does(person: Person) -> None:
        view = await full_screen(person)
        await person.wait_for("← → other pictures", "+ closer")
        await person.press("left")
        await person.wait_for("3 of 3")
        await person.press("up", "down")
        await person.until(lambda: view.is_drawn, "the picture")
        await person.press("plus", "plus", "plus", "plus")
        await person.wait_for("3 of 3", "4 times", "Space next picture", "arrows pan", "Colour is not judged")
        before = view.part
        await person.press("right", "l", "down")
        await person.until(lambda: view.part.left > before.left and view.part.top > before.top, "to pan")
        await person.press("space")
        await person.wait_for("1 of 3")
        assert not view.sight.is_close

    at_the_station(FakeServices(), does)


def test_a_long_name_is_cut_and_what_may_not_be_judged_never_is() -> None:
    files = [picture(f"{letter * 120}.JPG") for letter in "ABC"]

    async def does(person: Person) -> None:
        await full_screen(person)
        for size in ((40, 12), (120, 40), (80, 24)):
            await person.resize(*size)
            await person.wait_for("1 of 3", "AAA", "Colour is not judged on this screen.")
            await person.until(lambda: layout_faults(person.app) == [], "everything to have its room")

    at_the_station(FakeServices(files=files), does)
