"""Draws skin pictures for the demo and the tests, so that no real patient is needed.

Nobody is shown: the skin, its lesions and the ruler come out of a seeded random
generator. The same arguments give the same bytes on the same Pillow.
"""

import io
import math
import random
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, ImageChops, ImageDraw, ImageFilter, TiffImagePlugin

SKIN_TONES = ((246, 214, 194), (232, 190, 164), (214, 166, 136), (176, 124, 92), (128, 84, 60), (92, 60, 44))
"""From pale to dark, roughly Fitzpatrick I to VI."""

LESION_TONES = ((96, 56, 40), (122, 72, 52), (150, 76, 70), (70, 46, 40), (168, 92, 84))
"""Browns and reds, multiplied into the skin below."""

PRACTICE_PLACE = (51.8642, -2.2382)
"""Latitude and longitude written with gps=True: Gloucester's docks, nobody's home."""

JPEG_QUALITY = 88

HAIRS, HAIR = 60, (22, 16, 14)
"""How many there are, over the whole picture, and their colour."""


@dataclass(frozen=True)
class DrawnCamera:
    """What the drawn picture's EXIF says took it. serial "" leaves the tag away."""

    make: str = "Practice"
    model: str = "Practice Camera 1"
    serial: str = ""
    owner: str = ""


PRACTICE_CAMERA = DrawnCamera()


def draw_skin_picture(
    seed: int,
    *,
    taken_at: datetime,
    camera: DrawnCamera = PRACTICE_CAMERA,
    size: tuple[int, int] = (1600, 1200),
    dermoscopic: bool = False,
    locating: bool = False,
    gps: bool = False,
    orientation: int = 1,
    tone: int | None = None,
) -> bytes:
    """One JPEG with EXIF.

    size: width and height in pixels as stored, at least 64 each.
    dermoscopic: one large lesion in a round aperture. locating: a whole region with
    small lesions. Neither: a close-up with a ruler. Both at once: ValueError.
    orientation: EXIF 1 to 8, written as a tag; the pixels stay as they are.
    tone: of SKIN_TONES, so that pictures of one person agree; None for any.
    """
    if dermoscopic and locating:
        raise ValueError("a picture is dermoscopic or locating, not both")
    if min(size) < 64:
        raise ValueError("a drawn picture has at least 64 pixels each way")
    rng = random.Random(seed)  # noqa: S311 - draws pictures, guards nothing
    width, height = size
    skin = _skin(rng, size, tone)
    if locating:
        for _ in range(rng.randint(2, 4)):
            centre = (rng.uniform(0.2, 0.8) * width, rng.uniform(0.2, 0.8) * height)
            _add_lesion(skin, rng, centre, rng.uniform(0.015, 0.035) * height)
        _add_hairs(skin, seed)
        picture = _in_a_room(skin, rng)
    else:
        centre = (rng.uniform(0.44, 0.56) * width, rng.uniform(0.4, 0.5) * height)
        radius = (rng.uniform(0.24, 0.3) if dermoscopic else rng.uniform(0.09, 0.14)) * height
        _add_lesion(skin, rng, centre, radius)
        _add_hairs(skin, seed)
        picture = _through_a_dermatoscope(skin) if dermoscopic else _with_ruler(skin)
    return _encode(picture, taken_at, camera, gps, orientation)


def _noise(rng: random.Random, size: tuple[int, int], grain: int) -> Image.Image:
    """Soft grey noise around 128; grain is the width of one blob in pixels."""
    small = (max(2, size[0] // grain), max(2, size[1] // grain))
    return Image.frombytes("L", small, rng.randbytes(small[0] * small[1])).resize(size, Image.Resampling.BICUBIC)


def _skin(rng: random.Random, size: tuple[int, int], tone: int | None) -> Image.Image:
    """A skin tone, lit from one side, with coarse blotches and fine pores."""
    any_tone = rng.choice(SKIN_TONES)
    colour = any_tone if tone is None else SKIN_TONES[tone]
    light = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270))).resize(size)
    shades = light.point([round(168 + 80 * level / 255) for level in range(256)])
    blotches = _noise(rng, size, max(size) // 9 + 1).point([round(238 + 17 * level / 255) for level in range(256)])
    pores = _noise(rng, size, 6).point([round(232 + 23 * level / 255) for level in range(256)])
    lit = ImageChops.multiply(ImageChops.multiply(shades, blotches), pores)
    return ImageChops.multiply(Image.new("RGB", size, colour), Image.merge("RGB", (lit, lit, lit)))


def _add_lesion(skin: Image.Image, rng: random.Random, centre: tuple[float, float], radius: float) -> None:
    """One irregular spot with a soft border, two tones and a mottled inside."""
    side = max(16, round(radius * 3))
    waves = [(rng.randint(2, 6), rng.uniform(0.03, 0.12), rng.uniform(0, math.tau)) for _ in range(4)]
    outline = []
    for step in range(72):
        angle = math.tau * step / 72
        reach = radius * (1 + sum(depth * math.sin(count * angle + start) for count, depth, start in waves))
        outline.append((side / 2 + reach * math.cos(angle), side / 2 + 0.85 * reach * math.sin(angle)))
    mask = Image.new("L", (side, side), 0)
    ImageDraw.Draw(mask).polygon(outline, fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(max(1.0, radius / 12)))
    dark, light = rng.sample(LESION_TONES, 2)
    mottled = Image.composite(
        Image.new("RGB", (side, side), dark),
        Image.new("RGB", (side, side), light),
        _noise(rng, (side, side), max(2, side // 10)),
    )
    corner = (round(centre[0] - side / 2), round(centre[1] - side / 2))
    below = skin.crop((*corner, corner[0] + side, corner[1] + side))
    spot = Image.blend(ImageChops.multiply(below, mottled), mottled, 0.35)
    skin.paste(spot, corner, mask)


def _add_hairs(skin: Image.Image, seed: int) -> None:
    """Fine and sharp, so that the picture has something to be in focus on."""
    rng = random.Random(-seed - 1)  # noqa: S311 - what is drawn besides stays as it is
    width, height = skin.size
    pen = ImageDraw.Draw(skin)
    for _ in range(HAIRS):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        heading, bend = rng.uniform(0, math.tau), rng.uniform(-0.12, 0.12)
        points = [(x, y)]
        for _ in range(12):
            heading += bend
            x, y = x + math.cos(heading) * height / 90, y + math.sin(heading) * height / 90
            points.append((x, y))
        pen.line(points, fill=HAIR, width=max(1, width // 500))


def _with_ruler(skin: Image.Image) -> Image.Image:
    """A paper ruler along the lower edge: the scale that a close-up needs."""
    width, height = skin.size
    top = round(height * 0.86)
    pen = ImageDraw.Draw(skin)
    pen.rectangle((0, top, width, height), fill=(244, 243, 236))
    pen.line((0, top, width, top), fill=(120, 120, 116), width=max(1, height // 400))
    millimetre = max(4, width // 60)
    for mark, x in enumerate(range(millimetre // 2, width, millimetre)):
        length = (height - top) * (0.55 if mark % 10 == 0 else 0.4 if mark % 5 == 0 else 0.22)
        pen.line((x, top, x, top + length), fill=(20, 20, 20), width=max(1, width // 800))
        if mark % 10 == 0:
            pen.text((x + 2, top + length * 0.9), str(mark // 10), fill=(20, 20, 20), font_size=max(10, height // 32))
    return skin


def _through_a_dermatoscope(skin: Image.Image) -> Image.Image:
    """Black around a soft round field of view."""
    width, height = skin.size
    radius = min(width, height) * 0.47
    field = Image.new("L", (width // 4, height // 4), 0)
    box = ((width / 2 - radius) / 4, (height / 2 - radius) / 4, (width / 2 + radius) / 4, (height / 2 + radius) / 4)
    ImageDraw.Draw(field).ellipse(box, fill=255)
    field = field.filter(ImageFilter.GaussianBlur(max(1.0, radius / 120))).resize(skin.size, Image.Resampling.BICUBIC)
    return Image.composite(skin, Image.new("RGB", skin.size, (6, 6, 8)), field)


def _in_a_room(skin: Image.Image, rng: random.Random) -> Image.Image:
    """A limb in front of a plain cloth: the view that says where on the body it is."""
    width, height = skin.size
    cloth = Image.new("RGB", skin.size, rng.choice(((70, 96, 120), (84, 112, 96), (120, 120, 126))))
    limb = Image.new("L", (width // 4, height // 4), 0)
    wide, narrow = rng.uniform(0.8, 0.9), rng.uniform(0.62, 0.74)
    edges = [(0, 1 - wide), (1, 1 - narrow), (1, narrow), (0, wide)]
    ImageDraw.Draw(limb).polygon([(x * limb.width, y * limb.height) for x, y in edges], fill=255)
    limb = limb.filter(ImageFilter.GaussianBlur(2)).resize(skin.size, Image.Resampling.BICUBIC)
    return Image.composite(skin, cloth, limb)


def _encode(picture: Image.Image, taken_at: datetime, camera: DrawnCamera, gps: bool, orientation: int) -> bytes:
    exif = Image.Exif()
    moment = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    exif[0x010F] = camera.make
    exif[0x0110] = camera.model
    exif[0x0112] = orientation
    exif[0x0131] = "drawn by dermlock"
    exif[0x0132] = moment
    details = exif.get_ifd(0x8769)
    details[0x9003] = moment
    details[0x9004] = moment
    if camera.owner:
        details[0xA430] = camera.owner
    if camera.serial:
        details[0xA431] = camera.serial
    if gps:
        place = exif.get_ifd(0x8825)
        latitude, longitude = PRACTICE_PLACE
        place[1] = "N" if latitude >= 0 else "S"
        place[2] = _degrees(abs(latitude))
        place[3] = "E" if longitude >= 0 else "W"
        place[4] = _degrees(abs(longitude))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY, exif=exif)
    return out.getvalue()


def _degrees(decimal: float) -> tuple[TiffImagePlugin.IFDRational, ...]:
    """Degrees, minutes and hundredths of seconds, as EXIF keeps a coordinate."""
    hundredths = round(decimal * 360_000)
    whole, rest = divmod(hundredths, 360_000)
    minutes, seconds = divmod(rest, 6_000)
    return tuple(TiffImagePlugin.IFDRational(*part) for part in ((whole, 1), (minutes, 1), (seconds, 100)))
