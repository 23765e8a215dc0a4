"""The pathway's questions, with the running score and where the answers lead so far beside them."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from core.model.question import Question, Value
from core.pathway.interview import PathwayInterview
from core.pathway.standing import ScoreSoFar, Standing

from ..flowchart.wanted import FlowchartWanted, ShowsFlowcharts
from ..intake.question_card_screen import QuestionCardScreen
from ..widgets.asking.answered_lines import AnsweredLines
from ..widgets.bars import Keys


class PathwayScreen(QuestionCardScreen):
    """The route is a proposal all along: it is shown, never chosen for anybody."""

    CSS_PATH = "pathway.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "flowchart", show=False, priority=True)  # keys on its heels are not for the question below
    ]
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

    @property
    def keys(self) -> Keys:
        """Behind the first, where there is room for it on the narrowest screen too."""
        return (*super().keys[:1], ("F4", "flowchart"), *super().keys[1:]) if self.walk else super().keys

    def ask(self, question: Question, earlier: Value | None) -> None:
        self.query_one(AnsweredLines).show(self.walk.said if self.walk else ())
        super().ask(question, earlier)
        self._show_standing()

    def on_question_card_keys_changed(self) -> None:
        """A box was ticked, perhaps."""
        self._show_standing()

    def action_flowchart(self) -> None:
        """Begins at the box that is open; nothing of what is being answered changes by looking."""
        walk, asked, app = self.walk, self.asked, self.app
        if walk is None or not isinstance(walk.interview, PathwayInterview) or not isinstance(app, ShowsFlowcharts):
            return
        way, patient = walk.interview.way(walk.given), asked.intake.patient
        at, who = way.open or way.boxes[-1], str(patient.patient) if patient else ""
        staff, steps = asked.session.staff.name, asked.intake.steps
        app.show_flowchart(FlowchartWanted(walk.interview.pathway, way, at, staff, who, steps, asked.step))

    def _show_standing(self) -> None:
        walk, question, draft = self.walk, self.card.question, self.card.draft
        if walk is None or not isinstance(walk.interview, PathwayInterview):
            return
        ticked = {question.id: draft} if question is not None and isinstance(draft, tuple) else {}
        so_far = walk.interview.standing({**walk.given, **ticked})
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
