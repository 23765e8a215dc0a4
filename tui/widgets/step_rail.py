"""Which step of how many: done, here, still to come."""

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from core.intake.steps import Step


class StepRail(Widget):
    """All names where they fit; on a narrow screen the names make room for the one that counts."""

    DEFAULT_CSS = """
    StepRail {
        height: 1;
        padding: 0 1;
        color: $muted;
    }
    """

    def __init__(self, steps: tuple[Step, ...], here: Step) -> None:
        super().__init__()
        self._steps = steps
        self._here = here

    def render(self) -> RenderResult:
        at = self._steps.index(self._here)
        wide = self._line(at, spelt_out=True)
        return wide if wide.cell_length <= self.size.width else self._line(at, spelt_out=False)

    def _line(self, at: int, *, spelt_out: bool) -> Content:
        parts: list[Content | tuple[str, str]] = [Content(f"Step {at + 1} of {len(self._steps)}  ")]
        for index, step in enumerate(self._steps):
            if index == at:
                parts.append((f"▸ {step.value}", "bold $accent"))
            elif index < at:
                parts.append(("✓" + (f" {step.value}" if spelt_out else ""), "$success"))
            else:
                parts.append(Content("·" + (f" {step.value}" if spelt_out else "")))
            parts.append(Content("  "))
        return Content.assemble(*parts[:-1])
