"""Colour profiles made byte by byte, with words in them that must not leave."""

import struct

P3 = ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))
"""Display P3's colourants, adapted to D50: red, green, blue."""

SRGB = ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141))
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""As parameters of type 3."""


def number(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def parametric(kind: int, *numbers: float) -> bytes:
    return b"para" + bytes(4) + struct.pack(">HH", kind, 0) + b"".join(number(each) for each in numbers)


def table(*points: int) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">I", len(points)) + struct.pack(f">{len(points)}H", *points)


def gamma(value: float) -> bytes:
    return table(round(value * 256))


def colour(x: float, y: float, z: float) -> bytes:
    return b"XYZ " + bytes(4) + number(x) + number(y) + number(z)


def a_profile(
    colourants: tuple[tuple[float, float, float], ...] = P3,
    curve: bytes = parametric(3, *SRGB_CURVE),
    *,
    version: int = 4,
    space: bytes = b"RGB ",
    more: dict[bytes, bytes] | None = None,
) -> bytes:
    """With a maker, a model, a date and words, each of them MARKER or containing it."""
    tags = {b"desc": b"text" + bytes(4) + b"MARKER's own screen\0", b"wtpt": colour(0.9642, 1.0, 0.8249)}
    names = (b"rXYZ", b"gXYZ", b"bXYZ") if space == b"RGB " else ()
    tags |= {name: colour(*numbers) + b"MARKER" for name, numbers in zip(names, colourants, strict=False)}
    tags |= {name: curve for name in ((b"rTRC", b"gTRC", b"bTRC") if space == b"RGB " else (b"kTRC",))}
    tags |= {b"dmnd": b"text" + bytes(4) + b"MARKER\0", **(more or {})}
    at = 132 + 12 * len(tags)
    index, body = b"", b""
    for name, tag in tags.items():
        index += struct.pack(">4sII", name, at + len(body), len(tag))
        body += tag + bytes(-len(tag) % 4)
    head = struct.pack(">I4sBBxx", at + len(body), b"MARK", version, 0x20) + b"mntr" + space + b"XYZ "
    head += struct.pack(">6H", 2012, 1, 4, 6, 8, 30) + b"acsp" + b"APPL" + bytes(4) + b"MARKMARK" + bytes(12)
    head += bytes.fromhex("0000f6d6000100000000d32d") + b"MARK" + bytes(44)
    return head + struct.pack(">I", len(tags)) + index + body
