"""One question on 80 x 24: guidance and answers share the room, and what does not fit is refused in place."""

from textual.message import Message

from core.errors import RuleRefusedError
from core.model.question import Option, Question, QuestionKind
from tui.widgets.asking.question_card import QuestionCard
from tui.widgets.asking.sharing import shared

from ...support.on_screen import Person
from ...support.stage import on_stage

LONG_HELP = "\n".join(f"Line {number} of the guidance." for number in range(1, 41))
WHY = Question("why", "Why?", QuestionKind.TEXT)


def answers(heard: list[Message]) -> list[object]:
    return [message.value for message in heard if isinstance(message, QuestionCard.Answered)]


def test_long_guidance_scrolls_and_the_answers_stay_in_sight() -> None:
    options = tuple(Option(str(number), f"Answer {number}") for number in range(1, 6))

    async def does(person: Person, card: QuestionCard, heard: list[Message]) -> None:
        card.ask(Question("q", "What is it?", QuestionKind.CHOICE, options, help=LONG_HELP))
        screen = await person.wait_for("What is it?", "Line 1 of", "1  Answer 1", "5  Answer 5")
        assert "Line 40" not in screen
        assert ("PgUp PgDn", "read on") in card.keys
        await person.press("pagedown")
        await person.wait_for("Line 18 of")
        await person.press("pagedown")
        await person.wait_for("Line 40 of", "5  Answer 5")
        await person.press("3")
        await person.until(lambda: answers(heard) == ["3"], "the answer")

    on_stage(QuestionCard(), does, QuestionCard.Answered)


def test_a_value_that_does_not_fit_is_refused_and_typing_on_takes_the_refusal_away() -> None:
    async def does(person: Person, card: QuestionCard, heard: list[Message]) -> None:
        card.ask(Question("born", "Date of birth", QuestionKind.DATE))
        await person.type("31/2/1961", "enter")
        await person.wait_for("! “Date of birth” is not a date", "31/2/1961")
        await person.press("backspace")
        await person.until(lambda: "is not a date" not in person.sees, "the refusal to go")
        await person.press("ctrl+u")
        await person.type("2/4/1961", "enter")
        await person.until(lambda: answers(heard) == ["1961-04-02"], "the date")

    on_stage(QuestionCard(), does, QuestionCard.Answered)


def test_a_refusal_from_outside_stays_until_something_else_is_typed_and_drops_what_was_typed_after_the_answer() -> None:
    async def does(person: Person, card: QuestionCard, heard: list[Message]) -> None:
        card.ask(WHY, "because")
        await person.press("enter", "x", "y")
        await person.until(lambda: answers(heard) == ["because"], "the answer")
        card.refuse(RuleRefusedError("Not like that.", "Say more."))
        await person.wait_for("! Not like that.", "Say more.", "▌ because")
        await person.type("!")
        await person.wait_for("▌ because!")
        assert "Not like that." not in person.sees

    on_stage(QuestionCard(), does, QuestionCard.Answered)


def test_a_long_list_is_narrowed_by_typing() -> None:
    sites = ("scalp", "nose", "cheek", "lip", "chin", "ear", "neck", "elbow", "hand", "toe")
    options = tuple(Option(site, site.capitalize()) for site in sites)

    async def does(person: Person, card: QuestionCard, heard: list[Message]) -> None:
        card.ask(Question("site", "Where?", QuestionKind.CHOICE, options))
        await person.wait_for("type a few letters", "Scalp")
        await person.type("el", "enter")
        await person.until(lambda: answers(heard) == ["elbow"], "the answer")

    on_stage(QuestionCard(), does, QuestionCard.Answered)


def test_markup_in_a_question_is_shown_as_it_is() -> None:
    async def does(person: Person, card: QuestionCard, heard: list[Message]) -> None:
        card.ask(Question("q", "Is [red]this[/red] it?", QuestionKind.TEXT, help="[bold]Read[/bold]"))
        await person.wait_for("Is [red]this[/red] it?", "[bold]Read[/bold]")

    on_stage(QuestionCard(), does)


def test_height_is_shared_so_that_neither_guidance_nor_answers_vanish() -> None:
    for room in range(2, 30):
        for guidance in range(20):
            for answers_need in range(1, 20):
                for_guidance, for_answers = shared(room, guidance, answers_need)
                assert for_guidance + for_answers <= room
                assert (for_guidance > 0) == (guidance > 0)
                assert for_answers > 0
