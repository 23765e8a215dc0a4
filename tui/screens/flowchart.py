"""The flowchart of the pathway, with the way that the answers took so far, and the guidance behind each box."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from core.pathway.definition import Box
from core.pathway.flowchart.guidance import guidance_of

from ..bridge import CardDesk, CardState
from ..flowchart.chart_view import ChartView
from ..flowchart.wanted import FlowchartWanted
from ..widgets.bars import KeyBar, PatientBar, StationBar
from ..widgets.step_rail import StepRail
from ..work_screen import WorkScreen

if TYPE_CHECKING:  # what shows Markdown is loaded when a flowchart is first wanted
    from textual.widgets import Markdown

RESTS = 0.1
"""Seconds without a step."""

READING = "-reading"
"""The guidance has the screen, or the keys where it stands beside the flowchart."""


class FlowchartScreen(WorkScreen[None]):
    """Looking only: nothing is answered here. Escape leads back to the question that was asked."""

    CSS_PATH = "flowchart.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-wide"), (110, "-broad")]  # noqa: RUF012 - Textual's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", show=False),
        Binding("escape", "back", show=False),
        Binding("f4", "close", show=False),
    ]

    def __init__(self, wanted: FlowchartWanted, desk: CardDesk) -> None:
        super().__init__()
        self._wanted, self._desk = wanted, desk
        self._words: Markdown
        self._shown = ""
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        from textual.widgets import Markdown

        wanted = self._wanted
        self._words = Markdown(open_links=False)
        yield StationBar()
        yield PatientBar()
        if wanted.steps:
            yield StepRail(wanted.steps, wanted.step)
        yield Static(self._legend(), id="flowchart-legend")
        with Horizontal(id="flowchart"):
            yield ChartView(wanted.pathway, wanted.way, wanted.box)
            with VerticalScroll(id="guidance", can_focus=True):
                yield self._words
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place, bar.staff = "Flowchart", self._wanted.staff
        self.query_one(PatientBar).patient = self._wanted.patient
        self._desk.changed.subscribe(self, self._show_card)
        self._show_card(self._desk.state)
        chart = self.query_one(ChartView)
        self.set_focus(chart)
        self._show_keys()

    def _legend(self) -> Content:
        """What the marks mean, in words; and which pathway it is."""
        pathway, way = self._wanted.pathway, self._wanted.way
        said = f"{pathway.name}, version {pathway.version}. "
        if not way.boxes:
            return Content(f"{said}Nothing is answered yet.")
        said += "Double lines and ✓: the way taken"
        if way.open:
            return Content(f"{said} so far; “asked now” is open.")
        if way.chosen is not None:
            return Content(f"{said} by the rules; “chosen” is the route taken against them.")
        return Content(f"{said}.")

    def _show_card(self, state: CardState) -> None:
        self.query_one(StationBar).card = state.in_short

    def _show_keys(self) -> None:
        if self.has_class(READING):
            self.query_one(KeyBar).show((("↑↓", "read on"), ("Esc", "back to the flowchart"), ("F4", "close")))
        else:
            self.query_one(KeyBar).show(
                (("↑↓", "boxes"), ("→", "along an arrow"), ("←", "back"), ("Enter", "guidance"), ("Esc", "close"))
            )

    def on_chart_view_moved(self) -> None:
        """The guidance beside waits until the keys rest: laying it out takes longer than a step."""
        self._show_soon()

    def on_resize(self) -> None:
        self._show_soon()

    def _show_soon(self) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(RESTS, self._show_beside)

    def _show_beside(self) -> None:
        if self.query_one("#guidance").display:
            self._show(self.query_one(ChartView).box)

    def on_chart_view_opened(self, event: ChartView.Opened) -> None:
        self._open(event.box)

    def action_open(self) -> None:
        self._open(self.query_one(ChartView).box)

    def _open(self, box: Box) -> None:
        self._show(box)
        self.set_class(True, READING)
        self.set_focus(self.query_one("#guidance"))
        self._show_keys()

    def _show(self, box: Box) -> None:
        if box.id != self._shown:
            self._shown = box.id
            self._words.update(guidance_of(self._wanted.pathway, box))
            self.query_one("#guidance", VerticalScroll).scroll_home(animate=False)

    def action_back(self) -> None:
        if not self.has_class(READING):
            self.dismiss(None)
            return
        self.set_class(False, READING)
        self.set_focus(self.query_one(ChartView))
        self._show_keys()

    def action_close(self) -> None:
        self.dismiss(None)
