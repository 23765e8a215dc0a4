"""A few pictures side by side, each with what it is taken for under it."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from .picture_view import PictureView, ShownPicture

MOST = 3
"""Pictures that stand side by side; more would be too small to tell apart."""

GAP = 2
COLOUR_NOTE = "Colour is not judged on this screen."


class Thumbnails(Widget):
    """Hidden while there is nothing to show."""

    DEFAULT_CSS = """
    Thumbnails {
        display: none;
        layout: vertical;
        height: 1fr;
        padding: 0 1;
        &.-shown { display: block; }
        & > #thumbnails { layout: horizontal; height: 1fr; }
        & > #thumbnails > Vertical { width: 1fr; height: 1fr; margin: 0 1; display: none; }
        & > #thumbnails > Vertical.-shown { display: block; }
        & Static { height: 1; text-align: center; }
        & > #thumbnails-note { color: $muted; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._pictures: tuple[ShownPicture, ...] = ()
        self._names: tuple[str, ...] = ()
        self._hidden = False

    def compose(self) -> ComposeResult:
        with Widget(id="thumbnails"):
            for _ in range(MOST):
                with Vertical():
                    yield PictureView()
                    yield Static()
        yield Static(id="thumbnails-note")

    @property
    def pictures(self) -> tuple[ShownPicture, ...]:
        return self._pictures

    def show(self, pictures: Sequence[ShownPicture], names: Sequence[str], *, hidden: bool = False) -> None:
        """Shows the first of them with a name each; none hides the whole.

        hidden: names alone, for pictures that not everybody in the room should see.
        """
        self._pictures, self._names, self._hidden = tuple(pictures[:MOST]), tuple(names), hidden
        self.set_class(bool(self._pictures), "-shown")
        for at, column in enumerate(self.query(Vertical)):
            picture = self._pictures[at] if at < len(self._pictures) else None
            column.set_class(picture is not None, "-shown")
            column.query_one(PictureView).show(None if hidden else picture)
        self.query_one("#thumbnails-note", Static).update("The pictures are hidden." if hidden else COLOUR_NOTE)
        self._show_captions()

    def on_resize(self) -> None:
        self._show_captions()

    def _show_captions(self) -> None:
        """The name in full, and what the camera called the file where there is room for it too."""
        for column, picture, name in zip(self.query(Vertical), self._pictures, self._names, strict=False):
            room = self.size.width // max(1, len(self._pictures)) - len(name) - 2 * GAP
            file = picture.caption.rsplit("/", 1)[-1]
            column.query_one(Static).update(
                Content.assemble((name, "bold"), f"  {file}" if cell_len(file) <= room else "")
            )
