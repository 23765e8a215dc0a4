"""Which step of how many: done, here, still to come."""

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from core.intake.steps import Step


class StepRail(Widget):
    """All names where they fit; on a narrow screen the names make room for the one that counts.

    here: None when every step is done.
    """

    DEFAULT_CSS = """
    StepRail {
        height: 1;
        padding: 0 1;
        color: $muted;
    }
    """

    def __init__(self, steps: tuple[Step, ...], here: Step | None) -> None:
        super().__init__()
        self._steps = steps
        self._here = here

    def render(self) -> RenderResult:
        wide = self._line(spelt_out=True)
        return wide if wide.cell_length <= self.size.width else self._line(spelt_out=False)

    def _line(self, *, spelt_out: bool) -> Content:
        at = len(self._steps) if self._here is None else self._steps.index(self._here)
        lead = f"Step {at + 1} of {len(self._steps)}" if self._here else f"All {len(self._steps)} steps done"
        parts: list[Content | tuple[str, str]] = [Content(lead)]
        for index, step in enumerate(self._steps):
            name = f" {step.value}" if spelt_out or index == at else ""
            mark, style = ("▸", "bold $accent") if index == at else ("✓", "$success") if index < at else ("·", "")
            parts += [Content("  "), (f"{mark}{name}", style)]
        return Content.assemble(*parts)
