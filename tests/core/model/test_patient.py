"""Which numbers are taken for whose, and how a patient is shown."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import RuleRefusedError
from core.model.patient import (
    LocalNumber,
    NhsNumber,
    Patient,
    check_local_number,
    parse_local_number,
    parse_nhs_number,
    refuse_impossible_birth_date,
)

VALID = ("999 000 0018", "999 000 0123", "999 555 1233", "999 876 5439", "999 111 2227", "999 012 3454")
NINE = st.text("0123456789", min_size=9, max_size=9)


def check_digit(nine: str) -> int:
    """Written from the definition, not from the code: 10 means that no such number is issued."""
    weighted = sum(int(digit) * (10 - place) for place, digit in enumerate(nine))
    check = 11 - weighted % 11
    return 0 if check == 11 else check


@pytest.mark.parametrize("number", VALID)
def test_test_numbers_are_taken_where_they_may_be_and_shown_in_groups(number: str) -> None:
    parsed = parse_nhs_number(number, test_numbers=True)
    assert str(parsed) == number
    assert parsed.is_test_number
    assert parsed.key == f"nhs:{number.replace(' ', '')}"


@pytest.mark.parametrize("number", VALID)
def test_test_numbers_are_refused_loudly_in_a_real_practice(number: str) -> None:
    with pytest.raises(RuleRefusedError, match="test numbers and belong to nobody") as refused:
        parse_nhs_number(number, test_numbers=False)
    assert "dermlock demo" in refused.value.hint


@pytest.mark.parametrize("number", ["999 123 4560", "987 654 4321"])
def test_a_wrong_check_digit_is_refused(number: str) -> None:
    with pytest.raises(RuleRefusedError, match="check digit"):
        parse_nhs_number(number, test_numbers=True)


@pytest.mark.parametrize("digit", "0123456789")
def test_ten_equal_digits_pass_the_sum_and_are_refused(digit: str) -> None:
    with pytest.raises(RuleRefusedError, match="equal digits"):
        parse_nhs_number(digit * 10, test_numbers=True)


@settings(deadline=None)
@given(NINE)
def test_exactly_one_tenth_digit_fits_nine_and_none_where_the_check_is_ten(nine: str) -> None:
    taken = []
    for last in "0123456789":
        try:
            taken.append(parse_nhs_number(nine + last, test_numbers=True).digits[-1])
        except RuleRefusedError:
            continue
    expected = check_digit(nine)
    equal = {nine + str(expected)} == {nine[0] * 10}
    assert taken == ([] if expected == 10 or equal else [str(expected)])


@settings(deadline=None)
@given(NINE.filter(lambda nine: check_digit(nine) < 10 and len(set(nine)) > 1), st.data())
def test_a_mistyped_digit_and_two_that_changed_places_are_always_noticed(nine: str, data: st.DataObject) -> None:
    number = nine + str(check_digit(nine))
    at = data.draw(st.integers(0, 9))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[at]]))
    wrong = [number[:at] + other + number[at + 1 :]]
    if at < 9 and number[at] != number[at + 1]:
        wrong.append(number[:at] + number[at + 1] + number[at] + number[at + 2 :])
    for mistyped in wrong:
        with pytest.raises(RuleRefusedError):
            parse_nhs_number(mistyped, test_numbers=True)


@pytest.mark.parametrize("typed", ["9990000018", " 999-000-0018 ", "999 0000018", "99 90 00 00 18"])
def test_spaces_and_hyphens_do_not_matter(typed: str) -> None:
    assert parse_nhs_number(typed, test_numbers=True) == NhsNumber("9990000018")


@pytest.mark.parametrize(
    "typed", ["", "999000001", "99900000180", "999000001X", "٩٩٩٠٠٠٠٠١٨", "999.000.0018", "²²²²²²²²²²"]
)
def test_what_is_no_ten_plain_digits_is_refused(typed: str) -> None:
    with pytest.raises(RuleRefusedError, match="ten digits"):
        parse_nhs_number(typed, test_numbers=True)


def test_a_local_number_is_kept_with_its_reason_and_spelt_one_way() -> None:
    local = parse_local_number(" v 17a ", "  visitor from Brittany ")
    assert local == LocalNumber("V17A", "visitor from Brittany")
    assert (str(local), local.key) == ("local V17A", "local:V17A")


@pytest.mark.parametrize(
    ("number", "reason", "lacks"),
    [("", "visitor", "is empty"), ("  ", "visitor", "is empty"), ("V17", "", "a reason"), ("V17", "  ", "a reason")],
)
def test_a_local_number_needs_itself_and_a_reason(number: str, reason: str, lacks: str) -> None:
    with pytest.raises(RuleRefusedError, match=f"local number.*{lacks}"):
        parse_local_number(number, reason)


@pytest.mark.parametrize(
    "number",
    [
        "999 000 0018",
        "401-023-2137",
        "401.023.2137",
        "401/023/2137",
        "nhs 4010232137",
        "NHS: 401 023 2137",
        "#4010232137",
    ],
)
def test_an_nhs_number_does_not_pass_for_a_local_one_however_it_is_written(number: str) -> None:
    with pytest.raises(RuleRefusedError, match="is an NHS number"):
        check_local_number(number)
    with pytest.raises(RuleRefusedError, match="is an NHS number"):
        parse_local_number(number, "visitor")


@pytest.mark.parametrize("number", ["V4010232137", "4010232138", "40102321370", "NHS17", "17", "-"])
def test_what_only_looks_like_one_is_a_local_number(number: str) -> None:
    assert check_local_number(number) == number


def test_the_reason_for_a_local_number_makes_nobody_another_patient() -> None:
    ash = Patient(LocalNumber("V17", "visitor"), "Ash", "Rose", date(1961, 4, 2))
    assert ash.is_same_as(replace(ash, number=LocalNumber("V17", "from Brittany")))
    for other in (
        replace(ash, number=LocalNumber("V18", "visitor")),
        replace(ash, number=NhsNumber("9990000018")),
        replace(ash, family_name="Oak"),
        replace(ash, given_name="Rosa"),
        replace(ash, birth_date=date(1961, 4, 3)),
    ):
        assert not ash.is_same_as(other)


def test_a_local_number_is_never_the_same_folder_as_an_nhs_number() -> None:
    assert LocalNumber("9990000018", "typed past the check").key != NhsNumber("9990000018").key


def test_a_patient_is_shown_with_both_identifiers() -> None:
    patient = Patient(NhsNumber("9990000018"), "Ashgrove", "Rosalind", date(1961, 4, 2))
    assert str(patient) == "ASHGROVE, Rosalind  born 02 Apr 1961  999 000 0018"


@pytest.mark.parametrize(
    ("day", "age"),
    [
        (date(2026, 4, 1), 17),
        (date(2026, 4, 2), 18),
        (date(2027, 4, 1), 18),
        (date(2008, 4, 2), 0),
    ],
)
def test_age_counts_whole_years(day: date, age: int) -> None:
    assert Patient(NhsNumber("9990000018"), "Ash", "Rose", date(2008, 4, 2)).age_on(day) == age


def test_somebody_born_on_29_february_is_a_year_older_on_1_march() -> None:
    patient = Patient(NhsNumber("9990000018"), "Ash", "Rose", date(2008, 2, 29))
    assert [patient.age_on(day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [17, 18]


TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("born", [TODAY, date(1905, 11, 26), date(1926, 1, 1)], ids=["today", "120 today", "100"])
def test_a_birth_date_that_somebody_may_have_is_taken(born: date) -> None:
    refuse_impossible_birth_date(born, TODAY)


@pytest.mark.parametrize(
    ("born", "why"),
    [
        (TODAY + timedelta(days=1), "in the future"),
        (date(1905, 11, 25), "over 120 years old"),
        (date(1905, 1, 1), "over 120 years old"),
    ],
)
def test_one_to_come_and_one_of_more_than_120_whole_years_is_refused(born: date, why: str) -> None:
    with pytest.raises(RuleRefusedError, match=why):
        refuse_impossible_birth_date(born, TODAY)
