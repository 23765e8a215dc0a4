"""What a picture's own metadata and folder say that could identify somebody.

Findings only ever add a warning; a clinician answers for every picture all the
same (CLINICAL, Identifiability). What they quote from a file is untrusted: cut
short, and nothing unprintable reaches a screen.
"""

import re

from ..card.card import CardFile, PictureFacts
from ..model.question import quoted
from ..photo.facts import TraceKind

_PHONE_MAKER = re.compile(
    r"(apple|samsung|google|huawei|honor|xiaomi|redmi|poco|oneplus|oppo|vivo|realme|nokia|hmd|motorola|lge?|htc|"
    r"fairphone|nothing|blackberry|rim|tecno|infinix|itel|zte|meizu|tcl|wiko|doro|cat|essential|palm)\b.*",
    re.IGNORECASE,
)
"""First words of EXIF makes that build phones. Microsoft and Sony, which build more, are told by model."""

_SONY_CAMERAS = ("dsc-", "ilce", "ilca", "slt-", "nex-", "dslr", "zv-", "dsc", "cyber", "mvc", "dcr", "hdr", "ilme")
_PHONE_FOLDER = re.compile(r"\d{3}(APPLE|ANDRO|MEDIA)|Camera|\d{6}_[_a-z]", re.IGNORECASE)
"""DCIM folders of iPhones, Android phones and their makers' own camera apps."""


_SENTENCES = {
    TraceKind.POSITION: "The place where it was taken is in the file",
    TraceKind.PLACE_NAME: "A place is named in the file",
    TraceKind.PERSON: "Somebody in it is named in the file",
    TraceKind.WORDS: "Somebody wrote in the file",
    TraceKind.OWNER: "The camera's owner is named in the file",
    TraceKind.AUTHOR: "Who took it is named in the file",
    TraceKind.RIGHTS: "Whose rights it is under is in the file",
    TraceKind.SERIAL: "The camera's serial number is in the file",
    TraceKind.LENS_SERIAL: "The lens's serial number is in the file",
    TraceKind.COMPUTER: "The computer or phone it was on is named in the file",
}
"""What is said of each kind, in the order in which it is said; every kind has its sentence."""

_QUOTED_AT_MOST = 2
"""Texts of one kind; an agency's picture repeats a name in a dozen places."""


def findings(file: CardFile) -> tuple[str, ...]:
    """What could identify the patient or the staff, as sentences to show."""
    facts = file.facts
    found = []
    if facts is not None:
        for kind, sentence in _SENTENCES.items():
            texts = [trace.text for trace in facts.traces if trace.kind is kind]
            if texts:
                found.append(f"{sentence}{'' if kind is TraceKind.POSITION else f': {_quotations(texts)}'}.")
        if _phone_make(facts):
            found.append(f"It was taken with a phone: {quoted(f'{facts.make} {facts.model}'.strip())}.")
    if _in_phone_folder(file):
        found.append("It lies in a phone's folder.")
    return tuple(found)


def _quotations(untrusted_texts: list[str]) -> str:
    more = len(untrusted_texts) - _QUOTED_AT_MOST
    first = ", ".join(quoted(text) for text in untrusted_texts[:_QUOTED_AT_MOST])
    return f"{first} and {more} more" if more > 0 else first


def looks_like_a_phone(file: CardFile) -> bool:
    """Whether the phone questions are asked: make or place in the metadata, or a phone's folder."""
    facts = file.facts
    return _in_phone_folder(file) or (facts is not None and (facts.has_place or _phone_make(facts)))


def _phone_make(facts: PictureFacts) -> bool:
    maker = facts.make.strip().lower()
    model = facts.model.strip().lower()
    if maker.startswith("sony"):
        return bool(model) and not model.startswith(_SONY_CAMERAS)
    if maker.startswith("microsoft"):
        return "lumia" in model
    return _PHONE_MAKER.fullmatch(maker) is not None or model.startswith(("iphone", "pixel", "galaxy"))


def _in_phone_folder(file: CardFile) -> bool:
    parts = file.path.parts
    return len(parts) > 2 and parts[0].upper() == "DCIM" and _PHONE_FOLDER.fullmatch(parts[1]) is not None
