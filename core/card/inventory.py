"""Lists every file on a card with its kind and digest, and leaves nothing out.

A bad file never stops the listing: it is named with its reason. A bad card does:
when the card itself is gone, half a list would be taken for the whole.
"""

import errno
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ..clock import Clock, system_clock
from ..errors import CardError, InterruptedByPersonError
from ..photo.facts import PictureFacts
from ..photo.opening import UnreadablePictureError, open_untrusted
from ..photo.quality.judging import PictureQuality
from ..photo.quality.limits import QualityLimits, load_limits
from ..photo.recognising import HEAD_BYTES
from ..progress import Cancellation, NeverCancelled, Progress, Report, unreported
from .card import Card, CardFile, FileKind, Inventory
from .identity import is_present, unreadable_card
from .kinds import kind_of_claimed, kind_of_undecoded, oddity_of_name
from .unfinished import lies_in_unfinished

STAGE = "Reading the card"

REST = timedelta(seconds=2.5)
"""A file whose size and time stay the same that long is at rest (CARD, Finding it). FAT keeps
times to 2 s only."""

DEPTH_LIMIT = 32
"""Folders within folders; DCF needs two. A damaged FAT can contain itself for ever."""

CHUNK = 1 << 20

STILL_WRITTEN = "still being written: read the card again in a few seconds"

UNFINISHED = "an erasure that did not finish; it goes on at the next sign-in with this card in"


@dataclass(frozen=True)
class _Entry:
    """What the walk found under one path. note: why it is not opened, "" for a regular file."""

    path: PurePosixPath
    found: os.stat_result
    note: str = ""
    kind: FileKind = FileKind.UNKNOWN


@dataclass(frozen=True)
class _Content:
    """What is in a file, in CardFile's words."""

    kind: FileKind
    note: str
    facts: PictureFacts | None = None
    quality: PictureQuality | None = None


def take_inventory(
    card: Card,
    *,
    limits: QualityLimits | None = None,
    report: Report = unreported,
    cancellation: Cancellation | None = None,
    clock: Clock = system_clock,
    pause: Callable[[float], None] = time.sleep,
) -> Inventory:
    """Every file of the card, in card order, each read once and decoded when it is a picture.

    Symbolic links and special files are named and never opened; folders that cannot
    be listed are named like a file. Files that were written a moment ago are looked
    at twice, REST apart, which costs that time once for the whole card.

    limits: what the pictures' quality is judged by, None for the shipped ones.
    clock, pause: now, and how to wait that many seconds.
    Raises CardError when the card is gone or cannot be listed at all, and
    InterruptedByPersonError when cancelled; that is asked between files.
    """
    wanted = NeverCancelled() if cancellation is None else cancellation
    limits = limits or load_limits(None)
    entries = sorted(_walk(card), key=lambda entry: os.fsencode(str(entry.path)))
    first_look = clock()
    total_bytes = sum(entry.found.st_size for entry in entries if not entry.note)
    files: list[CardFile] = []
    done_bytes = 0
    for number, entry in enumerate(entries):
        if wanted.is_cancelled:
            raise InterruptedByPersonError(
                "Reading the card was stopped.", "Nothing was changed; read the card again when you are ready."
            )
        report(Progress(STAGE, number, len(entries), done_bytes, total_bytes))
        files.append(_look_at_file(card, entry, limits))
        done_bytes += entry.found.st_size if not entry.note else 0
    files = _second_look(card, files, first_look, clock, pause)
    _require_present(card)
    report(Progress(STAGE, len(entries), len(entries), total_bytes, total_bytes))
    return Inventory(card, tuple(files))


def _walk(card: Card) -> Iterator[_Entry]:
    """Everything below the card's folder that is not a folder itself, and folders that stay closed."""
    waiting = [PurePosixPath()]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(card.mount_point / folder) as listing:
                children = [(PurePosixPath(folder, child.name), child.stat(follow_symlinks=False)) for child in listing]
        except OSError as error:
            _require_present(card)
            if folder == PurePosixPath():
                raise unreadable_card(card.mount_point, error) from error
            yield _closed_folder(card, folder, f"folder that cannot be listed ({error.strerror})")
            continue
        for path, found in children:
            if not stat.S_ISDIR(found.st_mode):
                yield _Entry(path, found, _why_not_opened(found.st_mode))
            elif found.st_dev != card.device_number:
                yield _Entry(path, found, "another volume is mounted here; it is not part of this card")
            elif len(path.parts) > DEPTH_LIMIT:
                yield _closed_folder(card, path, f"folder {DEPTH_LIMIT} levels deep; what is in it was not looked at")
            else:
                waiting.append(path)


def _closed_folder(card: Card, folder: PurePosixPath, note: str) -> _Entry:
    return _Entry(folder, (card.mount_point / folder).lstat(), note, FileKind.UNREADABLE)


def _why_not_opened(mode: int) -> str:
    if stat.S_ISREG(mode):
        return ""
    return "symbolic link, not followed" if stat.S_ISLNK(mode) else "special file, not opened"


def _look_at_file(card: Card, entry: _Entry, limits: QualityLimits) -> CardFile:
    """One file, named whatever is wrong with it. Raises CardError only when the card is gone."""
    seen = CardFile(
        path=entry.path,
        kind=entry.kind,
        size=entry.found.st_size,
        mtime_ns=entry.found.st_mtime_ns,
        inode=entry.found.st_ino,
        sha256="",
        note=entry.note,
    )
    unfinished = lies_in_unfinished(entry.path)
    if entry.note:
        return replace(seen, kind=FileKind.UNFINISHED, note=f"{UNFINISHED}; {entry.note}") if unfinished else seen
    try:
        with _open_regular(card.mount_point / entry.path) as file:
            head, digest, length = _digest(file)
            if unfinished:
                content = _Content(FileKind.UNFINISHED, UNFINISHED)
            else:
                content = _content(seen.path, file, head, length, limits)
            after = os.fstat(file.fileno())
    except OSError as error:
        _require_present(card)
        kind = FileKind.UNFINISHED if unfinished else FileKind.UNREADABLE
        return replace(seen, kind=kind, note=f"cannot be read ({error.strerror})")
    if (after.st_size, after.st_mtime_ns, length) != (seen.size, seen.mtime_ns, seen.size):
        return replace(seen, kind=FileKind.UNFINISHED if unfinished else FileKind.UNREADABLE, note=STILL_WRITTEN)
    return replace(
        seen,
        kind=content.kind,
        inode=after.st_ino,
        sha256=digest,
        note=content.note,
        facts=content.facts,
        quality=content.quality,
    )


def _open_regular(path: Path) -> BinaryIO:
    """The file for reading; never a link's target, never a device. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no longer a regular file", os.fspath(path))
    return os.fdopen(descriptor, "rb")


def _digest(file: BinaryIO) -> tuple[bytes, str, int]:
    """The first HEAD_BYTES, the SHA-256 of all and how many bytes that were, one chunk at a time."""
    sha256 = hashlib.sha256()
    head, length = b"", 0
    while chunk := file.read(CHUNK):
        head = head or chunk[:HEAD_BYTES]
        length += len(chunk)
        sha256.update(chunk)
    return head, sha256.hexdigest(), length


def _content(path: PurePosixPath, file: BinaryIO, head: bytes, size: int, limits: QualityLimits) -> _Content:
    try:
        opened = open_untrusted(file)
    except UnreadablePictureError as error:
        if error.claimed is None:
            return _Content(*kind_of_undecoded(path, head, size))
        return _Content(*kind_of_claimed(path, error.claimed, error.reason, head))
    oddities = [oddity_of_name(path, opened.format), *opened.remarks]
    note = "; ".join(oddity for oddity in oddities if oddity)
    quality = PictureQuality(opened.measured, limits) if opened.measured else None
    return _Content(FileKind[opened.format.name], note, opened.facts, quality)


def _second_look(
    card: Card, files: list[CardFile], first_look: datetime, clock: Clock, pause: Callable[[float], None]
) -> list[CardFile]:
    """Looks again at files written less than REST before the first look, or in its future."""
    young_since = (first_look - REST).timestamp() * 1e9
    young = {file.path for file in files if file.sha256 and file.mtime_ns > young_since}
    if not young:
        return files
    pause(max(0.0, (first_look + REST - clock()).total_seconds()))
    return [_if_at_rest(card, file) if file.path in young else file for file in files]


def _if_at_rest(card: Card, file: CardFile) -> CardFile:
    try:
        now = (card.mount_point / file.path).lstat()
    except OSError:
        _require_present(card)
        now = None
    if now and (now.st_size, now.st_mtime_ns) == (file.size, file.mtime_ns):
        return file
    kind = file.kind if file.kind is FileKind.UNFINISHED else FileKind.UNREADABLE
    return replace(file, kind=kind, sha256="", note=STILL_WRITTEN, facts=None, quality=None)


def _require_present(card: Card) -> None:
    """Raises CardError when the card is gone: what was read of it until then proves nothing."""
    if not is_present(card):
        raise CardError("The card was pulled while it was being read.", "Put it in again; nothing on it was changed.")
