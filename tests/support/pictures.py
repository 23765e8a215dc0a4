"""Pictures of every format and in every state of damage, made in memory."""

import io
import random
import struct
import zlib

from PIL import Image

from core.photo.drawing import draw_skin_picture

from .cards import TAKEN_AT


def a_jpeg(seed: int = 1, size: tuple[int, int] = (320, 240), **wanted: object) -> bytes:
    return draw_skin_picture(seed, taken_at=TAKEN_AT, size=size, **wanted)  # type: ignore[arg-type]  # its own keywords


def pixels(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A ramp from dark to bright, left to right, in any mode."""
    ramp = Image.linear_gradient("L").rotate(90).resize(size)
    if mode.startswith("I;16"):
        return ramp.convert("I").point(lambda level: level * 256).convert(mode)
    return ramp.convert("RGB").convert(mode) if mode not in ("L", "I", "F") else ramp.convert(mode)


def noise(size: tuple[int, int] = (64, 64), seed: int = 1) -> Image.Image:
    """No two places alike, and nothing that packing could make smaller."""
    return Image.frombytes("RGB", size, random.Random(seed).randbytes(size[0] * size[1] * 3))


def encoded(image: Image.Image, format_: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def an_mpo(frames: int = 2) -> bytes:
    others = [pixels(size=(64, 48 + number)) for number in range(1, frames)]
    return encoded(pixels(), "MPO", save_all=True, append_images=others)


def a_png(**options: object) -> bytes:
    return encoded(pixels(), "PNG", **options)


def a_tiff(mode: str = "RGB", **options: object) -> bytes:
    return encoded(pixels(mode), "TIFF", **options)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def a_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes whose header promises width x height pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        png_chunk(kind, body) for kind, body in ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    )


def a_damaged_png() -> bytes:
    """The noise above, whose packed pixels break off halfway."""
    whole = encoded(noise(), "PNG")
    start = whole.index(b"IDAT") + 4
    length = int.from_bytes(whole[start - 8 : start - 4], "big")
    broken = whole[start : start + length // 2] + b"\xff" * (length - length // 2)
    return whole[: start - 8] + png_chunk(b"IDAT", broken) + png_chunk(b"IEND", b"")
