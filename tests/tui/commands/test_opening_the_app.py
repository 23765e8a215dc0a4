"""`dermlock` and `dermlock demo` at a terminal: what the app is given, and what is said before it takes the screen."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tui.console.invocation import Invocation
from tui.services import Services

from ...support.station import DERMLOCK, Said, Station


class Opened:
    """Stands in for the app. given: what it was opened with; it ends with 0 at once."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.given: list[Services] = []
        self.folders: list[Path] = []
        patch.setattr("tui.app.run_app", self)
        patch.setattr(Invocation, "require_terminal", lambda _given: None)

    def __call__(self, services: Services) -> int:
        self.given.append(services)
        if services.demo is not None:
            self.folders = [services.settings.state_folder.parent, services.demo.card_folder]
            assert all(folder.is_dir() for folder in self.folders)
        return 0


def test_without_a_vault_the_app_is_opened_to_set_one_up(
    bare_station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(monkeypatch)
    for environ in ({}, {"DERMLOCK_VAULT": ""}):
        assert bare_station.run(environ=environ) == Said(0, "", "")
    assert [services.has_vault for services in opened.given] == [False, False]
    assert [services.vault_folder for services in opened.given] == [bare_station.vault, None]
    assert not bare_station.vault.exists(), "opening alone makes none"


def test_the_app_has_the_vault_that_the_line_names(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Opened(monkeypatch)
    station.vault.rename(station.folder / "elsewhere")
    assert station.run("--vault", station.folder / "elsewhere").code == 0
    assert opened.given[0].has_vault
    assert opened.given[0].demo is None


def test_the_demo_has_its_own_of_everything_and_leaves_nothing(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Opened(monkeypatch)
    assert station.run("demo", "--vault", station.vault) == Said(0, "", "")
    (services,) = opened.given
    assert services.demo is not None
    assert services.vault_folder != station.vault, "the practice's vault is not touched"
    assert not any(folder.exists() for folder in opened.folders)
    assert list((station.folder / "runtime").iterdir()) == []


def test_what_keeps_the_vault_from_being_read_is_said_before_the_screen_is_taken(station: Station) -> None:
    loop = station.folder / "loop"
    loop.symlink_to(loop)
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [DERMLOCK, "--vault", loop], env={**station.environ, "TERM": "xterm"}, stdin=theirs, stdout=theirs,
        stderr=subprocess.PIPE, check=False, timeout=60,
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    assert Said(done.returncode, "", done.stderr.decode()).error[0].startswith("The vault's folder cannot be read")
    assert done.returncode == 6
