"""The pictures of the card as previews: which are this patient's, and which files are given up."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from core.card.card import CardFile, Inventory
from core.errors import DermlockError
from core.intake.interviews.pictures import DISCARDS, NEWEST
from core.intake.walking.intake_walk import WentBack
from core.model.question import Question, QuestionKind, Value

from ..bridge import CardState, counted
from ..dialogs.picture import PictureDialog
from ..intake.asking_screen import CARD, AskingScreen
from ..intake.card_groups import OTHER_FILES, digests, grid_groups, stays
from ..intake.intimate import HIDDEN, is_intimate
from ..intake.retake import HOW, MEANWHILE, Retake
from ..intake.step_screen import Asked
from ..widgets.asking.answer_row import AnswerRow
from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import Keys, Note
from ..widgets.grid.picture_grid import PictureGrid
from ..widgets.picture_view import COLOUR_NOTE

OVERVIEW, CHOOSING = "-overview", "-choosing"


class PicturesScreen(AskingScreen):
    """Cards hold several patients: earlier groups are counts until one is opened, and nothing is taken unseen."""

    CSS_PATH = "pictures.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "look_closer", show=False),
        Binding("v,V", "show_or_hide", show=False),
    ]
    modes = (OVERVIEW, CHOOSING, CARD)

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._inventory: Inventory | None = None
        self._retake = Retake()
        self._revealed = False
        self._opened: set[str] = set()
        before = asked.intake.pictures
        self._chosen = tuple(file.sha256 for file in before.pictures) if before and asked.retakes else ()

    def compose_step(self) -> ComposeResult:
        yield Note(id="step-note")
        with Vertical(id="choose"):
            yield Static(id="choose-text")
            yield Static(id="clock")
            yield Static("▲ Camera's clock: see the review.", id="clock-in-short")
            yield AnswerRow()
            yield PictureGrid(self.asked.desk.picture_of)
            yield Static(id="choose-state")
        yield QuestionCard()

    def begin_step(self) -> None:
        self._answers.can_focus = False  # its keys come up to the screen from the grid, which scrolls
        super().begin_step()
        if self.asked.retakes:
            self.action_retake()

    @property
    def can_retake(self) -> bool:
        return not self._retake.is_on

    @property
    def keys(self) -> Keys:
        """Of what is in sight, and no others."""
        if self.has_class(CARD):
            return self.card.keys
        if not self.has_class(OVERVIEW) and not self.has_class(CHOOSING):
            return ()
        look: Keys = (("F2", "full screen"),) if self._can_be_looked_at else ()
        hide: Keys = (("V", "hide pictures" if self._revealed else "show pictures"),) if self._has_intimate else ()
        if self.has_class(OVERVIEW):
            as_before: Keys = (("Enter", "as before"),) if self._answers.has_earlier else ()
            further: Keys = (("PgUp PgDn", "further"),) if self._grid.max_scroll_y else ()
            return (*self._answer_keys, *as_before, *further, *look, *hide)
        ticked = len(self._grid.ticked)
        nothing: Keys = (("Enter", "nothing is given up"),) if self._is_about_discards else ()
        done: Keys = (("Enter", f"done, {ticked} ticked"),) if ticked else nothing
        tick = "open" if self._grid.is_on_closed_group else "tick"
        return (("arrows", "go"), ("Space", tick), *done, *look, *hide)

    @property
    def _answer_keys(self) -> Keys:
        """On a low screen the keys say what they answer: the lines are the pictures'."""
        if self.question is None or not self.has_class("-low"):
            return ((self._answers.key_range, "answer"),)
        return tuple((str(at), option.label.partition(",")[0]) for at, option in enumerate(self.question.options, 1))

    @property
    def _grid(self) -> PictureGrid:
        return self.query_one(PictureGrid)

    @property
    def _answers(self) -> AnswerRow:
        return self.query_one(AnswerRow)

    @property
    def _is_about_discards(self) -> bool:
        return self.question is not None and self.question.id == DISCARDS

    @property
    def _has_intimate(self) -> bool:
        return any(is_intimate(self.asked.intake, sha256) for sha256 in digests(self._inventory))

    @property
    def _can_be_looked_at(self) -> list[CardFile]:
        """Files of open groups that can be seen."""
        return [file for file in self._grid.opened if not self._words(file)]

    def _words(self, file: CardFile) -> str:
        """In place of the picture, "" where it is shown."""
        if not file.sealable:
            return file.note or file.kind.value
        return HIDDEN if is_intimate(self.asked.intake, file.sha256) and not self._revealed else ""

    def is_blind(self, question: Question) -> bool:  # noqa: ARG002 - every question here is about the whole card
        return self.asked.desk.state.inventory is None

    def show_card(self, state: CardState) -> None:
        """Another card, or the same with other pictures on it, is asked about anew; ticks stay with their pictures."""
        if state.inventory is None:
            self._retake.card_went()
            super().show_card(state)
            return
        back = self._retake.card_is_read(digests(state.inventory))
        is_other = state.inventory != self._inventory
        if is_other:
            self._keep_ticks()
            self._inventory = state.inventory
            if self.walk is not None:
                self.walk.begin_again(self.asked.interview())
        super().show_card(state)
        if is_other:
            self.go_on()
        if back and not self.note.is_shown:
            self.note.tell(back)

    def go_on(self) -> None:
        if not self._retake.is_on:
            super().go_on()

    def wait_for_card(self) -> None:
        super().wait_for_card()
        state = self.asked.desk.state
        if self._retake.is_on and state.trouble is None:
            out = "The card is out. " if state.card is None else "The card is in. "
            self.note.tell(HOW, f"{out}{MEANWHILE}")

    def cover_up(self) -> None:
        self._grid.forget()

    def ask(self, question: Question, earlier: Value | None) -> None:
        inventory = self._inventory
        if inventory is None:
            return
        if question.kind is QuestionKind.TEXT:
            self.become(CARD)
            self.card.ask(question, earlier)
            return
        self.become(OVERVIEW if question.kind is QuestionKind.CHOICE else CHOOSING)
        note = f"  {COLOUR_NOTE}" if self.has_class(CHOOSING) else ""
        self.query_one("#choose-text", Static).update(Content.assemble((question.text, "bold"), (note, "$muted")))
        of_clock = question.help.replace("\n", " ") if self.has_class(OVERVIEW) else ""
        self.set_class(bool(of_clock), "-clock")
        self.query_one("#clock", Static).update(Content.assemble(("▲ ", "bold $warning"), of_clock))
        offered = None if question.kind is QuestionKind.CHOICE else {option.id for option in question.options}
        groups = grid_groups(inventory, offered, self._retake.new)
        ticked: tuple[str, ...] | None = None
        opened = {groups[0].key, OTHER_FILES}
        if question.kind is QuestionKind.CHOICE:
            self._answers.offer(question, earlier)
            self._answers.lay_out(roomy=True)
        else:
            ticked = earlier if isinstance(earlier, tuple) else () if self._is_about_discards else self._chosen
            with_ticks = {group.key for group in groups for item in group.items if item.id in ticked}
            opened |= self._opened | with_ticks
        self._grid.show(groups, opened=opened, ticked=ticked, words=self._words)
        self._grid.focus(scroll_visible=False)
        self._show_state()

    def refused(self, error: DermlockError) -> None:
        self._answers.release()
        self._grid.release()
        super().refused(error)

    def draft(self) -> Value | None:
        if self.has_class(CHOOSING):
            self._keep_ticks()
            return self._grid.ticked or None
        return super().draft()

    def _keep_ticks(self) -> None:
        """Ticks belong to pictures, whatever else is on the card when it comes back."""
        if self.has_class(CHOOSING):
            self._opened |= self._grid.opened_keys
            if not self._is_about_discards:
                self._chosen = self._grid.ticked

    def _show_state(self) -> None:
        """What is claimed and what stays, and what may not be judged here."""
        inventory = self._inventory
        if inventory is None:
            return
        parts = [COLOUR_NOTE]
        if self.has_class(CHOOSING):
            ticked = self._grid.ticked
            claimed = {*ticked, *self._chosen}
            what = "given up" if self._is_about_discards else "ticked"
            parts = [f"{len(ticked)} {what}", stays(inventory, claimed)]
        elif missing := self._unseen:
            parts = [f"{missing} not in sight yet: PgDn", COLOUR_NOTE]
        self.query_one("#choose-state", Static).update(Content("  ·  ".join(part for part in parts if part)))

    @property
    def _unseen(self) -> int:
        """How many of the newest pictures were not in sight yet."""
        newest = {file.sha256 for file in self._grid.opened if file.sealable}
        return len(newest - self._grid.seen)

    def on_answer_row_chosen(self, event: AnswerRow.Chosen) -> None:
        """Nothing is taken in bulk that was not in sight."""
        unseen = self._unseen
        as_before = self.kept.settled(event.question) == event.option_id
        if event.option_id != NEWEST or as_before or not unseen:
            self.take(event.question, event.option_id)
            return
        how = "V shows them." if self._has_intimate and not self._revealed else "PgDn brings them into sight."
        self.note.warn(f"{counted(unseen, 'of these pictures was', 'of these pictures were')} not seen yet.", how)
        self._answers.release()

    def on_answer_row_nothing_chosen(self) -> None:
        self.note.warn("Nothing is chosen yet.", f"Answer with {self._answers.key_range}.")

    def on_picture_grid_submitted(self, event: PictureGrid.Submitted) -> None:
        if self.question is not None and self.has_class(CHOOSING):
            self._keep_ticks()
            self.take(self.question, event.ids)

    def on_grid_body_changed(self) -> None:
        if self.has_class(CHOOSING) or self.has_class(OVERVIEW):
            self.note_draft()
            self._show_state()
            self.show_keys()

    def on_key(self, event: events.Key) -> None:
        """The answers' keys come up from the grid."""
        if self.has_class(OVERVIEW):
            self._answers.take_key(event)

    def action_show_or_hide(self) -> None:
        if self._has_intimate:
            self._revealed = not self._revealed
            self._grid.look_again()
            self.show_keys()

    def action_look_closer(self) -> None:
        files = self._can_be_looked_at
        desk = self.asked.desk
        shown = [picture for file in files if (picture := desk.picture_of(file))]
        if not shown or not (self.has_class(OVERVIEW) or self.has_class(CHOOSING)):
            return

        def looked(at: int | None) -> None:
            if at is not None:
                self._grid.go_to(files[at])

        here = self._grid.file_here
        self.app.push_screen(PictureDialog(shown, files.index(here) if here in files else 0), looked)

    def action_retake(self) -> None:
        """Waits for the card to go and to come back; Escape goes on as it was."""
        if self.can_retake:
            self.note_draft()
            known = {*digests(self._inventory), *self._chosen}
            self._retake.begin(known, card_is_in=self.asked.desk.state.card is not None)
            self.wait_for_card()

    def action_back(self) -> None:
        """Without a retake after all one is where one was."""
        if not self._retake.is_on:
            super().action_back()
            return
        self._retake.give_up()
        if self.asked.retakes:
            self.dismiss(WentBack())
        else:
            self.show_card(self.asked.desk.state)
