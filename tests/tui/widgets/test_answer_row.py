"""Answers beside one another: nothing is chosen before a person does it, and a key held down answers once."""

import pytest
from textual.message import Message

from core.model.question import Option, Question, QuestionKind
from tui.widgets.asking.answer_row import AnswerRow

from ...support.on_screen import Person
from ...support.stage import on_stage

THREE = Question(
    "q",
    "Could it?",
    QuestionKind.CHOICE,
    (
        Option("nothing", "Nothing in it identifies"),
        Option("cover", "Cover a part of it", help="A covered copy leaves the practice."),
        Option("withheld", "It cannot be used"),
    ),
)


def chosen(heard: list[Message]) -> list[str]:
    return [message.option_id for message in heard if isinstance(message, AnswerRow.Chosen)]


def test_answers_flow_and_wrap_between_them() -> None:
    async def does(person: Person, row: AnswerRow, _heard: list[Message]) -> None:
        row.offer(THREE, None)
        await person.settle()
        assert person.sees.splitlines()[:2] == [
            " 1  Nothing in it identifies   2  Cover a part of it   3  It cannot be used",
            "",
        ]
        await person.resize(40, 12)
        await person.wait_for(" 1  Nothing in it identifies\n 2  Cover a part of it\n 3  It cannot be used")

    on_stage(AnswerRow(), does)


def test_with_room_each_answer_has_a_line_with_what_it_means() -> None:
    async def does(person: Person, row: AnswerRow, _heard: list[Message]) -> None:
        row.offer(THREE, None)
        row.lay_out(roomy=True)
        await person.wait_for("2  Cover a part of it   A covered copy leaves the practice.\n   3  It cannot be used")
        await person.resize(40, 12)
        await person.wait_for("2  Cover a part of it\n      A covered copy leaves the practice.")

    on_stage(AnswerRow(), does)


@pytest.mark.parametrize(("key", "answer"), [("1", "nothing"), ("3", "withheld")])
def test_a_key_answers_once_however_long_it_is_held(key: str, answer: str) -> None:
    async def does(person: Person, row: AnswerRow, heard: list[Message]) -> None:
        row.offer(THREE, None)
        await person.press(key, key, key)
        await person.until(lambda: bool(heard), "an answer")
        await person.settle()
        assert chosen(heard) == [answer]
        row.release()
        await person.press("2")
        await person.until(lambda: chosen(heard) == [answer, "cover"], "the next one")

    on_stage(AnswerRow(), does, AnswerRow.Chosen)


def test_enter_and_keys_without_an_answer_choose_nothing() -> None:
    async def does(person: Person, row: AnswerRow, heard: list[Message]) -> None:
        row.offer(THREE, None)
        await person.press("4", "9", "0", "x", "space", "enter")
        await person.until(lambda: bool(heard), "a word about it")
        assert [type(message) for message in heard] == [AnswerRow.NothingChosen]

    on_stage(AnswerRow(), does, AnswerRow.Chosen, AnswerRow.NothingChosen)


def test_enter_keeps_the_answer_that_was_given_before_and_it_is_marked_in_words() -> None:
    async def does(person: Person, row: AnswerRow, heard: list[Message]) -> None:
        row.offer(THREE, "cover")
        await person.wait_for("▸ 2  Cover a part of it  (answered before)")
        assert row.has_earlier
        await person.press("enter")
        await person.until(lambda: chosen(heard) == ["cover"], "the answer")

    on_stage(AnswerRow(), does, AnswerRow.Chosen)


@pytest.mark.parametrize(("x", "answers"), [(3, ["nothing"]), (32, ["cover"]), (29, []), (79, [])])
def test_a_click_answers_what_it_hits(x: int, answers: list[str]) -> None:
    async def does(person: Person, row: AnswerRow, heard: list[Message]) -> None:
        row.offer(THREE, None)
        await person.settle()
        await person.click("AnswerRow", x, 0)
        await person.settle()
        assert chosen(heard) == answers

    on_stage(AnswerRow(), does, AnswerRow.Chosen)
