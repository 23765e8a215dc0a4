"""Every episode of one patient, newest first: to open one, or to compare the pictures of two dates."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from core.errors import DermlockError

from ..app_services import Session
from ..bridge import CardDesk, CardState, counted
from ..widgets.bars import KeyBar, Keys, Note, PatientBar, StationBar
from ..widgets.episode_list import EpisodeList
from ..work_screen import WorkScreen

if TYPE_CHECKING:
    from core.records.catalogue import EpisodeEntry


@dataclass(frozen=True)
class Pair:
    """Pictures of these two are to be compared. entries: all of the patient's that have pictures, newest first."""

    earlier: "EpisodeEntry"
    later: "EpisodeEntry"
    entries: "tuple[EpisodeEntry, ...]"


class PatientEpisodesScreen(WorkScreen["EpisodeEntry | Pair | None"]):
    """Ends with one to open, two to compare, or None. The list comes from the catalogue: no episode is opened here."""

    CSS_PATH = "patient_episodes.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("c,C", "compare", show=False),
    ]

    class Listed(Message):
        """The patient's episodes, or why they cannot be told."""

        def __init__(self, entries: "tuple[EpisodeEntry, ...] | DermlockError") -> None:
            super().__init__()
            self.entries = entries

    def __init__(self, entry: "EpisodeEntry", session: Session, desk: CardDesk, here: str = "") -> None:
        """entry: one of the patient's. here: the id of the episode that is looked at first."""
        super().__init__()
        self._entry, self._session, self._desk = entry, session, desk
        self._start = here or entry.id
        self._entries: tuple[EpisodeEntry, ...] = ()

    def compose(self) -> ComposeResult:
        yield StationBar()
        yield PatientBar()
        yield Static(id="patient-count")
        yield EpisodeList()
        yield Note()
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place, bar.staff = "Episodes", self._session.staff.name
        self.query_one(PatientBar).patient = str(self._entry.patient)
        self._desk.changed.subscribe(self, self._show_card)
        self._show_card(self._desk.state)
        self.query_one(EpisodeList).focus()
        self._show_keys()

        def look_up() -> None:
            try:
                every = self._session.find("")
                mine = tuple(each for each in every if each.patient_folder == self._entry.patient_folder)
                self.post_message(self.Listed(mine))
            except DermlockError as error:
                self.post_message(self.Listed(error))

        self.run_worker(look_up, thread=True, group="find", description="the episodes of one patient")

    @property
    def _with_pictures(self) -> "tuple[EpisodeEntry, ...]":
        return tuple(entry for entry in self._entries if entry.pictures)

    def _show_card(self, state: CardState) -> None:
        self.query_one(StationBar).card = state.in_short

    def _show_keys(self) -> None:
        compare: Keys = (("C", "compare with the one before"),) if len(self._with_pictures) > 1 else ()
        self.query_one(KeyBar).show((("↑↓ Enter", "open"), *compare, ("Esc", "back")))

    def on_patient_episodes_screen_listed(self, event: Listed) -> None:
        if isinstance(event.entries, DermlockError):
            self.query_one(Note).refuse(event.entries)
            return
        self._entries = event.entries
        pictured = len(self._with_pictures)
        of = f", {pictured or 'none'} with pictures" if pictured < len(self._entries) else ""
        words = f"{counted(len(self._entries), 'episode')}{of}, newest first"
        self.query_one("#patient-count", Static).update(words)
        self.query_one(EpisodeList).show(self._entries, by_patient=False, named=False, here=self._start)
        self._show_keys()

    def on_episode_list_chosen(self, event: EpisodeList.Chosen) -> None:
        self.dismiss(event.entry)

    def action_compare(self) -> None:
        """The one that is looked at with the one before it; the oldest with the one after it."""
        pictured = self._with_pictures
        if len(pictured) < 2:
            self.query_one(Note).warn("There is nothing to compare.", "That takes two episodes with pictures.")
            return
        here = self.query_one(EpisodeList).here
        at = next((n for n, each in enumerate(pictured) if here and each.opened_at <= here.opened_at), len(pictured))
        at = min(at, len(pictured) - 2)
        self.dismiss(Pair(pictured[at + 1], pictured[at], pictured))

    def action_back(self) -> None:
        self.dismiss(None)
