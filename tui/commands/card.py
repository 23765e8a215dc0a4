"""`dermlock card`: list, inspect, erase."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..console.ending import DONE
from ..console.invocation import Invocation, given_invocation
from ..console.options import DermlockGroup
from ..console.output import Json
from ..console.receipt import exit_code_of, receipt_document, receipt_text
from ..console.stopping import stoppable

if TYPE_CHECKING:
    from core.card.card import Card, CardFile

CARD = click.Path(path_type=Path)


@click.group(cls=DermlockGroup)
def card() -> None:
    """What is on a card; erasing what is safe in the vault."""


@card.command(name="list")
@given_invocation
def list_(given: Invocation) -> int:
    """List the cards at this station; needs no sign-in.

    Example:
      dermlock card list
    """
    cards = given.services.cards()
    looked_in = ", ".join(str(place) for place in given.services.card_places)
    given.output.result(
        {"cards": [_card_document(card) for card in cards]},
        "\n".join(_card_line(card) for card in cards) or f"There is no card in {looked_in}.",
    )
    return DONE


@card.command()
@click.argument("card", type=CARD)
@given_invocation
def inspect(given: Invocation, card: Path) -> int:
    """Name every file on CARD with what it is; reads all of it, changes nothing, needs no sign-in.

    Example:
      dermlock card inspect /media/gp/CANON
    """
    found = given.services.card_at(card)
    with stoppable(given.output) as stop:
        inventory = given.services.take_inventory(found, report=given.output.progress, cancellation=stop)
    count = len(inventory.files)
    today = given.services.clock().date()
    judged_by = {file.quality.limits for file in inventory.files if file.quality}
    warnings = [warning for limits in judged_by for warning in limits.warnings(today)]
    given.output.result(
        {
            "card": _card_document(found),
            "files": [_file_document(file) for file in inventory.files],
            "warnings": warnings,
        },
        "\n".join(
            [
                _card_line(found),
                *(_file_line(file) for file in inventory.files),
                *warnings,
                f"{count} files, {len(inventory.pictures)} of them pictures that can be sealed.",
            ]
        ),
    )
    return DONE


@card.command()
@click.argument("card", type=CARD)
@click.option(
    "--level", required=True, type=click.Choice(["files"]), help="files: the files themselves and their names."
)
@given_invocation
def erase(given: Invocation, card: Path, level: str) -> int:  # noqa: ARG001  (one level so far, and it must be named)
    """Erase the files on CARD that the vault holds, each verified anew; the rest is left and named.

    Ends with 1 when anything is left.

    Example:
      dermlock card erase /media/gp/CANON --level files --staff a.jones
    """
    from core.intake.conduct import erase_known

    found = given.services.card_at(card)
    signed_in = given.sign_in()
    finished = signed_in.resume(found, report=given.output.progress)
    with stoppable(given.output) as stop:
        inventory = given.services.take_inventory(found, report=given.output.progress, cancellation=stop)
        receipt = erase_known(inventory, signed_in.vault, report=given.output.progress, cancellation=stop)
    given.output.result(
        {"resumed": [receipt_document(done) for done in finished], **receipt_document(receipt)},
        "\n".join([*("Resumed: " + receipt_text(done) for done in finished), receipt_text(receipt)]),
    )
    return exit_code_of([*finished, receipt])


def _card_document(card: "Card") -> dict[str, Json]:
    return {
        "path": str(card.mount_point),
        "label": card.label,
        "serial": card.serial,
        "file_system": card.file_system.value,
        "read_only": card.read_only,
        "erasure_can_be_proven": card.erasure_can_be_proven,
    }


def _card_line(card: "Card") -> str:
    notes = [card.file_system.value] if card.erasure_can_be_proven else []
    if card.read_only:
        notes.append("write-protected: can be imported, not erased")
    elif not card.erasure_can_be_proven:
        notes.append("erasure cannot be proven")
    return f"{card.mount_point}  {card}  ({', '.join(notes)})"


def _file_document(file: "CardFile") -> dict[str, Json]:
    return {
        "file": file.shown,
        "kind": file.kind.value,
        "size": file.size,
        "sha256": file.sha256,
        "can_be_sealed": file.sealable,
        "note": file.note,
        "quality": _quality_document(file),
    }


def _quality_document(file: "CardFile") -> Json:
    """None for what is no picture, or cannot be measured; docs/quality.md explains the figures."""
    if file.quality is None:
        return None
    return {
        "concerns": [concern.value for concern in file.quality.concerns()],
        "focus": file.quality.measured.focus,
        "levels": file.quality.measured.levels,
        "lit": file.quality.measured.lit,
        "washed_out": file.quality.measured.washed_out,
        "limits": file.quality.limits.version,
    }


def _file_line(file: "CardFile") -> str:
    said = "; ".join(part for part in (file.note, file.quality.in_words() if file.quality else "") if part)
    return f"{file.shown}  {file.kind.value}, {file.size:,} bytes" + (f": {said}" if said else "")
