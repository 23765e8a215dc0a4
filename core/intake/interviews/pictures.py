"""Asks which files of the card are this patient's, and which are given up."""

from collections.abc import Sequence
from datetime import datetime

from ...card.card import CardFile, Inventory
from ...errors import RuleRefusedError
from ...model.conversation import Conversation, Script, ask, ask_checklist
from ...model.question import Option, Question, QuestionKind
from ..steps import PicturesChosen
from .camera_clock import ClockWarning, clock_warnings, numbered_later
from .card_files import by_digest, can_be_given_up, described, groups, in_order_taken, one_for_each_digest, span
from .retaking import advice_on, quality_in_words

WHICH = "which"
PICTURES = "pictures"
DISCARDS = "discards"
DISCARD_REASON = "discard_reason"
NEWEST, CHOOSE = "newest", "choose"
_SOURCE = "Product rule: what is not chosen stays on the card and is named"


def pictures_interview(inventory: Inventory, now: datetime) -> Conversation[PicturesChosen]:
    """The interview of the pictures step. Option ids are digests: one decision covers every copy.

    now: by the station's clock, in its own time zone, to hold the camera's against.
    """
    return Conversation(lambda: _choose(inventory, now))


def _choose(inventory: Inventory, now: datetime) -> Script[PicturesChosen]:
    found = groups(one_for_each_digest(inventory.pictures))
    if not found:
        raise RuleRefusedError(
            "There is no picture on this card that can be sealed.",
            "Take the pictures and put the card in again, or refer without photography.",
        )
    of_newest = clock_warnings(found[0], now) + numbered_later(found[0], inventory.pictures)
    if (yield from ask(_which(found, of_newest))) == NEWEST:
        return PicturesChosen(found[0], warnings=tuple(map(str, of_newest)))
    newest_first = [file for group in found for file in group]
    ids = yield from ask_checklist(_pictures(newest_first, inventory))
    if not ids:
        raise RuleRefusedError("No picture is chosen.", "Choose at least one, or refer without photography.")
    chosen = in_order_taken(file for file in newest_first if file.sha256 in ids)
    others = [file for file in one_for_each_digest(filter(can_be_given_up, inventory.files)) if file.sha256 not in ids]
    warnings = tuple(map(str, clock_warnings(chosen, now)))
    if not others:
        return PicturesChosen(chosen, warnings=warnings)
    given_up = yield from ask_checklist(_discards(others, inventory))
    if not given_up:
        return PicturesChosen(chosen, warnings=warnings)
    reason = yield from ask(_reason(len(given_up)))
    return PicturesChosen(chosen, tuple((file, reason) for file in others if file.sha256 in given_up), warnings)


def _which(found: Sequence[Sequence[CardFile]], of_newest: Sequence[ClockWarning]) -> Question:
    newest = found[0]
    earlier = sum(len(group) for group in found[1:])
    left = f" {earlier} earlier ones stay on the card." if earlier else ""
    return Question(
        WHICH,
        "Which pictures of the card are this patient's?",
        QuestionKind.CHOICE,
        (
            Option(NEWEST, f"The newest {len(newest)}, taken {span(newest)}", help=f"Nothing is discarded.{left}"),
            Option(CHOOSE, "Choose them one by one, and what is discarded"),
        ),
        help="\n".join(filter(None, (*(line for warning in of_newest for line in warning), advice_on(newest)))),
        pictures=tuple(file.shown for file in newest),
        source=_SOURCE,
    )


def _pictures(newest_first: Sequence[CardFile], inventory: Inventory) -> Question:
    return Question(
        PICTURES,
        "Which of these are this patient's?",
        QuestionKind.CHECKLIST,
        _options(newest_first, inventory),
        help="The newest first. What is not ticked stays on the card.",
        source=_SOURCE,
    )


def _discards(others: Sequence[CardFile], inventory: Inventory) -> Question:
    return Question(
        DISCARDS,
        "Which other files are given up? They are erased without being stored.",
        QuestionKind.CHECKLIST,
        _options(others, inventory),
        help="What is not ticked stays on the card and is named.",
        source=_SOURCE,
    )


def _options(files: Sequence[CardFile], inventory: Inventory) -> tuple[Option, ...]:
    equal = by_digest(inventory)
    return tuple(
        Option(
            file.sha256,
            described(file, equal[file.sha256]),
            help="; ".join(part for part in (file.note, quality_in_words(file)) if part) or file.kind.value,
            picture=file.shown if file.sealable else "",
        )
        for file in files
    )


def _reason(count: int) -> Question:
    return Question(
        DISCARD_REASON,
        "Why is it given up?" if count == 1 else f"Why are these {count} files given up?",
        QuestionKind.TEXT,
        help="Recorded with your name.",
        source="Product rule: only a named clinician's reason discards a file",
    )
