"""Between two patients: the card as counts, what is unfinished, and the field that begins an intake."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from core.errors import DermlockError
from core.model.question import QuestionKind

from ..app_services import AppServices, Session
from ..bridge import CardDesk, CardState, counted
from ..widgets.asking.answer_field import AnswerField
from ..widgets.bars import KeyBar, Keys, Note, StationBar
from ..widgets.due_words import due_in_short
from ..work_screen import WorkScreen

if TYPE_CHECKING:
    from core.intake.conduct import Unfinished
    from core.records.due import Due


@dataclass(frozen=True)
class Begin:
    """An intake is to begin. number: what was typed, "" for none. typed_ahead: what is typed after it, and grows."""

    number: str
    typed_ahead: Sequence[events.Key] = ()


@dataclass(frozen=True)
class Find:
    """The find screen is wanted."""


@dataclass(frozen=True)
class LookAtDue:
    """The due lists are wanted."""


@dataclass(frozen=True)
class SignOut:
    """Somebody else is to sign in."""


Wanted = Begin | Find | LookAtDue | SignOut


class WaitingScreen(WorkScreen[Wanted]):
    """Until a patient is named nothing but counts is shown of a card."""

    CSS_PATH = "waiting.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", show=False),
        Binding("f3", "due", show=False),
        Binding("f4", "find", show=False),
        Binding("f10", "sign_out", show=False),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(1)", show=False),
    ]

    class UnfinishedKnown(Message):
        """The moves that are still open, or why they cannot be told."""

        def __init__(self, moves: "tuple[Unfinished, ...] | DermlockError") -> None:
            super().__init__()
            self.moves = moves

    class DueKnown(Message):
        """The due lists, or why they cannot be told."""

        def __init__(self, lines: "tuple[Due, ...] | DermlockError") -> None:
            super().__init__()
            self.lines = lines

    def __init__(self, services: AppServices, session: Session, desk: CardDesk) -> None:
        super().__init__()
        self._services, self._session, self._desk = services, session, desk

    def compose(self) -> ComposeResult:
        yield StationBar()
        with VerticalScroll(id="waiting", can_focus=False):
            yield Static(id="card-words")
            yield Note(id="unfinished")
            yield Note(id="due")
            yield Static("Next patient", id="number-title")
            yield AnswerField(id="number")
            yield Static("Ten digits begin by themselves. Enter alone: somebody without a number.", id="number-hint")
            yield Static(id="demo-words")
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place, bar.staff = "Waiting", self._session.staff.name
        self.query_one("#number", AnswerField).ask(QuestionKind.NHS_NUMBER, "", placeholder="NHS number")
        self.query_one("#number", AnswerField).focus()
        self._desk.changed.subscribe(self, self._show_card)
        self._show_card(self._desk.state)
        self._show_demo()
        self._ask_for_unfinished()
        self._ask_for_due()

    def _show_card(self, state: CardState) -> None:
        self.query_one(StationBar).card = state.in_short
        self.query_one("#card-words", Static).update(_card_words(state))
        self._show_keys()
        if state.receipts:
            self._ask_for_unfinished()

    def _show_keys(self) -> None:
        demo: Keys = ()
        if self._services.demo is not None:
            card = "pull the card" if self._desk.state.card else "put the card in"
            demo = (("F5", card), ("F6", "fresh pictures"))
        out = "leave the practice" if self._services.is_practice else "sign out"
        keys: Keys = (("0-9", "NHS number"), ("Enter", "without one"), ("F3", "due"), ("F4", "find"), *demo)
        self.query_one(KeyBar).show((*keys, ("F9", "colours"), ("F12", "lock"), ("F10", out)))

    def _show_demo(self) -> None:
        demo = self._services.demo
        words = self.query_one("#demo-words", Static)
        words.display = demo is not None
        if demo is not None:
            known = demo.known_patient
            words.update(
                Content.assemble(
                    ("To try in the demo\n", "bold"),
                    "Known patient  ",
                    (str(known.number), "bold"),
                    f"  born {known.birth_date:%d/%m/%Y}  ({known.given_name} {known.family_name})\n",
                    "New patient    ",
                    (demo.new_number, "bold"),
                    "  any name and birth date\n",
                    "F5 pulls the card or puts it in again, in the middle of questions too; ",
                    "F6 takes fresh pictures.",
                )
            )

    def _ask_for_unfinished(self) -> None:
        def look() -> None:
            try:
                moves: tuple[Unfinished, ...] | DermlockError = self._session.unfinished()
            except DermlockError as error:
                moves = error
            self.post_message(self.UnfinishedKnown(moves))

        self.run_worker(look, thread=True, exclusive=True, group="unfinished", description="unfinished moves")

    def on_waiting_screen_unfinished_known(self, event: UnfinishedKnown) -> None:
        note = self.query_one("#unfinished", Note)
        finished = sum(receipt.erased for receipt in self._desk.state.receipts)
        if isinstance(event.moves, DermlockError):
            note.refuse(event.moves)
        elif event.moves:
            first = event.moves[0]
            begun = f"{first.begun_at.astimezone():%d %b at %H:%M}"
            note.warn(
                f"{counted(len(event.moves), 'move')} not finished; the oldest began on {begun}.",
                f"Put its card in ({first.card}): it is finished by itself, and nothing is lost meanwhile.",
            )
        elif self._desk.state.receipts:
            note.tell("An earlier move was finished.", f"{counted(finished, 'file')} verified and erased.")
        else:
            note.clear()

    def _ask_for_due(self) -> None:
        def look() -> None:
            try:
                lines: tuple[Due, ...] | DermlockError = self._session.due()
            except DermlockError as error:
                lines = error
            self.post_message(self.DueKnown(lines))

        self.run_worker(look, thread=True, group="due", description="the due lists")

    def on_waiting_screen_due_known(self, event: DueKnown) -> None:
        """What is overdue stands out; what is only due is said."""
        note = self.query_one("#due", Note)
        if isinstance(event.lines, DermlockError):
            note.refuse(event.lines)
        elif any(line.overdue for line in event.lines):
            note.warn(f"Due lists: {due_in_short(event.lines)}.", "F3 shows them.")
        elif event.lines:
            note.mention(f"Due lists: {due_in_short(event.lines)}.", "F3 shows them.")
        else:
            note.clear()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(Begin("".join(event.value.split()), self.query_one("#number", AnswerField).held))

    def action_begin(self) -> None:
        self.dismiss(Begin(""))

    def action_due(self) -> None:
        self.dismiss(LookAtDue())

    def action_find(self) -> None:
        self.dismiss(Find())

    def action_sign_out(self) -> None:
        self.dismiss(SignOut())

    def action_scroll(self, pages: int) -> None:
        scroll = self.query_one("#waiting", VerticalScroll)
        (scroll.scroll_page_down if pages > 0 else scroll.scroll_page_up)(animate=False)


def _card_words(state: CardState) -> Content:
    if state.trouble is not None:
        return Content.assemble(("Card: ", "bold"), (state.trouble.what, "bold $error"), "\n", state.trouble.hint)
    if state.card is None:
        return Content.assemble(
            ("No card", "bold"), "\nPut the camera's card into the reader. An intake may begin without it."
        )
    also = f"  ({counted(state.others, 'other card')} in the reader)" if state.others else ""
    if state.inventory is None:
        reading = state.reading
        how_far = f"{reading.done} of {reading.total} files" if reading and reading.total else "begun"
        return Content.assemble(("Card in", "bold"), f"  {state.card}{also}\nReading: {how_far}")
    pictures = len(state.inventory.pictures)
    others = len(state.inventory.files) - pictures
    read_only = (
        "\nThis card is write-protected: its pictures can be sealed, not erased." if state.card.read_only else ""
    )
    return Content.assemble(
        ("Card in", "bold"),
        f"  {state.card}{also}\n",
        (counted(pictures, "picture"), "bold"),
        f", {counted(others, 'other file')}",
        read_only,
    )
