"""Driving the app by keys alone, and reading what it shows."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator

from rich.cells import cell_len
from textual import events
from textual._context import visible_screen_stack
from textual.app import App
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.app import DermlockApp
from tui.app_services import AppServices
from tui.widgets.bars import KeyBar

PATIENCE = 20.0
"""Seconds after which a test gives up; what it waits for comes within one."""

LOOKED_EVERY = 0.01
"""Seconds between two looks at the screen."""

_FRAMES = str.maketrans("▌│▀", "   ")

Keys = Pilot[int]
TERMINAL = (80, 24)

WIDE = 64
"""Cells. On a narrower screen an example in an empty field may be cut."""


class Person:
    """Whoever sits at the station: presses keys, and sees what is shown."""

    def __init__(self, app: App[int], pilot: Keys) -> None:
        self.app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """As a terminal would send them, one on the heels of the other: Textual's names, or single characters."""
        for key in keys:
            name, character = (_character_to_key(key), key) if len(key) == 1 else (key, key_to_character(key))
            event = events.Key(name, character)
            event.set_sender(self.app)
            self.app.post_message(event)
        await asyncio.sleep(0)

    async def type(self, text: str, *then: str) -> None:
        """Each character as a key, and then these."""
        await self.press(*text, *then)

    async def resize(self, width: int, height: int) -> None:
        await self._pilot.resize_terminal(width, height)

    async def click(self, selector: str, x: int, y: int) -> None:
        """At that place within what the selector finds."""
        await self._pilot.click(selector, offset=(x, y))

    async def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """With the button down from one place of the screen to another."""
        await self._pilot.mouse_down(offset=start)
        await self._pilot.hover(offset=end)
        await self._pilot.mouse_up(offset=end)

    @property
    def sees(self) -> str:
        """The screen as lines of text."""
        visible_screen_stack.set(list(self.app._background_screens))  # what a dialog leaves in sight
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def is_in(self, field: str) -> bool:
        """Whether the field of that id has the focus."""
        return self.app.focused is not None and self.app.focused.id == field

    async def wait_for(self, *texts: str) -> str:
        """Until all of these are shown, wherever their lines are broken; the screen then."""

        def shown() -> bool:
            screen = self.sees
            flowing = " ".join(screen.translate(_FRAMES).split())
            return all(text in screen or " ".join(text.split()) in flowing for text in texts)

        await self.until(shown, f"{texts} to be shown")
        return self.sees

    async def until(self, holds: Callable[[], bool], what: str | Callable[[], str] = "it") -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                awaited = what if isinstance(what, str) else what()
                raise AssertionError(f"waited in vain for {awaited}; the screen shows:\n{self.sees}")
            await asyncio.sleep(LOOKED_EVERY)

    async def settle(self) -> None:
        """Until every message that is on its way was handled."""
        await self._pilot.pause()


def at_the_station(
    services: AppServices,
    does: Callable[[Person], Awaitable[None]],
    *,
    size: tuple[int, int] = TERMINAL,
    make: Callable[[AppServices], DermlockApp] = DermlockApp,
) -> int | None:
    """Runs the app without a terminal while a person works with it; the app's exit code, None when it was not left.

    make: the app, where a test wants another than the usual one. A mistake in the app is raised here.
    """

    async def run() -> int | None:
        app = make(services)
        async with app.run_test(size=size) as pilot:
            await does(Person(app, pilot))
            await pilot.pause()
        if app._exception is not None:
            raise app._exception
        return app.return_code if app.return_value is not None else None

    return asyncio.run(run())


def layout_faults(app: App[int]) -> list[str]:
    """What of the top screen cannot be read: text that has no room, lies outside, or lies under other text."""
    screen = app.screen
    faults = [*_without_room(screen), *_overlapping(screen)]
    return [f"{type(screen).__name__} at {app.size.width} x {app.size.height}: {fault}" for fault in faults]


def _texts(screen: Screen[object]) -> Iterator[Widget]:
    """The widgets that show text of their own."""
    for widget in screen.walk_children(Widget):
        shown = all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))
        if shown and not widget.children and isinstance(widget, Static | ScrollView | Input | Widget):
            yield widget


def _scrolls(widget: Widget) -> bool:
    """Whether it stands in something that can be scrolled to it."""
    return any(isinstance(node, Widget) and node.styles.overflow_y == "auto" for node in widget.ancestors)


def _without_room(screen: Screen[object]) -> Iterator[str]:
    everything = screen.size.region
    for widget in _texts(screen):
        name = f"{type(widget).__name__}#{widget.id}"
        region = widget.region
        if region.x < 0 or region.right > everything.right:
            yield f"{name} lies beside the screen: {region}"
        if not _scrolls(widget) and not everything.contains_region(region):
            yield f"{name} lies outside: {region}"
        if isinstance(widget, ScrollView):
            if widget.virtual_size.height and not widget.size.height:
                yield f"{name} has no height"
            if widget.show_horizontal_scrollbar and widget.styles.scrollbar_size_horizontal:
                yield f"{name} loses a line to a horizontal scrollbar"
            room = widget.scrollable_content_region.width
            if isinstance(widget, Input):
                if not widget.value and cell_len(str(widget.placeholder)) > room and everything.width >= WIDE:
                    yield f"{name} has no room for its placeholder: {widget.placeholder}"
            elif widget.virtual_size.height and widget.virtual_size.width > room:
                yield f"{name} is cut on the right: {widget.virtual_size.width} > {room}"
        elif isinstance(widget, Static | KeyBar):
            needed = widget.get_content_height(screen.size, screen.size, widget.content_size.width)
            if needed > widget.content_size.height:
                yield f"{name} needs {needed} lines and has {widget.content_size.height}: {widget.render()!s:.60}"


def _overlapping(screen: Screen[object]) -> Iterator[str]:
    found = [(widget, widget.region) for widget in _texts(screen) if widget.region.area]
    for number, (one, where) in enumerate(found):
        if _scrolls(one):
            continue
        for other, there in found[number + 1 :]:
            if where.overlaps(there) and not _scrolls(other):
                yield f"{type(one).__name__}#{one.id} and {type(other).__name__}#{other.id} overlap"
