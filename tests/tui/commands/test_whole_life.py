"""The life of a vault and its cards through the command line, from nothing to the second patient."""

from pathlib import Path

from ...support.cards import fill_card, put_file
from ...support.pictures import a_jpeg
from ...support.station import ROSALIND, STAFF_NAME, THOMAS, Said, Station, files_below, fill_in


def ok(said: Said) -> Said:
    assert (said.code, said.err) == (0, "")
    return said


def left_some(said: Said) -> Said:
    assert (said.code, said.err) == (1, "")
    return said


def test_from_an_empty_folder_to_the_second_patient(bare_station: Station, tmp_path: Path) -> None:
    station = bare_station
    made = station.signed_in("vault", "create", "--name", STAFF_NAME)
    assert made.code == 0
    assert f"The vault is in {station.vault}" in made.out

    # two patients' pictures on one card: three of the first, two of the second
    originals = [file.read_bytes() for file in fill_card(station.card, 5)]
    template = station.template()
    firsts = ("IMG_0001", "IMG_0002", "IMG_0003")
    answers = station.answers(fill_in(template, ROSALIND, pictures=firsts), "rosalind.toml")
    moved = left_some(station.signed_in("intake", station.card, "--answers", answers))
    assert "Sealed 3, already safe 0, discarded 0, erased 3." in moved.out
    assert moved.out.count("Left: DCIM/100DERMA/IMG_000") == 2
    assert sorted(files_below(station.card).values()) == sorted(originals[3:])

    # found, shown, and written out byte for byte
    found = ok(station.signed_in("find", "ash", "--json")).document["episodes"]
    assert [(entry["patient"]["family_name"], entry["pictures"]) for entry in found] == [("Ashgrove", 3)]
    episode = found[0]["id"]
    shown = ok(station.signed_in("show", episode[:6]))
    assert f"Episode {episode}" in shown.out
    assert "ASHGROVE, Rosalind" in shown.out
    written = station.signed_in("show", episode, "--to", tmp_path / "out", "--originals", "--json")
    assert written.code == 0
    assert "UNENCRYPTED" in written.err
    files = [Path(picture["file"]) for picture in written.document["written"]]
    assert [file.read_bytes() for file in files] == originals[:3]

    # the second patient, whose answers a second template takes
    second = station.answers(fill_in(station.template(), THOMAS), "thomas.toml")
    moved = ok(station.signed_in("intake", station.card, "--answers", second, "--json"))
    assert (moved.document["sealed"], moved.document["erased"], moved.document["left"]) == (2, 2, [])
    assert moved.document["card_clean"]
    assert files_below(station.card) == {}
    everybody = ok(station.signed_in("find", "--json")).document["episodes"]
    assert [entry["patient"]["given_name"] for entry in everybody] == ["Thomas", "Rosalind"]

    # the same pictures come back on another card: known ones are erased, the new one stays
    for number, picture in enumerate(originals, 1):
        put_file(station.card, f"DCIM/101DERMA/COPY_{number:04}.JPG", picture)
    new = put_file(station.card, "DCIM/101DERMA/NEW_0001.JPG", a_jpeg())
    erased = left_some(station.signed_in("card", "erase", station.card, "--level", "files", "--json")).document
    assert (erased["erased"], [left["file"] for left in erased["left"]]) == (5, ["DCIM/101DERMA/NEW_0001.JPG"])
    assert list(files_below(station.card).values()) == [new.read_bytes()]

    assert ok(station.signed_in("vault", "check")).out == "Everything in the vault is as it was written.\n"
    assert ok(station.signed_in("audit", "check")).out == "The audit log is whole.\n"
    log = ok(station.signed_in("audit", "show")).out
    for kind in ("vault created", "pictures sealed", "pictures exported", "files erased", "vault checked"):
        assert kind in log
    for never in ("Ashgrove", "Rosalind", "999 000 0018", "9990000018", "IMG_0001"):
        assert never not in log


def test_a_card_that_is_one_patients_alone_is_clean_afterwards(station: Station) -> None:
    answers = station.answers(fill_in(station.template()))
    moved = ok(station.signed_in("intake", station.card, "--answers", answers))
    assert "Sealed 5, already safe 0, discarded 0, erased 5." in moved.out
    assert "The card is clean." in moved.out
    assert files_below(station.card) == {}
