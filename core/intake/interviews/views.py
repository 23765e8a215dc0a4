"""Asks for the lesions, and for each picture which lesion and which view it is.

Question ids of pictures carry the digest, so that an answer given for one
picture is never taken for another's after the choice changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ...card.card import CardFile
from ...consent.interview import intimate_under_age
from ...consent.questions import AGE_FOR_INTIMATE_PICTURES
from ...errors import RuleRefusedError
from ...model.conversation import Conversation, Script, ask
from ...model.lesion import BODY_SITES, INTIMATE_SITES, Laterality, Lesion, View
from ...model.question import Option, Question, QuestionKind
from ...model.where import other_words_for, sides_of
from ..steps import ViewsNamed
from .card_files import in_order_taken
from .retaking import advice_on

ARRANGEMENT = "arrangement"
LESIONS = "lesions"
AS_PROPOSED, ONE, SEVERAL = "as-proposed", "one", "several"
MOST_LESIONS = 9
"""In one episode; more are rarer than a slip of the key."""

PROPOSED_VIEWS = (View.LOCATING, View.CLOSE_UP, View.DERMOSCOPIC)
_SOURCE = "GLOS: picture set per lesion; clear history"
VIEW_LABELS = {
    View.LOCATING: "Locating: where on the body it is",
    View.CLOSE_UP: "Close-up, with a scale",
    View.DERMOSCOPIC: "Dermoscopic, in contact",
    View.LATERAL: "From the side, where it is raised",
    View.OTHER: "Another view",
}


@dataclass(frozen=True)
class ViewRules:
    """What bears on the views. intimate_agreed: consent covers an intimate area. age: in years.

    reason_when_missing: views of the route whose absence needs a recorded reason.
    """

    intimate_agreed: bool
    age: int
    reason_when_missing: tuple[View, ...]


def views_interview(pictures: Sequence[CardFile], rules: ViewRules) -> Conversation[ViewsNamed]:
    """The interview of the views step. pictures: one file for each digest."""
    return Conversation(lambda: _name(in_order_taken(pictures), rules))


def lesion_id(number: int, name: str) -> str:
    """name: site, laterality or history."""
    return f"lesion_{number}_{name}"


def lesion_of_id(sha256: str) -> str:
    return f"lesion_of_{sha256}"


def view_id(sha256: str) -> str:
    return f"view_{sha256}"


def missing_id(view: View) -> str:
    return f"without_{view.value.replace('-', '_')}"


def _name(pictures: tuple[CardFile, ...], rules: ViewRules) -> Script[ViewsNamed]:
    proposed = tuple(zip(pictures, PROPOSED_VIEWS, strict=False)) if 2 <= len(pictures) <= len(PROPOSED_VIEWS) else ()
    arrangement = yield from ask(_arrangement(proposed))
    count = int((yield from ask(_count()))) if arrangement == SEVERAL else 1
    lesions = []
    for number in range(1, count + 1):
        lesions.append((yield from _lesion(number, count, rules)))
    views: list[tuple[str, int, View]] = []
    if arrangement == AS_PROPOSED:
        views = [(file.sha256, 1, view) for file, view in proposed]
    else:
        for position, file in enumerate(pictures, 1):
            views.append((yield from _picture(file, f"picture {position} of {len(pictures)}", lesions)))
    reasons = []
    for view in rules.reason_when_missing:
        without = [lesion for lesion in lesions if (lesion.number, view) not in {(n, v) for _, n, v in views}]
        if without:
            reasons.append((view, (yield from ask(missing_question(view, without)))))
    return ViewsNamed(tuple(lesions), tuple(views), tuple(reasons))


def _lesion(number: int, count: int, rules: ViewRules) -> Script[Lesion]:
    which = "the lesion" if count == 1 else f"lesion {number}"
    site_asked, laterality_asked, history_asked = lesion_questions(number, which)
    site = yield from ask(site_asked)
    if site in INTIMATE_SITES:
        if rules.age < AGE_FOR_INTIMATE_PICTURES:
            raise intimate_under_age()
        if not rules.intimate_agreed:
            raise RuleRefusedError(
                "An intimate area needs consent of its own, and it was not given.",
                "Go back to consent and answer it with exceptions, or refer without photography.",
            )
    laterality = Laterality((yield from ask(laterality_asked)))
    if laterality not in sides_of(site):
        raise RuleRefusedError(f"There is no midline {dict(BODY_SITES)[site].lower()}.", "It is left or right.")
    return Lesion(number, site, laterality, (yield from ask(history_asked)))


def _picture(file: CardFile, place: str, lesions: Sequence[Lesion]) -> Script[tuple[str, int, View]]:
    number = 1
    if len(lesions) > 1:
        number = int((yield from ask(lesion_of_question(file, place, lesions))))
    view = View((yield from ask(view_question(file, place))))
    return file.sha256, number, view


def _arrangement(proposed: Sequence[tuple[CardFile, View]]) -> Question:
    in_order = ", ".join(view.value for _, view in proposed)
    advice = advice_on([file for file, _ in proposed], [view for _, view in proposed])
    as_proposed = Option(AS_PROPOSED, f"One lesion, in this order: {in_order}")
    return Question(
        ARRANGEMENT,
        "What do the pictures show?",
        QuestionKind.CHOICE,
        (
            *((as_proposed,) if proposed else ()),
            Option(ONE, "One lesion; I name each view"),
            Option(SEVERAL, "Several lesions; I name each picture's"),
        ),
        help="\n".join(filter(None, (*(f"{view.value}: {file.shown}" for file, view in proposed), advice))),
        pictures=tuple(file.shown for file, _ in proposed),
        source=_SOURCE,
    )


def _count() -> Question:
    return Question(
        LESIONS,
        "How many lesions?",
        QuestionKind.CHOICE,
        tuple(Option(str(number), str(number)) for number in range(2, MOST_LESIONS + 1)),
        source=_SOURCE,
    )


def lesion_questions(number: int, which: str) -> tuple[Question, Question, Question]:
    """Site, laterality and history. which: what the lesion is called in them."""
    return (
        Question(
            lesion_id(number, "site"),
            f"Where on the body is {which}?",
            QuestionKind.CHOICE,
            tuple(Option(id_, label, also=other_words_for(id_)) for id_, label in BODY_SITES),
            source=_SOURCE,
        ),
        Question(
            lesion_id(number, "laterality"),
            f"On which side is {which}?",
            QuestionKind.CHOICE,
            tuple(Option(side.value, side.value.capitalize(), help="The patient's own side.") for side in Laterality),
            source=_SOURCE,
        ),
        Question(
            lesion_id(number, "history"),
            f"What is the history of {which}?",
            QuestionKind.TEXT,
            help="How long; change; bleeding; itch; ulceration. In your words, as it is to stand in the referral.",
            source=_SOURCE,
        ),
    )


def lesion_of_question(file: CardFile, place: str, lesions: Sequence[Lesion]) -> Question:
    return Question(
        lesion_of_id(file.sha256),
        f"Which lesion does {place} show?",
        QuestionKind.CHOICE,
        tuple(Option(str(lesion.number), str(lesion).capitalize()) for lesion in lesions),
        help=file.shown,
        pictures=(file.shown,),
        source=_SOURCE,
    )


def view_question(file: CardFile, place: str) -> Question:
    return Question(
        view_id(file.sha256),
        f"Which view is {place}?",
        QuestionKind.CHOICE,
        tuple(Option(view.value, label) for view, label in VIEW_LABELS.items()),
        help="\n".join(filter(None, (file.shown, advice_on([file])))),
        pictures=(file.shown,),
        source=_SOURCE,
    )


def missing_question(view: View, without: Sequence[Lesion]) -> Question:
    """Why the route's view was not taken. without: the lesions that lack it; empty for all."""
    of = " and ".join(f"lesion {lesion.number}" for lesion in without) or "every lesion"
    return Question(
        missing_id(view),
        f"Why is there no {view.value} picture of {of}?",
        QuestionKind.TEXT,
        help="The route asks for it wherever possible, else for a reason. For example: no dermatoscope.",
        source="GLOS: dermoscopic wherever possible, else a recorded reason",
    )
