"""`dermlock card`: list, inspect, erase."""

import hashlib

from ...support.cards import put_file
from ...support.station import Station, files_below, fill_in


def test_a_configured_folder_is_listed_and_a_plain_one_is_not(station: Station) -> None:
    roots = station.folder / "media"
    station.set(card_roots=[str(roots)])
    assert station.run("card", "list").out == f"There is no card in {roots}.\n"
    station.set(card_roots=[str(roots)], card_folders=[str(station.card)])
    said = station.run("card", "list", "--json", environ={"DERMLOCK_STAFF": "", "DERMLOCK_VAULT": ""})
    assert said.code == 0
    assert [(card["path"], card["read_only"]) for card in said.document["cards"]] == [(str(station.card), False)]
    assert station.run("card", "list").out.startswith(f"{station.card}  card  (")


def test_inspecting_names_every_file_and_changes_nothing(station: Station) -> None:
    put_file(station.card, "DCIM/100DERMA/NOTES.TXT", b"about somebody")
    put_file(station.card, "DCIM/100DERMA/MVI_0006.MP4", b"\0\0\0\x18ftypmp42" + bytes(32))
    before = files_below(station.card)
    said = station.run("card", "inspect", station.card, "--json", environ={"DERMLOCK_STAFF": ""})
    assert (said.code, said.err) == (0, "")
    assert {file["file"]: file["sha256"] for file in said.document["files"]} == {
        path: hashlib.sha256(content).hexdigest() for path, content in before.items()
    }
    assert sum(file["can_be_sealed"] for file in said.document["files"]) == 5
    as_text = station.run("card", "inspect", station.card).out
    assert as_text.endswith("7 files, 5 of them pictures that can be sealed.\n")
    assert all(path in as_text for path in before)
    assert files_below(station.card) == before


def test_a_folder_that_is_no_card_is_a_card_when_the_settings_say_so(station: Station) -> None:
    redirected = station.folder / "redirected"
    put_file(redirected, "IMG_0001.JPG", next(iter(files_below(station.card).values())))
    refused = station.run("card", "inspect", redirected)
    assert refused.code == 5
    assert refused.error == (
        f"{redirected} is a folder that is no card: it has no DCIM folder.",
        "Name the folder in which the card is mounted, or add this one to card_folders in the settings.",
    )
    station.set(card_folders=[str(redirected)])
    assert station.run("card", "inspect", redirected).code == 0


def test_hostile_names_do_not_reach_the_terminal(station: Station) -> None:
    put_file(station.card, "DCIM/100DERMA/\x1b[2J\x1b]0;x\x07\udcff.JPG", b"no picture")
    said = station.run("card", "inspect", station.card)
    assert said.code == 0
    assert "\\x1b[2J" in said.out
    assert all(char.isprintable() or char == "\n" for char in said.out)


def test_erasing_takes_what_the_vault_holds_and_leaves_the_rest(station: Station) -> None:
    answers = station.answers(fill_in(station.template(), pictures=["IMG_0001", "IMG_0002", "IMG_0003"]))
    kept = station.signed_in("intake", station.card, "--answers", answers, "--keep", "--json")
    assert (kept.code, kept.document["sealed"], kept.document["erased"]) == (1, 3, 0)
    before = files_below(station.card)
    assert len(before) == 5
    said = station.signed_in("card", "erase", station.card, "--level", "files")
    assert (said.code, said.err) == (1, "")
    assert "erased 3." in said.out
    assert said.out.count("Left: ") == 2
    after = files_below(station.card)
    assert len(after) == 2
    assert after.items() <= before.items()


def test_erasing_a_card_of_unknown_pictures_touches_nothing(station: Station) -> None:
    before = files_below(station.card)
    said = station.signed_in("card", "erase", station.card, "--level", "files", "--json")
    assert (said.code, said.document["erased"], len(said.document["left"])) == (1, 0, 5)
    assert files_below(station.card) == before


def test_the_level_must_be_named(station: Station) -> None:
    before = files_below(station.card)
    for level in ((), ("--level", "everything")):
        said = station.signed_in("card", "erase", station.card, *level)
        assert (said.code, said.error[1]) == (2, "See dermlock card erase --help.")
    assert files_below(station.card) == before
