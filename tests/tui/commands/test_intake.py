"""`dermlock intake`: the template, the answers, what is kept and what is left."""

import tomllib

from ...support.cards import fill_card, put_file
from ...support.pictures import a_jpeg
from ...support.station import THOMAS, Station, files_below, fill_in, put


def test_the_template_names_every_picture_and_needs_no_sign_in(station: Station) -> None:
    said = station.run("intake", station.card, "--template", environ={"DERMLOCK_STAFF": "", "DERMLOCK_VAULT": ""})
    assert (said.code, said.err) == (0, "")
    document = tomllib.loads(said.out)
    assert [picture["file"] for picture in document["episodes"][0]["pictures"]] == sorted(files_below(station.card))
    assert document["episodes"][0]["pathway"] == "england-skin-2026"
    as_json = station.run("intake", station.card, "--template", "--json")
    assert as_json.document["template"].rstrip("\n") == said.out.rstrip("\n")


def test_the_template_follows_the_pathway_of_the_line_else_of_the_settings(station: Station) -> None:
    said = station.run("intake", station.card, "--template", "--pathway", "glos-skin-lesions")
    assert tomllib.loads(said.out)["episodes"][0]["pathway"] == "glos-skin-lesions"
    station.set(pathway="glos-skin-lesions")
    assert tomllib.loads(station.template())["episodes"][0]["pathway"] == "glos-skin-lesions"
    unknown = station.run("intake", station.card, "--template", "--pathway", "england-skin-1999")
    assert unknown.code == 2
    assert "england-skin-1999" in unknown.error[0]


def test_json_tells_all_that_the_text_tells(station: Station) -> None:
    put_file(station.card, "DCIM/100DERMA/NOTES.TXT", b"about somebody")
    answers = station.answers(fill_in(station.template(), pictures=["IMG_0001", "IMG_0002", "IMG_0003"]))
    said = station.signed_in("intake", station.card, "--answers", answers, "--json")
    assert (said.code, said.err) == (1, "")
    told = said.document
    assert {name: told[name] for name in ("sealed", "already_safe", "discarded", "erased", "kept", "card_clean")} == {
        "sealed": 3,
        "already_safe": 0,
        "discarded": 0,
        "erased": 3,
        "kept": False,
        "card_clean": False,
    }
    assert [left["file"] for left in told["left"]] == [
        "DCIM/100DERMA/IMG_0004.JPG",
        "DCIM/100DERMA/IMG_0005.JPG",
        "DCIM/100DERMA/NOTES.TXT",
    ]
    assert all(left["reason"] for left in told["left"])
    assert "not proven" in told["claim"], "an ordinary folder is neither FAT nor exFAT"
    assert (told["resumed"], told["findings"], len(told["episodes"])) == ([], [], 1)


def test_kept_pictures_are_in_the_vault_and_on_the_card(station: Station) -> None:
    answers, before = station.answers(fill_in(station.template())), files_below(station.card)
    said = station.signed_in("intake", station.card, "--answers", answers, "--keep")
    assert (said.code, said.err) == (1, "")
    assert "Sealed 5, already safe 0, discarded 0, erased 0." in said.out
    assert said.out.count("kept on the card, as asked") == 5
    assert files_below(station.card) == before
    assert station.run("vault", "info", "--json").document["pictures"] == 5


def test_one_file_holds_several_patients_and_what_is_given_up(station: Station) -> None:
    put_file(station.card, "DCIM/100DERMA/MVI_0006.THM", a_jpeg()[:200])
    template = station.template()
    first = fill_in(template, pictures=["IMG_0001", "IMG_0002", "IMG_0003"])
    second = fill_in(template, THOMAS, pictures=["IMG_0004", "IMG_0005"])
    head, discards = first[: first.index("[discards]")], first[first.index("[discards]") :]
    discards = put(discards, "  # { file", "  { file")
    discards = put(discards, 'reason = ""', 'reason = "a small copy of a movie that is not needed"')
    both = head + second[second.index("\n[[episodes]]") : second.index("[discards]")] + discards
    said = station.signed_in("intake", station.card, "--answers", station.answers(both), "--json")
    assert (said.code, said.err) == (0, "")
    told = said.document
    assert (len(told["episodes"]), told["sealed"], told["discarded"], told["erased"]) == (2, 5, 1, 6)
    assert told["card_clean"]
    assert files_below(station.card) == {}
    found = station.signed_in("find", "--json").document["episodes"]
    assert {entry["patient"]["family_name"]: entry["pictures"] for entry in found} == {"Ashgrove": 3, "Tamarind": 2}


def test_copies_of_one_picture_are_sealed_once_and_all_erased(station: Station) -> None:
    for name in ("A", "B"):
        put_file(station.card, f"DCIM/101DERMA/{name}.JPG", (station.card / "DCIM/100DERMA/IMG_0001.JPG").read_bytes())
    said = station.signed_in("intake", station.card, "--answers", station.answers(fill_in(station.template())))
    assert (said.code, said.err) == (0, "")
    assert "Sealed 5, already safe 2, discarded 0, erased 7." in said.out


def test_a_referral_without_photography_needs_no_pictures(station: Station) -> None:
    text = fill_in(station.template(), pictures=["none of them"])
    for name in ("answers.concern", "consent.consent"):
        text = put(text, f'{name} = "{"advice" if name.startswith("a") else "as-read"}"', f'{name} = ""')
    text = put(text, 'answers.concern = ""', 'answers.concern = "without-photography"')
    text = put(text, 'answers.no_photography = ""', 'answers.no_photography = "declines"')
    text = put(text, 'without_dermoscopic = "no dermatoscope"', 'without_dermoscopic = ""')
    text = put(
        text,
        '{ site = "forearm", laterality = "left", history = "3 months, changing" }',
        '{ site = "", laterality = "", history = "" }',
    )
    before = files_below(station.card)
    said = station.signed_in("intake", station.card, "--answers", station.answers(text), "--json")
    assert (said.code, said.document["sealed"], said.document["erased"]) == (1, 0, 0), said.err
    assert files_below(station.card) == before
    (entry,) = station.signed_in("find", "--route", "refer-without-photography", "--json").document["episodes"]
    assert entry["pictures"] == 0


def test_a_move_that_was_cut_off_is_finished_first_and_told(station: Station) -> None:
    answers = station.answers(fill_in(station.template(), pictures=["IMG_0001", "IMG_0002", "IMG_0003"]))
    stopped = station.program(
        "intake", station.card, "--answers", answers, "--passphrase-file", station.passphrase_file,
        through=station.stopped_at("SIGKILL", "unlink", station.card, 2),
    )  # fmt: skip
    assert stopped.code == -9
    fill_card(station.folder / "more", 1, first_seed=40)
    put_file(station.card, "DCIM/101DERMA/IMG_0009.JPG", next(iter(files_below(station.folder / "more").values())))
    said = station.signed_in("card", "erase", station.card, "--level", "files", "--json")
    assert said.code == 1
    assert [(done["sealed"], done["erased"]) for done in said.document["resumed"]] == [(3, 3)]
    assert [left["file"][-8:] for left in said.document["left"]] == ["0004.JPG", "0005.JPG", "0009.JPG"]


def test_a_line_says_one_thing_only(station: Station) -> None:
    answers = station.answers("")
    for wrong, what in (
        ((), "intake takes one of --ask, --answers FILE and --template."),
        (("--template", "--answers", answers), "intake takes one of --ask, --answers FILE and --template."),
        (("--template", "--keep"), "--keep belongs to --answers and --ask."),
        (("--answers", answers, "--pathway", "glos-skin-lesions"), "--pathway belongs to --template."),
    ):
        said = station.signed_in("intake", station.card, *wrong)
        assert (said.code, said.error[0]) == (2, what)
