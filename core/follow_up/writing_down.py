"""One interview for all that can be done with an episode: first what it was, then its own questions."""

from ..model.question import Given, Interview, Option, Question, QuestionKind, check_value
from .acts import What
from .interviews import interview_of
from .offering import LABELS, About, ActKind, offered

ACT = "act"


def follow_up_interview(about: About) -> Interview[What]:
    """Nothing is preselected; the likely next thing stands first."""
    return _FollowUp(about)


class _FollowUp:
    def __init__(self, about: About) -> None:
        self._about = about
        self._what = Question(
            ACT,
            "What was done?",
            QuestionKind.CHOICE,
            tuple(Option(kind.value, LABELS[kind]) for kind in offered(about)),
            help="It is written down with your name and today's date, and stays: it is never changed.",
            source="Product rule: what becomes of an episode is written down as it is done",
        )

    def next(self, given: Given) -> Question | None:
        return self._chosen(given).next(_rest(given)) if ACT in given else self._what

    def answer(self, given: Given) -> What:
        return self._chosen(given).answer(_rest(given))

    def _chosen(self, given: Given) -> Interview[What]:
        return interview_of(ActKind(check_value(self._what, given.get(ACT, ""))), self._about)


def _rest(given: Given) -> Given:
    return {id_: value for id_, value in given.items() if id_ != ACT}
