"""On every screen each line that a widget wants to show can be read: there is room for it, or it scrolls."""

from collections.abc import Awaitable, Callable

import pytest

from core.errors import CardError
from core.intake.receipt import Receipt
from core.intake.steps import Step
from tui.pictures.studio import Studio

from ..support.clinic import card_of, picture, set_of
from ..support.fake_services import FakeDemo, FakeServices, FakeSession, a_receipt, an_entry, an_unfinished_move
from ..support.on_screen import Person, at_the_station, layout_faults
from ..support.on_show import on_every_screen
from ..support.walking import WAY, ask_for_advice, name_a_new_patient, sign_in, walk_until

NORMAL, LARGE, HUGE, TINY = (80, 24), (120, 40), (200, 60), (40, 12)
Way = Callable[[Person], Awaitable[None]]


async def is_readable(person: Person) -> None:
    """As soon as the layout came to rest."""
    await person.settle()
    await person.until(lambda: layout_faults(person.app) == [], lambda: f"no more {layout_faults(person.app)}")


def all_along(way: Way, services: FakeServices, size: tuple[int, int]) -> int:
    """Walks, and looks after every question and note that came up; how many looks it were."""
    looked = 0

    async def does(person: Person) -> None:
        nonlocal looked
        wait_for = person.wait_for

        async def wait_and_look(*texts: str) -> str:
            nonlocal looked
            await wait_for(*texts)
            await is_readable(person)
            looked += 1
            return person.sees

        person.wait_for = wait_and_look  # type: ignore[method-assign]  # every wait is a look, too
        await way(person)

    at_the_station(services, does, size=size)
    return looked


@pytest.mark.parametrize("size", [NORMAL, LARGE, TINY])
def test_the_whole_way_from_sign_in_to_receipt(size: tuple[int, int]) -> None:
    async def way(person: Person) -> None:
        await walk_until(person, Step.MOVE)
        await person.wait_for("All 8 steps done")

    assert all_along(way, FakeServices(demo=FakeDemo()), size) > len(WAY)


def test_consent_with_every_exception() -> None:
    async def way(person: Person) -> None:
        await walk_until(person, Step.CONSENT)
        await person.wait_for("Does the patient agree to pictures?")
        await person.press("2")
        await person.wait_for("On whose word")
        await person.press("enter")
        await person.wait_for("Nothing is chosen yet.")
        await person.press("1")
        await person.wait_for("What differs", "0 Nothing else differs")
        await person.press("enter")
        await person.wait_for("Nothing is ticked yet.")
        await person.press("7")
        await person.wait_for("[x] An intimate area", "in person")
        for key in "654321":
            await person.press(key)
        await person.wait_for("go on with 7")

    all_along(way, FakeServices(), NORMAL)


def test_refusals_dialogs_and_a_missing_card() -> None:
    services = FakeServices()

    async def way(person: Person) -> None:
        await sign_in(person)
        await person.type("9990000019")
        await person.wait_for("check digit")
        await person.press("f1")
        await person.wait_for("Where this question comes from")
        await person.press("escape")
        await person.wait_for("0-9 type the number")
        await person.press("f8")
        await person.wait_for("Why without pictures?")
        await person.press("escape")
        await person.wait_for("0-9 type the number")
        await person.press("ctrl+q")
        await person.wait_for("Leave dermlock?")
        await person.press("enter")
        await person.wait_for("0-9 type the number")
        await person.press("backspace", "8")
        await person.wait_for("Date of birth")
        await person.type("31/2/1961", "enter")
        await person.wait_for("is not a date")
        await person.press("ctrl+u")
        await person.type("02041961", "enter")
        await person.wait_for("Family name")
        await person.type("Ashgrove", "enter")
        await person.wait_for("Given name")
        await person.type("Rosalind", "enter")
        await ask_for_advice(person)
        await person.wait_for("Does the patient agree")
        services.pull()
        await person.wait_for("no card")
        await person.press("1")
        await person.wait_for("There is no card in the reader.")
        services.card_trouble = CardError("The card cannot be read to its end.", "Clean its contacts and try again.")
        services.put_in()
        await person.wait_for("The card cannot be read to its end.")
        services.card_trouble = None
        services.put_in(card_of([*set_of(3), *set_of(8, first=20)]))
        await person.wait_for("Which pictures")
        await person.press("2")
        await person.wait_for("Which of these are this patient's?", "0 ticked")
        await person.press("space")
        await person.wait_for("1 ticked")
        await person.press("f2")

    all_along(way, services, NORMAL)


def test_urgent_criteria_and_a_long_review() -> None:
    long_name = "A" * 90 + ".JPG"

    async def way(person: Person) -> None:
        await sign_in(person)
        await name_a_new_patient(person)
        await person.wait_for("What is your concern")
        await person.press("2")
        await person.wait_for("Which of these do you find")
        await person.press("8")
        await person.wait_for("go on with 1")
        await person.press("enter")
        await person.wait_for("does the patient have?")
        await person.press("0")
        await person.wait_for("This leads to: Urgent suspected cancer")
        await person.press("1")
        for step in (Step.CONSENT, Step.PICTURES, Step.VIEWS, Step.IDENTIFIABILITY):
            await WAY[step](person)
        await person.wait_for("Is all of this right?")
        await person.press("pagedown")
        await person.wait_for("To do")

    files = [picture(long_name), *set_of(3)[:2], *(picture(f"IMG_9{n:03}.JPG", taken_at=None) for n in range(9))]
    all_along(way, FakeServices(files=files), NORMAL)


def test_find_an_episode_its_pictures_and_a_receipt_with_everything_on_it() -> None:
    receipt: Receipt = a_receipt(
        left=tuple((f"DCIM/100CANON/IMG_{n:04}.JPG", "not claimed for a patient") for n in range(30)),
        findings=("IMG_0002.JPG was changed while it was read, and stays.",),
        card_clean=False,
        discarded=2,
        already_safe=1,
    )
    session = FakeSession(
        on_move=lambda *_: receipt,
        entries=tuple(an_entry(id_=f"episode-{number}") for number in range(12)),
        open_moves=(an_unfinished_move(), an_unfinished_move("move-2")),
    )

    async def way(person: Person) -> None:
        await walk_until(person, Step.MOVE)
        await person.wait_for("Done, with something to look at.")
        await person.press("down", "enter")
        await person.wait_for("2 moves not finished")
        await person.press("f4")
        await person.wait_for("12 episodes")
        await person.type("row")
        await person.wait_for("▸ ROWANBERRY")
        await person.press("enter")
        await person.wait_for("look at the pictures")
        await person.press("f3")
        await person.wait_for("1 of 2")
        await person.press("f2")
        await person.wait_for("Esc close")

    all_along(way, FakeServices(session, demo=FakeDemo()), NORMAL)


def test_the_set_up_with_its_recovery_key() -> None:
    async def way(person: Person) -> None:
        await person.wait_for("Where shall the vault lie?")
        await person.type("/srv/vault", "enter")
        await person.wait_for("Your staff ID")
        await person.type("a.palmer", "enter")
        await person.wait_for("Your name")
        await person.type("Dr Ada Palmer", "enter")
        await person.wait_for("Which passphrase?")
        await person.press("1")
        await person.wait_for("Type it back")
        await person.type("wrong", "enter")
        await person.wait_for("This is not the passphrase above.")
        await person.press("ctrl+u")
        await person.type("seven quiet herons wade", "enter")
        await person.wait_for("Recovery key", "DLK1-AAAA")
        await person.press("enter")
        await person.wait_for("Type the recovery key back")
        await person.type("wrong", "enter")
        await person.wait_for("This is not the recovery key")

    all_along(way, FakeServices(has_vault=False, files=[]), NORMAL)


def test_every_screen_and_every_dialog_can_be_read_at_every_size() -> None:
    faults: list[str] = []
    seen: list[str] = []

    def look(studio: Studio, name: str) -> None:
        seen.append(name)
        faults.extend(f"{name}: {fault}" for fault in layout_faults(studio.app))

    on_every_screen([(*size, "dark", "truecolor") for size in (NORMAL, LARGE, HUGE, TINY)], look)
    assert faults == []
    assert len(set(seen)) * 4 == len(seen)
