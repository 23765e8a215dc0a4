"""Asks before something is dropped. Enter and Escape are the safe answer."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from ..widgets.bars import KeyBar
from ..work_screen import WorkDialog
from .frame import DialogFrame


class ConfirmDialog(WorkDialog[bool]):
    """True only for the y key."""

    CSS_PATH = "frame.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,Y", "answer(True)", show=False),
        Binding("n,enter,escape", "answer(False)", show=False),
    ]

    def __init__(self, what: str, consequence: str, *, yes: str, no: str) -> None:
        super().__init__(classes="dialog")
        self._what, self._consequence = what, consequence
        self._yes, self._no = yes, no

    def compose(self) -> ComposeResult:
        with DialogFrame(), Vertical():
            yield Static(Content(self._what), classes="dialog-title")
            yield Static(Content(self._consequence), classes="dialog-text")
            yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show((("Enter", self._no), ("Y", self._yes)))

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)
