"""A card's files in the groups in which the grid shows them."""

from collections.abc import Collection

from core.card.card import CardFile, Inventory
from core.intake.interviews.card_files import can_be_given_up, groups, one_for_each_digest, span

from ..widgets.grid.layout import GridGroup, GridItem

OTHER_FILES = "other files"
"""Key and heading of what is no picture that can be sealed."""


def grid_groups(
    inventory: Inventory, offered: Collection[str] | None = None, new: Collection[str] = ()
) -> tuple[GridGroup, ...]:
    """Newest group first, then the other files. Numbers are the same whatever is offered.

    offered: digests of the files that are shown, None for every picture. new: digests to mark as new.
    """
    number = 0
    found = []
    pictures = one_for_each_digest(inventory.pictures)
    others = one_for_each_digest(file for file in inventory.files if can_be_given_up(file) and not file.sealable)
    for files, heading in (*((group, span(group)) for group in groups(pictures)), (others, OTHER_FILES)):
        items = []
        for file in files:
            number += 1
            if file.sha256 in offered if offered is not None else file.sealable:
                items.append(GridItem(file, number, "new" if file.sha256 in new else ""))
        if items:
            key = OTHER_FILES if heading == OTHER_FILES else files[0].sha256
            found.append(GridGroup(key, heading[0].upper() + heading[1:], tuple(items)))
    return tuple(found)


def digests(inventory: Inventory | None) -> frozenset[str]:
    """Of its pictures."""
    return frozenset(file.sha256 for file in inventory.pictures) if inventory else frozenset()


def stays(inventory: Inventory, taken: Collection[str]) -> str:
    """What of the card nobody claims, in words; "" for nothing. taken: digests that are claimed or given up."""
    pictures, files = _stay(inventory.pictures, taken), 0
    files = _stay([file for file in inventory.files if can_be_given_up(file) and not file.sealable], taken)
    parts = [
        f"{number} {word if number == 1 else f'{word}s'}"
        for number, word in ((pictures, "picture"), (files, "other file"))
        if number
    ]
    return f"{' and '.join(parts)} {'stays' if pictures + files == 1 else 'stay'} on the card" if parts else ""


def _stay(files: Collection[CardFile], taken: Collection[str]) -> int:
    return len({file.sha256 for file in files} - set(taken))
