"""What ExifTool, which knows every place where metadata are kept, finds in copies: nothing but structure."""

from pathlib import Path

import pytest
from PIL import Image

from core.model.picture import CoverBox
from core.photo.covering import covered_copy
from core.photo.derivative.bare_copy import bare_copy

from ....support.exiftool import more_than_structure, tags_of
from ....support.metadata import (
    exif_block,
    exif_segment,
    iptc_stream,
    jpeg_with,
    photoshop_block,
    photoshop_segment,
    png_with,
    position,
    segment,
    xmp_packet,
    xmp_segment,
)
from ....support.pictures import an_mpo, encoded, pixels
from ....support.profiles import P3, a_profile


def originals(orientation: int) -> dict[str, bytes]:
    """Pictures of every kind that can be sealed, full of metadata."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = orientation, "A. Doctor"
    thumbnail = encoded(pixels(size=(32, 24)), "JPEG")
    metadata = (
        exif_segment(
            exif_block({0x0112: orientation, 0x13B: "A. Doctor"}, {0xA431: "0123456"}, position(51.8642, -2.2382))
        ),
        xmp_segment(xmp_packet('<rdf:Description aux:OwnerName="P. Rowan"/>')),
        photoshop_segment(photoshop_block(iptc_stream((90, "Gloucester")))),
        segment(0xE0, b"JFXX\0\x10" + thumbnail),
        segment(0xFE, b"a comment"),
    )
    profile = a_profile(P3).replace(b"MARKER", b"A DESK")
    return {
        "colour.jpg": jpeg_with(encoded(pixels(), "JPEG", icc_profile=profile), *metadata),
        "grey.jpg": jpeg_with(encoded(pixels("L"), "JPEG"), *metadata),
        "cmyk.jpg": jpeg_with(encoded(pixels("CMYK"), "JPEG"), *metadata) + thumbnail,
        "progressive.jpg": jpeg_with(encoded(pixels(), "JPEG", progressive=True), *metadata),
        "several.mpo": jpeg_with(an_mpo(3), *metadata),
        "a.png": png_with(encoded(pixels(), "PNG", exif=exif, icc_profile=profile), (b"tEXt", b"Author\0A. Doctor")),
        "palette.png": encoded(pixels("P"), "PNG", exif=exif),
        "16.png": encoded(pixels("I;16"), "PNG", exif=exif),
        "a.tif": encoded(pixels(), "TIFF", exif=exif, icc_profile=profile),
        "16.tif": encoded(pixels("I;16"), "TIFF", exif=exif),
        "cmyk.tif": encoded(pixels("CMYK"), "TIFF", exif=exif),
    }


@pytest.mark.root
def test_copies_hold_nothing_but_structure(tmp_path: Path) -> None:
    for orientation in range(1, 9):
        for name, original in originals(orientation).items():
            (tmp_path / f"original-{orientation}-{name}").write_bytes(original)
            (tmp_path / f"bare-{orientation}-{name}").write_bytes(bare_copy(original).content)
            covered = covered_copy(original, [CoverBox(0, 0, 8, 8), CoverBox(20, 20, 21, 21)])
            (tmp_path / f"covered-{orientation}-{name}").write_bytes(covered)
    seen = {path.name: more_than_structure(tags) for path, tags in tags_of(sorted(tmp_path.iterdir())).items()}
    copies = {name: more for name, more in seen.items() if not name.startswith("original")}
    assert len(copies) == 8 * 11 * 2
    assert {name: more for name, more in copies.items() if more} == {}
    unseen = [name for name, more in seen.items() if name.startswith("original") and not more]
    assert unseen == [], "ExifTool finds what is there"
