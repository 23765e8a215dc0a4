"""The lock: hides whatever was on the screen until the same person is back, or another one takes over.

Nothing of a patient, a picture or a card is known here: who locked, since when, and
whether a move runs, as counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from core.errors import RuleRefusedError
from core.model.staff import Role

from ..app_services import AppServices, Session
from ..bridge import CardDesk
from ..intake.ongoing_move import OngoingMove
from ..widgets.bars import KeyBar, Note, StationBar
from ..widgets.sign_in_form import SignInForm


@dataclass(frozen=True)
class Locked:
    """session: of who locked. since: when.

    drops: says what another person's taking over would drop by now, "" for nothing.
    after_mistake: whether the app came back from a mistake of its own.
    """

    session: Session
    since: datetime
    drops: Callable[[], str]
    after_mistake: bool = False


class LockScreen(Screen[None]):
    """Never ends by itself: it says who is there, and the app takes it away."""

    CSS_PATH = "lock.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "somebody_else", show=False),
        Binding("escape,n,enter", "back", show=False),
        Binding("y,Y", "drop", show=False),
        Binding("pageup", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(1)", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    class Unlocked(Message):
        """The person who locked is back."""

    class TakenOver(Message):
        """Somebody else has signed in, and what was open is to be dropped."""

        def __init__(self, session: Session) -> None:
            super().__init__()
            self.session = session

    def __init__(self, services: AppServices, locked: Locked, desk: CardDesk) -> None:
        super().__init__(classes="curtain")
        self._services, self._locked, self._desk = services, locked, desk
        self._other: Session | None = None
        self._had_move = False

    def compose(self) -> ComposeResult:
        staff = self._locked.session.staff
        yield StationBar()
        with VerticalScroll(classes="curtain-words", can_focus=False):
            yield Static("Locked", classes="curtain-title")
            yield Static(self._words)
            yield Static(id="move-words")
            if Role.RECOVERY in staff.roles:
                yield SignInForm(self._recover, asks_who=False, label="Recovery key", shown=True, id="own")
            else:
                yield SignInForm(self._services.sign_in, staff_id=staff.id, asks_who=False, id="own")
            yield SignInForm(self._services.sign_in, id="other")
            yield Note(id="lock-note")
        yield KeyBar()

    @property
    def _words(self) -> Content:
        locked = self._locked
        mistake = "\ndermlock made a mistake and came back by itself." if locked.after_mistake else ""
        demo = self._services.demo
        hint = f"\nIn the demo the passphrase is: {demo.passphrase}" if demo is not None else ""
        return Content.assemble(
            (locked.session.staff.name, "bold"),
            f"  ·  since {locked.since.astimezone():%H:%M}{mistake}\nAnswers and drafts are kept as they were.{hint}",
        )

    def on_mount(self) -> None:
        self.query_one(StationBar).place = "Locked"
        self._desk.move_changed.subscribe(self, self._show_move)
        self._show_move(self._desk.move)
        self._ask_own()

    def _recover(self, _staff_id: str, written: str) -> Session:
        return self._services.sign_in_with_recovery_key(written)

    def _show_move(self, move: OngoingMove | None) -> None:
        words = self.query_one("#move-words", Static)
        words.display = move is not None or self._had_move
        if move is not None:
            self._had_move = True
            progress = move.progress
            how_far = f"{progress.stage} {progress.done} of {progress.total}" if progress else "begun"
            words.update(f"A move is running: {how_far}. It goes on behind the lock to its end.")
        elif self._had_move:
            words.update("The move has come to its end. What it came to is shown after unlocking.")

    def _ask(self, own: bool) -> None:
        self.query_one("#own", SignInForm).display = own
        self.query_one("#other", SignInForm).display = not own
        self.query_one("#lock-note", Note).clear()
        self.query_one("#own" if own else "#other", SignInForm).begin()

    def _ask_own(self) -> None:
        self._ask(own=True)
        self.query_one(KeyBar).show((("Enter", "unlock"), ("F10", "somebody else signs in")))

    def _is_asking_other(self) -> bool:
        return bool(self.query_one("#other", SignInForm).display)

    def action_somebody_else(self) -> None:
        if self._other is not None or self._is_asking_other():
            return
        if self._move_goes_first():
            return
        self._ask(own=False)
        self.query_one(KeyBar).show((("Enter", "go on"), ("↑↓", "other field"), ("Esc", "back to the lock")))

    def _move_goes_first(self) -> bool:
        """Whether a move still runs; then it is said."""
        if self._desk.move is not None:
            self.query_one("#lock-note", Note).refuse(
                RuleRefusedError(
                    "A move is running; nobody else can sign in before its end.", "It is as long as it says above."
                )
            )
        return self._desk.move is not None

    def on_sign_in_form_done(self, event: SignInForm.Done) -> None:
        """The same person unlocks; it is enough that they are who they say, their session goes on."""
        event.stop()
        own, signed_in = self._locked.session, event.session
        if signed_in.staff.id == own.staff.id:
            if signed_in is not own:
                signed_in.sign_out()
            self.post_message(self.Unlocked())
        elif self._move_goes_first():
            signed_in.sign_out()
        elif drops := self._locked.drops():
            self._confirm(signed_in, drops)
        else:
            self.post_message(self.TakenOver(signed_in))

    def _confirm(self, other: Session, drops: str) -> None:
        """Enter and Escape are the safe answer; only Y drops."""
        self._other = other
        self.query_one("#other", SignInForm).display = False
        self.set_focus(None)
        self.query_one("#lock-note", Note).warn(
            f"{self._locked.session.staff.name} is not done: {drops}",
            f"Y drops it and goes on as {other.staff.name}. Enter keeps it.",
        )
        self.query_one(KeyBar).show((("Enter", "keep it, stay locked"), ("Y", "drop it")))

    def action_drop(self) -> None:
        if self._other is not None:
            other, self._other = self._other, None
            self.post_message(self.TakenOver(other))

    def action_back(self) -> None:
        if self._other is not None:
            self._other.sign_out()
            self._other = None
            self._ask_own()
        elif self._is_asking_other() and not self.query_one("#other", SignInForm).is_trying:
            self._ask_own()

    def action_scroll(self, pages: int) -> None:
        words = self.query_one(VerticalScroll)
        (words.scroll_page_down if pages > 0 else words.scroll_page_up)(animate=False)
