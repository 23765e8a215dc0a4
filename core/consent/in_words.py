"""A consent in sentences, the same wherever it is shown: before the move, and of an episode in the vault."""

from collections.abc import Iterator

from .record import DECLINED, Capacity, Consent

_ON_THE_WORD_OF = {
    Capacity.SELF: "the patient",
    Capacity.CHILD_WITH_CAPACITY: "the child, who understands what it means",
    Capacity.PARENT: "somebody with parental responsibility",
    Capacity.BEST_INTERESTS: "the clinician, in the patient's best interests",
}
_CHAPERONE = {
    "present": "present",
    "declined": "offered and declined",
    "unavailable": "wanted, but nobody could be had; it was agreed to go on",
}


def consent_lines(consent: Consent | None) -> tuple[str, ...]:
    """What was agreed, and how. None: it was not asked, for no pictures are taken."""
    if consent is None:
        return ("Not asked: no pictures are taken.",)
    return (*_agreed(consent), *conversation_lines(consent), *consent.warnings)


def _agreed(consent: Consent) -> Iterator[str]:
    if not consent.allows_photography:
        yield f"{consent.without_photography_reason or DECLINED}. The referral goes on without pictures."
        return
    tiers = [name for name, agreed in (("teaching", consent.teaching), ("publication", consent.publication)) if agreed]
    how = "in writing" if consent.written else "by word of mouth"
    whose = _ON_THE_WORD_OF[consent.capacity] if consent.capacity else "nobody named"
    yield (
        f"For {' and '.join(('this care', *tiers))}, {how}, wording {consent.wording_version}, on the word of: {whose}"
    )
    given = dict(consent.given)
    if "basis_details" in given:
        yield f"Who agrees, or how it was judged: {given['basis_details']}"
    if consent.intimate:
        yield "An intimate area: explained and agreed to."


def conversation_lines(consent: Consent) -> Iterator[str]:
    """Who explained it and when, who interpreted, and the chaperone; older consents say less of it."""
    if consent.explained_by:
        when = f" on {consent.at:%d %b %Y at %H:%M}" if consent.at else ""
        told = "; told that advice may turn into a referral" if consent.told_of_referral else ""
        yield f"Explained by {consent.explained_by}{when}{told}."
    given = dict(consent.given)
    if "interpreter" in given:
        yield f"Interpreter: {given['interpreter']}"
    if "chaperone" in given:
        name = f": {given['chaperone_name']}" if "chaperone_name" in given else ""
        yield f"Chaperone: {_CHAPERONE[str(given['chaperone'])]}{name}"
