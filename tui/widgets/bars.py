"""The one-line things that frame every screen: who, which patient, which keys, and what went wrong."""

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from core.errors import DermlockError

Keys = tuple[tuple[str, str], ...]
"""Pairs of a key as it is written on the keyboard and what it does."""


class StationBar(Widget):
    """Where one is on the left, who is signed in and the card on the right."""

    DEFAULT_CSS = """
    StationBar {
        height: 1;
        padding: 0 1;
        background: $surface;
        color: $foreground;
    }
    """

    place: reactive[str] = reactive("")
    staff: reactive[str] = reactive("")
    card: reactive[str] = reactive("")

    def render(self) -> RenderResult:
        width = self.size.width
        right = "  ·  ".join(part for part in (self.staff, self.card) if part)
        place = self.place[: max(0, width - len("dermlock  ") - len(right) - 2)]
        gap = " " * max(2, width - len("dermlock  ") - len(place) - len(right))
        return Content.assemble(("dermlock", "bold $accent"), "  ", place, gap, right)


class PatientBar(Widget):
    """The patient, on the reverse of the screen's colours: the line to look at before every answer."""

    DEFAULT_CSS = """
    PatientBar {
        height: 1;
        padding: 0 1;
        background: $surface;
        color: $muted;
        &.-named {
            background: $patient;
            color: $on-patient;
            text-style: bold;
        }
    }
    """

    patient: reactive[str] = reactive("")

    def watch_patient(self, patient: str) -> None:
        self.set_class(bool(patient), "-named")

    def render(self) -> RenderResult:
        return Content(self.patient or "No patient named yet")


class KeyBar(Static):
    """What every key does that does anything here. It wraps between keys, never within one."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: auto;
        max-height: 3;
        padding: 0 1;
        background: $surface;
        color: $muted;
    }
    """

    def show(self, keys: Keys) -> None:
        parts: list[Content | tuple[str, str]] = []
        for key, what in keys:
            parts += [(key.replace(" ", "\N{NO-BREAK SPACE}"), "bold $accent")]
            parts += [Content(f"\N{NO-BREAK SPACE}{what.replace(' ', chr(0xA0))}"), Content("   ")]
        self.update(Content.assemble(*parts[:-1]))


class Note(Static):
    """What happened and what to do about it, in place. Empty means that nothing happened."""

    DEFAULT_CSS = """
    Note {
        display: none;
        height: auto;
        padding: 0 1;
        border-left: outer $error;
        background: $surface;
        &.-shown { display: block; }
        &.-good { border-left: outer $success; }
        &.-warning { border-left: outer $warning; }
    }
    """

    def refuse(self, error: DermlockError) -> None:
        """Shows an error that a person can act on."""
        self._say("! ", "bold $error", error.what, error.hint, "")

    def warn(self, what: str, hint: str) -> None:
        self._say("! ", "bold $warning", what, hint, "-warning")

    def tell(self, what: str, hint: str = "") -> None:
        """Shows something that went well."""
        self._say("✓ ", "bold $success", what, hint, "-good")

    def clear(self) -> None:
        self.update("")
        self.set_class(False, "-shown")

    def _say(self, mark: str, style: str, what: str, hint: str, kind: str) -> None:
        lines = [Content.assemble((mark, style), (what, "bold"))]
        if hint:
            lines.append(Content(hint))
        self.update(Content("\n").join(lines))
        self.set_classes(f"-shown {kind}".strip())
