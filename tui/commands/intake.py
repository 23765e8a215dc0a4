"""`dermlock intake`: the whole move without screens, from a file of answers."""

from pathlib import Path

import click

from core.errors import WrongUseError

from ..console.ending import DONE
from ..console.invocation import Invocation, given_invocation
from ..console.options import DermlockCommand
from ..console.receipt import exit_code_of, receipt_document, receipt_text
from ..console.stopping import stoppable
from ..console.text_file import read_text_file


@click.command(cls=DermlockCommand)
@click.argument("card", type=click.Path(path_type=Path))
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE", help="The filled-in answers file.")
@click.option("--template", is_flag=True, help="Print an answers file for this card, to be filled in.")
@click.option("--pathway", metavar="ID", help="With --template: the pathway whose questions it asks.")
@click.option("--keep", is_flag=True, help="Seal and verify only; the card stays as it is.")
@given_invocation
def intake(given: Invocation, card: Path, answers: Path | None, template: bool, pathway: str | None, keep: bool) -> int:
    """Move the pictures on CARD into the vault and erase them from the card, as FILE says.

    The answers file comes from --template, which needs no sign-in. Files that it does not
    mention stay on the card and are named. A move that was cut off on this card is finished
    first. Ends with 1 when anything is left on the card or was found.

    Example:
      dermlock intake /media/gp/CANON --template > answers.toml
      dermlock intake /media/gp/CANON --answers answers.toml --staff a.jones
    """
    if template == (answers is not None):
        raise WrongUseError(
            "intake takes either --template or --answers FILE.",
            "Print the template first, fill it in, then give it with --answers.",
        )
    if template and keep:
        raise WrongUseError("--keep belongs to --answers.", "Leave it away with --template.")
    if pathway and not template:
        raise WrongUseError("--pathway belongs to --template.", "The answers file names its pathway itself.")
    if answers is None:
        return _print_template(given, card, pathway)
    return _move(given, card, answers, keep=keep)


def _print_template(given: Invocation, card: Path, pathway: str | None) -> int:
    from core.intake.template import template

    found = given.services.card_at(card)
    with stoppable(given.output) as stop:
        inventory = given.services.take_inventory(found, report=given.output.progress, cancellation=stop)
    text = template(
        inventory, pathway or given.services.settings.pathway, given.services.asking_without_vault(inventory)
    )
    given.output.result({"template": text}, text.rstrip("\n"))
    return DONE


def _move(given: Invocation, card: Path, answers: Path, *, keep: bool) -> int:
    from core.intake.answers_file import read_answers
    from core.intake.conduct import move

    text = read_text_file(answers, "answers file")
    found = given.services.card_at(card)
    signed_in = given.sign_in()
    finished = signed_in.resume(found, report=given.output.progress)
    with stoppable(given.output) as stop:
        inventory = given.services.take_inventory(found, report=given.output.progress, cancellation=stop)
        said = read_answers(text, inventory, signed_in.asking(inventory))
        receipt = move(
            said.intakes,
            said.discards,
            inventory,
            signed_in.vault,
            keep=keep,
            report=given.output.progress,
            cancellation=stop,
        )
    given.output.result(
        {"resumed": [receipt_document(done) for done in finished], **receipt_document(receipt)},
        "\n".join([*("Resumed: " + receipt_text(done) for done in finished), receipt_text(receipt)]),
    )
    return exit_code_of([*finished, receipt])
