"""The screens of a station that has no vault: the set-up, to the drill and the practice, and a share that is away."""

import re

from tui.screens.set_up import SetUpScreen
from tui.screens.vault_missing import VaultMissingScreen

from .meter import ROWS, TYPING, Meter
from .stations import no_vault_yet, vault_out_of_reach

SCREENS = (SetUpScreen, VaultMissingScreen)


def first_start(meter: Meter) -> None:
    with no_vault_yet() as (terminal, vault):
        terminal.wait_for("Where shall the vault lie?")
        meter.measure(terminal, SetUpScreen, "set-up: vault", *TYPING)
        terminal.type(str(vault))
        meter.go_on(terminal, "enter", "Your staff ID")
        meter.measure(terminal, SetUpScreen, "set-up: staff ID", *TYPING)
        terminal.type("a.palmer")
        meter.go_on(terminal, "enter", "Your name")
        meter.measure(terminal, SetUpScreen, "set-up: name", *TYPING)
        terminal.type("Dr Ada Palmer")
        meter.go_on(terminal, "enter", "Which passphrase?")
        meter.measure(terminal, SetUpScreen, "set-up: which passphrase", *ROWS)
        screen = meter.go_on(terminal, "2", "Your passphrase")
        meter.measure(terminal, SetUpScreen, "set-up: own passphrase", *TYPING)
        meter.go_on(terminal, "escape", "Which passphrase?")
        screen = meter.go_on(terminal, "1", "Type it back")
        meter.measure(terminal, SetUpScreen, "set-up: typed back", *TYPING)
        terminal.type(_shown(screen, r"[a-z]+(-[a-z]+){3}"), "enter")
        recovery_key = _shown(terminal.wait_for("Enter written down"), r"[0-9A-Z]{4}(-[0-9A-Z]{4}){8}")
        meter.measure(terminal, SetUpScreen, "set-up: recovery key")
        meter.go_on(terminal, "enter", "Type the recovery key back")
        meter.measure(terminal, SetUpScreen, "set-up: drill", *TYPING)
        terminal.type(recovery_key)
        meter.go_on(terminal, "enter", "Practise once?")
        meter.measure(terminal, SetUpScreen, "set-up: practice", *ROWS)
    with vault_out_of_reach() as terminal:
        terminal.wait_for("The vault of this station is not there")
        meter.measure(terminal, VaultMissingScreen, "vault missing", *ROWS)


def _shown(screen: str, pattern: str) -> str:
    found = re.search(pattern, screen)
    if found is None:
        raise SystemExit(f"the set-up does not show {pattern}:\n{screen}")
    return found.group()
