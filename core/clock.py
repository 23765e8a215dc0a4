"""The one place time comes from, so that a test can hold it still."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns now, with a time zone (UTC)."""


def system_clock() -> datetime:
    """The station's own clock, in UTC."""
    return datetime.now(UTC)
