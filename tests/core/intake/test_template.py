"""The template of a card: complete, empty, and as good as the screens once it is filled in."""

import re
import tomllib
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.card.card import CardFile, FileKind, Inventory
from core.consent.questions import every_consent_question
from core.errors import RuleRefusedError, WrongUseError
from core.intake.answers_file import read_answers, read_answers_mapping
from core.intake.asking import Asking
from core.intake.interviews.patient import EVERY_PATIENT_QUESTION
from core.intake.steps import Step
from core.intake.template import template
from core.pathway.loader import load_pathways

from ...support.answering import Document
from ...support.clinic import asking_about, intake_until, other_file, picture, set_of

FILES = set_of(3)
COPY = picture("101CANON/COPY.JPG", content="IMG_0001.JPG")
PHONE = picture("IMG_0009.JPG", make="Apple", owner="Dr Yew")
MOVIE = other_file("DCIM/100CANON/MVI_0001.MP4", FileKind.MOVIE, "movie")
PATHWAYS = sorted(load_pathways(None))


def printed(asking: Asking, pathway: str = "england-skin-2026") -> str:
    assert asking.inventory is not None
    return template(asking.inventory, pathway, asking)


def filled(text: str, **values: str) -> str:
    """The text as a person leaves it. values: by name, written as they stand in the file."""
    for name, value in values.items():
        text, count = re.subn(rf'^(\w+\.{name}|{name}) = (""|\[\])$', rf"\1 = {value}", text, flags=re.MULTILINE)
        assert count == 1, name
    return text


EASY = {
    "nhs_number": '"999 000 0018"',
    "birth_date": '"2/4/1961"',
    "family_name": '"Ashgrove"',
    "given_name": '"Rosalind"',
    "concern": '"advice"',
    "criteria": '["none"]',
    "history": '["none"]',
    "consent": '"as-read"',
}


def filled_easily(text: str) -> str:
    """A new adult, Advice & Guidance, the three pictures; every line of another picture is taken out."""
    text = filled(text, **EASY)
    lesion = '{ site = "forearm", laterality = "left", history = "3 months, change and itch" },'
    text = re.sub(r'\{ site = "", .*', lesion, text)
    for file, view in zip(FILES, ("locating", "close-up", "dermoscopic"), strict=True):
        old = f'{{ file = "{file.shown}", view = "", identifiable = ""'
        assert old in text
        text = text.replace(old, f'{{ file = "{file.shown}", view = "{view}", identifiable = "nothing"')
    return re.sub(r"^  \{ file = .*, view = \"\".*\n", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_filled_in_it_gives_the_very_intake_that_the_screens_give(pathway: str) -> None:
    asking = asking_about(FILES, pathway=pathway)
    answers = read_answers(filled_easily(printed(asking, pathway)), asking.inventory, asking)
    assert answers.intakes == (intake_until(Step.MOVE, asking),)
    assert answers.discards == ()


def test_lines_of_others_are_taken_out_and_side_files_given_up() -> None:
    asking = asking_about((*FILES, PHONE, MOVIE))
    text = filled_easily(printed(asking))
    line = f'  # {{ file = "{MOVIE.shown}", reason = ""'
    assert line in text
    text = text.replace(line, f'  {{ file = "{MOVIE.shown}", reason = "of the floor"')
    answers = read_answers(text, asking.inventory, asking)
    assert [kept.sha256 for kept in answers.intakes[0].kept] == [file.sha256 for file in FILES]
    assert answers.discards == ((MOVIE, "of the floor"),)


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_unfilled_it_is_refused_by_the_first_missing_value(pathway: str) -> None:
    asking = asking_about((*FILES, PHONE, MOVIE), pathway=pathway)
    text = printed(asking, pathway)
    wanted = []
    for name, value in EASY.items():
        with pytest.raises(WrongUseError) as refused:
            read_answers(text, asking.inventory, asking)
        wanted.append(refused.value.what)
        text = filled(text, **{name: value})
    assert [re.sub(r"episode 1, \w+\.(\w+) is empty\.", r"\1", what) for what in wanted] == list(EASY)
    with pytest.raises(WrongUseError, match=r"episode 1, lesions 1\.site is empty"):
        read_answers(text, asking.inventory, asking)


def test_the_first_thing_missing_says_what_is_asked() -> None:
    asking = asking_about(FILES)
    with pytest.raises(WrongUseError) as refused:
        read_answers(printed(asking), asking.inventory, asking)
    assert refused.value.hint == "It asks: NHS number? Type it, or write: none."


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_every_question_stands_in_it_with_every_answer_and_none_is_filled_in(pathway: str) -> None:
    asking = asking_about((*FILES, PHONE), pathway=pathway)
    text = printed(asking, pathway)
    (episode,) = tomllib.loads(text)["episodes"]
    assert list(episode["patient"]) == [question.id for question in EVERY_PATIENT_QUESTION]
    questions = [question.id for question in asking.pathways[pathway].questions]
    assert list(episode["answers"]) == [*questions, "override", "override_reason"]
    assert list(episode["consent"]) == [question.id for question in every_consent_question(asking.wording)]
    for table in (episode["patient"], episode["answers"], episode["consent"], episode["phone"], *episode["lesions"]):
        assert all(value in ("", []) for value in table.values())
    for row in episode["pictures"]:
        assert {name for name, value in row.items() if value} == {"file", "sha256"}
    offered = [option.id for question in every_consent_question(asking.wording) for option in question.options]
    offered += [option.id for question in asking.pathways[pathway].questions for option in question.options]
    assert all(f'"{id_}"' in text for id_ in offered)


def test_a_pathway_that_keeps_nothing_identifiable_does_not_offer_it() -> None:
    asking = asking_about(FILES)
    assert '#   "needed"' in printed(asking)
    assert '#   "needed"' not in printed(asking, "glos-skin-lesions")


def test_pictures_stand_newest_group_first_with_findings_and_copies() -> None:
    asking = asking_about((*FILES, COPY, PHONE))
    comments = " ".join(printed(asking).replace("#", "").split())
    assert "Also on the card as " in comments
    assert "taken with a phone: “Apple”" in comments
    assert "owner is named in the file: “Dr Yew”" in comments
    (episode,) = tomllib.loads(printed(asking))["episodes"]
    assert len(episode["pictures"]) == len(FILES) + 1


def test_phones_are_not_asked_about_where_there_is_none() -> None:
    assert "phone." not in printed(asking_about(FILES))


def test_files_that_cannot_be_given_up_have_no_line() -> None:
    unread = other_file("DCIM/100CANON/BROKEN.JPG", FileKind.UNREADABLE, "could not be read", readable=False)
    text = printed(asking_about((*FILES, unread)))
    assert f"# {unread.shown}: unreadable file, could not be read" in text
    assert f'file = "{unread.shown}"' not in text


def test_a_card_without_a_picture_has_a_template_that_asks_for_some() -> None:
    asking = asking_about((MOVIE,))
    text = filled(printed(asking), **EASY)
    with pytest.raises(WrongUseError, match="episode 1, pictures is empty"):
        read_answers(text, asking.inventory, asking)


def test_a_pathway_that_is_not_there_is_named() -> None:
    with pytest.raises(WrongUseError, match="no pathway “here”"):
        printed(asking_about(FILES), "here")


NAMES = (
    (
        st.binary(min_size=1, max_size=20)
        | st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(str.encode)
    )
    .filter(lambda name: not set(name) & set(b"/\0") and name not in (b".", b".."))
    .map(lambda name: name.decode("utf-8", "surrogateescape"))
)
"""Whatever Linux takes for a file name, as Python has it."""


def read_back(inventory: Inventory, asking: Asking) -> list[CardFile]:
    """The pictures and the given-up files of a template, as the reader finds them again."""
    document: Document = tomllib.loads(printed(asking).replace("\n  # {", "\n  {"))
    document["episodes"][0]["answers"]["concern"] = "primary-care"
    for table, values in (("patient", EASY), ("answers", EASY), ("consent", EASY)):
        for name, value in values.items():
            if document["episodes"][0][table].get(name) in ("", []):
                document["episodes"][0][table][name] = tomllib.loads(f"v = {value}")["v"]
    (lesion,) = document["episodes"][0]["lesions"]
    lesion |= {"site": "nose", "laterality": "left", "history": "a year"}
    for row in document["episodes"][0]["pictures"]:
        row |= {"view": "other", "identifiable": "nothing"}
    for row in document["discards"]["files"]:
        row["reason"] = "not wanted"
    answers = read_answers_mapping(document, inventory, asking)
    (intake,) = answers.intakes
    return [*(intake.pictures.pictures if intake.pictures else ()), *(file for file, _ in answers.discards)]


@settings(deadline=None)
@given(st.sets(NAMES, min_size=2, max_size=6))
def test_any_file_name_survives_being_printed_and_read_back(names: set[str]) -> None:
    paths = [PurePosixPath("DCIM/100CANON") / name for name in sorted(names)]
    files = [picture(str(path)) for path in paths[1:]] + [other_file(str(paths[0]), FileKind.SIDE_FILE)]
    asking = asking_about(files)
    assert asking.inventory is not None
    assert sorted(file.path for file in read_back(asking.inventory, asking)) == sorted(paths)


@pytest.mark.parametrize(
    "name",
    [
        'a"b.JPG',
        "a\\b.JPG",
        "a'b.JPG",
        "a\nb = 1.JPG",
        "# a.JPG",
        "a\x1b[2J.JPG",
        "\udcff\udcfe.JPG",
        "ｆ村\u202e.JPG",
        "}.JPG",
    ],
)
def test_a_hostile_file_name_breaks_out_of_nothing(name: str) -> None:
    asking = asking_about((picture(name), other_file(f"DCIM/{name}", FileKind.SIDE_FILE, name)))
    assert asking.inventory is not None
    assert len(read_back(asking.inventory, asking)) == 2
    assert all(line.isprintable() for line in printed(asking).split("\n"))


def test_a_template_of_another_card_is_noticed() -> None:
    text = filled_easily(printed(asking_about(FILES)))
    other = asking_about((picture("IMG_0001.JPG", content="another"), *FILES[1:]))
    with pytest.raises(RuleRefusedError, match="has another content on this card") as refused:
        read_answers(text, other.inventory, other)
    assert "Print a template of the card that is in now" in refused.value.hint
