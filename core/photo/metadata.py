"""Reads what a picture says of itself: EXIF, and a position in XMP.

EXIF of real cameras is broken in every way there is. Each tag is read for itself,
so that one broken tag costs that tag only; what could not be read is a remark.
"""

import math
from collections.abc import Mapping
from typing import Any

from PIL import ExifTags, ImageFile, TiffImagePlugin

from .facts import LYING, PictureFacts, untrusted_text
from .pillow import PILLOW_ERRORS, reason_of, reraise_medium_error

_DNG_CAMERA_SERIAL = 0xC62F


def read_facts(image: ImageFile.ImageFile) -> tuple[PictureFacts, tuple[str, ...]]:
    """The facts of a picture, and a remark for each part of its EXIF that is broken.

    image: a JPEG or TIFF before it is decoded, because decoding changes its size and
    orientation; a PNG after. Raises OSError only for errors of the medium.
    """
    remarks: list[str] = []
    main = _directory(image, None, remarks)
    details = _directory(image, ExifTags.IFD.Exif, remarks)
    place = _directory(image, ExifTags.IFD.GPSInfo, remarks)
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
        has_place=_is_position(place) or _xmp_has_position(image),
        owner=untrusted_text(details.get(ExifTags.Base.CameraOwnerName) or main.get(ExifTags.Base.Artist)),
        serial=untrusted_text(details.get(ExifTags.Base.BodySerialNumber) or main.get(_DNG_CAMERA_SERIAL)),
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


def _is_position(place: Mapping[int, Any]) -> bool:
    """A latitude and a longitude that are numbers. A GPS directory alone is no place:
    many cameras write one without ever having seen a satellite, or with all zeros."""
    latitude = _degrees(place.get(ExifTags.GPS.GPSLatitude))
    longitude = _degrees(place.get(ExifTags.GPS.GPSLongitude))
    return latitude is not None and longitude is not None and (latitude, longitude) != (0.0, 0.0)


def _degrees(value: object) -> float | None:
    """Degrees, minutes and seconds as one number; None when they are missing or no numbers."""
    parts = value if isinstance(value, tuple) else (value,)
    try:
        numbers = [float(part) for part in parts]
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    if not numbers or any(math.isnan(number) for number in numbers):  # 0/0 reads as NaN
        return None
    return math.fsum(number / 60.0**power for power, number in enumerate(numbers))


def _xmp_has_position(image: ImageFile.ImageFile) -> bool:
    """Whether the XMP packet names a position: phones' editors keep it there after EXIF was cleaned."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    if isinstance(packet, str):
        packet = packet.encode("utf-8", "replace")
    return isinstance(packet, bytes) and b"GPSLatitude" in packet and b"GPSLongitude" in packet
