"""Of a colour profile its numbers leave and its words do not."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms

from core.photo.derivative.colour import bare_profile

from ....support.profiles import P3, SRGB, SRGB_CURVE, a_profile, gamma, number, parametric, table

SRGB_TABLE = table(
    *(
        round(65535 * (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4))
        for x in (n / 255 for n in range(256))
    )
)
CURVES = {
    "linear": table(),
    "gamma": gamma(1.8),
    "table": table(*(round(65535 * (n / 99) ** 1.7) for n in range(100))),
    "type 0": parametric(0, 1.8),
    "type 1": parametric(1, 2.2, 1.0, -0.02),
    "type 2": parametric(2, 2.2, 0.9, 0.0, 0.05),
    "type 3": parametric(3, *SRGB_CURVE),
    "type 4": parametric(4, *SRGB_CURVE, 0.01, 0.02),
}


def colours() -> Image.Image:
    return Image.merge("RGB", [Image.linear_gradient("L").rotate(turn).resize((64, 64)) for turn in (0, 90, 180)])


def on_a_screen(picture: Image.Image, profile: bytes) -> Image.Image:
    """What a receiver that heeds profiles shows."""
    shown = ImageCms.profileToProfile(
        picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode=picture.mode
    )
    assert shown is not None
    return shown


def most_that_differs(one: Image.Image, other: Image.Image) -> int:
    extrema = ImageChops.difference(one, other).convert("RGB").getextrema()
    return max(high for _, high in extrema)  # type: ignore[misc]  # three bands: three pairs


@pytest.mark.parametrize("version", [2, 4])
@pytest.mark.parametrize("curve", CURVES)
def test_colours_are_shown_as_before_and_no_word_is_left(curve: str, version: int) -> None:
    whole = a_profile(P3, CURVES[curve], version=version)
    bare = bare_profile(whole, is_grey=False)
    assert bare
    assert b"MARK" not in bare
    assert b"APPL" not in bare
    assert bare[24:36] == a_profile_of_another_owner(curve, version)[24:36], "every profile has the same date"
    assert most_that_differs(on_a_screen(colours(), whole), on_a_screen(colours(), bare)) <= 1
    assert bare_profile(bare, is_grey=False) == bare


def a_profile_of_another_owner(curve: str, version: int) -> bytes:
    return bare_profile(a_profile(P3, CURVES[curve], version=version).replace(b"MARKER", b"SCREEN"), is_grey=False)


def test_the_same_numbers_make_the_same_profile_whoevers_it_was() -> None:
    assert bare_profile(a_profile(), is_grey=False) == a_profile_of_another_owner("type 3", 4)


def test_a_profile_for_greys_is_written_anew_too() -> None:
    bare = bare_profile(a_profile((), gamma(1.8), space=b"GRAY"), is_grey=True)
    assert bare
    assert b"MARK" not in bare
    assert bare_profile(bare, is_grey=True) == bare


@pytest.mark.parametrize("curve", [parametric(3, *SRGB_CURVE), SRGB_TABLE])
def test_what_says_no_more_than_srgb_is_left_away(curve: bytes) -> None:
    assert bare_profile(a_profile(SRGB, curve), is_grey=False) == b""
    assert bare_profile(a_profile((), curve, space=b"GRAY"), is_grey=True) == b""
    assert bare_profile(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), is_grey=False) == b""


def test_what_is_a_little_wider_is_kept() -> None:
    wider = ((SRGB[0][0] + 0.01, *SRGB[0][1:]), *SRGB[1:])
    assert bare_profile(a_profile(wider), is_grey=False)
    assert bare_profile(a_profile(SRGB, gamma(2.2)), is_grey=False)


@pytest.mark.parametrize(
    ("profile", "is_grey"),
    [
        (b"", False),
        (b"no profile", False),
        (bytes(200), False),
        (a_profile(), True),
        (a_profile((), space=b"GRAY"), False),
        (a_profile(space=b"CMYK"), False),
        (a_profile(version=9), False),
        (a_profile(more={b"A2B0": b"mft2"}), False),
        (a_profile().replace(b"XYZ \0\0\0\0", b"Lab \0\0\0\0"), False),
        (a_profile().replace(b"rTRC", b"xTRC"), False),
        (a_profile().replace(b"wtpt", b"xtpt"), False),
        (a_profile(curve=b"curv" + bytes(4) + b"\xff\xff\xff\xff"), False),
        (a_profile(curve=b"para" + bytes(4) + b"\0\x09\0\0" + bytes(28)), False),
        (a_profile(curve=b"para" + bytes(4) + b"\0\3\0\0" + bytes(4)), False),
        (a_profile(curve=parametric(1, 2.2, 0.0, 0.1)), False),
        (a_profile(curve=parametric(3, 0.5, -1.0, 0.0, 0.0, 0.0)), False),
        (a_profile(curve=table(1) + b"MARKER")[:300], False),
        (a_profile(curve=table(*b"MARKER")), False),  # a curve falls nowhere: these are letters
        (a_profile(curve=b"para" + bytes(4) + b"\0\0\0\0MARK"), False),
        (a_profile().replace(number(0.5151), b"MARK"), False),
    ],
)
def test_what_cannot_be_taken_is_left_away(profile: bytes, is_grey: bool) -> None:
    assert bare_profile(profile, is_grey=is_grey) == b""


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), max_size=8), st.integers(0, 100))
def test_any_profile_gives_one_that_stays_as_it_is_or_none(changes: list[tuple[int, int]], kept: int) -> None:
    profile = bytearray(a_profile())
    for at, value in changes:
        profile[at % len(profile)] = value
    bare = bare_profile(bytes(profile[: len(profile) * kept // 100]) if kept < 50 else bytes(profile), is_grey=False)
    assert bare == b"" or bare_profile(bare, is_grey=False) == bare
