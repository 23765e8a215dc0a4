"""Prints an answers file for one card: every question with its options, every value empty.

What a person fills in is one line for each answer, and one line for each picture.
Nothing is filled in for them that a person has to say.
"""

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from ..card.card import CardFile, Inventory
from ..consent.questions import ASKED_WHEN, every_consent_question
from ..identifiability.findings import findings, looks_like_a_phone
from ..identifiability.interview import identifiable_question, phone_copies_question, phone_off_question
from ..model.lesion import View
from ..model.question import Question, QuestionKind
from ..pathway.conditions import in_words
from ..pathway.definition import Pathway
from ..pathway.interview import OVERRIDE, OVERRIDE_REASON, as_question
from .asking import Asking
from .filling import names
from .interviews.camera_clock import clock_warnings, numbered_later
from .interviews.card_files import by_digest, can_be_given_up, groups, one_for_each_digest, size, span, taken
from .interviews.patient import EVERY_PATIENT_QUESTION, NO_NHS_NUMBER
from .interviews.retaking import quality_in_words
from .interviews.views import VIEW_LABELS, lesion_questions

_WIDTH = 100
_MANY_OPTIONS = 12

_HOW = """\
Answers for: dermlock intake CARD --answers THIS FILE

Fill in what stands empty: "" takes one answer, [] takes one or several, such as ["size", "shape"].
Where options are listed, write the word between the quotation marks.
Leave empty what is asked only under a condition that does not hold.

Under "pictures", take out the lines of pictures that are not this patient's. For another
patient on the same card, copy everything from [[episodes]] to the end of "pictures" behind it,
and leave in each the pictures that are that patient's.

A file that is not mentioned stays on the card, and is named at the end."""


def template(inventory: Inventory, pathway_id: str, asking: Asking) -> str:
    """The text of an answers file for this card (TOML).

    Raises WrongUseError when there is no pathway of that id.
    """
    pathway = replace(asking, default_pathway=pathway_id).pathway
    lines: list[str] = []
    for part in (
        _head(inventory),
        _patient(pathway),
        _answers(pathway),
        _consent(asking),
        _lesions(pathway),
        _phone(inventory),
        _pictures(inventory, pathway, asking.now()),
        _others(inventory),
    ):
        lines += [*part, ""]
    return "\n".join(lines)


def toml_text(text: str) -> str:
    """As a TOML basic string, whose escapes are those of JSON; any file name as it is shown is safe."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _head(inventory: Inventory) -> Iterator[str]:
    yield from _comment(_HOW)
    pictures, files = len(inventory.pictures), len(inventory.files)
    yield from _comment(f"\nCard: {inventory.card}. {pictures} pictures that can be sealed, {files} files in all.")


def _patient(pathway: Pathway) -> Iterator[str]:
    yield "[[episodes]]"
    yield f"pathway = {toml_text(pathway.id)}"
    yield from ("", *_heading("Patient"))
    when = {"local_number": f"nhs_number is {NO_NHS_NUMBER}", "local_reason": f"nhs_number is {NO_NHS_NUMBER}"}
    for question in EVERY_PATIENT_QUESTION:
        yield from _asked("patient", question, when.get(question.id, ""))


def _answers(pathway: Pathway) -> Iterator[str]:
    yield from _heading(f"Pathway: {pathway.name}, version {pathway.version}")
    for question in pathway.questions:
        yield from _asked("answers", as_question(question), in_words(question.when))
    yield from _comment(
        "The criteria may lead elsewhere than your concern. Then write here the route you take: the one they "
        "lead to, or your own with a reason. Asked only when they do; an error then names both."
    )
    yield from _comment("".join(f'\n  "{route.route.value}"  {route.name}' for route in pathway.routes)[1:])
    yield f'answers.{OVERRIDE} = ""'
    yield from _comment("Why your own route, against the criteria? Asked only when you keep to it.")
    yield f'answers.{OVERRIDE_REASON} = ""'


def _consent(asking: Asking) -> Iterator[str]:
    yield from _heading(f"Consent: wording {asking.wording.version}")
    for question in every_consent_question(asking.wording):
        yield from _asked("consent", question, ASKED_WHEN.get(question.id, ""))


def _lesions(pathway: Pathway) -> Iterator[str]:
    yield from _heading("Lesions: one line each, numbered from 1 in this order")
    for question in lesion_questions(1, "the lesion"):
        name = question.id.removeprefix("lesion_1_")
        yield from _comment(f"{name}: {question.text}")
        yield from _options(question)
    yield from ("lesions = [", '  { site = "", laterality = "", history = "" },', "]")
    for view in _views_with_reasons(pathway):
        yield from _comment(
            f"Why is there no {view.value} picture? Asked only when a lesion has none and the route asks."
        )
        yield f'{names.MISSING[view]} = ""'


def _phone(inventory: Inventory) -> Iterator[str]:
    if any(looks_like_a_phone(file) for file in inventory.pictures):
        yield from _heading("Phone: asked only when one of the pictures below seems to be a phone's")
        yield from _asked("phone", phone_off_question(), "")
        yield from _asked("phone", phone_copies_question(), "not all four were switched off")


def _pictures(inventory: Inventory, pathway: Pathway, now: datetime) -> Iterator[str]:
    yield from _heading("Pictures: one line each, the newest first; take out those of others")
    yield from _comment("view: which view is it?")
    yield from _comment("\n".join(f'  "{view.value}"  {label}' for view, label in VIEW_LABELS.items()))
    if inventory.pictures:
        yield from _comment("identifiable: could it identify the patient?")
        allowed = pathway.identifiable_pictures
        yield from _options(identifiable_question(inventory.pictures[0], "it", identifiable_allowed=allowed))
        yield from _comment(
            "cover: what is covered, as left,top,right,bottom in pixels of the upright picture, several with ; "
            "between; else empty."
        )
        yield from _comment("reason: why it is needed or cannot be used; empty when nothing identifies.")
        yield from _comment('specific_consent: "agrees" when it identifies and is needed; else empty.')
        yield from _comment("lesion: its number; empty when there is only one.")
    yield "pictures = ["
    equal = by_digest(inventory)
    for number, group in enumerate(groups(one_for_each_digest(inventory.pictures))):
        yield from _comment(f"---- {len(group)} taken {span(group)}", indent="  ")
        if number == 0:
            for warning in clock_warnings(group, now) + numbered_later(group, inventory.pictures):
                yield from _comment(str(warning), indent="  ")
        for file in group:
            yield from _picture(file, equal[file.sha256])
    yield "]"


def _picture(file: CardFile, equal: Sequence[CardFile]) -> Iterator[str]:
    copies = [f"Also on the card as {copy.shown}." for copy in equal if copy is not file]
    quality = f"Quality: {words}." if (words := quality_in_words(file)) else ""
    said = " ".join((*findings(file), *copies, *([f"Note: {file.note}."] if file.note else []), quality))
    yield from _comment(f"{taken(file):%d %b %Y %H:%M:%S}, {size(file.size)}. {said}".rstrip(), indent="  ")
    empty = ", ".join(f'{name} = ""' for name in names.PICTURE if name not in ("file", "sha256"))
    yield f"  {{ file = {toml_text(file.shown)}, {empty}, sha256 = {toml_text(file.sha256)} }},"


def _others(inventory: Inventory) -> Iterator[str]:
    yield from ("[discards]", *_heading("Files to give up: erased without being stored, each with your reason"))
    yield from _comment(
        "Take the # away before the brackets of a line and fill in its reason. All others stay on the card."
    )
    yield "files = ["
    for file in inventory.files:
        if file.sealable:
            continue
        yield from _comment(f"{file.shown}: {file.kind.value}{', ' if file.note else ''}{file.note}", indent="  ")
        if can_be_given_up(file):
            yield f'  # {{ file = {toml_text(file.shown)}, reason = "", sha256 = {toml_text(file.sha256)} }},'
    yield "]"


def _views_with_reasons(pathway: Pathway) -> Iterable[View]:
    return dict.fromkeys(view for route in pathway.routes for view in route.reason_when_missing)


def _asked(table: str, question: Question, when: str) -> Iterator[str]:
    """One question as comments, and its empty value."""
    yield from _comment(question.text)
    if when:
        yield from _comment(f"Asked only when {when}.")
    yield from _comment(question.help)
    yield from _options(question)
    yield f"{table}.{question.id} = {'[]' if question.kind is QuestionKind.CHECKLIST else toml_text('')}"


def _options(question: Question) -> Iterator[str]:
    if len(question.options) > _MANY_OPTIONS:
        yield from _comment("  " + ", ".join(f'"{option.id}"' for option in question.options))
        return
    width = max((len(option.id) for option in question.options), default=0) + 2
    for option in question.options:
        yield from _comment(f"  {toml_text(option.id):<{width}}  {option.label}")


def _heading(text: str) -> Iterator[str]:
    yield f"# ---- {_shown(text)} ----"


def _comment(text: str, indent: str = "") -> Iterator[str]:
    """Lines of a comment; long ones are wrapped, and nothing can break out of it."""
    for line in text.splitlines():
        shown = _shown(line)
        hanging = " " * (len(shown) - len(shown.lstrip()) + 2) if shown.startswith(" ") else ""
        wrapped = textwrap.wrap(
            shown, _WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
        )
        yield from (f"{indent}# {part}".rstrip() for part in wrapped or [""])


def _shown(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)
