"""What a history mentions: a reminder by words, whatever is said of the thing."""

import pytest

from core.model.history import HISTORY_ITEMS, mentioned_in, unmentioned_in


def test_what_a_referral_wants_is_what_the_pathways_ask_for() -> None:
    assert HISTORY_ITEMS == ("how long", "change", "bleeding", "itch", "ulceration")
    assert unmentioned_in("") == HISTORY_ITEMS


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("3 months, itches", {"how long", "itch"}),
        ("3/12, growing, no bleeding", {"how long", "change", "bleeding"}),
        ("2/52", {"how long"}),
        ("since May", {"how long"}),
        ("lifelong and unchanged", {"how long", "change"}),
        ("Bled twice; pruritic. Not ulcerated", {"bleeding", "itch", "ulceration"}),
        ("does not heal", {"ulceration"}),
        ("6 years, darker, bleeds, itchy, ulcer", set(HISTORY_ITEMS)),
        ("BLOOD ON THE SHEETS", {"bleeding"}),
    ],
)
def test_a_word_about_it_is_a_mention_also_when_it_denies_it(text: str, mentions: set[str]) -> None:
    assert mentioned_in(text) == mentions
    assert set(unmentioned_in(text)) == set(HISTORY_ITEMS) - mentions


@pytest.mark.parametrize("text", ["switched creams", "7 mm", "1/2 of the arm", "happy birthday", "a kitchen scar"])
def test_a_word_that_only_looks_alike_is_no_mention(text: str) -> None:
    assert mentioned_in(text) == frozenset()
