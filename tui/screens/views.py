"""The views: for one lesion with two or three pictures everything on one screen, for others question by question."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from core.errors import DermlockError, RuleRefusedError
from core.intake.interviews.views import ARRANGEMENT, AS_PROPOSED, PROPOSED_VIEWS, lesion_questions
from core.model.lesion import Laterality
from core.model.question import Question, QuestionKind, Value, check_value
from core.model.where import Where

from ..bridge import CardState
from ..intake.asking_screen import AskingScreen
from ..intake.step_screen import Asked
from ..widgets.asking.lesion_form import LesionForm
from ..widgets.bars import Keys
from ..widgets.picture_view import ShownPicture
from ..widgets.thumbnails import Thumbnails

SITE, LATERALITY, HISTORY = lesion_questions(1, "the lesion")
TYPED = Question("where", "Where", QuestionKind.TEXT)
"""What stands in “Where” without being a place yet: kept like an answer, so that going back loses nothing."""


class ViewsScreen(AskingScreen):
    """Enter in “Where” and in “History” answer the step as proposed; a key asks one by one what is otherwise."""

    CSS_PATH = "views.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high"), (34, "-tall")]  # noqa: RUF012 - Textual declares it without ClassVar
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f4", "otherwise", show=False)]

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._proposal: Question | None = None
        self._otherwise = False
        self._in_form = False
        consent = asked.intake.consent
        self._hidden = self._is_intimate = consent is not None and consent.intimate

    def compose_step(self) -> ComposeResult:
        yield Thumbnails()
        yield LesionForm()
        yield from super().compose_step()

    @property
    def keys(self) -> Keys:
        if not self._in_form:
            return super().keys
        hide: Keys = (("F3", f"{'show' if self._hidden else 'hide'} the pictures"),) if self._is_intimate else ()
        return (*self._form.keys, ("F4", "several lesions, other views"), ("F2", "full screen"), *hide)

    @property
    def source(self) -> str:
        return self._proposal.source if self._in_form and self._proposal else super().source

    @property
    def _form(self) -> LesionForm:
        return self.query_one(LesionForm)

    @property
    def _thumbnails(self) -> Thumbnails:
        return self.query_one(Thumbnails)

    @property
    def _looked_at(self) -> tuple[ShownPicture, ...]:
        return self._thumbnails.pictures if self._in_form else super()._looked_at

    def _begin(self, *, backwards: bool) -> None:
        self._find_proposal()
        super()._begin(backwards=backwards)
        if self._in_form:
            self._form.type_in(self._typed_early)

    def _find_proposal(self) -> None:
        """Whether there is one, and whether it was set aside when one was here before."""
        question = self.asked.interview().next({})
        is_proposed = question is not None and AS_PROPOSED in [option.id for option in question.options]
        self._proposal = question if is_proposed else None
        earlier = self.asked.kept.earlier(question) if question is not None else None
        self._otherwise = earlier not in (None, AS_PROPOSED)

    def show_card(self, state: CardState) -> None:
        """The proposal is about pictures: it waits while they cannot be seen."""
        if not self._in_form:
            super().show_card(state)
            return
        super(AskingScreen, self).show_card(state)
        if self._proposal is not None and self._is_blind(self._proposal):
            self._keep_drafts()
            self._wait_for_card()
        elif not self._form.has_class("-shown"):
            self._note.clear()
            self._show_form()

    def _wait_for_card(self) -> None:
        self._form.set_class(False, "-shown")
        self._thumbnails.show((), ())
        super()._wait_for_card()

    def _show(self, question: Question, earlier: Value | None) -> None:
        """The questions that the form stands for are asked in it."""
        proposal = self._proposal
        if proposal is None or not self._is_of_form(question):
            self._in_form = False
            self._form.set_class(False, "-shown")
            self._thumbnails.show((), ())
            self.query_one("#asking").display = True
            self._otherwise = self._otherwise or question == proposal
            super()._show(question, earlier)
            return
        self._in_form, self._otherwise = True, False
        self.query_one("#asking").display = False
        if self._is_blind(proposal):
            self._wait_for_card()
        else:
            self._show_form()

    def _is_of_form(self, question: Question) -> bool:
        if question.id == ARRANGEMENT:
            return not self._otherwise
        return self._given.get(ARRANGEMENT) == AS_PROPOSED and question in (SITE, LATERALITY, HISTORY)

    def _show_form(self) -> None:
        """As far as it is answered: the place first, then the history."""
        proposal, kept = self._proposal, self.asked.kept
        if proposal is None:
            return
        shown = [picture for path in proposal.pictures if (picture := self._picture(path))]
        self._form.set_class(True, "-shown")
        names = [view.value for view in PROPOSED_VIEWS]
        self._thumbnails.show(shown, names, hidden=self._hidden)
        site, side = kept.earlier(SITE), kept.earlier(LATERALITY)
        place = Where(str(site), Laterality(str(side))) if site and side else None
        typed = kept.earlier(TYPED) or (str(place) if place else "")
        self._form.begin(
            f"One lesion: {', '.join(names[: len(shown)])}. Where is it, with what history?",
            str(typed),
            str(kept.earlier(HISTORY) or ""),
        )
        if place is not None and LATERALITY.id in self._given:
            self._form.ask_history(place)
        self.show_keys()

    def _say(self, said: Sequence[tuple[Question, Value]]) -> None:
        """Gives these answers from the first on. Raises RuleRefusedError where one runs against a rule."""
        self._given, self._trail = {}, []
        for question, value in said:
            self.asked.kept.keep(question, value)
            self._trail.append(question)
            self._given[question.id] = value

    def on_lesion_form_placed(self, event: LesionForm.Placed) -> None:
        proposal, interview = self._proposal, self._interview
        if proposal is None or interview is None or not self._form.has_class("-shown"):
            return
        where = event.where
        self._say(((proposal, AS_PROPOSED), (SITE, where.site), (LATERALITY, where.laterality.value)))
        try:
            interview.next(self._given)
        except DermlockError as error:
            self._say(())
            self._form.refuse(error)
            return
        self.asked.kept.keep(TYPED, "")
        self._form.ask_history(where)

    def on_lesion_form_told(self, event: LesionForm.Told) -> None:
        if not self._form.has_class("-shown"):
            return
        try:
            history = check_value(HISTORY, event.text)
        except RuleRefusedError as error:
            self._form.refuse(error)
        else:
            self._take(HISTORY, history)

    def on_lesion_form_keys_changed(self) -> None:
        self.show_keys()

    def _refuse(self, error: DermlockError) -> None:
        if not self._in_form:
            super()._refuse(error)
            return
        self._given.pop(self._trail.pop().id)
        self._form.refuse(error)

    def _type_in(self, keys: Sequence[events.Key]) -> None:
        if self._in_form:
            self._form.type_in(keys)
        else:
            super()._type_in(keys)

    def _keep_drafts(self) -> None:
        self.asked.kept.keep(TYPED, "" if self._form.at_history else self._form.where)
        if self._form.history.strip():
            self.asked.kept.keep(HISTORY, self._form.history)

    def action_back(self) -> None:
        """From the history to the place; from the questions one by one to the proposal; from the place a step back."""
        if self._in_form:
            self._keep_drafts()
            if self._form.at_history and self._form.has_class("-shown"):
                self._say(())
                self._show_form()
            else:
                self._say(())
                super().action_back()
        elif self._otherwise and not self._trail and self._proposal is not None:
            self._otherwise = False
            self._show(self._proposal, None)
        else:
            super().action_back()

    def action_otherwise(self) -> None:
        """Asks one by one: several lesions, or views in another order."""
        if self._in_form and self._proposal is not None:
            self._keep_drafts()
            self._say(())
            self._otherwise = True
            self._show(self._proposal, None)

    def action_next_picture(self) -> None:
        """In the form all of them are in sight, or hidden: then the key shows them, and hides them again."""
        if not self._in_form:
            super().action_next_picture()
        elif self._is_intimate:
            self._hidden = not self._hidden
            self._keep_drafts()
            self._show_form()
