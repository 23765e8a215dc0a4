"""What goes wrong with a picture, done to one that is right: blur, shaking, too little light, too much.

Each gives a JPEG again, as a camera would have written it. A blur is told as a share of the
picture's longer side, so that it does the same to a small picture and to a large one.
"""

import io
import random
from collections.abc import Callable, Mapping

from PIL import Image, ImageChops, ImageFilter

Degrade = Callable[[Image.Image], Image.Image]

QUALITY = 92


def blurred(share: float) -> Degrade:
    """Out of focus. share: standard deviation of the blur."""
    return lambda image: image.filter(ImageFilter.GaussianBlur(share * max(image.size)))


def shaken(share: float) -> Degrade:
    """Moved sideways while it was taken, over that share."""
    return lambda image: image.filter(ImageFilter.BoxBlur((share * max(image.size) / 2, 0)))


def exposed(stops: float) -> Degrade:
    """That many stops brighter, in light, clipped where a sensor clips; the curve is IEC 61966-2-1's (sRGB)."""
    curve = [_encoded(min(1.0, _light(level / 255) * 2**stops)) for level in range(256)]
    return lambda image: image.point(curve * len(image.getbands()))


def noisy(degrade: Degrade, sigma: float = 3.0) -> Degrade:
    """The same with the noise of a sensor over it, which blur does not take away. sigma: in grey levels."""
    return lambda image: _with_noise(degrade(image), sigma)


def degraded(picture: bytes, degrade: Degrade) -> bytes:
    """A picture's file after that; its metadata do not come along, its orientation is as it was stored."""
    with Image.open(io.BytesIO(picture)) as image:
        out = io.BytesIO()
        degrade(image.convert("RGB")).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _light(level: float) -> float:
    return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4


def _encoded(light: float) -> int:
    return round(255 * (light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055))


def _with_noise(image: Image.Image, sigma: float) -> Image.Image:
    """The difference of two even noises is triangular; of 0 to 255 each, its deviation is 104."""
    rng = random.Random(1)
    count = image.width * image.height
    bands = []
    for band in image.split():
        plus, minus = (Image.frombytes("L", image.size, rng.randbytes(count)) for _ in range(2))
        noise = ImageChops.subtract(plus, minus, scale=104 / sigma, offset=128)
        bands.append(ImageChops.add(band, noise, offset=-128))
    return Image.merge(image.mode, bands)


BLURS: Mapping[str, Degrade] = {f"blur {share:.2%}": blurred(share) for share in (0.0015, 0.003, 0.006, 0.012)}
"""The four that the ranking is tried with; on 1024 pixels they are 1.5, 3, 6 and 12 of them."""

EXPOSURES: Mapping[str, Degrade] = {f"{stops:+} stops": exposed(stops) for stops in (-2, 2)}

SHAKEN: Mapping[str, Degrade] = {f"shaken {share:.1%}": shaken(share) for share in (0.01, 0.02)}

FURTHER_EXPOSURES: Mapping[str, Degrade] = {f"{stops:+} stops": exposed(stops) for stops in (-3, -1, 1, 3)}
