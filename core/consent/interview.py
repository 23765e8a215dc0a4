"""Holds the consent conversation: one key when it is as read, questions where it is not."""

from collections.abc import Callable
from datetime import date, datetime

from ..errors import RuleRefusedError
from ..model.conversation import Conversation, Script, ask, ask_checklist
from ..model.question import Question, Value
from . import questions
from .record import DECLINED, SAFEGUARDING_CONCERN, Capacity, Consent
from .wording import ConsentWording


class ConsentInterview(Conversation[Consent]):
    """The interview of the consent step, which knows what is read out in it."""

    def __init__(self, wording: ConsentWording, age: int, explained_by: str, now: Callable[[], datetime]) -> None:
        today = now().date()
        super().__init__(lambda: _Talk(wording, age, explained_by, now, today).script())
        self.wording = wording
        self.warnings = wording.warnings(today)

    def read_out_for(self, question: Question) -> str:
        """What is to be read out before this question is answered, "" for nothing."""
        return {"consent": self.wording.read_out, "intimate_explained": self.wording.intimate}.get(question.id, "")


def consent_interview(
    wording: ConsentWording, age: int, explained_by: str, now: Callable[[], datetime]
) -> ConsentInterview:
    """The interview of the consent step.

    age: the patient's, in whole years today. explained_by: the name of whoever is
    signed in, who explains it unless somebody else is said to. now: the station's
    clock; the consent is given when its last question is answered.
    """
    return ConsentInterview(wording, age, explained_by, now)


class _Talk:
    """One conversation, and what is written down of it."""

    def __init__(
        self, wording: ConsentWording, age: int, explained_by: str, now: Callable[[], datetime], today: date
    ) -> None:
        self._wording, self._age, self._explained_by, self._now, self._today = wording, age, explained_by, now, today
        self._given: dict[str, Value] = {}

    def script(self) -> Script[Consent]:
        given, age = self._given, self._age
        as_read = age >= questions.AGE_OF_PRESUMED_CAPACITY
        warnings = self._wording.warnings(self._today)
        first = questions.consent_question(self._wording, as_read_offered=as_read, warnings=warnings)
        agreed = yield from ask(first, given)
        if agreed == questions.SAFEGUARDING:
            concern = yield from ask(questions.safeguarding_question(), given)
            return self._no_pictures(f"{SAFEGUARDING_CONCERN}: {concern}", read_out="")
        if agreed == "declines":
            return self._no_pictures(DECLINED, read_out=self._wording.read_out)
        if agreed == "as-read":
            return self._agreed(Capacity.SELF, ())
        basis = Capacity((yield from ask(questions.basis_question(age), given)))
        if basis is not Capacity.SELF:
            yield from ask(questions.basis_details_question(basis, self._wording, age=age), given)
        exceptions = yield from ask_checklist(questions.exceptions_question(self._wording), given)
        _refuse_by_rule(exceptions, basis, age)
        if "explained-by-other" in exceptions:
            yield from ask(questions.explained_by_question(), given)
        if "interpreter" in exceptions:
            yield from ask(questions.interpreter_question(), given)
        intimate = "declines"
        if "intimate" in exceptions:
            intimate = yield from ask(questions.intimate_question(self._wording, basis), given)
        if "chaperone" in exceptions or intimate == "agrees":
            chaperone = yield from ask(questions.chaperone_question(basis), given)
            if chaperone == "present":
                yield from ask(questions.chaperone_name_question(), given)
        return self._agreed(basis, exceptions)

    def _no_pictures(self, reason: str, *, read_out: str) -> Consent:
        return Consent(
            allows_photography=False,
            capacity=None,
            teaching=False,
            publication=False,
            written=False,
            wording=read_out,
            wording_version=self._wording.version,
            given=tuple(self._given.items()),
            at=self._now(),
            explained_by=self._explained_by if read_out else "",
            told_of_referral=bool(read_out),
            without_photography_reason=reason,
            warnings=self._wording.warnings(self._today),
        )

    def _agreed(self, capacity: Capacity, exceptions: tuple[str, ...]) -> Consent:
        wording = self._wording
        read_out = [wording.read_out, wording.as_read]
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
            allows_photography=True,
            capacity=capacity,
            teaching="teaching" in exceptions,
            publication="publication" in exceptions,
            written="written" in exceptions,
            wording="\n\n".join(read_out),
            wording_version=wording.version,
            given=tuple(self._given.items()),
            intimate=self._given.get("intimate_explained") == "agrees",
            at=self._now(),
            explained_by=str(self._given.get("explained_by", self._explained_by)),
            told_of_referral=True,
            warnings=wording.warnings(self._today),
        )


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
