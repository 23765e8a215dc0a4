"""What still holds after consent was taken back: at once, for good, whoever wrote it down first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.consent.record import Consent
from core.consent.withdrawal import Tier, Withdrawal, standing_of

from ...support.intakes import consent

AT = datetime(2026, 11, 25, 9, 45, tzinfo=UTC)
EVERYTHING = replace(consent(), teaching=True, publication=True)


def withdrawal(*tiers: Tier, at: datetime = AT, said_by: str = "the patient") -> Withdrawal:
    return Withdrawal(tiers, said_by, at, "a.jones")


def holds(given: Consent | None, *withdrawals: Withdrawal) -> tuple[bool, bool, bool]:
    standing = standing_of(given, withdrawals)
    return standing.care.holds, standing.teaching.holds, standing.publication.holds


def test_what_was_agreed_to_holds_until_something_is_withdrawn() -> None:
    standing = standing_of(EVERYTHING, ())
    assert holds(EVERYTHING) == (True, True, True)
    assert standing.may_be_sent
    assert standing.can_be_withdrawn == tuple(Tier)
    assert not standing.destruction_is_to_be_decided
    assert standing.care.withdrawn_at is None


def test_what_was_never_agreed_to_does_not_hold_and_cannot_be_withdrawn() -> None:
    assert holds(consent()) == (True, False, False)
    assert standing_of(consent(), ()).can_be_withdrawn == (Tier.CARE,)
    declined = consent(allows_photography=False)
    assert holds(declined) == holds(None) == (False, False, False)
    assert standing_of(None, ()).can_be_withdrawn == ()
    withdrawn = standing_of(consent(), [withdrawal(Tier.TEACHING)])
    assert withdrawn.teaching.withdrawn_at is None, "there was nothing to take back"


@pytest.mark.parametrize("tier", [Tier.TEACHING, Tier.PUBLICATION])
def test_teaching_and_publication_stop_at_once_each_on_its_own_and_care_goes_on(tier: Tier) -> None:
    standing = standing_of(EVERYTHING, [withdrawal(tier)])
    assert not standing.of(tier).holds
    assert standing.of(tier).withdrawn_at == AT
    assert [other for other in Tier if standing.of(other).holds] == [other for other in Tier if other is not tier]
    assert standing.may_be_sent
    assert not standing.destruction_is_to_be_decided


def test_withdrawn_for_care_nothing_more_is_sent_taught_with_or_published() -> None:
    standing = standing_of(EVERYTHING, [withdrawal(Tier.CARE)])
    assert holds(EVERYTHING, withdrawal(Tier.CARE)) == (False, False, False)
    assert not standing.may_be_sent
    assert standing.destruction_is_to_be_decided, "by a clinician, with a reason; nothing here destroys"
    assert {standing.of(tier).withdrawn_at for tier in Tier} == {AT}


def test_it_stands_since_the_first_of_several() -> None:
    earlier, later = AT - timedelta(days=3), AT + timedelta(days=3)
    standing = standing_of(
        EVERYTHING,
        [withdrawal(Tier.CARE, at=later), withdrawal(Tier.TEACHING, at=earlier), withdrawal(Tier.TEACHING)],
    )
    assert (standing.teaching.withdrawn_at, standing.care.withdrawn_at) == (earlier, later)
    assert standing.publication.withdrawn_at == later


def test_a_clock_that_is_wrong_undoes_no_withdrawal() -> None:
    before_consent = replace(EVERYTHING, at=AT)
    assert holds(before_consent, withdrawal(Tier.CARE, at=AT - timedelta(days=400))) == (False, False, False)


@given(st.lists(st.tuples(st.sets(st.sampled_from(Tier), min_size=1), st.integers(-9, 9)), max_size=4))
def test_stations_that_know_of_each_others_later_agree_and_the_most_restrictive_wins(
    made: list[tuple[set[Tier], int]],
) -> None:
    withdrawals = [
        Withdrawal(tuple(tiers), "the patient", AT + timedelta(hours=hours), "a.jones") for tiers, hours in made
    ]
    standing = standing_of(EVERYTHING, withdrawals)
    assert all(standing_of(EVERYTHING, order) == standing for order in permutations(withdrawals))
    assert standing_of(EVERYTHING, [*withdrawals, *withdrawals]) == standing
    for some in range(len(withdrawals)):
        of_one_station = standing_of(EVERYTHING, withdrawals[:some])
        assert all(of_one_station.of(tier).holds or not standing.of(tier).holds for tier in Tier)
    for tier in Tier:
        assert standing.of(tier).holds == (not any(tier in tiers or Tier.CARE in tiers for tiers, _ in made))


@pytest.mark.parametrize(
    ("tiers", "said_by", "at"),
    [((), "the patient", AT), ((Tier.CARE,), "  ", AT), ((Tier.CARE,), "the patient", AT.replace(tzinfo=None))],
    ids=["for nothing", "by nobody", "at no certain time"],
)
def test_it_says_for_what_by_whom_and_when(tiers: tuple[Tier, ...], said_by: str, at: datetime) -> None:
    with pytest.raises(ValueError, match="for what, by whom and when"):
        Withdrawal(tiers, said_by, at, "a.jones")


def test_it_is_read_back_as_it_was_written_with_its_offset() -> None:
    there = datetime(2026, 7, 1, 9, 0, tzinfo=timezone(timedelta(hours=1)))
    written = Withdrawal((Tier.TEACHING, Tier.PUBLICATION), "her daughter", there, "a.jones", "seen in a lecture")
    kept = msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(written)))
    assert msgspec.convert(kept, Withdrawal) == written
