"""Type to search: names, numbers, dates, body sites and routes of what is in the vault."""

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from core.errors import DermlockError
from core.model.lesion import BODY_SITES
from core.model.question import Option

from ..app_services import Session
from ..bridge import CardDesk, CardState, counted
from ..widgets.asking.answer_field import AnswerField
from ..widgets.asking.option_rows import OptionRows
from ..widgets.bars import KeyBar, Note, StationBar

if TYPE_CHECKING:
    from core.records.catalogue import EpisodeEntry


class FindScreen(Screen[str | None]):
    """Ends with the id of an episode to look at, or with None. words: what was searched for before."""

    CSS_PATH = "find.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    class Found(Message):
        """What a search came to."""

        def __init__(self, words: str, entries: "tuple[EpisodeEntry, ...] | DermlockError") -> None:
            super().__init__()
            self.words = words
            self.entries = entries

    def __init__(self, session: Session, desk: CardDesk, words: str = "") -> None:
        super().__init__()
        self._session, self._desk = session, desk
        self.words = words

    def compose(self) -> ComposeResult:
        yield StationBar()
        yield AnswerField(placeholder="name, number, date, body site or route")
        yield Static(id="count")
        yield OptionRows()
        yield Note()
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place, bar.staff = "Find", self._session.staff.name
        self._desk.changed.subscribe(self, self._show_card)
        self._show_card(self._desk.state)
        self.query_one(OptionRows).can_focus = False
        self.query_one(KeyBar).show((("type", "to search"), ("↑↓ Enter", "open"), ("Esc", "back")))
        field = self.query_one(AnswerField)
        field.value = self.words
        field.focus()
        self._search(self.words)

    def _show_card(self, state: CardState) -> None:
        self.query_one(StationBar).card = state.in_short

    def _search(self, words: str) -> None:
        self.words = words

        def search() -> None:
            try:
                entries: tuple[EpisodeEntry, ...] | DermlockError = self._session.find(words)
            except DermlockError as error:
                entries = error
            self.post_message(self.Found(words, entries))

        self.run_worker(search, thread=True, exclusive=True, group="find", description="searching the vault")

    def on_find_screen_found(self, event: Found) -> None:
        if event.words != self.words:
            return  # typed on meanwhile
        if isinstance(event.entries, DermlockError):
            self.query_one(Note).refuse(event.entries)
            return
        self.query_one(Note).clear()
        none = "Nothing fits. Fewer letters find more." if self.words else "Nothing is in the vault yet."
        self.query_one("#count", Static).update(counted(len(event.entries), "episode") if event.entries else none)
        options = [_option(entry) for entry in event.entries]
        self.query_one(OptionRows).offer(options, many=False, here=options[0].id if self.words and options else "")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._search(" ".join(event.value.split()))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(AnswerField).release()
        self.query_one(OptionRows).enter()

    def on_key(self, event: events.Key) -> None:
        by: int | None = {"up": -1, "down": 1, "pageup": -8, "pagedown": 8}.get(event.key)
        if by is not None:
            event.stop()
            self.query_one(OptionRows).move(by)

    def on_option_rows_chosen(self, event: OptionRows.Chosen) -> None:
        self.dismiss(event.option_id)

    def action_back(self) -> None:
        self.dismiss(None)


def _option(entry: "EpisodeEntry") -> Option:
    sites = ", ".join(dict(BODY_SITES).get(site, site) for site in entry.sites)
    when = f"{entry.opened_at.astimezone():%d %b %Y %H:%M}"
    parts = [when, entry.route_name, sites, counted(entry.pictures, "picture")]
    return Option(entry.id, str(entry.patient), help="  ·  ".join(part for part in parts if part))
