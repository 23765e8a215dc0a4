"""A PNG taken apart and written anew: chunks that are kept, and packed pixels that are counted."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.photo.derivative.odd import OddStructureError
from core.photo.derivative.png import bare_png, png_of

from ....support.metadata import png_kinds, png_with
from ....support.pictures import encoded, pixels, png_chunk

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def interlaced(width: int, height: int) -> bytes:
    """Pillow writes none: a grey ramp in Adam7's seven passes."""
    rows = b""
    for left, top, across, down in (
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ):
        for row in range(top, height, down):
            line = bytes((column * 3 + row) % 256 for column in range(left, width, across))
            rows += b"\0" + line if line else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 1)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return SIGNATURE + b"".join(png_chunk(*chunk) for chunk in chunks)


def of_16_bits() -> bytes:
    """Pillow writes none in colour."""
    rows = b"".join(b"\0" + b"".join(struct.pack(">3H", x * 999, y * 999, 7) for x in range(20)) for y in range(9))
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 20, 9, 16, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return SIGNATURE + b"".join(png_chunk(*chunk) for chunk in chunks)


KINDS = {
    "RGB": encoded(pixels(), "PNG"),
    "grey": encoded(pixels("L"), "PNG"),
    "grey with alpha": encoded(pixels("LA"), "PNG"),
    "RGBA": encoded(pixels("RGBA"), "PNG"),
    "palette": encoded(pixels("P"), "PNG"),
    "see-through palette": encoded(pixels("P"), "PNG", transparency=3),
    "one see-through colour": encoded(pixels(), "PNG", transparency=(0, 0, 0)),
    "one see-through grey": encoded(pixels("L"), "PNG", transparency=0),
    "black and white": encoded(pixels("1"), "PNG"),
    "16 bits": encoded(pixels("I;16"), "PNG"),
    "16 bits in colour": of_16_bits(),
    "interlaced": interlaced(37, 21),
    "interlaced and tiny": interlaced(1, 1),
    "interlaced and narrow": interlaced(3, 9),
}

EVERYTHING = (
    (b"eXIf", b"MM\0*MARKER"),
    (b"tEXt", b"Author\0MARKER"),
    (b"zTXt", b"Author\0\0MARKER"),
    (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0MARKER"),
    (b"tIME", b"MARKER!"),
    (b"pHYs", b"MARKER!!!"),
    (b"iCCP", b"MARKER"),
    (b"acTL", b"MARKER!!"),
    (b"fcTL", b"MARKER"),
    (b"gAMA", b"MARKER of another length"),
    (b"prVt", b"MARKER"),
)


def decoded(png: bytes) -> tuple[str, tuple[int, int], bytes]:
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        return image.mode, image.size, image.convert("RGBA").tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_the_pixels_stay_and_everything_else_stays_behind(kind: str) -> None:
    plain = KINDS[kind]
    bare = bare_png(png_with(plain, *EVERYTHING) + b"MARKER behind the end")
    assert b"MARKER" not in bare
    assert bare == bare_png(plain) == bare_png(bare)
    assert decoded(bare) == decoded(plain)
    assert set(png_kinds(bare)) <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


def test_numbers_that_colours_are_shown_by_stay_where_nothing_overrules_them() -> None:
    gamma, primaries = (b"gAMA", b"\0\0\xb1\x8f"), (b"cHRM", bytes(range(32)))
    plain = KINDS["RGB"]
    assert png_kinds(bare_png(png_with(plain, gamma, primaries)))[1:3] == [b"gAMA", b"cHRM"]
    assert bare_png(png_with(plain, (b"sRGB", b"\0"), gamma, primaries)) == bare_png(plain)
    with_profile = bare_png(png_with(plain, gamma, primaries), profile=b"numbers")
    assert png_kinds(with_profile)[1] == b"iCCP"
    assert b"gAMA" not in with_profile
    with Image.open(io.BytesIO(with_profile)) as image:
        assert image.info["icc_profile"] == b"numbers"


def test_packed_pixels_in_many_chunks_are_put_together() -> None:
    plain = KINDS["RGB"]
    at = plain.index(b"IDAT") - 4
    size = int.from_bytes(plain[at : at + 4], "big")
    packed = plain[at + 8 : at + 8 + size]
    many = b"".join(png_chunk(b"IDAT", packed[start : start + 40]) for start in range(0, size, 40))
    assert bare_png(plain[:at] + many + png_chunk(b"IEND", b"")) == bare_png(plain)


HEADER = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)
ROWS = (b"\0" + b"\x80" * 4) * 4
IHDR, IDAT, IEND = png_chunk(b"IHDR", HEADER), png_chunk(b"IDAT", zlib.compress(ROWS)), png_chunk(b"IEND", b"")
GREY = SIGNATURE + IHDR + IDAT + IEND


def of_header(*fields: int) -> bytes:
    return SIGNATURE + png_chunk(b"IHDR", struct.pack(">IIBBBBB", *fields)) + IDAT + IEND


ODD = {
    "no PNG": b"\xff\xd8\xff",
    "nothing": b"",
    "no end": SIGNATURE + IHDR + IDAT,
    "cut in a chunk": GREY[:-20],
    "a wrong check sum": GREY.replace(b"IDAT", b"IDAU", 1),
    "no header": SIGNATURE + IDAT + IEND,
    "no picture": SIGNATURE + IHDR + IEND,
    "two headers": SIGNATURE + IHDR + IHDR + IDAT + IEND,
    "no width": of_header(0, 4, 8, 0, 0, 0, 0),
    "an unknown depth": of_header(4, 4, 3, 0, 0, 0, 0),
    "an unknown colour": of_header(4, 4, 8, 5, 0, 0, 0),
    "an unknown packing": of_header(4, 4, 8, 0, 1, 0, 0),
    "an unknown interlacing": of_header(4, 4, 8, 0, 0, 0, 2),
    "a critical chunk of its own": SIGNATURE + IHDR + png_chunk(b"MARK", b"") + IDAT + IEND,
    "pixels in two places": SIGNATURE + IHDR + IDAT + png_chunk(b"tEXt", b"a\0b") + png_chunk(b"IDAT", b"") + IEND,
    "a palette behind its pixels": SIGNATURE + IHDR + IDAT + png_chunk(b"PLTE", bytes(3)) + IEND,
    "a palette for greys": SIGNATURE + IHDR + png_chunk(b"PLTE", bytes(3)) + IDAT + IEND,
    "no palette": of_header(4, 4, 8, 3, 0, 0, 0),
    "transparency with more behind it": SIGNATURE + IHDR + png_chunk(b"tRNS", b"\0\0MARKER") + IDAT + IEND,
    "damaged pixels": SIGNATURE + IHDR + png_chunk(b"IDAT", b"\x78\x9cMARKER") + IEND,
    "too few pixels": SIGNATURE + IHDR + png_chunk(b"IDAT", zlib.compress(ROWS[:-1])) + IEND,
    "a row too many, as a crop in place leaves": SIGNATURE
    + IHDR
    + png_chunk(b"IDAT", zlib.compress(ROWS + ROWS[:5]))
    + IEND,
    "bytes behind the pixels": SIGNATURE + IHDR + png_chunk(b"IDAT", zlib.compress(ROWS) + b"MARKER") + IEND,
    "a chunk behind the pixels": SIGNATURE + IHDR + IDAT + png_chunk(b"IDAT", bytes(200_000)) + IEND,
    "pixels that are cut off": SIGNATURE + IHDR + png_chunk(b"IDAT", zlib.compress(ROWS)[:-4]) + IEND,
}


def test_the_pattern_of_the_odd_ones_is_none() -> None:
    assert decoded(bare_png(GREY)) == decoded(GREY)


@pytest.mark.parametrize("odd", ODD)
def test_what_is_not_understood_is_refused_by_name(odd: str) -> None:
    with pytest.raises(OddStructureError) as refused:
        bare_png(ODD[odd])
    assert refused.value.reason in refused.value.what


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), min_size=1, max_size=4),
    st.booleans(),
)
def test_a_broken_file_is_refused_or_gives_a_copy_that_is_understood(
    kind: str, changes: list[tuple[int, int]], mends_sums: bool
) -> None:
    content = bytearray(png_with(KINDS[kind], (b"tEXt", b"Author\0A. Doctor")))
    for at, value in changes:
        content[at % len(content)] = value
    try:
        bare = bare_png(with_right_sums(bytes(content)) if mends_sums else bytes(content))
    except OddStructureError as refused:
        assert refused.reason.isprintable()
    else:
        assert bare_png(bare) == bare
        assert set(png_kinds(bare)) <= {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"IDAT", b"IEND"}


def with_right_sums(png: bytes) -> bytes:
    """What changed it would otherwise be found by the check sums alone."""
    out, at = png[:8], 8
    while at + 12 <= len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        if at + 12 + size > len(png):
            break
        out += png_chunk(png[at + 4 : at + 8], png[at + 8 : at + 8 + size])
        at += 12 + size
    return out + png[at:]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pixels_are_written_as_they_are_and_nothing_that_hangs_on_them(mode: str) -> None:
    image = pixels(mode)
    image.info.update({"exif": b"MARKER", "icc_profile": b"MARKER", "comment": "MARKER", "dpi": (300, 300)})
    written = png_of(image)
    assert set(png_kinds(written)) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
    with Image.open(io.BytesIO(written)) as again:
        assert (again.mode, again.convert("RGBA").tobytes()) == (mode, image.convert("RGBA").tobytes())
    assert image.info["comment"] == "MARKER", "the image itself is left as it was"
