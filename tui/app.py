"""The app: its look, the keys that work everywhere, and the loop from sign-in to receipt.

Core decides what is asked next (intake.step); SCREENS says which screen asks it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType

from core.intake.steps import Intake, PatientNamed, Step

from .app_services import AppServices, Session
from .bridge import CardArrived, CardChanged, CardDeparted, CardDesk, ReadingEnded, ReadingProgressed
from .dialogs.confirm import ConfirmDialog
from .screens.episode import EpisodeScreen
from .screens.find import FindScreen
from .screens.move import Moved, MoveScreen
from .screens.question import QuestionScreen
from .screens.receipt import After, ReceiptScreen
from .screens.review import ReviewScreen
from .screens.set_up import SetUpScreen
from .screens.sign_in import SignInScreen
from .screens.waiting import Begin, Find, WaitingScreen
from .step_screen import Answered, Asked, KeptAnswers, StepScreen, WentBack, WithoutPhotography
from .theme import DARK, LIGHT, SIXTEEN, theme_for

SCREENS: dict[Step, type[StepScreen]] = {
    Step.PATIENT: QuestionScreen,
    Step.PATHWAY: QuestionScreen,
    Step.CONSENT: QuestionScreen,
    Step.PICTURES: QuestionScreen,
    Step.VIEWS: QuestionScreen,
    Step.IDENTIFIABILITY: QuestionScreen,
    Step.REVIEW: ReviewScreen,
}


class DermlockApp(App[int]):
    """Returns 0 when it was left; a mistake in it is raised by run_app."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-wide")]  # noqa: RUF012 - Textual declares it without ClassVar
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012 - the same
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+c", "leave", show=False, priority=True),
        Binding("f5", "demo_card", show=False),
        Binding("f6", "demo_refill", show=False),
        Binding("f9", "light_or_dark", show=False),
    ]

    def __init__(self, services: AppServices) -> None:
        super().__init__()
        self.services = services
        self.desk = CardDesk(self, services)
        self.moving = False

    def on_mount(self) -> None:
        for theme in (DARK, LIGHT, SIXTEEN):
            self.register_theme(theme)
        self.theme = theme_for(self.console.color_system).name
        self.desk.start_watching()
        self._session()

    def on_unmount(self) -> None:
        self.desk.end()

    @work(group="session", description="from sign-in to receipt")
    async def _session(self) -> None:
        staff_id = ""
        if not self.services.has_vault:
            made = await self.push_screen_wait(SetUpScreen(self.services))
            if made is None:
                self.exit(0)
                return
            staff_id = made
        while (session := await self.push_screen_wait(SignInScreen(self.services, staff_id))) is not None:
            self.desk.serve(session)
            await self._serve(session)
            self.desk.serve(None)
            session.sign_out()
            staff_id = ""
        self.exit(0)

    async def _serve(self, session: Session) -> None:
        """One person at the station, until they sign out."""
        while True:
            wanted = await self.push_screen_wait(WaitingScreen(self.services, session, self.desk))
            if isinstance(wanted, Begin):
                while await self._intake(session, wanted) is After.NEXT_PATIENT:
                    wanted = Begin("")
            elif isinstance(wanted, Find):
                await self._find(session)
            else:
                return

    async def _intake(self, session: Session, begin: Begin) -> After:
        """One patient, from the number to the receipt."""
        intake = Intake()
        kept = {step: KeptAnswers() for step in Step}
        back_to: Step | None = None
        without = ""
        note = ""
        while True:
            step = back_to or intake.step
            if step is Step.MOVE:
                after = await self._move(intake, session)
                if after is not None:
                    return after
                intake = intake.take_back(Step.REVIEW)
                continue
            asked = Asked(
                step,
                intake,
                session,
                self.desk,
                kept[step],
                backwards=back_to is not None or bool(note),
                number=begin.number,
                typed_ahead=begin.typed_ahead,
                note=note,
            )
            said = await self.push_screen_wait(SCREENS[step](asked))
            begin, note = Begin(""), ""
            if isinstance(said, WentBack):
                at = intake.steps.index(step)
                if at:
                    back_to = intake.steps[at - 1]
                elif kept[step].is_empty or await self._gives_up():
                    return After.DONE
                continue
            back_to = None
            if isinstance(said, WithoutPhotography):
                without = said.reason
            elif isinstance(said, Answered):
                before = intake
                intake = intake.record(said.answer)
                if isinstance(said.answer, PatientNamed) and before.patient not in (None, said.answer):
                    kept = {step: KeptAnswers() for step in Step} | {Step.PATIENT: kept[Step.PATIENT]}
            if without and intake.patient is None:
                note = "Without photography: noted. The referral still needs its patient."
            elif without:
                intake = intake.record(session.without_photography(intake, without))
                without = ""

    async def _move(self, intake: Intake, session: Session) -> After | None:
        """None when nothing was begun: the answers are still worth something."""
        self.moving = True
        try:
            ended = await self.push_screen_wait(MoveScreen(intake, session, self.desk))
        finally:
            self.moving = False
        if isinstance(ended, Moved):
            return await self.push_screen_wait(ReceiptScreen(ended.receipt, intake, session, self.desk))
        return After.DONE if ended.begun else None

    async def _gives_up(self) -> bool:
        return await self.push_screen_wait(
            ConfirmDialog(
                "Leave this patient?",
                "Nothing was sealed or erased. What you answered for this patient is dropped.",
                yes="leave",
                no="stay",
            )
        )

    async def _find(self, session: Session) -> None:
        words = ""
        while True:
            screen = FindScreen(session, self.desk, words)
            episode_id = await self.push_screen_wait(screen)
            if episode_id is None:
                return
            words = screen.words
            await self.push_screen_wait(EpisodeScreen(episode_id, session, self.desk))

    async def on_event(self, event: events.Event) -> None:
        """A key or a click that comes while the app closes is for nobody."""
        if self.screen_stack or not isinstance(event, events.InputEvent):
            await super().on_event(event)

    def on_card_arrived(self, event: CardArrived) -> None:
        self.desk.arrived(event.card)

    def on_card_departed(self, event: CardDeparted) -> None:
        self.desk.departed(event.card)

    def on_card_changed(self, event: CardChanged) -> None:
        self.desk.changed_on(event.card)

    def on_reading_progressed(self, event: ReadingProgressed) -> None:
        self.desk.progressed(event)

    def on_reading_ended(self, event: ReadingEnded) -> None:
        self.desk.ended(event)

    def action_demo_card(self) -> None:
        """Pulls the demo's card, or puts it in again: on any screen, as a real one can be."""
        demo = self.services.demo
        if demo is not None:
            self._with_demo_card(demo.pull if demo.is_inserted else demo.insert)

    def action_demo_refill(self) -> None:
        demo = self.services.demo
        if demo is not None:
            self._with_demo_card(demo.refill)

    def _with_demo_card(self, act: Callable[[], None]) -> None:
        """One at a time: a key held down does not pull a card that is being filled."""
        if not any(worker.group == "demo" and not worker.is_finished for worker in self.workers):
            self.run_worker(act, thread=True, group="demo", description="the demo's card")

    def action_light_or_dark(self) -> None:
        self.theme = (LIGHT if self.theme == DARK.name else DARK).name

    def action_leave(self) -> None:
        """Asks, unless a move runs: that is stopped with its own key first."""

        def said(leave: bool | None) -> None:
            if leave:
                self.exit(0)

        if not self.moving and not isinstance(self.screen, ConfirmDialog):
            self.push_screen(
                ConfirmDialog(
                    "Leave dermlock?",
                    "What is sealed is safe. Answers for a patient who is not sealed yet are dropped.",
                    yes="leave",
                    no="stay",
                ),
                said,
            )

    def _fatal_error(self) -> None:
        """Textual would print a traceback with the values in it, which can be a patient's; run_app raises instead."""
        self._close_messages_no_wait()


def run_app(services: AppServices) -> int:
    """Runs the app in this terminal; returns its exit code.

    A mistake in the app is raised after the terminal is as it was before.
    """
    app = DermlockApp(services)
    code = app.run()
    if app._exception is not None:
        raise app._exception
    return code or 0
