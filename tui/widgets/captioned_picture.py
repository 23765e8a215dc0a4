"""A picture with the line below it that says which it is and what may not be judged here."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from .picture_view import COLOUR_NOTE, PictureView, ShownPicture
from .wrapping import shortened

BETWEEN = "  ·  "


class CaptionedPicture(Widget):
    """As large as it fits above one line, which cuts the name and nothing else."""

    DEFAULT_CSS = """
    CaptionedPicture {
        layout: vertical;
        height: 1fr;
        & > PictureView { height: 1fr; }
        & > #picture-caption { height: auto; padding: 0 1; color: $muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._caption = ""

    def compose(self) -> ComposeResult:
        yield PictureView()
        yield Static(id="picture-caption")

    @property
    def view(self) -> PictureView:
        return self.query_one(PictureView)

    def show(self, picture: ShownPicture | None, hidden: str = "") -> None:
        """hidden: words to show in place of the picture."""
        self._caption = picture.caption if picture else ""
        if hidden:
            self.view.hide(hidden)
        else:
            self.view.show(picture)
        self._show_caption()

    def on_resize(self) -> None:
        self._show_caption()

    def on_picture_view_drawn(self) -> None:
        self._show_caption()

    def _show_caption(self) -> None:
        sight = self.view.sight
        zoom = f"{BETWEEN}{sight.zoom:g} times" if sight.is_close else ""
        room = self.size.width - 2 - len(BETWEEN) - len(COLOUR_NOTE) - len(zoom)
        name = f"{shortened(self._caption, max(12, room))}{BETWEEN}" if self._caption else ""
        self.query_one("#picture-caption", Static).update(Content(f"{name}{COLOUR_NOTE}{zoom}"))
