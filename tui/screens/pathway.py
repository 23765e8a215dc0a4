"""The pathway's questions, with the running score and where the answers lead so far beside them."""

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from core.model.question import Question, Value
from core.pathway.interview import PathwayInterview
from core.pathway.standing import ScoreSoFar, Standing

from ..intake.asking_screen import AskingScreen
from ..widgets.asking.answered_lines import AnsweredLines


class PathwayScreen(AskingScreen):
    """The route is a proposal all along: it is shown, never chosen for anybody."""

    CSS_PATH = "pathway.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-wide"), (110, "-broad")]  # noqa: RUF012 - Textual's

    def compose_step(self) -> ComposeResult:
        with Container(id="pathway"):
            with Container(id="questions"):
                yield from super().compose_step()
            with Vertical(id="standing"):
                yield Static(id="standing-scores")
                yield Static(id="standing-meaning")
                yield Static(id="standing-route")
                yield Static(id="standing-because")
                yield AnsweredLines()

    def _show(self, question: Question, earlier: Value | None) -> None:
        self.query_one(AnsweredLines).show([(asked, self._given[asked.id]) for asked in self._trail])
        super()._show(question, earlier)
        self._show_standing()

    def on_question_card_keys_changed(self) -> None:
        """A box was ticked, perhaps."""
        self._show_standing()

    def _show_standing(self) -> None:
        interview, question, draft = self._interview, self._card.question, self._card.draft
        if not isinstance(interview, PathwayInterview):
            return
        ticked = {question.id: draft} if question is not None and isinstance(draft, tuple) else {}
        so_far = interview.standing({**self._given, **ticked})
        self._say("scores", Content("\n").join([_score(score) for score in so_far.scores]))
        self._say("meaning", Content("\n".join(f"{score.meaning} ({score.source})." for score in so_far.scores)))
        self._say("route", _route(so_far))
        self._say("because", Content(f"By: {so_far.because}" if so_far.because else ""))

    def _say(self, part: str, words: Content) -> None:
        static = self.query_one(f"#standing-{part}", Static)
        static.update(words)
        static.set_class(bool(words.plain), "-shown")


def _route(so_far: Standing) -> Content:
    if so_far.route is None:
        return Content("")
    return Content.assemble("Leads so far to: ", (so_far.route_name, "bold $accent"), " (a proposal)")


def _score(score: ScoreSoFar) -> Content:
    counts = "" if score.certain else ", if it is for this lesion: asked next"
    return Content.assemble(f"{score.name}: ", (str(score.points), "bold $foreground"), counts)
