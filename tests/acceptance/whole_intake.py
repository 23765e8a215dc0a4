"""A whole intake of one card through the command line: what the acceptance runs put between two looks.

    python whole_intake.py CARD WORKPLACE

Makes a vault in WORKPLACE/vault, prints the card's template, fills it in as a
practice would (every picture that can be sealed, one patient, one lesion), moves
them, and writes every picture out again into WORKPLACE/out. WORKPLACE must not
exist. What dermlock said lies in WORKPLACE/receipt.json.

Ends as `dermlock intake` did: 0, or 1 when files are left on the card; with
another code when anything before or after it failed.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

PASSPHRASE = "seven quiet herons wade"

EPISODE: dict[str, str | list[str]] = {
    "patient.nhs_number": "999 000 0018",
    "patient.birth_date": "2/4/1961",
    "patient.family_name": "Ashgrove",
    "patient.given_name": "Rosalind",
    "answers.concern": "advice",
    "answers.criteria": ["none"],
    "answers.history": ["none"],
    "consent.consent": "as-read",
    "phone.phone_off": ["bluetooth", "location", "cloud", "social"],
    "without_dermoscopic": "no dermatoscope",
    "without_locating": "taken close only",
}
"""An adult, Advice & Guidance, consent as read; the phone was switched to flight mode."""

LESION: dict[str, str | list[str]] = {
    "site": "forearm",
    "laterality": "left",
    "history": "3 months, changing",
}
PICTURE: dict[str, str | list[str]] = {"view": "close-up", "identifiable": "nothing"}


def fill_in(template: str) -> str:
    """The template with every value filled in that this practice has to say."""
    return "\n".join(_filled_in(line) for line in template.splitlines()) + "\n"


def _filled_in(line: str) -> str:
    name = line.partition(" = ")[0]
    if name in EPISODE:
        return f"{name} = {json.dumps(EPISODE[name])}"
    if line.startswith('  { site = "'):
        return _filled_row(line, LESION)
    return _filled_row(line, PICTURE) if line.startswith('  { file = "') else line


def _filled_row(row: str, values: dict[str, str | list[str]]) -> str:
    for name, value in values.items():
        empty = re.search(rf'\b{name} = (""|\[\])', row)
        if empty is None:
            raise SystemExit(f"the template has no {name} in this row: {row}")
        row = row[: empty.start()] + f"{name} = {json.dumps(value)}" + row[empty.end() :]
    return row


def prepare(workplace: Path) -> None:
    """A practice station in `workplace`: settings that take test numbers, and a passphrase of its own."""
    workplace.mkdir(mode=0o700)
    (workplace / "settings.toml").write_text("test_numbers = true\n")
    passphrase = workplace / "passphrase"
    passphrase.touch(mode=0o600)
    passphrase.write_text(PASSPHRASE + "\n")


def dermlock(workplace: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command at that station, signed in where it needs to be."""
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(workplace),
        "LC_ALL": "C.UTF-8",
        "DERMLOCK_VAULT": str(workplace / "vault"),
        "DERMLOCK_STATE": str(workplace / "state"),
        "DERMLOCK_SETTINGS": str(workplace / "settings.toml"),
        "DERMLOCK_STAFF": "a.practice",
    }
    return subprocess.run(
        [
            Path(sys.executable).with_name("dermlock"),
            *arguments,
            "--passphrase-file",
            str(workplace / "passphrase"),
        ],
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def whole_intake(card: Path, workplace: Path) -> int:
    prepare(workplace)
    _demanded(dermlock(workplace, "vault", "create", "--name", "Alex Practice"))
    template = _demanded(dermlock(workplace, "intake", str(card), "--template"))
    answers = workplace / "answers.toml"
    answers.write_text(fill_in(template), encoding="utf-8")
    moved = dermlock(workplace, "intake", str(card), "--answers", str(answers), "--json")
    sys.stderr.write(moved.stderr)
    if moved.returncode in (0, 1):
        (workplace / "receipt.json").write_text(moved.stdout, encoding="utf-8")
        (episode,) = json.loads(moved.stdout)["episodes"]
        _demanded(dermlock(workplace, "show", episode, "--to", str(workplace / "out"), "--originals"))
    return moved.returncode


def _demanded(done: subprocess.CompletedProcess[str]) -> str:
    """What it said on standard output; the end of the run when it failed."""
    if done.returncode:
        raise SystemExit(f"dermlock {' '.join(done.args[1:3])} ended with {done.returncode}: {done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(whole_intake(Path(sys.argv[1]), Path(sys.argv[2])))
