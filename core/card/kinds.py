"""Says what a file is that does not decode as a picture: by its content, else by its name.

Nothing on a card is skipped: a file that nobody needs is still named, because
whatever is left on the card decides whether it may be called clean.
"""

from pathlib import PurePosixPath

from ..photo.recognising import TIFF_MARKS, PictureFormat
from .card import FileKind

SEALED_FORMATS = "this version seals JPEG, MPO, PNG and TIFF"

# fmt: off
RAW_EXTENSIONS = frozenset({
    "3fr", "arw", "cr2", "cr3", "crw", "dcr", "dcs", "dng", "erf", "fff", "iiq", "k25", "kdc", "mef", "mos", "mrw",
    "nef", "nrw", "orf", "pef", "ptx", "raf", "raw", "rw2", "rwl", "sr2", "srf", "srw", "x3f",
})
PICTURE_EXTENSIONS = frozenset({
    "jpg", "jpeg", "jpe", "jfif", "mpo", "png", "apng", "tif", "tiff", "heic", "heif", "hif", "avif", "webp", "gif",
    "bmp", "jp2", "j2k", "jxl", "psd",
})
MOVIE_EXTENSIONS = frozenset({
    "3gp", "3g2", "avi", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts", "webm", "wmv", "lrv",
})
# fmt: on

SIDE_EXTENSIONS = {
    "thm": "small picture of a movie",
    "ctg": "the camera's catalogue",
    "xmp": "edits and notes that belong to a picture",
    "aae": "edits that belong to a picture",
    "mrk": "print order",
    "ind": "the camera's index",
    "bdm": "the camera's movie index",
    "cpi": "the camera's movie index",
    "mpl": "the camera's movie index",
}

CLUTTER_NAMES = {
    "desktop.ini": "left by Windows",
    "autorun.inf": "left by Windows",
    ".nomedia": "left by a phone",
    ".metadata_never_index": "left by a Mac",
}

CLUTTER_FOLDERS = {
    "system volume information": "left by Windows",
    ".temporaryitems": "left by a Mac",
}

KEEPSAKE_NAMES = {
    "thumbs.db": "Windows' store of small pictures, which may show those of this card",
    "ehthumbs.db": "Windows' store of small pictures, which may show those of this card",
    ".ds_store": "left by a Mac; may hold the names of files that were here",
}
"""What a computer or a phone keeps of a card's pictures. Unless it is empty, a card with it is not clean."""

KEEPSAKE_FOLDERS = {
    "$recycle.bin": "from the recycle bin of a Windows computer",
    "recycler": "from the recycle bin of a Windows computer",
    ".spotlight-v100": "a Mac's index; may hold names and words of files that were here",
    ".trashes": "from the trash of a Mac",
    ".fseventsd": "a Mac's log; may hold the names of files that were here",
    ".documentrevisions-v100": "a Mac's store of earlier versions of files",
    ".thumbnails": "a phone's store of small pictures, which may show those of this card",
    "lost.dir": "what a phone found on the card after a fault",
}

APPLE_DOUBLE = b"\x00\x05\x16\x07"

_MOVIE_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
"""Boxes that an old QuickTime movie may begin with, before ftyp was invented."""

_MOVIE_MARKS = (
    (0, b"\x1a\x45\xdf\xa3"),  # Matroska, WebM
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),  # ASF, WMV
    (0, b"\x00\x00\x01\xba"),  # MPEG program stream
    (0, b"\x00\x00\x01\xb3"),  # MPEG video
)


def kind_of_undecoded(path: PurePosixPath, head: bytes, size: int) -> tuple[FileKind, str]:
    """Kind and note of a file whose first bytes `head` are no picture's.

    path: as on the card. head: the first HEAD_BYTES. size: of the whole file.
    """
    extension = extension_of(path)
    if _is_movie(head):
        return FileKind.MOVIE, "movie: " + SEALED_FORMATS
    if _is_sound(head):
        return FileKind.UNKNOWN, "sound recording: somebody may be heard on it"
    if path.name.startswith("._") or head.startswith(APPLE_DOUBLE):
        return FileKind.SIDE_FILE, "what a Mac keeps beside a file; may hold a small copy of the picture"
    origin = origin_of(path)
    if origin:
        return FileKind.SIDE_FILE if size and is_keepsake(path) else FileKind.CLUTTER, origin
    if extension in SIDE_EXTENSIONS:
        return FileKind.SIDE_FILE, SIDE_EXTENSIONS[extension] + (", empty" if not size else "")
    if extension == "dsc":
        return FileKind.CLUTTER, "left by the camera"
    if extension in PICTURE_EXTENSIONS | RAW_EXTENSIONS:
        return FileKind.UNREADABLE, f"named as a picture, but {_describe(head, size)}"
    if extension in MOVIE_EXTENSIONS:
        return FileKind.UNREADABLE, f"named as a movie, but {_describe(head, size)}"
    return FileKind.UNKNOWN, f"not a kind of file that is known: {_describe(head, size)}"


def kind_of_claimed(path: PurePosixPath, claimed: PictureFormat, reason: str, head: bytes) -> tuple[FileKind, str]:
    """Kind and note of a file that begins like a picture but was not decoded, for `reason`."""
    if claimed is PictureFormat.HEIC:
        return FileKind.HEIC, f"HEIC picture: {SEALED_FORMATS}"
    if claimed is PictureFormat.RAW or (claimed is PictureFormat.TIFF and _is_raw_in_tiff(path, head)):
        return FileKind.RAW, f"RAW picture: {SEALED_FORMATS}"
    if claimed.decoded:
        return FileKind.UNREADABLE, f"begins as a {claimed.value}, but {reason}"
    return FileKind.OTHER_PICTURE, f"{claimed.value} picture: {SEALED_FORMATS}"


def oddity_of_name(path: PurePosixPath, found: PictureFormat) -> str:
    """What is worth knowing when a picture's name says something else than its content; "" if nothing."""
    extension = extension_of(path)
    origin = origin_of(path)
    if origin:
        return origin
    if found is PictureFormat.TIFF and extension in RAW_EXTENSIONS:
        return "RAW file; what is shown is the picture inside it"
    if extension in SIDE_EXTENSIONS:
        return SIDE_EXTENSIONS[extension]
    usual = _USUAL_EXTENSIONS[found]
    return "" if extension in usual else f"its name does not say so, but it is a {found.value}"


_USUAL_EXTENSIONS = {
    PictureFormat.JPEG: frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    PictureFormat.MPO: frozenset({"mpo", "jpg", "jpeg"}),
    PictureFormat.PNG: frozenset({"png", "apng"}),
    PictureFormat.TIFF: frozenset({"tif", "tiff"}),
}


def origin_of(path: PurePosixPath) -> str:
    """Which computer or phone left it, by its name or its folder's; "" when none did."""
    for folder in path.parts[:-1]:
        name = folder.lower()
        if name.startswith(_LINUX_TRASH):
            return "from the trash of a Linux computer"
        found = KEEPSAKE_FOLDERS.get(name) or CLUTTER_FOLDERS.get(name)
        if found:
            return found
    name = path.name.lower()
    return KEEPSAKE_NAMES.get(name) or CLUTTER_NAMES.get(name, "")


def is_keepsake(path: PurePosixPath) -> bool:
    """Whether what a computer or a phone left there may be of a picture: a copy, a name, a part of it."""
    folders = (folder.lower() for folder in path.parts[:-1])
    return path.name.lower() in KEEPSAKE_NAMES or any(
        folder in KEEPSAKE_FOLDERS or folder.startswith(_LINUX_TRASH) for folder in folders
    )


_LINUX_TRASH = ".trash-"


def extension_of(path: PurePosixPath) -> str:
    """What follows the last dot, in lower case; "" for a name without one and for dot files."""
    return path.suffix[1:].lower()


def _is_raw_in_tiff(path: PurePosixPath, head: bytes) -> bool:
    """Most RAW formats are TIFFs that Pillow cannot decode; CR2 says so at its eighth byte."""
    return extension_of(path) in RAW_EXTENSIONS or (head[:4] in TIFF_MARKS and head[8:10] == b"CR")


def _is_movie(head: bytes) -> bool:
    if head[4:8] == b"ftyp" or head[4:8] in _MOVIE_BOXES:
        return True
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return True
    if any(head[at : at + len(mark)] == mark for at, mark in _MOVIE_MARKS):
        return True
    # MPEG transport stream: packets of 188 bytes, or 192 with a time code on AVCHD cards
    return any(head[at : at + 1] == head[at + step : at + step + 1] == b"G" for at, step in ((0, 188), (4, 192)))


def _is_sound(head: bytes) -> bool:
    return (head[:4] == b"RIFF" and head[8:12] == b"WAVE") or head[:3] == b"ID3" or head[:4] == b"OggS"


def _describe(head: bytes, size: int) -> str:
    """What the first bytes look like to somebody who opens them."""
    if not size:
        return "it is empty"
    if not any(head):
        return "it begins with nothing but zeros"
    if all(byte >= 32 or byte in b"\t\n\r" for byte in head):
        return "it holds text"
    return "its content is nothing that is known"
