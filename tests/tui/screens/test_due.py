"""The due lists on screen, from the waiting screen to the episode and back."""

from datetime import date

import msgspec

from core.errors import VaultError
from core.follow_up.waiting import Waiting, WaitsFor
from core.model.patient import NhsNumber, Patient
from core.records.catalogue import EpisodeEntry

from ...support.clinic import KNOWN
from ...support.fake_services import FakeServices, FakeSession, an_entry
from ...support.on_screen import Person, at_the_station
from ...support.walking import sign_in

OTHER = Patient(NhsNumber("9990000123"), "Tamarind", "Thomas", date(1975, 11, 30))
LATE = Waiting(WaitsFor.REPLY, date(2026, 11, 1), date(2026, 11, 11))
IN_TIME = Waiting(WaitsFor.REPLY, date(2026, 11, 20), date(2026, 11, 30))
RECORD = Waiting(WaitsFor.RECORD, date(2026, 11, 20))


def waiting(*lines: Waiting, patient: Patient = KNOWN, id_: str = "episode-1") -> EpisodeEntry:
    return msgspec.structs.replace(an_entry(patient, id_), waiting=lines)


ENTRIES = (waiting(IN_TIME, RECORD), waiting(LATE, patient=OTHER, id_="episode-2"))


def test_what_is_overdue_stands_out_while_waiting_and_first_in_the_list() -> None:
    async def does(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("▲ Due lists: 1 overdue, 2 more due.", "F3 shows them.")
        await person.press("f3")
        await person.wait_for(
            "1 overdue, 2 more due",
            "The reply  (2)",
            "▲ overdue since 11 Nov 2026",
            "due on 30 Nov 2026",
            "Not yet in the record  (1)",
            "since 20 Nov 2026",
        )
        assert person.sees.index("TAMARIND") < person.sees.index("ROWANBERRY"), "what is late comes first"
        await person.press("escape")
        await person.wait_for("Next patient")

    at_the_station(FakeServices(FakeSession(entries=ENTRIES)), does)


def test_a_line_opens_its_episode_and_the_list_comes_again_where_one_was() -> None:
    session = FakeSession(entries=ENTRIES)

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f3")
        await person.wait_for("The reply  (2)")
        await person.press("down", "down", "enter")
        await person.wait_for("Enter write down what was done")
        await person.press("escape")
        await person.wait_for("The reply  (2)", "▸ ROWANBERRY")

    at_the_station(FakeServices(session), does)
    assert session.looked_at == ["episode-1"]


def test_nothing_due_is_said_and_trouble_is_told() -> None:
    async def finds_nothing(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("Next patient", "F3 due")
        assert "Due lists" not in person.sees
        await person.press("f3")
        await person.wait_for("Nothing is due.")

    async def is_told(person: Person) -> None:
        await sign_in(person)
        await person.wait_for("The vault cannot be read.", "Ask IT.")
        await person.press("f3")
        await person.wait_for("The vault cannot be read.", "Esc back")

    at_the_station(FakeServices(FakeSession()), finds_nothing)
    at_the_station(FakeServices(FakeSession(trouble=VaultError("The vault cannot be read.", "Ask IT."))), is_told)
