"""Focus and exposure as they are measured: a picture ranks above what was made worse of it, whatever it shows."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.photo.drawing import SKIN_TONES
from core.photo.opening import open_untrusted
from core.photo.quality.measured import Measured
from core.photo.quality.measuring import LEAST_MIDDLE, MEASURED_SIZE, measure, measured_size

from ...support.degrading import BLURS, EXPOSURES, FURTHER_EXPOSURES, SHAKEN, Degrade, blurred, degraded, noisy
from ...support.pictures import a_bomb, a_jpeg, a_png, a_tiff, an_mpo, encoded, pixels, png_chunk

LARGE = (1600, 1200)
KINDS: Mapping[str, Mapping[str, Any]] = {
    "close-up": {},
    "locating": {"locating": True},
    "dermoscopic": {"dermoscopic": True},
}
TOO_DARK, TOO_BRIGHT = EXPOSURES
WORSE = {**BLURS, **SHAKEN, **EXPOSURES}


def measured(content: bytes) -> Measured:
    found = open_untrusted(content).measured
    assert found is not None
    return found


@pytest.mark.parametrize("degrade", WORSE.values(), ids=WORSE)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_drawn_picture_ranks_above_what_was_made_worse_of_it(kind: Mapping[str, Any], degrade: Degrade) -> None:
    for seed in range(3):
        original = a_jpeg(seed, LARGE, tone=1, **kind)
        assert measured(degraded(original, degrade)).worth < measured(original).worth


@pytest.mark.parametrize("tone", range(len(SKIN_TONES)))
def test_every_skin_tone_ranks_the_same_way(tone: int) -> None:
    """More light takes nothing from dark skin until it clips."""
    original = a_jpeg(5, LARGE, tone=tone)
    for kind, degrade in WORSE.items():
        found = measured(degraded(original, degrade))
        if kind != TOO_BRIGHT or found.washed_out > 0:
            assert found.worth < measured(original).worth
        else:
            assert found.worth > measured(original).worth


def test_more_blur_is_less_focus() -> None:
    original = a_jpeg(1, LARGE)
    found = [measured(original).focus, *(measured(degraded(original, degrade)).focus for degrade in BLURS.values())]
    assert found == sorted(found, key=lambda focus: focus or 0.0, reverse=True)
    assert len(set(found)) == len(found)


def test_noise_does_not_pass_for_detail() -> None:
    original = a_jpeg(1, LARGE)
    soft = degraded(original, blurred(0.006))
    grainy = degraded(original, noisy(blurred(0.006)))
    sharp, before, after = (measured(content).focus for content in (original, soft, grainy))
    assert sharp is not None
    assert before is not None
    assert after is not None
    assert after < (sharp + before) / 2


def test_brightness_is_no_focus() -> None:
    original = a_jpeg(1, LARGE)
    focus = measured(original).focus
    for degrade in FURTHER_EXPOSURES.values():
        assert measured(degraded(original, degrade)).focus == pytest.approx(focus, rel=0.25)


def test_light_is_told_by_the_skin_and_by_what_is_washed_out() -> None:
    original = a_jpeg(1, LARGE, tone=0)
    dark, bright = (measured(degraded(original, degrade)) for degrade in EXPOSURES.values())
    right = measured(original)
    assert dark.lit < 0.65 * right.lit < right.lit <= bright.lit
    assert dark.washed_out == right.washed_out == 0 < 0.12 < bright.washed_out
    assert dark.levels < right.levels > bright.levels


def test_a_large_picture_is_measured_like_a_small_one() -> None:
    small, large = measured(a_jpeg(4, (1600, 1200))), measured(a_jpeg(4, (4800, 3600)))
    assert (small.width, small.height, large.width, large.height) == (1600, 1200, 4800, 3600)
    assert large.lit == pytest.approx(small.lit, abs=6)
    assert large.worth > 0.5 * small.worth


def test_turning_a_picture_changes_nothing() -> None:
    upright, lying = measured(a_jpeg(2, LARGE)), measured(a_jpeg(2, LARGE, orientation=6))
    assert lying == upright


def test_a_picture_without_anything_in_it_has_no_focus_to_tell() -> None:
    grey = encoded(Image.new("RGB", (640, 480), (120, 120, 120)), "JPEG")
    assert (measured(grey).focus, measured(grey).levels, measured(grey).worth) == (0.0, 1.0, 0.0)


def test_a_picture_too_small_to_judge_is_not_judged() -> None:
    least = 2 * LEAST_MIDDLE
    for size, is_judged in (((least, least), True), ((least, least - 4), False), ((least - 4, least), False)):
        found = measure(Image.new("L", size, 128), size, damaged=False)
        assert (found.focus is not None) is is_judged


def test_what_a_broken_png_lost_is_told() -> None:
    whole = encoded(Image.frombytes("RGB", (64, 64), bytes(i * 37 % 251 for i in range(64 * 64 * 3))), "PNG")
    assert not measured(whole).damaged
    start = whole.index(b"IDAT") + 4
    broken = whole[start : start + 200] + b"\xff" * 200
    assert measured(whole[: start - 8] + png_chunk(b"IDAT", broken) + png_chunk(b"IEND", b"")).damaged


FORMATS: Mapping[str, Callable[[], bytes]] = {
    "JPEG": a_jpeg,
    "MPO": an_mpo,
    "PNG": a_png,
    "TIFF": a_tiff,
    "grey": lambda: encoded(pixels("L"), "JPEG"),
    "CMYK": lambda: encoded(pixels("CMYK"), "JPEG"),
    "bilevel": lambda: a_tiff("1"),
    "palette": lambda: encoded(pixels("P"), "PNG"),
    "transparent": lambda: encoded(pixels("LA"), "PNG"),
    "16 bits": lambda: encoded(pixels("I;16"), "PNG"),
    "32 bits": lambda: a_tiff("I"),
    "floating": lambda: a_tiff("F"),
    "Lab": lambda: encoded(Image.new("LAB", (64, 48), (128, 0, 0)), "TIFF"),
}


@pytest.mark.parametrize("content", FORMATS.values(), ids=FORMATS)
def test_every_format_that_is_sealed_is_measured(content: Callable[[], bytes]) -> None:
    found = measured(content())
    assert 0 <= found.lit <= 255
    assert 1 <= found.levels <= 256
    assert 0 <= found.washed_out <= 1


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 300), st.integers(1, 300), st.binary(min_size=1, max_size=64))
def test_no_size_and_no_content_is_too_odd(width: int, height: int, grain: bytes) -> None:
    image = Image.frombytes("L", (width, height), (grain * (width * height // len(grain) + 1))[: width * height])
    found = measure(image, (width, height), damaged=False)
    assert found.focus is None or found.focus >= 0
    assert found.worth >= 0


@pytest.mark.parametrize("size", [(6000, 4000), (4000, 6000), (480, 360), (5000, 1), (1, 1)])
def test_it_is_measured_at_one_size_and_never_enlarged(size: tuple[int, int]) -> None:
    width, height = measured_size(*size)
    assert max(width, height) == min(MEASURED_SIZE, *[max(size)])
    assert min(width, height) >= 1


def test_a_24_megapixel_picture_is_never_unpacked_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A JPEG is decoded no larger than it needs to be, so that a card of them costs little time and memory."""
    unpacked: list[int] = []

    def looked_at(image: Image.Image, size: tuple[int, int], *, damaged: bool) -> Measured:
        unpacked.append(image.width * image.height)
        return measure(image, size, damaged=damaged)

    monkeypatch.setattr("core.photo.opening.measure", looked_at)
    plain = encoded(Image.new("RGB", (6000, 4000), (150, 110, 90)), "JPEG")
    assert open_untrusted(plain).measured is not None
    assert unpacked == [750 * 500]


def test_pixels_that_cannot_be_measured_are_a_remark_and_no_reason_to_leave_the_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuses(_image: Image.Image, _size: tuple[int, int], *, damaged: bool) -> Measured:
        raise ValueError("conversion from XYZ to RGB not supported")

    monkeypatch.setattr("core.photo.opening.measure", refuses)
    opened = open_untrusted(a_jpeg())
    assert opened.measured is None
    assert opened.remarks == (
        "its focus and exposure cannot be measured: it is damaged (conversion from XYZ to RGB not supported)",
    )


def test_a_bomb_is_refused_before_it_is_measured() -> None:
    with pytest.raises(Exception, match="million pixels"):
        open_untrusted(a_bomb())


def test_the_worse_direction_counts() -> None:
    """Shaken sideways, a picture stays sharp from top to bottom."""
    image = Image.open(io.BytesIO(a_jpeg(1, LARGE))).convert("RGB")
    sideways = SHAKEN["shaken 2.0%"](image)
    turned = sideways.transpose(Image.Transpose.ROTATE_90)
    found = [measure(each, each.size, damaged=False).focus for each in (image, sideways, turned)]
    assert found[1] == pytest.approx(found[2], rel=0.02)
    assert found[0] is not None
    assert found[1] is not None
    assert found[1] < 0.6 * found[0]


def test_worth_needs_both() -> None:
    one = measured(a_jpeg(1, LARGE))
    assert replace(one, focus=0.0).worth == replace(one, focus=None).worth == 0
    assert replace(one, levels=one.levels / 2).worth == pytest.approx(one.worth / 2)
    assert replace(one, washed_out=1.0).worth == 0
