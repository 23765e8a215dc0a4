"""The words of the grid: what stands over a group, under a picture, and in the place of one."""

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from core.intake.interviews.card_files import taken

from ..wrapping import shortened, wrapped
from .layout import GridGroup, GridItem


def heading(group: GridGroup, *, is_closed: bool, here: bool) -> str:
    """When they were taken and how many they are; of a closed group that is all there is to see."""
    count = len(group.items)
    things = "picture" if group.items[0].file.sealable else "file"
    how = f"  ·  closed{', Space opens it' if here else ''}" if is_closed else ""
    return f"{'▸' if here else ' '}{group.heading}  ·  {count} {things}{'' if count == 1 else 's'}{how}"


def caption(item: GridItem, width: int, *, ticked: bool | None, here: bool, in_one_line: bool) -> tuple[str, ...]:
    """Number, time, name, note: three lines, or one. ticked: None where nothing is ticked."""
    file = item.file
    box = "" if ticked is None else "[x] " if ticked else "[ ] "
    mark = f"  {item.mark}" if item.mark else ""
    lead = f"{'▸' if here else ' '}{box}{item.number}  {taken(file):%H:%M}{mark}"
    if in_one_line:
        note = f"  {file.note}" if file.note else ""
        return (f"{lead}  {shortened(file.shown, max(8, width - len(lead) - 2))}{note}",)
    return lead, f" {shortened(file.shown, width - 1)}", f" {file.note}"


def words_line(words: str, line: int, width: int, height: int) -> str:
    """Line number `line` of these words in the middle of a box of that size."""
    lines = wrapped(words, width)
    first = max(0, (height - len(lines)) // 2)
    return lines[line - first].center(width) if first <= line < first + len(lines) else ""


def strip_of(text: str, width: int, style: Style) -> Strip:
    """The text, cut or filled up to that width."""
    return Strip([Segment(set_cell_size(text, width), style)], width)
