import pytest

from core.photo.recognising import HEAD_BYTES, PictureFormat, recognise
from tests.support.pictures import a_jpeg, a_png, a_tiff, an_mpo, encoded, pixels


def ftyp(major: bytes, *compatible: bytes) -> bytes:
    body = b"ftyp" + major + bytes(4) + b"".join(compatible)
    return (len(body) + 4).to_bytes(4, "big") + body + b"\0\0\0\x08mdat"


@pytest.mark.parametrize(
    ("head", "claimed"),
    [
        (a_jpeg()[:HEAD_BYTES], PictureFormat.JPEG),
        (an_mpo()[:HEAD_BYTES], PictureFormat.JPEG),  # only decoding tells an MPO
        (a_png()[:HEAD_BYTES], PictureFormat.PNG),
        (a_tiff()[:HEAD_BYTES], PictureFormat.TIFF),
        (encoded(pixels(), "GIF")[:HEAD_BYTES], PictureFormat.GIF),
        (encoded(pixels(), "BMP")[:HEAD_BYTES], PictureFormat.BMP),
        (encoded(pixels(), "WEBP")[:HEAD_BYTES], PictureFormat.WEBP),
        (encoded(pixels(), "JPEG2000")[:HEAD_BYTES], PictureFormat.JPEG_2000),
        (ftyp(b"heic"), PictureFormat.HEIC),
        (ftyp(b"mif1", b"miaf", b"heic"), PictureFormat.HEIC),
        (ftyp(b"mif1", b"avif"), PictureFormat.AVIF),
        (ftyp(b"avif"), PictureFormat.AVIF),
        (ftyp(b"crx "), PictureFormat.RAW),
        (b"II\x1a\0\0\0HEAPCCDR", PictureFormat.RAW),
        (b"FUJIFILMCCD-RAW 0201", PictureFormat.RAW),
        (b"IIRO\x08\0\0\0", PictureFormat.RAW),
        (bytes(128) + b"DICM", PictureFormat.DICOM),
        (ftyp(b"qt  "), None),
        (ftyp(b"isom", b"avc1"), None),
        (b"BMW is not a bitmap", None),
        (b"RIFF\0\0\0\0AVI LIST", None),
        (bytes(HEAD_BYTES), None),
        (b"", None),
    ],
)
def test_the_first_bytes_say_what_a_file_claims_to_be(head: bytes, claimed: PictureFormat | None) -> None:
    assert recognise(head) is claimed


def test_only_four_formats_are_decoded() -> None:
    assert {format_.value for format_ in PictureFormat if format_.decoded} == {"JPEG", "MPO", "PNG", "TIFF"}
