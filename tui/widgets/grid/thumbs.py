"""Small drawn copies of pictures, and no more of them than are needed: what is long out of sight is forgotten."""

from collections import OrderedDict

from textual.strip import Strip

Thumb = list[Strip] | str
"""What is drawn, or the words that stand in its place."""

Key = tuple[str, int, int]
"""Of which picture, and how large in pixels."""


class Thumbs:
    """The ones that were used last. A few hundred bytes a line of each."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, Thumb] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Thumb | None:
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def keep(self, key: Key, thumb: Thumb, most: int) -> None:
        """most: how many are kept; the ones not used for longest go."""
        self._kept[key] = thumb
        while len(self._kept) > most:
            self._kept.popitem(last=False)

    def forget(self) -> None:
        self._kept.clear()
