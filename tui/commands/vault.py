"""`dermlock vault`: create, info, check."""

import click

from core.errors import NotSignedInError, WrongUseError

from ..console.ending import DONE, DONE_WITH_FINDINGS
from ..console.invocation import Invocation, given_invocation
from ..console.options import DermlockGroup
from ..console.stopping import stoppable


@click.group(cls=DermlockGroup)
def vault() -> None:
    """Create a vault, see what it is, check that all of it is whole."""


@vault.command()
@click.option("--name", required=True, metavar="NAME", help="The first clinician's name, as on consent and receipts.")
@given_invocation
def create(given: Invocation, name: str) -> int:
    """Create a vault in the folder of --vault, with --staff as its first clinician.

    The passphrase comes from --passphrase-file; at a terminal, Enter alone has one made.
    The recovery key is shown this once: print it and lock it away.

    Example:
      dermlock vault create --vault /srv/vault --staff a.jones --name "Dr Ann Jones"
    """
    folder = given.services.vault_folder
    if folder is None:
        raise WrongUseError("No folder is named for the vault.", "Give it with --vault DIR.")
    staff_id = given.staff_id
    passphrase = given.new_passphrase(given.options.passphrase_file, "--passphrase-file", staff_id)
    recovery_key = given.services.create_vault(folder, staff_id=staff_id, staff_name=name, passphrase=passphrase)
    given.output.result(
        {"vault": str(folder), "staff": staff_id, "recovery_key": recovery_key},
        f"The vault is in {folder}; {staff_id} can sign in.\nRecovery key: {recovery_key}",
    )
    given.output.note("Print the recovery key and lock it away: it is kept nowhere, and nothing else opens the vault.")
    if given.options.vault is not None:
        given.output.note(
            "This station finds the vault by --vault, by DERMLOCK_VAULT or by vault = ... in its settings."
        )
    while given.at_a_terminal:
        typed = given.typed("Type the recovery key back, to be sure that it was written down right: ")
        try:
            given.services.check_recovery_key(typed, recovery_key)
            break
        except NotSignedInError as error:
            given.output.note(f"{error.what} {error.hint}")
    return DONE


@vault.command()
@given_invocation
def info(given: Invocation) -> int:
    """What the vault is; needs no sign-in and shows nobody's data.

    Example:
      dermlock vault info --vault /srv/vault
    """
    from core.integrity.head import read_head
    from core.records.layout import FOLDER
    from core.storage.local import LocalStore

    folder = given.services.require_vault()
    store = LocalStore(folder)
    head = read_head(store)
    names = list(store.list(""))
    patients = {name.split("/")[1] for name in names if name.startswith(f"{FOLDER}/")}
    pictures = sum(name.endswith(".image") for name in names)
    given.output.result(
        {
            "vault": str(folder),
            "id": head.vault,
            "format": head.format,
            "created_at": head.created_at,
            "patients": len(patients),
            "pictures": pictures,
            "objects": len(names),
        },
        f"Vault {head.vault} in {folder}\nFormat {head.format}, created {head.created_at}\n"
        f"Patients {len(patients)}, pictures {pictures}, objects {len(names)}",
    )
    return DONE


@vault.command()
@given_invocation
def check(given: Invocation) -> int:
    """Read every object of the vault, open every document, and name whatever is not as it was written.

    Ends with 1 when something was found, with the next step for each.

    Example:
      dermlock vault check --vault /srv/vault --staff a.jones
    """
    from core.vault.check import check_vault

    signed_in = given.sign_in()
    with stoppable(given.output) as stop:
        findings = check_vault(signed_in.vault, report=given.output.progress, cancellation=stop)
    lines = [f"{finding.object_name}: {finding.what} {finding.next_step}" for finding in findings]
    given.output.result(
        {
            "findings": [
                {"object": finding.object_name, "what": finding.what, "next_step": finding.next_step}
                for finding in findings
            ]
        },
        "\n".join(lines) or "Everything in the vault is as it was written.",
    )
    return DONE_WITH_FINDINGS if findings else DONE
