"""`dermlock intake --ask`: what the conversation needs of this station, and the move behind it."""

from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import RuleRefusedError

from ..console.asking import wording
from ..console.asking.conversation import AskedIntake
from ..console.asking.talk import Talk, line_by_line
from ..console.invocation import Invocation
from ..console.receipt import exit_code_of, receipt_document, receipt_text
from ..console.stopping import stoppable
from ..console.typed_lines import TypedLines

if TYPE_CHECKING:
    from core.card.card import Card, Inventory
    from core.intake.receipt import Receipt
    from core.intake.steps import Intake

    from ..signed_in import SignedIn


def ask_and_move(given: Invocation, path: Path | None, *, keep: bool) -> int:
    """path: of the card, None for the one that is in. Returns the exit code."""
    services, output = given.services, given.output

    def cards() -> "tuple[Card, ...]":
        return services.cards() if path is None else (services.card_at(path),)

    cards()  # a folder that is no card is refused before a passphrase is asked for
    signed_in = given.sign_in()
    talk = Talk(TypedLines(output), output.note)
    finished: list[Receipt] = []

    def finish(card: "Card | None") -> None:
        for receipt in signed_in.resume(card, report=line_by_line(output.note)):
            finished.append(receipt)
            talk.say("A move that was cut off is finished now: " + receipt_text(receipt))

    def read(card: "Card") -> "Inventory":
        finish(card)
        with stoppable(output) as stop:
            inventory = services.take_inventory(card, report=line_by_line(output.note), cancellation=stop)
        talk.say(
            f"Card {card}: {len(inventory.files)} files, {len(inventory.pictures)} of them pictures that can be sealed."
        )
        return inventory

    note = "As asked with --keep, nothing is erased, whatever is said below." if keep else ""
    asked = AskedIntake(talk, signed_in.asking, cards, read, note=note)
    talk.say(f"Signed in: {signed_in.staff.name}.", *wording.GREETING, *wording.COMMANDS)
    asked.find_card()
    finish(asked.card)
    receipt = _moved(given, asked, signed_in, keep=keep)
    output.result(
        {"resumed": [receipt_document(done) for done in finished], **receipt_document(receipt)},
        "\n".join([*("Resumed: " + receipt_text(done) for done in finished), receipt_text(receipt)]),
    )
    return exit_code_of([*finished, receipt])


def _moved(given: Invocation, asked: AskedIntake, signed_in: "SignedIn", *, keep: bool) -> "Receipt":
    """A move that a rule refuses has not begun: the review is asked again."""
    from core.intake.conduct import move

    while True:
        intake: Intake = asked.until_the_move()
        inventory = None if intake.without_photography else asked.inventory
        try:
            with stoppable(given.output) as stop:
                return move(
                    [intake],
                    [],
                    inventory,
                    signed_in.vault,
                    keep=keep,
                    report=line_by_line(given.output.note),
                    cancellation=stop,
                )
        except RuleRefusedError as error:
            asked.refuse_move(error)
