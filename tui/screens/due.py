"""The due lists: what waits for a clinician, for a reply, for the patient or for the record."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from core.errors import DermlockError

from ..app_services import Session
from ..bridge import CardDesk, CardState
from ..widgets.bars import KeyBar, Note, StationBar
from ..widgets.due_words import due_in_short
from ..widgets.episode_list import EpisodeList
from ..work_screen import WorkScreen

if TYPE_CHECKING:
    from core.records.due import Due


class DueScreen(WorkScreen[str | None]):
    """Ends with the id of an episode, or None. The lists come from the catalogue: no episode is opened here."""

    CSS_PATH = "due.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    class Listed(Message):
        """What is due, or why that cannot be told."""

        def __init__(self, lines: "tuple[Due, ...] | DermlockError") -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, session: Session, desk: CardDesk, here: str = "") -> None:
        """here: the id of the episode that is looked at first."""
        super().__init__()
        self._session, self._desk, self._start = session, desk, here

    def compose(self) -> ComposeResult:
        yield StationBar()
        yield Static(id="due-count")
        yield EpisodeList()
        yield Note()
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place, bar.staff = "Due", self._session.staff.name
        self._desk.changed.subscribe(self, self._show_card)
        self._show_card(self._desk.state)
        self.query_one(EpisodeList).focus()
        self.query_one(KeyBar).show((("↑↓ Enter", "open"), ("Esc", "back")))

        def look_up() -> None:
            try:
                lines: tuple[Due, ...] | DermlockError = self._session.due()
            except DermlockError as error:
                lines = error
            self.post_message(self.Listed(lines))

        self.run_worker(look_up, thread=True, group="due", description="the due lists")

    def _show_card(self, state: CardState) -> None:
        self.query_one(StationBar).card = state.in_short

    def on_due_screen_listed(self, event: Listed) -> None:
        if isinstance(event.lines, DermlockError):
            self.query_one(Note).refuse(event.lines)
            return
        self.query_one("#due-count", Static).update(due_in_short(event.lines) or "Nothing is due.")
        self.query_one(EpisodeList).show_due(event.lines, here=self._start)

    def on_episode_list_chosen(self, event: EpisodeList.Chosen) -> None:
        self.dismiss(event.entry.id)

    def action_back(self) -> None:
        self.dismiss(None)
