"""An episode as it lies in the vault: what is looked at is audited, and nothing is opened unasked."""

from dataclasses import replace

import pytest

from core.audit.events import Event, EventKind, LoggedEvent
from core.consent.record import Capacity, Consent
from core.errors import VaultError
from core.model.lesion import View
from core.model.picture import CoverBox, Identifiability
from core.records.episode import Episode
from tui.find.episode_words import CAPACITY

from ...support.clinic import KNOWN
from ...support.fake_services import FakeServices, FakeSession, an_entry, an_episode
from ...support.intakes import consent
from ...support.on_screen import Person, at_the_station
from ...support.walking import sign_in


async def open_the_episode(person: Person) -> None:
    await sign_in(person)
    await person.press("f4")
    await person.wait_for("1 episode")
    await person.press("down")
    await person.wait_for("▸ ROWANBERRY")
    await person.press("enter")


def test_it_shows_route_consent_lesions_and_pictures_as_words_and_opens_no_picture_by_itself() -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.wait_for(
            str(KNOWN),
            "Advice and Guidance",
            "rule: unsure (england-skin-2026, version 1)",
            "for this care, not for teaching or publication; wording 1",
            "spoken; the patient’s own",
            "left forearm",
            "lesion 1, close-up",
            "What is opened here is kept in the audit log.",
        )
        await person.settle()

    at_the_station(FakeServices(session), does)
    assert session.looked_at == ["episode-1"]


def everything() -> Episode:
    """An episode in which every kind of thing was said."""
    plain = an_episode(pictures=2)
    first, second = plain.content.images
    copy = replace(first, id="copy", covered_copy_of=first.id, kind="JPEG picture")
    needed = replace(
        second,
        identifiability=Identifiability.NEEDED,
        reason="beside the eye",
        specific_consent=True,
        findings=("face",),
    )
    content = replace(
        plain.content,
        outcome=replace(
            plain.content.outcome,
            override_reason="seen by the consultant last week",
            scores=("Weighted 7-point checklist: 3 (change in size 2, oozing 1)",),
        ),
        consent=replace(
            consent(), teaching=True, publication=True, written=True, capacity=Capacity.PARENT, intimate=True
        ),
        images=(replace(first, cover=(CoverBox(0, 0, 9, 9),)), needed, copy),
        missing_views=((View.DERMOSCOPIC, "no dermatoscope"),),
        phone_answers=(("phone_off", ("bluetooth", "location")), ("phone_copies", "cloud emptied")),
    )
    return replace(plain, content=content)


def test_nothing_that_was_said_is_left_out() -> None:
    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.wait_for(
            "another route than the rule’s, because: seen by the consultant last week",
            "Weighted 7-point checklist: 3 (change in size 2, oozing 1)",
            "for this care and teaching and publication; wording 1",
            "written; parental responsibility; intimate area explained and agreed to",
            "Not taken dermoscopic: no dermatoscope",
            "Phone phone off: bluetooth, location",
            "phone copies: cloud emptied",
            "lesion 1, locating, JPEG picture, as it was on the card; a covered copy is there too",
            "identifiable, needed for this care, agreed to for this picture (beside the eye)",
            "lesion 1, locating, covered copy, JPEG picture",
        )

    at_the_station(FakeServices(FakeSession(entries=(an_entry(),), sealed=everything())), does, size=(120, 40))


@pytest.mark.parametrize(
    ("said", "shown"), [(None, "Consent not asked"), (consent(allows_photography=False), "Consent declined; wording 1")]
)
def test_consent_that_was_not_given_is_told_apart_from_one_that_was_not_asked(said: Consent | None, shown: str) -> None:
    sealed = an_episode(pictures=0)
    sealed = replace(sealed, content=replace(sealed.content, consent=said))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        screen = await person.wait_for(shown, "Esc back")
        assert "F3" not in screen  # there is nothing to look at

    at_the_station(FakeServices(FakeSession(entries=(an_entry(),), sealed=sealed)), does)


def an_event(kind: EventKind, at: str, *, staff: str = "a.palmer", **counts: int) -> LoggedEvent:
    return LoggedEvent("7", 1, "digest", Event(kind, at, staff, ("episode-1",), tuple(counts.items())))


HISTORY = (
    an_event(EventKind.PICTURES_SEALED, "2026-11-20T10:30:05+00:00", pictures=2),
    an_event(EventKind.PICTURE_VIEWED, "2026-11-21T08:00:01+00:00", staff="b.jones"),
    an_event(EventKind.PICTURE_VIEWED, "2026-11-21T08:00:09+00:00", staff="b.jones"),
    an_event(EventKind.PICTURES_EXPORTED, "2026-11-22T12:00:00+00:00", pictures=2),
)


def test_its_history_says_who_did_what_and_when_newest_first() -> None:
    async def does(person: Person) -> None:
        await open_the_episode(person)
        screen = await person.wait_for("History", "pictures sealed by a.palmer: 2 pictures")
        exported, looked, sealed = (
            screen.index(words)
            for words in (
                "pictures exported by a.palmer: 2 pictures",
                "picture viewed by b.jones, 2 times",
                "pictures sealed by a.palmer",
            )
        )
        assert exported < looked < sealed
        assert "22 Nov 2026" in screen

    at_the_station(FakeServices(FakeSession(entries=(an_entry(),), events=HISTORY)), does, size=(100, 40))


def test_a_history_that_cannot_be_read_takes_nothing_else_away() -> None:
    class WithoutLog(FakeSession):
        def history(self, episode: Episode) -> tuple[LoggedEvent, ...]:
            raise VaultError("The audit log cannot be read.", "Tell IT.")

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.wait_for("History", "The audit log cannot be read. Tell IT.", "left forearm", "F3 look at")

    at_the_station(FakeServices(WithoutLog(entries=(an_entry(),))), does)


def test_every_capacity_has_its_words() -> None:
    assert set(CAPACITY) == {capacity.value for capacity in Capacity}


def test_each_picture_is_opened_when_its_key_is_pressed() -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.wait_for("F3 look at the pictures")
        await person.press("f3")
        await person.wait_for("1 of 2  lesion 1, locating", "Colour is not judged")
        await person.until(lambda: session.looked_at == ["episode-1", "image-1"], "the first picture")
        await person.press("f3")
        await person.wait_for("2 of 2  lesion 1, close-up")
        await person.until(lambda: session.looked_at[-1] == "image-2", "the second picture")
        await person.press("f2")
        await person.wait_for("Esc close", str(KNOWN))
        await person.press("escape")
        await person.wait_for("F3 next picture")
        await person.press("escape")
        await person.wait_for("1 episode")

    at_the_station(FakeServices(session), does)


def test_on_a_small_screen_a_picture_takes_all_of_it() -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await open_the_episode(person)
        await person.wait_for("F3 look at the pictures")
        await person.press("f3")
        await person.wait_for("Esc close", "1 of 2  lesion 1, locating")
        await person.until(lambda: "image-1" in session.looked_at, "the picture")

    at_the_station(FakeServices(session), does, size=(50, 16))


@pytest.mark.parametrize("key", ["f2", "f3"])
def test_an_episode_that_cannot_be_read_says_so_and_its_keys_do_nothing(key: str) -> None:
    session = FakeSession(entries=(an_entry(),))

    async def does(person: Person) -> None:
        await sign_in(person)
        await person.press("f4")
        await person.wait_for("1 episode")
        session.trouble = VaultError("This episode was tampered with.", "Tell IT before anything else is done.")
        await person.press("down", "enter")
        await person.wait_for("! This episode was tampered with.", "Tell IT")
        await person.press(key)
        await person.settle()
        assert "F3" not in person.sees

    at_the_station(FakeServices(session), does)
    assert session.looked_at == ["episode-1"]
