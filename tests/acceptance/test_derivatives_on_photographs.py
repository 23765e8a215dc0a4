"""Copies of real photographs: the same pixels, covered where they should be, and nothing else in them."""

import io
import warnings
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from core.model.picture import CoverBox
from core.photo.covering import COVER_COLOUR, covered_copy
from core.photo.derivative.bare_copy import bare_copy
from core.photo.opening import open_untrusted
from core.photo.recognising import PictureFormat

from ..support.exiftool import more_than_structure, tags_of
from ..support.metadata import exif_block, exif_segment, jpeg_segments, jpeg_with, runs_in_common
from .manifest import photographs

TELLING = 9
"""Different bytes in a run of 16 from which it is taken for a run of something; flat parts of pictures
are packed as the same few bytes over and over, in a thumbnail as in its picture."""

TURNED_BELOW = 1_600_000
"""Pixels of the pictures that are tried in all eight orientations; the larger ones in their own alone."""

KEEP_THEIR_DATA = (PictureFormat.JPEG, PictureFormat.MPO, PictureFormat.PNG)


def shown(content: bytes) -> Image.Image:
    """As a receiver's programme shows it, by Pillow's own turning; of a damaged PNG what is left of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of broken metadata
        with Image.open(io.BytesIO(content)) as image:
            try:
                image.load()
            except OSError:
                if image.tile:
                    raise
            return ImageOps.exif_transpose(image)


def telling(runs: set[bytes]) -> set[bytes]:
    return {run for run in runs if len(set(run)) >= TELLING}


def dropped_of_jpeg(original: bytes, copy: bytes) -> bytes:
    """The application segments and comments before the first scan, and what stands behind the picture."""
    segments = jpeg_segments(original)
    head = b"".join(content for marker, content in segments[:-1] if 0xE0 <= marker <= 0xEF or marker == 0xFE)
    end = original.rindex(copy[-100:]) + 100
    return head + original[end:]


def own_bytes(copy: bytes) -> bytes:
    """Without the tables and the scan's header, which a thumbnail by the same camera has as well, and without
    the numbers of a colour profile, which are taken over."""
    *head, (_, scans) = jpeg_segments(copy)
    own = b"".join(content for marker, content in head if marker not in (0xC4, 0xDB, 0xE2))
    return own + scans[2 + int.from_bytes(scans[2:4], "big") :]


@pytest.mark.acceptance
def test_bare_copies_show_the_same_pixels_and_hold_nothing_else(shared: Path, tmp_path: Path) -> None:
    odd: dict[str, str] = {}
    copies: dict[Path, str] = {}
    kept = searched = 0
    for number, photograph in enumerate(photographs(shared)):
        if photograph.format is None:
            continue
        original = photograph.content
        copy = bare_copy(original)
        assert open_untrusted(copy.content).facts.traces == (), photograph.name
        before, after = shown(original), shown(copy.content)
        assert before.size == after.size, photograph.name
        assert after.tobytes() == before.convert(after.mode).tobytes(), photograph.name
        if copy.remark:
            odd[photograph.name] = copy.remark
        elif photograph.format in KEEP_THEIR_DATA:
            kept += 1
            assert copy.format is (PictureFormat.PNG if photograph.format is PictureFormat.PNG else PictureFormat.JPEG)
        if copy.format is PictureFormat.JPEG:
            searched += 1
            common = telling(runs_in_common(dropped_of_jpeg(original, copy.content), own_bytes(copy.content)))
            assert common == set(), photograph.name
        copies[tmp_path / f"{number}.{copy.format.value.lower()}"] = photograph.name
        (tmp_path / f"{number}.{copy.format.value.lower()}").write_bytes(copy.content)
    seen = tags_of(copies)
    assert {copies[path]: more for path, tags in seen.items() if (more := more_than_structure(tags))} == {}
    oriented = sum("IFD0:Orientation" in tags for tags in seen.values())
    print(f"{len(copies)} bare copies, {kept} with their data as they were, {searched} searched for what was dropped")
    print(f"{oriented} with an orientation; as PNG of their pixels because they are odd: {odd}")
    assert len(copies) > 100
    assert kept > 100


def boxes_for(width: int, height: int) -> list[CoverBox]:
    """One pixel in a corner, an edge, and the middle."""
    return [
        CoverBox(0, 0, 1, 1),
        CoverBox(0, height - 1, width, height),
        CoverBox(width // 3, height // 3, width // 3 + max(1, width // 4), height // 3 + max(1, height // 4)),
    ]


def assert_covered(original: bytes, copy: bytes, boxes: list[CoverBox], name: str) -> None:
    with Image.open(io.BytesIO(copy), formats=("PNG",)) as covered:
        covered.load()
    whole = shown(original)
    black = COVER_COLOUR if covered.mode == "RGB" else 0
    whole = whole if whole.mode == covered.mode else whole.convert(covered.mode)
    for box in boxes:
        place = (box.left, box.top, box.right, box.bottom)
        inside = covered.crop(place)
        assert inside.tobytes() == Image.new(covered.mode, inside.size, black).tobytes(), name
        whole.paste(black, place)
    assert covered.tobytes() == whole.tobytes(), name


@pytest.mark.acceptance
def test_covered_copies_in_every_orientation(shared: Path, tmp_path: Path) -> None:
    copies: dict[Path, str] = {}
    tried = 0
    for number, photograph in enumerate(photographs(shared)):
        if photograph.format is None:
            continue
        content = photograph.content
        across, down = shown(content).size
        is_jpeg = photograph.format in (PictureFormat.JPEG, PictureFormat.MPO)
        for orientation in range(9) if is_jpeg and across * down < TURNED_BELOW else (0,):  # 0: as it came
            original = jpeg_with(content, exif_segment(exif_block({0x0112: orientation}))) if orientation else content
            width, height = shown(original).size
            boxes = boxes_for(width, height)
            copy = covered_copy(original, boxes)
            name = f"{photograph.name}, orientation {orientation}"
            assert_covered(original, copy, boxes, name)
            tried += 1
            if orientation:
                continue
            assert open_untrusted(copy).facts.traces == (), name
            if photograph.format is not PictureFormat.PNG:
                assert telling(runs_in_common(original, copy)) == set(), name
            path = tmp_path / f"{number}.png"
            copies[path] = name
            path.write_bytes(copy)
    assert {copies[path]: more for path, tags in tags_of(copies).items() if (more := more_than_structure(tags))} == {}
    print(f"{tried} covered copies of {len(copies)} photographs")
    assert tried > 600
