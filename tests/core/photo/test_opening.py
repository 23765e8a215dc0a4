import errno
import io
import threading
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.photo import pillow
from core.photo.opening import FRAME_LIMIT, UnreadablePictureError, open_untrusted
from core.photo.previews import preview
from core.photo.recognising import PictureFormat
from tests.support.pictures import a_bomb, a_jpeg, a_png, a_tiff, an_mpo, encoded, pixels, png_chunk

WHOLE = {
    PictureFormat.JPEG: a_jpeg(size=(96, 64), gps=True),
    PictureFormat.MPO: an_mpo(3),
    PictureFormat.PNG: a_png(),
    PictureFormat.TIFF: a_tiff(compression="tiff_lzw"),
}


@pytest.mark.parametrize("format_", WHOLE)
def test_a_whole_picture_is_what_its_content_says(format_: PictureFormat) -> None:
    opened = open_untrusted(WHOLE[format_])
    assert opened.format is format_
    assert opened.remarks == ()
    assert opened.facts.width >= 64


@pytest.mark.parametrize("format_", WHOLE)
def test_a_file_is_left_open_and_reads_as_its_bytes_do(format_: PictureFormat) -> None:
    file = io.BytesIO(WHOLE[format_])
    file.seek(7)
    assert open_untrusted(file) == open_untrusted(WHOLE[format_])
    assert not file.closed


@pytest.mark.parametrize(
    "options",
    [
        {"compression": "tiff_lzw"},
        {"compression": "jpeg"},
        {"compression": "tiff_adobe_deflate"},
        {"compression": "packbits"},
        {"save_all": True, "append_images": [pixels(), pixels("L")]},
    ],
    ids=str,
)
def test_tiffs_of_every_compression_decode(options: dict[str, object]) -> None:
    assert open_untrusted(a_tiff(**options)).remarks == ()


@pytest.mark.parametrize("format_", [PictureFormat.JPEG, PictureFormat.MPO])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_jpeg_does_not_decode_to_its_end(format_: PictureFormat, share: float) -> None:
    whole = encoded(pixels(size=(640, 480)), "JPEG", quality=95) if format_ is PictureFormat.JPEG else an_mpo(1)
    with pytest.raises(UnreadablePictureError) as refused:
        open_untrusted(whole[: int(len(whole) * share)])
    assert refused.value.claimed is PictureFormat.JPEG
    assert refused.value.reason


@pytest.mark.parametrize("format_", [PictureFormat.PNG, PictureFormat.TIFF])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_png_or_tiff_does_not_decode_to_its_end(format_: PictureFormat, share: float) -> None:
    noise = Image.frombytes("RGB", (64, 64), bytes(i * 37 % 251 for i in range(64 * 64 * 3)))
    whole = encoded(noise, format_.value)
    with pytest.raises(UnreadablePictureError):
        open_untrusted(whole[: int(len(whole) * share)])


def test_a_png_whose_data_break_off_is_a_picture_with_a_remark() -> None:
    whole = encoded(Image.frombytes("RGB", (64, 64), bytes(i * 37 % 251 for i in range(64 * 64 * 3))), "PNG")
    start = whole.index(b"IDAT") + 4
    length = int.from_bytes(whole[start - 8 : start - 4], "big")
    broken = whole[start : start + length // 2] + b"\xff" * (length - length // 2)
    damaged = whole[: start - 8] + png_chunk(b"IDAT", broken) + png_chunk(b"IEND", b"")
    assert open_untrusted(damaged).remarks == (pillow.DAMAGED_PNG,)
    assert preview(damaged, 20, 20).width == 20


def test_a_png_of_which_no_pixel_is_left_is_no_picture() -> None:
    whole = a_png()
    with pytest.raises(UnreadablePictureError):
        open_untrusted(whole[: whole.index(b"IDAT") - 4] + png_chunk(b"IEND", b""))


def test_a_broken_second_picture_is_a_remark_and_no_refusal() -> None:
    whole = an_mpo(3)
    opened = open_untrusted(whole[:-40])
    assert opened.format is PictureFormat.MPO
    assert "picture 3 inside it cannot be decoded" in opened.remarks[0]


def test_no_more_than_the_limit_of_pictures_is_decoded() -> None:
    pages = [pixels("1", (8, 8))] * (FRAME_LIMIT + 1)
    opened = open_untrusted(encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert opened.remarks == (f"only the first {FRAME_LIMIT} pictures inside it were looked at",)


def test_a_bomb_is_refused_from_its_header(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a pixel was allocated")

    monkeypatch.setattr(Image.core, "fill", never)
    monkeypatch.setattr(Image.core, "new", never)
    for bomb in (a_bomb(), a_bomb(16_000, 12_000)):
        with pytest.raises(UnreadablePictureError, match="more than the 178 million pixels"):
            open_untrusted(bomb)


def test_a_picture_below_the_pixel_limit_may_still_need_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pillow, "MEMORY_LIMIT", 64 * 48 * 4)
    assert open_untrusted(a_png()).format is PictureFormat.PNG
    monkeypatch.setattr(pillow, "MEMORY_LIMIT", 64 * 48 * 4 - 1)
    with pytest.raises(UnreadablePictureError, match="more memory than is allowed"):
        open_untrusted(a_png())
    with pytest.raises(UnreadablePictureError, match="more memory than is allowed"):
        open_untrusted(a_tiff())
    assert open_untrusted(a_jpeg(size=(64, 64))).format is PictureFormat.JPEG, "a JPEG is decoded small"


def test_a_progressive_jpeg_counts_its_coefficients() -> None:
    whole = encoded(pixels(size=(64, 64)), "JPEG", progressive=True)
    with Image.open(io.BytesIO(whole)) as image:
        assert pillow.decoding_bytes(image) == 64 * 64 * 4 // 64 + 64 * 64 * 3 * 2  # type: ignore[arg-type]


@pytest.mark.parametrize("format_", ["GIF", "BMP", "WEBP", "AVIF", "JPEG2000"])
def test_other_formats_are_named_and_never_decoded(format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = encoded(pixels(), format_)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a decoder saw it")

    monkeypatch.setattr(Image, "open", never)
    with pytest.raises(UnreadablePictureError) as refused:
        open_untrusted(content)
    assert refused.value.claimed is not None
    assert not refused.value.claimed.decoded


def test_what_is_no_picture_claims_nothing() -> None:
    for content in (b"", b"\xff", b"Dear colleague, ", bytes(5000)):
        with pytest.raises(UnreadablePictureError) as refused:
            open_untrusted(content)
        assert refused.value.claimed is None


def test_warnings_become_remarks_and_do_not_escape() -> None:
    whole = an_mpo(2)
    index = whole.index(b"MPF\0")
    malformed = whole[: index + 4] + b"MM\0*\xff\xff\xff\xff" + whole[index + 12 :]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        opened = open_untrusted(malformed)
    assert opened.format is PictureFormat.JPEG
    assert any("malformed MPO" in remark for remark in opened.remarks)


def test_warning_filters_are_as_before_after_many_threads() -> None:
    before = list(warnings.filters)
    threads = [threading.Thread(target=open_untrusted, args=(a_jpeg(size=(96, 64)),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(warnings.filters) == before


def test_a_failing_card_is_not_taken_for_a_bad_picture() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if size is None or size < 0 or self.tell() + size > 600:
                raise OSError(errno.EIO, "Input/output error")
            return super().read(size)

    for whole in (encoded(pixels(size=(640, 480)), "JPEG", quality=95), a_tiff()):
        with pytest.raises(OSError, match="Input/output error") as failed:
            open_untrusted(Failing(whole))
        assert failed.value.errno == errno.EIO


def test_decoders_write_nothing_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    whole = bytearray(a_tiff(compression="tiff_lzw"))
    whole[8:400] = bytes(byte ^ 0x55 for byte in whole[8:400])
    with pytest.raises(UnreadablePictureError):
        open_untrusted(bytes(whole))
    many_samples = a_tiff().replace(b"\x15\x01\x03\x00\x01\x00\x00\x00\x03", b"\x15\x01\x03\x00\x01\x00\x00\x00\xff")
    with pytest.raises(UnreadablePictureError):
        open_untrusted(many_samples)
    assert capfd.readouterr().err == ""


@settings(max_examples=150, deadline=None)
@given(
    format_=st.sampled_from(list(WHOLE)),
    changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=12),
    kept=st.integers(1, 100),
)
def test_whatever_is_wrong_with_a_picture_is_one_kind_of_error(
    format_: PictureFormat, changes: list[tuple[int, int]], kept: int
) -> None:
    content = bytearray(WHOLE[format_])
    for at, value in changes:
        content[at % len(content)] = value
    for look in (open_untrusted, lambda data: preview(data, 24, 24)):
        try:
            look(bytes(content[: len(content) * kept // 100]))
        except UnreadablePictureError as refused:
            assert refused.reason.isprintable()
