"""A station without its vault: first whether it is only out of reach, then the guided set-up."""

from contextlib import suppress

from core.errors import VaultError

from .app_services import AppServices
from .intake.flow import Show
from .screens.set_up import SetUp, SetUpScreen
from .screens.vault_missing import Missing, VaultMissingScreen

FOUND = SetUp(staff_id="", practises=False)
"""The vault was there after all."""


async def first_start(services: AppServices, show: Show) -> SetUp | None:
    """None when one left."""
    with suppress(VaultError):  # a share that is going away this moment: looking again says why
        if services.has_vault:
            return FOUND
    folder = services.vault_folder
    if folder is not None:
        missing = await show(VaultMissingScreen(services, folder))
        if missing is not Missing.NEW:
            return FOUND if missing is Missing.FOUND else None
    made: SetUp | None = await show(SetUpScreen(services))
    return made
