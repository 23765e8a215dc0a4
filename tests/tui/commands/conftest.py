"""A station with a vault for every test of the commands: made once, copied for each."""

import shutil
from pathlib import Path

import pytest

from ...support.cards import fill_card
from ...support.station import Station, new_station


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Station:
    """With a vault, and a card of five drawn pictures. Nobody changes it."""
    station = new_station(tmp_path_factory.mktemp("made-once") / "station")
    station.create_vault()
    fill_card(station.card, 5)
    return station


@pytest.fixture
def station(made_once: Station, tmp_path: Path) -> Station:
    shutil.copytree(made_once.folder, tmp_path / "station")
    return Station(tmp_path / "station")


@pytest.fixture
def bare_station(tmp_path: Path) -> Station:
    """Without a vault and without a card."""
    return new_station(tmp_path / "bare")
