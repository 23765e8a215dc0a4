"""`dermlock card inspect` tells the quality of each picture, by the practice's own limits where it has some."""

from pathlib import Path

from core.photo.quality import limits

from ...support.cards import put_file
from ...support.pictures import a_jpeg
from ...support.station import Station

SHIPPED = Path(limits.__file__).with_name("limits.toml")


def test_inspecting_tells_the_quality_in_words_and_in_figures(station: Station) -> None:
    put_file(station.card, "DCIM/100DERMA/IMG_0009.JPG", a_jpeg(1, (1600, 1200)))
    put_file(station.card, "DCIM/100DERMA/NOTES.TXT", b"about somebody")
    lines = station.run("card", "inspect", station.card).out.splitlines()
    said = {line.split()[0].rpartition("/")[2]: line for line in lines}
    assert said["IMG_0001.JPG"].endswith(": too small, 320 x 240 pixels where 800 x 600 are the least")
    assert said["IMG_0009.JPG"].endswith(" bytes")
    files = station.run("card", "inspect", station.card, "--json").document["files"]
    quality = {file["file"].rpartition("/")[2]: file["quality"] for file in files}
    assert quality["NOTES.TXT"] is None
    assert quality["IMG_0001.JPG"]["concerns"] == ["too-small"]
    assert quality["IMG_0009.JPG"]["concerns"] == []
    assert quality["IMG_0009.JPG"]["focus"] > 1.95
    assert set(quality["IMG_0009.JPG"]) == {"concerns", "focus", "levels", "lit", "washed_out", "limits"}


def test_a_practice_names_limits_of_its_own_and_a_fault_in_them_is_said(station: Station) -> None:
    own = station.folder / "limits.toml"
    mild = SHIPPED.read_text().replace("least_size = [800, 600]", "least_size = [320, 240]")
    own.write_text(mild.replace("review_by = 2027-04-01", "review_by = 9999-01-02"))
    station.set(quality_limits=str(own))
    said = station.run("card", "inspect", station.card)
    assert "too small" not in said.out
    assert "reviewed" not in said.out
    own.write_text(mild.replace("review_by = 2027-04-01", "review_by = 2001-01-02"))
    said = station.run("card", "inspect", station.card)
    assert "were to be reviewed by 02 January 2001" in said.out
    assert said.code == 0
    own.write_text(SHIPPED.read_text().replace("dark_below = 45", "dark_below = 300"))
    refused = station.run("card", "inspect", station.card)
    assert refused.code == 2
    assert "dark_below" in refused.error[0]
    assert "quality_limits" in refused.error[1]


def test_a_template_says_it_beside_the_picture(station: Station) -> None:
    assert "Quality: too small, 320 x 240 pixels" in " ".join(station.template().replace("#", "").split())
