"""The installed program in a process of its own: what only a real process can show."""

import json
import os
import subprocess

import pytest

from ...support.station import DERMLOCK, Station, fill_in


def test_a_passphrase_comes_through_a_pipe_and_the_document_out_of_one(station: Station) -> None:
    said = station.program("find", "--json", "--passphrase-file", "-", stdin=b"seven quiet herons wade\n")
    assert (said.code, said.document, said.err) == (0, {"episodes": []}, "")


def test_the_whole_move_in_its_own_process(station: Station) -> None:
    answers = station.answers(fill_in(station.program("intake", station.card, "--template").out))
    said = station.program("intake", station.card, "--answers", answers, "--passphrase-file", station.passphrase_file)
    assert (said.code, said.err) == (0, "")
    assert "Sealed 5, already safe 0, discarded 0, erased 5." in said.out
    made = [path for path in station.vault.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o077 for path in made} == {0}, "nobody else reads the vault"


@pytest.mark.parametrize(("line", "code"), [(["find"], 4), (["nothing"], 2), (["card", "inspect", "/"], 5)])
def test_an_error_is_two_lines_or_one_document(station: Station, line: list[str], code: int) -> None:
    as_text = station.program(*line)
    assert (as_text.code, as_text.out) == (code, "")
    as_json = station.program(*line, "--json")
    assert as_json.code == code
    assert as_json.document["error"] == {"what": as_text.error[0], "hint": as_text.error[1], "exit_code": code}
    assert as_json.error == as_text.error


def test_nobody_reads_on(station: Station) -> None:
    """The reader is gone before the first line: no complaint, and not the code of success."""
    reader, writer = os.pipe()
    os.close(reader)
    for line in (["vault", "info"], ["vault", "info", "--json"], ["--help"]):
        done = subprocess.run(
            [DERMLOCK, *line], env=station.environ, stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60
        )
        assert (done.returncode, done.stderr) == (1, b"")
    os.close(writer)


def test_the_result_cannot_be_written(station: Station) -> None:
    """As when it goes to a file on a full disk."""
    said = station.program("vault", "info", through=["sh", "-c", 'exec "$0" "$@" > /dev/full', DERMLOCK])
    assert said.code == 2
    assert said.error[0] == "The result cannot be written: No space left on device."


def test_an_old_terminal_shows_what_it_can(station: Station) -> None:
    card = station.folder / "Kamera ü"
    (card / "DCIM").mkdir(parents=True)
    said = station.program("card", "inspect", card, through=["env", "PYTHONIOENCODING=ascii", DERMLOCK])
    assert (said.code, said.err) == (0, "")
    assert "Kamera \\xfc" in said.out


MISTAKEN = """
import sys, tui.services
def fall(*_): raise KeyError("Ashgrove 999 000 0018")
tui.services.Services.cards = fall
from tui.commands.main import run
sys.argv[0] = "dermlock"
run()
"""


def test_a_mistake_in_dermlock_is_two_lines_and_a_report_without_a_patients_data(station: Station) -> None:
    said = station.program("-c", MISTAKEN, "card", "list", "--json", through=[DERMLOCK.with_name("python")])
    assert said.code == 70
    what, hint = said.error
    assert what == "dermlock made a mistake and stopped (KeyError); no picture is lost."
    assert json.loads(said.out)["error"]["exit_code"] == 70
    (report,) = (station.folder / "state" / "mistakes").iterdir()
    assert str(report) in hint
    text = report.read_text()
    assert "tui/commands/card.py" in text
    assert "Ashgrove" not in text + said.err + said.out
    assert str(station.home) not in text
    assert report.stat().st_mode & 0o777 == 0o600
