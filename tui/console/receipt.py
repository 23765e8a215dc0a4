"""What a move leaves behind for whoever asked for it: the receipt, as text and as a document."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .ending import DONE, DONE_WITH_FINDINGS
from .output import Json

if TYPE_CHECKING:
    from core.intake.receipt import Receipt


def receipt_document(receipt: "Receipt") -> dict[str, Json]:
    """Every field; names of files as people see them."""
    return {
        "episodes": list(receipt.episodes),
        "sealed": receipt.sealed,
        "already_safe": receipt.already_safe,
        "discarded": receipt.discarded,
        "erased": receipt.erased,
        "left": [{"file": file, "reason": reason} for file, reason in receipt.left],
        "findings": list(receipt.findings),
        "claim": receipt.claim,
        "card_clean": receipt.card_clean,
        "kept": receipt.kept,
        "audit_head": receipt.audit_head,
    }


def receipt_text(receipt: "Receipt") -> str:
    """Line by line; what is left and what was found is named last, so that it is seen."""
    lines = [f"Episode {id_}" for id_ in receipt.episodes]
    lines.append(
        f"Sealed {receipt.sealed}, already safe {receipt.already_safe}, "
        f"discarded {receipt.discarded}, erased {receipt.erased}."
    )
    lines.append(receipt.claim)
    lines.append(f"Audit log: {receipt.audit_head}")
    lines.append("The card is clean." if receipt.card_clean else "The card is not clean.")
    lines += [f"Left: {file}: {reason}" for file, reason in receipt.left]
    lines += [f"Finding: {finding}" for finding in receipt.findings]
    return "\n".join(line for line in lines if line)


def exit_code_of(receipts: "Sequence[Receipt]") -> int:
    """1 when anything was found or left, also when it was asked to be left."""
    return DONE_WITH_FINDINGS if any(receipt.left or receipt.findings for receipt in receipts) else DONE
