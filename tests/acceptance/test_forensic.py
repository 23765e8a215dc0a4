"""Recovery tools find nothing of the pictures on a card that a whole intake has emptied."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WHOLE_INTAKE = Path(__file__).with_name("whole_intake.py")

SECONDS = "240"
"""For the whole intake; FAT32 is mounted inside an emulated machine, several times slower than this one."""


@pytest.mark.acceptance
@pytest.mark.parametrize(
    ("file_system", "workplace"),
    [
        ("fat32", "/mnt/workplace"),  # inside the emulated machine all else is read-only
        ("exfat", "{case}/workplace"),
    ],
)
def test_nothing_of_the_pictures_can_be_recovered(
    shared: Path, tmp_path: Path, file_system: str, workplace: str
) -> None:
    case = tmp_path / "case"
    command = f'"{sys.executable}" "{WHOLE_INTAKE}" "$CARD_MNT" "{workplace.format(case=case)}"'
    done = subprocess.run(
        [
            shared / "forensic" / "case.sh",
            case,
            *("--fs", file_system, "--level", "file", "--ok", "0,1", "--", "sh", "-c", command),
        ],
        env=os.environ | {"PYTHON": sys.executable, "CARD_TIMEOUT": SECONDS},
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    verdict = json.loads(done.stdout.splitlines()[-1])
    assert verdict["passed"]
    assert (verdict["live"]["files"], verdict["live"]["with_content"], verdict["live"]["with_name"]) == (5, 0, 0)
