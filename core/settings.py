"""What this station is set to: where the vault, the cards and its own state lie.

From a TOML file, overruled by the environment, overruled by the command line.
Every value has a default that works, so a file is needed only for what differs.
"""

import getpass
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec

from .errors import WrongUseError

LARGEST_SETTINGS_FILE = 1024 * 1024
"""Bytes. A settings file is a page of text; anything larger is not one."""


DEFAULT_PATHWAY = "england-skin-2026"

Theme = Literal["auto", "dark", "light", "high-contrast"]
THEMES: tuple[Theme, ...] = get_args(Theme)


@dataclass(frozen=True)
class Settings:
    """vault: folder of the vault, None while the station has none.

    state_folder: what this station keeps for itself outside the vault (its signing
    key, the last heads of the audit logs, crash reports).
    card_folders: folders that stand for a card, such as drives redirected by a thin client.
    card_roots: folders below which cards are mounted.
    pathway: id of the pathway an intake begins with.
    pathways_folder: the practice's own pathway files, beside those that dermlock brings.
    quality_limits: file with the limits of picture quality, None for dermlock's own.
    consent_wording: file with what the practice reads out before consent, None for dermlock's own.
    test_numbers: whether 999 numbers are taken; True only in the demo and on practice stations.
    idle_minutes: after how long without a key the app locks itself, 1 to 60.
    theme: the colours of the app; "auto" is dark.
    """

    vault: Path | None
    state_folder: Path
    card_folders: tuple[Path, ...]
    card_roots: tuple[Path, ...]
    pathway: str
    pathways_folder: Path | None
    consent_wording: Path | None = None
    quality_limits: Path | None = None
    test_numbers: bool = False
    idle_minutes: int = 10
    theme: Theme = "auto"


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings file as it may be written; "" and () stand for what is left out."""

    vault: str = ""
    state_folder: str = ""
    card_folders: tuple[str, ...] = ()
    card_roots: tuple[str, ...] = ()
    pathway: str = DEFAULT_PATHWAY
    pathways_folder: str = ""
    consent_wording: str = ""
    quality_limits: str = ""
    test_numbers: bool = False
    idle_minutes: Annotated[int, msgspec.Meta(ge=1, le=60)] = 10
    theme: Theme = "auto"


def load_settings(file: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of this station.

    file: the settings file, None for the first that exists of
    $DERMLOCK_SETTINGS, $XDG_CONFIG_HOME/dermlock/settings.toml and
    /etc/dermlock/settings.toml (XDG Base Directory Specification 0.8).
    environ: DERMLOCK_VAULT and DERMLOCK_STATE overrule the file.
    Raises WrongUseError for a named file that is missing or a value that is not
    what it must be, with the name of the value.
    """
    named = file or (Path(environ["DERMLOCK_SETTINGS"]) if environ.get("DERMLOCK_SETTINGS") else None)
    found = named or next((path for path in _usual_files(environ) if path.is_file()), None)
    written = _read(found) if found else _Written()
    base = found.parent if found else Path()

    def place(value: str, overruled_by: str = "") -> Path | None:
        overruled = environ.get(overruled_by, "")
        if overruled:
            return Path(overruled).absolute()
        return _absolute(value, base, environ) if value else None

    return Settings(
        vault=place(written.vault, "DERMLOCK_VAULT"),
        state_folder=place(written.state_folder, "DERMLOCK_STATE") or _usual_state_folder(environ),
        card_folders=tuple(_absolute(value, base, environ) for value in written.card_folders),
        card_roots=tuple(_absolute(value, base, environ) for value in written.card_roots) or _usual_card_roots(environ),
        pathway=written.pathway,
        pathways_folder=place(written.pathways_folder),
        consent_wording=place(written.consent_wording),
        quality_limits=place(written.quality_limits),
        test_numbers=written.test_numbers,
        idle_minutes=written.idle_minutes,
        theme=written.theme,
    )


def remember_vault(folder: Path, environ: Mapping[str, str]) -> Path:
    """Writes `vault` into this person's settings file, beside what stands there; returns the file.

    Raises WrongUseError when the file cannot be written or names a vault already.
    """
    named = environ.get("DERMLOCK_SETTINGS", "")
    file = Path(named) if named else _usual_files(environ)[0]
    hint = f"Write this line into it yourself: vault = {json.dumps(str(folder))}"
    try:
        before = file.read_text() if file.exists() else ""
        if before and _read(file).vault:
            raise WrongUseError(f"The settings file {file} names another vault.", hint)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = file.with_name(f"{file.name}.new")
        temporary.write_text(f"vault = {json.dumps(str(folder))}\n{before}")  # a JSON string is a TOML string
        temporary.replace(file)
    except OSError as error:
        raise WrongUseError(f"The settings file {file} cannot be written: {error.strerror}.", hint) from error
    return file


def _usual_files(environ: Mapping[str, str]) -> tuple[Path, ...]:
    system = Path("/etc/dermlock/settings.toml")
    own = _home_folder(environ, "XDG_CONFIG_HOME", ".config")
    return (own / "dermlock" / "settings.toml", system) if own else (system,)


def _usual_state_folder(environ: Mapping[str, str]) -> Path:
    own = _home_folder(environ, "XDG_STATE_HOME", ".local/state")
    if own is None:
        raise WrongUseError(
            "This user has no home folder to keep the station's state in.",
            "Name a folder that only this user can read: DERMLOCK_STATE=/some/folder.",
        )
    return own / "dermlock"


def _home_folder(environ: Mapping[str, str], variable: str, below_home: str) -> Path | None:
    """The XDG specification ignores relative values."""
    value = environ.get(variable, "")
    if value.startswith("/"):
        return Path(value)
    home = environ.get("HOME", "")
    return Path(home) / below_home if home.startswith("/") else None


def _usual_card_roots(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Where udisks mounts cards for the person at the station."""
    user = environ.get("USER") or environ.get("LOGNAME") or _user_name()
    return tuple(Path(root) / user for root in ("/media", "/run/media") if user)


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""  # a user id without a name: nothing is mounted for it by name


def _absolute(value: str, base: Path, environ: Mapping[str, str]) -> Path:
    """~ is the home folder; anything else relative is relative to the settings file."""
    home = environ.get("HOME", "")
    if home and (value == "~" or value.startswith("~/")):
        return Path(home) / value[2:]
    return (base / value).absolute()


def _read(file: Path) -> _Written:
    try:
        with file.open("rb") as stream:
            text = stream.read(LARGEST_SETTINGS_FILE + 1)
    except OSError as error:
        raise WrongUseError(
            f"The settings file {file} cannot be read: {error.strerror}.",
            "Mend the file or its rights, or name another one in DERMLOCK_SETTINGS.",
        ) from error
    if len(text) > LARGEST_SETTINGS_FILE:
        raise WrongUseError(f"{file} is too large for a settings file.", "Name the right file in DERMLOCK_SETTINGS.")
    try:
        return msgspec.toml.decode(text, type=_Written)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        known = ", ".join(_Written.__struct_fields__)
        raise WrongUseError(
            f"The settings file {file} is not right: {error}.", f"Mend it; the values it may hold are {known}."
        ) from error
