"""The acts that an episode offers, the questions of each, and what they refuse."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.consent.withdrawal import ConsentStanding, Tier, standing_of
from core.errors import RuleRefusedError
from core.follow_up.acts import Advice, ConfirmedInRecord, Decided, Replied, Retained, Sent, Told, What, Withdrawn
from core.follow_up.course import Course
from core.follow_up.interviews import LONGEST_RETENTION, interview_of
from core.follow_up.offering import LABELS, About, ActKind, offered
from core.model.question import QuestionKind, Value
from core.pathway.interview import pathway_interview
from core.pathway.loader import load_pathways
from core.pathway.outcome import Route

from ...support.intakes import consent, outcome

TODAY = date(2026, 3, 20)
OPENED = date(2026, 3, 4)
AGREED = standing_of(replace(consent(), teaching=True), ())
NOTHING = standing_of(None, ())
SENT_ON = date(2026, 3, 5)
REPLIED = Replied(date(2026, 3, 6), Advice.REFER)


def about(
    course: Course | None = None,
    *,
    consent: ConsentStanding = AGREED,
    has_pictures: bool = True,
    route: Route | None = None,
) -> About:
    pathway = load_pathways(None)["england-skin-2026"]
    course = course or Course(outcome(route or Route.ADVICE_AND_GUIDANCE))
    return About(course, consent, OPENED, has_pictures, lambda: pathway_interview(pathway, TODAY), TODAY)


SENT = Course(outcome(), sent_on=SENT_ON)
ANSWERED = replace(SENT, replied=REPLIED)


def done(kind: ActKind, given: dict[str, Value], at: About) -> What:
    interview = interview_of(kind, at)
    assert interview.next(given) is None
    return interview.answer(given)


@pytest.mark.parametrize(
    ("at", "kinds"),
    [
        (about(), [ActKind.SENT, ActKind.CONFIRM, ActKind.RETAIN, ActKind.WITHDRAW, ActKind.DECIDE]),
        (about(SENT), [ActKind.REPLIED, ActKind.CONFIRM, ActKind.RETAIN, ActKind.WITHDRAW, ActKind.DECIDE]),
        (about(ANSWERED), [ActKind.TOLD, ActKind.CONFIRM, ActKind.RETAIN, ActKind.WITHDRAW, ActKind.DECIDE]),
        (about(route=Route.AWAITING_CLINICIAN, has_pictures=False, consent=NOTHING), [ActKind.DECIDE]),
        (about(route=Route.PRIMARY_CARE, has_pictures=False, consent=NOTHING), [ActKind.DECIDE]),
        (
            about(replace(ANSWERED, told_on=TODAY, in_record_on=TODAY)),
            [ActKind.RETAIN, ActKind.WITHDRAW, ActKind.DECIDE],
        ),
        (about(SENT, consent=NOTHING), [ActKind.REPLIED, ActKind.RETAIN, ActKind.DECIDE]),
    ],
)
def test_what_is_offered_follows_from_where_the_episode_is(at: About, kinds: list[ActKind]) -> None:
    assert list(offered(at)) == kinds
    for kind in ActKind:
        if kind not in kinds:
            with pytest.raises(RuleRefusedError):
                interview_of(kind, at)


def test_every_act_has_a_label_of_its_own() -> None:
    assert set(LABELS) == set(ActKind)


def test_each_act_from_its_answers() -> None:
    assert done(ActKind.SENT, {"sent_on": "today"}, about()) == Sent(TODAY)
    other = {"sent_on": "another-day", "sent_on_date": "5/3/2026"}
    assert done(ActKind.SENT, other, about()) == Sent(SENT_ON)
    reply: dict[str, Value] = {"replied_on": "today", "advice": "refer-urgently", "advice_words": ""}
    assert done(ActKind.REPLIED, reply, about(SENT)) == Replied(TODAY, Advice.REFER_URGENTLY)
    assert done(ActKind.TOLD, {"told_on": "today"}, about(ANSWERED)) == Told(TODAY)
    assert done(ActKind.CONFIRM, {"in_record": "seen"}, about()) == ConfirmedInRecord()
    kept: dict[str, Value] = {"retain_reason": "to compare", "review_on": "2026-06-20"}
    assert done(ActKind.RETAIN, kept, about()) == Retained("to compare", date(2026, 6, 20))
    taken_back: dict[str, Value] = {"withdrawn": ("care",), "withdrawn_by": "the patient", "withdrawn_reason": ""}
    assert done(ActKind.WITHDRAW, taken_back, about()) == Withdrawn((Tier.CARE,), "the patient")


def test_only_what_was_agreed_to_can_be_withdrawn() -> None:
    question = interview_of(ActKind.WITHDRAW, about()).next({})
    assert question is not None and question.kind is QuestionKind.CHECKLIST
    assert [option.id for option in question.options] == ["care", "teaching"]


def test_a_decision_is_the_pathways_own_walk() -> None:
    given: dict[str, Value] = {"concern": "urgent", "criteria": ("scc",), "history": ("none",)}
    act = done(ActKind.DECIDE, given, about(route=Route.AWAITING_CLINICIAN))
    assert isinstance(act, Decided)
    assert act.outcome.route is Route.URGENT_SUSPECTED_CANCER


def test_whoever_decides_cannot_leave_it_to_a_clinician() -> None:
    interview = interview_of(ActKind.DECIDE, about(route=Route.AWAITING_CLINICIAN))
    with pytest.raises(RuleRefusedError, match="waits for a clinician already"):
        interview.next({"concern": "awaiting-clinician"})


@pytest.mark.parametrize(
    ("kind", "at", "given", "why"),
    [
        (ActKind.SENT, about(), {"sent_on": "another-day", "sent_on_date": "2026-03-21"}, "is in the future"),
        (ActKind.SENT, about(), {"sent_on": "another-day", "sent_on_date": "2026-03-03"}, "is before 04 Mar 2026"),
        (ActKind.REPLIED, about(SENT), {"replied_on": "another-day", "replied_on_date": "2026-03-04"}, "is before 05"),
        (ActKind.TOLD, about(ANSWERED), {"told_on": "another-day", "told_on_date": "2026-03-05"}, "is before 06"),
        (ActKind.RETAIN, about(), {"retain_reason": "why", "review_on": TODAY.isoformat()}, "is not in the future"),
        (
            ActKind.RETAIN,
            about(),
            {"retain_reason": "why", "review_on": (TODAY + timedelta(days=LONGEST_RETENTION + 1)).isoformat()},
            "is after",
        ),
        (ActKind.WITHDRAW, about(), {"withdrawn": ()}, "is empty"),
        (ActKind.RETAIN, about(), {"retain_reason": " "}, "is empty"),
        (
            ActKind.REPLIED,
            about(SENT),
            {"replied_on": "today", "advice": "other", "advice_words": ""},
            "is empty",
        ),
    ],
)
def test_what_cannot_be_is_refused(kind: ActKind, at: About, given: dict[str, Value], why: str) -> None:
    with pytest.raises(RuleRefusedError, match=why):
        interview_of(kind, at).next(given)


def test_the_edges_of_what_is_taken() -> None:
    last = TODAY + timedelta(days=LONGEST_RETENTION)
    kept: dict[str, Value] = {"retain_reason": "why", "review_on": last.isoformat()}
    assert done(ActKind.RETAIN, kept, about()) == Retained("why", last)
    first_day: dict[str, Value] = {"sent_on": "another-day", "sent_on_date": OPENED.isoformat()}
    assert done(ActKind.SENT, first_day, about()) == Sent(OPENED)


@pytest.mark.parametrize("kind", list(ActKind))
def test_nothing_is_preselected_and_every_question_says_where_it_comes_from(kind: ActKind) -> None:
    at = {ActKind.REPLIED: about(SENT), ActKind.TOLD: about(ANSWERED)}.get(kind, about())
    question = interview_of(kind, at).next({})
    assert question is not None
    assert question.source


@pytest.mark.parametrize(
    ("kind", "at", "why"),
    [
        (ActKind.SENT, about(SENT), "written down already, for 05 Mar 2026"),
        (ActKind.SENT, about(route=Route.AWAITING_CLINICIAN), "A clinician decides the route first"),
        (ActKind.SENT, about(route=Route.PRIMARY_CARE), "Nothing is sent on this route"),
        (ActKind.REPLIED, about(), "Nothing was sent"),
        (ActKind.REPLIED, about(ANSWERED), "The reply is written down already"),
        (ActKind.TOLD, about(SENT), "There is no reply"),
        (ActKind.TOLD, about(replace(ANSWERED, told_on=TODAY)), "told is written down already"),
        (ActKind.CONFIRM, about(has_pictures=False), "has no pictures"),
        (ActKind.RETAIN, about(has_pictures=False), "has no pictures"),
        (ActKind.CONFIRM, about(consent=NOTHING), "was withdrawn"),
        (ActKind.CONFIRM, about(replace(SENT, in_record_on=TODAY)), "in the record is written down already"),
        (ActKind.WITHDRAW, about(consent=NOTHING), "no consent that could be withdrawn"),
    ],
)
def test_what_is_not_offered_says_why(kind: ActKind, at: About, why: str) -> None:
    with pytest.raises(RuleRefusedError, match=why):
        interview_of(kind, at)
