"""One picture as large as the screen allows, below whose it is."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from ..widgets.bars import KeyBar, Keys
from ..widgets.picture_view import PictureView, ShownPicture
from .frame import DialogFrame

COLOUR_NOTE = "Colour is not judged on this screen."


class PictureDialog(ModalScreen[int]):
    """Ends with the number of the picture that was looked at last, counted from 0."""

    DEFAULT_CSS = """
    PictureDialog {
        background: transparent;
        & Static { height: auto; padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,f2", "close", show=False),
        Binding("right,f3,space", "look(1)", show=False),
        Binding("left", "look(-1)", show=False),
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
        more: Keys = (("← →", "other pictures"),) if len(self._pictures) > 1 else ()
        self.query_one(KeyBar).show((("Esc", "close"), *more))
        self._show()

    def _show(self) -> None:
        picture = self._pictures[self._at]
        place = f"{self._at + 1} of {len(self._pictures)}  " if len(self._pictures) > 1 else ""
        self.query_one(Static).update(Content(f"{place}{picture.caption}  ·  {COLOUR_NOTE}"))
        self.query_one(PictureView).show(picture)

    def action_look(self, by: int) -> None:
        self._at = (self._at + by) % len(self._pictures)
        self._show()

    def action_close(self) -> None:
        self.dismiss(self._at)
