"""What is taken for a key's paint, and what is not."""

import sys
from collections.abc import Iterator

import pytest

from ..support.terminal import Terminal, in_a_terminal
from .meter import Meter, Times, has_changed, time_to_paint
from .report import late, lines

PROGRAM = """
import os, sys, threading, time, tty

tty.setraw(0)
lock = threading.Lock()

def put(text):
    with lock:
        os.write(1, text.encode())

def clock():
    number = 0
    while True:
        time.sleep(0.05)
        number += 1
        put(f"\\x1b[24;1H{number}")

def blink():
    on = False
    while True:
        time.sleep(0.1)
        on = not on
        put("\\x1b[5;5H" + ("\\x1b[7m \\x1b[0m" if on else " "))

for work in (clock if "clock" in sys.argv else blink,):
    threading.Thread(target=work, daemon=True).start()
put("\\x1b[1;1Hready")
shown = 0
while key := os.read(0, 1):
    if key == b"x":
        shown += 1
        put(f"\\x1b[3;1H{shown} first")
        time.sleep(0.03)
        put("\\x1b[4;1H" + f"{shown} last")
"""


@pytest.fixture
def blinking() -> Iterator[Terminal]:
    """A program that answers to x alone, in two pieces, while a cursor blinks."""
    with in_a_terminal([sys.executable, "-c", PROGRAM], {"TERM": "xterm"}) as terminal:
        terminal.wait_for_first("ready")
        yield terminal


@pytest.fixture
def counting() -> Iterator[Terminal]:
    """The same while its last row never rests."""
    with in_a_terminal([sys.executable, "-c", PROGRAM, "clock"], {"TERM": "xterm"}) as terminal:
        terminal.wait_for_first("ready")
        yield terminal


def test_a_paint_lasts_to_its_last_piece(blinking: Terminal) -> None:
    assert time_to_paint(blinking, "x") is not None
    assert "1 last" in blinking.shows


def test_a_blinking_cursor_is_no_paint(blinking: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.meter.PATIENCE", 0.5)
    assert time_to_paint(blinking, "y") is None


def test_what_goes_on_by_itself_is_told_from_a_key(counting: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.meter.PATIENCE", 0.5)
    assert time_to_paint(counting, "y", frozenset({23})) is None
    assert time_to_paint(counting, "x", frozenset({23})) is not None


def test_a_key_that_paints_nothing_is_counted_and_is_no_time() -> None:
    meter = Meter(1)
    meter.screens["one"] = Times([0.010, 0.020, 0.030], [0.1], nothing=2)
    report = "\n".join(lines(meter))
    assert "2 keys painted nothing" in report
    assert "one" in report


def test_the_late_ones() -> None:
    assert late([0.001]) == 0.001
    assert late([number / 1000 for number in range(1, 101)]) == 0.095


def test_an_empty_cell_is_only_what_is_behind_it(blinking: Terminal) -> None:
    cells = blinking.cells
    row = cells[0]
    other = tuple(cell._replace(fg="ff0000") if cell.data == " " else cell for cell in row)
    assert not has_changed((row,), (other,))
    assert has_changed((row,), (tuple(cell._replace(bg="ff0000") for cell in row),))
