"""The bench measures every screen: one that is new is in a walk, or `make bench-screens` ends at once, saying so."""

import pytest
from textual.screen import Screen

from tui.dialogs import confirm

from .every_screen import WALKS, check_met, check_walks


def test_every_screen_and_dialog_is_in_a_walk() -> None:
    check_walks()


def test_a_new_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class NewDialog(Screen[None]):
        __module__ = confirm.__name__

    monkeypatch.setattr(confirm, "NewDialog", NewDialog, raising=False)
    with pytest.raises(SystemExit, match="NewDialog"):
        check_walks()


def test_a_walk_that_did_not_meet_its_screens_is_not_taken_for_done() -> None:
    walk = WALKS[0]
    check_met(walk, walk.screens)
    with pytest.raises(SystemExit, match=walk.screens[0].__name__):
        check_met(walk, walk.screens[1:])
