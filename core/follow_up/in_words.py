"""An act as a sentence, the same on the screen, on the command line and in the docs."""

from datetime import date
from typing import assert_never

from .acts import Advice, ConfirmedInRecord, Decided, Replied, Retained, Sent, Told, What, Withdrawn

ADVICE = {
    Advice.MANAGE_HERE: "managed here",
    Advice.REFER_URGENTLY: "an urgent suspected cancer referral",
    Advice.REFER: "a routine referral",
    Advice.CONVERTED: "converted into a referral over there",
    Advice.MINOR_SURGERY: "minor surgery",
    Advice.MORE_PICTURES: "other or better pictures",
    Advice.OTHER: "something else",
}


def act_in_words(what: What) -> str:
    """Without who and when it was written down."""
    match what:
        case Decided():
            against = (
                f", against the criteria, because: {what.outcome.override_reason}"
                if what.outcome.override_reason
                else ""
            )
            return f"route decided: {what.outcome.route_name} ({what.outcome.rule}){against}"
        case Sent():
            return f"sent on {_day(what.on)}"
        case Replied():
            return f"reply of {_day(what.on)}: {ADVICE[what.advice]}{f'. {what.words}' if what.words else ''}"
        case Told():
            return f"patient told on {_day(what.on)}"
        case ConfirmedInRecord():
            return "every picture seen in the record"
        case Retained():
            return f"pictures kept until looked at again on {_day(what.review_on)}, because: {what.reason}"
        case Withdrawn():
            tiers = " and ".join(tier.value for tier in what.tiers)
            return (
                f"consent withdrawn for {tiers} by {what.said_by}{f', because: {what.reason}' if what.reason else ''}"
            )
        case _:
            assert_never(what)


def _day(day: date) -> str:
    return f"{day:%d %b %Y}"
