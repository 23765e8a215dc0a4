"""The pictures of the documentation: one of every screen and every dialog, with nothing secret in them."""

import importlib
import inspect
import pkgutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from textual.screen import Screen

import tui.dialogs
import tui.screens
from tui.demo import KNOWN_PATIENT, PASSPHRASE
from tui.pictures.__main__ import main, photograph
from tui.screens.lock import LockScreen
from tui.screens.sign_in import SignInScreen


def every_screen() -> set[type[Screen[object]]]:
    """Each class of tui.screens and tui.dialogs that can be put up and is not only made to be built upon."""
    found = set()
    for package in (tui.screens, tui.dialogs):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                if issubclass(kind, Screen) and kind.__module__ == module.name:
                    found.add(kind)
    return found


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, type[Screen[object]]]:
    return photograph(tmp_path_factory.mktemp("screens") / "new")


def words(file: Path) -> str:
    return "".join(ElementTree.fromstring(file.read_text()).itertext()).replace("\xa0", " ")


def test_every_screen_and_every_dialog_has_a_picture(album: dict[Path, type[Screen[object]]]) -> None:
    missing = every_screen() - set(album.values())
    assert not missing, f"add a scene in tui/pictures/scenes.py for {sorted(kind.__name__ for kind in missing)}"


def test_they_are_svg_with_words_in_them_and_no_two_show_the_same(album: dict[Path, type[Screen[object]]]) -> None:
    said = {file: words(file) for file in album}
    assert all(len(each) > 100 for each in said.values())
    assert KNOWN_PATIENT.family_name.upper() in said[next(file for file in album if file.stem == "find")]
    small = [each for file, each in said.items() if not file.stem.endswith(("x24", "x40"))]
    assert len(set(small)) == len(small)


def test_they_come_in_every_theme_and_in_the_larger_size(album: dict[Path, type[Screen[object]]]) -> None:
    names = " ".join(file.stem for file in album)
    assert all(each in names for each in ("-light-80x24", "-high-contrast-80x24", "-dark-120x40"))


def test_the_demos_passphrase_is_shown_only_where_it_is_asked_for(album: dict[Path, type[Screen[object]]]) -> None:
    showing = {kind for file, kind in album.items() if PASSPHRASE in words(file)}
    assert SignInScreen in showing
    assert showing <= {SignInScreen, LockScreen}


@pytest.mark.parametrize("arguments", [[], ["one", "two"]])
def test_anything_but_one_folder_is_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err == "python -m tui.pictures DIR\n"
