"""Pixels of whatever mode as eight bits of red, green and blue, and the right way up."""

import math

from PIL import Image

BACKDROP = (128, 128, 128)
"""Behind transparent pixels: neither skin nor lesion is taken for it."""

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture of that EXIF orientation upright (EXIF 2.32, Orientation)."""


def scalable(image: Image.Image) -> Image.Image:
    """A mode in which neighbouring pixels can be averaged; palettes and 16-bit greys cannot."""
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("P", "PA"):
        return image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    return image.convert("I") if image.mode.startswith("I;16") else image


def plain_rgb(image: Image.Image) -> Image.Image:
    """Eight bits of red, green and blue from every mode that `scalable` leaves."""
    if image.mode in ("I", "F"):
        return _stretched(image).convert("RGB")
    if image.mode == "La":
        image = image.convert("LA")
    if image.mode in ("LA", "RGBA", "RGBa") or "transparency" in image.info:
        seen = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", seen.size, (*BACKDROP, 255)), seen).convert("RGB")
    return image.convert("RGB")


def _stretched(image: Image.Image) -> Image.Image:
    """Greys of more than 8 bits, darkest to black and brightest to white; no range says what they mean."""
    greys = image.convert("F")
    low, high = (float(end) for end in greys.getextrema())  # type: ignore[arg-type]  # one band: two numbers
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low:
        return Image.new("L", image.size, 128)
    scale = 255 / (high - low)
    return greys.point(lambda level: level * scale - low * scale).convert("L")
