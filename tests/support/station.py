"""A station of its own for the command line: its own home, settings, state, vault and card, and no terminal."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tui.commands.main import dermlock
from tui.console.ending import run_to_its_end

from .vaults import PASSPHRASE, STAFF_ID

STAFF_NAME = "Dr Ann Jones"
DERMLOCK = Path(sys.executable).with_name("dermlock")

ROSALIND = {
    "patient.nhs_number": "999 000 0018",
    "patient.birth_date": "2/4/1961",
    "patient.family_name": "Ashgrove",
    "patient.given_name": "Rosalind",
}
THOMAS = {
    "patient.nhs_number": "999 000 0123",
    "patient.birth_date": "1975-11-30",
    "patient.family_name": "Tamarind",
    "patient.given_name": "Thomas",
}
"""999 numbers belong to nobody: the station of these tests is one for practice."""

EASY = {"answers.concern": "advice", "consent.consent": "as-read"}
EASY_LISTS = {"answers.criteria": ["none"], "answers.history": ["none"]}


@dataclass(frozen=True)
class Said:
    """What a line came to."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Of --json: standard output must be exactly one."""
        return json.loads(self.out)

    @property
    def error(self) -> tuple[str, str]:
        """The two lines of an error, which must be all there is on standard error."""
        what, hint = self.err.splitlines()
        assert what.startswith("dermlock: ")
        assert all(line == line.strip() and line for line in (what, hint))
        return what.removeprefix("dermlock: "), hint


class Station:
    """Everything lies below one folder, so a copy of the folder is another station in the same state."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.vault, self.card = folder, folder / "vault", folder / "card"
        self.home, self.passphrase_file = folder / "home", folder / "passphrase"

    @property
    def environ(self) -> dict[str, str]:
        """The whole environment of what runs here."""
        return {
            "HOME": str(self.home),
            "USER": "nobody-of-these-tests",
            "LANG": "C.UTF-8",
            "PATH": os.environ["PATH"],
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "XDG_RUNTIME_DIR": str(self.folder / "runtime"),
            "TMPDIR": str(self.folder / "runtime"),
            "DERMLOCK_SETTINGS": str(self.folder / "settings.toml"),
            "DERMLOCK_STATE": str(self.folder / "state"),
            "DERMLOCK_VAULT": str(self.vault),
            "DERMLOCK_STAFF": STAFF_ID,
        }

    def set(self, **settings: bool | str | list[str]) -> None:
        """Writes the settings file anew. A JSON value of these kinds is a TOML value."""
        lines = (f"{name} = {json.dumps(value)}\n" for name, value in settings.items())
        (self.folder / "settings.toml").write_text("".join(lines))

    def run(self, *line: str | Path, stdin: bytes = b"", environ: Mapping[str, str] = {}) -> Said:
        """One line through the entry point, in this process. environ: over the station's own; "" takes away."""
        wanted = {name: value for name, value in {**self.environ, **environ}.items() if value}
        out, err = io.StringIO(), io.StringIO()
        with (
            patch.dict(os.environ, wanted, clear=True),
            patch("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin))),
            patch("sys.excepthook", sys.excepthook),  # a command sets it
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = run_to_its_end(dermlock, [str(part) for part in line])
        return Said(code, out.getvalue(), err.getvalue())

    def signed_in(self, *line: str | Path) -> Said:
        """With the passphrase of the first member of staff."""
        return self.run(*line, "--passphrase-file", self.passphrase_file)

    def program(self, *line: str | Path, stdin: bytes = b"", through: Iterable[str | Path] = ()) -> Said:
        """The installed program, in a process of its own. through: another program that starts it."""
        command = [str(part) for part in (*(through or [DERMLOCK]), *line)]
        done = subprocess.run(
            command, env=self.environ, input=stdin, capture_output=True, cwd=self.folder, check=False, timeout=60
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    def stopped_at(self, signals: str, call: str, below: Path, number: int) -> list[str | Path]:
        """For `through`: see support/stopping.py."""
        return [sys.executable, Path(__file__).with_name("stopping.py"), signals, call, below, str(number)]

    def create_vault(self) -> str:
        """The recovery key."""
        made = self.signed_in("vault", "create", "--name", STAFF_NAME, "--json")
        assert made.code == 0, made.err
        return str(made.document["recovery_key"])

    def answers(self, text: str, name: str = "answers.toml") -> Path:
        file = self.folder / name
        file.write_text(text)
        return file

    def template(self) -> str:
        printed = self.run("intake", self.card, "--template")
        assert printed.code == 0, printed.err
        return printed.out


def new_station(folder: Path, *, live: bool = False) -> Station:
    """A station without a vault and without a card. live: 999 numbers are refused."""
    station = Station(folder)
    for made in (station.home, folder / "runtime"):
        made.mkdir(parents=True)
    station.passphrase_file.touch(mode=0o600)
    station.passphrase_file.write_text(f"{PASSPHRASE}\n")
    station.set(test_numbers=not live)
    return station


@contextmanager
def nothing_lost(station: Station) -> Iterator[None]:
    """Within it no byte of the card changes, and everything that is in the vault stays; it may only grow."""
    card, vault = files_below(station.card), files_below(station.vault)
    yield
    assert files_below(station.card) == card
    assert vault.items() <= files_below(station.vault).items()


def fill_in(template: str, patient: Mapping[str, str] = ROSALIND, *, pictures: Iterable[str] = ("IMG_",)) -> str:
    """A template as a person fills it in: Advice & Guidance, one lesion. pictures: parts of the names that stay."""
    text = template
    for name, value in {**patient, **EASY}.items():
        text = put(text, f'{name} = ""', f"{name} = {json.dumps(value)}")
    for name, values in EASY_LISTS.items():
        text = put(text, f"{name} = []", f"{name} = {json.dumps(values)}")
    text = put(
        text,
        '{ site = "", laterality = "", history = "" }',
        '{ site = "forearm", laterality = "left", history = "3 months, changing" }',
    )
    parts = tuple(pictures)
    text = "".join(f"{_filled_picture(line)}\n" for line in text.splitlines() if _stays(line, parts))
    if 'view = "dermoscopic"' not in text:
        text = put(text, 'without_dermoscopic = ""', 'without_dermoscopic = "no dermatoscope"')
    return text


def put(text: str, old: str, new: str) -> str:
    """The text with `old` replaced, which must be there once."""
    assert text.count(old) == 1, f"{text.count(old)} times: {old}"
    return text.replace(old, new)


def _filled_picture(line: str) -> str:
    """The number in a name decides the view, as `fill_card` draws them."""
    name = re.match(r'  \{ file = ".*?(\d+)\.JPG"', line)
    if name is None:
        return line
    view = ("dermoscopic", "locating", "close-up")[int(name[1]) % 3]
    return put(put(line, 'view = ""', f'view = "{view}"'), 'identifiable = ""', 'identifiable = "nothing"')


def _stays(line: str, pictures: tuple[str, ...]) -> bool:
    return not line.startswith("  { file = ") or any(part in line for part in pictures)


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file and what is in it, to compare before and after."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
