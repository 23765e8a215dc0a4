"""The journal: what a move is about to do, in the vault before anything is done.

journal/<move>/plan   everything the move needs, sealed under the journal key
journal/<move>/done   the card is clean: only closing is left

The plan is written once. How far a move came is not written down but looked at:
the vault and the card are the truth. A file is on the card; staged under incoming/;
committed as an object; verified and in the episode's document; tombstoned on the
card; overwritten; unlinked; clean, name and all. Any station with this vault and
that card can go on from there.
"""

import contextlib
from collections.abc import Iterator
from datetime import datetime

import msgspec

from ..access.keyring import Keyring
from ..card.unfinished import TOMBSTONE_PREFIX
from ..crypto.keys import NotAuthenticError, bind
from ..errors import VaultError
from ..model.picture import DiscardDecision
from ..records.episode import EpisodeContent, PatientRow
from ..storage.store import ObjectExistsError, ObjectMissingError, ObjectStore

FOLDER = "journal"


class PlannedEpisode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What will be written into the episode's document; its images are sealed first.

    Of a covered copy digest and size are not known yet: it is made from the sealed original.
    """

    patient: PatientRow
    patient_folder: str
    content: EpisodeContent

    @property
    def id(self) -> str:
        return self.content.id


class PlannedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the card that this move takes off it.

    path: relative, as the bytes that the file system has. tombstone: its name while
    it is being overwritten. safe_in: (patient folder, episode, image) of the sealed
    copy that it may be erased for; None for a discarded file.
    """

    path: bytes
    shown: str
    size: int
    sha256: str
    tombstone: str
    safe_in: tuple[str, str, str] | None


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole move. card: the card's identity, a hint. keep: nothing is erased. station: id of the one that began."""

    move: str
    at: datetime
    staff: str
    station: str
    card: str
    keep: bool
    episodes: tuple[PlannedEpisode, ...]
    files: tuple[PlannedFile, ...]
    discards: tuple[DiscardDecision, ...]

    @property
    def marker(self) -> str:
        """An empty file in the card's root while its files are being erased: this card has an unfinished move."""
        return f"{TOMBSTONE_PREFIX}{self.move}"


def open_journal(store: ObjectStore, keyring: Keyring, plan: Plan) -> None:
    """Durable when it returns."""
    name, bound_to = _plan_name(plan.move), bind("journal", keyring.head.vault, plan.move)
    store.put_new(name, [keyring.journal.seal(msgspec.json.encode(plan), bound_to)])


def mark_done(store: ObjectStore, keyring: Keyring, move: str) -> None:
    """The card is clean: whatever happens now, nothing of this move is left to do on it."""
    sealed = keyring.journal.seal(b"done", bind("journal done", keyring.head.vault, move))
    with contextlib.suppress(ObjectExistsError):  # somebody else was quicker
        store.put_new(_done_name(move), [sealed])


def is_done(store: ObjectStore, move: str) -> bool:
    """Whether there is a `done`; `read_plan` has looked whether it is a true one."""
    return _done_name(move) in set(store.list(f"{FOLDER}/{move}"))


def close_journal(store: ObjectStore, move: str) -> None:
    """Plan first: a `done` without a plan says nothing to anyone."""
    for name in (_plan_name(move), _done_name(move)):
        try:
            store.delete(name)
        except ObjectMissingError:
            continue  # closed by somebody else, or cut off between the two


def read_plan(store: ObjectStore, keyring: Keyring, move: str) -> Plan:
    """Raises VaultError where it or its `done` is damaged, ObjectMissingError where it was closed meanwhile.

    A `done` that dermlock did not write must not end a move: it would be closed with nothing done.
    """
    bound_to = bind("journal", keyring.head.vault, move)
    try:
        if is_done(store, move):
            check_journal_object(store, keyring, _done_name(move))
        return msgspec.json.decode(keyring.journal.open(store.get(_plan_name(move)), bound_to), type=Plan)
    except (NotAuthenticError, msgspec.MsgspecError):
        raise VaultError(
            f"The journal of an unfinished move is damaged ({_plan_name(move)}).",
            "Its pictures are still on their card: run dermlock vault check, and take no picture off by hand.",
        ) from None


def check_journal_object(store: ObjectStore, keyring: Keyring, name: str) -> None:
    """Raises NotAuthenticError unless the object is a plan or a `done` as it was written."""
    move = name.removeprefix(f"{FOLDER}/").partition("/")[0]
    kind = {_plan_name(move): "journal", _done_name(move): "journal done"}.get(name)
    if kind is None:
        raise NotAuthenticError
    keyring.journal.open(store.get(name), bind(kind, keyring.head.vault, move))


def open_moves(store: ObjectStore) -> Iterator[str]:
    """Ids of the moves that are not finished, in no order."""
    for name in store.list(FOLDER):
        if name.endswith("/plan"):
            yield name.split("/")[1]


def _plan_name(move: str) -> str:
    return f"{FOLDER}/{move}/plan"


def _done_name(move: str) -> str:
    return f"{FOLDER}/{move}/done"
