from pathlib import PurePosixPath

import pytest

from core.card.card import FileKind
from core.card.kinds import kind_of_claimed, kind_of_undecoded, oddity_of_name
from core.photo.recognising import PictureFormat


def transport_stream(first: int, step: int) -> bytes:
    head = bytearray(512)
    for at in range(first, 512, step):
        head[at] = 0x47
    return bytes(head)


MOVIES = {
    "mp4": b"\0\0\0\x18ftypmp42",
    "old QuickTime": b"\0\0\x0f\x17moov\0\0\0lmvhd",
    "AVI": b"RIFF\0\0\0\0AVI LIST",
    "Matroska": b"\x1aE\xdf\xa3\x9fB\x86",
    "MPEG": b"\0\0\x01\xba!\0",
    "AVCHD": transport_stream(4, 192),
    "transport stream": transport_stream(0, 188),
}


@pytest.mark.parametrize("head", MOVIES.values(), ids=MOVIES.keys())
def test_movies_are_known_by_their_content(head: bytes) -> None:
    kind, note = kind_of_undecoded(PurePosixPath("DCIM/100CANON/MVI_0001.JPG"), head, 10_000)
    assert kind is FileKind.MOVIE
    assert "seals JPEG" in note


@pytest.mark.parametrize(
    ("path", "head", "kind", "said"),
    [
        ("DCIM/100CANON/MVI_0001.THM", b"", FileKind.SIDE_FILE, "small picture of a movie, empty"),
        ("DCIM/CANONMSC/M0100.CTG", b"\4\0\0", FileKind.SIDE_FILE, "catalogue"),
        ("DCIM/100APPLE/IMG_0001.AAE", b"<?xml", FileKind.SIDE_FILE, "edits"),
        ("DCIM/100CANON/._IMG_0001.JPG", b"\0\5\x16\7\0\2", FileKind.SIDE_FILE, "Mac"),
        ("DCIM/100CANON/COPY.BIN", b"\0\5\x16\7\0\2", FileKind.SIDE_FILE, "Mac"),
        ("MISC/AUTPRINT.MRK", b"[HDR]", FileKind.SIDE_FILE, "print order"),
        ("DCIM/Thumbs.db", b"\xd0\xcf", FileKind.SIDE_FILE, "small pictures"),
        ("DCIM/Thumbs.db", b"", FileKind.CLUTTER, "small pictures"),
        ("DCIM/.DS_Store", b"\0\0\0\1Bud1", FileKind.SIDE_FILE, "names of files"),
        ("DCIM/.thumbnails/.thumbdata4--1", b"\1\2", FileKind.SIDE_FILE, "small pictures"),
        (".Trashes/501/IMG_0002.JPG", b"", FileKind.CLUTTER, "trash"),
        (".Trash-1000/files/a", b"x", FileKind.SIDE_FILE, "trash"),
        ("System Volume Information/IndexerVolumeGuid", b"{\0", FileKind.CLUTTER, "Windows"),
        ("NIKON001.DSC", b"NO NAME", FileKind.CLUTTER, "camera"),
        ("DCIM/100CANON/IMG_0001.JPG", b"", FileKind.UNREADABLE, "it is empty"),
        ("DCIM/100CANON/IMG_0001.JPG", bytes(99), FileKind.UNREADABLE, "nothing but zeros"),
        ("DCIM/100CANON/IMG_0001.CR2", b"Dear Dr Smith,\r\n", FileKind.UNREADABLE, "it holds text"),
        ("DCIM/100CANON/IMG_0001.HEIC", b"\1\2\3", FileKind.UNREADABLE, "nothing that is known"),
        ("DCIM/100CANON/MVI_0001.MOV", b"\1\2\3", FileKind.UNREADABLE, "named as a movie"),
        ("DCIM/100CANON/SND_0001.WAV", b"RIFF\0\0\0\0WAVEfmt ", FileKind.UNKNOWN, "sound"),
        ("letter.odt", b"PK\3\4", FileKind.UNKNOWN, "not a kind of file"),
        ("README", b"", FileKind.UNKNOWN, "it is empty"),
    ],
)
def test_other_files_are_named_by_content_and_then_by_name(path: str, head: bytes, kind: FileKind, said: str) -> None:
    found, note = kind_of_undecoded(PurePosixPath(path), head, len(head))
    assert found is kind
    assert said in note


@pytest.mark.parametrize(
    ("path", "claimed", "head", "kind"),
    [
        ("a.HEIC", PictureFormat.HEIC, b"", FileKind.HEIC),
        ("a.JPG", PictureFormat.RAW, b"", FileKind.RAW),
        ("a.NEF", PictureFormat.TIFF, b"II*\0", FileKind.RAW),
        ("a.JPG", PictureFormat.TIFF, b"II*\0\x10\0\0\0CR\2\0", FileKind.RAW),
        ("a.TIF", PictureFormat.TIFF, b"II*\0\x10\0\0\0", FileKind.UNREADABLE),
        ("a.NEF", PictureFormat.JPEG, b"\xff\xd8", FileKind.UNREADABLE),
        ("a.PNG", PictureFormat.PNG, b"\x89PNG", FileKind.UNREADABLE),
        ("a.JPG", PictureFormat.GIF, b"GIF89a", FileKind.OTHER_PICTURE),
        ("a.dcm", PictureFormat.DICOM, b"", FileKind.OTHER_PICTURE),
    ],
)
def test_what_claims_to_be_a_picture_keeps_its_kind(
    path: str, claimed: PictureFormat, head: bytes, kind: FileKind
) -> None:
    found, note = kind_of_claimed(PurePosixPath(path), claimed, "its header is damaged", head)
    assert found is kind
    assert ("its header is damaged" in note) is (kind is FileKind.UNREADABLE)
    assert note


@pytest.mark.parametrize(
    ("path", "found", "said"),
    [
        ("DCIM/IMG_0001.JPG", PictureFormat.JPEG, ""),
        ("DCIM/IMG_0001.JPG", PictureFormat.MPO, ""),
        ("DCIM/IMG_0001.jpeg", PictureFormat.JPEG, ""),
        ("DCIM/IMG_0001.JPG", PictureFormat.PNG, "but it is a PNG"),
        ("DCIM/IMG_0001.NEF", PictureFormat.JPEG, "but it is a JPEG"),
        ("DCIM/IMG_0001", PictureFormat.JPEG, "but it is a JPEG"),
        ("DCIM/IMG_0001.DNG", PictureFormat.TIFF, "RAW file"),
        ("DCIM/MVI_0001.THM", PictureFormat.JPEG, "small picture of a movie"),
        (".Trashes/501/IMG_0001.JPG", PictureFormat.JPEG, "trash"),
    ],
)
def test_a_name_that_says_something_else_is_worth_a_note(path: str, found: PictureFormat, said: str) -> None:
    note = oddity_of_name(PurePosixPath(path), found)
    assert said in note
    assert bool(note) is bool(said)
