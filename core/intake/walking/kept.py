"""What was said in one step, so that going back and forth, a lock, and a mistake in the app lose nothing of it."""

from ...errors import RuleRefusedError
from ...model.question import Given, Question, Value, check_value

_Said = dict[str, tuple[Question, Value]]


class KeptAnswers:
    """A step's answers, and its drafts: what was typed, ticked or drawn there and never submitted. In memory alone.

    Both belong to the question as it was put, not to its id alone. A draft is shown
    again where it was left, and never taken for an answer.
    """

    def __init__(self) -> None:
        self._answers: _Said = {}
        self._replaced: _Said = {}
        self._drafts: _Said = {}

    def keep(self, question: Question, answer: Value) -> None:
        """What was submitted, in place of whatever stood there."""
        said, before = (question, answer), self._answers.get(question.id)
        self._replaced.pop(question.id, None)
        if before is not None and before != said:
            self._replaced[question.id] = before
        self._answers[question.id] = said
        self._drafts.pop(question.id, None)

    def note(self, question: Question, draft: Value | None) -> None:
        """What stands there now; None for nothing. What was answered already is no draft, however it is written."""
        if draft is None or _as_kept(question, draft) == _of(self._answers, question):
            self._drafts.pop(question.id, None)
        else:
            self._drafts[question.id] = question, draft

    def drop(self, question: Question) -> None:
        """Its answer was refused, and is not to be offered again; the one that it took the place of is."""
        self._answers.pop(question.id, None)
        if question.id in self._replaced:
            self._answers[question.id] = self._replaced.pop(question.id)

    def earlier(self, question: Question) -> Value | None:
        """What is shown where this very question is asked again: its draft, else its answer, else None."""
        draft = _of(self._drafts, question)
        return draft if draft is not None else _of(self._answers, question)

    def settled(self, question: Question) -> Value | None:
        """The answer that this very question had, None while it has none, or a draft besides."""
        return _of(self._answers, question) if _of(self._drafts, question) is None else None

    @property
    def answers(self) -> Given:
        """Every answer by its question's id, also those that other answers have made moot."""
        return {id_: answer for id_, (_, answer) in self._answers.items()}

    @property
    def is_empty(self) -> bool:
        return not self._answers and not self._drafts


def _of(said: _Said, question: Question) -> Value | None:
    asked, value = said.get(question.id, (None, None))
    return value if asked == question else None


def _as_kept(question: Question, draft: Value) -> Value:
    try:
        return check_value(question, draft)
    except RuleRefusedError:
        return draft
