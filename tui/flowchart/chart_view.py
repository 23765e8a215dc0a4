"""The flowchart on a screen: one is always somewhere in it, and the arrow keys go along its arrows."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from core.pathway.definition import Box, Pathway
from core.pathway.flowchart.way import Way

from .drawing import Drawing, Part, Spot, beside, draw, target_of

LEAST_WIDTH = 36
"""Cells. A narrower drawing could not be read."""

_DEFAULT_WIDTH = 78


class ChartView(ScrollView, can_focus=True, inherit_bindings=False):
    """Up and down go from box to box, right along an arrow, left back to where one came from.

    What opens a box by a key is the screen's: keys that follow are then for what was opened.
    """

    DEFAULT_CSS = """
    ChartView {
        height: 1fr;
        overflow-x: hidden;
        background: $background;
        scrollbar-size-vertical: 1;
        & > .chart--frame { color: $muted; background: $background; }
        & > .chart--title { color: $foreground; background: $background; text-style: bold; }
        & > .chart--label { color: $muted; background: $background; }
        & > .chart--target { color: $foreground; background: $background; }
        & > .chart--taken { color: $accent; background: $background; text-style: bold; }
        & > .chart--here { color: $on-chosen; background: $chosen; text-style: bold; }
        & > .chart--heading { color: $foreground; background: $background; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"chart--{part.value}" for part in Part}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", show=False),
        Binding("down", "go(1)", show=False),
        Binding("pageup", "go(-3)", show=False),
        Binding("pagedown", "go(3)", show=False),
        Binding("home", "go(-99)", show=False),
        Binding("end", "go(99)", show=False),
        Binding("right", "along", show=False),
        Binding("left", "back", show=False),
    ]

    class Moved(Message):
        """One is at another box, or at an arrow to one."""

    class Opened(Message):
        """A box was clicked where one was already: its guidance is wanted."""

        def __init__(self, box: Box) -> None:
            super().__init__()
            self.box = box

    def __init__(self, pathway: Pathway, way: Way, at: str) -> None:
        """at: id of the box to begin at."""
        super().__init__()
        self._pathway, self._way = pathway, way
        self._here = Spot(at)
        self._from: list[Spot] = []
        self._drawing = Drawing((), {})

    @property
    def box(self) -> Box:
        """The box where one is, or that the arrow leads to where one is."""
        return target_of(self._pathway, self._here)

    def on_resize(self) -> None:
        self._draw()

    def action_go(self, by: int) -> None:
        """From box to box; along the arrows of one box while one is at them."""
        self._from.clear()
        box = self._pathway.box(self._here.box)
        arrows = [Spot(box.id, at) for at in beside(self._pathway, box)]
        boxes = [Spot(each.id) for each in self._pathway.boxes]
        among = boxes
        if self._here.lead is not None:
            among = [Spot(box.id), *arrows, *boxes[boxes.index(Spot(box.id)) + 1 :][:1]]
        at = among.index(self._here) + by
        self._stand_at(among[min(len(among) - 1, max(0, at))])

    def action_along(self) -> None:
        """From a box to its first arrow, from an arrow to the box that it leads to."""
        box = self._pathway.box(self._here.box)
        if self._here.lead is not None:
            self._go_to(Spot(self.box.id))
        elif arrows := beside(self._pathway, box):
            self._go_to(Spot(box.id, arrows[0]))

    def action_back(self) -> None:
        """To where one came from along an arrow; from an arrow to its box."""
        if self._from:
            self._stand_at(self._from.pop())
        elif self._here.lead is not None:
            self._stand_at(Spot(self._here.box))

    def on_click(self, event: events.Click) -> None:
        """To what was clicked; a second click there opens it."""
        row = event.y + self.scroll_offset.y
        meant = [spot for spot, (begun, end) in self._drawing.rows.items() if begun <= row < end]
        arrows = [spot for spot in meant if spot.lead is not None and event.x >= self._drawing.beside]
        spot = next(iter([*arrows, *(each for each in meant if each.lead is None)]), None)
        if spot == self._here:
            self.post_message(self.Opened(self.box))
        elif spot is not None:
            self._from.clear()
            self._stand_at(spot)

    def _go_to(self, spot: Spot) -> None:
        self._from.append(self._here)
        self._stand_at(spot)

    def _stand_at(self, spot: Spot) -> None:
        self._here = spot
        self._draw()
        self.post_message(self.Moved())

    def _draw(self) -> None:
        width = max(LEAST_WIDTH, (self.size.width or _DEFAULT_WIDTH) - 1)  # the last column is the scrollbar's
        self._drawing = draw(self._pathway, self._way, width, self._here)
        self.virtual_size = Size(self.size.width - 1, len(self._drawing.lines))
        begun, end = self._drawing.rows[self._here]
        around = Region(0, max(0, begun - 1), 1, end - begun + 2)
        self.scroll_to_region(around, animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, number = self.size.width, y + self.scroll_offset.y
        blank = self.get_component_rich_style("chart--title")
        if number >= len(self._drawing.lines):
            return Strip.blank(width, blank)
        pieces = [Segment(text, self._style(part)) for text, part in self._drawing.lines[number]]
        return Strip(pieces).adjust_cell_length(width, blank)

    def _style(self, part: Part) -> Style:
        return self.get_component_rich_style(f"chart--{part.value}")
