"""The one-line things that frame every screen: who, which patient, which keys, and what went wrong."""

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from core.errors import DermlockError

from .wrapping import wrapped

Keys = tuple[tuple[str, str], ...]
"""Pairs of a key as it is written on the keyboard and what it does."""

GAP = "   "
"""Between two keys."""


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
        """Where the line is short, the name of the program goes first, then the place; PRACTICE never goes."""
        width = self.size.width
        practice = "PRACTICE  " if self.app.has_class("-practice") else ""
        room = width - len(practice)
        right = "  ·  ".join(part for part in (self.staff, self.card) if part)
        right = right if len(right) <= room else self.card
        brand = "dermlock  " if len("dermlock  ") + len(self.place) + 2 + len(right) <= room else ""
        place = self.place if len(brand) + len(self.place) + 2 + len(right) <= room else ""
        gap = " " * (room - len(brand) - len(place) - len(right))
        return Content.assemble((practice, "bold $warning"), (brand, "bold $accent"), place, gap, right)


class PatientBar(Widget):
    """The patient, on the reverse of the screen's colours: the line to look at before every answer.

    A long name takes a second line, so that the birth date and the number are never cut.
    """

    DEFAULT_CSS = """
    PatientBar {
        height: auto;
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

    patient: reactive[str] = reactive("", layout=True)

    def watch_patient(self, patient: str) -> None:
        self.set_class(bool(patient), "-named")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        return len(wrapped(self._words, width))

    def render(self) -> RenderResult:
        return Content("\n".join(wrapped(self._words, self.size.width)))

    @property
    def _words(self) -> str:
        return self.patient or "No patient named yet"


class KeyBar(Widget):
    """What every key does that does anything here. It wraps between keys, never within one."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: auto;
        padding: 0 1;
        background: $surface;
        color: $muted;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: Keys = ()

    def show(self, keys: Keys) -> None:
        if keys != self._keys:
            self._keys = keys
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        return max(1, len(self._lines(width)))

    def render(self) -> RenderResult:
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for key, what in self._keys:
            shown = Content.assemble((key, "bold $accent"), f" {what}")
            if lines and lines[-1].cell_length + len(GAP) + shown.cell_length <= width:
                lines[-1] = Content.assemble(lines[-1], GAP, shown)
            else:
                lines.append(shown)
        return lines


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
        &.-plain { border-left: outer $accent; }
    }
    """

    def refuse(self, error: DermlockError) -> None:
        """Shows an error that a person can act on."""
        self._say("! ", "bold $error", error.what, error.hint, "")

    def warn(self, what: str, hint: str) -> None:
        """Shows what is not wrong, and has to be known. Its mark is another, for eyes and screens without colour."""
        self._say("▲ ", "bold $warning", what, hint, "-warning")

    def tell(self, what: str, hint: str = "") -> None:
        """Shows something that went well."""
        self._say("✓ ", "bold $success", what, hint, "-good")

    def mention(self, what: str, hint: str = "") -> None:
        """Shows what is neither good nor bad."""
        self._say("", "bold", what, hint, "-plain")

    @property
    def is_shown(self) -> bool:
        return self.has_class("-shown")

    def clear(self) -> None:
        self.update("")
        self.set_class(False, "-shown")

    def _say(self, mark: str, style: str, what: str, hint: str, kind: str) -> None:
        lines = [Content.assemble((mark, style), (what, "bold"))]
        if hint:
            lines.append(Content(hint))
        self.update(Content("\n").join(lines))
        self.set_classes(f"-shown {kind}".strip())
