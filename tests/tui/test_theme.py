"""The colours: every word stands out from what is behind it, on every terminal, and no colour says anything alone."""

import os
import re
import sys
from collections import defaultdict
from pathlib import Path
from unittest.mock import patch

import pytest
from rich.color import Color, ColorSystem
from textual._context import visible_screen_stack
from textual.app import App
from textual.theme import Theme

from core.errors import CardError
from core.intake.steps import Step
from core.settings import THEMES
from tui.pictures.studio import Studio
from tui.theme import (
    DARK,
    DARK_SIXTEEN,
    EVERY_THEME,
    HIGH_CONTRAST,
    LIGHT,
    LIGHT_SIXTEEN,
    NAMES,
    name_after,
    theme_for,
)
from tui.widgets.bars import Note

from ..support.fake_services import FakeServices, FakeSession, an_entry
from ..support.on_screen import Person, at_the_station
from ..support.on_show import on_every_screen
from ..support.stage import on_stage
from ..support.terminal import in_a_terminal
from ..support.walking import sign_in, stand_at

ENHANCED, LEAST = 7.0, 4.5
"""WCAG 2.2, 1.4.6 and 1.4.3."""

STATED = {
    ("dermlock-dark-16", ColorSystem.STANDARD, "error"),
    ("dermlock-light", ColorSystem.EIGHT_BIT, "warning"),
}
"""What tui.theme says of itself: these marks have less than 7, and still 4.5."""


@pytest.mark.parametrize(
    ("colours", "wanted", "theme"),
    [
        ("truecolor", "auto", DARK),
        ("256", "auto", DARK),
        ("standard", "auto", DARK_SIXTEEN),
        (None, "auto", DARK_SIXTEEN),
        ("truecolor", "light", LIGHT),
        ("standard", "light", LIGHT_SIXTEEN),
        ("truecolor", "high-contrast", HIGH_CONTRAST),
        ("standard", "high-contrast", HIGH_CONTRAST),
        ("256", "dark", DARK),
    ],
)
def test_the_theme_goes_by_what_is_wanted_and_what_the_terminal_can_show(
    colours: str | None, wanted: str, theme: Theme
) -> None:
    assert theme_for(colours, wanted) is theme


def test_going_round_comes_by_every_theme_of_the_setting() -> None:
    for colours in ("truecolor", "standard"):
        name, seen = "dark", []
        for _ in NAMES:
            name = name_after(theme_for(colours, name).name)
            seen.append(name)
        assert sorted(seen) == sorted(NAMES) == sorted(set(THEMES) - {"auto"})


def _contrast(front: Color, back: Color) -> float:
    """As WCAG 2.2 defines it."""

    def luminance(colour: Color) -> float:
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (each / 255 for each in colour.get_truecolor())
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((luminance(front), luminance(back)))
    return (bright + 0.05) / (dark + 0.05)


def _on(terminal: ColorSystem, colour: str | None) -> Color:
    assert colour is not None
    return Color.parse(colour).downgrade(terminal)


SHOWN_ON = [
    *((theme, terminal) for theme in (DARK, LIGHT) for terminal in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT)),
    *((theme, ColorSystem.STANDARD) for theme in (DARK_SIXTEEN, LIGHT_SIXTEEN)),
    *((HIGH_CONTRAST, terminal) for terminal in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD)),
]
"""Each theme with the terminals that it is for."""


@pytest.mark.parametrize(("theme", "terminal"), SHOWN_ON, ids=lambda each: each.name)
def test_every_pair_of_the_theme_that_carries_words(theme: Theme, terminal: ColorSystem) -> None:
    own = theme.variables
    fronts = {
        "foreground": theme.foreground,
        "muted": own["muted"],
        "accent": theme.accent,
        "warning": theme.warning,
        "error": theme.error,
        "success": theme.success,
    }
    pairs = [(name, front, back) for name, front in fronts.items() for back in (theme.background, theme.surface)]
    pairs += [(name, own[f"on-{name}"], own[name]) for name in ("chosen", "patient")]
    for name, front, back in pairs:
        least = LEAST if (theme.name, terminal, name) in STATED else ENHANCED
        assert _contrast(_on(terminal, front), _on(terminal, back)) >= least, f"{name}: {front} on {back}"


@pytest.mark.parametrize(("theme_name", "terminal", "name"), sorted(STATED, key=str))
def test_what_is_stated_as_less_is_less(theme_name: str, terminal: ColorSystem, name: str) -> None:
    [theme] = [theme for theme in EVERY_THEME if theme.name == theme_name]
    front = getattr(theme, name)
    found = min(_contrast(_on(terminal, front), _on(terminal, back)) for back in (theme.background, theme.surface))
    assert LEAST <= found < ENHANCED


def _words_drawn(app: App[int]) -> dict[tuple[str, str], str]:
    """Of each pair of colours that words are drawn in just now, a sample. Pictures are blocks and frames, no words."""
    visible_screen_stack.set(list(app._background_screens))
    found = {}
    for strip in app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if style is not None and any(map(str.isalnum, text)):
                assert style.color is not None, text
                assert style.bgcolor is not None, text
                pair = style.bgcolor, style.color
                back, front = reversed(pair) if style.reverse else pair
                found[(front.get_truecolor().hex, back.get_truecolor().hex)] = text.strip()
    return found


def test_every_word_on_every_screen_stands_out_from_what_is_behind_it() -> None:
    drawn: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)

    def look(studio: Studio, name: str) -> None:
        for pair, text in _words_drawn(studio.app).items():
            drawn[studio.app.theme][pair] = f"{text} ({name})"

    many = [(80, 24, name, "truecolor") for name in NAMES]
    on_every_screen([*many, (80, 24, "dark", "standard"), (80, 24, "light", "standard")], look)
    assert set(drawn) == {theme.name for theme in EVERY_THEME}
    for theme, pairs in drawn.items():
        assert len(pairs) >= 4  # words were seen, in several colours
        for (front, back), text in pairs.items():
            least = LEAST if (theme, front) == ("dermlock-dark-16", DARK_SIXTEEN.error) else ENHANCED
            found = _contrast(Color.parse(front), Color.parse(back))
            assert found >= least, f"{theme}: {front} on {back} has {found:.1f}: {text}"


def test_a_key_goes_round_the_themes_and_says_which() -> None:
    async def does(person: Person) -> None:
        await person.wait_for("Sign in")
        for said in ("light", "high contrast", "dark"):
            before = person.app.theme
            await person.press("f9")
            await person.until(lambda before=before: person.app.theme != before, "other colours")  # type: ignore[misc]
            [told] = person.app._notifications
            assert f"Colours: {said}." in told.message

    at_the_station(FakeServices(), does)


@pytest.mark.parametrize("wanted", NAMES)
def test_the_setting_says_what_the_app_begins_with(wanted: str) -> None:
    services = FakeServices()
    services.theme = wanted

    async def does(person: Person) -> None:
        await person.wait_for("Sign in")
        assert wanted in person.app.theme

    at_the_station(services, does)


def test_without_colour_the_row_and_the_step_still_differ_in_their_marks() -> None:
    session = FakeSession(entries=(an_entry(), an_entry(id_="episode-2")))

    async def finds(person: Person) -> None:
        assert person.app.no_color
        await sign_in(person)
        await person.press("f4")
        await person.wait_for("2 episodes")
        await person.press("down")
        screen = await person.wait_for("▸ ROWANBERRY")
        assert screen.count("▸") == 1
        assert screen.count("ROWANBERRY") == 2

    async def answers(person: Person) -> None:
        await stand_at(person, Step.PATHWAY)
        screen = await person.wait_for("Step 2 of 8")
        rail = next(line for line in screen.splitlines() if "Step 2 of 8" in line)
        assert (rail.count("✓"), rail.count("▸"), rail.count("·")) == (1, 1, 6)

    with patch.dict(os.environ, {"NO_COLOR": "1"}):
        at_the_station(FakeServices(session), finds)
        at_the_station(FakeServices(), answers)


def test_an_error_a_warning_and_good_news_have_three_marks() -> None:
    async def does(person: Person, note: Note, _heard: list[object]) -> None:
        marks = set()
        error = CardError("What happened.", "What to do.")
        for say in (
            lambda: note.refuse(error),
            lambda: note.warn(error.what, error.hint),
            lambda: note.tell(error.what, error.hint),
        ):
            say()
            screen = await person.wait_for("What happened.", "What to do.")
            await person.settle()
            line = next(line for line in person.sees.splitlines() if "What happened." in line)
            marks.add(line.split("What happened.")[0].strip(" ▌"))
            assert screen
        assert marks == {"!", "▲", "✓"}

    on_stage(Note(), does)


@pytest.mark.parametrize(
    ("term", "more"),
    [
        ("xterm-256color", {"COLORTERM": "truecolor"}),
        ("xterm-256color", {}),
        ("linux", {}),
        ("xterm-256color", {"NO_COLOR": "1"}),
    ],
    ids=["true colour", "256 colours", "16 colours", "no colour"],
)
def test_the_terminal_gets_no_colours_that_it_does_not_have(term: str, more: dict[str, str], tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "TERM": term,
        "LANG": "C.UTF-8",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "TMPDIR": str(tmp_path),
        **more,
    }
    with in_a_terminal([Path(sys.executable).with_name("dermlock"), "demo"], environment) as terminal:
        terminal.wait_for("This is the demo.", "Esc leave")
        terminal.press("f9")
        terminal.wait_for("Colours: light")
        terminal.press("f9")
        terminal.wait_for("Colours: high contrast")
        terminal.press("escape")
        assert terminal.wait_for_end() == 0
    true = {tuple(map(int, found)) for found in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", terminal.printed)}
    of_256 = re.findall(rb"[34]8;5;\d+", terminal.printed)
    if "NO_COLOR" in more:
        assert all(red == green == blue for red, green, blue in true)
    elif term == "linux":
        assert (true, of_256) == (set(), [])
    elif more:
        assert len(true) > 3
    else:
        assert (true, bool(of_256)) == (set(), True)
