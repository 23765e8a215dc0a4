"""What is true of the program before it does anything: what it loads, and what it keeps to itself."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from core.errors import WrongUseError
from core.integrity.head import HEAD_NAME
from core.pathway.outcome import Route
from tui.commands.episodes import ROUTES
from tui.console.ending import DONE_WITH_FINDINGS, WRONG_USE
from tui.services import VAULT_HEAD

from ..support.station import new_station

ROOT = Path(__file__).parents[2]
CORE = sorted(
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for file in ROOT.glob("core/**/*.py")
)


def loaded_by(code: str, *, environ: dict[str, str] | None = None) -> set[str]:
    """The modules that a new interpreter has after that code, by their first name."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules, file=sys.stderr)"],
        env={**os.environ, **(environ or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return {name.partition(".")[0] for name in done.stderr.split()}


def test_core_loads_without_any_screen() -> None:
    assert len(CORE) > 80
    loaded = loaded_by(f"import {', '.join(CORE)}")
    assert loaded.isdisjoint({"tui", "textual", "rich", "click"})
    assert {"core", "cryptography", "PIL", "msgspec"} <= loaded


HELP = """
from tui.commands.main import dermlock
from tui.console.ending import run_to_its_end
assert run_to_its_end(dermlock, {line}) == 0
"""


@pytest.mark.parametrize("line", [["--help"], ["intake", "--help"], ["find", "--help"], ["vault", "create", "--help"]])
def test_help_loads_nothing_heavy(line: list[str]) -> None:
    heavy = {"cryptography", "PIL", "textual", "rich", "tinydb", "watchdog", "msgspec", "numpy"}
    assert loaded_by(HELP.format(line=line)).isdisjoint(heavy)


def test_a_list_of_cards_needs_neither_cryptography_nor_screens(tmp_path: Path) -> None:
    code = HELP.format(line=["card", "list"])
    loaded = loaded_by(code, environ=new_station(tmp_path / "station").environ)
    assert loaded.isdisjoint({"cryptography", "textual", "rich", "tinydb"})


def test_switches_that_would_write_the_screen_to_a_file_are_taken_away() -> None:
    switches = {"TEXTUAL": "debug", "TEXTUAL_LOG": "/nowhere/log", "TEXTUAL_SCREENSHOT": "1", "TEXTUAL_DEBUG": "1"}
    code = """
import os, sys
import tui.commands.main
assert not [name for name in os.environ if name.startswith("TEXTUAL")], "switches are left"
assert "textual" not in sys.modules
import tui.app, textual.constants
assert textual.constants.LOG_FILE is None and textual.constants.SCREENSHOT_DELAY == -1
assert os.environ["OTHER"] == "stays"
"""
    assert "textual" in loaded_by(code, environ={**switches, "OTHER": "stays"})


def test_files_are_ones_own_and_no_core_is_dumped() -> None:
    code = """
import os, resource, signal
from tui.console.ending import keep_to_oneself
os.umask(0)
keep_to_oneself()
assert os.umask(0o077) == 0o077
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
"""
    before = resource.getrlimit(resource.RLIMIT_CORE)
    loaded_by(code)
    assert resource.getrlimit(resource.RLIMIT_CORE) == before


def test_the_program_keeps_to_itself_before_it_looks_at_its_line() -> None:
    code = """
import sys, tui.commands.main as main
told = []
main.keep_to_oneself = lambda: told.append("kept")
main.run_to_its_end = lambda command, line: told.append(line) or 0
sys.argv = ["dermlock", "find"]
try:
    main.run()
except SystemExit as end:
    assert end.code == 0
assert told == ["kept", ["find"]]
"""
    loaded_by(code)


def test_what_is_written_twice_to_load_less_is_the_same() -> None:
    assert VAULT_HEAD == HEAD_NAME
    assert tuple(route.value for route in Route) == ROUTES
    assert (WrongUseError.exit_code, 1) == (WRONG_USE, DONE_WITH_FINDINGS)
