"""What a typed line says: commands, numbers, ids, beginnings, several of them; and what it never says."""

import pytest

from core.errors import DermlockError
from core.model.question import Option, Question, QuestionKind, Value
from core.progress import Progress
from tui.console.asking.reading import Command, command_of, marks, read_answer, ways
from tui.console.asking.talk import Talk, line_by_line
from tui.console.asking.wording import in_words

AGREES = Question(
    "consent",
    "Does the patient agree?",
    QuestionKind.CHOICE,
    (Option("as-read", "Agrees as read"), Option("with", "Agrees, with exceptions"), Option("no", "Declines")),
)
COUNT = Question(
    "lesions", "How many?", QuestionKind.CHOICE, tuple(Option(str(each), str(each)) for each in range(2, 10))
)
SITES = Question(
    "site",
    "Where?",
    QuestionKind.CHOICE,
    tuple(
        Option(label.casefold().replace(" ", "-"), label)
        for label in ("Scalp", "Nose", "Lip", "Ear", "Neck", "Upper arm", "Forearm", "Upper back", "Hand", "Foot")
    ),
)
TICKS = Question(
    "off",
    "Which were off?",
    QuestionKind.CHECKLIST,
    (Option("bluetooth", "Bluetooth"), Option("cloud", "Copies to a cloud"), Option("none", "None", alone=True)),
)
FILES = Question("files", "Which?", QuestionKind.CHECKLIST, (Option("a", "A.JPG"), Option("b", "B.JPG")))
NUMBER = Question("nhs_number", "NHS number", QuestionKind.NHS_NUMBER, (Option("none", "There is none"),))
TEXT = Question("history", "History?", QuestionKind.TEXT)
REMARK = Question("remark", "Anything else?", QuestionKind.TEXT, required=False)
DATE = Question("birth_date", "Date of birth", QuestionKind.DATE)
COVER = Question("cover_x", "What is covered?", QuestionKind.COVER)


@pytest.mark.parametrize(
    ("question", "line", "value"),
    [
        (AGREES, "1", "as-read"),
        (AGREES, " no ", "no"),
        (AGREES, "de", "no"),
        (AGREES, "AGREES,", "with"),
        (COUNT, "2", "2"),
        (COUNT, "9", "9"),
        (SITES, "arm", "upper-arm"),
        (SITES, "fore", "forearm"),
        (SITES, "8", "upper-back"),
        (TICKS, "1 2", ("bluetooth", "cloud")),
        (TICKS, "2,1", ("bluetooth", "cloud")),
        (TICKS, "copies to a, blue", ("bluetooth", "cloud")),
        (TICKS, "none", ("none",)),
        (FILES, "", ()),
        (FILES, "b", ("b",)),
        (NUMBER, "999 000 0018", "9990000018"),
        (NUMBER, "none", "none"),
        (NUMBER, "1", "none"),
        (TEXT, "  three   months ", "three months"),
        (TEXT, "\\back", "back"),
        (TEXT, "\\\\back", "\\back"),
        (TEXT, "\\=", "="),
        (REMARK, "", ""),
        (DATE, "2/4/1961", "1961-04-02"),
        (COVER, "1,2,30,40 ; 5,6,7,8", "1,2,30,40; 5,6,7,8"),
    ],
)
def test_a_line_is_read(question: Question, line: str, value: Value) -> None:
    assert read_answer(question, line) == value


@pytest.mark.parametrize(
    ("question", "line", "what"),
    [
        (AGREES, "", "Nothing was typed."),
        (AGREES, "agrees", "“agrees” can be: 1 Agrees as read; 2 Agrees, with exceptions."),
        (AGREES, "4", "There is no answer “4”."),
        (AGREES, "0", "There is no answer “0”."),
        (AGREES, "read", "There is no answer “read”."),
        (AGREES, "1 2", "There is no answer “1 2”."),
        (COUNT, "1", "There is no answer “1”."),
        (SITES, "upper", "“upper” can be: 6 Upper arm; 8 Upper back."),
        (TICKS, "", "Nothing was typed."),
        (TICKS, "1 9", "There is no answer “9”."),
        (TICKS, "1 3", "“Which were off?” contradicts itself: “none” stands beside other answers."),
        (NUMBER, "", "Nothing was typed."),
        (TEXT, " ", "Nothing was typed."),
        (TEXT, "a\x1b[2Jb", "“History?” holds a character that cannot be shown."),
        (DATE, "30/2/2000", "“Date of birth” is not a date: “30/2/2000”."),
        (COVER, "all of it", "“What is covered?” is not written as left,top,right,bottom"),
        (SITES, "\x1b]0;x\x07" + "a" * 200, "There is no answer “?]0;x?"),
    ],
)
def test_a_line_that_says_nothing_is_refused_with_the_way_on(question: Question, line: str, what: str) -> None:
    with pytest.raises(DermlockError) as error:
        read_answer(question, line)
    assert error.value.what.startswith(what)
    assert error.value.hint
    assert str(error.value).isprintable()


def test_commands_are_taken_in_any_case_and_an_answer_is_none() -> None:
    for command in Command:
        assert command_of(f" {command.value.upper()} ") is command
        assert command_of(f"\\{command.value}") is None
    assert command_of("backs") is None
    assert command_of("") is None


def test_options_that_are_numbers_are_their_own_marks() -> None:
    assert marks(COUNT) == ("2", "3", "4", "5", "6", "7", "8", "9")
    assert marks(AGREES) == ("1", "2", "3")
    assert ways(COUNT) == "Answer 2 to 9"


def test_an_answer_is_told_in_words() -> None:
    assert in_words(TICKS, ("bluetooth", "cloud")) == "Bluetooth; Copies to a cloud"
    assert in_words(FILES, ()) == "nothing"
    assert in_words(DATE, "1961-04-02") == "02 Apr 1961"
    assert in_words(NUMBER, "none") == "There is none"


def test_progress_is_one_line_for_each_stage_of_each_picture() -> None:
    said: list[str] = []
    report = line_by_line(said.append)
    for number in range(120):
        report(Progress("Reading the card", number, 120))
    for number in range(2):
        report(Progress("Sealing", number, 2, item=f"{number}.JPG"))
        report(Progress("Verifying", number, 2, item=f"{number}.JPG"))
    report(Progress("Verifying", 2, 2))
    report(Progress("Removing names", 2, 2))
    report(Progress("Removing names", 2, 2))
    assert said == [
        "Reading the card.",
        "Reading the card, 50 of 120.",
        "Reading the card, 100 of 120.",
        "Sealing 1 of 2.",
        "Verifying 1 of 2.",
        "Sealing 2 of 2.",
        "Verifying 2 of 2.",
        "Removing names.",
    ]


def test_whatever_is_said_is_plain_lines() -> None:
    said: list[str] = []
    Talk(lambda prompt: prompt, said.append).say("one\ntwo", "\x1b[31mred\r\x9b1m\u202eback")
    assert said == ["one", "two", "\\x1b[31mred\\r\\x9b1m\\u202eback"]
    assert Talk(lambda prompt: prompt, said.append).hear("a\rb: ") == "a\\rb: "
