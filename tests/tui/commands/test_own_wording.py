"""The practice's own consent wording: named in the settings, checked before anybody is asked, read out and kept."""

from pathlib import Path

import pytest

from core.consent import wording as wording_module
from tui.console.invocation import Invocation

from ...support.asked import ADVICE, MOVE, NEW
from ...support.station import Said, Station
from ...support.three_ways import ask

SHIPPED = Path(wording_module.__file__).with_name("wording.toml").read_text(encoding="utf-8")
OURS = SHIPPED.replace('version = "2"', 'version = "ours 3"').replace("We would like", "Dr Yew would like")


def set_wording(station: Station, text: str) -> Path:
    file = station.folder / "consent.toml"
    file.write_text(text, encoding="utf-8")
    station.set(test_numbers=True, consent_wording="consent.toml")
    return file


def test_it_is_read_out_and_kept_with_its_version(station: Station) -> None:
    set_wording(station, OURS)
    said = ask(station, *NEW, *ADVICE, "declines", *MOVE)
    assert said.code == 0, said.err
    assert "Read out: Dr Yew would like to take pictures" in said.err
    assert "# ---- Consent: wording ours 3 ----" in station.template()
    (found,) = station.signed_in("find", "--json").document["episodes"]
    consent = station.signed_in("show", found["id"], "--json").document["consent"]
    assert (consent["wording_version"], consent["explained_by"]) == ("ours 3", "Dr Ann Jones")
    assert consent["told_of_referral"] is True
    assert consent["at"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (OURS.replace("referral = ", "referal = "), "referal"),
        (OURS.replace('version = "ours 3"', 'version = ""'), ": version is empty."),
        ("version = ", "is not TOML: "),
        (None, "cannot be read: "),
    ],
    ids=["misspelt", "empty", "no TOML", "not there"],
)
def test_one_that_is_not_right_is_named_with_its_place_before_anything_is_asked(
    station: Station, monkeypatch: pytest.MonkeyPatch, text: str | None, named: str
) -> None:
    file = set_wording(station, text or "")
    if text is None:
        file.unlink()
    opened: list[object] = []
    monkeypatch.setattr("tui.app.run_app", opened.append)
    monkeypatch.setattr(Invocation, "require_terminal", lambda _given: None)
    for said in (station.run(), ask(station, *NEW), station.run("intake", station.card, "--template")):
        assert said.code == 2, said.err
        assert said.error[0].startswith(f"The consent wording {file}")
        assert named in said.error[0]
        assert said.error[1] == "Mend this place in the file, or take consent_wording out of the settings."
    assert opened == []


def test_out_of_date_it_says_so_and_is_used_all_the_same(station: Station) -> None:
    set_wording(station, OURS.replace("review_by = 2027-04-01", "review_by = 2020-01-31"))
    said = ask(station, *NEW, *ADVICE, "declines", *MOVE)
    warning = "The consent wording “ours 3” was to be reviewed by 31 January 2020; ask The practice's information"
    assert said.code == 0, said.err
    question, review = said.err.split("Is all of this right?")[:2]
    assert warning in question
    assert warning in review


def test_the_app_starts_with_one_that_is_right(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    set_wording(station, OURS)
    monkeypatch.setattr("tui.app.run_app", lambda _services: 0)
    monkeypatch.setattr(Invocation, "require_terminal", lambda _given: None)
    assert station.run() == Said(0, "", "")
