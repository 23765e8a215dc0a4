"""The field to type into: grouping, the tenth digit, and keys that come faster than questions."""

import pytest
from textual.message import Message
from textual.widgets import Input

from core.model.question import QuestionKind
from tui.widgets.asking.answer_field import AnswerField, grouped

from ...support.on_screen import Person
from ...support.stage import on_stage


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("", ""), ("9", "9"), ("9990", "999 0"), ("999-000 0018", "999 000 0018"), ("99900000189", "999 000 0018")],
)
def test_grouped(typed: str, shown: str) -> None:
    assert grouped(typed) == shown


def submitted(heard: list[Message]) -> list[str]:
    return [message.value for message in heard if isinstance(message, Input.Submitted)]


def test_the_tenth_digit_submits_once_and_what_follows_waits_for_the_next_question() -> None:
    async def does(person: Person, field: AnswerField, heard: list[Message]) -> None:
        field.ask(QuestionKind.NHS_NUMBER, "")
        await person.type("99900000182")
        await person.until(lambda: bool(submitted(heard)), "the number")
        await person.settle()
        assert submitted(heard) == ["9990000018"]
        assert field.value == "999 000 0018"
        field.ask(QuestionKind.DATE, "")
        await person.until(lambda: field.value == "2", "the key typed ahead")

    on_stage(AnswerField(), does, Input.Submitted)


def test_a_digit_in_the_middle_is_mended_where_the_cursor_is() -> None:
    async def does(person: Person, field: AnswerField, heard: list[Message]) -> None:
        field.ask(QuestionKind.NHS_NUMBER, "")
        await person.type("999100001")
        await person.press(*["left"] * 6, "backspace", "0")
        await person.until(lambda: field.value == "999 000 001", "the mended number")
        await person.press("end", "8")
        await person.until(lambda: submitted(heard) == ["9990000018"], "the number")

    on_stage(AnswerField(), does, Input.Submitted)


def test_letters_and_an_eleventh_digit_never_stand_in_a_number() -> None:
    async def does(person: Person, field: AnswerField, heard: list[Message]) -> None:
        field.ask(QuestionKind.NHS_NUMBER, "9990000018")
        await person.type("x5é٣")  # the last is a digit, though none of ours
        await person.settle()
        assert field.value == "999 000 0018"
        assert submitted(heard) == []  # it stands there to be looked at, and is not given again by itself
        await person.press("enter")
        await person.until(lambda: submitted(heard) == ["999 000 0018"], "the number")

    on_stage(AnswerField(), does, Input.Submitted)


def test_an_edit_and_letters_of_one_burst_keep_their_order() -> None:
    async def does(person: Person, field: AnswerField, heard: list[Message]) -> None:
        field.ask(QuestionKind.TEXT, "")
        await person.press("a", "b", "backspace", "c", "home", "d", "enter")
        await person.until(lambda: submitted(heard) == ["dac"], "the text")

    on_stage(AnswerField(), does, Input.Submitted)


def test_a_secret_is_not_shown() -> None:
    async def does(person: Person, field: AnswerField, heard: list[Message]) -> None:
        field.ask(QuestionKind.TEXT, "", password=True)
        await person.type("herons")
        await person.wait_for("••••••")
        assert "herons" not in person.sees

    on_stage(AnswerField(), does)


def test_the_field_can_be_seen_without_colour() -> None:
    async def does(person: Person, field: AnswerField, heard: list[Message]) -> None:
        assert person.sees.startswith("▌")

    on_stage(AnswerField(), does)
