"""`dermlock staff`: add, list."""

import click

from core.model.staff import Role, Staff

from ..console.ending import DONE
from ..console.invocation import Invocation, given_invocation
from ..console.options import DermlockGroup


@click.group(cls=DermlockGroup)
def staff() -> None:
    """Who can open the vault."""


@staff.command()
@click.argument("staff_id", metavar="ID")
@click.option("--name", required=True, metavar="NAME", help="As on consent and receipts.")
@click.option("--admin", is_flag=True, help="May add staff too.")
@click.option(
    "--new-passphrase-file", default="", metavar="FILE", help="Its first line is the new member's passphrase."
)
@given_invocation
def add(given: Invocation, staff_id: str, name: str, admin: bool, new_passphrase_file: str) -> int:
    """Add a clinician. An admin signs in with --staff; at a terminal the new passphrase is asked for.

    Example:
      dermlock staff add b.khan --name "Dr Bilal Khan" --staff a.jones
    """
    from core.access.membership import add_staff
    from core.audit.events import EventKind

    signed_in = given.sign_in()
    passphrase = given.new_passphrase(new_passphrase_file, "--new-passphrase-file", staff_id)
    roles = frozenset({Role.CLINICIAN, Role.ADMIN} if admin else {Role.CLINICIAN})
    member = Staff(staff_id, name, roles)
    add_staff(signed_in.vault.store, signed_in.vault.keyring, member, passphrase, given.services.clock)
    signed_in.vault.audit.record(EventKind.STAFF_ADDED, note=staff_id)
    given.output.result({"staff": _document(member)}, f"{name} can sign in as {staff_id}.")
    return DONE


@staff.command(name="list")
@given_invocation
def list_(given: Invocation) -> int:
    """List everybody who can open the vault.

    Example:
      dermlock staff list --staff a.jones
    """
    from core.access.membership import list_staff

    signed_in = given.sign_in()
    members = list_staff(signed_in.vault.store, signed_in.vault.keyring)
    given.output.result(
        {"staff": [_document(member) for member in members]},
        "\n".join(f"{member.id}  {member.name}  ({', '.join(_roles(member))})" for member in members),
    )
    return DONE


def _roles(member: Staff) -> list[str]:
    return sorted(role.value for role in member.roles)


def _document(member: Staff) -> dict[str, str | list[str]]:
    return {"id": member.id, "name": member.name, "roles": _roles(member)}
