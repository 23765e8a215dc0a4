"""How long nobody touched the station, and what follows: first a warning, then the lock."""

import time
from collections.abc import Callable

Seconds = Callable[[], float]
"""A clock that only goes forward."""

WARNED_BEFORE = 60.0
"""Seconds between the warning and the lock; half of the time where all of it is a minute."""


def seconds_awake_or_not() -> float:
    """Goes on while the machine sleeps: a lid that was shut for an hour is an hour without a key."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Idle:
    """minutes: after how long without a key or a click the station locks itself."""

    def __init__(self, minutes: int, seconds: Seconds) -> None:
        self._limit = minutes * 60.0
        self._seconds = seconds
        self._touched_at = seconds()

    def touched(self) -> None:
        self._touched_at = self._seconds()

    @property
    def seconds_left(self) -> float:
        """Until the lock; never below 0."""
        return max(0.0, self._touched_at + self._limit - self._seconds())

    @property
    def is_over(self) -> bool:
        return self.seconds_left == 0.0

    @property
    def is_to_be_warned_of(self) -> bool:
        return self.seconds_left <= min(WARNED_BEFORE, self._limit / 2)
