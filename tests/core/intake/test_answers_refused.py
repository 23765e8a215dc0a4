"""What is wrong in an answers file is named by its place, and nothing in one is ever a mistake of dermlock."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.card.card import FileKind
from core.errors import DermlockError, RuleRefusedError, WrongUseError
from core.intake.answers_file import read_answers, read_answers_mapping

from ...support.answering import THREE, Document, episode, row, toml_file
from ...support.clinic import asking_about, other_file, picture, set_of

FILES = set_of(3)
PHONE = picture("IMG_0009.JPG", make="Apple")
MOVIE = other_file("DCIM/100CANON/MVI_0001.MP4", FileKind.MOVIE, "movie")
UNDONE = other_file("DCIM/100CANON/DERM01.dlk", FileKind.UNFINISHED, "an erasure that was cut off")
ASKING = asking_about((*FILES, PHONE, MOVIE, UNDONE))


def whole() -> Document:
    """An answers file with something everywhere; it is right."""
    second = episode(row(PHONE, "close-up", lesion="2"), without_dermoscopic="none here")
    second["patient"] = {
        "nhs_number": "none",
        "local_number": "V17",
        "local_reason": "visitor",
        "birth_date": "1/1/1980",
    }
    second["patient"] |= {"family_name": "Maple", "given_name": "Jo"}
    second["lesions"] += episode()["lesions"]
    second["phone"] = {"phone_off": ["none"], "phone_copies": "deleted"}
    second["consent"] = {"consent": "with-exceptions", "basis": "self", "exceptions": ["chaperone"]}
    second["consent"] |= {"chaperone": "present", "chaperone_name": "B. Elder"}
    gone = {"file": MOVIE.shown, "sha256": MOVIE.sha256, "reason": "not wanted"}
    return copy.deepcopy({"episodes": [episode(), second], "discards": {"files": [gone]}})


def refused(document: Document) -> DermlockError:
    with pytest.raises(DermlockError) as error:
        read_answers(toml_file(document), ASKING.inventory, ASKING)
    return error.value


def test_it_is_right_before_it_is_made_wrong() -> None:
    answers = read_answers(toml_file(whole()), ASKING.inventory, ASKING)
    assert [len(intake.kept) for intake in answers.intakes] == [3, 1]
    assert len(answers.discards) == 1


Path = tuple[str | int, ...]


def put(document: Any, path: Path, value: object) -> None:
    *way, last = path
    for step in way:
        document = document[step]
    document[last] = value


FIRST, SECOND = ("episodes", 0), ("episodes", 1)

WRONG: dict[str, tuple[Path, object, str]] = {
    "a name at the top": (("episode",), [], "episode is not a name of an answers file"),
    "a name of an episode": ((*FIRST, "pathwy"), "x", "episode 1, pathwy is not a name"),
    "a name of a patient": ((*FIRST, "patient", "nhs_numbr"), "x", "episode 1, patient.nhs_numbr is not a name"),
    "a name of an answer": ((*SECOND, "answers", "concrn"), "x", "episode 2, answers.concrn is not a name"),
    "a name of consent": ((*FIRST, "consent", "basiss"), "x", "episode 1, consent.basiss is not a name"),
    "a name of a lesion": ((*SECOND, "lesions", 1, "sight"), "x", "episode 2, lesions 2.sight is not a name"),
    "a name of a picture": ((*FIRST, "pictures", 2, "veiw"), "x", "episode 1, pictures 3.veiw is not a name"),
    "a name of a phone": ((*SECOND, "phone", "off"), "x", "episode 2, phone.off is not a name"),
    "a name of a discard": (("discards", "files", 0, "why"), "x", "discards.files 1.why is not a name"),
    "a name of discards": (("discards", "file"), [], "discards.file is not a name"),
    "a pathway": ((*FIRST, "pathway"), "england", "episode 1, pathway: there is no pathway “england”"),
    "no pathway": ((*FIRST, "pathway"), "", "episode 1, pathway is empty"),
    "a wrong check digit": (
        (*FIRST, "patient", "nhs_number"),
        "999 123 4560",
        "episode 1, patient.nhs_number: The check",
    ),
    "no birth date": ((*FIRST, "patient", "birth_date"), "", "episode 1, patient.birth_date is empty"),
    "no day": ((*FIRST, "patient", "birth_date"), "31/2/1961", "episode 1, patient.birth_date is not a date"),
    "a birth date to come": (
        (*FIRST, "patient", "birth_date"),
        "1/1/2030",
        "episode 1, patient.birth_date: This birth",
    ),
    "no family name": ((*FIRST, "patient", "family_name"), " ", "episode 1, patient.family_name is empty"),
    "a local number besides": (
        (*FIRST, "patient", "local_number"),
        "V1",
        "episode 1, patient.local_number is answered",
    ),
    "a concern": ((*FIRST, "answers", "concern"), "advise", "episode 1, answers.concern has no answer “advise”"),
    "no criteria": ((*FIRST, "answers", "criteria"), [], "episode 1, answers.criteria is empty"),
    "criteria against themselves": (
        (*FIRST, "answers", "criteria"),
        ["scc", "none"],
        "episode 1, answers.criteria contr",
    ),
    "criteria that overrule": ((*FIRST, "answers", "criteria"), ["scc"], "episode 1, answers.override is missing"),
    "an override for nothing": (
        (*FIRST, "answers", "override"),
        "rads",
        "episode 1, answers.override is answered, but",
    ),
    "no consent": ((*FIRST, "consent", "consent"), "", "episode 1, consent.consent is empty"),
    "a consent": ((*FIRST, "consent", "consent"), "yes", "episode 1, consent.consent has no answer “yes”"),
    "a basis besides": ((*FIRST, "consent", "basis"), "self", "episode 1, consent.basis is answered, but"),
    "no chaperone's name": ((*SECOND, "consent", "chaperone_name"), "", "episode 2, consent.chaperone_name is empty"),
    "declined, and pictures": (
        (*FIRST, "consent", "consent"),
        "declines",
        "episode 1, lesions 1.site is answered, but",
    ),
    "no lesion": ((*FIRST, "lesions"), [], "episode 1, lesions is empty"),
    "ten lesions": ((*FIRST, "lesions"), episode()["lesions"] * 10, "episode 1, lesions: an episode has at most 9"),
    "a site": ((*FIRST, "lesions", 0, "site"), "forehand", "episode 1, lesions 1.site has no answer “forehand”"),
    "an intimate site": ((*FIRST, "lesions", 0, "site"), "groin", "episode 1, lesions 1.site: An intimate area needs"),
    "no side": ((*SECOND, "lesions", 1, "laterality"), "", "episode 2, lesions 2.laterality is empty"),
    "no history": ((*FIRST, "lesions", 0, "history"), "", "episode 1, lesions 1.history is empty"),
    "no pictures": ((*FIRST, "pictures"), [], "episode 1, pictures is empty"),
    "a view": ((*FIRST, "pictures", 1, "view"), "closeup", "episode 1, pictures 2.view has no answer “closeup”"),
    "no identifiability": ((*FIRST, "pictures", 1, "identifiable"), "", "episode 1, pictures 2.identifiable is empty"),
    "a reason for nothing": ((*FIRST, "pictures", 0, "reason"), "x", "episode 1, pictures 1.reason is answered, but"),
    "needed without consent": (
        (*FIRST, "pictures", 0, "identifiable"),
        "needed",
        "episode 1, pictures 1.specific_consent",
    ),
    "withheld without a reason": (
        (*FIRST, "pictures", 0, "identifiable"),
        "withheld",
        "episode 1, pictures 1.reason is",
    ),
    "a lesion there is not": ((*FIRST, "pictures", 0, "lesion"), "2", "episode 1, pictures 1.lesion is answered, but"),
    "no lesion of several": ((*SECOND, "pictures", 0, "lesion"), "", "episode 2, pictures 1.lesion is empty"),
    "a file that is not there": (
        (*FIRST, "pictures", 0, "file"),
        "DCIM/X.JPG",
        "episode 1, pictures 1.file: there is no",
    ),
    "another content": (
        (*FIRST, "pictures", 0, "sha256"),
        "0" * 64,
        "episode 1, pictures 1.sha256: DCIM/100CANON/IMG_0001",
    ),
    "no digest": ((*FIRST, "pictures", 0, "sha256"), "", "episode 1, pictures 1.sha256 is empty"),
    "no missing reason": ((*SECOND, "without_dermoscopic"), "", "episode 2, without_dermoscopic is empty"),
    "a missing reason for nothing": ((*FIRST, "without_lateral"), "x", "episode 1, without_lateral is answered, but"),
    "no phone answer": ((*SECOND, "phone", "phone_off"), [], "episode 2, phone.phone_off is empty"),
    "a phone where there is none": (
        (*FIRST, "phone"),
        {"phone_off": ["none"]},
        "episode 1, phone.phone_off is answered",
    ),
    "a discard without a reason": (("discards", "files", 0, "reason"), "", "discards.files 1.reason is empty"),
    "a text for a list": ((*FIRST, "pictures"), "all", "episode 1, pictures is to be a list of tables"),
    "a list for a text": ((*FIRST, "pathway"), ["x"], "episode 1, pathway is a list, and takes one text"),
    "a list for one answer": (
        (*FIRST, "answers", "concern"),
        ["advice"],
        "episode 1, answers.concern takes one answer",
    ),
    "a long number": ((*FIRST, "patient", "family_name"), 2**64, "episode 1, patient.family_name is to be a text"),
}


@pytest.mark.parametrize("what", WRONG)
def test_it_is_refused_by_its_place(what: str) -> None:
    path, value, named = WRONG[what]
    document = whole()
    put(document, path, value)
    assert refused(document).what.startswith(named)


def test_a_misspelt_name_is_put_right() -> None:
    document = whole()
    document["episodes"][0]["patient"]["famly_name"] = "Ashgrove"
    assert refused(document).hint == "Did you mean family_name?"


def test_a_picture_is_one_patients_or_given_up_and_only_once() -> None:
    document = whole()
    document["episodes"][1]["pictures"].append({**THREE[0], "lesion": "1"})
    error = refused(document)
    assert isinstance(error, RuleRefusedError)
    assert "is a picture of episode 2 here, and a picture of episode 1 elsewhere" in error.what
    document = whole()
    document["discards"]["files"].append({"file": THREE[0]["file"], "sha256": THREE[0]["sha256"], "reason": "x"})
    assert "is given up here, and a picture of episode 1 elsewhere" in refused(document).what


def test_what_cannot_be_sealed_or_given_up_stays() -> None:
    document = whole()
    document["episodes"][0]["pictures"].append(row(MOVIE, "other"))
    document["discards"]["files"] = []
    assert "cannot be sealed: movie" in refused(document).what
    document = whole()
    document["discards"]["files"][0] = {"file": UNDONE.shown, "sha256": UNDONE.sha256, "reason": "x"}
    assert "cannot be given up: an erasure that was cut off" in refused(document).what


@pytest.mark.parametrize("text", ["[[episodes]", "\x00", "a = " + "9" * 5000, "a = " + "[" * 100_000, "d = 2026-02-30"])
def test_what_is_no_toml_is_refused(text: str) -> None:
    with pytest.raises(WrongUseError, match="answers file is not TOML"):
        read_answers(text, ASKING.inventory, ASKING)


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every place of a document, inside and out."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from places(one, (*path, key))


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.dates() | st.datetimes()
ANYTHING = st.recursive(
    SCALARS | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(list(places(whole()))), ANYTHING)
def test_anything_anywhere_is_taken_or_refused_in_words(path: Path, value: object) -> None:
    document = whole()
    put(document, path, value)
    read_or_refused(lambda: read_answers_mapping(document, ASKING.inventory, ASKING))


@settings(deadline=None)
@given(st.sampled_from(list(places(whole()))))
def test_anything_left_out_is_named_or_not_needed(path: Path) -> None:
    document: Any = whole()
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    read_or_refused(lambda: read_answers(toml_file(document), ASKING.inventory, ASKING))


@settings(deadline=None)
@given(st.text())
def test_any_text_is_refused_in_words(text: str) -> None:
    read_or_refused(lambda: read_answers(text, ASKING.inventory, ASKING))


def read_or_refused(read: Callable[[], object]) -> None:
    try:
        read()
    except DermlockError as error:
        assert error.what
        assert error.hint
