"""Opens pictures that nobody vouches for, says whether they decode to their end, and measures them.

A card holds whatever a camera, a phone or a stranger put there. So the format
comes from the content, sizes are checked from the header before a pixel is
allocated, only the four decoders that are needed are let near the bytes, and
every way in which Pillow fails is one error with a reason in plain words.
"""

import io
from dataclasses import dataclass, replace
from typing import BinaryIO

from PIL import Image, ImageFile

from ..errors import DermlockError
from .facts import PictureFacts
from .metadata import read_facts
from .pillow import (
    DECODERS,
    MEMORY_LIMIT,
    PILLOW_ERRORS,
    decode_fully,
    heard_warnings,
    keep_the_screen_clean,
    reason_of,
    reraise_medium_error,
)
from .quality.measured import Measured
from .quality.measuring import measure, measured_size
from .recognising import HEAD_BYTES, PictureFormat, recognise
from .traces.reading import read_traces

FRAME_LIMIT = 64
"""Pictures of one MPO or TIFF that are decoded; beyond that a remark says so."""


class UnreadablePictureError(DermlockError):
    """The file is no picture that can be decoded to its end.

    reason: why, as a clause in plain words. claimed: what its first bytes say it is.
    """

    exit_code = 5

    def __init__(self, reason: str, claimed: PictureFormat | None) -> None:
        super().__init__(f"This file is not a picture that can be read: {reason}.", "It is left where it is.")
        self.reason = reason
        self.claimed = claimed


@dataclass(frozen=True)
class Opened:
    """A picture that decoded to its end.

    format: JPEG, MPO, PNG or TIFF. remarks: what was odd although it decodes, as clauses.
    measured: of its first picture, None when its pixels are of a kind that cannot be measured.
    """

    format: PictureFormat
    facts: PictureFacts
    remarks: tuple[str, ...] = ()
    measured: Measured | None = None


def untrusted_stream(file: BinaryIO | bytes) -> tuple[BinaryIO, PictureFormat]:
    """What may be given to Pillow, and what it claims to be.

    A TIFF is read into memory first: libtiff would map the file, and a card that is
    pulled then kills the process (SIGBUS) instead of failing the read.
    Raises UnreadablePictureError when it is of no format that is decoded.
    """
    stream = io.BytesIO(file) if isinstance(file, bytes) else file
    stream.seek(0)
    claimed = recognise(stream.read(HEAD_BYTES))
    if claimed is None:
        raise UnreadablePictureError("its content is no picture of a known kind", None)
    if not claimed.decoded:
        raise UnreadablePictureError(f"{claimed.value} pictures are not decoded by this version", claimed)
    stream.seek(0)
    keep_the_screen_clean()
    if claimed is PictureFormat.TIFF and not isinstance(stream, io.BytesIO):
        content = stream.read(MEMORY_LIMIT // 2 + 1)
        if len(content) > MEMORY_LIMIT // 2:
            raise UnreadablePictureError("it is larger than this station decodes", claimed)
        stream = io.BytesIO(content)
    return stream, claimed


def open_untrusted(file: BinaryIO | bytes) -> Opened:
    """The picture in `file`, decoded to its end, and what it says of itself.

    file: all bytes, or a seekable file, which is read from its start and left open.
    Raises UnreadablePictureError when it is no JPEG, MPO, PNG or TIFF, does not
    decode, or is too large. A failing medium (EIO, ENODEV) is let through as the
    OSError it is, because that is the card's trouble and not the picture's.
    """
    stream, claimed = untrusted_stream(file)
    with heard_warnings() as heard:
        try:
            with Image.open(stream, formats=DECODERS) as image:
                found = PictureFormat(image.format)
                width, height = measured_size(*image.size)
                if found is PictureFormat.PNG:  # what it says of itself may stand behind its pixels
                    damage = decode_fully(image)
                    facts, odd_facts = read_facts(image)
                else:  # decoding makes a JPEG smaller and turns a TIFF upright
                    facts, odd_facts = read_facts(image)
                    damage = decode_fully(image, width=width, height=height)
                measured, unmeasured = _measured(image, facts, damaged=bool(damage))
                odd_frames = _decode_further_frames(image)
        except PILLOW_ERRORS as error:
            reraise_medium_error(error)
            raise UnreadablePictureError(reason_of(error), claimed) from error
    facts = replace(facts, traces=read_traces(stream, found, model=facts.model))
    remarks = tuple(dict.fromkeys((*damage, *heard, *odd_facts, *unmeasured, *odd_frames)))
    return Opened(found, facts, remarks, measured)


def _measured(
    image: ImageFile.ImageFile, facts: PictureFacts, *, damaged: bool
) -> tuple[Measured | None, tuple[str, ...]]:
    """Pixels that cannot be measured are a remark: the picture decoded, and may be sealed."""
    try:
        return measure(image, (facts.width, facts.height), damaged=damaged), ()
    except PILLOW_ERRORS as error:
        return None, (f"its focus and exposure cannot be measured: {reason_of(error)}",)


def _decode_further_frames(image: ImageFile.ImageFile) -> tuple[str, ...]:
    """Decodes what follows the first picture. A broken one is a remark: the first one decoded."""
    for frame in range(1, FRAME_LIMIT):
        try:
            image.seek(frame)
            decode_fully(image)
        except EOFError:
            return ()
        except PILLOW_ERRORS as error:
            reraise_medium_error(error)
            return (f"picture {frame + 1} inside it cannot be decoded: {reason_of(error)}",)
    return (f"only the first {FRAME_LIMIT} pictures inside it were looked at",)
