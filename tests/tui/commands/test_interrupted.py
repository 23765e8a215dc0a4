"""Signals during a move, in a real process: it stops after the picture at hand, and nothing is lost."""

from pathlib import Path

import pytest

from ...support.station import Said, Station, files_below, fill_in, nothing_lost

NOTE = "Stopping after this picture; once more stops at once. Nothing is lost either way."


@pytest.fixture
def answers(station: Station) -> Path:
    return station.answers(fill_in(station.template()))


def intake(station: Station, answers: Path, *more: str, through: list[str | Path]) -> Said:
    line: list[str | Path] = [
        "intake",
        station.card,
        "--answers",
        answers,
        "--passphrase-file",
        station.passphrase_file,
        *more,
    ]
    return station.program(*line, through=through)


def finish(station: Station, answers: Path, originals: dict[str, bytes]) -> None:
    """The next run ends the move; each picture is once in the vault, none on the card."""
    said = station.signed_in("card", "erase", station.card, "--level", "files", "--json")
    assert said.code == 0, said.err
    assert [done["sealed"] for done in said.document["resumed"]] == [5]
    assert files_below(station.card) == {}
    (entry,) = station.signed_in("find", "--json").document["episodes"]
    station.signed_in("show", entry["id"], "--to", station.folder / "out", "--originals")
    assert sorted(files_below(station.folder / "out").values()) == sorted(originals.values())
    assert station.signed_in("vault", "check").code == 0
    assert station.signed_in("audit", "check").code == 0


@pytest.mark.parametrize("signals", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_stopped_while_sealing_the_card_is_whole(station: Station, answers: Path, signals: str) -> None:
    originals = files_below(station.card)
    with nothing_lost(station):
        said = intake(station, answers, through=station.stopped_at(signals, "read_into", station.card, 8))
    assert said.code == 130
    note, what, hint = said.err.splitlines()
    assert note == NOTE
    assert what.startswith("dermlock: ")
    assert hint.endswith(".")
    assert said.out == ""
    finish(station, answers, originals)


def test_stopped_while_erasing_the_rest_stays_on_the_card(station: Station, answers: Path) -> None:
    originals = files_below(station.card)
    said = intake(station, answers, "--json", through=station.stopped_at("SIGINT", "rename", station.card, 1))
    assert said.code == 130
    assert said.document["error"]["exit_code"] == 130
    assert "safe in the vault" in said.document["error"]["what"]
    left = [content for content in files_below(station.card).values() if content]
    assert len(left) == 4, "the picture at hand was finished"
    assert all(content in originals.values() for content in left)
    finish(station, answers, originals)


def test_a_second_signal_stops_at_once_and_nothing_is_lost(station: Station, answers: Path) -> None:
    originals = files_below(station.card)
    said = intake(station, answers, through=station.stopped_at("SIGINT,SIGINT", "write", station.card, 1))
    assert said.code == 130
    assert "Traceback" not in said.err
    assert [line for line in said.err.splitlines() if line][-2:] == [
        "dermlock: Stopped.",
        "Every picture is whole on the card or safe in the vault; the next start finishes what is unfinished.",
    ]
    finish(station, answers, originals)


def test_stopped_while_it_signs_in_nothing_has_begun(station: Station, answers: Path) -> None:
    with nothing_lost(station):
        said = intake(station, answers, through=station.stopped_at("SIGINT", "read_into", station.vault, 1))
    assert said.code == 130
    assert next(line for line in said.err.splitlines() if line) == "dermlock: Stopped."


def test_a_check_that_is_stopped_says_so(station: Station) -> None:
    line = ("vault", "check", "--passphrase-file", station.passphrase_file)
    said = station.program(*line, through=station.stopped_at("SIGINT", "read_into", station.vault / "recovery", 1))
    assert said.code == 130
    assert said.err.splitlines()[0] == NOTE
