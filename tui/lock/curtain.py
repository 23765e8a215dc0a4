"""What stands before the work: the warning of a station that nobody touches, and the lock.

Each of the two has a stack of screens of its own (a mode, in Textual's words), so
that the work goes on behind it and is found again as it was: the screen, the
dialog over it, the question and what was typed. Whatever is put up or ends
meanwhile does so behind the curtain.
"""

from collections.abc import Callable
from datetime import datetime

from textual import events
from textual.app import App

from ..app_services import AppServices
from ..bridge import CardDesk
from ..screens.idle_warning import IdleWarningScreen
from ..screens.lock import Locked, LockScreen
from ..tamed import WORK
from .idle import Idle

WARNING, LOCK = "warning", "lock"


class Curtain:
    """Lives in the app's thread. Nothing happens while nobody is signed in."""

    def __init__(
        self, app: App[int], services: AppServices, desk: CardDesk, idle: Idle, now: Callable[[], datetime]
    ) -> None:
        self._app, self._services, self._desk = app, services, desk
        self._idle, self._now = idle, now
        self._warning: IdleWarningScreen | None = None
        self.locked: Locked | None = None

    @property
    def is_up(self) -> bool:
        return self.locked is not None or self._warning is not None

    def look(self, who: Callable[[], Locked] | None) -> None:
        """To be called every second. who: makes who would be locked out; None while nobody is signed in."""
        if who is None or self.locked is not None:
            return
        if self._idle.is_over:
            self.lock(who())
        elif self._warning is not None:
            self._warning.show(self._idle.seconds_left)
        elif self._idle.is_to_be_warned_of:
            self._warning = IdleWarningScreen(self._idle.seconds_left)
            self._draw(WARNING, self._warning)

    def lock(self, locked: Locked) -> None:
        if self.locked is None:
            self.locked = locked
            screen = LockScreen(self._services, locked, self._desk)
            self._draw(LOCK, screen)
            if self._warning is not None:
                self._warning = None
                self._app.remove_mode(WARNING)

    def lift(self) -> None:
        """The work is seen again."""
        mode = LOCK if self.locked is not None else WARNING
        self.locked, self._warning = None, None
        self._idle.touched()
        self._app.switch_mode(WORK)
        self._app.remove_mode(mode)

    def takes(self, event: events.Event) -> bool:
        """Whether the event is the curtain's alone: the warning ends with a key or a click that does nothing else."""
        touched = isinstance(event, events.Key | events.MouseDown | events.MouseUp | events.MouseScrollDown)
        if touched or isinstance(event, events.MouseScrollUp | events.Paste):
            self._idle.touched()
        if self._warning is None:
            return False
        if isinstance(event, events.Key | events.MouseUp | events.Paste):
            self.lift()
        return isinstance(event, events.InputEvent | events.Paste)

    def _draw(self, mode: str, screen: IdleWarningScreen | LockScreen) -> None:
        self._app.add_mode(mode, lambda: screen)
        self._app.switch_mode(mode)
