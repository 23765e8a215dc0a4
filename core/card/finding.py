"""Which cards are in at this moment: one look at the mount table and at the configured folders."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import CardError
from .card import Card
from .identity import DCIM, is_present, look_at
from .mounts import Mount, mount_holding, read_mounts
from .unfinished import is_unfinished


@dataclass(frozen=True)
class CardIn:
    """A card that is in. mount_id: the kernel's for the mount it lies on, so that a new mount
    at the same place is another arrival. polled: changes on it must be looked for."""

    card: Card
    mount_id: int
    polled: bool

    def is_same(self, other: "CardIn | None") -> bool:
        """Whether the other look found this very card, still in since; its rights may have changed."""
        return (
            other is not None
            and self.mount_id == other.mount_id
            and self.card.device_number == other.card.device_number
            and self.card.identity == other.card.identity
        )


def find_cards(roots: Iterable[Path], folders: Iterable[Path]) -> tuple[Card, ...]:
    """Every card that is in: volumes mounted at or below the roots, and configured folders with something in them."""
    return tuple(found.card for found in cards_in(roots, folders, {}).values())


def cards_in(roots: Iterable[Path], folders: Iterable[Path], before: Mapping[Path, CardIn]) -> dict[Path, CardIn]:
    """The cards that are in now, by their folder.

    before: what the last look found. A mounted card that was one stays one while it is
    mounted and present, also when DCIM has another name for the moment an erasure
    rebuilds it. What cannot be read is not in.
    """
    mounts = read_mounts()
    found: dict[Path, CardIn] = {}
    for folder in folders:
        if holds_anything(folder):
            _add(found, folder, mounts, configured=True, before=before)
    below = [root.absolute() for root in roots]
    for mount in mounts:
        if any(mount.mount_point.is_relative_to(root) for root in below):
            _add(found, mount.mount_point, mounts, configured=False, before=before)
    return found


def holds_anything(folder: Path) -> bool:
    """Whether a configured folder stands for a card that is in: it has DCIM, any file, or an unfinished erasure."""
    try:
        with os.scandir(folder) as entries:
            return any(
                entry.name.upper() == DCIM or is_unfinished(entry.name) or not entry.is_dir(follow_symlinks=False)
                for entry in entries
            )
    except OSError:
        return False


def _add(
    found: dict[Path, CardIn],
    folder: Path,
    mounts: tuple[Mount, ...],
    *,
    configured: bool,
    before: Mapping[Path, CardIn],
) -> None:
    try:
        card = look_at(folder, configured=configured, mounts=mounts)
        mount = mount_holding(card.mount_point, mounts)
    except CardError:
        stays = _still_in(before.get(folder), folder, mounts)
        if stays:
            found.setdefault(folder, stays)
        return
    except OSError:
        return
    twice = any(one.card.device_number == card.device_number and not one.card.configured for one in found.values())
    if mount is None or not is_present(card) or (twice and not configured):
        return  # gone again, or the same volume mounted at a second place
    found.setdefault(card.mount_point, CardIn(card, mount.id, mount.far_changes_unseen))


def _still_in(known: CardIn | None, folder: Path, mounts: tuple[Mount, ...]) -> CardIn | None:
    """The card that was found there before, if its mount is still the one on top and it is present."""
    if known is None or known.card.configured:
        return None
    on_top = next((mount for mount in reversed(mounts) if mount.mount_point == folder), None)
    if on_top is None or on_top.id != known.mount_id or not is_present(known.card):
        return None
    return replace(known, card=replace(known.card, read_only=on_top.read_only))
