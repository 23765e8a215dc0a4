"""Draws a flowchart of characters: boxes below each other, and beside each what else it leads to.

The way taken is told by double lines and in words, and where one is by a pointer
and brackets, so that it can be read without colour.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from rich.cells import cell_len

from core.pathway.definition import Box, Lead, Pathway
from core.pathway.flowchart.way import Way

from ..widgets.wrapping import wrapped

MARGIN = 2
"""Cells before a box, for the pointer."""
LEAST_BOX, MOST_BOX = 16, 36
LEAST_BESIDE = 18


class Part(Enum):
    """What a piece of a line is, for whoever colours it."""

    FRAME = "frame"
    TITLE = "title"
    LABEL = "label"
    TARGET = "target"
    TAKEN = "taken"
    HERE = "here"
    HEADING = "heading"


Piece = tuple[str, Part]
Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Spot:
    """Where one can be: a box, or one of the arrows beside it (which of the box's leads, counted from 0)."""

    box: str
    lead: int | None = None


@dataclass(frozen=True)
class Drawing:
    """lines: from the top. rows: the lines of each spot, the first and the one behind the last.

    beside: cells before what stands beside the boxes.
    """

    lines: tuple[Line, ...]
    rows: dict[Spot, tuple[int, int]]
    beside: int = 0

    @property
    def text(self) -> str:
        return "\n".join("".join(words for words, _ in line).rstrip() for line in self.lines)


@dataclass(frozen=True)
class _Frame:
    """The lines of a box: single, or double where the way went."""

    across: str
    down: str
    corners: str
    tees: str  # an arrow leaves to the right, one leaves below


_SINGLE = _Frame("─", "│", "┌┐└┘", "├┬")
_DOUBLE = _Frame("═", "║", "╔╗╚╝", "╠╦")


def beside(pathway: Pathway, box: Box) -> tuple[int, ...]:
    """Which of a box's leads stand beside it; the others lead to the box below."""
    return tuple(at for at, lead in enumerate(box.leads) if at != _below(pathway, box))


def target_of(pathway: Pathway, spot: Spot) -> Box:
    """The box that is meant where one is: of an arrow, the one that it leads to."""
    box = pathway.box(spot.box)
    return box if spot.lead is None else pathway.box(box.leads[spot.lead].to)


def draw(pathway: Pathway, way: Way, width: int, here: Spot | None = None) -> Drawing:
    """width: in cells, of the whole. here: the spot where one is."""
    return _Drawer(pathway, way, width, here).drawn()


class _Drawer:
    def __init__(self, pathway: Pathway, way: Way, width: int, here: Spot | None) -> None:
        self._pathway, self._way, self._here = pathway, way, here
        self._box = max(LEAST_BOX, min(MOST_BOX, (width - MARGIN) * 36 // 100))
        self._beside = max(LEAST_BESIDE, width - MARGIN - self._box)
        self._lines: list[Line] = []
        self._rows: dict[Spot, tuple[int, int]] = {}

    def drawn(self) -> Drawing:
        boxes = self._pathway.boxes
        led_below: Lead | None = None
        for at, box in enumerate(boxes):
            if at and (box.route is None) != (boxes[at - 1].route is None):
                self._lines += [(), (("Routes:" if box.route else "Then:", Part.HEADING),)]
                led_below = None
            elif at and led_below is None:
                self._lines.append(())
            begun = len(self._lines)
            below = _below(self._pathway, box)
            self._lines += list(self._of_box(box, led_below=led_below is not None, leads_below=below is not None))
            self._rows[Spot(box.id)] = (begun, len(self._lines))
            led_below = None if below is None else box.leads[below]
            if below is not None and led_below is not None:
                self._lines.append(self._connection(box, below, led_below))
        return Drawing(tuple(self._lines), self._rows, MARGIN + self._box)

    def _connection(self, box: Box, at: int, lead: Lead) -> Line:
        taken = (box.id, at) in self._way.leads
        before = " " * (MARGIN + self._box // 2)
        label = wrapped(lead.label, self._box // 2 + self._beside - 6)[0]
        part = Part.TAKEN if taken else Part.FRAME
        return (f"{before}{(_DOUBLE if taken else _SINGLE).down}", part), (f"{_mark(taken)} {label}", _label(taken))

    def _of_box(self, box: Box, *, led_below: bool, leads_below: bool) -> Iterator[Line]:
        begun = len(self._lines)
        passed, is_here = self._way.passes(box), self._here == Spot(box.id)
        frame = _DOUBLE if passed else _SINGLE
        line = Part.TAKEN if passed else Part.FRAME
        titles = wrapped(box.title, self._box - 4)
        arrows = [(at, piece) for at in beside(self._pathway, box) for piece in self._arrow(box, at, frame)]
        yield ((" " * MARGIN, line), (self._top(box, frame, led_below=led_below), line))
        first = begun + 1
        for row in range(max(len(titles), len(arrows))):
            title = titles[row] if row < len(titles) else ""
            pointer = "▸ " if is_here and row == 0 else " " * MARGIN
            inside = f" {title}{' ' * (self._box - 3 - cell_len(title))}"
            pieces: list[Piece] = [(pointer, Part.TITLE), (frame.down, line), (inside, _title(is_here))]
            if row < len(arrows):
                at, arrow = arrows[row]
                begun, _ = self._rows.setdefault(Spot(box.id, at), (first + row, first + row))
                self._rows[Spot(box.id, at)] = (begun, first + row + 1)
                pieces += arrow
            else:
                pieces.append((frame.down, line))
            yield tuple(pieces)
        across = frame.across * (self._box - 2)
        middle = self._box // 2 - 1
        if leads_below:
            across = across[:middle] + frame.tees[1] + across[middle + 1 :]
        yield ((" " * MARGIN, line), (f"{frame.corners[2]}{across}{frame.corners[3]}", line))

    def _top(self, box: Box, frame: _Frame, *, led_below: bool) -> str:
        """With the arrow that comes from above, and in words whether the way went here."""
        words = self._state(box)
        across = frame.across * (self._box - 2)
        middle = self._box // 2 - 1
        if led_below:
            across = across[:middle] + "▼" + across[middle + 1 :]
        if words:
            across = across[:1] + words + across[1 + len(words) :]
        return f"{frame.corners[0]}{across}{frame.corners[1]}"

    def _state(self, box: Box) -> str:
        if self._way.chosen is not None and box.route is self._way.chosen:
            return " chosen "
        if self._way.open == box.id:
            return " asked now "
        return " ✓ taken " if self._way.passes(box) else ""

    def _arrow(self, box: Box, at: int, frame: _Frame) -> Iterator[tuple[Piece, ...]]:
        """An arrow beside a box, in as many lines as it takes."""
        lead = box.leads[at]
        target = self._pathway.box(lead.to)
        taken, is_here = (box.id, at) in self._way.leads, self._here == Spot(box.id, at)
        across = "═" if taken else "─"
        line = Part.TAKEN if taken else Part.FRAME
        label, name = f"{_mark(taken)} {lead.label}".strip(), f"[{target.title}]" if is_here else f" {target.title} "
        begin = f"{frame.tees[0]}{across} "
        named = Part.HERE if is_here else (Part.TAKEN if taken else Part.TARGET)
        if cell_len(f"{begin}{label} {across}►{name}") <= self._beside:
            yield (begin, line), (f"{label} ", _label(taken)), (f"{across}►", line), (name, named)
            return
        for number, words in enumerate(wrapped(label, self._beside - 3)):
            yield ((begin if number == 0 else f"{frame.down}  ", line), (words, _label(taken)))
        for number, words in enumerate(wrapped(name.strip(), self._beside - 7)):
            yield ((f"{frame.down}  {across}►" if number == 0 else f"{frame.down}    ", line), (f" {words}", named))


def _below(pathway: Pathway, box: Box) -> int | None:
    """Which of a box's leads goes straight to the box below it."""
    at = pathway.boxes.index(box) + 1
    if at == len(pathway.boxes) or (box.route is None) != (pathway.boxes[at].route is None):
        return None
    return next((number for number, lead in enumerate(box.leads) if lead.to == pathway.boxes[at].id), None)


def _mark(taken: bool) -> str:
    return " ✓" if taken else ""


def _title(is_here: bool) -> Part:
    return Part.HERE if is_here else Part.TITLE


def _label(taken: bool) -> Part:
    return Part.TAKEN if taken else Part.LABEL


def spots(pathway: Pathway) -> Iterable[Spot]:
    """Every spot, from the top."""
    for box in pathway.boxes:
        yield Spot(box.id)
        yield from (Spot(box.id, at) for at in beside(pathway, box))
