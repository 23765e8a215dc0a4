"""What of a colour profile may leave: the numbers that colours are shown by, and no word.

Without its profile a phone's picture, whose colours are wider than a screen's (Display
P3), is shown pale, and a lesion's red is what a dermatologist looks at. But profiles
name the camera, the screen or the owner's computer, and when they were made. So a
profile is written anew from its numbers alone; one that says no more than sRGB, which
is what a picture without a profile is taken for, is left away (ICC.1:2010, clauses 7 to 10).
"""

import math
import struct
from itertools import pairwise

_D50 = bytes.fromhex("0000f6d6000100000000d32d")
_COLOURANTS = (b"rXYZ", b"gXYZ", b"bXYZ")
_CURVES = {b"RGB ": (b"rTRC", b"gTRC", b"bTRC"), b"GRAY": (b"kTRC",)}
_PARAMETERS = {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}
"""Numbers of a parametric curve by its type (10.15)."""

_TABLE_LIMIT = 4096
"""Points of a curve; more than any profile has."""

_LARGEST = 100

_SRGB_COLOURANTS = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
"""IEC 61966-2-1, adapted to D50 as profiles have it."""

_COLOURANTS_ALIKE, _CURVES_ALIKE = 0.002, 0.004
"""How near to sRGB is sRGB, of 1: about half a level of 255."""


class _NotPlainError(Exception):
    """The profile is not of the plain kind, numbers for three colours and their curves; or it is broken."""


def bare_profile(profile: bytes, *, is_grey: bool) -> bytes:
    """The profile's numbers in a profile of their own, or b"" where none is needed or none can be made.

    is_grey: the pixels are greys, so that only a profile for greys fits. Never raises
    for what is broken; profiles with tables (printers, scanners) are left away as well.
    """
    try:
        tags = _tags(profile)
        space, version = profile[16:20], profile[8]
        if space != (b"GRAY" if is_grey else b"RGB ") or version not in (2, 4) or b"A2B0" in tags:
            return b""
        if profile[20:24] != b"XYZ ":
            return b""
        curves = {name: _curve(tags, name) for name in _CURVES[space]}
        colourants = {name: _numbers(tags, name) for name in _COLOURANTS} if not is_grey else {}
        if _is_srgb(list(curves.values()), list(colourants.values())):
            return b""
        white = _numbers(tags, b"wtpt")
    except _NotPlainError:
        return b""
    words = {b"desc": _words(b"desc", version), b"cprt": _words(b"cprt", version)}
    return _written(space, version, {**words, b"wtpt": white, **colourants, **curves})


def _tags(profile: bytes) -> dict[bytes, bytes]:
    if len(profile) < 132 or profile[36:40] != b"acsp":
        raise _NotPlainError
    (count,) = struct.unpack_from(">I", profile, 128)
    if count > 100 or len(profile) < 132 + 12 * count:
        raise _NotPlainError
    places = [struct.unpack_from(">4sII", profile, 132 + 12 * number) for number in range(count)]
    return {name: profile[at : at + size] for name, at, size in places}


def _numbers(tags: dict[bytes, bytes], name: bytes) -> bytes:
    """A colour of three numbers (10.31), without what may stand behind them."""
    tag = tags.get(name, b"")
    if len(tag) < 20 or tag[:4] != b"XYZ ":
        raise _NotPlainError
    _refuse_words(tag[8:20])
    return b"XYZ " + bytes(4) + tag[8:20]


def _refuse_words(numbers: bytes) -> None:
    """Numbers of a profile are small; four letters read as one are 8,000 and more."""
    if any(abs(number) > _LARGEST << 16 for number in struct.unpack(f">{len(numbers) // 4}i", numbers)):
        raise _NotPlainError


def _curve(tags: dict[bytes, bytes], name: bytes) -> bytes:
    """A curve of points or of parameters (10.6, 10.18), cut to the length that it says it has."""
    tag = tags.get(name, b"")
    if tag[:4] == b"curv" and len(tag) >= 12:
        (count,) = struct.unpack_from(">I", tag, 8)
        length = 12 + 2 * count
        fits = count <= _TABLE_LIMIT
    elif tag[:4] == b"para" and len(tag) >= 12:
        kind = int.from_bytes(tag[8:10], "big")
        length, fits = 12 + 4 * _PARAMETERS.get(kind, 0), kind in _PARAMETERS
    else:
        raise _NotPlainError
    if not fits or len(tag) < length:
        raise _NotPlainError
    if tag[:4] == b"para":
        _refuse_words(tag[12:length])
    elif count > 1:
        points = struct.unpack_from(f">{count}H", tag, 12)
        if any(left > right for left, right in pairwise(points)):  # light grows with the level; letters do not
            raise _NotPlainError
    return tag[:4] + bytes(4) + (tag[8:10] + bytes(2) if tag[:4] == b"para" else tag[8:12]) + tag[12:length]


def _is_srgb(curves: list[bytes], colourants: list[bytes]) -> bool:
    for curve in curves:
        for step in range(33):
            if abs(_light(curve, step / 32) - _srgb_light(step / 32)) > _CURVES_ALIKE:
                return False
    found = [[number / 65536 for number in struct.unpack(">3i", tag[8:20])] for tag in colourants]
    return all(
        abs(number - wanted) <= _COLOURANTS_ALIKE
        for numbers, all_wanted in zip(found, _SRGB_COLOURANTS, strict=False)
        for number, wanted in zip(numbers, all_wanted, strict=True)
    )


def _srgb_light(level: float) -> float:
    return level / 12.92 if level <= 0.04045 else math.pow((level + 0.055) / 1.055, 2.4)


def _light(curve: bytes, level: float) -> float:
    """What a curve makes of a level, both 0 to 1. A curve that cannot be reckoned is not plain."""
    try:
        return _parametric(curve, level) if curve[:4] == b"para" else _tabled(curve, level)
    except (ArithmeticError, ValueError):  # ValueError: a power of a negative number
        raise _NotPlainError from None


def _tabled(curve: bytes, level: float) -> float:
    count = (len(curve) - 12) // 2
    points: tuple[int, ...] = struct.unpack_from(f">{count}H", curve, 12)
    if count == 0:
        return level
    if count == 1:
        return math.pow(level, points[0] / 256)
    place = level * (count - 1)
    below = min(int(place), count - 2)
    return (points[below] + (points[below + 1] - points[below]) * (place - below)) / 65535


def _parametric(curve: bytes, level: float) -> float:
    count = (len(curve) - 12) // 4
    given: list[float] = [number / 65536 for number in struct.unpack_from(f">{count}i", curve, 12)]
    g, a, b, c, d, e, f = given + [0.0] * (7 - count)
    kind = int.from_bytes(curve[8:10], "big")
    if kind == 0:
        return math.pow(level, g)
    if kind in (1, 2):
        return math.pow(a * level + b, g) + c if level >= -b / a else c
    return math.pow(a * level + b, g) + e if level >= d else c * level + f


def _words(name: bytes, version: int) -> bytes:
    """The two texts that every profile must have, the same in all of them."""
    text = b"colours" if name == b"desc" else b"none"
    if version == 4:
        wide = text.decode("ascii").encode("utf-16-be")
        return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"GB", len(wide), 28) + wide
    if name == b"desc":  # the text, then the same for Unicode and for an old Macintosh: empty
        return b"desc" + bytes(4) + struct.pack(">I", len(text) + 1) + text + b"\0" + bytes(4 + 4 + 2 + 1 + 67)
    return b"text" + bytes(4) + text + b"\0"


def _written(space: bytes, version: int, tags: dict[bytes, bytes]) -> bytes:
    """Header (7.2), table of tags, tags. Every date, maker, model and flag is 0."""
    at = 132 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, tag in tags.items():
        padded = tag + bytes(-len(tag) % 4)
        table += struct.pack(">4sII", name, at + len(body), len(tag))
        body += padded
    size = at + len(body)
    version_bytes = b"\x04\x20\0\0" if version == 4 else b"\x02\x10\0\0"
    head = (
        struct.pack(">I4x", size) + version_bytes + b"mntr" + space + b"XYZ " + struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    )
    return head + b"acsp" + bytes(28) + _D50 + bytes(48) + table + body
