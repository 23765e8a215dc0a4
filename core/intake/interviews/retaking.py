"""Which pictures are better taken again while the patient is there. Advice in words; nothing rests on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...card.card import CardFile
from ...model.lesion import View
from ...model.picture import PictureDecision

MOST_NAMED = 3
"""Pictures that are named in one line; a set has three, and the review names every one."""

_AGAIN = "again while the patient is here."


@dataclass(frozen=True)
class _Judged:
    """words: all that is of concern, "" for nothing. again: whether it calls for a retake."""

    file: CardFile
    words: str
    again: bool


def quality_in_words(file: CardFile) -> str:
    """All that is of concern with a picture whose view is not known, as predicates; "" when nothing is."""
    return _judged(file, None, ()).words


def advice_on(files: Sequence[CardFile], views: Sequence[View] = ()) -> str:
    """Which of these pictures of one patient are better taken again and why, in one line; "" when none is.

    views: what each shows, () while that is not known.
    """
    pictures = list(zip(files, views, strict=True)) if views else [(file, None) for file in files]
    again = [each for each in (_judged(file, view, pictures) for file, view in pictures) if each.again]
    if not again:
        return ""
    names: dict[str, list[str]] = {}
    for each in again[:MOST_NAMED]:
        names.setdefault(each.words, []).append(_name(each.file, files))
    named = " ".join(f"{', '.join(those)}: {words}." for words, those in names.items())
    more = f" {len(again) - MOST_NAMED} more likewise." if len(again) > MOST_NAMED else ""
    return f"{named}{more} Take {'it' if len(again) == 1 else 'them'} {_AGAIN}"


def quality_lines(kept: Sequence[PictureDecision], by_sha256: Mapping[str, CardFile]) -> Iterator[str]:
    """Everything there is to say of the pictures that are kept, each by its view and beside the others.

    by_sha256: the kept pictures' files.
    """
    pictures = [(by_sha256[decision.sha256], decision.view) for decision in kept]
    for decision in kept:
        judged = _judged(by_sha256[decision.sha256], decision.view, pictures)
        better = _better(decision, kept, by_sha256, pictures)
        if better is not None:
            why = judged.words or "less sharp, or lit less well"
            yield f"{judged.file.shown}: {why}. {better.shown} shows the same and is better."
        elif judged.words:
            yield f"{judged.file.shown}: {judged.words}.{f' Take it {_AGAIN}' if judged.again else ''}"


def _judged(file: CardFile, view: View | None, pictures: Sequence[tuple[CardFile, View | None]]) -> _Judged:
    """pictures: the patient's, with this one. Only those that were taken like it are held against it."""
    if file.quality is None:
        return _Judged(file, "", again=False)
    beside = [
        other.quality
        for other, shows in pictures
        if other.quality and view and shows and (shows is View.DERMOSCOPIC) == (view is View.DERMOSCOPIC)
    ]
    return _Judged(file, file.quality.in_words(view, beside), again=file.quality.calls_for_retake(view, beside))


def _name(file: CardFile, files: Sequence[CardFile]) -> str:
    """Without its folder, unless another of them has the same name."""
    name = file.shown.rpartition("/")[2]
    return name if [each.shown.rpartition("/")[2] for each in files].count(name) == 1 else file.shown


def _better(
    decision: PictureDecision,
    kept: Sequence[PictureDecision],
    by_sha256: Mapping[str, CardFile],
    pictures: Sequence[tuple[CardFile, View | None]],
) -> CardFile | None:
    """The best picture of the same lesion and view, if this one is clearly worse; two of “another view” may differ."""
    mine = by_sha256[decision.sha256].quality
    if mine is None or decision.view is View.OTHER:
        return None
    same = [by_sha256[each.sha256] for each in kept if (each.lesion, each.view) == (decision.lesion, decision.view)]
    good = [(file.quality, file) for file in same if file.quality and not _judged(file, decision.view, pictures).again]
    best = max(good, key=lambda pair: pair[0].measured.worth, default=None)
    return best[1] if best is not None and mine.is_worse_than(best[0]) else None
