"""Every episode of one patient, and two of them beside each other."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import VaultError
from core.model.lesion import View
from core.records.catalogue import EpisodeEntry
from core.records.episode import Episode

from ...support.clinic import KNOWN
from ...support.fake_services import OPENED_AT, FakeServices, FakeSession, an_entry, an_episode
from ...support.intakes import ROSE
from ...support.on_screen import Person, at_the_station
from ...support.walking import sign_in

WIDE, NARROW = (120, 40), (50, 20)


def episodes(*pictures: int) -> tuple[tuple[EpisodeEntry, ...], tuple[Episode, ...]]:
    """Of one patient, with so many pictures each, a month apart; the first is the newest."""
    entries, sealed = [], []
    for number, count in enumerate(pictures, 1):
        opened_at = OPENED_AT - timedelta(days=30 * (number - 1))
        entries.append(an_entry(id_=f"e{number}", opened_at=opened_at, pictures=count))
        sealed.append(an_episode(pictures=count, id_=f"e{number}", opened_at=opened_at))
    return tuple(entries), tuple(sealed)


def a_session(*pictures: int) -> FakeSession:
    entries, sealed = episodes(*pictures)
    return FakeSession(entries=(*entries, an_entry(ROSE, "other")), others=sealed)


async def go_to_the_patient(person: Person) -> None:
    await sign_in(person)
    await person.press("f4")
    await person.wait_for("F3 all of this patient")
    await person.type("rowan")
    await person.wait_for("▸ ROWANBERRY")
    await person.press("f3")
    await person.wait_for("Episodes", str(KNOWN), "newest first")


def test_all_of_the_patients_and_nobody_elses_newest_first() -> None:
    session = a_session(2, 3, 0)

    async def does(person: Person) -> None:
        await go_to_the_patient(person)
        screen = await person.wait_for("3 episodes, 2 with pictures, newest first", "no pictures")
        assert screen.index("20 Nov 2026") < screen.index("21 Oct 2026") < screen.index("21 Sep 2026")
        assert "ASHGROVE" not in screen
        assert "▸ 20 Nov 2026" in screen
        assert session.looked_at == []  # the list opens none
        await person.press("down", "enter")
        await person.until(lambda: session.looked_at == ["e2"], "the episode")
        await person.press("escape")
        await person.wait_for("▸ 21 Oct 2026", "C compare")
        await person.press("escape")
        await person.wait_for("▸ ROWANBERRY", "rowan")

    at_the_station(FakeServices(session), does)


@pytest.mark.parametrize(
    ("down", "left", "right"), [(0, "21 Oct 2026", "20 Nov 2026"), (2, "21 Sep 2026", "21 Oct 2026")]
)
def test_one_is_compared_with_the_one_before_it_and_the_oldest_with_the_one_after(
    down: int, left: str, right: str
) -> None:
    session = a_session(3, 3, 3)

    async def does(person: Person) -> None:
        await go_to_the_patient(person)
        await person.wait_for("3 episodes", "C compare with the one before")
        await person.press(*["down"] * down, "c")
        screen = await person.wait_for(f"{left}  picture 1 of 3", f"▸ {right}  picture 1 of 3")
        title = next(line for line in screen.splitlines() if left in line)
        assert title.index(left) < title.index(right)  # the earlier one on the left

    at_the_station(FakeServices(session), does, size=WIDE)


def test_a_patient_with_pictures_of_one_date_has_nothing_to_compare() -> None:
    session = a_session(2, 0)

    async def does(person: Person) -> None:
        await go_to_the_patient(person)
        screen = await person.wait_for("2 episodes, 1 with pictures")
        assert "compare" not in screen
        await person.press("c")
        await person.wait_for("There is nothing to compare.", "two episodes with pictures")

    at_the_station(FakeServices(session), does)
    assert session.looked_at == []


async def compare(person: Person) -> None:
    await go_to_the_patient(person)
    await person.wait_for("C compare with the one before")
    await person.press("c")
    await person.wait_for("Compare", "Colour is not judged")


def test_each_side_turns_its_pictures_and_each_episode_is_opened_once() -> None:
    session = a_session(3, 3)

    async def does(person: Person) -> None:
        await compare(person)
        await person.wait_for("▸ 20 Nov 2026  picture 1 of 3", "21 Oct 2026  picture 1 of 3")
        await person.until(lambda: {"e1-image-1", "e2-image-1"} <= set(session.looked_at), "both pictures")
        await person.press("right")
        await person.wait_for("▸ 20 Nov 2026  picture 2 of 3", "21 Oct 2026  picture 1 of 3", "lesion 1, close-up")
        await person.until(lambda: session.looked_at[-1] == "e1-image-2", "the next picture")
        await person.press("tab", "left")
        await person.wait_for("▸ 21 Oct 2026  picture 3 of 3", "lesion 1, dermoscopic")
        await person.until(lambda: session.looked_at[-1] == "e2-image-3", "the last picture")
        await person.press("escape")
        await person.wait_for("2 episodes")

    at_the_station(FakeServices(session), does, size=WIDE)
    opened = [each for each in session.looked_at if "image" not in each]
    assert sorted(opened) == ["e1", "e2"]
    assert len(session.looked_at) == 6  # and each picture as it came into sight


def test_the_other_dates_are_reached_with_the_arrows_and_their_ends_hold() -> None:
    session = a_session(1, 2, 3)

    async def does(person: Person) -> None:
        await compare(person)
        await person.wait_for("▸ 20 Nov 2026  picture 1 of 1")
        await person.press("up")
        await person.press("tab", "down")
        await person.wait_for("▸ 21 Sep 2026  picture 1 of 3", "20 Nov 2026")
        await person.press("down", "up", "up", "up")
        await person.wait_for("▸ 20 Nov 2026  picture 1 of 1")

    at_the_station(FakeServices(session), does, size=WIDE)


def test_it_begins_with_the_same_view_of_both() -> None:
    """A date without a locating view: its close-up stands beside the close-up, not beside the first picture."""
    session = a_session(3, 3)
    newest = session.others[0]
    images = tuple(replace(image, view=view) for image, view in zip(newest.content.images, VIEWS, strict=True))
    session.others = (replace(newest, content=replace(newest.content, images=images)), session.others[1])

    async def does(person: Person) -> None:
        await compare(person)
        await person.wait_for("21 Oct 2026  picture 1 of 3", "20 Nov 2026  picture 3 of 3")

    at_the_station(FakeServices(session), does, size=WIDE)


VIEWS = (View.DERMOSCOPIC, View.CLOSE_UP, View.LOCATING)


def test_on_a_narrow_screen_one_at_a_time_in_the_same_place() -> None:
    session = a_session(2, 2)

    async def does(person: Person) -> None:
        await compare(person)
        for shown, hidden in (("20 Nov 2026", "21 Oct 2026"), ("21 Oct 2026", "20 Nov 2026")):
            await person.wait_for(f"▸ {shown}  picture 1 of 2")
            await person.until(lambda hidden=hidden: hidden not in person.sees, "one alone")  # type: ignore[misc]
            await person.press("tab")

    at_the_station(FakeServices(session), does, size=NARROW)


def test_a_picture_of_either_side_fills_the_screen() -> None:
    session = a_session(2, 2)

    async def does(person: Person) -> None:
        await compare(person)
        await person.wait_for("▸ 20 Nov 2026  picture 1 of 2")
        await person.press("f2")
        await person.wait_for("Esc close", str(KNOWN))
        await person.press("escape")
        await person.wait_for("Tab other side")

    at_the_station(FakeServices(session), does, size=WIDE)


def test_an_episode_that_cannot_be_opened_says_so_and_the_other_one_is_shown() -> None:
    class HalfDamaged(FakeSession):
        def episode(self, episode_id: str) -> Episode:
            if episode_id == "e2":
                raise VaultError("This episode was tampered with.", "Tell IT.")
            return super().episode(episode_id)

    entries, sealed = episodes(2, 2)
    session = HalfDamaged(entries=entries, others=sealed)

    async def does(person: Person) -> None:
        await compare(person)
        await person.wait_for("! This episode was tampered with.", "Tell IT.", "20 Nov 2026  picture 1 of 2")

    at_the_station(FakeServices(session), does, size=WIDE)


def test_trouble_with_the_vault_is_told() -> None:
    session = a_session(2, 2)

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f4")
        await person.wait_for("3 episodes")
        await person.press("down")
        await person.wait_for("▸")
        session.trouble = VaultError("The vault is away.", "Connect its disk.")
        await person.press("f3")
        await person.wait_for("! The vault is away.", "Connect its disk.")

    at_the_station(FakeServices(session), does)
