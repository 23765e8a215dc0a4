"""The limits of picture quality are dated data: a practice's own file, and errors that name the place in it."""

import re
from datetime import date
from pathlib import Path

import pytest

from core.errors import WrongUseError
from core.photo.quality import limits
from core.photo.quality.limits import load_limits

SHIPPED = Path(limits.__file__).with_name("limits.toml")


def test_ours_ask_for_what_the_guidance_says_and_have_an_owner_and_dates() -> None:
    ours = load_limits(None)
    assert (ours.least_size, ours.wanted_size) == ((800, 600), (1024, 768))
    assert ours.focus_dermoscopic < ours.focus_naked_eye
    assert ours.owner
    assert "docs/quality.md" in ours.source
    assert ours.valid_from < ours.review_by


def test_a_practice_may_have_its_own(tmp_path: Path) -> None:
    own = tmp_path / "limits.toml"
    own.write_text(SHIPPED.read_text().replace("least_size = [800, 600]", "least_size = [1600, 1200]"))
    assert load_limits(own).least_size == (1600, 1200)


def test_a_date_that_is_over_warns_and_nothing_else() -> None:
    ours = load_limits(None)
    assert ours.warnings(ours.review_by) == ()
    assert ours.warnings(date(2027, 4, 2)) == (
        "The limits of picture quality, version 1, were to be reviewed by 01 April 2027; "
        "ask The practice's lead for skin cancer.",
    )


@pytest.mark.parametrize(
    ("line", "instead", "place"),
    [
        ("dark_below = 45", "dark_below = 300", "dark_below: Expected `int` <= 255"),
        ("dark_below = 45", "", "missing required field `dark_below`"),
        ("worse_below = 0.75", 'worse_below = "little"', "worse_below: Expected `float`, got `str`"),
        ("least_size = [800, 600]", "least_size = [800]", "least_size: Expected `array` of length 2, got 1"),
        ("least_size = [800, 600]", "least_size = [800, 0]", "least_size[1]: Expected `int` >= 1"),
        ("review_by = 2027-04-01", "review_by = 2027-04-01\nblock = true", "unknown field `block`"),
        ("review_by = 2027-04-01", "review_by = soon", "not TOML"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, line: str, instead: str, place: str) -> None:
    own = tmp_path / "limits.toml"
    text = SHIPPED.read_text()
    assert text.count(line) == 1
    own.write_text(text.replace(line, instead))
    with pytest.raises(WrongUseError, match=re.escape(place)) as refused:
        load_limits(own)
    assert str(own) in refused.value.what
    assert "quality_limits" in refused.value.hint


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="cannot be read"):
        load_limits(tmp_path / "nowhere.toml")
