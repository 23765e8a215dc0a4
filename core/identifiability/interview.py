"""Asks for every picture whether it could identify the patient, and about phones once.

Question ids carry the picture's digest, so that an answer given for one picture
can never be taken for another's after the choice of pictures changed.
"""

from collections.abc import Mapping, Sequence

from ..card.card import CardFile
from ..errors import RuleRefusedError
from ..model.conversation import Conversation, Script, ask, ask_checklist
from ..model.picture import CoverBox, Identifiability, read_boxes
from ..model.question import AnswerRefusedError, Option, Question, QuestionKind, Value
from .assessment import Assessment, Assessments
from .findings import findings, looks_like_a_phone

PHONE_OFF = "phone_off"
PHONE_COPIES = "phone_copies"
BREACH = "An automatic copy in a cloud breaches confidentiality, security and storage rules at once."
_SOURCE = "GLOS: pictures must not identify; phones only with every copy switched off"
_CLOUD = "cloud"
_ALL_OFF = ("bluetooth", "location", _CLOUD, "social")


def identifiability_interview(pictures: Sequence[CardFile], *, identifiable_allowed: bool) -> Conversation[Assessments]:
    """The interview of the identifiability step.

    pictures: one file for each digest, in the order they are asked about.
    identifiable_allowed: the pathway's policy on pictures that care needs.
    """
    return Conversation(lambda: _assess(tuple(pictures), identifiable_allowed))


def identifiable_id(sha256: str) -> str:
    return f"identifiable_{sha256}"


def specific_consent_id(sha256: str) -> str:
    return f"specific_consent_{sha256}"


def cover_id(sha256: str) -> str:
    return f"cover_{sha256}"


def reason_id(sha256: str) -> str:
    return f"reason_{sha256}"


def identifiable_question(file: CardFile, place: str, *, identifiable_allowed: bool) -> Question:
    """place: such as “picture 2 of 3”."""
    found = findings(file)
    needed = Option(
        Identifiability.NEEDED.value, "Identifies, and this care needs it", help="With specific consent and a reason."
    )
    return Question(
        identifiable_id(file.sha256),
        f"Could {place} identify the patient?",
        QuestionKind.CHOICE,
        (
            Option(Identifiability.NOTHING.value, "Nothing in it identifies"),
            Option(
                Identifiability.COVER.value,
                "Cover a part of it",
                help="A covered copy is sealed beside the original, and is what leaves the practice.",
            ),
            *((needed,) if identifiable_allowed else ()),
            Option(
                Identifiability.WITHHELD.value,
                "It cannot be used",
                help="The referral goes on without it; it is not stored, and erased from the card, with your reason.",
            ),
        ),
        help="\n".join(
            (
                f"{file.shown}",
                *found,
                "Look for: face or part of one, eyes, ears, teeth, tattoo, scar, birthmark, jewellery, nail art, "
                "background, text or label, intimate area.",
            )
        ),
        pictures=(file.shown,),
        source=_SOURCE,
    )


def phone_off_question() -> Question:
    return Question(
        PHONE_OFF,
        "A phone took a picture here. Which of these were switched off on it?",
        QuestionKind.CHECKLIST,
        (
            Option("bluetooth", "Bluetooth"),
            Option("location", "Location"),
            Option(_CLOUD, "Copies to a cloud"),
            Option("social", "Social media"),
            Option("none", "None of them, or nobody knows", alone=True),
        ),
        help=f"{BREACH} Your answer is kept with the episode.",
        source=_SOURCE,
    )


def phone_copies_question(off: Sequence[str] = ()) -> Question:
    """off: what was switched off, as far as anybody knows."""
    example = "For example: cloud copy and recently deleted album emptied; practice manager told."
    return Question(
        PHONE_COPIES,
        "A copy may lie elsewhere. What is done about it, and who was told?",
        QuestionKind.TEXT,
        help=example if _CLOUD in off else f"{BREACH} {example}",
        source=_SOURCE,
    )


def _assess(pictures: tuple[CardFile, ...], identifiable_allowed: bool) -> Script[Assessments]:
    assessments = []
    for number, file in enumerate(pictures, 1):
        place = f"picture {number} of {len(pictures)}"
        answer = yield from ask(identifiable_question(file, place, identifiable_allowed=identifiable_allowed))
        identifiability = Identifiability(answer)
        specific_consent, reason = False, ""
        cover: tuple[CoverBox, ...] = ()
        if identifiability is Identifiability.COVER:
            cover = _fitting(file, place, (yield from ask(cover_question(file, place))))
        if identifiability is Identifiability.NEEDED:
            agreed = yield from ask(_specific_consent_question(file, place))
            if agreed != "agrees":
                raise RuleRefusedError(
                    "Without specific consent to this very picture it cannot be kept.",
                    "Answer that it cannot be used.",
                )
            specific_consent = True
        if identifiability in (Identifiability.NEEDED, Identifiability.WITHHELD):
            reason = yield from ask(_reason_question(file, place, identifiability))
        assessments.append(Assessment(file.sha256, identifiability, reason, findings(file), specific_consent, cover))
    phone: dict[str, Value] = {}
    if any(looks_like_a_phone(file) for file in pictures):
        off = yield from ask_checklist(phone_off_question(), phone)
        if set(off) != set(_ALL_OFF):
            yield from ask(phone_copies_question(off), phone)
    return Assessments(tuple(assessments), tuple(phone.items()), _phone_lines(phone))


def _phone_lines(phone: Mapping[str, Value]) -> tuple[str, ...]:
    if not phone:
        return ()
    off = phone[PHONE_OFF]
    on = [option.label for option in phone_off_question().options if option.id in _ALL_OFF and option.id not in off]
    if not on:
        return ("A phone took a picture; everything that copies was switched off.",)
    first = f"A phone took a picture, and these may have been on: {', '.join(on)}."
    breach = () if _CLOUD in off else (BREACH,)
    return (first, *breach, f"Copies elsewhere: {phone[PHONE_COPIES]}")


def cover_question(file: CardFile, place: str) -> Question:
    return Question(
        cover_id(file.sha256),
        f"What is covered in {place}?",
        QuestionKind.COVER,
        help="Never the lesion itself. left,top,right,bottom in pixels of the upright picture; several with ; between.",
        pictures=(file.shown,),
        source=_SOURCE,
    )


def _fitting(file: CardFile, place: str, written: str) -> tuple[CoverBox, ...]:
    """The boxes, if they lie in the picture and leave some of it. Raises AnswerRefusedError."""
    boxes = read_boxes(written)
    width, height = file.facts.upright_size if file.facts else (0, 0)
    question = cover_question(file, place)
    for box in boxes:
        if not box.lies_in(width, height):
            raise AnswerRefusedError(
                question, f"has the box {box} beyond the picture", f"It has {width} x {height} pixels."
            )
        if box == CoverBox(0, 0, width, height):
            raise AnswerRefusedError(
                question, "covers the whole picture", "Cover a part, or answer that it cannot be used."
            )
    return boxes


def _specific_consent_question(file: CardFile, place: str) -> Question:
    return Question(
        specific_consent_id(file.sha256),
        f"Is it agreed that {place} is kept although it identifies?",
        QuestionKind.CHOICE,
        (Option("agrees", "Agreed, to this very picture"), Option("declines", "Not agreed")),
        help="By the patient, or by whoever the consent to pictures rests on. It is sent by a secure route only.",
        pictures=(file.shown,),
        source=_SOURCE,
    )


def _reason_question(file: CardFile, place: str, identifiability: Identifiability) -> Question:
    why = "does this care need" if identifiability is Identifiability.NEEDED else "can this care not use"
    return Question(
        reason_id(file.sha256), f"Why {why} {place}?", QuestionKind.TEXT, pictures=(file.shown,), source=_SOURCE
    )
