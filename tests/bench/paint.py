"""How long from a key to the end of what it paints, on every screen, in a real terminal.

    python -m tests.bench.paint [ROUNDS] [WALK...]

Walks through the set-up, a whole session of the demo at 80 x 24, one with a card of
2,000 pictures that is read meanwhile, one with a move under way, and one that nobody
touches. On every screen it presses keys of the screen's own, and F9, which changes
the colours of all of it: the most that a key can ask for. Prints median and 95th
percentile in milliseconds of the two apart, the time to the first paint beside an
empty Python's start, and the largest memory. WALK: only those whose names are given.

Nothing is asserted of times: machines differ, and these are shared. That no screen
was forgotten is.
"""

import os
import statistics
import subprocess
import sys
import time

from .every_screen import WALKS, check_met, check_walks
from .meter import Meter
from .report import lines
from .stations import a_station

ROUNDS = 10


def first_paint(rounds: int) -> str:
    """From the start of the program to the sign-in standing on the screen, in turn with an empty Python."""
    painted: list[float] = []
    empty: list[float] = []
    with a_station() as station:
        for _ in range(rounds):
            began = time.monotonic()
            with station.opened() as terminal:
                terminal.wait_for_first("Staff ID")
                painted.append(time.monotonic() - began)
            began = time.monotonic()
            subprocess.run([sys.executable, "-c", "pass"], check=True)
            empty.append(time.monotonic() - began)
    a, b = statistics.median(painted), statistics.median(empty)
    return f"first paint {a * 1000:.0f} ms, an empty Python {b * 1000:.0f} ms, ratio {a / b:.1f}, {rounds} runs in turn"


def main(arguments: list[str]) -> None:
    rounds = int(arguments[0]) if arguments else ROUNDS
    check_walks()
    print(first_paint(rounds))
    meter = Meter(rounds)
    for walk in WALKS:
        if not arguments[1:] or walk.name in arguments[1:]:
            walk.walk(meter)
            check_met(walk, meter.met)
    print(*lines(meter), f"load of this machine by now: {os.getloadavg()[0]:.1f}", sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
