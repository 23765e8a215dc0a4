"""The command line on real mounts: a write-protected card, a vault's disk that is full, a card that is unmounted."""

import shutil
from pathlib import Path

import pytest

from core.progress import Progress
from tui.console.output import Output

from ...support.mounts import run, tmpfs
from ...support.station import Station, files_below, fill_in, nothing_lost

pytestmark = pytest.mark.root


def finish(station: Station, answers: Path, originals: dict[str, bytes]) -> None:
    """The next run with everything connected ends the move."""
    said = station.program("intake", station.card, "--answers", answers, "--passphrase-file", station.passphrase_file)
    if said.code == 2:  # the move is finished already, and the card is empty
        assert "on this card" in said.error[0]
    else:
        assert (said.code, said.err) == (0, "")
    assert files_below(station.card) == {}
    (entry,) = station.signed_in("find", "--json").document["episodes"]
    station.signed_in("show", entry["id"], "--to", station.folder / "out", "--originals")
    assert sorted(files_below(station.folder / "out").values()) == sorted(originals.values())
    assert station.signed_in("vault", "check").code == 0


def mounted_card(station: Station) -> None:
    """The card's files onto the volume that is mounted over its folder now."""
    shutil.copytree(station.folder / "original", station.card, dirs_exist_ok=True)


def test_a_write_protected_card(station: Station) -> None:
    station.card.rename(station.folder / "original")
    with tmpfs(station.card):
        mounted_card(station)
        originals = files_below(station.card)
        run("mount", "-o", "remount,ro", station.card)
        station.set(test_numbers=True, card_roots=[str(station.folder)])
        listed = station.program("card", "list", "--json").document["cards"]
        assert [(card["path"], card["read_only"]) for card in listed] == [(str(station.card), True)]
        answers = station.answers(fill_in(station.template()))
        with nothing_lost(station):
            said = station.program(
                "intake", station.card, "--answers", answers, "--passphrase-file", station.passphrase_file
            )
        assert said.code == 5
        assert "is write-protected; nothing was erased." in said.error[0]
        run("mount", "-o", "remount,rw", station.card)
        finish(station, answers, originals)


def test_the_vaults_disk_is_full(station: Station) -> None:
    answers, originals = station.answers(fill_in(station.template())), files_below(station.card)
    station.vault.rename(station.folder / "made")
    with tmpfs(station.vault):
        shutil.copytree(station.folder / "made", station.vault, dirs_exist_ok=True)
        used = int(run("df", "--output=used", "--block-size=1", station.vault).splitlines()[1])
        run("mount", "-o", f"remount,size={used + 48 * 1024}", station.vault)
        with nothing_lost(station):
            said = station.program(
                "intake", station.card, "--answers", answers, "--passphrase-file", station.passphrase_file
            )
        assert said.code == 6
        assert said.error == (
            "The vault's disk is full.",
            "Make room on it; what is not sealed yet stays on the card.",
        )
        run("mount", "-o", "remount,size=64m", station.vault)
        finish(station, answers, originals)


@pytest.mark.parametrize("stage", ["Sealing", "Verifying", "Erasing"])
def test_a_card_is_unmounted_in_the_middle(station: Station, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    """As udisks does at once when a card is pulled: its folder is there, empty, and answers without an error."""
    station.card.rename(station.folder / "original")
    elsewhere = station.folder / "elsewhere"
    with tmpfs(elsewhere):
        shutil.copytree(station.folder / "original", elsewhere, dirs_exist_ok=True)
        originals = files_below(elsewhere)
        station.card.mkdir()
        run("mount", "--bind", elsewhere, station.card)
        answers = station.answers(fill_in(station.template()))

        def pull(_output: Output, progress: Progress) -> None:
            if (progress.stage, progress.done) == (stage, 2):
                run("umount", "--lazy", station.card)

        with monkeypatch.context() as patch:
            patch.setattr(Output, "progress", pull)
            said = station.signed_in("intake", station.card, "--answers", answers)
        assert list(station.card.iterdir()) == []
        assert said.code == 5
        assert said.error
        run("mount", "--bind", elsewhere, station.card)
        try:
            finish(station, answers, originals)
        finally:
            run("umount", station.card)


def test_a_folder_in_which_nothing_can_be_made(station: Station, tmp_path: Path) -> None:
    with tmpfs(tmp_path / "full"):
        run("mount", "-o", "remount,ro", tmp_path / "full")
        said = station.program(
            "vault", "create", "--vault", tmp_path / "full" / "vault", "--name", "Ann",
            "--passphrase-file", station.passphrase_file,
        )  # fmt: skip
        assert said.code == 6
        assert said.error == (
            f"The folder {tmp_path / 'full' / 'vault'} cannot be made: Read-only file system.",
            "Choose a folder that you can write to.",
        )
