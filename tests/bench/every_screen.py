"""Whether any screen was forgotten: what the walks say they measure, against the classes that there are."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from textual.screen import Screen

import tui.dialogs
import tui.screens

from . import busy, first_start, intake, looking
from .meter import Meter
from .stations import the_demo

ScreenClass = type[Screen[Any]]


@dataclass(frozen=True)
class Walk:
    """Through some screens. name: for the command line. screens: those that it measures."""

    name: str
    walk: Callable[[Meter], None]
    screens: tuple[ScreenClass, ...]


def _session(meter: Meter) -> None:
    with the_demo() as terminal:
        intake.begin(meter, terminal)
        intake.whole_intake(meter, terminal)
        looking.once_more(terminal)
        looking.look_back(meter, terminal)
        looking.due(meter, terminal)
        looking.lock(meter, terminal)


WALKS = (
    Walk("set-up", first_start.first_start, first_start.SCREENS),
    Walk("session", _session, intake.SCREENS + looking.SCREENS),
    Walk("reading", busy.with_many_pictures, busy.READING),
    Walk("moving", busy.while_a_move_runs, busy.MOVING),
    Walk("idle", busy.while_nobody_is_there, busy.IDLE),
)


def check_walks() -> None:
    """Raises SystemExit where a screen or a dialog is in no walk: before the walks, which take long."""
    _refuse(_all_screens() - {screen for walk in WALKS for screen in walk.screens}, "is in no walk of tests/bench")


def check_met(walk: Walk, met: Iterable[ScreenClass]) -> None:
    """Raises SystemExit where a walk did not measure what it says."""
    _refuse(set(walk.screens) - set(met), "was not measured")


def _refuse(screens: set[ScreenClass], why: str) -> None:
    if screens:
        raise SystemExit(f"{', '.join(sorted(screen.__name__ for screen in screens))} {why}.")


def _all_screens() -> set[ScreenClass]:
    """What tui.screens and tui.dialogs define."""
    return {
        found
        for module in (*_modules(tui.screens), *_modules(tui.dialogs))
        for found in vars(module).values()
        if inspect.isclass(found) and issubclass(found, Screen) and found.__module__ == module.__name__
    }


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(module.name)
