"""The wording is the practice's: versioned, complete, and refused by name where it is not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.consent import wording as wording_module
from core.consent.in_words import consent_lines
from core.consent.interview import consent_interview
from core.consent.wording import load_wording
from core.errors import WrongUseError
from core.intake.asking import interview_for
from core.intake.steps import Step

from ...support.clinic import AS_READ, STATION_TIME, asking_about, held, intake_until

SHIPPED = Path(wording_module.__file__).with_name("wording.toml").read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Path:
    file = folder / "wording.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_wording_says_what_consent_is_about() -> None:
    wording = load_wording(None)
    statement = wording.read_out.lower()
    for said in (
        "look after you",
        "will see them",
        "encrypted",
        "your record",
        "referral",
        "say no",
        "changes nothing",
    ):
        assert said in statement
    for said in ("explained by", "decides for themselves", "this care only", "chaperone", "interpreter", "intimate"):
        assert said in wording.as_read.lower()
    assert "chaperone" in wording.intimate.lower()
    assert "seen in person instead" in wording.intimate.lower()


def test_a_practice_edits_it_and_what_was_read_out_is_stored_with_its_version(tmp_path: Path) -> None:
    ours = SHIPPED.replace('version = "2"', 'version = "ours 3"').replace("We would like", "Dr Yew would like")
    wording = load_wording(written(tmp_path, ours))
    consent, _ = held(consent_interview(wording, 40, "Dr Yew", lambda: STATION_TIME), AS_READ)
    assert consent.wording_version == "ours 3"
    assert consent.wording.startswith("Dr Yew would like to take pictures")
    assert wording.as_read in consent.wording


def test_an_intake_asks_with_the_wording_of_the_practice(tmp_path: Path) -> None:
    wording = load_wording(written(tmp_path, SHIPPED.replace('version = "2"', 'version = "ours 3"')))
    asking = replace(asking_about(), wording=wording)
    consent, _ = held(interview_for(Step.CONSENT, intake_until(Step.CONSENT, asking), asking), AS_READ)
    assert getattr(consent, "wording_version", "") == "ours 3"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("version =", "verzion =", "verzion"),
        ('version = "2"', "version = 1", ": version: Expected"),
        ('version = "2"', 'version = " "', ": version is empty."),
        ("review_by = 2027-04-01", 'review_by = "later"', ": review_by: "),
        ('teaching = "Agrees', '# teaching = "Agrees', "teaching"),
        ('owner = "', 'extra = "x"\nowner = "', "extra"),
        ('owner = "', "owner = ", "wording.toml"),
    ],
)
def test_a_malformed_wording_is_refused_by_its_place(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in SHIPPED
    with pytest.raises(WrongUseError) as refused:
        load_wording(written(tmp_path, SHIPPED.replace(old, new)))
    assert refused.value.what.startswith(f"The consent wording {tmp_path}/wording.toml")
    assert named in refused.value.what
    assert "out of the settings" in refused.value.hint


@pytest.mark.parametrize(
    "name", ["statement", "referral", "as_read", "teaching", "publication", "intimate", "best_interests"]
)
@pytest.mark.parametrize("blank", ["", "  ", "\\n\\t\\n"])
def test_nothing_is_not_read_out(tmp_path: Path, name: str, blank: str) -> None:
    lines = {"version": "v", "owner": "o", "source": "s", "statement": "s", "as_read": "a", "teaching": "t"}
    lines |= {"publication": "p", "intimate": "i", "best_interests": "b", "referral": "r", name: blank}
    text = "review_by = 2027-04-01\n" + "".join(f'{key} = "{said}"\n' for key, said in lines.items())
    with pytest.raises(WrongUseError, match=f"{name} is empty"):
        load_wording(written(tmp_path, text))


@pytest.mark.parametrize("text", ["a = " + "9" * 5000, "a = " + "[" * 100_000, "\x00"], ids=["long", "deep", "NUL"])
def test_what_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(WrongUseError, match="wording"):
        load_wording(written(tmp_path, text))


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match=r"nowhere\.toml cannot be read"):
        load_wording(tmp_path / "nowhere.toml")
    (tmp_path / "latin.toml").write_bytes(b'version = "\xe4"')
    with pytest.raises(WrongUseError, match=r"latin\.toml cannot be read"):
        load_wording(tmp_path / "latin.toml")


@pytest.mark.parametrize("hidden", ["\\u001b[2J", "\\u202e", "\\u0007"])
def test_what_cannot_be_shown_is_not_read_out(tmp_path: Path, hidden: str) -> None:
    with pytest.raises(WrongUseError, match="teaching holds a character that cannot be shown"):
        load_wording(written(tmp_path, SHIPPED.replace('teaching = "Agrees', f'teaching = "{hidden}Agrees')))


def test_whatever_the_wording_the_patient_is_told_that_advice_may_turn_into_a_referral(tmp_path: Path) -> None:
    ours = SHIPPED.replace("An answer from a specialist may turn into a referral", "They may want to see you")
    wording = load_wording(written(tmp_path, ours))
    consent, _ = held(consent_interview(wording, 40, "Dr Yew", lambda: STATION_TIME), AS_READ)
    assert consent.told_of_referral
    assert "They may want to see you, possibly an urgent one." in consent.wording
    without = SHIPPED.replace("referral = ", "# referral = ").replace("An answer from", "# An answer from")
    with pytest.raises(WrongUseError, match="referral"):
        load_wording(written(tmp_path, without))


def test_a_wording_that_was_to_be_reviewed_says_so_with_its_owner_and_is_used(tmp_path: Path) -> None:
    ours = SHIPPED.replace("review_by = 2027-04-01", f"review_by = {STATION_TIME:%Y-%m-%d}")
    today = load_wording(written(tmp_path, ours))
    assert today.warnings(STATION_TIME.date()) == (), "on the very day it is in time"
    tomorrow = STATION_TIME + timedelta(days=1)
    warning = (
        "The consent wording “2” was to be reviewed by 25 November 2026; "
        "ask The practice's information governance lead."
    )
    interview = consent_interview(today, 40, "Dr Yew", lambda: tomorrow)
    assert interview.warnings == (warning,)
    question = interview.next({})
    assert question is not None
    assert question.help.startswith(f"{warning}\n")
    consent, _ = held(interview, AS_READ)
    assert consent.warnings == (warning,)
    assert consent_lines(consent)[-1] == warning
    assert load_wording(None).warnings(STATION_TIME.date()) == ()
