"""The wording is the practice's: versioned, complete, and refused by name where it is not."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.consent import wording as wording_module
from core.consent.interview import consent_interview
from core.consent.wording import load_wording
from core.errors import WrongUseError
from core.intake.asking import interview_for
from core.intake.steps import Step

from ...support.clinic import AS_READ, asking_about, held, intake_until

SHIPPED = Path(wording_module.__file__).with_name("wording.toml").read_text(encoding="utf-8")


def written(folder: Path, text: str) -> Path:
    file = folder / "wording.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_shipped_wording_says_what_consent_is_about() -> None:
    wording = load_wording(None)
    statement = wording.statement.lower()
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
    ours = SHIPPED.replace('version = "1"', 'version = "ours 3"').replace("We would like", "Dr Yew would like")
    wording = load_wording(written(tmp_path, ours))
    consent, _ = held(consent_interview(wording, 40), AS_READ)
    assert consent.wording_version == "ours 3"
    assert consent.wording.startswith("Dr Yew would like to take pictures")
    assert wording.as_read in consent.wording


def test_an_intake_asks_with_the_wording_of_the_practice(tmp_path: Path) -> None:
    wording = load_wording(written(tmp_path, SHIPPED.replace('version = "1"', 'version = "ours 3"')))
    asking = replace(asking_about(), wording=wording)
    consent, _ = held(interview_for(Step.CONSENT, intake_until(Step.CONSENT, asking), asking), AS_READ)
    assert getattr(consent, "wording_version", "") == "ours 3"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("version =", "verzion =", "verzion"),
        ('version = "1"', "version = 1", "version"),
        ('version = "1"', 'version = " "', "version"),
        ("review_by = 2027-04-01", 'review_by = "later"', "review_by"),
        ('teaching = "Agrees', '# teaching = "Agrees', "teaching"),
        ('owner = "', 'extra = "x"\nowner = "', "extra"),
        ('owner = "', "owner = ", "wording.toml"),
    ],
)
def test_a_malformed_wording_is_refused_by_its_place(tmp_path: Path, old: str, new: str, named: str) -> None:
    assert old in SHIPPED
    with pytest.raises(WrongUseError) as refused:
        load_wording(written(tmp_path, SHIPPED.replace(old, new)))
    assert refused.value.what.startswith("wording.toml: ")
    assert named in refused.value.what
    assert "out of the settings" in refused.value.hint


@pytest.mark.parametrize("name", ["statement", "as_read", "teaching", "publication", "intimate", "best_interests"])
@pytest.mark.parametrize("blank", ["", "  ", "\\n\\t\\n"])
def test_nothing_is_not_read_out(tmp_path: Path, name: str, blank: str) -> None:
    lines = {"version": "v", "owner": "o", "source": "s", "statement": "s", "as_read": "a", "teaching": "t"}
    lines |= {"publication": "p", "intimate": "i", "best_interests": "b", name: blank}
    text = "review_by = 2027-04-01\n" + "".join(f'{key} = "{said}"\n' for key, said in lines.items())
    with pytest.raises(WrongUseError, match=name):
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
