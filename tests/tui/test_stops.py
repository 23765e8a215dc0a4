"""Every stop, met on the screens, in `intake --ask` and in an answers file: the very same two lines each time."""

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest

from core.errors import RuleRefusedError
from core.intake.asking import Asking
from core.intake.steps import Step

from ..support import fake_services
from ..support.cards import put_file
from ..support.clinic import EASY, asking_about
from ..support.fake_services import FakeServices, FakeSession
from ..support.on_screen import Person, at_the_station
from ..support.station import Station, fill_in, nothing_lost, put
from ..support.stops import REFUSED_BEFORE, STOPS, Stop
from ..support.three_ways import a_station_that_knows_somebody, ask, copy_of, of_today, press
from ..support.walking import (
    stand_at,
)

ROOT = Path(__file__).parents[2]
LOOKED_AT = (
    *sorted(ROOT.glob("core/consent/*.py")),
    *sorted(ROOT.glob("core/pathway/**/*.py")),
    *sorted(ROOT.glob("core/identifiability/*.py")),
    *sorted(ROOT.glob("core/intake/interviews/*.py")),
    ROOT / "core/model/patient.py",
)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return a_station_that_knows_somebody(tmp_path_factory.mktemp("made-once") / "station")


@pytest.fixture
def station(made_once: Station, tmp_path: Path) -> Station:
    return copy_of(made_once, tmp_path / "station")


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_it_stops_on_the_screen_in_these_words(stop: Stop) -> None:
    def of_this_station(**known: object) -> Asking:
        return replace(asking_about(**known), test_numbers=not stop.live)  # type: ignore[arg-type]  # as it was called

    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, stop.step, {**EASY, **stop.before})
        for shown, *keys in stop.keys:
            await press(person, shown, *keys)
        await person.wait_for(f"! {stop.what}", stop.hint, f"Step {list(Step).index(stop.step) + 1} of 8")

    with patch.object(fake_services, "asking_about", of_this_station):
        at_the_station(FakeServices(session, files=stop.files), does)
    assert session.moved == []


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_it_stops_line_by_line_in_these_words_and_asks_again(stop: Stop, station: Station) -> None:
    set_up(station, stop)
    with nothing_lost(station):
        said = ask(station, *map(of_today, stop.typed))
    lines = said.err.splitlines()
    assert said.code == 130, "the answers ended; nobody was let through"
    assert stop.what in lines, said.err
    assert lines[lines.index(stop.what) + 1] == stop.hint
    assert lines.count(stop.what) == 1


@pytest.mark.parametrize("stop", [stop for stop in STOPS if not stop.not_in_file], ids=str)
def test_it_stops_in_an_answers_file_in_these_words_with_the_place(stop: Stop, station: Station) -> None:
    text = fill_in(station.template())
    for old, new in stop.filled.items():
        text = put(text, old, of_today(new))
    set_up(station, stop)
    with nothing_lost(station):
        said = station.signed_in("intake", station.card, "--answers", station.answers(text))
    assert said.code == RuleRefusedError.exit_code, said.err
    assert said.error == (f"episode 1, {stop.place}: {stop.what}", stop.hint)


def set_up(station: Station, stop: Stop) -> None:
    station.set(test_numbers=not stop.live)
    if stop.files is not None:
        shutil.rmtree(station.card)
        put_file(station.card, stop.files[0].shown, b"about somebody")


Raised = tuple[str, str]
"""“module, function”, and its words as a regular expression."""


def test_the_table_has_every_stop_of_these_stations_and_no_other() -> None:
    raised = set(stops_in_code())
    assert len(raised) == len(STOPS) + len(REFUSED_BEFORE)
    for place, words in raised:
        in_table = [stop for stop in STOPS if stop.raised_in == place and re.fullmatch(words, stop.what)]
        before = [what for what in REFUSED_BEFORE if re.fullmatch(words, what)]
        assert len(in_table) + len(before) == 1, f"not in tests/support/stops.py: {place}: {words}"
    for stop in STOPS:
        assert any(stop.raised_in == place and re.fullmatch(words, stop.what) for place, words in raised), str(stop)
    for what in REFUSED_BEFORE:
        assert any(re.fullmatch(words, what) for _, words in raised), what


def stops_in_code() -> Iterator[Raised]:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in LOOKED_AT}
    named = {
        function.name: words_of(call)
        for tree in trees.values()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and ast.unparse(function.returns or function) == "RuleRefusedError"
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "RuleRefusedError"
    }
    assert named.keys() >= {"intimate_under_age", "wrong_patient"}
    for path, tree in trees.items():
        for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
            for raising in [node for node in ast.walk(function) if isinstance(node, ast.Raise)]:
                if not isinstance(raising.exc, ast.Call):
                    continue
                called = ast.unparse(raising.exc.func)
                place = f"{path.relative_to(ROOT)}, {function.name}"
                if called == "RuleRefusedError":
                    yield place, words_of(raising.exc)
                elif called in named:
                    yield place, named[called]


def words_of(call: ast.Call) -> str:
    """The first argument, with .+ for what is filled in."""
    what = call.args[0]
    parts = what.values if isinstance(what, ast.JoinedStr) else [what]
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts)
