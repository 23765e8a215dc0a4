"""The real photographs and what is known of each, from the manifest that lies beside them."""

import csv
from dataclasses import dataclass
from pathlib import Path

from core.photo.opening import UnreadablePictureError, open_untrusted
from core.photo.recognising import PictureFormat


@dataclass(frozen=True)
class Photograph:
    """One file. said: its row of the manifest. format: None when this version does not decode it."""

    path: Path
    name: str
    said: dict[str, str]
    format: PictureFormat | None

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()


def photographs(shared: Path) -> list[Photograph]:
    """Every file of the manifest, in its order."""
    folder = shared / "photos"
    with (folder / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Photograph(folder / row["file"], row["file"], row, _format(folder / row["file"])) for row in rows]


def _format(path: Path) -> PictureFormat | None:
    try:
        with path.open("rb") as file:
            return open_untrusted(file).format
    except UnreadablePictureError:
        return None
