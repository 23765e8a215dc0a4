"""Every stop: a clinical rule that refuses an answer, its words, and how somebody comes up against it.

tests/tui/test_stops.py tries each of them in the three ways in which an intake is
answered, and looks for stops in core that are not in this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.card.card import CardFile, FileKind
from core.intake.steps import Step

from .asked import ADVICE, AS_READ, NEW, NEWEST, ONE_LESION
from .clinic import KNOWN, Answers, other_file
from .three_ways import BORN, Keys, filled

AGAIN = "Compare it with the patient's record and type it again."
NUMBERED = "patient.nhs_number"


@dataclass(frozen=True)
class Stop:
    """name: of the test. raised_in: module and function of core. what, hint: its two lines.

    step: where the screens meet it. before: answers of earlier steps, in place of the usual ones.
    keys: on that step. typed: every line from the beginning of `intake --ask`.
    filled: in an answers file, in place of what stands there; place: what it names.
    files: on the card, None for the usual three pictures. live: a station that takes no test number.
    not_in_file: why an answers file cannot come to it, "" where it can.
    """

    name: str
    raised_in: str
    what: str
    hint: str
    step: Step
    keys: Keys
    typed: tuple[str, ...]
    filled: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    before: Mapping[Step, Answers] = field(default_factory=dict)
    files: tuple[CardFile, ...] | None = None
    live: bool = False
    not_in_file: str = ""

    def __str__(self) -> str:
        return self.name


_LESION = '{ site = "forearm", laterality = "left"'
_CHILD: Answers = {
    "nhs_number": "999 000 0018",
    "birth_date": BORN,
    "family_name": "Ashgrove",
    "given_name": "Rosalind",
}
_CHILD_AGREES: Answers = {
    "consent": "with-exceptions",
    "basis": "child-with-capacity",
    "basis_details": "asked back well",
    "exceptions": ("none",),
}
_CHILD_TYPED = (NEW[0], BORN, *NEW[2:], *ADVICE, "1", "1", "asked back well")
_UP_TO_VIEWS = (*NEW, *ADVICE, *AS_READ, *NEWEST)


def _number(name: str, raised: str, what: str, typed: str, hint: str = AGAIN, *, live: bool = False) -> Stop:
    return Stop(
        name,
        f"core/model/patient.py, {raised}",
        what,
        hint,
        Step.PATIENT,
        (("NHS number", typed, "enter"),),
        (typed,),
        filled(patient__nhs_number=typed),
        NUMBERED,
        live=live,
    )


def _birth_date(name: str, what: str, typed: str) -> Stop:
    return Stop(
        name,
        "core/model/patient.py, refuse_impossible_birth_date",
        what,
        AGAIN,
        Step.PATIENT,
        (("NHS number", "9990000018"), ("Date of birth", typed, "enter")),
        (NEW[0], typed),
        filled(patient__birth_date=typed),
        "patient.birth_date",
    )


STOPS = (
    _number(
        "a number of another length",
        "parse_nhs_number",
        "An NHS number has ten digits; this has 5 characters.",
        "12345",
    ),
    _number("ten equal digits", "parse_nhs_number", "Ten equal digits are not an NHS number.", "0000000000"),
    _number("a wrong check digit", "parse_nhs_number", "The check digit of this NHS number is wrong.", "9991234560"),
    _number(
        "a test number in a real practice",
        "parse_nhs_number",
        "999 numbers are test numbers and belong to nobody.",
        "9990000018",
        "Use the patient's own number; to practise, use dermlock demo.",
        live=True,
    ),
    Stop(
        "an NHS number as a local one",
        "core/model/patient.py, check_local_number",
        "This local number is an NHS number.",
        "Enter it as the NHS number.",
        Step.PATIENT,
        (("There is none", "a"), ("Local number", "401-023-2137", "enter")),
        ("none", "401-023-2137"),
        filled(patient__nhs_number="none", patient__local_number="401-023-2137"),
        "patient.local_number",
    ),
    _birth_date("a birth date to come", "This birth date is in the future.", "01012999"),
    _birth_date("older than anybody", "By this birth date the patient would be over 120 years old.", "01011800"),
    Stop(
        "a known number with another birth date",
        "core/intake/interviews/patient.py, _identify",
        "This number is in the vault with another name or birth date.",
        "Wrong patient? Compare the number and what you typed with the patient's record.",
        Step.PATIENT,
        (("NHS number", str(KNOWN.number).replace(" ", "")), ("Date of birth", "20071958", "enter")),
        (str(KNOWN.number), "20/7/1958"),
        filled(patient__nhs_number=str(KNOWN.number), patient__birth_date="20/7/1958"),
        "patient.birth_date",
    ),
    Stop(
        "an intimate area of a child",
        "core/consent/interview.py, _refuse_by_rule",
        "Under 18, an intimate area is not photographed.",
        "Refer without photography, so that the patient is seen in person.",
        Step.CONSENT,
        (
            ("Does the patient agree", "1"),
            ("On whose word", "1"),
            ("How was it judged", "asked back well", "enter"),
            ("What differs", "7", "enter"),
        ),
        (*_CHILD_TYPED, "intimate"),
        filled(
            patient__birth_date=BORN,
            consent__consent="with-exceptions",
            consent__basis="child-with-capacity",
            consent__basis_details="asked back well",
            consent__exceptions=["intimate"],
        ),
        "consent.exceptions",
        before={Step.PATIENT: _CHILD},
    ),
    Stop(
        "teaching in a patient's best interests",
        "core/consent/interview.py, _refuse_by_rule",
        "In a patient's best interests, pictures serve this care only, not teaching or publication.",
        "Take teaching and publication away.",
        Step.CONSENT,
        (
            ("Does the patient agree", "2"),
            ("On whose word", "2"),
            ("Who was asked", "his sister", "enter"),
            ("What differs", "2", "enter"),
        ),
        (*NEW, *ADVICE, "2", "2", "his sister", "teaching"),
        filled(
            consent__consent="with-exceptions",
            consent__basis="best-interests",
            consent__basis_details="his sister",
            consent__exceptions=["teaching"],
        ),
        "consent.exceptions",
    ),
    Stop(
        "a card without a picture",
        "core/intake/interviews/pictures.py, _choose",
        "There is no picture on this card that can be sealed.",
        "Take the pictures and put the card in again, or refer without photography.",
        Step.PICTURES,
        (),
        (*NEW, *ADVICE, *AS_READ),
        files=(other_file("DCIM/100CANON/MVI_0001.MOV", FileKind.MOVIE),),
        not_in_file="it names its pictures, and one that cannot be sealed is refused in its line",
    ),
    Stop(
        "no picture chosen",
        "core/intake/interviews/pictures.py, _choose",
        "No picture is chosen.",
        "Choose at least one, or refer without photography.",
        Step.PICTURES,
        (("Which pictures of the card", "2"), ("Which of these are this patient's?", "enter")),
        (*NEW, *ADVICE, *AS_READ, "2", ""),
        not_in_file="a file without pictures is one that is not filled in, and is refused as that",
    ),
    Stop(
        "an intimate area that was not agreed to",
        "core/intake/interviews/views.py, _lesion",
        "An intimate area needs consent of its own, and it was not given.",
        "Go back to consent and answer it with exceptions, or refer without photography.",
        Step.VIEWS,
        (("Where is it, with what history?", "left genital"), ("✓ left genital area", "enter")),
        (*_UP_TO_VIEWS, "1", "genital"),
        {_LESION: '{ site = "genital", laterality = "left"'},
        "lesions 1.site",
    ),
    Stop(
        "an intimate area of a child, named by its site",
        "core/intake/interviews/views.py, _lesion",
        "Under 18, an intimate area is not photographed.",
        "Refer without photography, so that the patient is seen in person.",
        Step.VIEWS,
        (("Where is it, with what history?", "left genital"), ("✓ left genital area", "enter")),
        (*_CHILD_TYPED, "none", *NEWEST, "1", "genital"),
        {
            **filled(
                patient__birth_date=BORN,
                consent__consent="with-exceptions",
                consent__basis="child-with-capacity",
                consent__basis_details="asked back well",
                consent__exceptions=["none"],
            ),
            _LESION: '{ site = "genital", laterality = "left"',
        },
        "lesions 1.site",
        before={Step.PATIENT: _CHILD, Step.CONSENT: _CHILD_AGREES},
    ),
    Stop(
        "the middle of a pair",
        "core/intake/interviews/views.py, _lesion",
        "There is no midline forearm or wrist.",
        "It is left or right.",
        Step.VIEWS,
        (
            ("Where is it, with what history?", "f4"),
            ("What do the pictures show?", "2"),
            ("Where on the body", "forearm"),
            ("Forearm or wrist", "enter"),
            ("On which side", "3"),
        ),
        (*_UP_TO_VIEWS, *ONE_LESION[:2], "midline"),
        {_LESION: '{ site = "forearm", laterality = "midline"'},
        "lesions 1.laterality",
    ),
    Stop(
        "an identifiable picture that was not agreed to",
        "core/identifiability/interview.py, _assess",
        "Without specific consent to this very picture it cannot be kept.",
        "Answer that it cannot be used.",
        Step.IDENTIFIABILITY,
        (("Could picture 1 of 3 identify", "3"), ("is kept although it identifies?", "2")),
        (*_UP_TO_VIEWS, *ONE_LESION, "needed", "declines"),
        {
            '"locating", identifiable = "nothing", cover = "", reason = "", specific_consent = ""': (
                '"locating", identifiable = "needed", cover = "", reason = "on the nose", specific_consent = "declines"'
            )
        },
        "pictures 1.specific_consent",
    ),
)

REFUSED_BEFORE = {
    "The local number is empty.": "an empty answer is refused as one",
    "A local number needs a reason.": "an empty answer is refused as one",
}
"""What core can refuse and no interview comes to, each with why."""
