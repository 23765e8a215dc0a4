"""The grid of a card's pictures: only what is in sight is opened, closed groups stay closed, one tick at a time."""

import threading
from collections.abc import Sequence
from datetime import timedelta

from textual.message import Message

from core.card.card import CardFile
from core.errors import CardError
from core.photo.previews import Preview
from tui.intake.card_groups import grid_groups
from tui.widgets.grid.body import SPARE
from tui.widgets.grid.picture_grid import PictureGrid
from tui.widgets.picture_view import ShownPicture

from ...support.clinic import MORNING, card_of, picture, set_of
from ...support.fake_services import grey_preview
from ...support.on_screen import PATIENCE, Person
from ...support.stage import on_stage

IN_SIGHT = 9
"""On 80 x 24: two rows of three, and the upper edge of a third."""

EARLIER = MORNING - timedelta(days=1)
TWO_GROUPS = [*set_of(3, first=10), *set_of(2, at=EARLIER)]


class Finder:
    """Finds every picture, and remembers which were opened."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.at_once = threading.Event()
        self.at_once.set()

    def __call__(self, file: CardFile) -> ShownPicture:
        def load(width: int, height: int) -> Preview:
            self.at_once.wait(PATIENCE)
            self.opened.append(file.path.name)
            if "BROKEN" in file.path.name:
                raise CardError("The card was pulled.", "Put it in again.")
            return grey_preview(width, height)

        return ShownPicture(file.sha256, file.shown, load)


def show(grid: PictureGrid, files: Sequence[CardFile], *, ticked: tuple[str, ...] | None = ()) -> None:
    groups = grid_groups(card_of(files))
    grid.show(groups, opened={groups[0].key}, ticked=ticked, words=lambda _file: "")


def many() -> list[CardFile]:
    return [picture(f"IMG_{n:04}.JPG", taken_at=MORNING + timedelta(seconds=n)) for n in range(2000)]


def test_of_two_thousand_pictures_only_those_in_sight_are_opened_and_few_are_kept() -> None:
    finder = Finder()
    grid = PictureGrid(finder)

    async def does(person: Person, _grid: PictureGrid, _heard: object) -> None:
        show(grid, many())
        await person.until(lambda: len(finder.opened) == IN_SIGHT, "what is in sight")
        await person.settle()
        assert finder.opened == [f"IMG_000{n}.JPG" for n in range(IN_SIGHT)]
        await person.press("end")
        await person.until(lambda: "IMG_1999.JPG" in finder.opened, "the last one")
        await person.settle()
        assert len(finder.opened) <= 2 * IN_SIGHT
        for _ in range(12):
            await person.press("pageup")
            await person.settle()
        opened = len(set(finder.opened))
        assert opened > IN_SIGHT + SPARE
        assert grid.kept_thumbs <= IN_SIGHT + SPARE

    on_stage(grid, does)


def test_what_was_scrolled_past_while_the_card_was_slow_is_not_opened_at_all() -> None:
    finder = Finder()
    grid = PictureGrid(finder)

    async def does(person: Person, _grid: PictureGrid, _heard: object) -> None:
        finder.at_once.clear()
        show(grid, many())
        await person.settle()
        await person.press(*["pagedown"] * 50, "end")
        await person.settle()
        finder.at_once.set()
        await person.until(lambda: "IMG_1999.JPG" in finder.opened, "the last one")
        await person.settle()
        assert len(finder.opened) <= 1 + IN_SIGHT

    try:
        on_stage(grid, does)
    finally:
        finder.at_once.set()


def test_a_closed_group_is_a_count_until_space_opens_it() -> None:
    finder = Finder()
    grid = PictureGrid(finder)

    async def does(person: Person, _grid: PictureGrid, _heard: object) -> None:
        show(grid, TWO_GROUPS)
        screen = await person.wait_for(
            "25 Nov 2026 09:30 to 09:32  ·  3 pictures", "24 Nov 2026", "2 pictures  ·  closed"
        )
        assert "IMG_0001.JPG" not in screen
        await person.press("down")
        await person.wait_for("▸24 Nov 2026 09:30 to 09:31  ·  2 pictures  ·  closed, Space opens it")
        assert grid.is_on_closed_group
        assert "IMG_0001.JPG" not in finder.opened
        await person.press("space")
        await person.wait_for("▸[ ] 4  09:30", "IMG_0001.JPG")
        await person.until(lambda: {"IMG_0001.JPG", "IMG_0002.JPG"} <= set(finder.opened), "its pictures")
        assert grid.ticked == ()

    on_stage(grid, does)


def test_ticks_are_set_and_taken_one_by_one_and_enter_submits_them_once() -> None:
    grid = PictureGrid(Finder())
    first, second, third = (file.sha256 for file in set_of(3, first=10))

    async def does(person: Person, _grid: PictureGrid, heard: list[Message]) -> None:
        show(grid, TWO_GROUPS)
        await person.press("space", "right", "space", "right", "space", "left", "space", "enter", "enter", "space")
        await person.until(lambda: bool(heard), "the answer")
        await person.settle()
        assert [message.ids for message in heard if isinstance(message, PictureGrid.Submitted)] == [(first, third)]
        grid.release()
        await person.press("space")
        await person.until(lambda: grid.ticked == (first, second, third), "the tick")

    on_stage(grid, does, PictureGrid.Submitted)


def test_the_cursor_stays_within_the_grid_and_in_sight() -> None:
    grid = PictureGrid(Finder())
    files = set_of(8)

    async def does(person: Person, _grid: PictureGrid, _heard: object) -> None:
        show(grid, files)
        await person.press("up", "left")
        await person.wait_for("▸[ ] 1  09:30")
        await person.press("down", "down", "down", "right", "right")
        await person.wait_for("▸[ ] 8  09:37")
        assert grid.file_here == files[7]
        await person.resize(40, 12)
        await person.wait_for("▸[ ] 8  09:37")
        await person.press("home")
        await person.wait_for("▸[ ] 1  09:30")
        grid.go_to(files[4])
        await person.wait_for("▸[ ] 5  09:34")

    on_stage(grid, does)


def test_only_to_be_looked_at_it_has_no_cursor_no_boxes_and_takes_no_tick() -> None:
    grid = PictureGrid(Finder())

    async def does(person: Person, _grid: PictureGrid, heard: list[Message]) -> None:
        show(grid, TWO_GROUPS, ticked=None)
        screen = await person.wait_for(" 1  09:30", "IMG_0010.JPG")
        assert "[ ]" not in screen
        assert "▸" not in screen
        await person.press("space", "enter")
        await person.click("PictureGrid", 5, 5)
        await person.settle()
        assert grid.ticked == ()
        assert heard == []

    on_stage(grid, does, PictureGrid.Submitted)


def test_every_picture_was_seen_only_when_each_row_was_in_sight() -> None:
    grid = PictureGrid(Finder())
    files = set_of(24)

    async def does(person: Person, _grid: PictureGrid, _heard: object) -> None:
        show(grid, files, ticked=None)
        await person.settle()
        assert len(grid.seen) == 6
        await person.press("end")
        await person.settle()
        assert len(grid.seen) < 24, "what was jumped over was not seen"
        await person.press("home", *["pagedown"] * 4)
        await person.until(lambda: len(grid.seen) == 24, "all of them to be seen")

    on_stage(grid, does)


def test_on_a_low_screen_names_alone_are_shown_and_nothing_is_opened() -> None:
    finder = Finder()
    grid = PictureGrid(finder)

    async def does(person: Person, _grid: PictureGrid, _heard: object) -> None:
        show(grid, TWO_GROUPS)
        await person.wait_for("▸[ ] 1  09:30", "[ ] 2  09:31")
        await person.settle()
        assert finder.opened == []

    on_stage(grid, does, size=(40, 6))


def test_a_picture_that_cannot_be_opened_says_so_in_its_place() -> None:
    grid = PictureGrid(Finder())

    async def does(person: Person, _grid: PictureGrid, _heard: object) -> None:
        show(grid, [picture("BROKEN.JPG"), *set_of(1)])
        await person.wait_for("The card was pulled.")

    on_stage(grid, does)


def test_when_the_card_is_out_nothing_of_it_is_kept() -> None:
    grid = PictureGrid(Finder())

    async def does(person: Person, _grid: PictureGrid, _heard: object) -> None:
        show(grid, TWO_GROUPS)
        await person.until(lambda: grid.kept_thumbs == 3, "the pictures")
        grid.forget()
        await person.settle()
        assert grid.kept_thumbs == 0
        assert person.sees.strip() == ""

    on_stage(grid, does)


def test_the_mouse_ticks_a_picture_and_opens_a_group() -> None:
    grid = PictureGrid(Finder())

    async def does(person: Person, _grid: PictureGrid, _heard: object) -> None:
        show(grid, TWO_GROUPS)
        await person.wait_for("closed")
        lines = person.sees.splitlines()
        await person.click("PictureGrid", 30, 3)
        await person.until(lambda: grid.ticked == (set_of(3, first=10)[1].sha256,), "the tick")
        await person.click("PictureGrid", 5, next(at for at, line in enumerate(lines) if "closed" in line))
        await person.wait_for("[ ] 4  09:30")

    on_stage(grid, does)
