"""The move: plan -> seal -> verify -> write down -> erase -> scrub names -> close the journal.

The top of core. Whatever stops it, and wherever, the journal is open then, and
`resume` finishes the same move from what it finds on the vault and the card.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..audit.events import EventKind
from ..card.card import Card, CardFile, Inventory
from ..errors import DermlockError, RuleRefusedError
from ..progress import Cancellation, NeverCancelled, Report, unreported
from ..storage.disk import Disk, LocalDisk
from ..storage.store import ObjectMissingError
from ..vault.journal import Plan, close_journal, is_done, mark_done, open_journal, open_moves, read_plan
from ..vault.vault import Vault
from .clearing import Cleared, belongs_to, clear, remove_marker
from .planning import plan_erasing_known, plan_move
from .proving import prove
from .receipt import NOT_CLAIMED, Receipt, claim, is_clean, left_on
from .sealing import NeedsTheCardError
from .steps import Intake

OTHERS_AFTER = timedelta(hours=1)
"""How long another station's unfinished move is left to that station while its card is not in here."""


@dataclass(frozen=True)
class Unfinished:
    """A move that waits for its card. card: what is known of it, a hint. pictures: how many."""

    move: str
    begun_at: datetime
    staff: str
    card: str
    pictures: int


def move(
    intakes: Sequence[Intake],
    discards: Sequence[tuple[CardFile, str]],
    inventory: Inventory | None,
    vault: Vault,
    *,
    keep: bool = False,
    report: Report = unreported,
    cancellation: Cancellation | None = None,
    disk: Disk | None = None,
) -> Receipt:
    """Carries out what the answers say. inventory: None for a referral without photography.

    keep: nothing is erased. Raises RuleRefusedError before anything is done;
    CardError, VaultError and InterruptedByPersonError with the journal open:
    nothing is lost then, and `resume` goes on.
    """
    try:
        plan = plan_move(intakes, discards, inventory, vault, keep=keep)
    except RuleRefusedError:
        vault.audit.record(EventKind.INTAKE_REFUSED)
        raise
    return _begin(plan, inventory, vault, report, cancellation or NeverCancelled(), disk or LocalDisk())


def erase_known(
    inventory: Inventory,
    vault: Vault,
    *,
    report: Report = unreported,
    cancellation: Cancellation | None = None,
    disk: Disk | None = None,
) -> Receipt:
    """Erases the files that the vault holds already, each verified anew; everything else is left and named."""
    plan = plan_erasing_known(inventory, vault)
    return _begin(plan, inventory, vault, report, cancellation or NeverCancelled(), disk or LocalDisk())


def unfinished(vault: Vault) -> tuple[Unfinished, ...]:
    """Moves whose journal is open, oldest first."""
    plans = (_plan_or_none(vault, move_id) for move_id in open_moves(vault.store))
    found = [
        Unfinished(plan.move, plan.at, plan.staff, plan.card, sum(len(e.content.originals) for e in plan.episodes))
        for plan in plans
        if plan is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.begun_at, each.move)))


def resume(
    vault: Vault, card: Card | None, *, report: Report = unreported, disk: Disk | None = None
) -> tuple[Receipt, ...]:
    """Finishes what was cut off, as far as it can be finished with this card (or without one).

    To be called after each sign-in and when a card arrives. Every move is tried; then
    the first CardError or VaultError is raised. What could not be finished stays open.
    """
    disk, receipts, troubles = disk or LocalDisk(), [], []
    for move_id in sorted(open_moves(vault.store)):
        try:
            receipt = _resume_one(move_id, vault, card, report, disk)
        except DermlockError as error:
            troubles.append(error)
            continue
        if receipt is not None:
            receipts.append(receipt)
    if troubles:
        raise troubles[0]
    return tuple(receipts)


def _resume_one(move_id: str, vault: Vault, card: Card | None, report: Report, disk: Disk) -> Receipt | None:
    """None where the move waits for its card, is another's, or was finished meanwhile."""
    with vault.station.alone_or_busy(f"move-{move_id}") as alone:
        plan = _plan_or_none(vault, move_id) if alone else None
        if plan is None:
            return None
        here = card if card is not None and belongs_to(plan, card, disk) else None
        ours = plan.station == vault.station.id or vault.clock() - plan.at > OTHERS_AFTER
        if here is None and not ours and not is_done(vault.store, move_id):
            return None
        try:
            return _carry_out(plan, None, here, vault, report, NeverCancelled(), disk, resumed=True)
        except NeedsTheCardError:
            return None


def _begin(
    plan: Plan, inventory: Inventory | None, vault: Vault, report: Report, cancellation: Cancellation, disk: Disk
) -> Receipt:
    with vault.station.alone_or_busy(f"move-{plan.move}"):
        open_journal(vault.store, vault.keyring, plan)
        card = inventory.card if inventory else None
        receipt = _carry_out(plan, inventory, card, vault, report, cancellation, disk, resumed=False)
    if receipt is None:
        raise RuleRefusedError("This move has files to erase but no card.", "Put the card in.")
    return receipt


def _carry_out(
    plan: Plan,
    inventory: Inventory | None,
    card: Card | None,
    vault: Vault,
    report: Report,
    cancellation: Cancellation,
    disk: Disk,
    *,
    resumed: bool,
) -> Receipt | None:
    """None when everything but the erasing is done and the card is not in."""
    cleared = Cleared()
    if not is_done(vault.store, plan.move):
        proofs = prove(plan, vault, card, disk, report=report, cancellation=cancellation, resumed=resumed)
        if plan.files and not plan.keep:
            if card is None:
                return None
            try:
                cleared = clear(plan, proofs, card, disk, report=report, cancellation=cancellation, resumed=resumed)
            except DermlockError as error:
                vault.audit.record(EventKind.ERASURE_STOPPED, subjects=(plan.move,), note=type(error).__name__)
                raise
        mark_done(vault.store, vault.keyring, plan.move)
    if card is not None and not plan.keep and not card.read_only:
        remove_marker(plan, card, disk)
    kind = EventKind.MOVE_RESUMED if resumed else EventKind.FILES_ERASED
    head = vault.audit.record(
        kind,
        subjects=(plan.move, *(episode.id for episode in plan.episodes)),
        counts={"erased": len(cleared.gone), "left": len(cleared.left)},
        note="kept" if plan.keep else "",
    )
    close_journal(vault.store, plan.move)
    return _receipt(plan, inventory, card, cleared, head, resumed=resumed)


def _receipt(
    plan: Plan, inventory: Inventory | None, card: Card | None, cleared: Cleared, head: str, *, resumed: bool
) -> Receipt:
    sealed = sum(len(episode.content.originals) for episode in plan.episodes)
    copies = sum(1 for file in plan.files if file.safe_in is not None)
    reasons = dict(cleared.left)
    if plan.keep:
        reasons = {file.shown: "kept on the card, as asked" for file in plan.files}
    return Receipt(
        episodes=tuple(episode.id for episode in plan.episodes),
        sealed=sealed,
        already_safe=max(0, copies - sealed),
        discarded=len(plan.discards),
        erased=len(cleared.gone),
        left=left_on(inventory, cleared.gone, reasons, unclaimed=NOT_CLAIMED if plan.episodes else "not in the vault"),
        findings=tuple(cleared.findings),
        claim=claim(card, len(cleared.gone), cleared.erased, kept=plan.keep),
        card_clean=not plan.keep and is_clean(inventory, cleared.gone),
        kept=plan.keep,
        audit_head=head,
        resumed=resumed,
    )


def _plan_or_none(vault: Vault, move_id: str) -> Plan | None:
    """None where it was closed in the meantime."""
    try:
        return read_plan(vault.store, vault.keyring, move_id)
    except ObjectMissingError:
        return None
