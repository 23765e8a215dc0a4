"""What a file betrays by itself: warnings, quoted safely, and when the phone questions come."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.card.card import CardFile, FileKind
from core.identifiability.findings import findings, looks_like_a_phone
from core.photo.facts import Trace, TraceKind

from ...support.clinic import other_file, picture


def test_a_camera_that_says_nothing_gives_no_finding() -> None:
    file = picture("IMG_0001.JPG", make="Canon", model="Canon EOS 90D")
    assert findings(file) == ()
    assert not looks_like_a_phone(file)


def test_place_owner_and_serial_are_named() -> None:
    found = findings(picture("IMG_0001.JPG", has_place=True, owner="Dr A. Yew", serial="0123456"))
    assert found == (
        "The place where it was taken is in the file.",
        "The camera's owner is named in the file: “Dr A. Yew”.",
        "The camera's serial number is in the file: “0123456”.",
    )


@pytest.mark.parametrize(
    ("make", "model"),
    [
        ("Apple", "iPhone 15"),
        ("apple", ""),
        ("samsung", "SM-G991B"),
        ("Google", "Pixel 8"),
        ("HUAWEI", "ELE-L29"),
        ("Xiaomi", "M2101K6G"),
        ("LG Electronics", "LM-G850"),
        ("LGE", "Nexus 5"),
        ("HMD Global", "Nokia X20"),
        ("Nothing", "A063"),
        ("Fairphone", "FP4"),
        ("Sony", "XQ-AS52"),
        ("Sony Mobile Communications", "E6653"),
        ("Microsoft", "Lumia 950"),
        ("", "iPhone 12 mini"),
        ("Unknown", "Galaxy S22"),
    ],
)
def test_phones_are_told_by_make_or_model(make: str, model: str) -> None:
    file = picture("IMG_0001.JPG", make=make, model=model)
    assert looks_like_a_phone(file)
    assert findings(file) == (f"It was taken with a phone: “{f'{make} {model}'.strip()}”.",)


@pytest.mark.parametrize(
    ("make", "model"),
    [
        ("SONY", "DSC-RX100M7"),
        ("SONY", "ILCE-7M3"),
        ("SONY", "ZV-1"),
        ("SONY", ""),
        ("Microsoft", "LifeCam"),
        ("NIKON CORPORATION", "NIKON D5600"),
        ("Panasonic", "DC-TZ95"),
        ("DermLite", "DL5"),
        ("Catalyst", "HandyScope"),
        ("", ""),
    ],
)
def test_cameras_are_not_taken_for_phones(make: str, model: str) -> None:
    assert not looks_like_a_phone(picture("IMG_0001.JPG", make=make, model=model))


def test_a_place_in_the_file_brings_the_phone_questions() -> None:
    assert looks_like_a_phone(picture("IMG_0001.JPG", make="Canon", has_place=True))


@pytest.mark.parametrize("folder", ["100APPLE", "101apple", "100ANDRO", "100MEDIA", "Camera", "202611__", "202611_a"])
def test_a_phone_is_told_by_its_folder(folder: str) -> None:
    file = picture(f"DCIM/{folder}/IMG_0001.JPG")
    assert looks_like_a_phone(file)
    assert findings(file) == ("It lies in a phone's folder.",)


@pytest.mark.parametrize(
    "path", ["DCIM/100CANON/IMG_0001.JPG", "Camera/IMG_0001.JPG", "DCIM/Camera", "Backup/100APPLE/IMG_0001.JPG"]
)
def test_other_folders_are_no_phones(path: str) -> None:
    assert not looks_like_a_phone(picture(path))


def test_what_is_no_picture_has_no_facts_and_still_a_folder() -> None:
    assert findings(other_file("DCIM/100CANON/MOV_0001.MP4", FileKind.MOVIE)) == ()
    assert looks_like_a_phone(other_file("DCIM/100APPLE/IMG_0001.MOV", FileKind.MOVIE))


@pytest.mark.parametrize(
    "hostile", ["\x1b[2J\x1b]0;owned\x07", "Yew\nFinding: nothing", "a\u202eb", "\x9b31m", "\ud800"]
)
def test_metadata_is_quoted_without_what_a_terminal_obeys(hostile: str) -> None:
    for found in findings(picture("IMG_0001.JPG", owner=hostile, serial=hostile, make="Apple", model=hostile)):
        assert found.isprintable()
        assert "?" in found


@settings(deadline=None)
@given(st.text(min_size=1))
def test_metadata_of_any_length_stays_one_short_line(untrusted_text: str) -> None:
    for found in findings(picture("IMG_0001.JPG", owner=untrusted_text, serial=untrusted_text)):
        assert found.isprintable()
        assert len(found) < 100


def with_traces(*traces: Trace) -> CardFile:
    file = picture("IMG_0001.JPG")
    assert file.facts is not None
    return replace(file, facts=replace(file.facts, traces=traces))


@pytest.mark.parametrize("kind", TraceKind)
def test_every_kind_of_trace_has_one_sentence_with_what_it_says(kind: TraceKind) -> None:
    (found,) = findings(with_traces(Trace(kind, "Ann Yew")))
    assert found.endswith(".")
    assert ("“Ann Yew”" in found) is (kind is not TraceKind.POSITION), "a position is no use on a screen"
    assert not looks_like_a_phone(with_traces(Trace(kind, "Ann Yew"))) or kind is TraceKind.POSITION


def test_several_of_one_kind_share_a_sentence() -> None:
    names = [Trace(TraceKind.AUTHOR, name) for name in ("Ann Yew", "Tom Yew", "Sam Yew", "Pat Yew")]
    assert findings(with_traces(*names[:2])) == ("Who took it is named in the file: “Ann Yew”, “Tom Yew”.",)
    assert findings(with_traces(*names)) == ("Who took it is named in the file: “Ann Yew”, “Tom Yew” and 2 more.",)


def test_what_tells_of_the_patient_comes_before_what_tells_of_the_camera() -> None:
    kinds = (TraceKind.SERIAL, TraceKind.OWNER, TraceKind.WORDS, TraceKind.PERSON, TraceKind.POSITION)
    found = findings(with_traces(*(Trace(kind, kind.value) for kind in kinds)))
    assert [sentence.partition(":")[0] for sentence in found] == [
        "The place where it was taken is in the file.",
        "Somebody in it is named in the file",
        "Somebody wrote in the file",
        "The camera's owner is named in the file",
        "The camera's serial number is in the file",
    ]


def test_what_was_cut_short_shows_that_it_was() -> None:
    (found,) = findings(picture("IMG_0001.JPG", owner="Y" * 41))
    assert found.endswith(f"“{'Y' * 40}…”.")
