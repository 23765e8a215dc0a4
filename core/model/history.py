"""What a referral wants of a lesion's history, and what of it a text mentions already.

It goes by words alone: “no bleeding” mentions bleeding, as it should. It is a
reminder and never a rule (CLINICAL: duration, change, bleeding, itch, ulceration).
"""

import re

_UNITS = r"(?:day|week|wk|month|mth|year|yr)s?|d|w|m|y|/\s?(?:7|52|12)"

_MENTIONS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "how long": rf"\b\d+\s?(?:{_UNITS})(?!\w)|\b(?:day|week|month|year)s?\b|\bsince\b|\blife\s?long\b|\bborn\b"
        r"|\bbirth(?!day)|\bcongenital|\bchildhood|\balways\b|\byesterday\b|\bago\b",
        "change": r"\bchang|\bunchanged|\bgrow|\bgrew|\benlarg|\bbigger|\blarger|\bsmaller|\bdarke|\bincreas|\bstable\b"
        r"|\bstatic\b|\bspread|\bevol|\bsame\b",
        "bleeding": r"\bbleed|\bbled\b|\bblood|\bhaemorrh|\bhemorrh",
        "itch": r"\bitch|\bprurit",
        "ulceration": r"\bulcer|\bnon-?ulcer|\bunulcer|\bnot heal|\bnon-?heal|\bopen sore",
    }.items()
}

HISTORY_ITEMS = tuple(_MENTIONS)
"""What a referral wants, in the order in which it is asked."""


def mentioned_in(text: str) -> frozenset[str]:
    """The HISTORY_ITEMS that the text says something about, whatever it says."""
    return frozenset(name for name, pattern in _MENTIONS.items() if pattern.search(text))


def unmentioned_in(text: str) -> tuple[str, ...]:
    """The HISTORY_ITEMS that the text says nothing about yet."""
    mentioned = mentioned_in(text)
    return tuple(name for name in HISTORY_ITEMS if name not in mentioned)
