"""The questions of the consent conversation, each made where it can be listed.

The interview asks them as answers call for them; the template of an answers
file lists all of them with the words in ASKED_WHEN.
"""

from collections.abc import Sequence

from ..model.question import Option, Question, QuestionKind
from .record import Capacity
from .wording import ConsentWording

AGE_OF_PRESUMED_CAPACITY = 16
"""From this age a patient is presumed to decide for themselves (GMC, 0 to 18 years)."""

AGE_FOR_INTIMATE_PICTURES = 18
"""Below it no intimate area is photographed at all (CLINICAL, product rule)."""

SAFEGUARDING = "safeguarding"
"""Id of the answer that stops over a safeguarding concern, and of the question what it is."""

ASKED_WHEN = {
    "safeguarding": "consent is safeguarding",
    "basis": "consent is with-exceptions",
    "basis_details": "basis is not self",
    "exceptions": "consent is with-exceptions",
    "explained_by": "exceptions has explained-by-other",
    "interpreter": "exceptions has interpreter",
    "intimate_explained": "exceptions has intimate",
    "chaperone": "exceptions has chaperone, or intimate_explained is agrees",
    "chaperone_name": "chaperone is present",
}
"""Every question but the first, in order, and when it is asked."""

_RECORD = "GMC: Making and using visual and audio recordings of patients"
_INTIMATE = "GMC: Intimate examinations and chaperones"


def consent_question(wording: ConsentWording, *, as_read_offered: bool, warnings: Sequence[str] = ()) -> Question:
    """The first one, which states the wording. Nothing is preselected. warnings: about the wording itself."""
    as_read = Option("as-read", "Agrees as read")
    return Question(
        "consent",
        "Does the patient agree to pictures?",
        QuestionKind.CHOICE,
        (
            *((as_read,) if as_read_offered else ()),
            Option("with-exceptions", "Agrees, with exceptions or on another basis", help="Each is asked next."),
            Option("declines", "Declines: refer without photography", help="The referral goes on without delay."),
            Option(
                SAFEGUARDING,
                "A safeguarding concern: refer without photography",
                help="The referral goes on without delay; the reason is asked next.",
            ),
        ),
        help="\n".join(
            (
                *warnings,
                f"Read out: {wording.read_out}",
                *((f"“Agrees as read” records: {wording.as_read}",) if as_read_offered else ()),
            )
        ),
        source=f"{wording.source}; wording {wording.version}",
    )


def safeguarding_question() -> Question:
    """Why nothing is photographed where a patient may be in danger."""
    return Question(
        SAFEGUARDING,
        "What is the concern?",
        QuestionKind.TEXT,
        help="Recorded with the referral. Others in the room may see this screen: write no more than they may read.",
        source="Product rule: a safeguarding concern is referred without photography, with its reason",
    )


def basis_question(age: int | None) -> Question:
    """On whose word the consent stands. age: None lists every basis."""
    labels = {
        Capacity.SELF: "The patient, with capacity",
        Capacity.CHILD_WITH_CAPACITY: "The child, under 16, who understands what it means",
        Capacity.PARENT: "Somebody with parental responsibility",
        Capacity.BEST_INTERESTS: "Lacks capacity: best interests",
    }
    offered = set(Capacity) if age is None else _bases(age)
    return Question(
        "basis",
        "On whose word does the consent stand?",
        QuestionKind.CHOICE,
        tuple(Option(basis.value, label) for basis, label in labels.items() if basis in offered),
        source=_RECORD,
    )


def _bases(age: int) -> set[Capacity]:
    if age < AGE_OF_PRESUMED_CAPACITY:
        return {Capacity.CHILD_WITH_CAPACITY, Capacity.PARENT, Capacity.BEST_INTERESTS}
    if age < AGE_FOR_INTIMATE_PICTURES:
        return {Capacity.SELF, Capacity.PARENT, Capacity.BEST_INTERESTS}
    return {Capacity.SELF, Capacity.BEST_INTERESTS}


def basis_details_question(basis: Capacity | None, wording: ConsentWording, *, age: int | None = None) -> Question:
    """Who or what stands behind that basis. None puts it for every basis and every age at once."""
    presumed = age is not None and age >= AGE_OF_PRESUMED_CAPACITY
    texts: dict[Capacity | None, str] = {
        None: "Who agrees, or how was it judged?",
        Capacity.CHILD_WITH_CAPACITY: "How was it judged that the child understands?",
        Capacity.PARENT: "Who agrees, how are they related, and why can the patient not decide?"
        if presumed
        else "Who agrees, and how are they related to the patient?",
        Capacity.BEST_INTERESTS: "Who was asked, and why are the pictures in the patient's best interests?",
    }
    helps = {
        Capacity.PARENT: f"From {AGE_OF_PRESUMED_CAPACITY} on a patient is presumed to decide for themselves."
        if presumed
        else "",
        Capacity.BEST_INTERESTS: wording.best_interests,
    }
    return Question(
        "basis_details",
        texts[basis],
        QuestionKind.TEXT,
        help=helps.get(basis, "") if basis else "",
        source=_RECORD,
    )


def exceptions_question(wording: ConsentWording) -> Question:
    """What differs from the wording as read."""
    return Question(
        "exceptions",
        "What differs from what “agrees as read” records?",
        QuestionKind.CHECKLIST,
        (
            Option("explained-by-other", "Somebody else explained it"),
            Option("teaching", "Agrees to teaching too", help=wording.teaching),
            Option("publication", "Agrees to publication too", help=wording.publication),
            Option("written", "Agreed in writing"),
            Option("interpreter", "An interpreter helped"),
            Option("chaperone", "A chaperone was present or could not be had"),
            Option("intimate", "An intimate area is photographed", help=wording.intimate),
            Option("none", "Nothing else differs", alone=True),
        ),
        help=wording.as_read,
        source=_RECORD,
    )


def explained_by_question() -> Question:
    return Question("explained_by", "Who explained it?", QuestionKind.TEXT, source=_RECORD)


def interpreter_question() -> Question:
    return Question("interpreter", "Who interpreted, and into which language?", QuestionKind.TEXT, source=_RECORD)


def intimate_question(wording: ConsentWording, basis: Capacity | None) -> Question:
    """The sensitive explanation, and the alternative, before an intimate area is photographed.

    basis: None puts it for every basis at once. Under 18, where others agree, it is never asked.
    """
    texts: dict[Capacity | None, tuple[str, str, str]] = {
        None: (
            "Is there agreement to pictures of an intimate area?",
            "Explained, the alternative offered: agreed",
            "No",
        ),
        Capacity.BEST_INTERESTS: (
            "Are pictures of an intimate area in the patient's best interests?",
            "Explained to those who were asked, the alternative weighed: they are",
            "They are not",
        ),
    }
    patient = (
        "Does the patient agree to pictures of an intimate area?",
        "Explained, the alternative offered: agrees",
        "Declines that",
    )
    text, agrees, declines = texts.get(basis, patient)
    return Question(
        "intimate_explained",
        text,
        QuestionKind.CHOICE,
        (Option("agrees", agrees), Option("declines", f"{declines}; other areas may be photographed")),
        help=f"Read out: {wording.intimate}",
        source=_INTIMATE,
    )


def chaperone_question(basis: Capacity | None) -> Question:
    """basis: None puts it for every basis at once."""
    went_on = "the patient agreed to go on" if basis is Capacity.SELF else "it was agreed to go on"
    return Question(
        "chaperone",
        "Was a chaperone there?",
        QuestionKind.CHOICE,
        (
            Option("present", "Present"),
            Option("declined", "Offered and declined"),
            Option("unavailable", f"Wanted, but nobody could be had; {went_on}"),
        ),
        source=_INTIMATE,
    )


def chaperone_name_question() -> Question:
    return Question("chaperone_name", "Who was the chaperone?", QuestionKind.TEXT, source=_INTIMATE)


def every_consent_question(wording: ConsentWording) -> tuple[Question, ...]:
    """All of them in order, for a template and for knowing which names exist."""
    return (
        consent_question(wording, as_read_offered=True),
        safeguarding_question(),
        basis_question(None),
        basis_details_question(None, wording),
        exceptions_question(wording),
        explained_by_question(),
        interpreter_question(),
        intimate_question(wording, None),
        chaperone_question(None),
        chaperone_name_question(),
    )
