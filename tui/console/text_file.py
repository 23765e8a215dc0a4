"""Reading a file that a person named, with its troubles in their words."""

from pathlib import Path

from core.errors import WrongUseError

LARGEST = 16 * 1024 * 1024
"""Bytes. An answers file for a full card is below one MiB."""


def read_text_file(file: Path, what: str) -> str:
    """The UTF-8 text in `file`. what: as the person knows it ("answers file"). Raises WrongUseError."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise WrongUseError(
            f"The {what} {file} cannot be read: {error.strerror}.", "Name a file that is there."
        ) from error
    if len(raw) > LARGEST:
        raise WrongUseError(f"{file} is too large for an {what}.", "Name the right file.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongUseError(f"The {what} {file} is not UTF-8 text.", "Save it as UTF-8.") from None
