"""The course of an episode and what it waits for, act by act."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.consent.withdrawal import Tier
from core.follow_up.acts import Act, Advice, ConfirmedInRecord, Decided, Replied, Retained, Sent, Told, What, Withdrawn
from core.follow_up.course import Course, course_of
from core.follow_up.waiting import IN_WORDS, SENDS_NOTHING, URGENT_TO_SEND, Waiting, WaitsFor, waiting_in
from core.pathway.outcome import Deadlines, Outcome, Route

from ...support.intakes import outcome

OPENED = date(2026, 3, 4)
SENT = Sent(date(2026, 3, 5))
REPLIED = Replied(date(2026, 3, 6), Advice.MANAGE_HERE)


def replied_within(hours: int, route: Route = Route.ADVICE_AND_GUIDANCE) -> Outcome:
    return replace(outcome(route), reply_due_hours=hours)


def acts(*what: What) -> tuple[Act, ...]:
    """One a day from the day of the intake on."""
    noon = datetime(2026, 3, 4, 12, tzinfo=UTC)
    return tuple(Act(noon + timedelta(days=number), "a.jones", each) for number, each in enumerate(what))


def course(*what: What, of: Outcome | None = None) -> Course:
    return course_of(of or replied_within(240), acts(*what))


def waits(*what: What, of: Outcome | None = None, has_pictures: bool = True) -> dict[WaitsFor, date | None]:
    waiting = waiting_in(course(*what, of=of), OPENED, has_pictures=has_pictures)
    return {each.what: each.due_on for each in waiting}


def days_on(days: int, since: date = OPENED) -> date:
    return since + timedelta(days=days)


@pytest.mark.parametrize(
    ("hours", "due_on"),
    [(1, date(2026, 3, 6)), (24, date(2026, 3, 6)), (25, date(2026, 3, 7)), (240, date(2026, 3, 15)), (0, None)],
)
def test_a_reply_is_due_so_many_hours_after_the_request_was_sent(hours: int, due_on: date | None) -> None:
    assert course(SENT, of=replied_within(hours)).reply_due_on == due_on
    assert course(of=replied_within(hours)).reply_due_on is None


def test_from_the_intake_to_the_patient_who_was_told() -> None:
    record = {WaitsFor.RECORD: days_on(7)}
    assert waits() == {WaitsFor.SENDING: days_on(3)} | record
    assert waits(SENT) == {WaitsFor.REPLY: date(2026, 3, 15)} | record
    assert waits(SENT, REPLIED) == {WaitsFor.TELLING: days_on(3, REPLIED.on)} | record
    assert waits(SENT, REPLIED, Told(OPENED)) == record
    assert waits(SENT, REPLIED, Told(OPENED), ConfirmedInRecord()) == {}


def test_a_referral_without_a_promised_reply_waits_for_none() -> None:
    assert waits(SENT, of=outcome(Route.ROUTINE), has_pictures=False) == {}


@pytest.mark.parametrize("route", list(Route))
def test_what_a_route_waits_for_first(route: Route) -> None:
    first = waits(of=outcome(route), has_pictures=False)
    if route is Route.AWAITING_CLINICIAN:
        assert first == {WaitsFor.CLINICIAN: days_on(1)}
    elif route is Route.PRIMARY_CARE:
        assert first == {}
    else:
        assert first == {WaitsFor.SENDING: OPENED if route in URGENT_TO_SEND else days_on(3)}
    assert (WaitsFor.SENDING in first) == (route not in SENDS_NOTHING)


def test_a_decision_begins_anew_what_follows_from_it() -> None:
    urgent = Decided(outcome(Route.URGENT_SUSPECTED_CANCER))
    decided = course(SENT, REPLIED, urgent)
    assert (decided.sent_on, decided.replied, decided.told_on) == (None, None, None)
    assert decided.outcome.route is Route.URGENT_SUSPECTED_CANCER
    assert waits(SENT, REPLIED, urgent, has_pictures=False) == {WaitsFor.SENDING: date(2026, 3, 6)}
    assert waits(urgent, of=outcome(Route.AWAITING_CLINICIAN), has_pictures=False) == {WaitsFor.SENDING: OPENED}


def test_what_was_sent_again_waits_for_its_own_reply() -> None:
    again = Sent(date(2026, 3, 9))
    assert waits(SENT, REPLIED, again)[WaitsFor.REPLY] == date(2026, 3, 19)


def test_kept_pictures_are_looked_at_again_and_still_belong_into_the_record() -> None:
    kept = Retained("to compare", date(2026, 6, 4))
    assert waits(SENT, kept) | waits(SENT) == waits(SENT, kept)
    assert waits(SENT, kept)[WaitsFor.REVIEW] == date(2026, 6, 4)
    later = Retained("to compare again", date(2026, 9, 4))
    assert waits(SENT, kept, later)[WaitsFor.REVIEW] == date(2026, 9, 4)


def test_withdrawn_consent_stops_what_is_sent_and_asks_for_a_decision() -> None:
    withdrawn = Withdrawn((Tier.CARE,), "the patient")
    kept = Retained("a complaint is open", date(2026, 6, 4))
    assert waits(SENT, withdrawn) == {WaitsFor.REPLY: date(2026, 3, 15), WaitsFor.WITHDRAWAL: None}
    assert WaitsFor.WITHDRAWAL in waits(SENT, kept, withdrawn), "what was decided before it is open again"
    assert waits(SENT, withdrawn, kept)[WaitsFor.REVIEW] == date(2026, 6, 4)
    assert WaitsFor.WITHDRAWAL not in waits(SENT, withdrawn, kept)
    assert WaitsFor.WITHDRAWAL not in waits(withdrawn, has_pictures=False)
    assert course(withdrawn, withdrawn).withdrawn_on == OPENED


def test_teaching_alone_withdrawn_changes_nothing_for_care() -> None:
    teaching = Withdrawn((Tier.TEACHING, Tier.PUBLICATION), "the patient")
    kept = Retained("to compare", date(2026, 6, 4))
    assert waits(SENT, kept, teaching) == waits(SENT, kept)


@pytest.mark.parametrize(
    ("advice", "due_on"),
    [
        (Advice.REFER_URGENTLY, REPLIED.on),
        (Advice.REFER, days_on(3, REPLIED.on)),
        (Advice.MINOR_SURGERY, days_on(3, REPLIED.on)),
        *((advice, None) for advice in (Advice.MANAGE_HERE, Advice.CONVERTED, Advice.MORE_PICTURES, Advice.OTHER)),
    ],
)
def test_a_reply_that_asks_for_another_referral_waits_for_its_decision(advice: Advice, due_on: date | None) -> None:
    replied = Replied(REPLIED.on, advice)
    told = waits(SENT, replied, Told(REPLIED.on), has_pictures=False)
    assert told == ({} if due_on is None else {WaitsFor.DECISION: due_on})
    decided = waits(SENT, replied, Told(REPLIED.on), Decided(outcome(Route.ROUTINE)), has_pictures=False)
    assert decided.keys() == {WaitsFor.SENDING}


def test_the_pathway_says_when_something_is_late() -> None:
    slow = replace(outcome(), deadlines=Deadlines(sending=30, record=60))
    assert waits(of=slow) == {WaitsFor.SENDING: days_on(30), WaitsFor.RECORD: days_on(60)}


def test_overdue_is_from_the_day_after() -> None:
    due = Waiting(WaitsFor.REPLY, OPENED, date(2026, 3, 14))
    assert [due.is_overdue(date(2026, 3, day)) for day in (13, 14, 15)] == [False, False, True]
    assert not Waiting(WaitsFor.RECORD, OPENED).is_overdue(date(2036, 3, 4))


def test_everything_that_is_waited_for_has_words_of_its_own() -> None:
    assert set(IN_WORDS) == set(WaitsFor)
    assert len(set(IN_WORDS.values())) == len(WaitsFor)
