"""Traces in XMP, where programmes and phones keep names, places and faces that EXIF has no room for.

Read with expat itself, namespaces and all, so that another prefix hides nothing. A
document type is refused before anything in it is expanded: XMP has none (XMP
specification, part 1, section 7), and entities are how XML is made to explode.
"""

import math
import re
from collections.abc import Iterator
from xml.parsers import expat  # a document type is refused

from ..facts import Trace, TraceKind
from .lines import named, position_trace

PACKET_LIMIT = 4 << 20
"""Bytes of one packet that are read; phones' depth maps reach megabytes, and names stand before them."""

DEPTH_LIMIT = 64

_EXIF = "http://ns.adobe.com/exif/1.0/"
_EXIF_EX = "http://cipa.jp/exif/1.0/"
_AUX = "http://ns.adobe.com/exif/1.0/aux/"
_TIFF = "http://ns.adobe.com/tiff/1.0/"
_DC = "http://purl.org/dc/elements/1.1/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_RIGHTS = "http://ns.adobe.com/xap/1.0/rights/"
_IPTC_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
_IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_REGIONS = "http://www.metadataworkinggroup.com/schemas/regions/"
_MS_REGION = "http://ns.microsoft.com/photo/1.2/t/Region#"
_PLUS = "http://ns.useplus.org/ldf/xmp/1.0/"
_DIGIKAM = "http://www.digikam.org/ns/1.0/"
_LIGHTROOM = "http://ns.adobe.com/lightroom/1.0/"

_KINDS = {
    TraceKind.OWNER: ((_AUX, "OwnerName"), (_EXIF_EX, "CameraOwnerName")),
    TraceKind.AUTHOR: (
        (_DC, "creator"),
        (_DC, "contributor"),
        (_TIFF, "Artist"),
        (_EXIF, "Artist"),
        (_EXIF_EX, "Photographer"),
        (_EXIF_EX, "ImageEditor"),
        (_PHOTOSHOP, "CaptionWriter"),
        (_PLUS, "ImageCreatorName"),
        (_IPTC_CORE, "CiEmailWork"),
        (_IPTC_CORE, "CiTelWork"),
    ),
    TraceKind.RIGHTS: (
        (_DC, "rights"),
        (_TIFF, "Copyright"),
        (_EXIF, "Copyright"),
        (_PHOTOSHOP, "Credit"),
        (_PHOTOSHOP, "Source"),
        (_RIGHTS, "Owner"),
        (_PLUS, "CopyrightOwnerName"),
        (_PLUS, "LicensorName"),
    ),
    TraceKind.PERSON: ((_REGIONS, "Name"), (_MS_REGION, "PersonDisplayName"), (_IPTC_EXT, "PersonInImage")),
    TraceKind.SERIAL: ((_AUX, "SerialNumber"), (_EXIF_EX, "BodySerialNumber")),
    TraceKind.LENS_SERIAL: ((_AUX, "LensSerialNumber"), (_EXIF_EX, "LensSerialNumber")),
    TraceKind.COMPUTER: ((_TIFF, "HostComputer"),),
    TraceKind.PLACE_NAME: (
        (_PHOTOSHOP, "City"),
        (_PHOTOSHOP, "State"),
        (_PHOTOSHOP, "Country"),
        (_IPTC_CORE, "Location"),
        (_IPTC_CORE, "CountryCode"),
        (_IPTC_CORE, "CiAdrCity"),
        (_IPTC_EXT, "City"),
        (_IPTC_EXT, "Sublocation"),
        (_IPTC_EXT, "ProvinceState"),
        (_IPTC_EXT, "CountryName"),
        (_IPTC_EXT, "LocationName"),
    ),
    TraceKind.WORDS: (
        (_DC, "description"),
        (_DC, "title"),
        (_DC, "subject"),
        (_TIFF, "ImageDescription"),
        (_EXIF, "UserComment"),
        (_PHOTOSHOP, "Headline"),
        (_DIGIKAM, "TagsList"),
        (_LIGHTROOM, "hierarchicalSubject"),
    ),
}
_KIND_OF = {f"{namespace} {name}": kind for kind, names in _KINDS.items() for namespace, name in names}
_LATITUDE, _LONGITUDE = f"{_EXIF} GPSLatitude", f"{_EXIF} GPSLongitude"
_WANTED = frozenset({*_KIND_OF, _LATITUDE, _LONGITUDE})

_COORDINATE = re.compile(r"\s*(\d{1,3})(?:,(\d{1,3}(?:\.\d*)?))?(?:,(\d{1,3}(?:\.\d*)?))?\s*([NSEWnsew])\s*", re.ASCII)
"""“51,51.852N” or “51,51,51.12N” (XMP specification, part 2, GPSCoordinate)."""


class _RefusedError(Exception):
    """The packet has a document type, or nests deeper than any XMP."""


def xmp_traces(packet: bytes) -> Iterator[Trace]:
    """packet: one XMP document, with padding or without. Never raises for what is broken.

    Of a broken one it gives what came before; there a position counts wherever it is named.
    """
    found, whole = _wanted_values(packet.strip(b"\0 \r\n\t")[:PACKET_LIMIT])
    for name, value in found:
        if name in _KIND_OF:
            yield from named(_KIND_OF[name], value)
    latitudes, longitudes = (
        [degrees for name, value in found if name == wanted and (degrees := _degrees(value)) is not None]
        for wanted in (_LATITUDE, _LONGITUDE)
    )
    for latitude, longitude in zip(latitudes, longitudes, strict=False):
        if latitude or longitude:
            yield position_trace(latitude, longitude)
    if not whole and b"GPSLatitude" in packet and b"GPSLongitude" in packet:
        yield Trace(TraceKind.POSITION, "named in XMP that is broken")


def _wanted_values(packet: bytes) -> tuple[list[tuple[str, str]], bool]:
    """Attributes and elements by namespace and name, and whether the packet could be read to its end.

    The texts below an element (rdf:Alt, rdf:li) are its values.
    """
    found: list[tuple[str, str]] = []
    path: list[str] = []
    text: list[str] = []

    def close_text() -> None:
        value = "".join(text).strip()
        text.clear()
        name = next((name for name in reversed(path) if name in _WANTED), None)
        if name is not None and value:
            found.append((name, value))

    def start(name: str, attributes: dict[str, str]) -> None:
        close_text()
        path.append(name)
        if len(path) > DEPTH_LIMIT:
            raise _RefusedError
        found.extend((name, value) for name, value in attributes.items() if name in _WANTED)

    def end(_name: str) -> None:
        close_text()
        path.pop()

    def refuse(*_: object) -> None:
        raise _RefusedError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(packet, True)
    except (expat.ExpatError, _RefusedError, ValueError):  # ValueError: an encoding that Python does not know
        return found, False
    return found, True


def _degrees(written: str) -> float | None:
    parts = _COORDINATE.fullmatch(written)
    if parts is None:
        return None
    degrees = math.fsum(float(part or 0) / 60.0**power for power, part in enumerate(parts.groups()[:3]))
    return -degrees if parts[4] in "SWsw" else degrees
