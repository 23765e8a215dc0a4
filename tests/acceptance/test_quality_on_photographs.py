"""The quality check on photographs of skin: what ranks above what, how often it advises, and how often wrongly.

Prints the figures of docs/quality.md. The limits of focus were chosen on every second series of
photographs, and are shown on the others, which had no part in it.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from core.model.lesion import View
from core.photo.opening import open_untrusted
from core.photo.quality.judging import Concern, PictureQuality
from core.photo.quality.limits import load_limits

from ..support.degrading import BLURS, EXPOSURES, FURTHER_EXPOSURES, SHAKEN, Degrade, degraded, noisy

pytestmark = pytest.mark.acceptance

RANKED: Mapping[str, Degrade] = {**BLURS, **EXPOSURES}
BLURRED = ("blur 0.30%", "blur 0.60%", "blur 1.20%")
"""What a clinician would want taken again; the weakest blur is at the edge of being seen."""

NOISY = {f"{kind}, noisy": noisy(degrade) for kind, degrade in {**BLURS, **SHAKEN}.items()}
TRIED: Mapping[str, Degrade] = {**RANKED, **SHAKEN, **FURTHER_EXPOSURES, **NOISY}
OF_SIZE = {Concern.TOO_SMALL, Concern.SMALLER_THAN_WANTED}
VIEWS = {"skin_macro": View.CLOSE_UP, "skin_dermoscopy": View.DERMOSCOPIC}
NAMES = {"skin_macro": "naked eye", "skin_dermoscopy": "dermoscopic"}


@dataclass(frozen=True)
class Photograph:
    """series: pictures of one lesion. worse: by kind, what became of it."""

    name: str
    category: str
    series: str
    quality: PictureQuality
    worse: Mapping[str, PictureQuality] = field(repr=False)


@cache
def photographs(photos: Path) -> tuple[Photograph, ...]:
    limits = load_limits(None)

    def quality(content: bytes) -> PictureQuality:
        measured = open_untrusted(content).measured
        assert measured is not None
        return PictureQuality(measured, limits)

    found = []
    for row in _manifest(photos):
        if row["category"] in VIEWS:
            content = (photos / row["file"]).read_bytes()
            worse = {kind: quality(degraded(content, degrade)) for kind, degrade in TRIED.items()}
            found.append(Photograph(row["file"], row["category"], row["group"], quality(content), worse))
    return tuple(found)


def _manifest(photos: Path) -> list[dict[str, str]]:
    with (photos / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def held_out(pictures: Iterable[Photograph]) -> frozenset[str]:
    """Every second series, by name: they had no part in choosing the limits."""
    return frozenset(sorted({picture.series for picture in pictures})[1::2])


def concerns(picture: Photograph, kind: str, pictures: Iterable[Photograph]) -> set[Concern]:
    """What is said of it beside the others of its series, but for its size. kind: "" for the photograph as it is."""
    beside = [other.quality for other in pictures if other.series == picture.series and other is not picture]
    quality = picture.worse[kind] if kind else picture.quality
    return set(quality.concerns(VIEWS[picture.category], beside)) - OF_SIZE


def rate(pictures: Iterable[Photograph], kind: str, everything: Iterable[Photograph]) -> tuple[int, int]:
    told = [bool(concerns(picture, kind, everything)) for picture in pictures]
    return sum(told), len(told)


def as_text(told: int, of: int) -> str:
    return f"{told} of {of} ({told / of:.0%})"


def test_every_photograph_ranks_above_each_of_its_degraded_versions(shared: Path) -> None:
    pictures = photographs(shared / "photos")
    assert len([each for each in pictures if each.category == "skin_macro"]) >= 36
    assert len([each for each in pictures if each.category == "skin_dermoscopy"]) >= 8
    lost = [
        (picture.name, kind)
        for picture in pictures
        for kind in RANKED
        if picture.worse[kind].measured.worth >= picture.quality.measured.worth
    ]
    print(f"\nranking: {len(pictures)} photographs, {len(RANKED)} versions each, {len(lost)} ranked wrongly")
    for kind in TRIED:
        above = sum(each.worse[kind].measured.worth < each.quality.measured.worth for each in pictures)
        print(f"  {kind:22} the original is above in {as_text(above, len(pictures))}")
    assert lost == []


@pytest.mark.parametrize("category", VIEWS)
def test_advice_comes_to_blurred_and_badly_lit_pictures_and_seldom_to_good_ones(shared: Path, category: str) -> None:
    everything = photographs(shared / "photos")
    pictures = [each for each in everything if each.category == category]
    out = held_out(pictures)
    parts = {
        "all": pictures,
        "chosen on": [each for each in pictures if each.series not in out],
        "held out": [each for each in pictures if each.series in out],
    }
    print(f"\n{NAMES[category]}: a retake is advised, size left out")
    for kind in ("", *TRIED):
        rates = {part: rate(of_part, kind, everything) for part, of_part in parts.items()}
        print(f"  {kind or 'as it is':22}", *(f"{part} {as_text(*told)}" for part, told in rates.items()), sep="  ")
    wrongly = [
        (each.name, sorted(concern.value for concern in found))
        for each in pictures
        if (found := concerns(each, "", everything))
    ]
    too_small = sum(Concern.TOO_SMALL in each.quality.concerns(VIEWS[category]) for each in pictures)
    early = {
        kind: sum(bool(set(quality.concerns()) - OF_SIZE) for quality in of_kind)
        for kind, of_kind in {
            "as it is": [each.quality for each in pictures],
            **{kind: [each.worse[kind] for each in pictures] for kind in BLURS},
        }.items()
    }
    print(f"  before the view is known, of {len(pictures)}: {early}")
    print(f"  told without having been degraded: {wrongly}; too small: {as_text(too_small, len(pictures))}")
    for of_part in parts.values():
        told, of = rate(of_part, "", everything)
        assert told <= 0.06 * of
        for kind in BLURRED:
            told, of = rate(of_part, kind, everything)
            assert told >= 0.85 * of
        told, of = rate(of_part, "+2 stops", everything)
        assert told >= 0.75 * of
    told, of = rate(pictures, "+3 stops", everything)
    assert told >= 0.85 * of


def test_a_dark_picture_is_told_beside_the_others_of_its_patient(shared: Path) -> None:
    everything = photographs(shared / "photos")
    alike = [each for each in everything if [other.series for other in everything].count(each.series) > 1]
    print(f"\n{len(alike)} photographs in series of one lesion: told to be too dark")
    told = {}
    for kind in ("", "-1 stops", "-2 stops", "-3 stops"):
        dark = [concerns(each, kind, everything) & {Concern.DARKER, Concern.TOO_DARK} for each in alike]
        told[kind] = sum(map(bool, dark))
        print(f"  {kind or 'as it is':22} {as_text(told[kind], len(alike))}")
    assert told[""] == 0
    assert told["-2 stops"] >= 0.9 * len(alike)
    assert told["-3 stops"] == len(alike)


@pytest.mark.parametrize("category", VIEWS)
def test_the_limit_of_focus_is_the_one_that_the_data_give(shared: Path, category: str) -> None:
    """Where most of the blurred are told and fewest of the others (Youden), the middle of it, rounded down to 0.05."""
    pictures = [each for each in photographs(shared / "photos") if each.category == category]
    out = held_out(pictures)
    chosen_on = [each for each in pictures if each.series not in out]
    right = [each.quality.measured.focus or 0.0 for each in chosen_on]
    blurred = [each.worse[kind].measured.focus or 0.0 for each in chosen_on for kind in BLURRED]
    gain = {
        limit / 100: sum(focus < limit / 100 for focus in blurred) / len(blurred)
        - sum(focus < limit / 100 for focus in right) / len(right)
        for limit in range(100, 300)
    }
    best = [limit for limit, gained in gain.items() if gained > max(gain.values()) - 1e-9]
    middle = (best[0] + best[-1]) / 2
    limits = load_limits(None)
    shipped = limits.focus_dermoscopic if category == "skin_dermoscopy" else limits.focus_naked_eye
    print(f"\n{NAMES[category]}: best from {best[0]} to {best[-1]}, shipped {shipped}")
    assert 0 <= middle - shipped < 0.05


def test_photographs_that_their_list_calls_bad_are_told(shared: Path) -> None:
    limits = load_limits(None)
    photos = shared / "photos"
    said = {}
    for row in _manifest(photos):
        if "out of focus" in row["good_for"] or "blown highlight" in row["good_for"]:
            measured = open_untrusted((photos / row["file"]).read_bytes()).measured
            assert measured is not None
            said[row["file"]] = PictureQuality(measured, limits).in_words()
    print(f"\ncalled bad by the list: {said}")
    assert len(said) >= 2
    assert all(words.startswith("perhaps out of focus") for words in said.values())
