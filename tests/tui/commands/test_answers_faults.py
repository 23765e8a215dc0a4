"""Answers files with faults: two lines that name the place, and card and vault as they were."""

import pytest

from ...support.cards import put_file
from ...support.station import ROSALIND, Station, fill_in, new_station, nothing_lost, put
from ...support.vaults import PASSPHRASE

FAULTS = {
    "a missing value": (
        'patient.birth_date = "2/4/1961"',
        'patient.birth_date = ""',
        "episode 1, patient.birth_date is empty.",
    ),
    "a line that was taken out": (
        'consent.consent = "as-read"',
        "",
        "episode 1, consent.consent is missing.",
    ),
    "a picture without a view": (
        'IMG_0002.JPG", view = "close-up"',
        'IMG_0002.JPG", view = ""',
        "episode 1, pictures 2.view is empty.",
    ),
    "a misspelt option": (
        'answers.concern = "advice"',
        'answers.concern = "advise"',
        "episode 1, answers.concern",
    ),
    "a misspelt name": (
        'answers.concern = "advice"',
        'answers.concerns = "advice"',
        "episode 1, answers.concerns is not a name of an answers file.",
    ),
    "a wrong check digit": (
        'patient.nhs_number = "999 000 0018"',
        'patient.nhs_number = "999 000 0019"',
        "episode 1, patient.nhs_number: The check digit of this NHS number is wrong.",
    ),
    "a date that never was": (
        'patient.birth_date = "2/4/1961"',
        'patient.birth_date = "30/2/1961"',
        "episode 1, patient.birth_date",
    ),
    "a pathway that there is not": (
        'pathway = "england-skin-2026"',
        'pathway = "england-skin-1999"',
        "episode 1, pathway: there is no pathway “england-skin-1999”.",
    ),
    "a picture that is not on the card": (
        'file = "DCIM/100DERMA/IMG_0005.JPG"',
        'file = "DCIM/100DERMA/IMG_0009.JPG"',
        "episode 1, pictures 5.file: there is no “DCIM/100DERMA/IMG_0009.JPG” on this card.",
    ),
    "no TOML": (
        'patient.family_name = "Ashgrove"',
        "patient.family_name = Ashgrove",
        "The answers file is not TOML: Invalid value (at line",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "what"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_its_place_and_nothing_is_done(
    station: Station, right: str, wrong: str, what: str
) -> None:
    answers = station.answers(put(fill_in(station.template()), right, wrong))
    with nothing_lost(station):
        said = station.signed_in("intake", station.card, "--answers", answers)
    assert (said.code, said.out) == (3 if "check digit" in what else 2, "")
    assert said.error[0].startswith(what)
    assert station.run("vault", "info", "--json").document["pictures"] == 0


def test_a_template_that_nobody_filled_in_names_its_first_value(station: Station) -> None:
    with nothing_lost(station):
        said = station.signed_in("intake", station.card, "--answers", station.answers(station.template()), "--json")
    assert said.code == 2
    assert said.document["error"]["what"] == "episode 1, patient.nhs_number is empty."


def test_a_picture_that_changed_since_the_template_was_printed(station: Station) -> None:
    answers = station.answers(fill_in(station.template()))
    put_file(station.card, "DCIM/100DERMA/IMG_0001.JPG", b"another")
    with nothing_lost(station):
        said = station.signed_in("intake", station.card, "--answers", answers)
    assert said.code == 3
    assert "IMG_0001.JPG has another content on this card." in said.error[0]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (None, "cannot be read: No such file or directory."),
        (b"\xff\xfe\x00", "is not UTF-8 text."),
        (b"", "The answers file has no episodes."),
        (b"#" * (16 * 1024 * 1024 + 1), "is too large for an answers file."),
    ],
)
def test_a_file_that_is_no_answers_file(station: Station, content: bytes | None, what: str) -> None:
    file = station.folder / "answers.toml"
    if content is not None:
        file.write_bytes(content)
    with nothing_lost(station):
        said = station.signed_in("intake", station.card, "--answers", file)
    assert said.code == 2
    assert said.error[0].endswith(what)


def test_a_live_station_takes_no_test_number(station: Station) -> None:
    answers = station.answers(fill_in(station.template(), ROSALIND))
    station.set(test_numbers=False)
    with nothing_lost(station):
        said = station.signed_in("intake", station.card, "--answers", answers)
    assert said.code == 3
    assert said.error == (
        "episode 1, patient.nhs_number: 999 numbers are test numbers and belong to nobody.",
        "Use the patient's own number; to practise, use dermlock demo.",
    )
    found = station.signed_in("find", "--nhs", "999 000 0018")
    assert (found.code, found.error[0]) == (3, "999 numbers are test numbers and belong to nobody.")


def test_the_setting_is_the_stations_and_not_the_files(station: Station, bare_station: Station) -> None:
    """A station is live unless its settings say that it is for practice."""
    (bare_station.folder / "settings.toml").write_text("")
    said = bare_station.run("find", "--nhs", "999 000 0018", stdin=PASSPHRASE.encode())
    assert (said.code, said.error[0]) == (3, "999 numbers are test numbers and belong to nobody.")
    assert new_station(bare_station.folder / "practice").run("find", "--nhs", "999 000 0018").code == 6
