"""Screens and dialogs that end once, and only themselves.

Textual's dismiss() ends whatever lies on top. Keys that come on the heels of each
other can make a screen end twice, or end while a dialog has come up over it: then
somebody else's screen would be gone, with what was being asked on it.
"""

from typing import Any

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.screen import ModalScreen, Screen, ScreenResultType

from .tamed import LEAST_HEIGHT, LEAST_WIDTH, TamedApp

TOO_SMALL = f"dermlock needs a window of {LEAST_WIDTH} x {LEAST_HEIGHT}. Make it larger: nothing is lost."


class _EndsOnce(Screen[ScreenResultType]):
    """The first ending counts. One that comes while something lies over the screen waits until that is gone."""

    DEFAULT_CSS = "_EndsOnce.-too-small > * { display: none !important; }"
    _has_ended = False
    _late: tuple[Any, ...] = ()

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        if self._has_ended or self._late:
            return AwaitComplete()
        if isinstance(self.app, TamedApp) and not self.app.is_on_top(self):
            self._late = (result,)
            return AwaitComplete()
        self._has_ended = True
        return super().dismiss(result)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key of a screen works before the screen is there to be seen."""
        return self.is_mounted and super().check_action(action, parameters)

    @on(events.Resize)
    def _look_at_the_room(self) -> None:
        self.set_class(isinstance(self.app, TamedApp) and self.app.is_too_small, "-too-small")

    def render(self) -> Any:
        """In a window that is too small a sentence is all there is: what the parts show is hidden."""
        return Content(TOO_SMALL) if self.has_class("-too-small") else super().render()

    def on_screen_resume(self) -> None:
        if self._late:
            (result,), self._late = self._late, ()
            self.dismiss(result)


class WorkScreen(_EndsOnce[ScreenResultType]):
    """A screen of dermlock's work."""


class WorkDialog(_EndsOnce[ScreenResultType], ModalScreen[ScreenResultType]):
    """A dialog over one."""
