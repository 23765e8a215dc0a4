"""One episode as it lies in the vault: route, consent, lesions, and its pictures one at a time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from core.errors import DermlockError

from ..app_services import Session
from ..bridge import CardDesk, CardState
from ..dialogs.picture import PictureDialog
from ..find.episode_words import history_rows, rows_of, shown_images
from ..widgets.bars import KeyBar, Keys, Note, PatientBar, StationBar
from ..widgets.image_table import ImageTable, Row
from ..widgets.picture_pane import PicturePane
from ..widgets.picture_view import ShownPicture
from ..work_screen import WorkScreen

if TYPE_CHECKING:
    from core.records.episode import Episode


@dataclass(frozen=True)
class WriteDown:
    """Something was done with this episode, and is to be written down."""

    episode: "Episode"


@dataclass(frozen=True)
class CorrectPatient:
    """What is written down of this one's patient is to be corrected."""

    episode: "Episode"


class EpisodeScreen(WorkScreen[WriteDown | CorrectPatient | None]):
    """Looking at a picture here is an event of the audit log: nothing is opened before it is asked for."""

    CSS_PATH = "episode.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("f2", "look_closer", show=False),
        Binding("f3", "next_picture", show=False),
        Binding("enter", "write_down", show=False),
        Binding("f7", "correct_patient", show=False),
    ]

    class Opened(Message):
        """The episode was read, or could not be."""

        def __init__(self, outcome: "Episode | DermlockError") -> None:
            super().__init__()
            self.outcome = outcome

    class HistoryRead(Message):
        """What was done with the episode, in rows, or why that cannot be told."""

        def __init__(self, outcome: "list[Row] | DermlockError") -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self, episode_id: str, session: Session, desk: CardDesk, note: str = "") -> None:
        """note: what to say first, such as that something was written down."""
        super().__init__()
        self._episode_id, self._session, self._desk, self._said_first = episode_id, session, desk, note
        self._episode: Episode | None = None
        self._pictures: tuple[ShownPicture, ...] = ()
        self._rows: list[Row] = []

    def compose(self) -> ComposeResult:
        yield StationBar()
        yield PatientBar()
        with Horizontal(id="episode"):
            yield PicturePane()
            yield ImageTable()
        yield Note()
        yield Static("What is opened here is kept in the audit log.", id="episode-note")
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place, bar.staff = "Episode", self._session.staff.name
        self._desk.changed.subscribe(self, self._show_card)
        self._show_card(self._desk.state)
        self._show_keys()
        if self._said_first:
            self.query_one(Note).tell(self._said_first)

        def look() -> None:
            try:
                outcome: Episode | DermlockError = self._session.episode(self._episode_id)
            except DermlockError as error:
                outcome = error
            self.post_message(self.Opened(outcome))

        self.run_worker(look, thread=True, group="episode", description="opening an episode")

    def _show_card(self, state: CardState) -> None:
        self.query_one(StationBar).card = state.in_short

    def _show_keys(self) -> None:
        looking: Keys = ()
        if self._pictures:
            shown = bool(self.query_one(PicturePane).pictures)
            looking = (("F3", "next picture" if shown else "look at the pictures"), ("F2", "full screen"))
        acts: Keys = (("Enter", "write down what was done"), ("F7", "correct the patient")) if self._episode else ()
        self.query_one(KeyBar).show((*acts, *looking, ("↑↓", "read on"), ("Esc", "back")))

    def on_episode_screen_opened(self, event: Opened) -> None:
        if isinstance(event.outcome, DermlockError):
            self.query_one(Note).refuse(event.outcome)
            return
        episode = self._episode = event.outcome
        self.query_one(PatientBar).patient = str(episode.patient)
        self._pictures = shown_images(episode, self._session)
        self._rows = rows_of(episode, self._session.today)
        table = self.query_one(ImageTable)
        table.show((), [*self._rows, ("History", "being read…")])
        table.focus()
        self._show_keys()

        def look_back() -> None:
            try:
                outcome: list[Row] | DermlockError = history_rows(self._session.history(episode))
            except DermlockError as error:
                outcome = error
            self.post_message(self.HistoryRead(outcome))

        self.run_worker(look_back, thread=True, group="history", description="the history of an episode")

    def on_episode_screen_history_read(self, event: HistoryRead) -> None:
        """What else is shown stays as it is, also where the log cannot be read."""
        rows = event.outcome
        if isinstance(rows, DermlockError):
            rows = [("History", f"{rows.what} {rows.hint}")]
        self.query_one(ImageTable).show((), [*self._rows, *rows])

    def action_next_picture(self) -> None:
        pane = self.query_one(PicturePane)
        if pane.pictures:
            pane.look_at(pane.at + 1)
        elif self._pictures:
            pane.show(self._pictures)
            self._show_keys()
        if self._pictures and not pane.display:  # a small screen has no room beside the words
            self.action_look_closer()

    def action_look_closer(self) -> None:
        if self._pictures:
            self.app.push_screen(PictureDialog(self._pictures, self.query_one(PicturePane).at))

    def action_write_down(self) -> None:
        if self._episode is not None:
            self.dismiss(WriteDown(self._episode))

    def action_correct_patient(self) -> None:
        if self._episode is not None:
            self.dismiss(CorrectPatient(self._episode))

    def action_back(self) -> None:
        self.dismiss(None)
