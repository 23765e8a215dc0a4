"""Referred without pictures, and the wrong patient at the move: the same words on the screens and through `intake`."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from core.errors import RuleRefusedError
from core.intake.steps import Step
from core.settings import load_settings
from tui.services import Services

from ..support.asked import ADVICE, EASY, MOVE, NEW
from ..support.fake_services import FakeServices, FakeSession
from ..support.on_screen import Person, at_the_station
from ..support.station import THOMAS, Station, fill_in, nothing_lost, put
from ..support.three_ways import Keys, a_station_that_knows_somebody, ask, copy_of, filled, press
from ..support.vaults import PASSPHRASE, STAFF_ID
from ..support.walking import (
    agree_as_read,
    find_nothing_identifying,
    move,
    name_one_lesion,
    stand_at,
    take_the_newest,
)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Station:
    return a_station_that_knows_somebody(tmp_path_factory.mktemp("made-once") / "station")


@pytest.fixture
def station(made_once: Station, tmp_path: Path) -> Station:
    return copy_of(made_once, tmp_path / "station")


@dataclass(frozen=True)
class Ending:
    """An answer that ends without pictures, at the consent. sentence: of it, wherever it is read."""

    name: str
    sentence: str
    keys: Keys
    typed: tuple[str, ...]
    filled: Mapping[str, str]

    def __str__(self) -> str:
        return self.name


ENDINGS = (
    Ending(
        "the patient declines",
        "Declined. The referral goes on without pictures.",
        (("Does the patient agree", "3"),),
        ("declines",),
        filled(consent__consent="declines"),
    ),
    Ending(
        "a safeguarding concern",
        "Safeguarding concern: as talked about. The referral goes on without pictures.",
        (("Does the patient agree", "4"), ("What is the concern?", "as talked about", "enter")),
        ("safeguarding", "as talked about"),
        filled(consent__consent="safeguarding", consent__safeguarding="as talked about"),
    ),
    Ending(
        "without photography, from any question",
        "No pictures, because: Safeguarding stop",
        (("Does the patient agree", "f8"), ("Why without pictures?", "3")),
        ("without", "Safeguarding stop"),
        {
            'answers.concern = "advice"': 'answers.concern = "without-photography"',
            'answers.no_photography = ""': 'answers.no_photography = "Safeguarding stop"',
            'consent.consent = "as-read"': 'consent.consent = ""',
        },
    ),
)


@pytest.mark.parametrize("ending", ENDINGS, ids=str)
def test_without_pictures_the_referral_goes_on_with_its_reason_in_the_same_words(
    ending: Ending, station: Station, tmp_path: Path
) -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.CONSENT)
        for shown, *keys in ending.keys:
            await press(person, shown, *keys)
        await person.wait_for("Is all of this right?", ending.sentence)
        await person.press("m")
        await person.until(lambda: bool(session.moved), "the end of the intake")

    at_the_station(FakeServices(session), does)
    assert session.moved[0][0].kept == ()

    other = copy_of(station, tmp_path / "other")
    asked = ask(station, *NEW, *ADVICE, *ending.typed, *MOVE)
    assert ending.sentence in asked.err[asked.err.index("Is all of this right?") :]
    text = without_pictures(fill_in(other.template(), pictures=["none of them"]))
    for old, new in ending.filled.items():
        text = put(text, old, new)
    filed = other.signed_in("intake", other.card, "--answers", other.answers(text))
    assert (asked.code, filed.code) == (0, 1), "a file is told which pictures are left on the card"
    for done, where in ((asked, station), (filed, other)):
        episode = re.findall(r"Episode (\w+)", done.out)[-1]
        assert ending.sentence in where.signed_in("show", episode).out
        assert len(list(where.card.rglob("*.JPG"))) == 3


def without_pictures(text: str) -> str:
    text = put(text, '"no dermatoscope"', '""')
    return put(
        text,
        '{ site = "forearm", laterality = "left", history = "3 months, changing" }',
        '{ site = "", laterality = "", history = "" }',
    )


OTHERS_PICTURE = (
    "DCIM/100DERMA/IMG_0001.JPG is already in the vault for another patient.",
    "One of the two is the wrong patient: compare the pictures before anything else.",
)


def test_a_picture_that_another_patient_has_stops_at_the_move_in_the_same_words(
    station: Station, tmp_path: Path
) -> None:
    assert station.signed_in(
        "intake", station.card, "--answers", station.answers(fill_in(station.template())), "--keep"
    )
    what, hint = OTHERS_PICTURE
    with nothing_lost(station):
        filed = station.signed_in(
            "intake", station.card, "--answers", station.answers(fill_in(station.template(), THOMAS))
        )
        assert (filed.code, filed.error) == (RuleRefusedError.exit_code, OTHERS_PICTURE)
        thomas = ("999 000 0123", "30/11/1975", "Tamarind", "Thomas")
        asked = ask(station, *thomas, *EASY[4:], "quit", "yes").err.splitlines()
        assert asked[asked.index(what) + 1] == hint
        station.set(test_numbers=True, card_folders=[str(station.card)], card_roots=[])
        with patch.dict(os.environ, station.environ, clear=True):
            at_the_station(Services(load_settings(None, station.environ)), _thomas_until_the_move)


async def _thomas_until_the_move(person: Person) -> None:
    await person.wait_for("Sign in", "Esc leave")
    await person.type(STAFF_ID, "enter")
    await person.type(PASSPHRASE, "enter")
    await person.wait_for("Next patient", "card: 3 pictures")
    for shown, *keys in (
        ("Next patient", "9990000123"),
        ("Date of birth", "30111975", "enter"),
        ("Family name", "Tamarind", "enter"),
        ("Given name", "Thomas", "enter"),
        ("What is your concern", "2"),
        ("Which of these do you find or suspect?", "0"),
        ("Which of these does the patient have?", "0"),
    ):
        await press(person, shown, *keys)
    for way in (agree_as_read, take_the_newest, name_one_lesion, find_nothing_identifying, move):
        await way(person)
    await person.wait_for(*OTHERS_PICTURE)
