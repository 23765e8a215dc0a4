"""`dermlock due` and the commands that write down what was done with an episode."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.consent.withdrawal import Tier
from core.follow_up.acts import Advice
from core.follow_up.correction import WHY
from tui.commands.follow_up import ADVICE, REASONS, TIERS

from ...support.station import ROSALIND, Station, fill_in

TODAY = f"{datetime.now(UTC).astimezone():%Y-%m-%d}"
TOMORROW = f"{datetime.now(UTC).astimezone() + timedelta(days=1):%Y-%m-%d}"
IN_A_YEAR = f"{datetime.now(UTC) + timedelta(days=365):%Y-%m-%d}"


@pytest.fixture(scope="module")
def filled_once(made_once: Station, tmp_path_factory: pytest.TempPathFactory) -> Station:
    """One episode: Rosalind's left forearm, for advice."""
    folder = tmp_path_factory.mktemp("filled") / "station"
    shutil.copytree(made_once.folder, folder)
    station = Station(folder)
    answers = station.answers(fill_in(station.template(), ROSALIND, pictures=["IMG_0001", "IMG_0002", "IMG_0003"]))
    said = station.signed_in("intake", station.card, "--answers", answers, "--keep")
    assert said.code == 1, said.err
    return station


@pytest.fixture
def filled(filled_once: Station, tmp_path: Path) -> Station:
    shutil.copytree(filled_once.folder, tmp_path / "station")
    return Station(tmp_path / "station")


def episode(station: Station) -> str:
    (found,) = station.signed_in("find", "--json").document["episodes"]
    return str(found["id"])


def waits(station: Station) -> list[str]:
    return [line["waits_for"] for line in station.signed_in("due", "--json").document["due"]]


def done(station: Station, *line: str) -> str:
    said = station.signed_in(*line)
    assert (said.code, said.err) == (0, "")
    return said.out


def test_from_the_request_to_the_record(filled: Station) -> None:
    id_ = episode(filled)
    assert waits(filled) == ["sending", "record"]
    assert "ASHGROVE, Rosalind" in done(filled, "due")
    assert f"sent on {datetime.now():%d %b %Y}" in done(filled, "sent", id_)
    assert waits(filled) == ["reply", "record"]
    assert "due on" in done(filled, "due")
    assert "managed here. review in May" in done(
        filled, "replied", id_, "--advice", "manage-here", "--words", "review in May"
    )
    assert waits(filled) == ["telling", "record"]
    done(filled, "told", id_)
    done(filled, "confirm", id_)
    assert waits(filled) == []
    assert done(filled, "due").strip() == "Nothing is due."
    shown = filled.signed_in("show", id_, "--json").document
    assert [act["done"].split()[0] for act in shown["acts"]] == ["sent", "reply", "patient", "every"]
    text = done(filled, "show", id_)
    assert "reply of" in text and "every picture seen in the record" in text


def test_withdrawn_consent_and_the_decision_to_keep(filled: Station) -> None:
    id_ = episode(filled)
    done(filled, "withdraw", id_, "--for", "care", "--said-by", "the patient")
    assert waits(filled) == ["sending", "withdrawal"]
    assert filled.signed_in("show", id_, "--json").document["consent_now"] == []
    refused = filled.signed_in("confirm", id_)
    assert refused.code == 3
    assert refused.error[0] == "Consent to these pictures was withdrawn: they go nowhere."
    done(filled, "retain", id_, "--reason", "a complaint is open", "--review", IN_A_YEAR)
    assert waits(filled) == ["sending", "review"]


def test_a_route_decided_anew_by_the_pathways_own_questions(filled: Station) -> None:
    id_ = episode(filled)
    missing = filled.signed_in("decide", id_, "--answer", "concern=urgent")
    assert missing.code == 3
    assert missing.error[1].startswith("Add --answer criteria=… with one of size, shape")
    strange = filled.signed_in(
        "decide", id_, *answers("concern=urgent", "criteria=scc,bcc", "bcc_delay=no"), "--answer", "x=y"
    )
    assert (strange.code, strange.error[0]) == (2, "These are not asked: x.")
    unwritten = filled.signed_in("decide", id_, "--answer", "urgent")
    assert unwritten.code == 2 and "QUESTION=ANSWER" in unwritten.error[0]
    assert waits(filled) == ["sending", "record"]
    assert "Urgent suspected cancer" in done(
        filled, "decide", id_, *answers("concern=urgent", "criteria=scc,bcc", "bcc_delay=no")
    )
    (line, _) = filled.signed_in("due", "--json").document["due"]
    assert (line["waits_for"], line["due_on"], line["route"]) == ("sending", TODAY, "urgent-suspected-cancer")


def answers(*written: str) -> list[str]:
    return [part for answer in (*written, "history=none") for part in ("--answer", answer)]


def test_a_correction_reaches_every_episode(filled: Station) -> None:
    id_ = episode(filled)
    out = done(
        filled, "correct", id_, "--family-name", "Hill", "--birth-date", "1961-04-12",
        "--why", "typing-error", "--compared-with", "the record",
    )  # fmt: skip
    assert out.startswith("From now on: HILL, Rosalind  born 12 Apr 1961  999 000 0018")
    (found,) = filled.signed_in("find", "hill", "--json").document["episodes"]
    assert found["patient"]["birth_date"] == "1961-04-12"
    assert filled.signed_in("find", "ashgrove", "--json").document["episodes"] == []
    assert "patient corrected" in done(filled, "audit", "show")
    (kept,) = filled.signed_in("show", id_, "--json").document["corrections"]
    assert kept["before"]["family_name"] == "Ashgrove"
    assert kept["reason"] == "It was mistyped. Compared with: the record"
    assert "patient corrected, before: ASHGROVE, Rosalind" in done(filled, "show", id_)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("replied", "--advice", "refer"), "Nothing was sent that could be replied to."),
        (("told",), "There is no reply that the patient could be told of."),
        (("sent", "--on", TOMORROW), "“When was it sent?” is in the future."),
        (("sent", "--on", "2000-01-01"), "“When was it sent?” is before"),
        (("retain", "--reason", "why", "--review", TODAY), "“When is that looked at again?” is not in the future."),
        (("retain", "--reason", " ", "--review", TOMORROW), "“Why are the pictures kept here?” is empty."),
        (("withdraw", "--for", "teaching", "--said-by", "the patient"), "has no answer “teaching”"),
        (("correct", "--why", "other", "--compared-with", "it"), "“What is to be corrected?” is empty."),
        (("correct", "--family-name", "Ashgrove", "--why", "other", "--compared-with", "it"), "Nothing differs"),
        (("correct", "--birth-date", TOMORROW, "--why", "other", "--compared-with", "it"), "is in the future"),
    ],
)
def test_what_a_rule_forbids_is_said_in_two_lines_and_nothing_is_written(
    filled: Station, line: tuple[str, ...], why: str
) -> None:
    id_ = episode(filled)
    before = filled.signed_in("show", id_, "--json").document
    said = filled.signed_in(line[0], id_, *line[1:])
    assert said.code == 3
    assert why in said.error[0]
    assert filled.signed_in("show", id_, "--json").document == before


def test_the_words_of_the_options_are_cores() -> None:
    assert set(ADVICE) == {advice.value for advice in Advice}
    assert set(TIERS) == {tier.value for tier in Tier}
    assert tuple(option.id for option in WHY.options) == REASONS
