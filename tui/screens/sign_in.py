"""Who is at the station: a staff ID and a passphrase, or the printed recovery key."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from ..app_services import AppServices, Session
from ..dialogs.recovery_key import RecoveryKeyDialog
from ..widgets.bars import KeyBar, StationBar
from ..widgets.sign_in_form import SignInForm
from ..work_screen import WorkScreen


class SignInScreen(WorkScreen[Session | None]):
    """Ends with the session, or with None when one wants to leave."""

    CSS_PATH = "sign_in.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("f7", "recovery_key", show=False),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, services: AppServices, staff_id: str = "") -> None:
        super().__init__()
        self._services = services
        self._staff_id = staff_id

    def compose(self) -> ComposeResult:
        yield StationBar()
        with VerticalScroll(id="sign-in", can_focus=False):
            yield Static("Sign in", id="sign-in-title")
            yield SignInForm(self._services.sign_in, staff_id=self._staff_id)
            with Vertical(id="demo-hints"):
                yield Static(id="demo-words")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(StationBar).place = "Sign in"
        practice = self._services.is_practice
        leave = "leave the practice" if practice else "leave"
        self.query_one(KeyBar).show((("Enter", "go on"), ("↑↓", "other field"), ("F7", "recovery key"), ("Esc", leave)))
        demo = self._services.demo
        self.query_one("#demo-hints").display = demo is not None
        if demo is not None:
            this_is = "This is a practice run." if practice else "This is the demo."
            you_are = " Here you are somebody else, too:" if practice else ""
            self.query_one("#demo-words", Static).update(
                Content.assemble(
                    (this_is, "bold"),
                    f" Nobody in it is real, and everything is deleted when you leave.{you_are}\n\n",
                    "Staff ID    ",
                    (demo.staff_id, "bold"),
                    "\nPassphrase  ",
                    (demo.passphrase, "bold"),
                )
            )
        self.query_one(SignInForm).begin()

    def on_sign_in_form_done(self, event: SignInForm.Done) -> None:
        event.stop()
        self.dismiss(event.session)

    def action_recovery_key(self) -> None:
        def said(session: Session | None) -> None:
            if session is not None:
                self.dismiss(session)

        if not self.query_one(SignInForm).is_trying:
            self.app.push_screen(RecoveryKeyDialog(self._services), said)

    def action_leave(self) -> None:
        if not self.query_one(SignInForm).is_trying:
            self.dismiss(None)
