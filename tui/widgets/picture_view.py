"""A picture in the terminal, whole or looked at closely, with what is covered in it.

Colour of a lesion must never be judged here (CLINICAL, Quality): a terminal
shows what it can, and whoever shows a picture says COLOUR_NOTE beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from core.errors import DermlockError
from core.model.picture import CoverBox

from .covering import blackened, framed
from .half_blocks import drawn
from .sight import WHOLE, Part, Sight, Size

if TYPE_CHECKING:
    from core.photo.previews import Preview

COLOUR_NOTE = "Colour is not judged on this screen."

CLOSE = 1600
"""Pixels of the longer side of the copy that is looked at closely: about 6 MB."""

PAN = 0.25
"""Share of what is in sight that one key moves it."""


@dataclass(frozen=True)
class ShownPicture:
    """A picture that can be looked at.

    key: the same key is the same picture. caption: one line under it.
    load: makes a small copy that fits into (width, height) pixels; slow, called in a thread.
    size: its pixels, upright; (0, 0) where nothing is covered in it. covered: in those pixels.
    """

    key: str
    caption: str
    load: "Callable[[int, int], Preview]"
    size: Size = (0, 0)
    covered: tuple[CoverBox, ...] = ()


class PictureView(Widget):
    """Shows one picture as large as it fits, upright, with its proportions kept. Covered parts are black."""

    DEFAULT_CSS = """
    PictureView {
        background: $background;
        color: $muted;
        height: 1fr;
    }
    """

    class Loaded(Message):
        """A small copy is there, or the reason why not."""

        def __init__(self, key: str, size: Size, drawn: "Preview | DermlockError") -> None:
            super().__init__()
            self.key = key
            self.size = size
            self.drawn = drawn

    class Drawn(Message):
        """What can be seen has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: ShownPicture | None = None
        self._asked: tuple[str, int, int] | None = None
        self._fitting: Preview | None = None
        self._close: Preview | None = None
        self._asked_close = ""
        self._sight = Sight()
        self._part = WHOLE
        self._covered: tuple[CoverBox, ...] = ()
        self._frame: CoverBox | None = None
        self._strips: list[Strip] = []
        self._dots_down = 1
        self._words = ""

    @property
    def is_drawn(self) -> bool:
        """Whether the picture that was asked for can be seen."""
        return bool(self._strips)

    @property
    def has_opened(self) -> bool:
        """Whether it can be seen, or it is said why not."""
        return self.is_drawn or self._words not in ("", "Opening…")

    @property
    def sight(self) -> Sight:
        return self._sight

    @property
    def part(self) -> Part:
        """What of the picture is in sight."""
        return self._part

    def show(self, picture: ShownPicture | None) -> None:
        """Shows this picture, never a former one meanwhile; a new one as a whole."""
        same = picture is not None and self._picture is not None and picture.key == self._picture.key
        self._picture = picture
        self._covered = picture.covered if picture else ()
        if same:
            self._draw()
            return
        self._asked, self._asked_close = None, ""
        self._fitting = self._close = self._frame = None
        self._sight = Sight()
        self._strips = []
        self._words = "" if picture is None else "Opening…"
        self.refresh()
        self._ask_for_it()

    def hide(self, words: str) -> None:
        """Shows these words in place of any picture."""
        self.show(None)
        self._words = words
        self.refresh()

    def cover(self, boxes: Sequence[CoverBox], frame: CoverBox | None = None) -> None:
        """Draws these boxes black, and a line around `frame`, which is brought into sight."""
        self._covered, self._frame = tuple(boxes), frame
        if frame is not None:
            self._follow(frame)
        self._draw()

    def zoom(self, steps: int) -> None:
        """Closer, or farther for negative steps; 0 is the whole picture."""
        if self._fitting is not None:
            self._sight = self._sight.zoomed(steps) if steps else Sight()
            if self._frame is not None:
                self._follow(self._frame)
            self._look()

    def pan(self, right: int, down: int) -> None:
        """Moves what is in sight by so many steps."""
        if self._fitting is not None:
            self._sight = self._sight.panned(right * PAN, down * PAN, self._base_size, self._screen)
            self._look()

    @property
    def pixels_a_dot(self) -> tuple[float, float]:
        """How many pixels of the picture, across and down, lie under half a character."""
        if self._fitting is None or self._picture is None or not self._strips:
            return 1.0, 1.0
        width, height = self._picture.size
        return self._part.width * width / self._strips[0].cell_length, self._part.height * height / self._dots_down

    def pixel_at(self, offset: Offset) -> tuple[int, int] | None:
        """The pixel of the picture, upright, under that place of the view; None beside the picture."""
        left, top = self._margins
        x, y = offset.x - left, offset.y - top
        if self._picture is None or not self._strips or not (0 <= y < len(self._strips)):
            return None
        across = self._strips[0].cell_length
        if not 0 <= x < across:
            return None
        width, height = self._picture.size
        share_x = self._part.left + self._part.width * (x + 0.5) / across
        share_y = self._part.top + self._part.height * (2 * y + 1) / self._dots_down
        return min(width - 1, int(share_x * width)), min(height - 1, int(share_y * height))

    def on_resize(self) -> None:
        self._ask_for_it()

    @property
    def _screen(self) -> Size:
        return max(1, self.size.width), max(1, self.size.height * 2)

    @property
    def _base_size(self) -> Size:
        base = self._close or self._fitting
        return (base.width, base.height) if base else (1, 1)

    def _follow(self, frame: CoverBox) -> None:
        """Moves what is in sight so that the frame's middle is in its middle."""
        if self._picture is not None and self._sight.is_close and all(self._picture.size):
            width, height = self._picture.size
            middle = Sight(
                self._sight.zoom, (frame.left + frame.right) / 2 / width, (frame.top + frame.bottom) / 2 / height
            )
            self._sight = middle.panned(0, 0, self._base_size, self._screen)

    def _ask_for_it(self) -> None:
        width, height = self.size.width, self.size.height * 2
        picture = self._picture
        if picture is None or not width or not height or self._asked == (picture.key, width, height):
            return
        self._asked = (picture.key, width, height)
        self._load(picture, width, height, "previews")

    def _load(self, picture: ShownPicture, width: int, height: int, group: str) -> None:
        def load() -> None:
            try:
                copy: Preview | DermlockError = picture.load(width, height)
            except DermlockError as error:
                copy = error
            self.post_message(self.Loaded(picture.key, (width, height), copy))

        self.run_worker(load, thread=True, exclusive=True, group=group, description=f"preview of {picture.key}")

    def on_picture_view_loaded(self, event: Loaded) -> None:
        event.stop()
        if self._picture is not None and (self._asked_close, CLOSE, CLOSE) == (event.key, *event.size):
            if not isinstance(event.drawn, DermlockError):
                self._close = event.drawn
                self._draw()
            return
        if self._asked != (event.key, *event.size):
            return  # overtaken by another picture or another size
        if isinstance(event.drawn, DermlockError):
            self._words = f"{event.drawn.what} {event.drawn.hint}"
            self.refresh()
            self.post_message(self.Drawn())
        else:
            self._fitting = event.drawn
            self._draw()

    def _look(self) -> None:
        """Closely at a larger copy, which is asked for once; until it is there, at the small one."""
        picture = self._picture
        if picture is not None and self._sight.is_close and self._asked_close != picture.key:
            self._asked_close = picture.key
            self._load(picture, CLOSE, CLOSE, "close previews")
        self._draw()

    def _draw(self) -> None:
        copy = self._fitting
        if copy is None:
            return
        self._part = WHOLE
        if self._sight.is_close:
            copy, self._part = self._close_up(self._close or copy)
        if self._picture is not None and self._covered:
            copy = blackened(copy, self._part, self._covered, self._picture.size)
        self._dots_down = copy.height
        self._strips = drawn(copy, self.app.console.color_system)
        if self._picture is not None and self._frame is not None:
            self._strips = framed(self._strips, self._part, self._frame, self._picture.size, copy.height)
        self.refresh()
        self.post_message(self.Drawn())

    def _close_up(self, base: "Preview") -> "tuple[Preview, Part]":
        from core.photo.previews import part_of  # Pillow, which the loading of a picture brought in

        part = self._sight.part((base.width, base.height), self._screen)
        left, top = int(part.left * base.width), int(part.top * base.height)
        right = min(base.width, max(left + 1, round(part.right * base.width)))
        bottom = min(base.height, max(top + 1, round(part.bottom * base.height)))
        shares = Part(left / base.width, top / base.height, right / base.width, bottom / base.height)
        return part_of(base, left, top, right, bottom, self._screen), shares

    @property
    def _margins(self) -> tuple[int, int]:
        """Empty columns and rows before the picture."""
        across = self._strips[0].cell_length if self._strips else 0
        return max(0, (self.size.width - across) // 2), max(0, (self.size.height - len(self._strips)) // 2)

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        blank: Style = self.rich_style
        left, top = self._margins
        if self._strips and top <= y < top + len(self._strips):
            return Strip([Segment(" " * left, blank), *self._strips[y - top]]).adjust_cell_length(width, blank)
        words = "" if self._strips or y != height // 2 else self._words
        return Strip([Segment(words.center(width)[:width], blank)]).adjust_cell_length(width, blank)
