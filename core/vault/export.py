"""Pictures that leave the vault in the clear: asked for, audited first, never over another file.

The one way out in this version. What was written is no longer protected by
dermlock; whoever asks is told so (VAULT, Keys: an audited, warned export).

What leaves is what may be seen outside: copies without metadata, and of a picture with
something covered its covered copy alone (CLINICAL, Identifiability). The originals,
byte for byte, leave only where they are asked for by that name.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..audit.events import EventKind
from ..card.holding import card_holding
from ..errors import RuleRefusedError, VaultError, WrongUseError
from ..photo.derivative.bare_copy import bare_copy
from ..photo.recognising import PictureFormat
from ..records.episode import Episode, StoredImage
from .vault import Vault

SUFFIXES = {"JPEG picture": ".jpg", "MPO picture": ".mpo", "PNG picture": ".png", "TIFF picture": ".tif"}
"""By StoredImage.kind; what is not listed gets no suffix."""


_COPY_SUFFIXES = {PictureFormat.JPEG: ".jpg", PictureFormat.PNG: ".png"}


@dataclass(frozen=True)
class Exported:
    """One picture that left. file: where it lies now. sha256: of the file.

    remark: why a JPEG or a PNG was not kept as one is, as a clause; "" when there is nothing to say.
    """

    image: StoredImage
    file: Path
    sha256: str
    remark: str = ""


def export_pictures(
    vault: Vault, episode: Episode, folder: Path, *, vault_folder: Path, originals: bool = False
) -> tuple[Exported, ...]:
    """Writes the pictures of the episode into `folder`, and returns what was written where.

    Each is a copy with the same pixels and no metadata; a picture that has a covered copy
    leaves as that alone. originals: every picture instead, byte for byte as it was on the
    card, with all that its metadata say and all that was covered.

    Names are neutral: the episode's first eight characters and the picture's number in it.
    The folder is made when it is missing; files are readable by their owner alone.
    Raises RuleRefusedError after consent for care was withdrawn, and for a folder inside
    the vault or on a card; WrongUseError for a file that is there already or a folder that
    cannot be written, VaultError when a picture is not as it was sealed. A picture that
    fails leaves no file.
    """
    _refuse_withdrawn(episode)
    _refuse_unfit(folder, vault_folder)
    covered = {image.covered_copy_of for image in episode.content.images}
    wanted = tuple(
        (image, folder / f"{episode.id[:8]}-{number:02d}{'-covered' if image.covered_copy_of else ''}")
        for number, image in enumerate(episode.content.images, start=1)
        if originals or image.id not in covered
    )
    for image, stem in wanted:
        for suffix in {SUFFIXES.get(image.kind, "")} if originals else _COPY_SUFFIXES.values():
            _refuse_taken(stem.with_name(stem.name + suffix))
    vault.audit.record(
        EventKind.PICTURES_EXPORTED,
        subjects=(episode.id, *(image.id for image, _ in wanted)),
        counts={"pictures": len(wanted), **({"originals": len(wanted)} if originals else {})},
    )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    export = _export_original if originals else _export_copy
    return tuple(export(vault, episode, image, stem) for image, stem in wanted)


def _export_original(vault: Vault, episode: Episode, image: StoredImage, stem: Path) -> Exported:
    file = stem.with_name(stem.name + SUFFIXES.get(image.kind, ""))
    return Exported(image, file, _write(file, _as_sealed(vault, episode, image)))


def _export_copy(vault: Vault, episode: Episode, image: StoredImage, stem: Path) -> Exported:
    copy = bare_copy(b"".join(_as_sealed(vault, episode, image)))
    file = stem.with_name(stem.name + _COPY_SUFFIXES[copy.format])
    return Exported(image, file, _write(file, [copy.content]), copy.remark)


def _refuse_withdrawn(episode: Episode) -> None:
    """For care nothing more is sent (CLINICAL, Consent), and this is the one way out."""
    withdrawal = episode.content.consent_now.care.withdrawal
    if withdrawal is not None:
        raise RuleRefusedError(
            f"Consent was withdrawn on {withdrawal.at.astimezone():%d %b %Y}: nothing more is sent.",
            "The pictures stay in the vault until a clinician decides about them.",
        )


def _refuse_taken(file: Path) -> None:
    if os.path.lexists(file):
        raise WrongUseError(f"{file} is there already.", "Nothing is written over: name an empty folder.")


def _refuse_unfit(folder: Path, vault_folder: Path) -> None:
    """Links are followed first, so that none leads into the vault or onto a card."""
    real = Path(os.path.realpath(folder))
    if Path(os.path.realpath(vault_folder)) in (real, *real.parents):
        raise RuleRefusedError(f"{folder} is inside the vault.", "Name a folder outside it.")
    try:
        card = card_holding(real)
    except OSError as error:
        raise _unwritable(folder, error) from error
    if card is not None:
        raise RuleRefusedError(f"{folder} is on a card, and cards are erased.", "Name a folder on an encrypted disk.")


def _as_sealed(vault: Vault, episode: Episode, image: StoredImage) -> Iterator[bytes]:
    """The picture in pieces. Raises VaultError, behind the last piece too, when it is not the one that was sealed."""
    digest = hashlib.sha256()
    for piece in vault.picture_pieces(episode, image):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != image.sha256:
        raise VaultError(
            f"Picture {image.id[:8]} is not the one that was sealed.",
            "Run dermlock vault check, and restore it from a backup.",
        )


def _write(file: Path, pieces: Iterable[bytes]) -> str:
    """Writes the pieces and returns their SHA-256. What could not be written whole is taken away again."""
    digest = hashlib.sha256()
    try:
        fd = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        raise WrongUseError(f"{file} is there already.", "Nothing is written over: name an empty folder.") from None
    except OSError as error:
        raise _unwritable(file.parent, error) from error
    whole = False
    try:
        with os.fdopen(fd, "wb") as stream:
            for piece in pieces:
                digest.update(piece)
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        whole = True
    except OSError as error:
        raise _unwritable(file.parent, error) from error
    finally:
        if not whole:
            file.unlink()
    return digest.hexdigest()


def _unwritable(folder: Path, error: OSError) -> WrongUseError:
    return WrongUseError(
        f"Pictures cannot be written to {folder}: {error.strerror}.", "Name a folder that you can write to, with room."
    )
