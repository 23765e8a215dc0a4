"""Where a question comes from."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from ..widgets.bars import KeyBar
from ..work_screen import WorkDialog
from .frame import DialogFrame


class SourceDialog(WorkDialog[None]):
    """Shows it until a key closes it."""

    CSS_PATH = "frame.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape,f1", "close", show=False)]

    def __init__(self, source: str) -> None:
        super().__init__(classes="dialog")
        self._source = source

    def compose(self) -> ComposeResult:
        with DialogFrame(), Vertical():
            yield Static("Where this question comes from", classes="dialog-title")
            yield Static(Content(self._source), classes="dialog-text")
            yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show((("Enter", "close"),))

    def action_close(self) -> None:
        self.dismiss(None)
