"""The answers to choose from: nothing is chosen until a person does it, and each key means one thing."""

from collections.abc import Awaitable, Callable

from textual.message import Message

from core.model.question import Option
from tui.widgets.asking.option_rows import CHOICE_KEYS, TICK_KEYS, OptionRows

from ...support.on_screen import Person
from ...support.stage import on_stage

FRUIT = (
    Option("apple", "Apple", help="Grows on trees."),
    Option("pear", "Pear"),
    Option("none", "None of these", alone=True),
)
Does = Callable[[Person, OptionRows, list[Message]], Awaitable[None]]


def offered(
    does: Does, *, many: bool, earlier: str | tuple[str, ...] | None = None, size: tuple[int, int] = (40, 8)
) -> None:
    async def offers(person: Person, rows: OptionRows, heard: list[Message]) -> None:
        rows.offer(FRUIT, many=many, earlier=earlier, keys=TICK_KEYS if many else CHOICE_KEYS)
        await person.wait_for("Apple")
        await does(person, rows, heard)

    kinds = (
        OptionRows.Chosen,
        OptionRows.Ticked,
        OptionRows.Submitted,
        OptionRows.NothingChosen,
        OptionRows.Contradicted,
    )
    on_stage(OptionRows(), offers, *kinds, size=size)


def test_a_key_chooses_once_and_further_keys_wait() -> None:
    async def does(person: Person, rows: OptionRows, heard: list[Message]) -> None:
        await person.press("2", "1", "enter")
        await person.until(lambda: bool(heard), "the answer")
        await person.settle()
        [chosen] = heard
        assert isinstance(chosen, OptionRows.Chosen)
        assert chosen.option_id == "pear"
        rows.release()
        await person.press("1")
        await person.until(lambda: len(heard) == 2, "another answer")

    offered(does, many=False)


def test_enter_before_anything_is_chosen_says_so_and_the_arrows_lead_to_an_answer() -> None:
    async def does(person: Person, rows: OptionRows, heard: list[Message]) -> None:
        assert "▸" not in person.sees
        await person.press("enter")
        await person.until(lambda: isinstance(heard[-1:][0] if heard else None, OptionRows.NothingChosen), "the word")
        await person.press("down", "down", "up", "enter")
        await person.until(lambda: isinstance(heard[-1], OptionRows.Chosen), "the answer")
        assert [message.option_id for message in heard if isinstance(message, OptionRows.Chosen)] == ["apple"]

    offered(does, many=False)


def test_boxes_are_ticked_and_unticked_and_an_answer_that_stands_alone_is_the_whole_answer() -> None:
    async def does(person: Person, rows: OptionRows, heard: list[Message]) -> None:
        await person.press("1", "2", "1")
        await person.wait_for("[ ] Apple", "[x] Pear")
        await person.press("0")
        await person.until(lambda: isinstance(heard[-1], OptionRows.Contradicted), "that others are ticked")
        await person.press("2", "0")
        await person.until(lambda: isinstance(heard[-1], OptionRows.Submitted), "the answer")
        last = heard[-1]
        assert isinstance(last, OptionRows.Submitted)
        assert last.option_ids == ("none",)

    offered(does, many=True)


def test_what_was_answered_before_is_marked_and_nothing_else_is() -> None:
    async def one(person: Person, rows: OptionRows, heard: list[Message]) -> None:
        await person.wait_for("▸ 2  Pear  (answered before)")

    async def several(person: Person, rows: OptionRows, heard: list[Message]) -> None:
        await person.wait_for("[x] Apple", "[ ] Pear")
        await person.press("enter")
        await person.until(lambda: bool(heard), "the answer")
        [submitted] = heard
        assert isinstance(submitted, OptionRows.Submitted)
        assert submitted.option_ids == ("apple",)

    offered(one, many=False, earlier="pear")
    offered(several, many=True, earlier=("apple",))


def test_where_there_is_little_room_only_the_answer_that_is_looked_at_shows_its_help() -> None:
    async def does(person: Person, rows: OptionRows, heard: list[Message]) -> None:
        rows.lay_out_for(40, brief=True)
        assert rows.lines_needed == 4  # three answers and the longest help
        await person.wait_for("1  Apple  …")
        assert "trees" not in person.sees
        await person.press("down")
        await person.wait_for("▸ 1  Apple", "Grows on trees.")

    offered(does, many=False)


def test_the_last_of_many_answers_scrolls_into_sight() -> None:
    many = tuple(Option(str(number), f"Answer {number}") for number in range(1, 30))

    async def does(person: Person, rows: OptionRows, heard: list[Message]) -> None:
        rows.styles.height = 5
        rows.offer(many, many=False)
        await person.wait_for("Answer 1")
        assert "Answer 29" not in person.sees
        await person.press("end")
        await person.wait_for("▸ Answer 29")

    on_stage(OptionRows(), does, size=(40, 8))


def test_markup_and_wide_letters_in_an_answer_are_shown_as_they_are_and_never_cut() -> None:
    async def does(person: Person, rows: OptionRows, heard: list[Message]) -> None:
        rows.offer([Option("odd", "[red]皮膚の写真皮膚の写真皮膚の写真[/red] ends here")], many=False)
        await person.wait_for("[red]皮膚", "ends here")

    on_stage(OptionRows(), does, size=(30, 8))
