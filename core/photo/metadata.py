"""Reads what is shown of a picture from its EXIF: camera, time, orientation.

What could identify somebody is read elsewhere (traces/). EXIF of real cameras is
broken in every way there is. Each tag is read for itself, so that one broken tag
costs that tag only; what could not be read is a remark.
"""

from collections.abc import Mapping
from typing import Any

from PIL import ExifTags, ImageFile, TiffImagePlugin

from .facts import LYING, PictureFacts, untrusted_text
from .pillow import PILLOW_ERRORS, reason_of, reraise_medium_error


def read_facts(image: ImageFile.ImageFile) -> tuple[PictureFacts, tuple[str, ...]]:
    """The facts of a picture without its traces, and a remark for each part of its EXIF that is broken.

    image: a JPEG or TIFF before it is decoded, because decoding changes its size and
    orientation; a PNG after. Raises OSError only for errors of the medium.
    """
    remarks: list[str] = []
    main = _directory(image, None, remarks)
    details = _directory(image, ExifTags.IFD.Exif, remarks)
    orientation = _orientation(main.get(ExifTags.Base.Orientation))
    width, height = image.size
    if isinstance(image, TiffImagePlugin.TiffImageFile) and orientation in LYING:
        width, height = height, width  # Pillow tells a TIFF's size as if upright
    facts = PictureFacts(
        width=width,
        height=height,
        orientation=orientation,
        taken_at=untrusted_text(
            details.get(ExifTags.Base.DateTimeOriginal)
            or details.get(ExifTags.Base.DateTimeDigitized)
            or main.get(ExifTags.Base.DateTime)
        ),
        make=untrusted_text(main.get(ExifTags.Base.Make)),
        model=untrusted_text(main.get(ExifTags.Base.Model)),
    )
    return facts, tuple(dict.fromkeys(remarks))


def read_orientation(image: ImageFile.ImageFile) -> int:
    """EXIF 1 to 8 as Pillow has it now: 1 once a TIFF was turned upright, and when it is broken."""
    return _orientation(_directory(image, None, []).get(ExifTags.Base.Orientation))


def _directory(image: ImageFile.ImageFile, part: ExifTags.IFD | None, remarks: list[str]) -> dict[int, Any]:
    """One EXIF directory, without the tags that cannot be decoded. Empty when there is none."""
    try:
        exif = image.getexif()
        source: Mapping[int, Any] = exif if part is None else exif.get_ifd(part)
        tags = list(source)
    except PILLOW_ERRORS as error:
        reraise_medium_error(error)
        remarks.append(f"its EXIF cannot be read: {reason_of(error)}")
        return {}
    found = {}
    for tag in tags:
        try:
            found[tag] = source[tag]
        except PILLOW_ERRORS as error:
            reraise_medium_error(error)
            remarks.append(f"its EXIF tag {tag} cannot be read: {reason_of(error)}")
    return found


def _orientation(value: object) -> int:
    if isinstance(value, tuple) and value:
        value = value[0]
    return value if isinstance(value, int) and 1 <= value <= 8 else 1
