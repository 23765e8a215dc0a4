"""The app as a whole: its colours, its sizes, and what a mistake in it shows."""

import asyncio
import os
import sys
from pathlib import Path

import pytest
from textual import events
from textual.color import Color
from textual.theme import Theme

from core.intake.steps import Step
from tui.app import DermlockApp
from tui.console.ending import MISTAKE_IN_DERMLOCK
from tui.theme import DARK, LIGHT, SIXTEEN, theme_for

from ..support.fake_services import PASSPHRASE, STAFF_ID, FakeDemo, FakeServices
from ..support.intakes import ROSE
from ..support.on_screen import Person, at_the_station
from ..support.terminal import in_a_terminal
from ..support.walking import ASHGROVE, stand_at


@pytest.mark.parametrize(
    ("colours", "theme"), [("truecolor", DARK), ("256", DARK), ("standard", SIXTEEN), (None, SIXTEEN)]
)
def test_the_theme_goes_by_what_the_terminal_can_show(colours: str | None, theme: Theme) -> None:
    assert theme_for(colours) is theme


@pytest.mark.parametrize("theme", [DARK, LIGHT, SIXTEEN], ids=lambda theme: theme.name)
def test_words_stand_out_from_what_is_behind_them(theme: Theme) -> None:
    """WCAG 2.2, 1.4.6: 7:1; the red of sixteen colours has 6.68."""
    variables = theme.variables
    pairs = [
        (front, back)
        for front in (theme.foreground, variables["muted"], theme.accent, theme.warning, theme.error, theme.success)
        for back in (theme.background, theme.surface)
    ]
    pairs += [(variables["on-chosen"], variables["chosen"]), (variables["on-patient"], variables["patient"])]
    for front, back in pairs:
        assert front is not None
        assert back is not None
        least = 6.65 if front == SIXTEEN.error else 7.0
        assert _contrast(front, back) >= least, f"{front} on {back}"


def _contrast(front: str, back: str) -> float:
    """As WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in Color.parse(colour).normalized
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((luminance(front), luminance(back)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_window_may_change_its_size_at_any_step_and_nothing_is_lost() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.IDENTIFIABILITY)
        for size in ((40, 12), (120, 40), (200, 60), (80, 24)):
            await person.resize(*size)
            await person.wait_for("Could picture 1 of 3 identify", "Dr Ada Palmer", ASHGROVE)
        await person.press("f2")
        await person.wait_for("Esc close")
        for size in ((40, 12), (200, 60)):
            await person.resize(*size)
            await person.wait_for("Esc close", "IMG_0001.JPG")

    at_the_station(FakeServices(), does)


def test_a_key_that_comes_when_every_screen_is_gone_is_for_nobody() -> None:
    app = DermlockApp(FakeServices())
    assert app.screen_stack == []
    asyncio.run(app.on_event(events.Key("enter", "\r")))


def test_light_and_dark_change_with_a_key() -> None:
    async def does(person: Person) -> None:
        await person.wait_for("Sign in")
        before = person.app.theme
        await person.press("f9")
        await person.until(lambda: person.app.theme != before, "other colours")

    at_the_station(FakeServices(), does)


def test_the_demos_card_can_be_pulled_in_the_middle_of_an_intake() -> None:
    demo = FakeDemo()

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        await person.wait_for("Does the patient agree")
        await person.press("f5")
        await person.until(lambda: demo.done == ["pull"], "the card to be pulled")

    at_the_station(FakeServices(demo=demo), does)


def test_a_mistake_in_the_app_leaves_no_traceback_and_no_patient_on_the_screen(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "HOME": str(tmp_path),
    }
    program = [sys.executable, "-c", "from tests.support.broken_station import run; run()"]
    with in_a_terminal(program, environment) as terminal:
        terminal.wait_for("Sign in", "Esc leave")
        terminal.type(STAFF_ID, "enter")
        terminal.type(PASSPHRASE, "enter")
        terminal.wait_for("Next patient")
        terminal.press("f4")
        assert terminal.wait_for_end() == MISTAKE_IN_DERMLOCK
    assert "dermlock made a mistake and stopped" in " ".join(terminal.shows.split())
    assert b"Traceback" not in terminal.printed
    assert ROSE.family_name.upper().encode() not in terminal.printed
    assert ROSE.given_name.encode() not in terminal.printed
