import shutil
import threading
from pathlib import Path

import pytest
from watchdog.observers.polling import PollingObserver

from core.card import watcher
from core.card.inventory import take_inventory
from core.card.watcher import CardWatcher
from tests.support.cards import fill_card, put_file
from tests.support.watching import Heard, watching


def test_a_configured_folder_arrives_changes_and_departs(tmp_path: Path) -> None:
    folder = tmp_path / "card"
    with watching([tmp_path / "no such root"], [folder]) as heard:
        fill_card(folder, 1)
        assert heard.expect("arrival", folder).configured
        put_file(folder, "DCIM/100DERMA/IMG_0002.JPG", b"new")
        heard.expect("change", folder)
        shutil.rmtree(folder / "DCIM")
        heard.expect("departure", folder)
        fill_card(folder, 1)
        heard.expect("arrival", folder)
        shutil.rmtree(folder)
        heard.expect("departure", folder)
        fill_card(folder, 1)
        heard.expect("arrival", folder)
        put_file(folder, "DCIM/100DERMA/IMG_0003.JPG", b"new")
        heard.expect("change", folder)  # the folder that came back is listened to
    assert heard.rest == []


def test_what_is_in_at_the_start_arrives(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        fill_card(folder, 1)
    with watching([], folders) as heard:
        assert [heard.next()[1].mount_point for _ in folders] == folders


def test_reading_a_card_is_no_change_of_it(tmp_path: Path) -> None:
    read, written = tmp_path / "read", tmp_path / "written"
    for folder in (read, written):
        fill_card(folder, 2)
    with watching([], [read, written]) as heard:
        take_inventory(heard.expect("arrival", read))
        heard.expect("arrival", written)
        put_file(written, "DCIM/100DERMA/IMG_0003.JPG", b"new")
        what, card = heard.next()
        assert (what, card.mount_point) == ("change", written)


def everything_open() -> tuple[int, list[str]]:
    return threading.active_count(), sorted(str(path) for path in Path("/proc/self/fd").iterdir())


def test_nothing_is_left_after_stopping(tmp_path: Path) -> None:
    before = everything_open()
    for _ in range(3):
        fill_card(tmp_path / "card", 1)
        with watching([tmp_path], [tmp_path / "card"]) as heard:
            heard.expect("arrival", tmp_path / "card")
            shutil.rmtree(tmp_path / "card")
            heard.expect("departure", tmp_path / "card")
            fill_card(tmp_path / "card", 1)
            heard.expect("arrival", tmp_path / "card")
    assert everything_open() == before


def test_stopping_twice_or_before_starting_does_nothing() -> None:
    silent = Heard().listener("nothing")
    idle = CardWatcher([], [], silent, silent, silent)
    idle.stop()
    started = CardWatcher([], [], silent, silent, silent)
    started.start()
    started.stop()
    started.stop()


def test_without_inotify_listings_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(**_: object) -> None:
        raise OSError(24, "inotify instance limit reached")

    monkeypatch.setattr(watcher, "Observer", exhausted)
    monkeypatch.setattr(watcher, "POLLED_EVERY", 0.05)
    fill_card(tmp_path / "card", 1)
    with watching([tmp_path], [tmp_path / "card"]) as heard:
        heard.expect("arrival", tmp_path / "card")
        put_file(tmp_path / "card", "DCIM/100DERMA/IMG_0002.JPG", b"new")
        heard.expect("change", tmp_path / "card")


def test_without_a_watch_left_listings_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(PollingObserver):
        def schedule(self, *_: object, **__: object) -> None:  # type: ignore[override]  # it never succeeds
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watcher, "Observer", lambda timeout: Full(timeout=timeout))
    monkeypatch.setattr(watcher, "POLLED_EVERY", 0.05)
    fill_card(tmp_path / "card", 1)
    with watching([], [tmp_path / "card"]) as heard:
        heard.expect("arrival", tmp_path / "card")
        put_file(tmp_path / "card", "DCIM/100DERMA/IMG_0002.JPG", b"new")
        heard.expect("change", tmp_path / "card")
