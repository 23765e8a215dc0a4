"""Two pictures of two dates beside each other; on a narrow screen one at a time, in the same place."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from core.errors import DermlockError

from ..app_services import Session
from ..bridge import CardDesk, CardState
from ..dialogs.picture import PictureDialog
from ..find.episode_words import shown_images, site_of
from ..widgets.bars import KeyBar, Note, PatientBar, StationBar
from ..widgets.picture_view import COLOUR_NOTE, PictureView, ShownPicture
from ..work_screen import WorkScreen

if TYPE_CHECKING:
    from core.records.catalogue import EpisodeEntry
    from core.records.episode import Episode, StoredImage


class _Side:
    """One of the two: which episode, and which picture of it."""

    def __init__(self, entry: "EpisodeEntry") -> None:
        self.entry = entry
        self.at = 0
        self.is_placed = False

    def turn_to(self, entry: "EpisodeEntry") -> None:
        self.entry, self.at, self.is_placed = entry, 0, False


class CompareScreen(WorkScreen[None]):
    """The earlier one on the left. Opening an episode and each picture is an event of the audit log."""

    CSS_PATH = "compare.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("tab,shift+tab", "other_side", show=False),
        Binding("right,f3", "picture(1)", show=False),
        Binding("left", "picture(-1)", show=False),
        Binding("up", "date(-1)", show=False),
        Binding("down", "date(1)", show=False),
        Binding("f2,enter", "look_closer", show=False),
    ]

    class Opened(Message):
        """An episode was read, or could not be."""

        def __init__(self, episode_id: str, outcome: "Episode | DermlockError") -> None:
            super().__init__()
            self.episode_id = episode_id
            self.outcome = outcome

    def __init__(
        self,
        earlier: "EpisodeEntry",
        later: "EpisodeEntry",
        entries: "tuple[EpisodeEntry, ...]",
        session: Session,
        desk: CardDesk,
    ) -> None:
        """entries: all there are to choose from, newest first; earlier and later are two of them."""
        super().__init__()
        self._entries, self._session, self._desk = entries, session, desk
        self._sides = (_Side(earlier), _Side(later))
        self._active = 1
        self._episodes: dict[str, Episode | DermlockError | None] = {}

    def compose(self) -> ComposeResult:
        yield StationBar()
        yield PatientBar()
        with Horizontal(id="sides"):
            for name in ("earlier", "later"):
                with Vertical(id=name, classes="side"):
                    yield Static(classes="side-title")
                    yield PictureView()
        yield Note()
        yield Static(f"{COLOUR_NOTE} What is opened is audited.", id="compare-note")
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place, bar.staff = "Compare", self._session.staff.name
        self.query_one(PatientBar).patient = str(self._entries[0].patient)
        self._desk.changed.subscribe(self, self._show_card)
        self._show_card(self._desk.state)
        self.query_one(KeyBar).show(
            (
                ("Tab", "other side"),
                ("← →", "picture"),
                ("↑↓", "date"),
                ("F2", "full screen"),
                ("Esc", "back"),
            )
        )
        self._show()

    def _show_card(self, state: CardState) -> None:
        self.query_one(StationBar).card = state.in_short

    def _episode_of(self, side: _Side) -> "Episode | None":
        """Opened once, the first time it is wanted."""
        id_ = side.entry.id
        if id_ not in self._episodes:
            self._episodes[id_] = None
            self.run_worker(self._opening(id_), thread=True, group="episode", description="opening an episode")
        found = self._episodes[id_]
        return None if isinstance(found, DermlockError) else found

    def _opening(self, id_: str) -> Callable[[], None]:
        def look() -> None:
            try:
                outcome: Episode | DermlockError = self._session.episode(id_)
            except DermlockError as error:
                outcome = error
            self.post_message(self.Opened(id_, outcome))

        return look

    def on_compare_screen_opened(self, event: Opened) -> None:
        self._episodes[event.episode_id] = event.outcome
        if isinstance(event.outcome, DermlockError):
            self.query_one(Note).refuse(event.outcome)
        self._show()

    def _show(self) -> None:
        for number, (side, name) in enumerate(zip(self._sides, ("earlier", "later"), strict=True)):
            pane = self.query_one(f"#{name}", Vertical)
            pane.set_class(number == self._active, "-active")
            episode = self._episode_of(side)
            other = self._episode_of(self._sides[1 - number])
            if episode is not None and not side.is_placed and (other is not None or number != self._active):
                self._place(number)
            images = shown_images(episode, self._session) if episode else ()
            mark = "▸ " if number == self._active else "  "
            title = f"{mark}{side.entry.opened_at.astimezone():%d %b %Y}"
            if images:
                title += f"  picture {side.at + 1} of {len(images)}\n  {images[side.at].caption}"
            else:
                title += "\n  not open yet"  # always two lines: another height would load the picture again
            pane.query_one(Static).update(Content(title))
            pane.query_one(PictureView).show(images[side.at] if images else None)

    def _place(self, number: int) -> None:
        """At the picture of the same site and view as the other side's, where there is one."""
        side, other = self._sides[number], self._sides[1 - number]
        episode, opposite = self._episode_of(side), self._episode_of(other)
        if episode is None:
            return
        side.is_placed = True
        if opposite is None or not other.is_placed:
            return
        wanted = _kind(opposite, opposite.content.images[other.at])
        kinds = [_kind(episode, image) for image in episode.content.images]
        views = [kind[0] for kind in kinds]
        side.at = kinds.index(wanted) if wanted in kinds else views.index(wanted[0]) if wanted[0] in views else 0

    def _pictures(self) -> tuple[ShownPicture, ...]:
        episode = self._episode_of(self._sides[self._active])
        return shown_images(episode, self._session) if episode else ()

    def action_other_side(self) -> None:
        self._active = 1 - self._active
        self._show()

    def action_picture(self, by: int) -> None:
        side, pictures = self._sides[self._active], self._pictures()
        if pictures:
            side.at = (side.at + by) % len(pictures)
            self._show()

    def action_date(self, by: int) -> None:
        """Up is newer, as in the list."""
        side = self._sides[self._active]
        ids = [entry.id for entry in self._entries]
        at = min(len(ids) - 1, max(0, ids.index(side.entry.id) + by))
        if self._entries[at] != side.entry:
            side.turn_to(self._entries[at])
            self._show()

    def action_look_closer(self) -> None:
        side, pictures = self._sides[self._active], self._pictures()

        def looked(at: int | None) -> None:
            if at is not None:
                side.at = at
                self._show()

        if pictures:
            self.app.push_screen(PictureDialog(pictures, side.at), looked)

    def action_back(self) -> None:
        self.dismiss(None)


def _kind(episode: "Episode", image: "StoredImage") -> tuple[str, str]:
    """What makes two pictures comparable: the view, and where on the body."""
    return image.view.value, site_of(episode, image)
