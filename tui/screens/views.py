"""The views: for one lesion with two or three pictures everything on one screen, for others question by question."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from core.errors import DermlockError, RuleRefusedError
from core.intake.interviews.card_files import in_order_taken
from core.intake.interviews.retaking import advice_on
from core.intake.interviews.views import ARRANGEMENT, AS_PROPOSED, PROPOSED_VIEWS, lesion_questions
from core.model.lesion import Laterality
from core.model.question import Question, QuestionKind, Value, check_value
from core.model.where import Where

from ..intake.asking_screen import CARD
from ..intake.question_card_screen import QuestionCardScreen
from ..intake.step_screen import Asked
from ..widgets.asking.lesion_form import LesionForm
from ..widgets.bars import Keys
from ..widgets.picture_view import ShownPicture
from ..widgets.thumbnails import Thumbnails

SITE, LATERALITY, HISTORY = lesion_questions(1, "the lesion")
TYPED = Question("where", "Where", QuestionKind.TEXT)
"""What stands in “Where” without being a place yet: noted like a draft, so that going back loses nothing."""

FORM = "-form"
"""Mode of this screen: the questions that the form stands for are asked in it."""


class ViewsScreen(QuestionCardScreen):
    """Enter in “Where” and in “History” answer the step as proposed; a key asks one by one what is otherwise."""

    CSS_PATH = "views.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high"), (34, "-tall")]  # noqa: RUF012 - Textual declares it without ClassVar
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f4", "otherwise", show=False)]
    modes = (FORM, CARD)

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._proposal: Question | None = None
        self._otherwise = False
        consent = asked.intake.consent
        self._hidden = self._is_intimate = consent is not None and consent.intimate

    def compose_step(self) -> ComposeResult:
        yield Thumbnails()
        yield LesionForm()
        yield from super().compose_step()

    @property
    def keys(self) -> Keys:
        if not self.has_class(FORM):
            return super().keys
        hide: Keys = (("F3", f"{'show' if self._hidden else 'hide'} the pictures"),) if self._is_intimate else ()
        return (*self._form.keys, ("F4", "several lesions, other views"), ("F2", "full screen"), *hide)

    @property
    def _form(self) -> LesionForm:
        return self.query_one(LesionForm)

    @property
    def _thumbnails(self) -> Thumbnails:
        return self.query_one(Thumbnails)

    @property
    def looked_at(self) -> tuple[ShownPicture, ...]:
        return self._thumbnails.pictures if self.has_class(FORM) else super().looked_at

    def begin(self, *, was_here: bool) -> None:
        self._find_proposal()
        super().begin(was_here=was_here)
        if self.has_class(FORM):
            self._form.type_in(self._typed_early)

    def _find_proposal(self) -> None:
        """Whether there is one, and whether it was set aside when one was here before."""
        question = self.asked.interview().next({})
        is_proposed = question is not None and AS_PROPOSED in [option.id for option in question.options]
        self._proposal = question if is_proposed else None
        earlier = self.kept.earlier(question) if question is not None else None
        self._otherwise = earlier not in (None, AS_PROPOSED)

    def _is_of_form(self, question: Question | None) -> bool:
        if self._proposal is None or question is None or self.walk is None:
            return False
        if question.id == ARRANGEMENT:
            return not self._otherwise
        return self.walk.given.get(ARRANGEMENT) == AS_PROPOSED and question in (SITE, LATERALITY, HISTORY)

    def is_blind(self, question: Question) -> bool:
        """The proposal is about pictures: all of the form waits while they cannot be seen."""
        of_form = self._proposal if self._is_of_form(question) else None
        return super().is_blind(of_form or question)

    def ask(self, question: Question, earlier: Value | None) -> None:
        if self._is_of_form(question):
            self._otherwise = False
            self.become(FORM)
            self._show_form()
        else:
            self._thumbnails.show((), ())
            self._otherwise = self._otherwise or question == self._proposal
            super().ask(question, earlier if earlier != AS_PROPOSED else None)  # somebody wants it otherwise

    def cover_up(self) -> None:
        self._thumbnails.show((), ())
        super().cover_up()

    def refused(self, error: DermlockError) -> None:
        if self.has_class(FORM):
            self._form.refuse(error)
        else:
            super().refused(error)

    def type_in(self, keys: Sequence[events.Key]) -> None:
        if self.has_class(FORM):
            self._form.type_in(keys)
        else:
            super().type_in(keys)

    @property
    def _place(self) -> Where | None:
        """Where the lesion was said to be."""
        site, side = self.kept.earlier(SITE), self.kept.earlier(LATERALITY)
        return Where(str(site), Laterality(str(side))) if site and side else None

    def note_draft(self) -> None:
        if not self.has_class(FORM):
            super().note_draft()
            return
        is_said = self._form.at_history or self._form.where == str(self._place)
        self.kept.note(TYPED, None if is_said else self._form.where or None)
        self.kept.note(HISTORY, self._form.history.strip() or None)

    def _show_form(self) -> None:
        """As far as it is answered: the place first, then the history."""
        proposal, place, typed = self._proposal, self._place, self.kept.earlier(TYPED)
        paths = proposal.pictures if proposal else ()
        shown = [picture for path in paths if (picture := self.asked.desk.picture(path))]
        names = [view.value for view in PROPOSED_VIEWS]
        self._thumbnails.show(shown, names, hidden=self._hidden)
        self._form.begin(
            f"One lesion: {', '.join(names[: len(shown)])}. Where is it, with what history?",
            str(typed or place or ""),
            str(self.kept.earlier(HISTORY) or ""),
        )
        if place is not None and typed is None and self.walk is not None and LATERALITY.id in self.walk.given:
            self._form.ask_history(place)
        self._advise()

    def _advise(self) -> None:
        """Whether one of the pictures is better taken again, if they are what is proposed."""
        chosen = self.asked.intake.pictures
        pictures = in_order_taken(chosen.pictures) if chosen else ()
        if advice := advice_on(pictures, PROPOSED_VIEWS[: len(pictures)]):
            self.note.warn(f"{advice.removesuffix('.')}: F7.", "")

    def on_lesion_form_placed(self, event: LesionForm.Placed) -> None:
        """All that the place says at once; where it runs against a rule, nothing of it."""
        proposal, walk, where = self._proposal, self.walk, event.where
        if proposal is None or walk is None or not self.has_class(FORM):
            return
        walk.to_start()
        self.question = proposal
        for question, value in ((proposal, AS_PROPOSED), (SITE, where.site), (LATERALITY, where.laterality.value)):
            walk.take(question, value)
        try:
            self.question = walk.open()
        except DermlockError as error:
            walk.to_start()
            self._form.refuse(error)
        else:
            self._form.ask_history(where)
            self.note_draft()

    def on_lesion_form_told(self, event: LesionForm.Told) -> None:
        try:
            history = check_value(HISTORY, event.text)
        except RuleRefusedError as error:
            self._form.refuse(error)
        else:
            self.take(HISTORY, history)

    def on_lesion_form_draft_changed(self) -> None:
        self.note_draft()

    def on_lesion_form_keys_changed(self) -> None:
        self.show_keys()

    def action_back(self) -> None:
        """From the history to the place; from the questions one by one to the proposal; from the place a step back."""
        walk, proposal = self.walk, self._proposal
        if walk is not None and self._is_of_form(self.question):
            self.note_draft()
            at_history = self.has_class(FORM) and self._form.at_history
            walk.to_start()
            if at_history and proposal is not None:
                self.show_question(proposal)
                return
        elif walk is not None and self._otherwise and not walk.given and proposal is not None:
            self._otherwise = False
            self.show_question(proposal)
            return
        super().action_back()

    def action_otherwise(self) -> None:
        """Asks one by one: several lesions, or views in another order."""
        if self.has_class(FORM) and self._proposal is not None and self.walk is not None:
            self.note_draft()
            self.walk.to_start()
            self._otherwise = True
            self.show_question(self._proposal)

    def action_next_picture(self) -> None:
        """In the form all of them are in sight, or hidden: then the key shows them, and hides them again."""
        if not self.has_class(FORM):
            super().action_next_picture()
        elif self._is_intimate:
            self._hidden = not self._hidden
            self.note_draft()
            self._show_form()
            self.show_keys()
