"""Textual's App without what it does by itself and dermlock must not do.

No command palette, no screenshots, no text to select, no traceback with values in
it; and what a screen puts up or ends while another mode is shown happens in the
work's own stack.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.driver import Driver
from textual.screen import Screen

from .terminal_driver import TerminalDriver

WORK = "work"
"""The mode whose stack has every screen but the lock and its warning."""


LEAST_WIDTH, LEAST_HEIGHT = 40, 12
"""Cells. On less the patient and the question cannot both be seen, so that nothing may be answered."""


class TamedApp(App[int]):
    """What DermlockApp is made of."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-wide")]  # noqa: RUF012 - Textual declares it without ClassVar
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012 - the same
    DEFAULT_MODE = WORK
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {WORK: Screen}

    @property
    def is_too_small(self) -> bool:
        return self.size.width < LEAST_WIDTH or self.size.height < LEAST_HEIGHT

    async def on_event(self, event: events.Event) -> None:
        """Keys are for what is seen: there is nothing to see in a tiny window."""
        if not (self.is_too_small and isinstance(event, events.InputEvent)):
            await super().on_event(event)

    def get_driver_class(self) -> type[Driver]:
        """Ends with its terminal. No variable of the environment names another one."""
        return TerminalDriver

    def push_screen(
        self, screen: Any, callback: Any = None, wait_for_dismiss: bool = False, *, mode: str | None = None
    ) -> Any:
        """What is put up while another mode is shown is found when the work is."""
        push: Any = super().push_screen
        return push(screen, callback, wait_for_dismiss, mode=mode or WORK)

    def pop_screen(self) -> AwaitComplete:
        """Only the work's screens end by themselves, and they end where they are."""
        shown, self._current_mode = self._current_mode, WORK
        try:
            return super().pop_screen()
        finally:
            self._current_mode = shown

    def is_on_top(self, screen: Screen[Any]) -> bool:
        """Whether nothing of the work lies over it; the lock does not count."""
        return self._screen_stacks[WORK][-1] is screen

    def clear_work(self) -> None:
        """Ends every screen of the work; nobody is told what they would have answered."""
        while len(self._screen_stacks[WORK]) > 1:
            self.pop_screen()

    def save_screenshot(self, *_args: Any, **_kwargs: Any) -> str:
        """Nothing of a screen goes to a disk."""
        return ""

    def deliver_screenshot(self, *_args: Any, **_kwargs: Any) -> None:
        """The same."""

    def _fatal_error(self) -> None:
        """Textual would print a traceback with the values in it, which can be a patient's."""
        self._close_messages_no_wait()
