"""Asking for the flowchart: a screen says what is to be shown, and the app puts it up over it at once.

No message carries this: keys that are pressed on the heels of the one that opens it
would answer the question below.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from core.intake.steps import Step
from core.pathway.definition import Pathway
from core.pathway.flowchart.way import Way


@dataclass(frozen=True)
class FlowchartWanted:
    """way: what was answered so far took it. box: id of the one to begin at. The rest is what every screen shows."""

    pathway: Pathway
    way: Way
    box: str
    staff: str
    patient: str = ""
    steps: tuple[Step, ...] = ()
    step: Step | None = None


@runtime_checkable
class ShowsFlowcharts(Protocol):
    """What the app can do for a screen."""

    def show_flowchart(self, wanted: FlowchartWanted) -> None: ...
