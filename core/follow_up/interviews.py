"""The questions of each act: what a person is asked before it is written down.

Dates are asked as today or another day, because nearly every act is written down
on the day it is done.
"""

from datetime import date, timedelta

from ..consent.withdrawal import Tier
from ..errors import RuleRefusedError
from ..model.conversation import Conversation, Script, ask, ask_checklist
from ..model.question import AnswerRefusedError, Given, Interview, Option, Question, QuestionKind
from ..pathway.outcome import Outcome, Route
from .acts import Advice, ConfirmedInRecord, Decided, Replied, Retained, Sent, Told, What, Withdrawn
from .in_words import ADVICE
from .offering import About, ActKind, offered, why_not

LONGEST_RETENTION = 5 * 366
"""Days to the review of a decision to keep pictures: whoever keeps them looks again (CLINICAL, After the move)."""

NO_PICTURES = "the episode has none"
"""Why a route that is decided later is without photography."""

_AFTER = "GLOS: after the move; into the record soon, every other copy goes unless it is needed"
_WITHDRAWAL = "GMC: Making and using visual and audio recordings of patients"


def interview_of(kind: ActKind, about: About) -> Interview[What]:
    """The questions of one act. Raises RuleRefusedError where the episode does not offer it."""
    if kind not in offered(about):
        raise RuleRefusedError(why_not(kind, about), "Look at the episode: it says what was done and what is due.")
    match kind:
        case ActKind.DECIDE:
            return _Decision(about.route(), has_pictures=about.has_pictures)
        case ActKind.SENT:
            return Conversation(lambda: _sent(about))
        case ActKind.REPLIED:
            return Conversation(lambda: _replied(about))
        case ActKind.TOLD:
            return Conversation(lambda: _told(about))
        case ActKind.CONFIRM:
            return Conversation(_confirmed)
        case ActKind.RETAIN:
            return Conversation(lambda: _retained(about))
        case ActKind.WITHDRAW:
            return Conversation(lambda: _withdrawn(about))


class _Decision:
    """The pathway's own questions; where they lead is the act."""

    def __init__(self, route: Interview[Outcome], *, has_pictures: bool) -> None:
        """has_pictures: where the vault holds none, no sentence speaks of sending them."""
        self._route, self._has_pictures = route, has_pictures

    def next(self, given: Given) -> Question | None:
        question = self._route.next(given)
        if question is None:
            self.answer(given)
        return question

    def answer(self, given: Given) -> What:
        outcome = self._route.answer(given)
        if outcome.route is Route.AWAITING_CLINICIAN:
            raise RuleRefusedError("It waits for a clinician already.", "Choose what the patient is to have.")
        return Decided(outcome if self._has_pictures else outcome.without_pictures(NO_PICTURES))


def _sent(about: About) -> Script[What]:
    on = yield from _day("sent_on", "When was it sent?", about, not_before=about.opened_on)
    return Sent(on)


def _replied(about: About) -> Script[What]:
    on = yield from _day("replied_on", "When did the reply come?", about, not_before=_sent_on(about))
    advice = yield from ask(
        Question(
            "advice",
            "What does the reply ask for?",
            QuestionKind.CHOICE,
            tuple(Option(advice.value, ADVICE[advice][0].upper() + ADVICE[advice][1:]) for advice in Advice),
            source=_AFTER,
        )
    )
    words = yield from ask(
        Question(
            "advice_words",
            "In a sentence, what is to be done?",
            QuestionKind.TEXT,
            help="" if advice == Advice.OTHER.value else "Enter alone where the choice says it all.",
            required=advice == Advice.OTHER.value,
            source=_AFTER,
        )
    )
    return Replied(on, Advice(advice), words)


def _told(about: About) -> Script[What]:
    reply = about.course.replied
    on = yield from _day(
        "told_on", "When was the patient told?", about, not_before=reply.on if reply else about.opened_on
    )
    return Told(on)


def _confirmed() -> Script[What]:
    yield from ask(
        Question(
            "in_record",
            "Did you see every picture in the patient's record?",
            QuestionKind.CHOICE,
            (Option("seen", "Yes, every one"),),
            help="Escape where one is missing: it stays on the due list.",
            source=_AFTER,
        )
    )
    return ConfirmedInRecord()


def _retained(about: About) -> Script[What]:
    reason = yield from ask(
        Question(
            "retain_reason",
            "Why are the pictures kept here?",
            QuestionKind.TEXT,
            help="For example: to compare in three months.",
            source=_AFTER,
        )
    )
    question = Question(
        "review_on",
        "When is that looked at again?",
        QuestionKind.DATE,
        help="The day first, for example 2/4/2027.",
        source=_AFTER,
    )
    review_on = date.fromisoformat((yield from ask(question)))
    if review_on <= about.today:
        raise AnswerRefusedError(question, "is not in the future", "Give the day on which somebody looks at it again.")
    if review_on - about.today > timedelta(days=LONGEST_RETENTION):
        raise AnswerRefusedError(
            question, f"is after {about.today + timedelta(days=LONGEST_RETENTION):%d %b %Y}", "Look again earlier."
        )
    return Retained(reason, review_on)


_TIERS = {
    Tier.CARE: Option(
        Tier.CARE.value,
        "This care",
        help="Nothing more is sent, and teaching and publication end too. A clinician then decides about the pictures.",
    ),
    Tier.TEACHING: Option(Tier.TEACHING.value, "Teaching"),
    Tier.PUBLICATION: Option(Tier.PUBLICATION.value, "Publication"),
}


def _withdrawn(about: About) -> Script[What]:
    question = Question(
        "withdrawn",
        "What is consent withdrawn for?",
        QuestionKind.CHECKLIST,
        tuple(_TIERS[tier] for tier in about.consent.can_be_withdrawn),
        help="What was agreed stays written down. The referral and the care go on.",
        source=_WITHDRAWAL,
        needs_one=True,
    )
    chosen = yield from ask_checklist(question)
    said_by = yield from ask(
        Question(
            "withdrawn_by",
            "Who withdraws it?",
            QuestionKind.TEXT,
            help="For example: the patient; their mother.",
            source=_WITHDRAWAL,
        )
    )
    reason = yield from ask(
        Question(
            "withdrawn_reason",
            "Is there anything to add?",
            QuestionKind.TEXT,
            help="No reason is needed. Enter alone goes on.",
            required=False,
            source=_WITHDRAWAL,
        )
    )
    return Withdrawn(tuple(Tier(id_) for id_ in chosen), said_by, reason)


def _sent_on(about: About) -> date:
    return about.course.sent_on or about.opened_on


def _day(id_: str, text: str, about: About, *, not_before: date) -> Script[date]:
    """One key for today, a date for another day."""
    today, other = "today", "another-day"
    when = Question(
        id_,
        text,
        QuestionKind.CHOICE,
        (Option(today, f"Today, {about.today:%d %b %Y}"), Option(other, "On another day")),
        source=_AFTER,
    )
    if (yield from ask(when)) == today:
        return about.today
    question = Question(
        f"{id_}_date", text, QuestionKind.DATE, help="The day first, for example 2/4/2026.", source=_AFTER
    )
    day = date.fromisoformat((yield from ask(question)))
    if day > about.today:
        raise AnswerRefusedError(question, "is in the future", "Write it down when it is done.")
    if day < not_before:
        raise AnswerRefusedError(question, f"is before {not_before:%d %b %Y}", "Look at the dates of this episode.")
    return day
