"""Says from the first bytes what kind of picture a file claims to be.

The bytes decide and the name never does: on real cards a JPEG is called .NEF or
.THM and a PNG is called .JPG. Only the first HEAD_BYTES are looked at, so a
claim still has to be proven by decoding (opening.py).
"""

from enum import Enum

HEAD_BYTES = 512
"""How much of a file recognise() wants to see; DICOM's mark ends at 132."""


class PictureFormat(Enum):
    """What a picture is by its content. The value is its name on the screen."""

    JPEG = "JPEG"
    MPO = "MPO"
    PNG = "PNG"
    TIFF = "TIFF"
    HEIC = "HEIC"
    RAW = "RAW"
    GIF = "GIF"
    WEBP = "WebP"
    AVIF = "AVIF"
    JPEG_2000 = "JPEG 2000"
    JPEG_XL = "JPEG XL"
    BMP = "BMP"
    PSD = "Photoshop"
    DICOM = "DICOM"

    @property
    def decoded(self) -> bool:
        """Whether this version decodes it; every other format is named and left alone."""
        return self in (PictureFormat.JPEG, PictureFormat.MPO, PictureFormat.PNG, PictureFormat.TIFF)


TIFF_MARKS = (b"II*\0", b"MM\0*", b"MM*\0", b"II\0*", b"MM\0+", b"II+\0")
"""TIFF 6.0 and BigTIFF, and the two byte-swapped marks that Pillow takes as well."""

_MARKS: tuple[tuple[int, bytes, PictureFormat], ...] = (
    (0, b"\xff\xd8\xff", PictureFormat.JPEG),
    (0, b"\x89PNG\r\n\x1a\n", PictureFormat.PNG),
    *((0, mark, PictureFormat.TIFF) for mark in TIFF_MARKS),
    (0, b"II\x1a\0\0\0HEAPCCDR", PictureFormat.RAW),  # Canon CRW
    (0, b"FUJIFILMCCD-RAW", PictureFormat.RAW),  # RAF
    (0, b"IIRO", PictureFormat.RAW),  # Olympus ORF
    (0, b"IIRS", PictureFormat.RAW),
    (0, b"MMOR", PictureFormat.RAW),
    (0, b"IIU\0", PictureFormat.RAW),  # Panasonic RW2
    (0, b"FOVb", PictureFormat.RAW),  # Sigma X3F
    (0, b"\0MRM", PictureFormat.RAW),  # Minolta MRW
    (0, b"GIF87a", PictureFormat.GIF),
    (0, b"GIF89a", PictureFormat.GIF),
    (0, b"8BPS", PictureFormat.PSD),
    (0, b"\xff\x4f\xff\x51", PictureFormat.JPEG_2000),  # bare codestream
    (4, b"jP  \r\n\x87\n", PictureFormat.JPEG_2000),
    (0, b"\xff\x0a", PictureFormat.JPEG_XL),
    (4, b"JXL \r\n\x87\n", PictureFormat.JPEG_XL),
    (128, b"DICM", PictureFormat.DICOM),
)

_BRANDS = {
    b"heic": PictureFormat.HEIC,
    b"heix": PictureFormat.HEIC,
    b"heim": PictureFormat.HEIC,
    b"heis": PictureFormat.HEIC,
    b"hevc": PictureFormat.HEIC,
    b"hevx": PictureFormat.HEIC,
    b"hevm": PictureFormat.HEIC,
    b"hevs": PictureFormat.HEIC,
    b"avif": PictureFormat.AVIF,
    b"avis": PictureFormat.AVIF,
    b"crx ": PictureFormat.RAW,  # Canon CR3
}
"""ISO 23008-12 (HEIF) and its kin: the brand says which codec is inside."""

_GENERAL_BRANDS = (b"mif1", b"msf1", b"mif2", b"miaf")
"""HEIF without saying the codec; then the compatible brands are asked."""


def recognise(head: bytes) -> PictureFormat | None:
    """What the first HEAD_BYTES of a file claim; None when they are no picture's known to us."""
    for offset, mark, claimed in _MARKS:
        if head[offset : offset + len(mark)] == mark:
            return claimed
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return PictureFormat.WEBP
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" and head[14:18] in _BMP_HEADER_SIZES:
        return PictureFormat.BMP
    return _by_brand(head)


_BMP_HEADER_SIZES = tuple(size.to_bytes(4, "little") for size in (12, 16, 40, 52, 56, 64, 108, 124))


def _by_brand(head: bytes) -> PictureFormat | None:
    if head[4:8] != b"ftyp":
        return None
    major = head[8:12]
    if major in _BRANDS:
        return _BRANDS[major]
    if major not in _GENERAL_BRANDS:
        return None
    end = min(int.from_bytes(head[:4], "big"), len(head))
    compatible = (head[start : start + 4] for start in range(16, end - 3, 4))
    return next((_BRANDS[brand] for brand in compatible if brand in _BRANDS), PictureFormat.HEIC)
