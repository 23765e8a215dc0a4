"""Bad luck on the command line: an exit code, one line of what happened, one of what to do, nothing lost."""

import errno
import os
from pathlib import Path

import pytest

from core.progress import Progress
from tui.console.output import Output

from ...support.bad_luck import FailingCalls, write_protect
from ...support.cards import put_file
from ...support.station import Station, files_below, fill_in, nothing_lost


def answers_for(station: Station) -> Path:
    return station.answers(fill_in(station.template()))


def finish(station: Station, answers: Path, originals: dict[str, bytes], to: Path) -> None:
    """The next run with the card in ends the move: each picture once in the vault and none on the card."""
    said = station.signed_in("intake", station.card, "--answers", answers)
    if said.code == 2:  # the move is finished already, and the card is empty
        assert "there is no “DCIM/100DERMA/IMG_0001.JPG” on this card" in said.err
    else:
        assert (said.code, said.err) == (0, "")
    assert files_below(station.card) == {}
    episodes = station.signed_in("find", "--json").document["episodes"]
    assert len(episodes) == 1
    station.signed_in("show", episodes[0]["id"], "--to", to, "--originals")
    assert sorted(files_below(to).values()) == sorted(originals.values())
    assert station.signed_in("vault", "check").code == 0


def test_a_wrong_passphrase(station: Station) -> None:
    answers = answers_for(station)
    with nothing_lost(station):
        said = station.run(
            "intake", station.card, "--answers", answers, "--passphrase-file", "-", stdin=b"seven quiet herons\n"
        )
    assert said.code == 4
    assert said.error == (
        "The staff ID or the passphrase is wrong.",
        "Try again; if you have forgotten it, ask an admin.",
    )


def test_an_unknown_member_of_staff_reads_the_same(station: Station) -> None:
    said = station.signed_in("find", "--staff", "z.nobody")
    assert (said.code, said.error[0]) == (4, "The staff ID or the passphrase is wrong.")


def test_nobody_is_there_to_type_a_passphrase(station: Station) -> None:
    said = station.run("find")
    assert said.code == 4
    assert said.error == (
        "No passphrase was given.",
        "Put it into a file that only you can read and name it with --passphrase-file FILE.",
    )


def test_no_vault_is_named(station: Station) -> None:
    said = station.signed_in("find", "--vault", station.folder / "elsewhere")
    assert said.code == 6
    assert said.error[0] == f"There is no vault in {station.folder / 'elsewhere'}."
    unnamed = station.run("find", environ={"DERMLOCK_VAULT": ""})
    assert (unnamed.code, unnamed.error[0]) == (6, "No vault is named.")
    assert "--vault DIR" in unnamed.error[1]


def test_a_vault_that_is_not_there_keeps_the_card_as_it_is(station: Station) -> None:
    answers, card = answers_for(station), files_below(station.card)
    station.vault.rename(station.folder / "unmounted")
    said = station.signed_in("intake", station.card, "--answers", answers)
    assert (said.code, said.error[0]) == (6, f"There is no vault in {station.vault}.")
    assert files_below(station.card) == card
    assert not station.vault.exists(), "none is made in its place"


def test_a_vaults_folder_that_cannot_be_read(station: Station) -> None:
    loop = station.folder / "loop"
    loop.symlink_to(loop)  # an error of the system that root gets too
    said = station.signed_in("find", "--vault", loop)
    assert said.code == 6
    assert said.error == (
        f"The vault's folder cannot be read: {os.strerror(errno.ELOOP)}.",
        "Check that its disk or share is connected.",
    )


def test_objects_of_the_vault_that_may_not_be_read(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    with nothing_lost(station):
        FailingCalls(errno.EACCES, "open", station.vault, 1).begin(monkeypatch)
        said = station.signed_in("find")
    assert said.code == 6
    assert said.error[1] == "Ask IT to give this station access to it."


def test_a_write_protected_card_is_sealed_and_said_to_be_full(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, originals = answers_for(station), files_below(station.card)
    with monkeypatch.context() as protected, nothing_lost(station):
        write_protect(protected, station.card)
        assert "write-protected: can be imported, not erased" in station.run("card", "inspect", station.card).out
        said = station.signed_in("intake", station.card, "--answers", answers)
    assert said.code == 5
    assert "write-protected" in said.error[0]
    finish(station, answers, originals, station.folder / "out")


@pytest.mark.parametrize("first", [1, 12])
def test_a_full_disk(station: Station, monkeypatch: pytest.MonkeyPatch, first: int) -> None:
    """first: also in the middle of a sign-in's own entry in the audit log."""
    answers, originals = answers_for(station), files_below(station.card)
    full = FailingCalls(errno.ENOSPC, "write", station.vault, first)
    with monkeypatch.context() as patch, nothing_lost(station):
        full.begin(patch)
        said = station.signed_in("intake", station.card, "--answers", answers)
    assert full.raised
    assert said.code == 6
    assert said.error == ("The vault's disk is full.", "Make room on it; what is not sealed yet stays on the card.")
    finish(station, answers, originals, station.folder / "out")


@pytest.mark.parametrize("stage", ["Sealing", "Verifying", "Erasing"])
def test_a_card_pulled_in_the_middle(station: Station, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    answers, originals = answers_for(station), files_below(station.card)
    pulled = station.folder / "pulled"

    def pull(_output: Output, progress: Progress) -> None:
        if (progress.stage, progress.done) == (stage, 2):
            station.card.rename(pulled)

    with monkeypatch.context() as patch:
        patch.setattr(Output, "progress", pull)
        said = station.signed_in("intake", station.card, "--answers", answers)
    assert pulled.exists()
    assert said.code == 5
    assert said.error
    pulled.rename(station.card)
    finish(station, answers, originals, station.folder / "out")


def test_a_card_that_fails_while_it_is_read(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    answers, originals = answers_for(station), files_below(station.card)
    fault = FailingCalls(errno.EIO, "read_into", station.card, 3)
    with monkeypatch.context() as patch, nothing_lost(station):
        fault.begin(patch)
        said = station.signed_in("intake", station.card, "--answers", answers, "--json")
    assert fault.raised
    assert (said.code, said.document["error"]["exit_code"]) == (5, 5)
    assert said.error == (said.document["error"]["what"], said.document["error"]["hint"])
    finish(station, answers, originals, station.folder / "out")


def test_a_folder_that_is_no_card(station: Station, tmp_path: Path) -> None:
    folder = tmp_path / "holiday"
    put_file(folder, "IMG_0001.JPG", b"mine")
    for line in (("card", "inspect", folder), ("intake", folder, "--template")):
        said = station.run(*line)
        assert (said.code, said.error[0]) == (5, f"{folder} is a folder that is no card: it has no DCIM folder.")
    erased = station.signed_in("card", "erase", folder, "--level", "files")
    assert (erased.code, erased.error[0]) == (5, f"{folder} is a folder that is no card: it has no DCIM folder.")
    assert files_below(folder) == {"IMG_0001.JPG": b"mine"}


@pytest.mark.parametrize(("path", "what"), [("gone", "There is no folder"), ("/", "/ is this station itself")])
def test_a_card_that_is_not_there(station: Station, path: str, what: str) -> None:
    said = station.run("card", "inspect", station.folder / path)
    assert said.code == 5
    assert said.error[0].startswith(what)
