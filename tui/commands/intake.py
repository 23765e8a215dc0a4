"""`dermlock intake`: the whole move without screens, asked line by line or from a file of answers."""

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
@click.argument("card", type=click.Path(path_type=Path), required=False)
@click.option("--ask", is_flag=True, help="Ask line by line: for screen readers and plain terminals.")
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE", help="The filled-in answers file.")
@click.option("--template", is_flag=True, help="Print an answers file for this card, to be filled in.")
@click.option("--pathway", metavar="ID", help="With --template: the pathway whose questions it asks.")
@click.option("--keep", is_flag=True, help="Seal and verify only; the card stays as it is.")
@given_invocation
def intake(
    given: Invocation,
    card: Path | None,
    ask: bool,
    answers: Path | None,
    template: bool,
    pathway: str | None,
    keep: bool,
) -> int:
    """Move the pictures on CARD into the vault and erase them from the card.

    --ask puts the same questions as the screens, line by line. CARD may be left away:
    the card that is in is taken, or asked for when pictures are chosen. The talk goes to
    standard error, the receipt (with --json the document) to standard output. Answers may
    be piped in; where they end too early it stops and names the open question.

    --answers takes them from a file that --template printed (it needs no sign-in). Files
    that nothing is said about stay on the card and are named. A move that was cut off on
    this card is finished first. Ends with 1 when anything is left on the card or was found.

    Example:
      dermlock intake --ask --staff a.jones
      dermlock intake /media/gp/CANON --template > answers.toml
      dermlock intake /media/gp/CANON --answers answers.toml --staff a.jones
    """
    if [ask, template, answers is not None].count(True) != 1:
        raise WrongUseError(
            "intake takes one of --ask, --answers FILE and --template.",
            "Be asked, or print the template first, fill it in and give it with --answers.",
        )
    if template and keep:
        raise WrongUseError("--keep belongs to --answers and --ask.", "Leave it away with --template.")
    if pathway and not template:
        raise WrongUseError("--pathway belongs to --template.", "Answers files name theirs, --ask takes the settings'.")
    given.services.check_practice_files()
    if ask:
        from .intake_asked import ask_and_move

        return ask_and_move(given, card, keep=keep)
    if card is None:
        raise click.UsageError("Missing argument 'CARD'.", click.get_current_context())
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
