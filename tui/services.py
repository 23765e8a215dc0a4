"""The composition root: from the settings to the core objects that screens and commands are given.

Everything heavy is imported by the method that needs it, so that the first paint
and `--help` wait for nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from core.clock import Clock, system_clock
from core.errors import NotSignedInError, RuleRefusedError, VaultError
from core.progress import Cancellation, Report
from core.settings import Settings, remember_vault

if TYPE_CHECKING:
    from core.access.keyring import Keyring
    from core.card.card import Card, CardFile, Inventory
    from core.card.watcher import CardWatcher
    from core.intake.asking import Asking
    from core.photo.previews import Preview
    from core.storage.local import LocalStore

    from .demo import Demo
    from .signed_in import SignedIn

VAULT_HEAD = "vault.head"
"""core.integrity.head.HEAD_NAME, which brings cryptography along; a test holds them equal."""


class Services:
    """Of one station. Nobody is signed in yet. demo: only in the demo. practice: in the practice run of a set-up."""

    def __init__(
        self, settings: Settings, *, clock: Clock = system_clock, demo: Demo | None = None, practice: bool = False
    ) -> None:
        self.settings = settings
        self.is_practice = practice
        self.clock = clock
        self._demo = demo
        self._vault_folder = settings.vault

    @property
    def test_numbers(self) -> bool:
        return self.settings.test_numbers

    @property
    def idle_minutes(self) -> int:
        return self.settings.idle_minutes

    @property
    def theme(self) -> str:
        return self.settings.theme

    @property
    def demo(self) -> Demo | None:
        return self._demo

    def practice(self) -> AbstractContextManager[Services]:
        from .demo import opened_demo

        return opened_demo(os.environ, practice=True)

    @property
    def vault_folder(self) -> Path | None:
        return self._vault_folder

    @property
    def has_vault(self) -> bool:
        """Raises VaultError where the folder is there and cannot be looked into."""
        if self._vault_folder is None:
            return False
        try:
            return stat.S_ISREG((self._vault_folder / VAULT_HEAD).lstat().st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise VaultError(
                f"The vault's folder cannot be read: {error.strerror}.", "Check that its disk or share is connected."
            ) from error

    def check_practice_files(self) -> None:
        """What the practice itself wrote is read before anybody is asked by it. Raises WrongUseError with the place."""
        if self.settings.consent_wording is not None:
            from core.consent.wording import load_wording

            load_wording(self.settings.consent_wording)
        if self.settings.pathways_folder is not None:
            from core.pathway.loader import load_pathways

            load_pathways(self.settings.pathways_folder)
        if self.settings.quality_limits is not None:
            from core.photo.quality.limits import load_limits

            load_limits(self.settings.quality_limits)

    def require_vault(self) -> Path:
        """The folder of a vault that is there. Raises VaultError."""
        if self._vault_folder is None:
            raise VaultError("No vault is named.", "Give its folder with --vault DIR, DERMLOCK_VAULT or the settings.")
        if not self.has_vault:
            raise VaultError(
                f"There is no vault in {self._vault_folder}.",
                "Check the folder and that its disk or share is connected; a new one is made by dermlock vault create.",
            )
        return self._vault_folder

    def new_passphrase(self) -> str:
        from core.access.generated import new_passphrase

        return new_passphrase()

    def create_vault(self, folder: Path, *, staff_id: str, staff_name: str, passphrase: str) -> str:
        """Returns the recovery key. The station remembers the folder unless it was told where its vault is."""
        from core.access.vault_setup import create_vault
        from core.audit.events import EventKind
        from core.audit.log import AuditLog
        from core.audit.station import this_station
        from core.integrity.head import read_head
        from core.storage.local import LocalStore

        folder = folder.absolute()
        _refuse_on_a_card(folder)
        station = this_station(self.settings.state_folder)
        if self.settings.vault is None:
            remember_vault(folder, os.environ)  # before the recovery key, which is shown only once
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise VaultError(
                f"The folder {folder} cannot be made: {error.strerror}.", "Choose a folder that you can write to."
            ) from error
        store = LocalStore(folder)
        recovery_key = create_vault(
            store, staff_id=staff_id, staff_name=staff_name, passphrase=passphrase, clock=self.clock
        )
        self._vault_folder = folder
        AuditLog(store, read_head(store), station, self.clock, staff_id).record(EventKind.VAULT_CREATED)
        return recovery_key

    def check_recovery_key(self, typed: str, recovery_key: str) -> None:
        from core.crypto.recovery_key import read_recovery_key

        if read_recovery_key(typed) != recovery_key:
            raise NotSignedInError("This is not the recovery key that was shown.", "Compare it group by group.")

    def sign_in(self, staff_id: str, passphrase: str) -> SignedIn:
        """A refusal is kept in the audit log too, without what was typed."""
        from core.access.sign_in import sign_in

        return self._open_vault(lambda store: sign_in(store, staff_id, passphrase))

    def sign_in_with_recovery_key(self, written: str) -> SignedIn:
        """An event of its own in the audit log, beside that of the sign-in."""
        from core.access.sign_in import sign_in_with_recovery_key
        from core.audit.events import EventKind

        signed_in = self._open_vault(lambda store: sign_in_with_recovery_key(store, written))
        signed_in.vault.audit.record(EventKind.RECOVERY_KEY_USED)
        return signed_in

    def _open_vault(self, open_keyring: Callable[[LocalStore], Keyring]) -> SignedIn:
        from core.audit.events import EventKind
        from core.audit.log import AuditLog
        from core.audit.station import this_station
        from core.integrity.head import read_head
        from core.storage.local import LocalStore
        from core.vault.vault import open_vault

        from .signed_in import SignedIn

        store = LocalStore(self.require_vault())
        station = this_station(self.settings.state_folder)
        try:
            keyring = open_keyring(store)
        except NotSignedInError:
            AuditLog(store, read_head(store), station, self.clock).record(EventKind.SIGN_IN_REFUSED)
            raise
        return SignedIn(open_vault(store, keyring, station, self.clock), self.settings, self.clock)

    def asking_without_vault(self, inventory: Inventory) -> Asking:
        """For a template: every question that may be asked, of a patient whom nobody knows yet."""
        from .signed_in import asking

        return asking(self.settings, self.clock, inventory, lambda _number: None)

    def card_at(self, path: Path) -> Card:
        """The card that a person named. Raises CardError for what is no card."""
        from core.card.identity import look_at

        return look_at(path.absolute(), configured=path.absolute() in self.settings.card_folders)

    @property
    def card_places(self) -> tuple[Path, ...]:
        """Where `cards` looks."""
        return (*self.settings.card_folders, *self.settings.card_roots)

    def cards(self) -> tuple[Card, ...]:
        """The cards that are in, by mount point."""
        from core.card.finding import find_cards

        return find_cards(self.settings.card_roots, self.settings.card_folders)

    def watch_cards(
        self,
        on_arrival: Callable[[Card], None],
        on_departure: Callable[[Card], None],
        on_change: Callable[[Card], None],
    ) -> CardWatcher:
        from core.card.watcher import CardWatcher

        watcher = CardWatcher(self.settings.card_roots, self.settings.card_folders, on_arrival, on_departure, on_change)
        watcher.start()
        return watcher

    def take_inventory(self, card: Card, *, report: Report, cancellation: Cancellation) -> Inventory:
        from core.card.inventory import take_inventory
        from core.photo.quality.limits import load_limits

        limits = load_limits(self.settings.quality_limits)
        return take_inventory(card, limits=limits, report=report, cancellation=cancellation)

    def preview(self, card: Card, file: CardFile, max_width: int, max_height: int) -> Preview:
        from core.card.identity import unreadable_card
        from core.photo.previews import preview

        path = card.mount_point / file.path
        try:
            with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as stream:
                return preview(stream, max_width, max_height)
        except OSError as error:
            raise unreadable_card(path, error) from error


def _refuse_on_a_card(folder: Path) -> None:
    """A card is erased; a vault on one would go with it."""
    from core.card.holding import card_holding

    try:
        card = card_holding(folder)
    except OSError as error:
        raise VaultError(
            f"The folder {folder} cannot be looked at: {error.strerror}.", "Choose a folder that you can write to."
        ) from error
    if card is not None:
        raise RuleRefusedError(f"{card} is a card, and cards are erased.", "Choose a folder on an encrypted disk.")
