"""Who is at the station: a staff ID and a passphrase."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Label, Static

from core.errors import DermlockError

from ..app_services import AppServices, Session
from ..widgets.asking.answer_field import AnswerField
from ..widgets.bars import KeyBar, Note, StationBar


class SignInScreen(Screen[Session | None]):
    """Ends with the session, or with None when one wants to leave."""

    CSS_PATH = "sign_in.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("escape", "leave", show=False),
    ]

    class Ended(Message):
        """The vault was opened, or not."""

        def __init__(self, outcome: Session | DermlockError) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self, services: AppServices, staff_id: str = "") -> None:
        super().__init__()
        self._services = services
        self._staff_id = staff_id
        self._signing_in = False

    def compose(self) -> ComposeResult:
        yield StationBar()
        with VerticalScroll(id="sign-in", can_focus=False):
            yield Static("Sign in", id="sign-in-title")
            yield Label("Staff ID")
            yield AnswerField(id="staff-id")
            yield Label("Passphrase")
            yield AnswerField(id="passphrase", password=True)
            yield Note()
            with Vertical(id="demo-hints"):
                yield Static(id="demo-words")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(StationBar).place = "Sign in"
        self.query_one(KeyBar).show((("Enter", "go on"), ("↑↓", "other field"), ("Esc", "leave")))
        demo = self._services.demo
        self.query_one("#demo-hints").display = demo is not None
        if demo is not None:
            self.query_one("#demo-words", Static).update(
                Content.assemble(
                    ("This is the demo.", "bold"),
                    " Nobody in it is real, and everything is deleted when you leave.\n\n",
                    "Staff ID    ",
                    (demo.staff_id, "bold"),
                    "\nPassphrase  ",
                    (demo.passphrase, "bold"),
                )
            )
        self._field("staff-id").value = self._staff_id
        self._field("passphrase" if self._staff_id else "staff-id").focus()

    def _field(self, name: str) -> AnswerField:
        return self.query_one(f"#{name}", AnswerField)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        staff_id, passphrase = self._field("staff-id"), self._field("passphrase")
        field = passphrase if event.input is passphrase else staff_id
        other = staff_id if field is passphrase else passphrase
        if event.value and not other.value:
            field.hand_on(other)
            return
        field.release()
        if event.value and not self._signing_in:
            self._sign_in(staff_id.value.strip().lower(), passphrase.value)

    def _sign_in(self, staff_id: str, passphrase: str) -> None:
        self._signing_in = True
        note = self.query_one(Note)
        note.tell("Opening the vault…")

        def sign_in() -> None:
            try:
                outcome: Session | DermlockError = self._services.sign_in(staff_id, passphrase)
            except DermlockError as error:
                outcome = error
            self.post_message(self.Ended(outcome))

        self.run_worker(sign_in, thread=True, group="sign-in", description="signing in")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value and not self._signing_in:
            self.query_one(Note).clear()

    def on_sign_in_screen_ended(self, event: Ended) -> None:
        self._signing_in = False
        if isinstance(event.outcome, DermlockError):
            self._field("passphrase").value = ""
            self._field("passphrase").focus()
            self.query_one(Note).refuse(event.outcome)
        else:
            self.dismiss(event.outcome)

    def action_leave(self) -> None:
        if not self._signing_in:
            self.dismiss(None)
