"""Vaults to try things on: quick to make, signed in, on any folder."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.access.sign_in import sign_in
from core.access.vault_setup import create_vault
from core.audit.station import this_station
from core.storage.local import LocalStore
from core.vault.vault import Vault, open_vault

STAFF_ID = "a.jones"
PASSPHRASE = "seven quiet herons wade"


class TickingClock:
    """A clock that a test owns: each look is one second later, from a fixed start."""

    def __init__(self, start: datetime = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True)
class TestVault:
    """A vault's folder and what belongs to it. `open` signs in as a new start of the program would."""

    __test__ = False
    folder: Path
    state: Path
    recovery_key: str
    clock: TickingClock

    def open(self, *, state: Path | None = None) -> Vault:
        store = LocalStore(self.folder)
        return open_vault(store, sign_in(store, STAFF_ID, PASSPHRASE), this_station(state or self.state), self.clock)


def make_vault(base: Path) -> TestVault:
    """A new vault in base/vault with one clinician, and this station's state in base/state."""
    folder, clock = base / "vault", TickingClock()
    folder.mkdir(parents=True)
    recovery_key = create_vault(
        LocalStore(folder), staff_id=STAFF_ID, staff_name="Ann Jones", passphrase=PASSPHRASE, clock=clock
    )
    return TestVault(folder, base / "state", recovery_key, clock)
