"""The fields that open the vault: a staff ID and a passphrase, a passphrase alone, or the recovery key."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Label

from core.errors import DermlockError

from .asking.answer_field import AnswerField
from .bars import Note

if TYPE_CHECKING:
    from ..app_services import Session

SignIn = Callable[[str, str], "Session"]
"""From a staff ID and a secret to what they open. Slow: called in a thread. Raises DermlockError."""


class SignInForm(Vertical):
    """Asks until it is opened; what is wrong is said in place.

    staff_id: stands in its field. asks_who: whether there is that field; without it
    `staff_id` is who signs in. label: the name of the secret; shown: whether it is
    shown while it is typed.
    """

    DEFAULT_CSS = """
    SignInForm {
        height: auto;
        & Label { color: $muted; }
        & AnswerField { margin-bottom: 1; }
    }
    """

    class Done(Message):
        """The vault is open."""

        def __init__(self, session: "Session") -> None:
            super().__init__()
            self.session = session

    class Tried(Message):
        """One attempt came to its end."""

        def __init__(self, outcome: "Session | DermlockError") -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(
        self,
        sign_in: SignIn,
        *,
        staff_id: str = "",
        asks_who: bool = True,
        label: str = "Passphrase",
        shown: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._sign_in = sign_in
        self._staff_id, self._asks_who = staff_id, asks_who
        self._label, self._shown = label, shown
        self._is_trying = False

    def compose(self) -> ComposeResult:
        if self._asks_who:
            yield Label("Staff ID")
            yield AnswerField(id="staff-id")
        yield Label(self._label)
        yield AnswerField(id="passphrase", password=not self._shown)
        yield Note()

    def on_mount(self) -> None:
        if self._who is not None:
            self._who.value = self._staff_id

    @property
    def is_trying(self) -> bool:
        """Whether the vault is being opened this moment."""
        return self._is_trying

    @property
    def _who(self) -> AnswerField | None:
        return self.query_one("#staff-id", AnswerField) if self._asks_who else None

    @property
    def _secret(self) -> AnswerField:
        return self.query_one("#passphrase", AnswerField)

    def begin(self) -> None:
        """Empties the secret, and puts the cursor where something is to be typed first."""
        self._secret.value = ""
        self.query_one(Note).clear()
        (self._who if self._who is not None and not self._who.value else self._secret).focus()

    def refuse(self, error: DermlockError) -> None:
        self._secret.value = ""
        self._secret.focus()
        self.query_one(Note).refuse(error)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        who, secret = self._who, self._secret
        field = who if who is not None and event.input is who else secret
        other = None if who is None else secret if field is who else who
        if event.value and other is not None and not other.value:
            field.hand_on(other)
            return
        field.release()
        if event.value and not self._is_trying:
            self._try(who.value.strip().lower() if who is not None else self._staff_id, secret.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value and not self._is_trying:
            self.query_one(Note).clear()

    def _try(self, staff_id: str, secret: str) -> None:
        self._is_trying = True
        self.query_one(Note).tell("Opening the vault…")

        def sign_in() -> None:
            try:
                outcome: Session | DermlockError = self._sign_in(staff_id, secret)
            except DermlockError as error:
                outcome = error
            self.post_message(self.Tried(outcome))

        self.run_worker(sign_in, thread=True, group="sign-in", description="signing in")

    def on_sign_in_form_tried(self, event: Tried) -> None:
        event.stop()
        self._is_trying = False
        if isinstance(event.outcome, DermlockError):
            self.refuse(event.outcome)
        else:
            self._secret.value = ""
            self.query_one(Note).clear()
            self.post_message(self.Done(event.outcome))
