"""Whole intakes answered by anybody's choices, and the answers file that says the same."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from core.card.card import CardFile
from core.errors import RuleRefusedError
from core.identifiability.interview import cover_id, identifiable_id, reason_id, specific_consent_id
from core.intake.asking import Asking, interview_for
from core.intake.steps import Intake, Step
from core.model.conversation import Conversation
from core.model.question import Question, QuestionKind, Value

from .clinic import set_of

A = TypeVar("A")

Document = dict[str, Any]
"""An answers file as TOML reads it."""

Said = Mapping[Step, Mapping[str, Value]]
"""What was answered, step by step, by question id."""


def walked(conversation: Conversation[A], choose: Callable[[Question], Value]) -> tuple[A, dict[str, Value]]:
    """Holds an interview with whatever is chosen; an answer that a rule refuses is chosen again."""
    given: dict[str, Value] = {}
    for _ in range(500):
        try:
            question = conversation.next(given)
        except RuleRefusedError:
            given.popitem()
            continue
        if question is None:
            return conversation.answer(given), given
        given[question.id] = choose(question)
    raise AssertionError("the rules refused whatever was chosen")


def walked_intake(asking: Asking, choose: Callable[[Question], Value]) -> tuple[Intake, Said]:
    """A whole intake by walks, and all that was said in it."""
    intake, said = Intake(), dict[Step, Mapping[str, Value]]()
    while (step := intake.step) is not Step.MOVE:
        answer, said[step] = walked(interview_for(step, intake, asking), choose)
        intake = intake.record(answer)
    return intake, said


def every_question(conversation: Conversation[object]) -> dict[str, Question]:
    """Every question an interview can come to, by id.

    Each option is tried, of a checklist all together, the first and the lone one; a question
    that was met after the same first and the same last answer is not gone on from again.
    """
    found: dict[str, Question] = {}
    met: set[tuple[Question, tuple[Value, ...]]] = set()
    open_: list[dict[str, Value]] = [{}]
    while open_:
        given = open_.pop()
        question = conversation.replay(given).open
        answers = tuple(given.values())
        if question is not None and (question, answers[:1] + answers[-1:]) not in met:
            met.add((question, answers[:1] + answers[-1:]))
            found[question.id] = question
            open_ += [{**given, question.id: value} for value in _tries(question)]
    return found


def _tries(question: Question) -> Iterator[Value]:
    match question.kind:
        case QuestionKind.CHOICE:
            yield from (option.id for option in question.options)
        case QuestionKind.CHECKLIST:
            ticks = tuple(option.id for option in question.options if not option.alone)
            yield from dict.fromkeys((ticks, ticks[:1]))
            yield from ((option.id,) for option in question.options if option.alone)
        case QuestionKind.NHS_NUMBER:
            yield from ("999 000 0018", *(option.id for option in question.options))
        case QuestionKind.DATE:
            yield "2/4/1961"
        case QuestionKind.TEXT:
            yield "said"
        case QuestionKind.COVER:
            yield "10,20,300,400; 0,0,50,60"


def episode_of(intake: Intake, said: Said, *, pathway: str) -> Document:
    """The [[episodes]] that says what was said to the interviews."""
    episode: Document = {
        "pathway": pathway,
        "patient": dict(said[Step.PATIENT]),
        "answers": dict(said[Step.PATHWAY]),
        "consent": dict(said.get(Step.CONSENT, {})),
    }
    if Step.VIEWS not in said:
        return episode
    assert intake.pictures is not None
    assert intake.views is not None
    views = said[Step.VIEWS]
    episode["lesions"] = [
        {name: views[f"lesion_{lesion.number}_{name}"] for name in ("site", "laterality", "history")}
        for lesion in intake.views.lesions
    ]
    episode |= {id_: value for id_, value in views.items() if id_.startswith("without_")}
    shown = {sha256: (str(lesion), view.value) for sha256, lesion, view in intake.views.views}
    episode["pictures"] = [
        _row(file, *shown[file.sha256], said[Step.IDENTIFIABILITY]) for file in intake.pictures.pictures
    ]
    episode["phone"] = {id_: value for id_, value in said[Step.IDENTIFIABILITY].items() if id_.startswith("phone_")}
    return episode


def _row(file: CardFile, lesion: str, view: str, said: Mapping[str, Value]) -> Document:
    return {
        "file": file.shown,
        "sha256": file.sha256,
        "lesion": lesion,
        "view": view,
        "identifiable": said[identifiable_id(file.sha256)],
        "cover": said.get(cover_id(file.sha256), ""),
        "reason": said.get(reason_id(file.sha256), ""),
        "specific_consent": said.get(specific_consent_id(file.sha256), ""),
    }


def discards_of(intake: Intake) -> Document:
    """The [discards] of the files that the intake gives up besides its pictures."""
    given_up = intake.pictures.discards if intake.pictures else ()
    return {"files": [{"file": file.shown, "sha256": file.sha256, "reason": reason} for file, reason in given_up]}


def toml_of(value: object) -> str:
    """A document as TOML text; tables inside it stand in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {toml_of(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(toml_of(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_file(document: Document) -> str:
    return "".join(f"{key} = {toml_of(value)}\n" for key, value in document.items())


def row(file: CardFile, view: str, **more: str) -> Document:
    """A line of `pictures`, in which nothing identifies."""
    return {"file": file.shown, "sha256": file.sha256, "view": view, "identifiable": "nothing", **more}


THREE = tuple(row(file, view) for file, view in zip(set_of(3), ("locating", "close-up", "dermoscopic"), strict=True))


def episode(*pictures: Document, **tables: object) -> Document:
    """A new adult, Advice & Guidance, with these pictures; `tables` in place of the usual ones."""
    usual: Document = {
        "pathway": "england-skin-2026",
        "patient": {
            "nhs_number": "999 000 0018",
            "birth_date": "2/4/1961",
            "family_name": "Ashgrove",
            "given_name": "Rosalind",
        },
        "answers": {"concern": "advice", "criteria": ["none"], "history": ["none"]},
        "consent": {"consent": "as-read"},
        "lesions": [{"site": "forearm", "laterality": "left", "history": "3 months, change and itch"}],
        "pictures": list(pictures or THREE),
    }
    return {**usual, **tables}
