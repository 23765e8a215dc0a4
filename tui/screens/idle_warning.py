"""A minute before the station locks itself."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from ..bridge import counted
from ..widgets.bars import KeyBar, StationBar


class IdleWarningScreen(Screen[None]):
    """Covers everything. The app takes it away with the first key, which does nothing else."""

    CSS_PATH = "lock.tcss"

    def __init__(self, seconds_left: float) -> None:
        super().__init__(classes="curtain")
        self._seconds_left = seconds_left

    def compose(self) -> ComposeResult:
        yield StationBar()
        with Vertical(classes="curtain-words"):
            yield Static(classes="curtain-title")
            yield Static("Nothing was pressed for a while. No answer is lost, and a move that runs goes on.")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(StationBar).place = "Locks soon"
        self.query_one(KeyBar).show((("any key", "stay signed in; it does nothing else"),))
        self.show(self._seconds_left)

    def show(self, seconds_left: float) -> None:
        self._seconds_left = seconds_left
        if self.is_mounted:
            seconds = counted(round(seconds_left), "second")
            self.query_one(".curtain-title", Static).update(f"This station locks itself in {seconds}")
