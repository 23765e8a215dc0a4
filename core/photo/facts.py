"""What a picture says of itself. It is untrusted: shown and warned about, never believed."""

from dataclasses import dataclass
from enum import Enum


class TraceKind(Enum):
    """What of somebody a picture can give away without being looked at (CLINICAL, Identifiability)."""

    POSITION = "position"  # latitude and longitude in degrees, "51.86420,-2.23820"
    PLACE_NAME = "place name"  # town, country or address in words
    OWNER = "owner"  # of the camera
    AUTHOR = "author"  # who took it, edited it or wrote its caption
    RIGHTS = "rights"  # who holds the copyright, as it is written there
    PERSON = "person"  # who is in it, as a programme that marks faces or an agency named them
    SERIAL = "serial"  # of the camera
    LENS_SERIAL = "lens serial"
    COMPUTER = "computer"  # the computer or phone it was on, by its name
    WORDS = "words"  # a title, caption, comment or keywords; people write patients' names there


@dataclass(frozen=True)
class Trace:
    """One thing that gives somebody away, and what it says: one untrusted printable line, never empty.

    This is the seam for findings by software. The reader of metadata (traces/) fills it;
    whatever looks at the pixels (the optional extra `faces`) adds kinds and traces of its
    own, and what is shown and kept of them is decided in one place, identifiability.findings.
    """

    kind: TraceKind
    text: str


@dataclass(frozen=True)
class PictureFacts:
    """What the file says of itself; untrusted, shown and warned about, never believed.

    width, height: pixels as stored, before orientation. orientation: EXIF 1 to 8,
    1 where it is absent or nonsense.
    taken_at: EXIF text "YYYY:MM:DD HH:MM:SS" as it stands there, or "".
    traces: everything in the file that gives somebody away, in no particular order, none twice.
    Every text is one line of printable characters, at most TEXT_LIMIT of them.
    """

    width: int
    height: int
    orientation: int = 1
    taken_at: str = ""
    make: str = ""
    model: str = ""
    traces: tuple[Trace, ...] = ()

    @property
    def has_place(self) -> bool:
        """Whether a position is in the file, wherever in it; place names are none."""
        return any(trace.kind is TraceKind.POSITION for trace in self.traces)

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height as the picture is looked at."""
        return (self.height, self.width) if self.orientation in LYING else (self.width, self.height)


LYING = (5, 6, 7, 8)
"""The EXIF orientations whose picture is stored on its side."""


TEXT_LIMIT = 120
"""Characters of a text that are kept; a camera's longest model name has about 40."""


def untrusted_text(value: object) -> str:
    """An EXIF value as one printable line: what a terminal could take as a command is gone.

    Bytes and text that stop at a NUL are cut there, as EXIF's ASCII type is. What
    is no text gives "".
    """
    if isinstance(value, tuple) and value:
        value = value[0]
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    line = " ".join(value.partition("\0")[0].split())
    return "".join(char for char in line if char.isprintable())[:TEXT_LIMIT].strip()
