"""A retake ends when the card was out and is read again, or when new pictures are on it."""

from tui.intake.retake import Retake


def test_it_ends_with_the_count_of_new_pictures() -> None:
    retake = Retake()
    retake.begin({"a", "b"}, card_is_in=True)
    retake.card_went()
    assert retake.card_is_read({"a", "b", "c"}) == "The card is back, with 1 new picture."
    assert not retake.is_on
    assert retake.new == {"c"}


def test_a_card_that_did_not_go_and_has_nothing_new_does_not_end_it() -> None:
    retake = Retake()
    retake.begin({"a"}, card_is_in=True)
    assert retake.card_is_read({"a"}) == ""
    assert retake.is_on
    assert retake.card_is_read({"a", "b", "c"}) == "The card is back, with 2 new pictures."


def test_a_card_that_comes_back_as_it_was_ends_it_too() -> None:
    retake = Retake()
    retake.begin({"a"}, card_is_in=False)
    assert retake.card_is_read({"a"}) == "The card is back, with no new picture."


def test_without_one_nothing_is_said() -> None:
    retake = Retake()
    retake.card_went()
    assert retake.card_is_read({"a"}) == ""
    retake.begin({"a"}, card_is_in=True)
    retake.give_up()
    retake.card_went()
    assert retake.card_is_read({"b"}) == ""
