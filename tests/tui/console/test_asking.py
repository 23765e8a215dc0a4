"""The intake asked line by line: the very intake that the interviews give, with a way back, and nothing to obey."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.card.card import FileKind, Inventory
from core.errors import CardError, InterruptedByPersonError
from core.intake.asking import Asking
from core.intake.steps import Step
from core.model.question import Question, QuestionKind, Value
from core.pathway.outcome import Route

from ...support.answering import walked_intake
from ...support.asked import (
    ADVICE,
    AS_READ,
    EASY,
    MOVE,
    NEW,
    NEWEST,
    NOTHING_IDENTIFIES,
    ONE_LESION,
    Typist,
    as_typed,
    asked_by,
)
from ...support.clinic import KNOWN, asking_about, card_of, intake_until, other_file, picture, set_of

ASKING = asking_about(set_of(3))
PHONE = picture("IMG_0009.JPG", make="Apple", has_place=True, owner="Ann\x1b[2J")
KNOWN_LINES = ("999 555 1233", "19/7/1958")


def heard_until_end(*lines: str, asking: Asking = ASKING) -> list[str]:
    """Everything that is said until the input ends."""
    typist = Typist(lines)
    with pytest.raises(InterruptedByPersonError):
        asked_by(typist, asking).until_the_move()
    return typist.heard


def test_a_new_patient_comes_to_the_intake_that_the_interviews_give() -> None:
    typist = Typist(EASY)
    assert asked_by(typist, ASKING).until_the_move() == intake_until(Step.MOVE, ASKING)
    leads = [line for line in typist.heard if line.startswith("Step ")]
    patient = " Patient: ASHGROVE, Rosalind, born 02 Apr 1961, 999 000 0018."
    assert leads == ["Step 1 of 8, Patient.", *(f"Step {n} of 8, {s.value}.{patient}" for n, s in enumerate(Step, 1) if n > 1)]  # fmt: skip  # noqa: E501
    assert "Files: IMG_0001.JPG: sealed, then erased; lesion 1, locating" in typist.heard


def test_a_known_patient_is_not_asked_for_a_name() -> None:
    intake = asked_by(Typist((*KNOWN_LINES, *EASY[4:])), ASKING).until_the_move()
    assert intake.patient is not None
    assert (intake.patient.patient, intake.patient.known) == (KNOWN, True)


TEXTS = ("three months", " Zoë  O’Neill ", "back", "Quit", "=", "?", '\\ "the" 村上')


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.sampled_from(["england-skin-2026", "glos-skin-lesions"]))
def test_whatever_the_interviews_are_told_can_be_typed_with_any_detour(seed: int, pathway: str) -> None:
    by = Random(seed)
    files = (
        *set_of(2),
        picture("101CANON/COPY.JPG", content="IMG_0001.JPG"),
        PHONE,
        other_file("M.MP4", FileKind.MOVIE),
    )
    asking = asking_about(files, pathway=pathway)
    said: list[tuple[Question, Value]] = []

    def choose(question: Question) -> Value:
        said.append((question, _chosen(question, by)))
        return said[-1][1]

    intake, _ = walked_intake(asking, choose)

    def lines() -> Iterator[str]:
        for number, (question, value) in enumerate(said):
            if number and by.random() < 0.2:
                yield from ("BACK", "=")
            if by.random() < 0.1:
                yield by.choice(["again", "source", "?", "\x1b[A"])
            yield as_typed(question, value, by)

    typist = Typist(lines())
    assert asked_by(typist, asking).until_the_move() == intake
    assert "".join(typist.heard).isprintable()


def _chosen(question: Question, by: Random) -> Value:
    ids = [option.id for option in question.options]
    match question.kind:
        case QuestionKind.CHOICE:
            return by.choice(ids)
        case QuestionKind.CHECKLIST:
            return tuple(by.sample(ids, by.randint(0, min(3, len(ids)))))
        case QuestionKind.NHS_NUMBER:
            return by.choice(["999 000 0018", "999 555 1233", "999 123 4560", "none"])
        case QuestionKind.DATE:
            return by.choice(["19/7/1958", "2012-02-29", "30/2/2000"])
        case QuestionKind.TEXT:
            return by.choice(TEXTS)
        case QuestionKind.COVER:
            return by.choice(["0,0,40,40", "1,2,30,40; 50,60,4000,3000", "0,0,4001,1"])


def test_back_over_a_step_keeps_every_answer() -> None:
    until_consent = (*NEW, *ADVICE)
    detour = ("back", "back", "back", "back", "=", "=", "=", "=")
    typist = Typist((*until_consent, *detour, *EASY[len(until_consent) :]))
    assert asked_by(typist, ASKING).until_the_move() == intake_until(Step.MOVE, ASKING)
    assert "= keeps what it was: Rosalind" in typist.heard
    assert "= keeps what it was: None of these" in typist.heard
    assert typist.heard.count("Step 2 of 8, Pathway. Patient: ASHGROVE, Rosalind, born 02 Apr 1961, 999 000 0018.") == 2


def test_another_persons_answers_are_not_offered() -> None:
    heard = heard_until_end(*NEW, "2", *("back",) * 5, *KNOWN_LINES)
    after = heard[heard.index("Step 2 of 8, Pathway. Patient: ROWANBERRY, Petra, born 19 Jul 1958, 999 555 1233.") :]
    assert not any("= keeps" in line for line in after)


def test_the_first_question_has_nothing_before_it() -> None:
    heard = heard_until_end("back", "=")
    assert "This is the first question." in heard
    assert "There is no earlier answer to keep." in heard


def test_without_photography_before_there_is_a_patient_is_noted() -> None:
    intake = asked_by(Typist(("999 000 0018", "without", "declines", *NEW[1:], *MOVE)), ASKING).until_the_move()
    assert intake.pathway is not None
    assert (intake.pathway.route, intake.pathway.without_photography_reason) == (Route.WITHOUT_PHOTOGRAPHY, "declines")


def test_without_photography_keeps_the_route_and_can_be_thought_better_of() -> None:
    lines = (*NEW, *ADVICE, "without", "back", "WITHOUT", "quit", "", "safeguarding", "without", *MOVE)
    typist = Typist(lines)
    intake = asked_by(typist, ASKING).until_the_move()
    assert intake.pathway is not None
    assert intake.pathway.route is Route.ADVICE_AND_GUIDANCE
    assert intake.pathway.without_photography_reason == "safeguarding"
    assert intake.pictures is None
    assert "Answer this first; back takes it away." in typist.heard
    assert "This referral is without photography already." in typist.heard


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (("999 000 0019",), "The check digit of this NHS number is wrong."),
        (("999 555 1233", "20/7/1958"), "This number is in the vault with another name or birth date."),
        (("999 000 0018", "30/2/1961"), "“Date of birth” is not a date: “30/2/1961”."),
        ((*NEW, *ADVICE, "2", "1", "7 8"), "contradicts itself"),
        ((*EASY[:13], "9,9,9"), "There is no answer “9,9,9”."),
        ((*EASY[:13], "2", "0,0,4001,9"), "has the box 0,0,4001,9 beyond the picture"),
    ],
)
def test_a_refusal_is_two_lines_and_the_question_again(lines: tuple[str, ...], what: str) -> None:
    *_, refused, hint, question, prompt = heard_until_end(*lines)
    assert what in refused
    assert all((hint, question, prompt.endswith(": ")))
    assert KNOWN.family_name.upper() not in "".join((refused, hint, question))


def test_an_empty_line_never_answers_a_choice() -> None:
    for answered in range(len(EASY)):
        *_, refused, _hint, _question, _prompt = heard_until_end(*EASY[:answered], "")
        assert refused == "Nothing was typed."


def test_the_end_of_the_input_and_leaving_name_the_open_question() -> None:
    for lines, what in (
        (NEW[:1], "The answers ended at “Date of birth”; nothing of this patient was sealed or erased."),
        (
            (*NEW[:1], "quit", "2", "quit", "yes"),
            "Left at “Date of birth”; nothing of this patient was sealed or erased.",
        ),
    ):
        with pytest.raises(InterruptedByPersonError) as error:
            asked_by(Typist(lines), ASKING).until_the_move()
        assert error.value.what == what


def test_every_picture_is_asked_about_and_has_to_be_looked_at_elsewhere() -> None:
    hostile = picture("IMG_\x1b[2J\r\n\u202e.JPG", owner="Ann\x1b[2J")
    heard = heard_until_end(*EASY[:13], "no dermatoscope", "1", asking=asking_about((*set_of(1), hostile)))
    for number, name in ((1, "IMG_0001.JPG"), (2, "IMG_\\x1b[2J\\x0d\\x0a\\xe2\\x80\\xae.JPG")):
        at = heard.index(f"Could picture {number} of 2 identify the patient?")
        assert heard[at + 1].startswith(
            "Pictures cannot be shown here. Look at them on the camera or on another screen"
        )
        assert heard[at + 2] == f"DCIM/100CANON/{name}, 25 Nov 2026 09:30, 2.4 MB, 4000 x 3000 pixels"
    assert "The camera's owner is named in the file: “Ann?[2J”." in heard
    assert all(line.isprintable() for line in heard)


def test_the_card_is_waited_for_and_none_of_several_is_taken_by_itself() -> None:
    inventory = card_of(set_of(3))
    other = replace(inventory.card, mount_point=Path("/media/practice/NIKON"), label="NIKON")
    empty, full = (), (inventory.card, other)
    looks = iter([empty, empty, full])
    seen: list[str] = []

    def read(card: object) -> Inventory:
        seen.append(str(card))
        if len(seen) == 1:
            raise CardError("The card was pulled while it was being read.", "Put it in again.")
        return replace(inventory, card=other)

    typist = Typist((*EASY[:8], "in", "in", "nikon", "in", "nikon", *EASY[8:]))
    asked = asked_by(typist, ASKING, cards=lambda: next(looks, full), read_card=read)
    asked.find_card()
    assert asked.until_the_move().step is Step.MOVE
    assert (asked.card, seen) == (other, ["NIKON 1A2B-3C4D"] * 2)
    assert typist.heard[0] == "The card is asked for when pictures are chosen."
    for said in ("There is no card in the reader.", "Which card?", "The card was pulled while it was being read."):
        assert said in typist.heard


def test_a_card_without_pictures_is_refused_and_one_can_still_go_back() -> None:
    heard = heard_until_end(*EASY[:8], "in", "back", asking=asking_about(()))
    assert heard.count("There is no picture on this card that can be sealed.") == 2
    assert "= keeps what it was: Agrees as read" in heard


def test_a_move_that_is_refused_asks_the_review_again() -> None:
    asked = asked_by(typist := Typist((*EASY, "1")), ASKING)
    asked.until_the_move()
    asked.refuse_move(CardError("No.", "Yes."))
    assert asked.until_the_move() == intake_until(Step.MOVE, ASKING)
    assert typist.heard.count("Is all of this right?") == 4
    assert (*EASY[:4], *ADVICE, *AS_READ, *NEWEST, *ONE_LESION, *NOTHING_IDENTIFIES, *MOVE) == EASY
