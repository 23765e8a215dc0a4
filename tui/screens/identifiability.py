"""Every picture as large as the screen allows, and below it: could it identify the patient?"""

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Offset

from core.card.card import CardFile
from core.errors import DermlockError
from core.model.picture import CoverBox, read_boxes, written_boxes
from core.model.question import Question, QuestionKind, Value

from ..dialogs.picture import PictureDialog
from ..intake.asking_screen import CARD, AskingScreen
from ..intake.intimate import HIDDEN, is_intimate
from ..intake.step_screen import Asked
from ..widgets.asking.answer_row import AnswerRow
from ..widgets.asking.below_picture import BelowPicture
from ..widgets.asking.question_card import QuestionCard
from ..widgets.bars import Keys, Note
from ..widgets.captioned_picture import CaptionedPicture
from ..widgets.cover_editor import CoverEditor
from ..widgets.looking import LOOKING, looking_keys
from ..widgets.picture_view import PictureView, ShownPicture

ANSWERING, COVERING, BLANK = "-answering", "-covering", "-blank"


class IdentifiabilityScreen(AskingScreen):
    """No picture is answered for before it was seen."""

    CSS_PATH = "identifiability.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "look_closer", show=False),
        Binding("v,V", "show_or_hide", show=False),
        Binding("pageup", "read(-1)", show=False),
        Binding("pagedown", "read(1)", show=False),
        *LOOKING,
    ]
    modes = (ANSWERING, COVERING, CARD, BLANK)

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._revealed: set[str] = set()
        self._frames: dict[str, CoverBox | None] = {}
        self._was_hasty = False
        self._picture = CaptionedPicture()

    def compose_step(self) -> ComposeResult:
        yield Note(id="step-note")
        with Vertical(id="looked-at"):
            yield self._picture
            yield BelowPicture()
            yield CoverEditor(self._picture)
            yield QuestionCard()

    @property
    def keys(self) -> Keys:
        """Of what is in sight, and no others."""
        if self.question is None or self.is_waiting:
            return ()
        seen = self._view.is_drawn or (self.has_class("-low") and self._file is not None and not self._is_hidden)
        look: Keys = (("F2", "full screen"),) if seen else ()
        if self.has_class(CARD):
            return (*self.card.keys, *(look if self.question.pictures else ()))
        closer = looking_keys(self._view.sight, pans=not self.has_class(COVERING)) if self._view.is_drawn else ()
        if self.has_class(COVERING):
            return (*self._editor.keys, *closer, *look)
        return (*self._below.keys, *self._privacy_keys, *closer, *look)

    @property
    def _privacy_keys(self) -> Keys:
        if self._file is None or not is_intimate(self.asked.intake, self._file.sha256):
            return ()
        return (("V", "show the picture" if self._is_hidden else "hide it"),)

    @property
    def _view(self) -> PictureView:
        return self._picture.view

    @property
    def _below(self) -> BelowPicture:
        return self.query_one(BelowPicture)

    @property
    def _editor(self) -> CoverEditor:
        return self.query_one(CoverEditor)

    @property
    def _file(self) -> CardFile | None:
        """The picture that the question is about, as it lies on the card that is in."""
        inventory = self.asked.desk.state.inventory
        paths = self.question.pictures if self.question else ()
        return inventory.by_shown(paths[0]) if inventory and paths else None

    @property
    def _is_hidden(self) -> bool:
        file = self._file
        return file is not None and is_intimate(self.asked.intake, file.sha256) and file.sha256 not in self._revealed

    def ask(self, question: Question, earlier: Value | None) -> None:
        if question.kind is QuestionKind.COVER:
            self.become(COVERING)
            self._show_picture()
            boxes = read_boxes(earlier) if isinstance(earlier, str) else ()
            size = self._file.facts.upright_size if self._file and self._file.facts else (1, 1)
            self._editor.ask(question.text, size, boxes, self._frames.get(question.id))
        elif question.kind is QuestionKind.CHOICE and question.pictures:
            self.become(ANSWERING)
            self._show_picture()
            self._below.ask(question, self._file, earlier)
        else:
            self.become(CARD, *(() if question.pictures else (BLANK,)))
            self._show_picture()
            self.card.ask(question, earlier)

    def refused(self, error: DermlockError) -> None:
        self._below.release()
        self._editor.release()
        super().refused(error)

    def cover_up(self) -> None:
        self._picture.show(None)

    def draft(self) -> Value | None:
        if self.has_class(COVERING) and self.question is not None:
            self._frames[self.question.id] = self._editor.draft.frame
            return written_boxes(self._editor.draft.boxes) or None
        return super().draft()

    def _show_picture(self) -> None:
        self._picture.show(self._shown(), f"{HIDDEN} V shows it." if self._is_hidden else "")
        if not self.has_class(COVERING):
            self._view.cover(())

    def _shown(self) -> ShownPicture | None:
        file = self._file
        shown = self.asked.desk.picture(file.shown) if file else None
        return replace(shown, size=file.facts.upright_size) if shown and file and file.facts else shown

    def on_answer_row_chosen(self, event: AnswerRow.Chosen) -> None:
        if self._is_hidden:
            self._decline("The picture is hidden.", "Look at it first: V shows it.")
        elif self._picture.display and not self._view.has_opened:
            self._was_hasty = True
            self._decline("The picture is still being opened.", "Answer when it can be seen.")
        else:
            self.take(event.question, event.option_id)

    def on_answer_row_nothing_chosen(self) -> None:
        self._decline("Nothing is chosen yet.", f"Answer with {self._below.key_range}.")

    def _decline(self, what: str, hint: str) -> None:
        self.note.warn(what, hint)
        self._below.release()

    def on_cover_editor_finished(self, event: CoverEditor.Finished) -> None:
        if self.question is not None and self.has_class(COVERING):
            self.take(self.question, written_boxes(event.boxes))

    def on_cover_editor_changed(self) -> None:
        self.note.clear()
        self.note_draft()
        self.show_keys()

    def on_below_picture_keys_changed(self) -> None:
        self.show_keys()

    def on_picture_view_drawn(self) -> None:
        if self._was_hasty:
            self._was_hasty = False
            self.note.clear()
        self.show_keys()

    def on_resize(self) -> None:
        self._below.fit()

    def action_show_or_hide(self) -> None:
        if self._file is not None and self._privacy_keys and not self.is_waiting:
            self._revealed ^= {self._file.sha256}
            self.note.clear()
            self._show_picture()
            self.show_keys()

    def action_read(self, pages: int) -> None:
        self._below.read(pages)

    def action_zoom(self, steps: int) -> None:
        self._view.zoom(steps)

    def action_pan(self, right: int, down: int) -> None:
        self._view.pan(right, down)

    def action_look_closer(self) -> None:
        shown = self._shown()
        if shown is not None and not self._is_hidden and not self.is_waiting:
            covered = self._editor.draft.boxes if self.has_class(COVERING) else ()
            self.app.push_screen(PictureDialog([replace(shown, covered=covered)], 0))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        if event.widget is self._view:
            self._view.zoom(1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        if event.widget is self._view and self._view.sight.is_close:
            self._view.zoom(-1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._drag(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._drag(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        self._drag(event)

    def _drag(self, event: events.MouseEvent) -> None:
        if self.has_class(COVERING):
            corner = self._view.region.offset
            self._editor.drag(event, Offset(event.screen_x - corner.x, event.screen_y - corner.y))
