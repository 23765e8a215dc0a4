"""An interview as a script: the next question follows from the answers, and nothing else does."""

import pytest

from core.errors import RuleRefusedError
from core.model.conversation import Conversation, Script, ask, ask_checklist
from core.model.question import AnswerRefusedError, Option, Question, QuestionKind, Value

PET = Question("pet", "Which pet?", QuestionKind.CHOICE, (Option("dog", "Dog"), Option("fish", "Fish")))
NAME = Question("name", "What is it called?", QuestionKind.TEXT)
WALKS = Question("walks", "Which walks?", QuestionKind.CHECKLIST, (Option("short", "Short"), Option("long", "Long")))


def talk() -> Script[dict[str, Value]]:
    said: dict[str, Value] = {}
    pet = yield from ask(PET, said)
    name = yield from ask(NAME, said)
    if name == "Rex" and pet == "fish":
        raise RuleRefusedError("No fish is called Rex.", "Call it something else.")
    if pet == "dog":
        yield from ask_checklist(WALKS, said)
    return said


TALK = Conversation(talk)


def test_questions_come_one_after_the_other() -> None:
    assert TALK.next({}) is PET
    assert TALK.next({"pet": "dog"}) is NAME
    assert TALK.next({"pet": "dog", "name": "Bo"}) is WALKS
    assert TALK.next({"pet": "dog", "name": "Bo", "walks": ()}) is None
    assert TALK.next({"pet": "fish", "name": "Bo"}) is None


def test_the_answer_is_made_of_checked_values() -> None:
    given: dict[str, Value] = {"pet": "dog", "name": "  Bo  Peep ", "walks": ("long", "short")}
    assert TALK.answer(given) == {"pet": "dog", "name": "Bo Peep", "walks": ("short", "long")}


def test_an_answer_to_what_is_not_asked_is_not_used() -> None:
    replay = TALK.replay({"pet": "fish", "name": "Bo", "walks": ("long",), "shoe": "7"})
    assert replay.answer == {"pet": "fish", "name": "Bo"}
    assert [question.id for question in replay.asked] == ["pet", "name"]


def test_an_answer_is_refused_where_it_was_given() -> None:
    with pytest.raises(RuleRefusedError, match="called Rex"):
        TALK.next({"pet": "fish", "name": "Rex"})
    replay = TALK.replay({"pet": "fish", "name": "Rex"})
    assert replay.asked[-1] is NAME
    assert not replay.done


def test_a_value_that_does_not_fit_is_refused_before_the_script_sees_it() -> None:
    for given in ({"pet": "cat"}, {"pet": ("dog",)}, {"pet": "dog", "name": ""}):
        with pytest.raises(AnswerRefusedError):
            TALK.next(given)


def test_an_open_question_is_named_when_the_answer_is_wanted() -> None:
    with pytest.raises(RuleRefusedError, match="“What is it called\\?” is not answered"):
        TALK.answer({"pet": "dog"})
    with pytest.raises(RuleRefusedError, match="called Rex"):
        TALK.answer({"pet": "fish", "name": "Rex"})


def test_a_replay_leaves_nothing_behind() -> None:
    given: dict[str, Value] = {"pet": "dog", "name": "Bo", "walks": ()}
    first = TALK.answer(given)
    first["name"] = "somebody else"
    assert TALK.answer(given)["name"] == "Bo"


def test_a_question_is_answered_with_one_or_several_as_its_kind_says() -> None:
    def confused() -> Script[str]:
        return (yield from ask(WALKS))

    def confused_too() -> Script[str]:
        yield from ask_checklist(PET)
        return ""

    with pytest.raises(TypeError):
        Conversation(confused).next({"walks": ("long",)})
    with pytest.raises(TypeError):
        Conversation(confused_too).next({"pet": "dog"})
