"""A person who types what is asked line by line, and everything that is said to them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from core.card.card import Card, Inventory
from core.intake.asking import Asking
from core.model.question import Question, QuestionKind, Value
from tui.console.asking.conversation import AskedIntake
from tui.console.asking.reading import LITERAL, marks
from tui.console.asking.talk import Talk

NEW = ("999 000 0018", "2/4/1961", "Ashgrove", "Rosalind")
ADVICE = ("2", "none", "none")
AS_READ = ("1",)
NEWEST = ("1",)
ONE_LESION = ("1", "forearm", "left", "3 months, change and itch")
NOTHING_IDENTIFIES = ("1", "1", "1")
MOVE = ("1",)
EASY = (*NEW, *ADVICE, *AS_READ, *NEWEST, *ONE_LESION, *NOTHING_IDENTIFIES, *MOVE)
"""tests.support.clinic.EASY, as it is typed for three pictures."""


@dataclass
class Typist:
    """Types line after line; then the input is at its end. heard: all that was said, each prompt a line too."""

    lines: Iterable[str]
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lines = iter(self.lines)

    def read(self, prompt: str) -> str:
        self.heard.append(prompt)
        try:
            return next(self._lines)
        except StopIteration:
            raise EOFError from None

    @property
    def talk(self) -> Talk:
        return Talk(self.read, self.heard.append)


def asked_by(
    typist: Typist,
    asking: Asking,
    *,
    cards: Callable[[], Sequence[Card]] | None = None,
    read_card: Callable[[Card], Inventory] | None = None,
) -> AskedIntake:
    """The conversation, about the card of `asking`, which is in, unless cards says otherwise."""
    inventory = asking.inventory
    assert inventory is not None
    card = inventory.card
    return AskedIntake(
        typist.talk,
        lambda of_card: replace(asking, inventory=of_card),
        lambda: tuple(cards() if cards else (card,)),
        read_card or (lambda _card: inventory),
    )


def as_typed(question: Question, value: Value, by: Random) -> str:
    """A line that says this value in one of the ways there are."""
    if isinstance(value, tuple):
        known = dict(zip((option.id for option in question.options), marks(question), strict=True))
        return by.choice([" ", ", ", ","]).join(by.choice([id_, known[id_]]) for id_ in value)
    if question.kind is QuestionKind.CHOICE:
        at = [option.id for option in question.options].index(value)
        return by.choice([marks(question)[at], value, question.options[at].label.upper()])
    return LITERAL + " ".join(value.splitlines())
