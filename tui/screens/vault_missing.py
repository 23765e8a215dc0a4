"""The settings name a vault, and it is not there: a share may just not be mounted."""

from enum import Enum
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message

from core.errors import DermlockError, VaultError
from core.model.question import Option, Question, QuestionKind

from ..app_services import AppServices
from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import KeyBar, Note, StationBar
from ..work_screen import WorkScreen

AGAIN, NEW = "again", "new"


class Missing(Enum):
    """How it ended."""

    FOUND = "the vault is there now"
    NEW = "a new one is wanted in that place"


def _what_now(folder: Path) -> Question:
    return Question(
        "what_now",
        "The vault of this station is not there",
        QuestionKind.CHOICE,
        (
            Option(AGAIN, "Look again", help="When its disk or share is connected."),
            Option(NEW, "Make a new, empty vault there", help="Only where there never was one."),
        ),
        help=f"The settings name {folder}, and there is no vault in it. Mostly its disk or its share is not "
        "connected: connect it, or ask IT. A new vault knows nothing of what was sealed before.",
    )


class VaultMissingScreen(WorkScreen[Missing | None]):
    """Ends with None when one leaves. Looking again is the first answer; a new vault is made only where one says so."""

    CSS_PATH = "set_up.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    class Looked(Message):
        """Whether the vault is there, or why that cannot be told."""

        def __init__(self, found: bool | DermlockError) -> None:
            super().__init__()
            self.found = found

    def __init__(self, services: AppServices, folder: Path) -> None:
        super().__init__()
        self._services, self._folder = services, folder

    def compose(self) -> ComposeResult:
        yield StationBar()
        with Vertical(classes="set-up"):
            yield QuestionCard()
            yield Note(id="looking")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(StationBar).place = "No vault"
        self.query_one(QuestionCard).ask(_what_now(self._folder))

    def on_question_card_keys_changed(self) -> None:
        self.query_one(KeyBar).show((*self.query_one(QuestionCard).keys, ("Esc", "leave")))

    def on_question_card_answered(self, event: QuestionCard.Answered) -> None:
        if event.value == NEW:
            self.dismiss(Missing.NEW)
            return
        self.query_one("#looking", Note).tell("Looking…")

        def look() -> None:
            try:
                found: bool | DermlockError = self._services.has_vault
            except DermlockError as error:
                found = error
            self.post_message(self.Looked(found))

        self.run_worker(look, thread=True, exclusive=True, group="looking", description="looking for the vault")

    def on_vault_missing_screen_looked(self, event: Looked) -> None:
        if event.found is True:
            self.dismiss(Missing.FOUND)
            return
        trouble = event.found or VaultError("There is still no vault in that place.", "Connect its disk or share.")
        self.query_one(QuestionCard).ask(_what_now(self._folder))
        self.query_one("#looking", Note).clear()
        self.query_one(QuestionCard).refuse(trouble)

    def action_leave(self) -> None:
        self.dismiss(None)
