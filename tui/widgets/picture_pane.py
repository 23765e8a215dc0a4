"""Pictures beside a question: one at a time, with its name and what may not be judged here."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from .picture_view import PictureView, ShownPicture
from .wrapping import shortened


class PicturePane(Widget):
    """Hidden while there is nothing to show."""

    DEFAULT_CSS = """
    PicturePane {
        display: none;
        width: 45%;
        height: 1fr;
        layout: vertical;
        padding: 0 1;
        &.-shown { display: block; }
        & > #picture-caption { height: auto; }
        & > #picture-note { height: auto; color: $muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._pictures: tuple[ShownPicture, ...] = ()
        self._at = 0

    def compose(self) -> ComposeResult:
        yield PictureView()
        yield Static(id="picture-caption")
        yield Static("Colour is not judged on this screen.", id="picture-note")

    @property
    def pictures(self) -> tuple[ShownPicture, ...]:
        return self._pictures

    @property
    def at(self) -> int:
        """Number of the picture in sight, from 0."""
        return self._at

    def show(self, pictures: Sequence[ShownPicture]) -> None:
        """Shows the first of these; none hides the pane."""
        self._pictures = tuple(pictures)
        self.look_at(0)

    def look_at(self, at: int) -> None:
        """Shows that one; beyond the last is the first again."""
        self.set_class(bool(self._pictures), "-shown")
        if not self._pictures:
            self.query_one(PictureView).show(None)
            return
        self._at = at % len(self._pictures)
        self._show_caption()
        self.query_one(PictureView).show(self._pictures[self._at])

    def on_resize(self) -> None:
        self._show_caption()

    def _show_caption(self) -> None:
        """No more than three lines, whatever a camera calls its files."""
        if not self._pictures:
            return
        place = f"{self._at + 1} of {len(self._pictures)}  " if len(self._pictures) > 1 else ""
        room = 2 * max(1, self.content_size.width)
        caption = shortened(self._pictures[self._at].caption, room)
        self.query_one("#picture-caption", Static).update(Content(place + caption))
