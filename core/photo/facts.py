"""What a picture says of itself. It is untrusted: shown and warned about, never believed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PictureFacts:
    """What the file says of itself; untrusted, shown and warned about, never believed.

    width, height: pixels as stored, before orientation. orientation: EXIF 1 to 8,
    1 where it is absent or nonsense.
    taken_at: EXIF text "YYYY:MM:DD HH:MM:SS" as it stands there, or "".
    has_place: a position is in it, in EXIF or in XMP. owner, serial: "" when absent.
    Every text is one line of printable characters, at most TEXT_LIMIT of them.
    """

    width: int
    height: int
    orientation: int = 1
    taken_at: str = ""
    make: str = ""
    model: str = ""
    has_place: bool = False
    owner: str = ""
    serial: str = ""

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height as the picture is looked at."""
        return (self.height, self.width) if self.orientation in LYING else (self.width, self.height)


LYING = (5, 6, 7, 8)
"""The EXIF orientations whose picture is stored on its side."""


TEXT_LIMIT = 120
"""Characters of an EXIF text that are kept; a camera's longest model name has about 40."""


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
