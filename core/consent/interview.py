"""Holds the consent conversation: one key when it is as read, questions where it is not."""

from ..errors import RuleRefusedError
from ..model.conversation import Conversation, Script, ask, ask_checklist
from ..model.question import Value
from . import questions
from .record import Capacity, Consent
from .wording import ConsentWording


class ConsentInterview(Conversation[Consent]):
    """The interview of the consent step, with the wording that is read out in it."""

    def __init__(self, wording: ConsentWording, age: int) -> None:
        super().__init__(lambda: _talk(wording, age))
        self.wording = wording


def consent_interview(wording: ConsentWording, age: int) -> ConsentInterview:
    """The interview of the consent step. age: the patient's, in whole years today."""
    return ConsentInterview(wording, age)


def _talk(wording: ConsentWording, age: int) -> Script[Consent]:
    given: dict[str, Value] = {}
    as_read_offered = age >= questions.AGE_OF_PRESUMED_CAPACITY
    agreed = yield from ask(questions.consent_question(wording, as_read_offered=as_read_offered), given)
    if agreed == "declines":
        return _consent(wording, given, None, allows=False)
    if agreed == "as-read":
        return _consent(wording, given, Capacity.SELF)
    basis = Capacity((yield from ask(questions.basis_question(age), given)))
    if basis is not Capacity.SELF:
        yield from ask(questions.basis_details_question(basis, wording), given)
    exceptions = yield from ask_checklist(questions.exceptions_question(wording), given)
    _refuse_by_rule(exceptions, basis, age)
    if "explained-by-other" in exceptions:
        yield from ask(questions.explained_by_question(), given)
    if "interpreter" in exceptions:
        yield from ask(questions.interpreter_question(), given)
    if "intimate" in exceptions:
        yield from ask(questions.intimate_question(wording), given)
    if {"chaperone", "intimate"} & set(exceptions):
        chaperone = yield from ask(questions.chaperone_question(), given)
        if chaperone == "present":
            yield from ask(questions.chaperone_name_question(), given)
    return _consent(wording, given, basis, exceptions)


def _refuse_by_rule(exceptions: tuple[str, ...], basis: Capacity, age: int) -> None:
    if "intimate" in exceptions and age < questions.AGE_FOR_INTIMATE_PICTURES:
        raise intimate_under_age()
    if basis is Capacity.BEST_INTERESTS and {"teaching", "publication"} & set(exceptions):
        raise RuleRefusedError(
            "In a patient's best interests, pictures serve this care only, not teaching or publication.",
            "Take teaching and publication away.",
        )


def intimate_under_age() -> RuleRefusedError:
    """The hard stop for an intimate area of somebody under 18; the way on is in its hint."""
    return RuleRefusedError(
        f"Under {questions.AGE_FOR_INTIMATE_PICTURES}, an intimate area is not photographed.",
        "Refer without photography, so that the patient is seen in person.",
    )


def _consent(
    wording: ConsentWording,
    given: dict[str, Value],
    capacity: Capacity | None,
    exceptions: tuple[str, ...] = (),
    *,
    allows: bool = True,
) -> Consent:
    read_out = [wording.statement]
    if allows:
        read_out.append(wording.as_read)
    read_out += [
        text
        for id_, text in (
            ("teaching", wording.teaching),
            ("publication", wording.publication),
            ("intimate", wording.intimate),
        )
        if id_ in exceptions
    ]
    if capacity is Capacity.BEST_INTERESTS:
        read_out.append(wording.best_interests)
    return Consent(
        allows_photography=allows,
        capacity=capacity,
        teaching="teaching" in exceptions,
        publication="publication" in exceptions,
        written="written" in exceptions,
        wording="\n\n".join(read_out),
        wording_version=wording.version,
        given=tuple(given.items()),
        intimate=given.get("intimate_explained") == "agrees",
    )
