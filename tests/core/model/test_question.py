"""What fits a question: every kind, and what hostile hands and files put into it."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.errors import RuleRefusedError
from core.model.question import (
    LONGEST_TEXT,
    AnswerRefusedError,
    Option,
    Question,
    QuestionKind,
    Value,
    check_value,
    quoted,
)

TEXT = Question("why", "Why?", QuestionKind.TEXT)
REMARK = replace(TEXT, required=False)
DATE = Question("born", "Born when?", QuestionKind.DATE)
NUMBER = Question("number", "Number?", QuestionKind.NHS_NUMBER, (Option("none", "There is none"),))
CHOICE = Question("side", "Which side?", QuestionKind.CHOICE, (Option("left", "Left"), Option("right", "Right")))
SIGNS = Question(
    "signs",
    "Which signs?",
    QuestionKind.CHECKLIST,
    (Option("itch", "Itch"), Option("bleeding", "Bleeding"), Option("none", "None", alone=True)),
)
FILES = Question("files", "Which files?", QuestionKind.CHECKLIST, (Option("a", "A"), Option("b", "B")))
EVERY = (TEXT, REMARK, DATE, NUMBER, CHOICE, SIGNS, FILES)

ANYTHING: st.SearchStrategy[Value] = st.text() | st.lists(st.text() | st.sampled_from(["itch", "none", "a"])).map(tuple)


def test_nothing_can_be_preselected() -> None:
    names = {field.name for field in (*fields(Question), *fields(Option))}
    assert names == {"id", "text", "kind", "options", "help", "pictures", "required", "source"} | {
        "label",
        "picture",
        "alone",
        "also",
        "needs_one",
    }


@pytest.mark.parametrize("question", [TEXT, DATE, NUMBER, CHOICE, SIGNS])
@pytest.mark.parametrize("empty", ["", ()])
def test_silence_is_no_answer(question: Question, empty: Value) -> None:
    assert not question.takes_nothing
    with pytest.raises(AnswerRefusedError):
        check_value(question, empty)


@pytest.mark.parametrize("blank", ["  ", "\t\n", "\u00a0\u2003", "\u200b", "\u2060\ufeff", "\u202e"])
def test_what_cannot_be_seen_is_no_answer(blank: str) -> None:
    for question in (TEXT, DATE, CHOICE):
        with pytest.raises(AnswerRefusedError):
            check_value(question, blank)


def test_nothing_is_an_answer_only_where_it_may_be() -> None:
    assert (REMARK.takes_nothing, check_value(REMARK, " ")) == (True, "")
    assert (FILES.takes_nothing, check_value(FILES, ())) == (True, ())


def test_a_text_is_one_line_without_space_around() -> None:
    assert check_value(TEXT, "  three\n\tmonths  ") == "three months"
    assert check_value(TEXT, "Zoë O’Neill-Ōkubo 村上 👍") == "Zoë O’Neill-Ōkubo 村上 👍"


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\x7f", "\x9b", "\ud800", "\u202e", "\u2066", "\u200f", "\ue000"])
def test_a_text_holds_nothing_that_a_terminal_obeys_or_a_reader_cannot_see(char: str) -> None:
    with pytest.raises(AnswerRefusedError, match="cannot be shown"):
        check_value(TEXT, f"Ash{char}grove")


def test_a_text_is_a_page_long_at_most() -> None:
    assert check_value(TEXT, "x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    with pytest.raises(AnswerRefusedError, match="longer than 2000"):
        check_value(TEXT, "x" * (LONGEST_TEXT + 1))


@pytest.mark.parametrize(
    "typed", ["1961-04-02", "2/4/1961", "02/04/1961", "02.04.1961", "2 4 1961", "2-4-1961", "02041961", " 2/4/1961 "]
)
def test_a_date_has_its_day_first_or_its_year(typed: str) -> None:
    assert check_value(DATE, typed) == "1961-04-02"


@settings(deadline=None)
@given(st.dates())
def test_every_date_is_taken_both_ways(day: date) -> None:
    for typed in (day.isoformat(), f"{day.day}/{day.month}/{day.year:04}", f"{day:%d%m}{day.year:04}"):
        assert check_value(DATE, typed) == day.isoformat()


@pytest.mark.parametrize(
    "typed",
    ["31/2/1961", "29.2.2026", "4/13/1961", "1961-13-01", "0/4/1961", "1/1/0000", "2/4/61", "1961", "1961/04/02"],
)
def test_a_day_that_is_none_is_refused_and_quoted(typed: str) -> None:
    with pytest.raises(AnswerRefusedError) as refused:
        check_value(DATE, typed)
    assert refused.value.why == f"is not a date: “{typed}”"


@pytest.mark.parametrize("typed", ["٢/٤/١٩٦١", "2/4/1961\x00", "02/04/1961T00:00", "W1-1961", "19610402-19610402"])
def test_only_plain_digits_make_a_date(typed: str) -> None:
    with pytest.raises(AnswerRefusedError, match="is not a date"):
        check_value(DATE, typed)


def test_a_number_is_kept_without_its_spaces() -> None:
    assert check_value(NUMBER, " 999 000-0018 ") == "9990000018"
    assert check_value(NUMBER, "none") == "none"


@pytest.mark.parametrize("typed", ["up", "LEFT", "left ", "left,right", "\x1b[2J"])
def test_a_choice_is_one_of_its_options(typed: str) -> None:
    with pytest.raises(AnswerRefusedError, match="has no answer") as refused:
        check_value(CHOICE, typed)
    assert refused.value.hint == "Choose from: left, right."


@pytest.mark.parametrize("question", [TEXT, DATE, NUMBER, CHOICE])
def test_one_answer_is_not_several(question: Question) -> None:
    with pytest.raises(AnswerRefusedError, match="takes one answer"):
        check_value(question, ("left",))


def test_a_checklist_is_kept_in_the_order_of_its_options_each_once() -> None:
    assert check_value(SIGNS, ("bleeding", "itch", "bleeding")) == ("itch", "bleeding")
    assert check_value(SIGNS, "itch") == ("itch",)


def test_none_of_these_stands_alone() -> None:
    assert check_value(SIGNS, ("none",)) == ("none",)
    with pytest.raises(AnswerRefusedError, match="contradicts itself: “none”"):
        check_value(SIGNS, ("itch", "none"))


@pytest.mark.parametrize("value", [("pain",), ("itch", "pain"), "pain", ("",)])
def test_a_checklist_has_only_its_options(value: Value) -> None:
    with pytest.raises(AnswerRefusedError, match="has no answer"):
        check_value(SIGNS, value)


@settings(deadline=None)
@given(st.sampled_from(EVERY), ANYTHING)
@example(CHOICE, "x" * 100_000)
@example(DATE, "9" * 100_000)
def test_whatever_is_said_is_kept_or_refused_in_one_short_printable_line(question: Question, value: Value) -> None:
    try:
        kept = check_value(question, value)
    except RuleRefusedError as refused:
        assert refused.what.isprintable()
        assert len(refused.what) < 200
        assert question.text in refused.what
    else:
        assert check_value(question, kept) == kept


@settings(deadline=None)
@given(st.text())
def test_what_is_quoted_is_short_and_printable(untrusted_text: str) -> None:
    shown = quoted(untrusted_text)
    assert shown.isprintable()
    assert len(shown) <= 43
