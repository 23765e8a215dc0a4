"""Where on the body, read as it is typed: “left forearm”, “forearm l”, “nose mid”.

A place is a site and a side. Words may be begun only, in any order, but what
could be two places is none: it is refused, never guessed, and a site alone is
never taken for the midline.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import RuleRefusedError
from .lesion import BODY_SITES, PAIRED_SITES, Laterality
from .question import quoted

_SHOWN = dict(BODY_SITES)
_FILLERS = frozenset({"or", "the", "around", "area", "side", "of", "on", "in"})
"""Words that tell no place from another; typed in full they are passed over."""

_SIDE_WORDS = {
    Laterality.LEFT: ("left", "lt"),
    Laterality.RIGHT: ("right", "rt"),
    Laterality.MIDLINE: ("midline", "middle", "centre", "center", "central"),
}
_OTHER_WORDS = {
    "scalp": ("head", "crown", "vertex"),
    "forehead": ("face", "brow"),
    "eyelid": ("face", "upper", "lower", "eyebrow", "canthus"),
    "nose": ("face", "nostril"),
    "cheek": ("face",),
    "lip": ("face", "upper", "lower"),
    "chin": ("face",),
    "ear": ("pinna", "earlobe"),
    "upper-arm": ("bicep", "triceps"),
    "forearm": ("arm",),
    "hand": ("palm", "knuckle"),
    "finger": ("thumb", "fingernail"),
    "chest": ("sternum", "presternal"),
    "breast": ("nipple", "areola"),
    "abdomen": ("belly", "tummy", "stomach", "navel", "umbilicus", "flank"),
    "upper-back": ("scapula", "interscapular"),
    "lower-back": ("lumbar", "loin", "sacrum"),
    "genital": ("penis", "scrotum", "vulva", "labia"),
    "buttock": ("bottom",),
    "thigh": ("leg",),
    "knee": ("kneecap",),
    "lower-leg": ("calf", "shin"),
    "foot": ("heel", "instep"),
    "toe": ("toenail",),
}
"""What a site is called besides its shown name. A word of two sites, such as “leg”, leaves both open."""

_LEAST = 3
"""Letters of such a word that must be typed, so that an l stays a left."""


@dataclass(frozen=True)
class Where:
    """A place on the body. site: an id of BODY_SITES."""

    site: str
    laterality: Laterality

    def __str__(self) -> str:
        return f"{self.laterality.value} {_SHOWN[self.site].lower()}"


def sides_of(site: str) -> tuple[Laterality, ...]:
    """The sides that a site has: one of a pair has no midline."""
    return tuple(side for side in Laterality if side is not Laterality.MIDLINE or site not in PAIRED_SITES)


def other_words_for(site: str) -> str:
    """What the site is called besides its shown name, and its sides: words to find it by, with spaces between."""
    sides = (word for side in sides_of(site) for word in _SIDE_WORDS[side])
    return " ".join((*_OTHER_WORDS.get(site, ()), *sides))


def places_for(text: str) -> tuple[Where, ...]:
    """Every place that the text can mean, head to foot; all of them for an empty text."""
    typed = _typed(text)
    return tuple(Where(site, side) for site, _ in BODY_SITES for side in sides_of(site) if _fits(typed, site, side))


def read_where(text: str) -> Where:
    """The one place that the text can mean. Raises RuleRefusedError where it is none, or not one alone."""
    if not _typed(text):
        raise RuleRefusedError("No place on the body is named yet.", "Type site and side, for example: left forearm.")
    places = places_for(text)
    if len(places) == 1:
        return places[0]
    said = quoted(" ".join(text.split()))
    if not places:
        raise RuleRefusedError(f"{said} is no place on the list.", "Type the beginning of site and side, or choose.")
    if len({place.site for place in places}) == 1:
        sides = " or ".join(place.laterality.value for place in places)
        raise RuleRefusedError(f"The side is not clear yet: {sides}?", "Type it too, or choose from the list.")
    raise RuleRefusedError(
        f"{said} can be {len(places)} places.", "Type more of it, with the side, or choose from the list."
    )


def _typed(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.findall(r"[^\W_]+", text.casefold()) if word not in _FILLERS)


def _words_of(site: str) -> tuple[str, ...]:
    named = re.findall(r"[^\W_]+", f"{_SHOWN[site]} {site}".casefold())
    return tuple(word for word in dict.fromkeys(named) if word not in _FILLERS)


def _fits(typed: Sequence[str], site: str, side: Laterality) -> bool:
    return _begin(
        typed,
        (
            *((word, 1) for word in _words_of(site)),
            *((word, _LEAST) for word in _OTHER_WORDS.get(site, ())),
        ),
        _SIDE_WORDS[side],
    )


def _begin(typed: Sequence[str], of_site: Sequence[tuple[str, int]], of_side: Sequence[str]) -> bool:
    """Whether each typed word begins a word of its own; the side is said once at most.

    Of its own: in “lower l” the l is the side or another word, for “lower” was said already.
    of_site: words with the letters that must be typed of them.
    """
    if not typed:
        return True
    first, rest = typed[0], typed[1:]
    if any(word.startswith(first) for word in of_side) and _begin(rest, of_site, ()):
        return True
    return any(
        (word.startswith(first) or first == f"{word}s")
        and len(first) >= least
        and _begin(rest, (*of_site[:at], *of_site[at + 1 :]), of_side)
        for at, (word, least) in enumerate(of_site)
    )
