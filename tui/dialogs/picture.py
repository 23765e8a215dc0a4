"""One picture as large as the screen allows, below whose it is."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from ..widgets.bars import KeyBar, Keys
from ..widgets.looking import LOOKING, looking_keys
from ..widgets.picture_view import COLOUR_NOTE, PictureView, ShownPicture
from ..widgets.wrapping import shortened
from ..work_screen import WorkDialog
from .frame import DialogFrame


class PictureDialog(WorkDialog[int]):
    """Ends with the number of the picture that was looked at last, counted from 0."""

    DEFAULT_CSS = """
    PictureDialog {
        background: transparent;
        & Static { height: auto; padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,f2", "close", show=False),
        Binding("f3,space", "look(1)", show=False),
        *LOOKING,
    ]

    def __init__(self, pictures: Sequence[ShownPicture], at: int) -> None:
        super().__init__()
        self._pictures = tuple(pictures)
        self._at = at

    def compose(self) -> ComposeResult:
        with DialogFrame():
            yield Static()
            yield PictureView()
            yield KeyBar()

    def on_mount(self) -> None:
        self._show()

    @property
    def _view(self) -> PictureView:
        return self.query_one(PictureView)

    def on_resize(self) -> None:
        self._show_caption()

    def on_picture_view_drawn(self) -> None:
        self._show_caption()

    def _show(self) -> None:
        self._view.show(self._pictures[self._at])
        self._show_caption()

    def _show_caption(self) -> None:
        """What may not be judged is never cut; a long name is."""
        several = len(self._pictures) > 1
        place = f"{self._at + 1} of {len(self._pictures)}  " if several else ""
        zoom = f"  ·  {self._view.sight.zoom:g} times" if self._view.sight.is_close else ""
        caption = shortened(self._pictures[self._at].caption, max(20, 3 * self.size.width - 80))
        self.query_one(Static).update(Content(f"{place}{caption}  ·  {COLOUR_NOTE}{zoom}"))
        others: Keys = (("Space", "next picture"),) if self._view.sight.is_close else (("← →", "other pictures"),)
        self.query_one(KeyBar).show((("Esc", "close"), *(others if several else ()), *looking_keys(self._view.sight)))

    def action_look(self, by: int) -> None:
        self._at = (self._at + by) % len(self._pictures)
        self._show()

    def action_zoom(self, steps: int) -> None:
        self._view.zoom(steps)

    def action_pan(self, right: int, down: int) -> None:
        """Beside what is looked at closely; of a whole picture, left and right are other pictures."""
        if self._view.sight.is_close:
            self._view.pan(right, down)
        elif right:
            self.action_look(right)

    def action_close(self) -> None:
        self.dismiss(self._at)
