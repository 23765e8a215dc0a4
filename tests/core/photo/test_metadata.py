import pytest
from PIL import Image

from core.photo.drawing import DrawnCamera
from core.photo.facts import TEXT_LIMIT, TraceKind, untrusted_text
from core.photo.opening import open_untrusted
from tests.support.pictures import a_jpeg, encoded, pixels

MAKE, MODEL, ORIENTATION, DATE = 0x010F, 0x0110, 0x0112, 0x0132
DETAILS = 0x8769


def with_exif(image_format: str = "JPEG", size: tuple[int, int] = (64, 48), **directories: dict[int, object]) -> bytes:
    exif = Image.Exif()
    for tag, value in directories.get("main", {}).items():
        exif[tag] = value
    exif.get_ifd(DETAILS).update(directories.get("details", {}))
    return encoded(pixels(size=size), image_format, exif=exif)


def test_a_drawn_picture_tells_its_camera_time_place_and_owner() -> None:
    camera = DrawnCamera("Canon", "Canon EOS 600D", serial="123063022888", owner="Practice nurse")
    facts = open_untrusted(a_jpeg(size=(320, 240), camera=camera, gps=True, orientation=6)).facts
    assert (facts.width, facts.height, facts.orientation) == (320, 240, 6)
    assert (facts.make, facts.model) == ("Canon", "Canon EOS 600D")
    assert facts.taken_at == "2026:03:04 09:30:00"
    assert {trace.kind: trace.text for trace in facts.traces} == {
        TraceKind.SERIAL: "123063022888",
        TraceKind.OWNER: "Practice nurse",
        TraceKind.POSITION: "51.86420,-2.23820",
    }
    assert facts.has_place


def test_a_picture_without_exif_tells_its_size_and_nothing_else() -> None:
    facts = open_untrusted(encoded(pixels(), "JPEG")).facts
    assert (facts.width, facts.height, facts.orientation, facts.has_place) == (64, 48, 1, False)
    assert facts.taken_at == facts.make == facts.model == ""
    assert facts.traces == ()


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_sizes_are_as_stored_whatever_the_orientation(image_format: str, orientation: int) -> None:
    facts = open_untrusted(with_exif(image_format, main={ORIENTATION: orientation})).facts
    assert (facts.width, facts.height, facts.orientation) == (64, 48, orientation)


@pytest.mark.parametrize("value", [0, 9, 65535])
def test_a_nonsense_orientation_is_upright(value: int) -> None:
    assert open_untrusted(with_exif(main={ORIENTATION: value})).facts.orientation == 1


def test_the_time_falls_back_to_when_it_was_digitised_and_then_changed() -> None:
    assert open_untrusted(with_exif(details={0x9004: "2026:01:02 03:04:05"})).facts.taken_at == "2026:01:02 03:04:05"
    assert open_untrusted(with_exif(main={DATE: "2026:01:02 03:04:06"})).facts.taken_at == "2026:01:02 03:04:06"


def test_broken_exif_costs_only_what_is_broken() -> None:
    whole = with_exif(main={MAKE: "Canon", MODEL: "A camera with a long name"})
    start = whole.index(b"Exif\0\0") + 6
    cut = bytearray(whole)
    entry = whole.index(b"\x10\x01\x02\x00", start) if b"\x10\x01\x02\x00" in whole else whole.index(b"\x01\x10\0\x02")
    cut[entry + 8 : entry + 12] = b"\xff\xff\xff\x7f"  # the model lies beyond the end
    opened = open_untrusted(bytes(cut))
    assert opened.facts.make == "Canon"
    assert opened.facts.model == ""
    assert opened.remarks


@pytest.mark.parametrize("exif", [b"what is this", b"MM", b"MM\0*\0\0\0\x08\0", b"II*\0\xff\xff\xff\xff"])
def test_a_picture_with_rubbish_for_exif_is_still_a_picture(exif: bytes) -> None:
    opened = open_untrusted(encoded(pixels(), "JPEG", exif=b"Exif\0\0" + exif))
    assert (opened.facts.width, opened.facts.make, opened.facts.orientation) == (64, "", 1)


def test_exif_that_breaks_off_is_a_remark() -> None:
    opened = open_untrusted(encoded(pixels(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0"))
    assert any("EXIF" in remark for remark in opened.remarks)


def test_untrusted_text_cannot_command_a_terminal() -> None:
    assert untrusted_text("Canon\x1b[2J\x07 EOS\u202e") == "Canon[2J EOS"
    assert untrusted_text(b"NIKON\0rubbish behind") == "NIKON"
    assert untrusted_text("  two\n lines ") == "two lines"
    assert untrusted_text(b"\xff\xfe") == "\ufffd\ufffd"
    assert untrusted_text(("a", "b")) == "a"
    assert untrusted_text(12) == untrusted_text(None) == untrusted_text(()) == ""
    assert len(untrusted_text("x" * 10_000)) == TEXT_LIMIT
