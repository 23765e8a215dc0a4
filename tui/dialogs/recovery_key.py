"""The way in when every passphrase is lost: the printed recovery key."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from ..app_services import AppServices, Session
from ..widgets.bars import KeyBar
from ..widgets.sign_in_form import SignInForm
from ..work_screen import WorkDialog
from .frame import DialogFrame


class RecoveryKeyDialog(WorkDialog[Session | None]):
    """The session that the key opens, or None when one thinks better of it."""

    CSS_PATH = "frame.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False)]

    def __init__(self, services: AppServices) -> None:
        super().__init__(classes="dialog")
        self._services = services

    def compose(self) -> ComposeResult:
        with DialogFrame(), Vertical():
            yield Static("Sign in with the recovery key", classes="dialog-title")
            yield Static(
                "Only when every passphrase is lost. It opens everything, and the audit log shows that it was used. "
                "Small letters and missing hyphens are fine.",
                classes="dialog-text",
            )
            yield SignInForm(self._open, asks_who=False, label="Recovery key, from the printed sheet", shown=True)
            yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show((("Enter", "open the vault"), ("Esc", "back")))
        self.query_one(SignInForm).begin()

    def _open(self, _staff_id: str, written: str) -> Session:
        return self._services.sign_in_with_recovery_key(written)

    def on_sign_in_form_done(self, event: SignInForm.Done) -> None:
        event.stop()
        self.dismiss(event.session)

    def action_back(self) -> None:
        if not self.query_one(SignInForm).is_trying:
            self.dismiss(None)
