"""Type to search: names, numbers, dates, body sites and routes of what is in the vault."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Static

from core.errors import DermlockError

from ..app_services import Session
from ..bridge import CardDesk, CardState, counted
from ..widgets.asking.answer_field import AnswerField
from ..widgets.bars import KeyBar, Keys, Note, StationBar
from ..widgets.episode_list import EpisodeList
from ..work_screen import WorkScreen

if TYPE_CHECKING:
    from core.records.catalogue import EpisodeEntry

NOTHING_FITS = (
    "Nothing fits. Fewer letters find more. Any of these, in any order: a name, a number, a birth date (2/4/1961), "
    "a month (3/2026), today, a body site (forearm), a route (urgent)."
)


@dataclass(frozen=True)
class Search:
    """Where one is in a search, so that coming back finds it again. here: an episode's id, "" for none."""

    words: str = ""
    by_patient: bool = False
    here: str = ""


@dataclass(frozen=True)
class OneEpisode:
    """This episode is to be looked at."""

    entry: "EpisodeEntry"


@dataclass(frozen=True)
class AllOfPatient:
    """Every episode of this one's patient is to be looked at."""

    entry: "EpisodeEntry"


class FindScreen(WorkScreen[OneEpisode | AllOfPatient | None]):
    """Finds while one types. One search runs at a time; what was typed meanwhile is searched for next."""

    CSS_PATH = "find.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("f3", "patient", show=False),
        Binding("f7", "order", show=False),
    ]

    class Found(Message):
        """What a search came to."""

        def __init__(self, words: str, entries: "tuple[EpisodeEntry, ...] | DermlockError") -> None:
            super().__init__()
            self.words = words
            self.entries = entries

    def __init__(self, session: Session, desk: CardDesk, search: Search | None = None) -> None:
        super().__init__()
        self._session, self._desk = session, desk
        self._search = search or Search()
        self._entries: tuple[EpisodeEntry, ...] = ()
        self._searching: str | None = None
        self._enter_waits = False

    def compose(self) -> ComposeResult:
        yield StationBar()
        yield AnswerField(placeholder="name, number, date, site or route")
        yield Static(id="count")
        yield EpisodeList()
        yield Note()
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place, bar.staff = "Find", self._session.staff.name
        self._desk.changed.subscribe(self, self._show_card)
        self._show_card(self._desk.state)
        self._list.can_focus = False
        self._show_keys()
        field = self.query_one(AnswerField)
        with self.prevent(Input.Changed):
            field.value = self._search.words
        field.focus()
        self._look_up()

    @property
    def search(self) -> Search:
        """Where one is now."""
        here = self._list.here
        return Search(self._search.words, self._search.by_patient, here.id if here else "")

    @property
    def _list(self) -> EpisodeList:
        return self.query_one(EpisodeList)

    def _show_card(self, state: CardState) -> None:
        self.query_one(StationBar).card = state.in_short

    def _show_keys(self) -> None:
        order = "newest first" if self._search.by_patient else "by patient"
        clear: Keys = (("Ctrl+U", "clear"),) if self._search.words else ()
        self.query_one(KeyBar).show(
            (
                ("type", "to search"),
                ("↑↓ Enter", "open"),
                ("F3", "all of this patient"),
                ("F7", order),
                *clear,
                ("Esc", "back"),
            )
        )

    def _look_up(self) -> None:
        if self._searching is not None:
            return  # its end begins the next
        words = self._searching = self._search.words

        def look_up() -> None:
            try:
                entries: tuple[EpisodeEntry, ...] | DermlockError = self._session.find(words)
            except DermlockError as error:
                entries = error
            self.post_message(self.Found(words, entries))

        self.run_worker(look_up, thread=True, group="find", description="searching the vault")

    def on_find_screen_found(self, event: Found) -> None:
        self._searching = None
        if event.words != self._search.words:
            self._look_up()  # typed on meanwhile
            return
        if isinstance(event.entries, DermlockError):
            self._entries = ()
            self.query_one(Note).refuse(event.entries)
        else:
            self._entries = event.entries
            self.query_one(Note).clear()
        self._show_entries(self._search.here)
        if self._enter_waits:
            self._enter_waits = False
            if len(self._entries) == 1:
                self._list.enter()

    def _show_entries(self, here: str) -> None:
        entries, words = self._entries, self._search.words
        none = NOTHING_FITS if words else "Nothing is in the vault yet."
        count = self.query_one("#count", Static)
        count.display = bool(entries) or not self.query_one(Note).is_shown
        patients = len({entry.patient_folder for entry in entries})
        of = f" of {counted(patients, 'patient')}" if entries else ""
        order = "by patient" if self._search.by_patient else "newest first"
        count.update(f"{counted(len(entries), 'episode')}{of}, {order}" if entries else none)
        self._list.show(entries, by_patient=self._search.by_patient, here=here)
        if words and self._list.here is None:
            self._list.look_at_first()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        words = " ".join(event.value.split())
        if words != self._search.words:
            self._search = Search(words, self._search.by_patient)
            self._enter_waits = False
            self._show_keys()
            self._look_up()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter on the heels of a letter waits for what it finds: the row in sight may be somebody else's."""
        event.stop()
        self.query_one(AnswerField).release()
        if self._searching is None:
            self._list.enter()
        else:
            self._enter_waits = True

    def on_key(self, event: events.Key) -> None:
        if self._list.take_key(event.key):
            event.stop()

    def on_episode_list_chosen(self, event: EpisodeList.Chosen) -> None:
        self.dismiss(OneEpisode(event.entry))

    def action_patient(self) -> None:
        if self._searching is None and self._list.here is not None:
            self.dismiss(AllOfPatient(self._list.here))

    def action_order(self) -> None:
        here = self.search.here
        self._search = Search(self._search.words, not self._search.by_patient, here)
        self._show_keys()
        self._show_entries(here)

    def action_back(self) -> None:
        self.dismiss(None)
