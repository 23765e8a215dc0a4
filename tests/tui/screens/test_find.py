"""Finding an episode by typing, with the keyboard alone."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import VaultError
from core.model.patient import NhsNumber, Patient
from core.records.catalogue import EpisodeEntry
from tui.widgets.episode_list import EpisodeList

from ...support.clinic import KNOWN
from ...support.fake_services import OPENED_AT, FakeServices, FakeSession, an_entry
from ...support.intakes import ROSE, TOM
from ...support.on_screen import Person, at_the_station
from ...support.walking import sign_in

THREE = (an_entry(ROSE, "episode-1"), an_entry(TOM, "episode-2"), an_entry(KNOWN, "episode-3"))


async def go_to_find(person: Person) -> None:
    await sign_in(person)
    await person.press("f4")


def test_typing_narrows_and_enter_opens_what_is_looked_at() -> None:
    session = FakeSession(entries=THREE)

    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("3 episodes of 3 patients, newest first", "ASHGROVE", "TAMARIND", "ROWANBERRY")
        assert "▸" not in person.sees  # nothing is looked at before it was asked for
        await person.type("tam")
        screen = await person.wait_for("1 episode", "▸ TAMARIND, Thomas", "20 Nov 2026", "Forearm or wrist")
        assert "ASHGROVE" not in screen
        await person.press("enter")
        await person.until(lambda: session.looked_at == ["episode-2"], "the episode")

    at_the_station(FakeServices(session), does)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("11/2026", 3),
        ("20/11/2026 ash", 1),
        ("30/11/1975", 1),
        ("forearm advice", 3),
        ("999 000 0123", 1),
        ("12/2026", 0),
    ],
)
def test_dates_sites_routes_and_numbers_find_too(words: str, found: int) -> None:
    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("3 episodes")
        await person.type(words)
        await person.wait_for(f"{found} episode" if found else "Nothing fits.", words)

    at_the_station(FakeServices(FakeSession(entries=THREE)), does)


def test_the_arrows_choose_and_coming_back_finds_the_same_words_and_row() -> None:
    session = FakeSession(entries=THREE)

    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("3 episodes")
        await person.type("2026")
        await person.wait_for("▸ ASHGROVE")
        await person.press("down")
        await person.wait_for("▸ TAMARIND")
        await person.press("enter")
        await person.wait_for("Episode", "Esc back", "audit log")
        await person.press("escape")
        await person.wait_for("3 episodes", "2026", "▸ TAMARIND")
        await person.press("escape")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(session), does)
    assert session.looked_at == ["episode-2"]


def test_up_from_nowhere_is_the_last() -> None:
    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("3 episodes")
        await person.press("up")
        await person.wait_for("▸ ROWANBERRY")

    at_the_station(FakeServices(FakeSession(entries=THREE)), does)


def test_nothing_found_says_what_to_try_and_opens_nothing() -> None:
    session = FakeSession(entries=THREE)

    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("3 episodes")
        await person.type("zz", "enter")
        await person.wait_for("Nothing fits. Fewer letters find more.", "a month (3/2026)", "a body site (forearm)")
        await person.press("f3", "enter", "down")
        await person.settle()
        assert "▸" not in person.sees
        await person.press("backspace", "backspace")
        await person.wait_for("3 episodes")

    at_the_station(FakeServices(session), does)
    assert session.looked_at == []


def test_an_empty_vault_says_so() -> None:
    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("Nothing is in the vault yet.")

    at_the_station(FakeServices(FakeSession()), does)


def test_by_patient_every_episode_stands_below_its_patient_and_the_row_stays_chosen() -> None:
    older = OPENED_AT - timedelta(days=200)
    entries = (THREE[1], THREE[0], an_entry(TOM, "episode-0", opened_at=older, pictures=0))
    session = FakeSession(entries=entries)

    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("3 episodes of 2 patients")
        await person.press("down")
        await person.wait_for("▸ TAMARIND")
        await person.press("f7")
        screen = await person.wait_for("3 episodes of 2 patients, by patient", "F7 newest first")
        assert screen.index("ASHGROVE") < screen.index("TAMARIND") < screen.index("no pictures")
        assert screen.count("TAMARIND") == 1
        chosen = screen.splitlines().index(next(line for line in screen.splitlines() if "▸" in line))
        assert "TAMARIND" in screen.splitlines()[chosen - 1]
        await person.press("down", "enter")
        await person.until(lambda: session.looked_at == ["episode-0"], "the older one")

    at_the_station(FakeServices(session), does)


class SlowSession(FakeSession):
    """Each search waits until it is let go; how many ran at once is counted."""

    def __init__(self, entries: tuple[EpisodeEntry, ...]) -> None:
        super().__init__(entries=entries)
        self.let_go = threading.Semaphore(0)
        self.running = self.most = 0

    def find(self, words: str) -> tuple[EpisodeEntry, ...]:
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            self.let_go.acquire()
            return super().find(words)
        finally:
            self.running -= 1


def test_one_search_at_a_time_and_the_newest_words_win() -> None:
    session = SlowSession(THREE)

    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.until(lambda: session.running == 1, "the first search")
        await person.type("tam")
        await person.wait_for("tam")
        session.let_go.release()  # of every episode: overtaken
        await person.until(lambda: session.searched == [""] and session.running == 1, "the second search")
        assert "ASHGROVE" not in person.sees
        session.let_go.release()
        await person.wait_for("1 episode", "▸ TAMARIND")

    at_the_station(FakeServices(session), does)
    assert session.searched == ["", "tam"]  # none for t and ta
    assert session.most == 1


def test_enter_on_the_heels_of_a_letter_never_opens_a_row_of_the_search_before() -> None:
    session = SlowSession(THREE)
    session.let_go.release()

    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("3 episodes")
        await person.press("down")
        await person.wait_for("▸ ASHGROVE")
        await person.type("tam", "enter")
        await person.until(lambda: session.running == 1, "the search")
        assert session.looked_at == []
        session.let_go.release(3)
        await person.until(lambda: session.looked_at == ["episode-2"], "the episode that was meant")

    at_the_station(FakeServices(session), does)


def test_enter_that_waited_opens_nothing_where_several_fit() -> None:
    session = SlowSession(THREE)
    session.let_go.release()

    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("3 episodes")
        await person.type("2026", "enter")
        await person.until(lambda: session.running == 1, "the search")
        session.let_go.release(4)
        await person.wait_for("▸ ASHGROVE")
        await person.settle()
        assert session.looked_at == []
        await person.press("enter")
        await person.until(lambda: session.looked_at == ["episode-1"], "the episode")

    at_the_station(FakeServices(session), does)


@pytest.mark.parametrize("number", [100, 5000])
def test_of_many_episodes_only_the_rows_in_sight_are_drawn(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    start = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
    patient = Patient(NhsNumber("9990000018"), "Family", "Given", date(1980, 1, 1))
    entries = tuple(
        an_entry(patient, f"episode-{each}", opened_at=start - timedelta(hours=each)) for each in range(number)
    )
    session = FakeSession(entries=entries)
    laid_out: list[str] = []
    lines = EpisodeList.render_line
    monkeypatch.setattr(EpisodeList, "render_line", lambda self, y: laid_out.append("") or lines(self, y))

    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for(f"{number} episodes of 1 patient")
        await person.press("up")
        last = f"{(start - timedelta(hours=number - 1)).astimezone():%d %b %Y %H:%M}"
        await person.wait_for("▸ FAMILY", last)
        await person.press("f7")
        await person.wait_for("by patient", last)
        await person.press("pageup")
        await person.wait_for("▸")

    at_the_station(FakeServices(session), does)
    assert len(laid_out) < 1000


def test_on_a_small_screen_a_name_wraps_and_nothing_of_it_is_cut() -> None:
    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("3 episodes")
        await person.press("down", "down")
        await person.wait_for("▸ TAMARIND, Thomas  born 30 Nov 1975", "999 000 0123")

    at_the_station(FakeServices(FakeSession(entries=THREE)), does, size=(40, 16))


def test_a_click_opens_a_row() -> None:
    session = FakeSession(entries=THREE)

    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("3 episodes")
        await person.click("EpisodeList", 4, 2)
        await person.until(lambda: session.looked_at == ["episode-2"], "the episode")

    at_the_station(FakeServices(session), does)


def test_trouble_with_the_vault_is_told() -> None:
    async def does(person: Person) -> None:
        await go_to_find(person)
        await person.wait_for("! The vault is away.", "Connect its disk.")
        await person.press("escape")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(FakeSession(trouble=VaultError("The vault is away.", "Connect its disk."))), does)
