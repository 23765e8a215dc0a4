"""No vault yet: where it is to lie, who comes first, the recovery key with its drill, and a practice run.

Nothing is made before everything is answered. The recovery key is shown once;
it is hidden while it is typed back, and the set-up ends only with it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from core.errors import DermlockError, RuleRefusedError
from core.model.conversation import Conversation, Script, ask
from core.model.question import Option, Question, QuestionKind, Value
from core.model.staff import Role, Staff

from ..app_services import AppServices
from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import KeyBar, Note, StationBar
from ..work_screen import WorkScreen

WHERE = Question(
    "where",
    "Where shall the vault lie?",
    QuestionKind.TEXT,
    help="A folder on an encrypted disk or a share that is backed up, empty or not there yet. Never on a card. "
    "Everything in it is encrypted; pictures leave it only when somebody signed in asks for them.",
)
STAFF_ID = Question(
    "staff_id",
    "Your staff ID",
    QuestionKind.TEXT,
    help="What you will type to sign in: small letters, digits, dots and hyphens, such as a.palmer. "
    "You are the first member of staff: clinician and admin. Others are added later.",
)
STAFF_NAME = Question(
    "staff_name",
    "Your name, as it stands on records",
    QuestionKind.TEXT,
    help="Such as Dr Ada Palmer. It is on every screen while you are signed in.",
)
GENERATED, OWN = "generated", "own"
HOW = Question(
    "how",
    "Which passphrase?",
    QuestionKind.CHOICE,
    (
        Option(GENERATED, "A generated one", help="Four made-up words, easy to type and far too many to try."),
        Option(OWN, "One of my own", help="A long one: whoever copies the vault can try passphrases at leisure."),
    ),
    help="It opens the vault for you, and nobody can look it up. If it is lost, the recovery key is the way in.",
)
OWN_PASSPHRASE = Question("passphrase", "Your passphrase", QuestionKind.TEXT, help="It is not shown while you type.")
OWN_AGAIN = Question("passphrase_again", "The same passphrase once more", QuestionKind.TEXT)
SECRET = (OWN_PASSPHRASE, OWN_AGAIN)
NOW, NOT_NOW = "now", "not_now"
PRACTISE = Question(
    "practise",
    "Practise once?",
    QuestionKind.CHOICE,
    (
        Option(NOW, "Practise now", help="Three minutes with a made-up card and an invented patient."),
        Option(NOT_NOW, "Not now", help="To the sign-in. Later, “dermlock demo” is the same."),
    ),
    help="Everything is set up. Practice has a vault of its own: every screen says PRACTICE, "
    "and all of it is deleted when you leave it.",
)


@dataclass(frozen=True)
class SetUp:
    """staff_id: of the first member of staff. practises: whether a practice run is wanted now."""

    staff_id: str
    practises: bool


@dataclass(frozen=True)
class NewVault:
    """Everything that create_vault needs."""

    folder: Path
    staff_id: str
    staff_name: str
    passphrase: str


def set_up_interview(generated: str, folder: Path | None = None) -> Conversation[NewVault]:
    """The questions of the set-up. generated: the passphrase that is offered.

    folder: where the settings say that the vault lies; then it lies nowhere else.
    """
    return Conversation(lambda: _talk(generated, folder))


def _talk(generated: str, folder: Path | None) -> Script[NewVault]:
    from core.access.membership import check_passphrase, check_staff  # brings cryptography: not before the first paint

    where = folder or Path((yield from ask(WHERE))).expanduser()
    staff_id = (yield from ask(STAFF_ID)).lower()
    check_staff(Staff(staff_id, "not asked yet", frozenset({Role.CLINICIAN, Role.ADMIN})))
    staff_name = yield from ask(STAFF_NAME)
    if (yield from ask(HOW)) == GENERATED:
        typed = yield from ask(
            Question(
                "typed_back",
                "Type it back, so that it is surely written down",
                QuestionKind.TEXT,
                help=f"Your passphrase:\n\n    {generated}\n\nWrite it down and keep it away from this station.",
            )
        )
        if typed != generated:
            raise RuleRefusedError("This is not the passphrase above.", "Compare it word by word.")
        return NewVault(where, staff_id, staff_name, generated)
    passphrase = yield from ask(OWN_PASSPHRASE)
    check_passphrase(passphrase)
    if passphrase != (yield from ask(OWN_AGAIN)):
        raise RuleRefusedError("The two passphrases differ.", "Type it again, or go back with Escape.")
    return NewVault(where, staff_id, staff_name, passphrase)


class SetUpScreen(WorkScreen[SetUp | None]):
    """Ends with None when one leaves before the vault is made."""

    CSS_PATH = "set_up.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", show=False),
        Binding("enter", "go_on", show=False),
    ]

    class Made(Message):
        """The vault is there, or could not be made."""

        def __init__(self, new: NewVault, outcome: str | DermlockError) -> None:
            super().__init__()
            self.new = new
            self.outcome = outcome

    def __init__(self, services: AppServices) -> None:
        super().__init__()
        self._services = services
        self._generated = services.new_passphrase()
        self._folder = services.vault_folder
        self._interview = set_up_interview(self._generated, self._folder)
        self._given: dict[str, Value] = {}
        self._trail: list[Question] = []
        self._kept: dict[str, Value] = {}
        self._making = False
        self._recovery_key = ""
        self._staff_id = ""
        self._is_drilled = False

    def compose(self) -> ComposeResult:
        yield StationBar()
        with Vertical(classes="set-up"):
            yield Static(id="set-up-title")
            yield Static(id="recovery-key")
            yield QuestionCard()
            yield Note(id="making")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(StationBar).place = "Set-up"
        self.query_one("#recovery-key").display = False
        self._go_on()

    @property
    def _card(self) -> QuestionCard:
        return self.query_one(QuestionCard)

    def _go_on(self) -> None:
        try:
            question = self._interview.next(self._given)
        except RuleRefusedError as error:
            del self._given[self._trail.pop().id]
            self._card.refuse(error)
            return
        if question is None:
            self._make(self._interview.answer(self._given))
        else:
            self._show(question)

    def _show(self, question: Question) -> None:
        where = f"A new vault in {self._folder}" if self._folder else "There is no vault yet: a new one"
        self.query_one("#set-up-title", Static).update(
            Content(f"A new vault  ·  question {len(self._trail) + 1}" if self._trail else where)
        )
        secret = question in SECRET
        self._card.ask(question, None if secret else self._kept.get(question.id), secret=secret)

    def _make(self, new: NewVault) -> None:
        self._making = True
        self._card.display = False
        self.query_one("#making", Note).tell("Making the vault…")

        def make() -> None:
            try:
                outcome: str | DermlockError = self._services.create_vault(
                    new.folder, staff_id=new.staff_id, staff_name=new.staff_name, passphrase=new.passphrase
                )
            except DermlockError as error:
                outcome = error
            self.post_message(self.Made(new, outcome))

        self.run_worker(make, thread=True, group="set-up", description="making the vault")

    def on_set_up_screen_made(self, event: Made) -> None:
        self._making = False
        if isinstance(event.outcome, DermlockError):
            self._card.display = True
            self.query_one("#making", Note).refuse(event.outcome)
            self._trail, self._given = [], {}
            self._go_on()
            return
        self._recovery_key, self._staff_id = event.outcome, event.new.staff_id
        self._show_recovery_key()

    def _show_recovery_key(self) -> None:
        """Shown, to be written down; the drill hides it."""
        self._card.display = False
        self.query_one("#making", Note).tell("The vault is made.", "One thing is left: its recovery key.")
        self.query_one("#set-up-title", Static).update("Recovery key")
        words = self.query_one("#recovery-key", Static)
        words.display = True
        words.update(
            Content.assemble(
                (self._recovery_key, "bold $accent"),
                "\n\nIt opens the vault when every passphrase is lost. It is shown this once and kept nowhere.\n",
                "Print it or write it down, and lock it away from this station.\n",
                "It is typed back next, to be sure that it is right.",
            )
        )
        self.query_one(KeyBar).show((("Enter", "written down: type it back"),))
        self.set_focus(None)

    def _ask_drill(self) -> None:
        self.query_one("#recovery-key").display = False
        self.query_one("#making", Note).clear()
        self._card.display = True
        self._card.ask(
            Question(
                "recovery_key",
                "Type the recovery key back",
                QuestionKind.TEXT,
                help="From your paper. Small letters and missing hyphens are fine. Escape shows it once more.",
            )
        )

    def action_go_on(self) -> None:
        if self._recovery_key and not self._card.display:
            self._ask_drill()

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        self.query_one("#making", Note).clear()
        if self._is_drilled:
            self.dismiss(SetUp(self._staff_id, event.value == NOW))
            return
        if self._recovery_key:
            try:
                self._services.check_recovery_key(str(event.value), self._recovery_key)
            except DermlockError as error:
                self._card.refuse(error)
                return
            self._is_drilled = True
            self.query_one("#set-up-title", Static).update("The vault is ready")
            self._card.ask(PRACTISE)
            return
        self._kept[event.question.id] = event.value
        self._given[event.question.id] = event.value
        self._trail.append(event.question)
        self._go_on()

    def on_question_card_keys_changed(self) -> None:
        back = "show it again" if self._recovery_key else "back" if self._trail else "leave"
        back = "not now" if self._is_drilled else back
        if self._card.display:
            self.query_one(KeyBar).show((*self._card.keys, ("Esc", back)))

    def action_back(self) -> None:
        if self._making:
            return
        if self._is_drilled:
            self.dismiss(SetUp(self._staff_id, practises=False))
        elif self._recovery_key:
            self._show_recovery_key()
        elif self._trail:
            question = self._trail.pop()
            del self._given[question.id]
            self._show(question)
        else:
            self.dismiss(None)
