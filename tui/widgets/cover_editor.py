"""Covering parts of a picture with the keyboard or the mouse: a frame is placed, added, and the next begun."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from core.model.picture import CoverBox

from .bars import Keys
from .captioned_picture import CaptionedPicture
from .covering import CoverDraft
from .sight import Size

STEP = 2
"""Half characters that one key moves: a line down, two columns across."""


class CoverEditor(Widget, can_focus=True):
    """Says what is covered and takes the keys; the picture itself is drawn by the view it was given.

    One key moves the frame by what can be told apart on the screen, so that it goes finer the closer one looks.
    """

    DEFAULT_CSS = """
    CoverEditor {
        height: auto;
        layout: vertical;
        & > Static { height: auto; padding: 0 1; }
        & > #cover-question { text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1, 0)", show=False),
        Binding("right", "move(1, 0)", show=False),
        Binding("up", "move(0, -1)", show=False),
        Binding("down", "move(0, 1)", show=False),
        Binding("shift+left,a", "size(-1, 0)", show=False),
        Binding("shift+right,d", "size(1, 0)", show=False),
        Binding("shift+up,w", "size(0, -1)", show=False),
        Binding("shift+down,s", "size(0, 1)", show=False),
        Binding("enter,ctrl+j", "enter", show=False),
        Binding("n,N", "another", show=False),
        Binding("backspace,delete", "take_away", show=False),
    ]

    class Changed(Message):
        """The frame or the boxes are others now."""

    class Finished(Message):
        """The boxes are meant as they stand."""

        def __init__(self, boxes: tuple[CoverBox, ...]) -> None:
            super().__init__()
            self.boxes = boxes

    def __init__(self, picture: CaptionedPicture) -> None:
        super().__init__()
        self._picture = picture
        self._draft = CoverDraft((1, 1))
        self._corner: tuple[int, int] | None = None
        self._finished = False

    def compose(self) -> ComposeResult:
        yield Static(id="cover-question")
        yield Static(id="cover-state")

    @property
    def draft(self) -> CoverDraft:
        return self._draft

    @property
    def keys(self) -> Keys:
        boxes = len(self._draft.boxes)
        last: Keys = (("Backspace", "remove the last"),) if boxes else ()
        if self._draft.frame is None:
            another: Keys = () if self._draft.is_full else (("N", "another box"),)
            done: Keys = (("Enter", f"done, {boxes} covered"),) if boxes else ()
            return (*done, *another, *last)
        return (
            ("← ↑ ↓ →", "move"),
            ("Shift+arrows or W A S D", "size"),
            ("Enter", "cover this"),
            ("Backspace", "drop this"),
        )

    def ask(self, text: str, size: Size, boxes: tuple[CoverBox, ...], frame: CoverBox | None) -> None:
        """boxes, frame: as they were left before; without any, a frame is begun."""
        self._finished = False
        self._corner = None
        self.query_one("#cover-question", Static).update(Content(text))
        self._take(CoverDraft(size, boxes, frame))
        if not boxes and frame is None:
            self.action_another()
        self.focus(scroll_visible=False)

    def release(self) -> None:
        """The boxes were not taken: keys change them again."""
        self._finished = False

    def _take(self, draft: CoverDraft) -> None:
        self._draft = draft
        self._picture.view.cover(draft.boxes, draft.frame)
        self.query_one("#cover-state", Static).update(Content(self._state))
        self.post_message(self.Changed())

    @property
    def _state(self) -> str:
        boxes = len(self._draft.boxes)
        covered = f"{boxes} covered, black in the picture" if boxes else "nothing covered yet"
        box = self._draft.frame
        here = f"Box {boxes + 1}: {box.right - box.left} x {box.bottom - box.top} pixels. " if box else ""
        full = "No further box can be added. " if self._draft.is_full else ""
        return f"{here}{full}Never the lesion itself. {covered[0].upper()}{covered[1:]}."

    def action_move(self, right: int, down: int) -> None:
        """An arrow after a box was added begins the next one."""
        if self._finished:
            return
        if self._draft.frame is None:
            self.action_another()
        else:
            self._take(self._draft.moved(*self._pixels(right, down)))

    def action_size(self, wider: int, taller: int) -> None:
        if not self._finished:
            self._take(self._draft.sized(*self._pixels(wider, taller)))

    def action_enter(self) -> None:
        """Covers what is framed; where nothing is, that was all."""
        if self._finished:
            return
        if self._draft.frame is not None:
            self._take(self._draft.added())
        elif self._draft.boxes:
            self._finished = True
            self.post_message(self.Finished(self._draft.boxes))
        else:
            self.action_another()

    def action_another(self) -> None:
        if not self._finished and not self._draft.is_full and self._draft.frame is None:
            self._take(self._draft.begun(self._picture.view.part))

    def action_take_away(self) -> None:
        if not self._finished:
            self._take(self._draft.without_last())

    def _pixels(self, right: int, down: int) -> tuple[int, int]:
        across, along = self._picture.view.pixels_a_dot
        return right * max(1, round(STEP * across)), down * max(1, round(STEP * along))

    def drag(self, event: events.MouseEvent, at: Offset) -> None:
        """A frame from where the button went down to where the mouse is. at: in the view."""
        pixel = self._picture.view.pixel_at(at)
        if self._finished or pixel is None:
            return
        if isinstance(event, events.MouseDown):
            if not self._draft.is_full:
                self._corner = pixel
        elif isinstance(event, events.MouseUp):
            self._corner = None
        elif self._corner is not None:
            (left, right), (top, bottom) = (sorted(pair) for pair in zip(self._corner, pixel, strict=True))
            self._take(self._draft.framed(left, top, right + 1, bottom + 1))
