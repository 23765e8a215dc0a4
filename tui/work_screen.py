"""Screens and dialogs that end once, and only themselves.

Textual's dismiss() ends whatever lies on top. Keys that come on the heels of each
other can make a screen end twice, or end while a dialog has come up over it: then
somebody else's screen would be gone, with what was being asked on it.
"""

from typing import Any

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen, ScreenResultType

from .tamed import TamedApp


class _EndsOnce(Screen[ScreenResultType]):
    """The first ending counts. One that comes while something lies over the screen waits until that is gone."""

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

    def on_screen_resume(self) -> None:
        if self._late:
            (result,), self._late = self._late, ()
            self.dismiss(result)


class WorkScreen(_EndsOnce[ScreenResultType]):
    """A screen of dermlock's work."""


class WorkDialog(_EndsOnce[ScreenResultType], ModalScreen[ScreenResultType]):
    """A dialog over one."""
