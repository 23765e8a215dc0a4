"""The app on show: put up a screen, wait until it is drawn, and keep what it looks like."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from ..app import DermlockApp
from ..demo import opened_demo
from ..theme import theme_for
from .made_up import LONG_AGO, Practice, StandingClock, practice_on

PATIENCE = 60.0
"""Seconds until it is given up; what it waits for comes within one."""

LOOKED_EVERY = 0.01

LASTING = frozenset({"session", "move", "idle"})
"""Groups of work that is not waited for: it ends with the session, or with a key."""


class Studio:
    """One app, in which one screen after the other is put up on top of the sign-in."""

    def __init__(self, app: DermlockApp, pilot: Pilot[int], practice: Practice) -> None:
        self.app, self.practice = app, practice
        self._pilot = pilot
        self._afterwards: list[Callable[[], object]] = []

    def afterwards(self, act: Callable[[], object]) -> None:
        """Done before the screen that is put up is taken away again."""
        self._afterwards.append(act)

    @asynccontextmanager
    async def showing(self, screen: Screen[Any] | None) -> AsyncIterator[None]:
        """Puts the screen up; whatever is above it then is taken away with it. None: what is there already."""
        stack = self.app.screen_stack
        below = len(stack)
        if screen is not None:
            await self.app.push_screen(screen)
        await self.settle()
        try:
            yield
        finally:
            for act in self._afterwards:
                act()
            self._afterwards.clear()
        await self._until(lambda: self.app.desk.move is None, "the move to end")
        while len(self.app.screen_stack) > below:
            await self.app.pop_screen()
        await self.settle()

    async def look(self, width: int, height: int, theme: str, color_system: str = "truecolor") -> None:
        """theme: dark, light or high-contrast. color_system: as Rich names it."""
        self.app.theme = theme_for(color_system, theme).name
        if (self.app.size.width, self.app.size.height) != (width, height):
            await self._pilot.resize_terminal(width, height)
        await self.settle()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self._pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Until no work is under way and no message waits: pictures are loaded by then, too."""
        await self._pilot.pause()
        while self._is_at_work():
            await self._until(lambda: not self._is_at_work(), f"{type(self.app.screen).__name__} to come to rest")
            await self._pilot.pause()

    async def _until(self, holds: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited in vain for {what}")
            await asyncio.sleep(LOOKED_EVERY)

    async def until_the_card_is_read(self) -> None:
        await self._until(lambda: self.app.desk.state.inventory is not None, "the card to be read")
        await self.settle()

    def _is_at_work(self) -> bool:
        return any(not worker.is_finished and worker.group not in LASTING for worker in self.app.workers)


@contextmanager
def made_up_practice(environ: Mapping[str, str]) -> Iterator[Practice]:
    """Everything of it is gone afterwards."""
    clock = StandingClock(LONG_AGO)
    with opened_demo(environ, clock) as services:
        demo = services.demo
        if demo is None:
            raise RuntimeError("the demo has no card")
        yield practice_on(services, clock, demo.refill)


@asynccontextmanager
async def opened_studio(practice: Practice, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Studio]:
    """The app with its card read and somebody at it."""
    app = DermlockApp(practice.services)
    async with app.run_test(size=size) as pilot:
        studio = Studio(app, pilot, practice)
        app.desk.serve(practice.session)
        await studio.until_the_card_is_read()
        yield studio
    if app._exception is not None:
        raise app._exception


def as_a_good_terminal() -> None:
    """For this whole program: true colour, and times as they are in UTC, wherever it is run."""
    os.environ.pop("NO_COLOR", None)
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TZ="UTC")
    time.tzset()
