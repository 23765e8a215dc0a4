"""Taking pictures again in the middle of an intake: the card goes out and comes back, the answers stay."""

from collections.abc import Collection

HOW = "Retake: pull the card, take the pictures, put it back."
MEANWHILE = "Every answer stays. Esc goes on without a retake."


class Retake:
    """Whether one is under way, and what is new on the card since it began."""

    def __init__(self) -> None:
        self.is_on = False
        self._was_out = False
        self._before: frozenset[str] = frozenset()
        self.new: frozenset[str] = frozenset()

    def begin(self, pictures: Collection[str], *, card_is_in: bool) -> None:
        """pictures: digests of those on the card now."""
        self.is_on, self._was_out = True, not card_is_in
        self._before = frozenset(pictures)

    def give_up(self) -> None:
        self.is_on = False

    def card_went(self) -> None:
        self._was_out = self._was_out or self.is_on

    def card_is_read(self, pictures: Collection[str]) -> str:
        """What to say when that ends the retake, "" while it goes on."""
        new = frozenset(pictures) - self._before
        if not self.is_on or not (self._was_out or new):
            return ""
        self.is_on, self.new = False, new
        count = f"{len(new)} new picture{'' if len(new) == 1 else 's'}" if new else "no new picture"
        return f"The card is back, with {count}."
