"""Pictures that leave the vault in the clear: asked for, audited first, never over another file.

The one way out in this version. What was written is no longer protected by
dermlock; whoever asks is told so (VAULT, Keys: an audited, warned export).
"""

import hashlib
import os
from pathlib import Path

from ..audit.events import EventKind
from ..card.holding import card_holding
from ..errors import RuleRefusedError, VaultError, WrongUseError
from ..records.episode import Episode, StoredImage
from .vault import Vault

SUFFIXES = {"JPEG picture": ".jpg", "MPO picture": ".mpo", "PNG picture": ".png", "TIFF picture": ".tif"}
"""By StoredImage.kind; what is not listed gets no suffix."""


def export_pictures(
    vault: Vault, episode: Episode, folder: Path, *, vault_folder: Path
) -> tuple[tuple[StoredImage, Path], ...]:
    """Writes every picture of the episode into `folder`, byte for byte, and returns what was written where.

    Names are neutral: the episode's first eight characters and a number. The folder is
    made when it is missing; files are readable by their owner alone.
    Raises RuleRefusedError for a folder inside the vault or on a card, WrongUseError for
    a file that is there already or a folder that cannot be written, VaultError when a
    picture is not as it was sealed. A picture that fails leaves no file.
    """
    _refuse_unfit(folder, vault_folder)
    wanted = tuple(
        (image, folder / f"{episode.id[:8]}-{number:02d}{_ending(image)}")
        for number, image in enumerate(episode.content.images, start=1)
    )
    for _, file in wanted:
        if os.path.lexists(file):
            raise WrongUseError(f"{file} is there already.", "Nothing is written over: name an empty folder.")
    vault.audit.record(
        EventKind.PICTURES_EXPORTED,
        subjects=(episode.id, *(image.id for image, _ in wanted)),
        counts={"pictures": len(wanted)},
    )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    for image, file in wanted:
        _write(vault, episode, image, file)
    return wanted


def _ending(image: StoredImage) -> str:
    return ("-covered" if image.covered_copy_of else "") + SUFFIXES.get(image.kind, "")


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


def _write(vault: Vault, episode: Episode, image: StoredImage, file: Path) -> None:
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
            for piece in vault.picture_pieces(episode, image):
                digest.update(piece)
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        whole = digest.hexdigest() == image.sha256
    except OSError as error:
        raise _unwritable(file.parent, error) from error
    finally:
        if not whole:
            file.unlink()
    if not whole:
        raise VaultError(
            f"Picture {image.id[:8]} is not the one that was sealed.",
            "Run dermlock vault check, and restore it from a backup.",
        )


def _unwritable(folder: Path, error: OSError) -> WrongUseError:
    return WrongUseError(
        f"Pictures cannot be written to {folder}: {error.strerror}.", "Name a folder that you can write to, with room."
    )
