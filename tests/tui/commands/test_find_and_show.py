"""`dermlock find` and `dermlock show`."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.intake.conduct import move
from core.photo.derivative.bare_copy import bare_copy
from tui.commands.episodes import ROUTES

from ...support.intakes import ROSE, TOM, referral_without_pictures
from ...support.station import ROSALIND, THOMAS, Station, files_below, fill_in, put
from ...support.vaults import STAFF_ID, TestVault, TickingClock


@pytest.fixture(scope="module")
def filled_once(made_once: Station, tmp_path_factory: pytest.TempPathFactory) -> Station:
    """Two episodes with pictures: Rosalind's left forearm for advice, Thomas's nose for routine dermatology."""
    folder = tmp_path_factory.mktemp("filled") / "station"
    shutil.copytree(made_once.folder, folder)
    station = Station(folder)
    template = station.template()
    rosalind = fill_in(template, ROSALIND, pictures=["IMG_0001", "IMG_0002", "IMG_0003"])
    thomas = fill_in(template, THOMAS, pictures=["IMG_0004", "IMG_0005"])
    thomas = put(put(thomas, 'concern = "advice"', 'concern = "specialist"'), 'site = "forearm"', 'site = "nose"')
    thomas = thomas.replace('without_dermoscopic = "no dermatoscope"', 'without_dermoscopic = ""')
    for text in (rosalind, thomas):
        said = station.signed_in("intake", station.card, "--answers", station.answers(text), "--keep")
        assert said.code == 1, said.err
    return station


@pytest.fixture
def filled(filled_once: Station, tmp_path: Path) -> Station:
    shutil.copytree(filled_once.folder, tmp_path / "station")
    return Station(tmp_path / "station")


TODAY = f"{datetime.now(UTC):%Y-%m-%d}"
TOMORROW = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"
YESTERDAY = f"{datetime.now(UTC) - timedelta(days=2):%Y-%m-%d}"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ((), ["Tamarind", "Ashgrove"]),
        (("ash",), ["Ashgrove"]),
        (("thomas", "tam"), ["Tamarind"]),
        (("ASHGROVE", "fore"), ["Ashgrove"]),
        (("ashgrove", "nose"), []),
        (("--nhs", "9990000123"), ["Tamarind"]),
        (("--nhs", "999 555 1233"), []),
        (("--site", "nose"), ["Tamarind"]),
        (("--site", "toe"), []),
        (("--route", "advice-and-guidance"), ["Ashgrove"]),
        (("--route", "urgent-suspected-cancer"), []),
        (("--from", YESTERDAY, "--to", TOMORROW), ["Tamarind", "Ashgrove"]),
        (("--from", TOMORROW), []),
        (("--to", YESTERDAY), []),
        (("ash", "--nhs", "999 000 0018", "--site", "forearm", "--route", "advice-and-guidance"), ["Ashgrove"]),
        (("ash", "--site", "nose"), []),
    ],
)
def test_every_filter_alone_and_together(filled_once: Station, line: tuple[str, ...], found: list[str]) -> None:
    said = filled_once.signed_in("find", *line, "--json")
    assert (said.code, said.err) == (0, "")
    assert [entry["patient"]["family_name"] for entry in said.document["episodes"]] == found


def test_what_is_found_is_read_at_a_glance(filled_once: Station) -> None:
    said = filled_once.signed_in("find", "tam")
    first, second = said.out.splitlines()
    assert first[10:] == f"{datetime.now(UTC):%d %b %Y}  TAMARIND, Thomas  born 30 Nov 1975  999 000 0123"
    assert second.strip() == "Routine dermatology referral; Nose; 2 pictures"
    assert filled_once.signed_in("find", "nobody").out == "No episode fits.\n"


@pytest.mark.parametrize(
    ("line", "code", "what"),
    [
        (("--nhs", "999 000 0019"), 3, "The check digit of this NHS number is wrong."),
        (("--site", "elsewhere"), 2, "Invalid value for '--site'"),
        (("--route", "home"), 2, "Invalid value for '--route'"),
        (("--from", "30.11.2026"), 2, "Invalid value for '--from'"),
        (("--to", "2026-02-30"), 2, "Invalid value for '--to'"),
    ],
)
def test_a_filter_that_cannot_be_is_refused(filled_once: Station, line: tuple[str, ...], code: int, what: str) -> None:
    said = filled_once.signed_in("find", *line)
    assert said.code == code
    assert said.error[0].startswith(what)


def test_an_episode_is_shown_whole(filled_once: Station) -> None:
    (entry,) = filled_once.signed_in("find", "ash", "--json").document["episodes"]
    told = filled_once.signed_in("show", entry["id"], "--json").document
    assert told["patient"]["nhs_number"] == "9990000018"
    assert (told["staff"], told["route"], told["pathway"]) == (STAFF_ID, "advice-and-guidance", "england-skin-2026")
    assert told["answers"]["concern"] == "advice"
    assert told["consent"]["allows_photography"]
    assert [(lesion["site"], lesion["laterality"]) for lesion in told["lesions"]] == [("forearm", "left")]
    assert [picture["view"] for picture in told["pictures"]] == ["locating", "close-up", "dermoscopic"]
    assert "written" not in told
    as_text = filled_once.signed_in("show", entry["id"]).out
    for part in ("ASHGROVE, Rosalind", "Advice & Guidance", "photography for care", "Lesion 1: left forearm"):
        assert part in as_text


def test_the_beginning_of_an_id_is_enough_when_it_is_one_episodes(filled_once: Station) -> None:
    ids = [entry["id"] for entry in filled_once.signed_in("find", "--json").document["episodes"]]
    for id_ in ids:
        assert filled_once.signed_in("show", id_[:8], "--json").document["id"] == id_
    said = filled_once.signed_in("show", "zzzzzzzz")
    assert (said.code, said.error[1]) == (3, "Look it up with dermlock find.")


def test_pictures_written_out_hold_no_metadata_and_are_their_owners_alone(filled: Station) -> None:
    (entry,) = filled.signed_in("find", "ash", "--json").document["episodes"]
    out = filled.folder / "out"
    said = filled.signed_in("show", entry["id"], "--to", out)
    assert said.code == 0
    assert said.err == (f"Warning: pictures go to {out} UNENCRYPTED. Delete them as soon as they are in the record.\n")
    assert said.out.count("Written: ") == 3
    originals = [files_below(filled.card)[f"DCIM/100DERMA/IMG_000{number}.JPG"] for number in (1, 2, 3)]
    written = [content for _, content in sorted(files_below(out).items())]
    assert written == [bare_copy(original).content for original in originals]
    assert all(b"Practice" in original for original in originals)
    assert all(b"Practice" not in content for content in written)
    assert {path.stat().st_mode & 0o077 for path in (out, *out.iterdir())} == {0}
    assert "pictures exported" in filled.signed_in("audit", "show").out


def test_originals_are_those_of_the_card_and_are_warned_of(filled: Station) -> None:
    (entry,) = filled.signed_in("find", "ash", "--json").document["episodes"]
    out = filled.folder / "out"
    said = filled.signed_in("show", entry["id"], "--to", out, "--originals", "--json")
    assert said.code == 0
    assert said.err.count("Warning: ") == 2
    assert "place, names and serial numbers" in said.err
    originals = [files_below(filled.card)[f"DCIM/100DERMA/IMG_000{number}.JPG"] for number in (1, 2, 3)]
    assert [Path(picture["file"]).read_bytes() for picture in said.document["written"]] == originals
    assert [picture["note"] for picture in said.document["written"]] == ["", "", ""]


def test_a_picture_that_identifies_is_warned_of_where_it_leaves(station: Station) -> None:
    text = fill_in(station.template(), ROSALIND, pictures=["IMG_0001", "IMG_0002", "IMG_0003"])
    (line,) = (line for line in text.splitlines() if line.startswith('  { file = "DCIM/100DERMA/IMG_0001.JPG"'))
    needed = put(line, 'identifiable = "nothing"', 'identifiable = "needed"')
    needed = put(needed, 'reason = ""', 'reason = "on the eyelid"')
    text = put(text, line, put(needed, 'specific_consent = ""', 'specific_consent = "agrees"'))
    assert station.signed_in("intake", station.card, "--answers", station.answers(text)).code == 1
    (entry,) = station.signed_in("find", "--json").document["episodes"]
    said = station.signed_in("show", entry["id"], "--to", station.folder / "out")
    assert said.code == 0
    assert said.err.endswith("Warning: a picture identifies the patient. Send it by a secure route only.\n")


def test_originals_without_a_folder_mean_nothing(filled_once: Station) -> None:
    said = filled_once.signed_in("show", "4f2a", "--originals")
    assert (said.code, said.error[0]) == (2, "--originals belongs to --to.")


def test_pictures_are_written_over_nothing_and_neither_into_the_vault_nor_onto_a_card(filled: Station) -> None:
    (entry,) = filled.signed_in("find", "ash", "--json").document["episodes"]
    taken = filled.folder / "taken"
    filled.signed_in("show", entry["id"], "--to", taken)
    before = files_below(taken), files_below(filled.card)
    for folder, code, what in (
        (taken, 2, "is there already."),
        (filled.vault / "out", 3, "is inside the vault."),
        (filled.card / "out", 3, "is on a card, and cards are erased."),
        (filled.folder / "settings.toml" / "out", 2, "Not a directory"),
    ):
        said = filled.signed_in("show", entry["id"], "--to", folder, "--json")
        assert said.code == code
        assert what in said.document["error"]["what"]
    assert (files_below(taken), files_below(filled.card)) == before
    assert not (filled.vault / "out").exists()


def test_an_episode_without_pictures_is_found_by_its_route(station: Station) -> None:
    vault = TestVault(station.vault, station.folder / "state", "", TickingClock()).open()
    for patient in (ROSE, TOM):
        move([referral_without_pictures(patient)], [], None, vault)
    assert station.signed_in("find").out.count("; no site; 0 pictures\n") == 2
    (entry,) = station.signed_in("find", "tam", "--json").document["episodes"]
    assert "Consent: Declined. The referral goes on without pictures." in station.signed_in("show", entry["id"]).out
    assert entry["route"] in ROUTES
