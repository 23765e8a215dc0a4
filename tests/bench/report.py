"""What was measured, as a table: each screen's own keys, beside F9, which repaints all of it."""

import statistics
from collections.abc import Sequence

from .meter import Meter

NAME = 46
GROUP = f"{'n':>5}{'median':>9}{'95th':>8}"


def lines(meter: Meter) -> list[str]:
    """In milliseconds. The last three are of all screens together."""
    screens = meter.screens
    own = [each for times in screens.values() for each in times.own]
    colours = [each for times in screens.values() for each in times.colours]
    left_out = sum(times.nothing for times in screens.values())
    table = [
        f"{'milliseconds':<{NAME}}  {'own keys':>22}  {'F9, colours':>22}  painted",
        f"{'':<{NAME}}  {GROUP}  {GROUP}  nothing",
    ]
    table += [
        f"{name:<{NAME}}  {_group(times.own)}  {_group(times.colours)}  {times.nothing or '':>7}"
        for name, times in screens.items()
    ]
    table += [
        f"{f'all {len(screens)}':<{NAME}}  {_group(own)}  {_group(colours)}  {left_out or '':>7}",
        f"{'all keys of all':<{NAME}}  {_group([*own, *colours])}",
        f"{'keys that led from one to the next':<{NAME}}  {_group(meter.on)}",
        f"{left_out} keys painted nothing and are left out of the times; largest memory {meter.memory:.0f} MiB",
    ]
    return table


def _group(seconds: Sequence[float]) -> str:
    if not seconds:
        return f"{'-':>5}{'':>17}"
    return f"{len(seconds):>5}{statistics.median(seconds) * 1000:>9.1f}{late(seconds) * 1000:>8.1f}"


def late(seconds: Sequence[float]) -> float:
    """The 95th percentile: the smallest time that 95 of 100 do not exceed."""
    ordered = sorted(seconds)
    return ordered[max(0, -(-95 * len(ordered) // 100) - 1)]
