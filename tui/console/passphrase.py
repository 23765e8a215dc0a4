"""Where a passphrase comes from: a file, standard input or the terminal; never an argument.

Arguments are seen by everybody on the machine and kept by the shell.
"""

import getpass
import os
import stat
import sys
from pathlib import Path

from core.errors import NotSignedInError, WrongUseError

from .output import Output

LONGEST = 4096
"""Bytes. More than that is not a passphrase but the wrong file."""


def read_passphrase(named: str, option: str, asking: str, output: Output) -> str:
    """The first line of the file `named`, of standard input for "-", else typed at the terminal.

    option: which option names the file, for the hint. asking: the prompt.
    Raises NotSignedInError where nobody can be asked, WrongUseError for a file that cannot be read.
    """
    if named == "-":
        return _first_line(sys.stdin.buffer.readline(LONGEST + 1), "standard input")
    if named:
        return _from_file(Path(named), output)
    if not sys.stdin.isatty():
        raise NotSignedInError(
            "No passphrase was given.", f"Put it into a file that only you can read and name it with {option} FILE."
        )
    return getpass.getpass(asking, stream=sys.stderr)


def _from_file(file: Path, output: Output) -> str:
    try:
        with file.open("rb") as stream:
            if stat.S_IMODE(os.fstat(stream.fileno()).st_mode) & 0o077 and file.is_file():
                output.note(f"Warning: others on this machine can read {file}; make it yours alone (chmod 600).")
            line = stream.readline(LONGEST + 1)
    except OSError as error:
        raise WrongUseError(
            f"The passphrase file {file} cannot be read: {error.strerror}.", "Name a file that you can read."
        ) from error
    return _first_line(line, str(file))


def _first_line(line: bytes, where: str) -> str:
    if len(line) > LONGEST:
        raise WrongUseError(f"The first line of {where} is too long for a passphrase.", "Name the right file.")
    try:
        passphrase = line.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise WrongUseError(f"The passphrase in {where} is not UTF-8 text.", "Write it as UTF-8 text.") from None
    if not passphrase:
        raise NotSignedInError(f"The first line of {where} is empty.", "Put the passphrase there.")
    return passphrase
