"""The answers to choose from: numbered rows, a mark for where one is, boxes where several may be ticked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from core.model.question import Option

from ..wrapping import wrapped

CHOICE_KEYS = "123456789"
TICK_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
LETTER_KEYS = "abcdefghi"
ALONE_KEY = "0"
"""For an answer that stands alone, such as “none of these”: always the same key."""


@dataclass(frozen=True)
class _Line:
    row: int
    text: str
    is_help: bool


class OptionRows(ScrollView, can_focus=True, inherit_bindings=False):
    """Nothing is highlighted and nothing ticked until a person does it."""

    DEFAULT_CSS = """
    OptionRows {
        height: auto;
        overflow-x: hidden;
        background: $background;
        scrollbar-size-vertical: 1;
        & > .option-rows--row { color: $foreground; background: $background; }
        & > .option-rows--help { color: $muted; background: $background; }
        & > .option-rows--here { color: $on-chosen; background: $chosen; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"option-rows--row", "option-rows--help", "option-rows--here"}

    class Chosen(Message):
        """One answer was chosen and is meant."""

        def __init__(self, option_id: str) -> None:
            super().__init__()
            self.option_id = option_id

    class Ticked(Message):
        """A box changed."""

        def __init__(self, option_ids: tuple[str, ...]) -> None:
            super().__init__()
            self.option_ids = option_ids

    class Submitted(Message):
        """The boxes are meant as they stand."""

        def __init__(self, option_ids: tuple[str, ...]) -> None:
            super().__init__()
            self.option_ids = option_ids

    @dataclass
    class Highlighted(Message):
        """Another answer is looked at."""

        option: Option

    class NothingChosen(Message):
        """Enter was pressed before anything was chosen."""

    class Contradicted(Message):
        """An answer that stands alone was pressed while others are ticked."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[Option, ...] = ()
        self._rows: tuple[Option, ...] = ()
        self._many = False
        self._here: int | None = None
        self._ticked: set[str] = set()
        self._earlier = ""
        self._lines: list[_Line] = []
        self._keys: tuple[str, ...] = ()
        self._answered = False
        self._brief = False
        self._width = 60

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each answer, in order; "" for one that has none."""
        return self._keys

    @property
    def key_range(self) -> str:
        """The keys of the answers, as "1-4" or "1-9 a-c 0"."""
        keys = [key for key in self._keys if key]
        runs = [
            [key for key in keys if key in CHOICE_KEYS],
            [key for key in keys if key.isalpha()],
            [key for key in keys if key == ALONE_KEY],
        ]
        return " ".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs if run)

    @property
    def is_empty(self) -> bool:
        """Whether no answer is left after narrowing."""
        return not self._rows

    @property
    def highlighted(self) -> Option | None:
        return self._rows[self._here] if self._here is not None and self._rows else None

    @property
    def lines_needed(self) -> int:
        """Rows of the screen that all answers take as they were laid out last, wherever one is among them."""
        if not self._brief:
            return len(self._lines)
        helps = [len(self._help_lines(option)) for option in self._rows]
        return sum(not line.is_help for line in self._lines) + max(helps, default=0)

    def offer(
        self,
        options: Sequence[Option],
        *,
        many: bool,
        earlier: str | tuple[str, ...] | None = None,
        keys: str = "",
        here: str = "",
    ) -> None:
        """Shows these answers.

        earlier: what was answered when this was asked before, None the first time.
        keys: one each, in order; answers beyond them have none.
        here: the answer that is looked at first; otherwise the earlier one, or none.
        """
        self._all = self._rows = tuple(options)
        self._many = many
        self._answered = False
        spare = iter(keys)
        self._keys = tuple(ALONE_KEY if option.alone else next(spare, "") for option in options)
        self._earlier = earlier if isinstance(earlier, str) else ""
        self._ticked = set(earlier) if isinstance(earlier, tuple) else set()
        ids = [option.id for option in options]
        at = here or self._earlier
        self._here = ids.index(at) if at in ids else None
        self._lay_out()

    def narrow(self, words: str) -> None:
        """Keeps the answers in which every word begins a word."""
        wanted = words.casefold().split()
        self._rows = tuple(option for option in self._all if _fits(option, wanted))
        self._here = 0 if wanted and self._rows else None
        self._lay_out()

    def release(self) -> None:
        """The answer was not taken: keys choose again."""
        self._answered = False

    def take_key(self, key: str) -> bool:
        """Chooses or ticks the answer that has this key, a capital letter too; False when none has."""
        keys = [each.lower() for each in self._keys]
        key = key.lower() if len(key) == 1 else key
        if not key or key not in keys or self._answered:
            return False
        self._take(keys.index(key))
        return True

    def enter(self) -> None:
        """What the Enter key means here."""
        if self._answered:
            return
        if self._many:
            self._submit()
        elif self.highlighted:
            self._choose(self.highlighted)
        else:
            self.post_message(self.NothingChosen())

    def move(self, by: int) -> None:
        """Highlights the row that many further down; from nowhere, down is the first and up the last."""
        if not self._rows:
            return
        last = len(self._rows) - 1
        nowhere = -1 if by > 0 else last + 1
        self._here = min(last, max(0, (nowhere if self._here is None else self._here) + by))
        self._look()

    def _look(self) -> None:
        option = self.highlighted
        if option is None:
            return
        if self._brief:
            self._lay_out()
        own = [number for number, line in enumerate(self._lines) if line.row == self._here]
        self.scroll_to_region(Region(0, own[0], 1, len(own)), animate=False, force=True)
        self.refresh()
        self.post_message(self.Highlighted(option))

    def _tick(self, row: int) -> None:
        """An answer that stands alone is the whole answer, and takes nobody's tick away; others take its tick."""
        option = self._rows[row]
        self._here = row
        if option.alone and self._ticked - {option.id}:
            self._look()
            self.post_message(self.Contradicted())
            return
        if option.alone:
            self._ticked = {option.id}
        else:
            self._ticked ^= {option.id}
            self._ticked -= {each.id for each in self._all if each.alone}
        self._lay_out()
        self._look()
        if option.alone:
            self._submit()
        else:
            self.post_message(self.Ticked(tuple(o.id for o in self._all if o.id in self._ticked)))

    def _choose(self, option: Option) -> None:
        self._answered = True
        self.post_message(self.Chosen(option.id))

    def _submit(self) -> None:
        self._answered = True
        self.post_message(self.Submitted(tuple(o.id for o in self._all if o.id in self._ticked)))

    def on_key(self, event: events.Key) -> None:
        """Every key is handled here, in the order of pressing; none after an answer until the next is asked."""
        moves = {"up": -1, "down": 1, "home": -len(self._rows), "end": len(self._rows)}
        if event.key in moves:
            self.move(moves[event.key])
        elif event.key == "enter":
            self.enter()
        elif event.key == "space" and self._many and self._here is not None:
            self._tick(self._here)
        elif not self.take_key(event.key):
            return
        event.stop()

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        if line < len(self._lines) and not self._answered:
            self._take(self._lines[line].row)

    def _take(self, row: int) -> None:
        if self._many:
            self._tick(row)
            return
        self._here = row
        self._look()
        self._choose(self._rows[row])

    def on_resize(self) -> None:
        self._width = self.size.width or self._width
        self._lay_out()

    def lay_out_for(self, width: int, *, brief: bool) -> None:
        """Breaks the lines for this width, before the layout gives it.

        brief: only the answer that is looked at shows its help; “…” stands for the others'.
        """
        self._width, self._brief = width, brief
        self._lay_out()

    def _lay_out(self) -> None:
        self._lines = []
        for row, option in enumerate(self._rows):
            lead = self._lead(option)
            hidden = bool(self._brief and option.help and row != self._here)
            before = "  (answered before)" if option.id == self._earlier else ""
            said = f"{option.label}{before}{'  …' if hidden else ''}"
            for number, text in enumerate(wrapped(said, self._width - len(lead) - 1)):
                self._lines.append(_Line(row, (lead if number == 0 else " " * len(lead)) + text, is_help=False))
            if not hidden:
                self._lines += [_Line(row, " " * len(lead) + text, is_help=True) for text in self._help_lines(option)]
        self.virtual_size = Size(self._width - 1, len(self._lines))  # the last column is the scrollbar's
        self.refresh()

    def _help_lines(self, option: Option) -> list[str]:
        return wrapped(option.help, self._width - len(self._lead(option)) - 1) if option.help else []

    def _lead(self, option: Option) -> str:
        """Room for the mark, the key, the box."""
        key = self._keys[self._all.index(option)]
        shown = f"  {key}  " if any(self._keys) and key else "     " if any(self._keys) else "  "
        box = ("[x] " if option.id in self._ticked else "[ ] ") if self._many and not option.alone else ""
        return shown + box

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return Strip.blank(width, self.get_component_rich_style("option-rows--row"))
        line = self._lines[number]
        here = line.row == self._here
        kind = "here" if here and not line.is_help else "help" if line.is_help else "row"
        style = self.get_component_rich_style(f"option-rows--{kind}")
        first = number == 0 or self._lines[number - 1].row != line.row
        text = ("▸" if here and first else " ") + line.text[1:]
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)


def _fits(option: Option, wanted: list[str]) -> bool:
    has = [*option.label.casefold().replace("-", " ").split(), option.id.casefold(), *option.also.split()]
    return all(any(word.startswith(part) for word in has) for part in wanted)
