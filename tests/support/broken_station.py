"""A program whose find key runs into a mistake in dermlock, with a patient's name in its message."""

from core.records.catalogue import EpisodeEntry
from tui.app import run_app
from tui.console.ending import report_mistakes

from .fake_services import FakeServices, FakeSession
from .intakes import ROSE


class Broken(FakeSession):
    def find(self, words: str) -> tuple[EpisodeEntry, ...]:
        raise ZeroDivisionError(f"while looking for {ROSE}")


def run() -> None:
    """As the dermlock script does it."""
    report_mistakes(None)
    raise SystemExit(run_app(FakeServices(Broken())))
