"""Impatience, cats and hostile pastes: random keys, pastes and sizes, and what must hold after every burst.

No mistake in the app; no answer of the patient at hand lost; nobody else's data on a
screen of the intake. Each seed is one sequence, and the same one every time.
"""

import asyncio
import os
import random
from datetime import date

import pytest
from textual import events

from core.intake.steps import Step
from core.model.patient import NhsNumber, Patient
from tui.app import DermlockApp
from tui.intake.flow import OpenIntake
from tui.intake.step_screen import StepScreen

from ..support.clinic import KNOWN
from ..support.fake_services import FakeDemo, FakeServices, FakeSession, an_entry
from ..support.on_screen import Person, at_the_station
from ..support.walking import PASSPHRASE, STAFF_ID, sign_in, walk_until

SEQUENCES = int(os.environ.get("DERMLOCK_HOSTILE_SEQUENCES", "40"))
"""200 with `make hostile-keys`."""

BURSTS = 14
OTHERS = Patient(NhsNumber("9990000123"), "Tamarind", "Thomas", date(1975, 11, 30))

KEYS = (
    *"0123456789 abcmMxyn+-/.=_;é",
    *("enter", "escape", "tab", "shift+tab", "backspace", "delete", "space", "insert"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "shift+left", "shift+down", "shift+up"),
    *("f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f11"),
    *("ctrl+a", "ctrl+d", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+w", "ctrl+v", "ctrl+p", "ctrl+x", "ctrl+z", "alt+x"),
)
"""Not those that leave or lock the app by themselves; they have tests of their own."""

PASTES = (
    "9990000123",
    "999 000 0018 and more",
    "2/4/1961\n",
    "[red]markup[/red] [@click=app.quit]x[/]",
    "\x1b[2J\x1b]0;title\x07",
    "‮gnirts desrever​",
    "left forearm",
    "x" * 5000,
    "ä" * 300 + "\n" * 20,
    "",
)
SIZES = ((80, 24), (120, 40), (200, 60), (40, 12), (20, 5), (64, 17), (81, 23))

LIKELY = ("1", "2", "0", "enter", "escape", "enter", "1", "m")
"""Pressed often, so that sequences get somewhere."""


def answered(opened: OpenIntake) -> set[tuple[Step, str]]:
    """Every question that was answered."""
    return {(step, id_) for step, kept in opened.walk.kept.items() for id_ in kept._answers}


class Watch:
    """Holds after each burst what was true before it against what is true now."""

    def __init__(self) -> None:
        self._opened: OpenIntake | None = None
        self._patient: Patient | None = None
        self._answered: set[tuple[Step, str]] = set()

    def look(self, person: Person) -> None:
        app = person.app
        assert isinstance(app, DermlockApp)
        assert app._exception is None
        opened = app.opened
        named = opened.walk.intake.patient if opened else None
        patient = named.patient if named else None
        if opened is not None and opened is self._opened and patient == self._patient:
            assert answered(opened) >= self._answered, "an answer was lost"
        self._opened, self._patient = opened, patient
        self._answered = answered(opened) if opened else set()
        if isinstance(app.screen, StepScreen):
            seen = person.sees.casefold()
            for other in (KNOWN, OTHERS):
                if other != patient:
                    assert other.family_name.casefold() not in seen, f"{other.family_name} is somebody else"


async def burst(person: Person, dice: random.Random, services: FakeServices) -> None:
    what = dice.random()
    if what < 0.70:
        await person.press(*(dice.choice(KEYS if dice.random() < 0.5 else LIKELY) for _ in range(dice.randint(1, 9))))
    elif what < 0.80:
        event = events.Paste(dice.choice(PASTES))
        event.set_sender(person.app)
        person.app.post_message(event)
    elif what < 0.92:
        await person.resize(*dice.choice(SIZES))
    elif person.app.query("StationBar") and "no card" in person.sees:
        services.put_in()
    else:
        services.pull()
    await person.settle()


@pytest.mark.slow
@pytest.mark.parametrize("part", range(8))
def test_random_keys_pastes_and_sizes(part: int) -> None:
    for seed in range(part, SEQUENCES, 8):
        _one_sequence(seed)


def test_a_few_of_them_every_time() -> None:
    for seed in (1000, 1001, 1002):
        _one_sequence(seed)


def _one_sequence(seed: int) -> None:
    dice = random.Random(seed)
    session = FakeSession(known=(KNOWN, OTHERS), entries=(an_entry(KNOWN, "episode-1"), an_entry(OTHERS, "episode-2")))
    services = FakeServices(session, demo=FakeDemo() if dice.random() < 0.5 else None)
    begin_at = dice.choice([None, *list(Step)[:-1]])

    async def does(person: Person) -> None:
        if begin_at is None:
            await sign_in(person)
        else:
            await walk_until(person, begin_at)
        watch = Watch()
        watch.look(person)
        for _ in range(BURSTS):
            if not person.app.is_running:
                return
            await burst(person, dice, services)
            watch.look(person)
        await asyncio.sleep(0)

    try:
        at_the_station(services, does)
    except BaseException:
        print(f"seed {seed}, begun at {begin_at}; {STAFF_ID} {PASSPHRASE}")
        raise
