"""What the move came to: sealed, erased, left and why, what may be claimed, and where to go from here."""

from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from core.intake.steps import Intake

from ..app_services import Session
from ..bridge import CardDesk, CardState, counted
from ..widgets.bars import KeyBar, Note, PatientBar, StationBar
from ..widgets.image_table import ImageTable, Row
from ..widgets.step_rail import StepRail
from ..work_screen import WorkScreen

if TYPE_CHECKING:
    from core.intake.receipt import Receipt


class After(Enum):
    """Where to go from the receipt."""

    NEXT_PATIENT = "next patient on this card"
    DONE = "done"


class ReceiptScreen(WorkScreen[After]):
    """Stays until one of its keys is pressed."""

    CSS_PATH = "receipt.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "end('DONE')", show=False),
        Binding("n,N", "end('NEXT_PATIENT')", show=False),
    ]

    def __init__(self, receipt: "Receipt", intake: Intake, session: Session, desk: CardDesk) -> None:
        super().__init__()
        self._receipt, self._intake, self._session, self._desk = receipt, intake, session, desk

    def compose(self) -> ComposeResult:
        yield StationBar()
        yield PatientBar()
        yield StepRail(self._intake.steps, None)
        yield Note()
        yield ImageTable()
        yield KeyBar()

    def on_mount(self) -> None:
        bar = self.query_one(StationBar)
        bar.place, bar.staff = "Receipt", self._session.staff.name
        if self._intake.patient is not None:
            self.query_one(PatientBar).patient = str(self._intake.patient.patient)
        receipt = self._receipt
        note = self.query_one(Note)
        if receipt.findings:
            note.warn("Done, with something to look at.", "It stands below under Findings.")
        elif receipt.sealed:
            note.tell(
                f"{counted(receipt.sealed, 'picture')} sealed and verified in the vault, "
                f"{counted(receipt.erased, 'file')} erased from the card."
            )
        else:
            note.tell("The episode is recorded, without pictures.")
        self.query_one(ImageTable).show((), _rows(receipt, self._intake))
        self.query_one(ImageTable).focus()
        self._desk.changed.subscribe(self, self._show_card)
        self._show_card(self._desk.state)
        self.query_one(KeyBar).show((("Enter", "done"), ("N", "next patient on this card"), ("↑↓", "read on")))

    def _show_card(self, state: CardState) -> None:
        self.query_one(StationBar).card = state.in_short

    def action_end(self, after: str) -> None:
        self.dismiss(After[after])


def _rows(receipt: "Receipt", intake: Intake) -> list[Row]:
    rows: list[Row] = [("Sealed", _sealed(receipt))]
    if receipt.discarded:
        rows.append(("Given up", counted(receipt.discarded, "file")))
    rows.append(("Erased", receipt.claim))
    if receipt.card_clean:
        rows.append(("Card", "clean: nothing of a patient is left on it"))
    elif receipt.left:
        rows.append(("Card", f"not clean: {counted(len(receipt.left), 'file')} still on it, named below"))
    route = intake.outcome
    if route is not None:
        rows.append(("Route", route.route_name))
        rows += [("To do" if number == 0 else "", f"• {each}") for number, each in enumerate(route.obligations)]
    if receipt.findings:
        rows += [("Findings" if number == 0 else "", each) for number, each in enumerate(receipt.findings)]
    if receipt.left:
        rows += [
            (f"Left, {len(receipt.left)}" if number == 0 else "", f"{file}: {reason}")
            for number, (file, reason) in enumerate(receipt.left)
        ]
    rows += [("Episode", episode) for episode in receipt.episodes]
    rows.append(("Audit log", receipt.audit_head))
    return rows


def _sealed(receipt: "Receipt") -> str:
    if not receipt.sealed:
        return "no picture"
    also = f"; {counted(receipt.already_safe, 'copy', 'copies')} of them too" if receipt.already_safe else ""
    return f"{counted(receipt.sealed, 'picture')}, read back from the vault and compared{also}"
