"""Where settings come from, which wins, and what is said when they are wrong."""

from pathlib import Path

import pytest

from core.errors import WrongUseError
from core.settings import THEMES, load_settings

HOME = {"HOME": "/home/gp", "USER": "gp"}


def written(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text)
    return file


def test_a_station_without_a_file_has_defaults_that_work() -> None:
    settings = load_settings(None, {**HOME, "XDG_CONFIG_HOME": "/nowhere"})
    assert settings.vault is None
    assert settings.state_folder == Path("/home/gp/.local/state/dermlock")
    assert settings.card_roots == (Path("/media/gp"), Path("/run/media/gp"))
    assert settings.test_numbers is False


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_is_one_of_these_and_auto_where_nobody_said_so(tmp_path: Path, theme: str) -> None:
    assert load_settings(written(tmp_path, f'theme = "{theme}"\n'), HOME).theme == theme
    assert load_settings(written(tmp_path, ""), HOME).theme == "auto"


def test_the_environment_overrules_the_file(tmp_path: Path) -> None:
    file = written(tmp_path, 'vault = "/from/file"\nstate_folder = "/state"\n')
    assert load_settings(file, HOME).vault == Path("/from/file")
    overruled = load_settings(file, {**HOME, "DERMLOCK_VAULT": "/from/env", "DERMLOCK_STATE": "/from/env/state"})
    assert (overruled.vault, overruled.state_folder) == (Path("/from/env"), Path("/from/env/state"))


def test_the_file_is_found_where_xdg_says_and_where_it_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "dermlock"
    folder.mkdir(parents=True)
    written(folder, 'pathway = "by-place"\n')
    assert load_settings(None, {**HOME, "XDG_CONFIG_HOME": str(tmp_path / "config")}).pathway == "by-place"
    named = written(tmp_path, 'pathway = "by-name"\n')
    assert load_settings(None, {**HOME, "DERMLOCK_SETTINGS": str(named)}).pathway == "by-name"


def test_relative_folders_are_beside_the_file_and_a_tilde_is_home(tmp_path: Path) -> None:
    file = written(
        tmp_path, 'vault = "~/vault"\ncard_folders = ["redirected", "/abs"]\nconsent_wording = "consent.toml"\n'
    )
    settings = load_settings(file, HOME)
    assert settings.consent_wording == tmp_path / "consent.toml"
    assert load_settings(written(tmp_path, ""), HOME).consent_wording is None
    assert settings.vault == Path("/home/gp/vault")
    assert settings.card_folders == (tmp_path / "redirected", Path("/abs"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('vlaut = "/v"', "vlaut"),
        ("vault = 1", "vault"),
        ("card_folders = [1]", "card_folders"),
        ('test_numbers = "yes"', "test_numbers"),
        ('theme = "blue"', "theme"),
        ('vault = "', "end of document"),
        ("vault = '\xff'", "settings.toml"),
    ],
)
def test_a_wrong_value_is_refused_by_name(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(WrongUseError) as refused:
        load_settings(file, HOME)
    assert named in refused.value.what


def test_a_named_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="cannot be read"):
        load_settings(tmp_path / "none.toml", HOME)


def test_without_a_home_the_state_folder_must_be_named() -> None:
    with pytest.raises(WrongUseError) as refused:
        load_settings(None, {"USER": "gp"})
    assert "DERMLOCK_STATE" in refused.value.hint
    assert load_settings(None, {"DERMLOCK_STATE": "/state"}).state_folder == Path("/state")
