"""An answers file says what the screens would have been told, or is refused by the place that is wrong."""

import tomllib
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.card.card import CardFile, FileKind
from core.errors import CardError, DermlockError, RuleRefusedError, WrongUseError
from core.intake import answers_file
from core.intake.answers_file import read_answers
from core.intake.asking import Asking
from core.intake.steps import Step
from core.model.patient import NhsNumber
from core.model.question import Question, QuestionKind, Value

from ...support.answering import THREE, Document, discards_of, episode, episode_of, row, toml_file, walked_intake
from ...support.clinic import KNOWN, Answers, asking_about, intake_until, other_file, picture, set_of

FILES = set_of(3)
COPY = picture("101CANON/COPY.JPG", content="IMG_0001.JPG")
PHONE = picture("IMG_0009.JPG", make="Apple", has_place=True)
MOVIE = other_file("DCIM/100CANON/MVI_0001.MP4", FileKind.MOVIE, "movie")
ASKING = asking_about((*FILES, COPY, PHONE, MOVIE))


def read(document: Document, asking: Asking = ASKING) -> answers_file.Answers:
    return read_answers(toml_file(document), asking.inventory, asking)


TOM: Document = {"nhs_number": "9990000123", "birth_date": "1975-11-30", "family_name": "Tamarind", "given_name": "Tom"}


def refused(document: Document, asking: Asking = ASKING) -> DermlockError:
    with pytest.raises(DermlockError) as error:
        read(document, asking)
    return error.value


@pytest.mark.parametrize("others", [(), (COPY, PHONE, MOVIE)], ids=["nothing else", "other files"])
def test_a_file_gives_the_very_intake_that_the_interviews_give(others: tuple[CardFile, ...]) -> None:
    asking = asking_about((*FILES, *others))
    choose: Answers = {"which": "choose", "pictures": tuple(file.sha256 for file in FILES), "discards": ()}
    assert read({"episodes": [episode()]}, asking).intakes == (
        intake_until(Step.MOVE, asking, {Step.PICTURES: choose}),
    )


TEXTS = ("three months", " Zoë  O’Neill ", 'd\'Arc \\ "the" 村上', "[[episodes]] # = {}", "\t9\n")


def choices(by: Random) -> Callable[[Question], Value]:
    """Whatever a person could say, fitting or not."""

    def choose(question: Question) -> Value:
        ids = [option.id for option in question.options]
        match question.kind:
            case QuestionKind.CHOICE:
                return by.choice(ids)
            case QuestionKind.CHECKLIST:
                return tuple(by.sample(ids, by.randint(0, min(3, len(ids)))))
            case QuestionKind.NHS_NUMBER:
                return by.choice(["999 000 0018", "9990000123", "999 555 1233", "999 123 4560", "none"])
            case QuestionKind.DATE:
                return by.choice(["19/7/1958", "2012-02-29", "1.1.2009", "30/2/2000"])
            case QuestionKind.TEXT:
                return by.choice(TEXTS)
            case QuestionKind.COVER:
                return by.choice(["0,0,40,40", "1,2,30,40; 50,60,4000,3000", "9,9,9,9", "0,0,4001,1", "all of it"])

    return choose


@settings(deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["england-skin-2026", "glos-skin-lesions"]))
def test_whatever_the_interviews_are_told_a_file_can_say(seed: int, pathway: str) -> None:
    asking = asking_about((*FILES[:2], COPY, PHONE, MOVIE), pathway=pathway)
    intake, said = walked_intake(asking, choices(Random(seed)))
    document = {"episodes": [episode_of(intake, said, pathway=pathway)], "discards": discards_of(intake)}
    answers = read(document, asking)
    assert answers.discards == (intake.pictures.discards if intake.pictures and not intake.without_photography else ())
    (read_back,) = answers.intakes
    assert (read_back.patient, read_back.pathway, read_back.consent) == (intake.patient, intake.pathway, intake.consent)
    assert (read_back.views, read_back.identifiability) == (intake.views, intake.identifiability)
    assert read_back.kept == intake.kept
    assert read_back.step is Step.MOVE


def test_several_patients_of_one_card() -> None:
    other = episode(row(PHONE, "close-up"), patient=TOM, phone={"phone_off": ["none"], "phone_copies": "deleted"})
    other["without_dermoscopic"] = "none here"
    first, second = read({"episodes": [episode(), other]}).intakes
    assert [kept.sha256 for kept in first.kept] == [file.sha256 for file in FILES]
    assert [kept.sha256 for kept in second.kept] == [PHONE.sha256]
    assert second.patient is not None
    assert second.patient.patient.number == NhsNumber("9990000123")


def test_a_patient_new_in_one_episode_is_known_in_the_next_and_must_agree() -> None:
    later = episode(row(PHONE, "close-up"), phone={"phone_off": ["none"], "phone_copies": "deleted"})
    later["without_dermoscopic"] = "none here"
    first, second = read({"episodes": [episode(), later]}).intakes
    assert first.patient is not None
    assert second.patient is not None
    assert (second.patient.patient, second.patient.known) == (first.patient.patient, True)
    later["patient"] = {**later["patient"], "birth_date": "3/4/1961"}
    assert (
        "episode 2, patient.birth_date: This number is in the vault" in refused({"episodes": [episode(), later]}).what
    )


def test_two_visitors_never_share_a_local_number_by_giving_different_reasons() -> None:
    def visitor(reason: str, **person: str) -> Document:
        return {"nhs_number": "none", "local_number": "V17", "local_reason": reason, **person}

    one = visitor("visitor", birth_date="1/1/1980", family_name="Maple", given_name="Jo")
    two = visitor("from Jersey", birth_date="2/2/1990", family_name="Oak", given_name="Sam")
    document = {"episodes": [episode(*THREE[:2], patient=one, without_dermoscopic="none"), episode(patient=two)]}
    assert refused(document).what.startswith("episode 2, patient.birth_date: This number is in the vault")


@pytest.mark.parametrize("names", [{}, {"family_name": "rowanberry", "given_name": " Petra "}])
def test_a_known_patient_needs_no_names_and_those_given_must_agree(names: Document) -> None:
    known = {"nhs_number": "9995551233", "birth_date": "1958-07-19"}
    (intake,) = read({"episodes": [episode(patient={**known, **names})]}).intakes
    assert intake.patient is not None
    assert intake.patient.patient == KNOWN
    error = refused({"episodes": [episode(patient={**known, "family_name": "Ashgrove"})]})
    assert isinstance(error, RuleRefusedError)
    assert error.what.startswith("episode 1, patient.family_name: This number is in the vault with another name")
    assert "Rowanberry" not in str(error)


def test_files_are_given_up_with_their_reasons_without_an_episode_too() -> None:
    gone = {"file": MOVIE.shown, "sha256": MOVIE.sha256.upper(), "reason": "a movie of the floor"}
    assert read({"discards": {"files": [gone]}}).discards == ((MOVIE, "a movie of the floor"),)
    assert read({"episodes": [episode()], "discards": {"files": [gone]}}).discards == ((MOVIE, "a movie of the floor"),)


def test_rows_of_copies_are_one_picture_and_must_agree() -> None:
    copy = row(COPY, "locating")
    (intake,) = read({"episodes": [episode(*THREE, copy)]}).intakes
    assert len(intake.kept) == 3
    error = refused({"episodes": [episode(*THREE, {**copy, "view": "close-up"})]})
    assert error.what.startswith("episode 1, pictures 4.view contradicts episode 1, pictures 1.view")


def test_copies_given_up_share_one_reason() -> None:
    def gone(file: CardFile, reason: str) -> Document:
        return {"file": file.shown, "sha256": file.sha256, "reason": reason}

    twice = [gone(FILES[0], "test shot"), gone(COPY, "test shot")]
    assert [file.sha256 for file, _ in read({"discards": {"files": twice}}).discards] == [COPY.sha256]
    twice[1]["reason"] = "blurred"
    assert refused({"discards": {"files": twice}}).what.startswith("discards.files 2.reason differs")


def test_without_a_card_a_referral_can_be_made_and_pictures_cannot() -> None:
    asking = asking_about()
    declined = episode(consent={"consent": "declines"}, lesions=[], pictures=[])
    (intake,) = read_answers(toml_file({"episodes": [declined]}), None, asking).intakes
    assert intake.without_photography
    with pytest.raises(CardError, match="there is no card"):
        read_answers(toml_file({"episodes": [episode()]}), None, asking)


def test_numbers_and_dates_may_stand_as_toml_has_them() -> None:
    text = (
        toml_file({"episodes": [episode()]}).replace('"999 000 0018"', "9990000018").replace('"2/4/1961"', "1961-04-02")
    )
    assert tomllib.loads(text)["episodes"][0]["patient"]["nhs_number"] == 9990000018
    assert read_answers(text, ASKING.inventory, ASKING) == read({"episodes": [episode()]})


def test_a_file_about_nothing_is_refused() -> None:
    nothings: tuple[Document, ...] = (
        {},
        {"episodes": []},
        {"discards": {}},
        {"episodes": [], "discards": {"files": []}},
    )
    for empty in nothings:
        error = refused(empty)
        assert isinstance(error, WrongUseError)
        assert "no episodes" in error.what
