"""A bare app with one widget on it, and the messages that it posted."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widget import Widget

from tui.theme import DARK

from .on_screen import TERMINAL, Person

W = TypeVar("W", bound=Widget)


class Stage(App[int]):
    """Keeps every message of these kinds that reaches it."""

    def __init__(self, widget: Widget, kinds: tuple[type[Message], ...]) -> None:
        super().__init__()
        self._widget = widget
        self._kinds = kinds
        self.heard: list[Message] = []
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield self._widget

    def on_mount(self) -> None:
        if self._widget.can_focus:
            self._widget.focus()

    async def _on_message(self, message: Message) -> None:
        if isinstance(message, self._kinds):
            self.heard.append(message)
        await super()._on_message(message)


def on_stage(
    widget: W,
    does: Callable[[Person, W, list[Message]], Awaitable[None]],
    *kinds: type[Message],
    size: tuple[int, int] = TERMINAL,
) -> None:
    """Runs it. does: gets whoever presses keys, the widget, and what was heard so far."""

    async def run() -> None:
        stage = Stage(widget, kinds)
        async with stage.run_test(size=size) as pilot:
            await pilot.pause()
            await does(Person(stage, pilot), widget, stage.heard)

    asyncio.run(run())
