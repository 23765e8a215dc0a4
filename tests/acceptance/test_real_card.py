"""A card of real photographs, awkward files and all, through one whole intake by the command line."""

import csv
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

WHOLE_INTAKE = Path(__file__).with_name("whole_intake.py")
SEALED_FORMATS = {"JPEG", "MPO", "PNG", "TIFF"}


@pytest.mark.acceptance
def test_every_real_picture_is_sealed_and_comes_back_and_every_other_file_is_named(
    shared: Path, tmp_path: Path
) -> None:
    card, workplace = tmp_path / "card", tmp_path / "workplace"
    photos = shared / "photos"
    maker = [sys.executable, photos / "make_real_card.py", card, "--kind", "mixed", "--awkward", "all"]
    subprocess.run(maker, check=True, capture_output=True)
    with (tmp_path / "card.truth.tsv").open(encoding="utf-8", newline="") as file:
        truth = {row["card_path"]: row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    with (photos / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        formats = {row["file"]: row["format"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    before = {
        str(path.relative_to(card)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in card.rglob("*")
        if path.is_file()
    }
    assert before.keys() == truth.keys()
    wanted = {
        path
        for path, row in truth.items()
        if row["pillow_load"] == "ok" and formats.get(row["file"], "JPEG") in SEALED_FORMATS
    }

    done = subprocess.run([sys.executable, WHOLE_INTAKE, card, workplace], capture_output=True, text=True, check=False)

    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    receipt = json.loads((workplace / "receipt.json").read_text(encoding="utf-8"))
    back = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (workplace / "out").iterdir()}
    left = {row["file"]: row["reason"] for row in receipt["left"]}
    assert {path for path in wanted if before[path] not in back} == set()
    assert back <= set(before.values())
    assert {path for path in wanted if (card / path).exists()} == set()
    still_there = {str(path.relative_to(card)) for path in card.rglob("*") if path.is_file()}
    assert still_there == left.keys()
    assert [path for path, reason in left.items() if not reason] == []
    assert {
        path for path in still_there if hashlib.sha256((card / path).read_bytes()).hexdigest() != before[path]
    } == set()
    print(f"{len(before)} files, {len(wanted)} pictures demanded, {len(back)} different ones sealed, {len(left)} left")
