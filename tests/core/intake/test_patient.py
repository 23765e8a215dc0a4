"""Who it is: two identifiers, the second typed; a conflict stops, and shows nothing that is stored."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.card.identity import look_at
from core.card.inventory import take_inventory
from core.errors import RuleRefusedError
from core.intake.conduct import move
from core.intake.interviews.patient import patient_interview
from core.intake.steps import PatientNamed
from core.model.conversation import Conversation
from core.model.patient import LocalNumber, NhsNumber, Patient
from core.model.question import Value

from ...support.cards import fill_card
from ...support.clinic import KNOWN, NEW_PATIENT, TODAY, asking_about, held
from ...support.intakes import intake_of, referral_without_pictures
from ...support.vaults import make_vault

VISITOR = Patient(LocalNumber("V17", "visitor"), "Maple", "Jo", date(1980, 1, 1))
LOCAL: dict[str, Value] = {"nhs_number": "none", "local_number": "V17", "local_reason": "visitor"}


def interview(*, test_numbers: bool = True) -> Conversation[PatientNamed]:
    return patient_interview(asking_about(known=(KNOWN, VISITOR)).find_patient, TODAY, test_numbers=test_numbers)


def test_a_new_patient_is_asked_for_number_birth_date_and_names() -> None:
    named, given = held(interview(), NEW_PATIENT)
    assert list(given) == ["nhs_number", "birth_date", "family_name", "given_name"]
    assert named == PatientNamed(
        Patient(NhsNumber("9990000018"), "Ashgrove", "Rosalind", date(1961, 4, 2)), known=False
    )


def test_a_known_patient_is_named_when_the_typed_birth_date_agrees() -> None:
    named, given = held(interview(), {"nhs_number": "999 555 1233", "birth_date": "19.7.1958"})
    assert list(given) == ["nhs_number", "birth_date"]
    assert named == PatientNamed(KNOWN, known=True)


def test_nothing_stored_is_shown_before_the_second_identifier_agreed() -> None:
    talk, given = interview(), {"nhs_number": "9995551233"}
    question = talk.next(given)
    assert question is not None
    assert question.id == "birth_date"
    assert "Rowanberry" not in repr(question)
    assert "1958" not in repr(question)
    new = talk.next({"nhs_number": "9990000018"})
    assert question == new


def test_a_known_number_with_another_birth_date_stops_and_shows_nothing_stored() -> None:
    with pytest.raises(RuleRefusedError, match="another name or birth date") as refused:
        interview().next({"nhs_number": "9995551233", "birth_date": "19/7/1985"})
    for stored in ("Rowanberry", "ROWANBERRY", "Petra", "1958", "Jul"):
        assert stored not in str(refused.value)
    assert "Wrong patient?" in refused.value.hint


def test_a_visitor_has_a_local_number_with_a_reason() -> None:
    new: dict[str, Value] = {**LOCAL, "local_number": "V 99", "birth_date": "3/3/2001"}
    named, given = held(interview(), {**new, "family_name": "Oak", "given_name": "Sam"})
    assert named.patient.number == LocalNumber("V99", "visitor")
    assert list(given)[:3] == ["nhs_number", "local_number", "local_reason"]


@pytest.mark.parametrize("reason", ["visitor", "from Jersey, has none"])
def test_a_known_visitor_is_known_by_the_number_whatever_the_reason(reason: str) -> None:
    named, _ = held(interview(), {**LOCAL, "local_reason": reason, "birth_date": "1/1/1980"})
    assert named == PatientNamed(VISITOR, known=True)
    with pytest.raises(RuleRefusedError, match="another name or birth date"):
        interview().next({**LOCAL, "local_reason": reason, "birth_date": "1/1/1981"})


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"nhs_number": "999 123 4560"}, "check digit"),
        ({"nhs_number": "987 654 4321"}, "check digit"),
        ({"nhs_number": "0000000000"}, "equal digits"),
        ({"nhs_number": "12345"}, "ten digits"),
        ({"nhs_number": "None"}, "ten digits"),
        ({"nhs_number": "none", "local_number": "999 000 0018"}, "is an NHS number"),
        ({"nhs_number": "none", "local_number": "401-023-2137"}, "is an NHS number"),
        ({"nhs_number": "9990000018", "birth_date": "26/11/2026"}, "in the future"),
        ({"nhs_number": "9990000018", "birth_date": "25/11/1905"}, "over 120 years old"),
        ({"nhs_number": "9990000018", "birth_date": "30/2/1961"}, "not a date"),
    ],
)
def test_what_cannot_be_is_refused_where_it_was_typed(said: dict[str, Value], why: str) -> None:
    replay = interview().replay(said)
    assert replay.refusal is not None
    assert why in replay.refusal.what
    assert replay.asked[-1].id == list(said)[-1]


@pytest.mark.parametrize("born", ["25/11/2026", "26/11/1905"])
def test_a_birth_date_of_today_and_of_long_ago_may_be(born: str) -> None:
    question = interview().next({"nhs_number": "9990000018", "birth_date": born})
    assert question is not None
    assert question.id == "family_name"


def test_a_real_practice_takes_no_test_number() -> None:
    with pytest.raises(RuleRefusedError, match="test numbers"):
        interview(test_numbers=False).next({"nhs_number": "999 000 0018"})
    question = interview(test_numbers=False).next({"nhs_number": "401 023 2137"})
    assert question is not None
    assert question.id == "birth_date"


def test_names_are_taken_as_they_are_written() -> None:
    named, _ = held(interview(), {**NEW_PATIENT, "family_name": "  d’Arc-Ŵyn  ", "given_name": "Zoë  Anne"})
    assert named.patient == replace(named.patient, family_name="d’Arc-Ŵyn", given_name="Zoë Anne")


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "Ash\u202egrove", "Ash\x1b[7mgrove"])
def test_a_name_that_cannot_be_seen_or_turns_the_screen_round_is_refused(name: str) -> None:
    with pytest.raises(RuleRefusedError):
        held(interview(), {**NEW_PATIENT, "family_name": name})


def test_a_visitor_whose_reason_was_said_otherwise_is_the_same_patient_at_the_move(tmp_path: Path) -> None:
    """Also where another station has sealed meanwhile, so that the interview did not find them."""
    vault, card = make_vault(tmp_path).open(), tmp_path / "card"
    fill_card(card, 2)
    inventory = take_inventory(look_at(card, configured=True))
    again = replace(VISITOR, number=LocalNumber("V17", "lives in Jersey"))
    move([intake_of(inventory.pictures, VISITOR)], [], inventory, vault, keep=True)
    receipt = move([intake_of(inventory.pictures, again)], [], inventory, vault, keep=True)
    assert receipt.sealed == 2
    assert vault.find_patient(again.number) == VISITOR, "the first reason stands"
    with pytest.raises(RuleRefusedError, match="another name or birth date"):
        move([referral_without_pictures(replace(again, family_name="Oak"))], [], None, vault)
    other = replace(VISITOR, number=LocalNumber("V18", "visitor"))
    with pytest.raises(RuleRefusedError, match="for another patient"):
        move([intake_of(inventory.pictures, other)], [], inventory, vault, keep=True)
