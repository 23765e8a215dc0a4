"""The files of a card as an answers file names them: found, compared, claimed once."""

from ...card.card import CardFile, Inventory
from ...errors import CardError, RuleRefusedError, WrongUseError
from .values import Table


class OnCard:
    """Finds files of one card. Keeps who claimed what, so that nothing is claimed for two."""

    def __init__(self, inventory: Inventory | None) -> None:
        self._inventory = inventory
        self._by_shown = {file.shown: file for file in inventory.files} if inventory else {}
        self._claimed: dict[str, str] = {}

    def claim(self, row: Table, *, as_what: str) -> CardFile:
        """The file that a row names, claimed for `as_what`, which may claim equal files again.

        Raises WrongUseError for a name that is not on the card and RuleRefusedError
        where the content is another or somebody else claimed it.
        """
        if self._inventory is None:
            raise CardError(f"{row.at('file')} is on a card, and there is no card.", "Put the card in.")
        shown = row.verbatim("file")
        sha256 = row.required_text("sha256").lower()
        file = self._by_shown.get(shown)
        if file is None:
            raise WrongUseError(
                f"{row.at('file')}: there is no “{shown}” on this card.",
                "Print a template of the card that is in now, or take the line out.",
            )
        if file.sha256 != sha256:
            raise RuleRefusedError(
                f"{row.at('sha256')}: {shown} has another content on this card.",
                "Print a template of the card that is in now.",
            )
        claimed_by = self._claimed.setdefault(file.sha256, as_what)
        if claimed_by != as_what:
            raise RuleRefusedError(
                f"{row.at('file')}: {shown} is {as_what} here, and {claimed_by} elsewhere in the file.",
                "Decide which; copies of one picture share one decision.",
            )
        return file
