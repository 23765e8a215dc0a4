"""The app: its look, the keys that work everywhere, and the loop from sign-in to receipt.

Core decides what is asked next (intake.step); SCREENS says which screen asks it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events, work
from textual.binding import Binding, BindingType

from core.clock import Clock, system_clock
from core.intake.steps import Intake, Step

from .app_services import AppServices, Session
from .bridge import CardArrived, CardChanged, CardDeparted, CardDesk, ReadingEnded, ReadingProgressed
from .console.ending import keep_report
from .dialogs.confirm import ConfirmDialog
from .find.finding import find_and_look
from .find.looking import look_at_due
from .first_start import FOUND, first_start
from .flowchart.wanted import FlowchartWanted
from .intake.flow import IntakeFlow, OpenIntake
from .intake.step_screen import StepScreen
from .lock.coming_back import ENDING_SIGNALS, LeftOpen, real_mistake, run_until_left
from .lock.curtain import Curtain
from .lock.idle import Idle, Seconds, seconds_awake_or_not
from .screens.consent import ConsentScreen
from .screens.flowchart import FlowchartScreen
from .screens.identifiability import IdentifiabilityScreen
from .screens.lock import Locked, LockScreen
from .screens.pathway import PathwayScreen
from .screens.patient import PatientScreen
from .screens.pictures import PicturesScreen
from .screens.receipt import After
from .screens.review import ReviewScreen
from .screens.set_up import SetUp
from .screens.sign_in import SignInScreen
from .screens.views import ViewsScreen
from .screens.waiting import Begin, Find, LookAtDue, WaitingScreen, Wanted
from .tamed import TamedApp
from .theme import EVERY_THEME, SAID_CSS, name_after, theme_for

SCREENS: dict[Step, type[StepScreen]] = {
    Step.PATIENT: PatientScreen,
    Step.PATHWAY: PathwayScreen,
    Step.CONSENT: ConsentScreen,
    Step.PICTURES: PicturesScreen,
    Step.VIEWS: ViewsScreen,
    Step.IDENTIFIABILITY: IdentifiabilityScreen,
    Step.REVIEW: ReviewScreen,
}


class DermlockApp(TamedApp):
    """Returns 0 when it was left; a mistake in it is raised by run_app."""

    CSS = SAID_CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f12,ctrl+l", "lock", show=False, priority=True),
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+c", "leave", show=False, priority=True),
        Binding("f5", "demo_card", show=False),
        Binding("f6", "demo_refill", show=False),
        Binding("f9", "next_theme", show=False),
    ]

    def __init__(
        self,
        services: AppServices,
        left: LeftOpen | None = None,
        first_staff_id: str = "",
        *,
        seconds: Seconds = seconds_awake_or_not,
        now: Clock = system_clock,
    ) -> None:
        """left: what a mistake left open; it is locked until its person is back.

        first_staff_id: who most probably signs in first.
        """
        super().__init__()
        self.services = services
        self.desk = CardDesk(self, services)
        self.session: Session | None = left.session if left else None
        self.opened: OpenIntake | None = left.opened if left else None
        self.curtain = Curtain(self, services, self.desk, Idle(services.idle_minutes, seconds), now)
        self._first_staff_id = first_staff_id
        self.practises: SetUp | None = None
        self._left, self._now = left, now
        self._unlocked = asyncio.Event()

    def on_mount(self) -> None:
        self.set_class(self.services.is_practice, "-practice")
        for theme in EVERY_THEME:
            self.register_theme(theme)
        self.theme = self._left.theme if self._left else theme_for(self.console.color_system, self.services.theme).name
        for number in ENDING_SIGNALS:
            asyncio.get_running_loop().add_signal_handler(number, self.exit, 128 + number)
        self.set_interval(1.0, self.look_at_the_clock)
        self.desk.start_watching()
        if self._left is not None:
            self.curtain.lock(Locked(self._left.session, self._left.since, self._would_drop, after_mistake=True))
        self._work = self._station(self.session)

    def on_unmount(self) -> None:
        self.end_threads()

    def end_threads(self) -> None:
        self.desk.end()

    @work(group="session", description="from sign-in to receipt")
    async def _station(self, session: Session | None) -> None:
        """One person after the other. session: who is signed in already."""
        set_up = FOUND if session is not None else await first_start(self.services, self.push_screen_wait)
        if set_up is None or set_up.practises:
            self.practises = set_up
            self.exit(0)
            return
        staff_id = set_up.staff_id or self._first_staff_id
        while session := session or await self.push_screen_wait(SignInScreen(self.services, staff_id)):
            self.session = session
            if self.curtain.locked is not None:
                await self._unlocked.wait()
            self.desk.serve(session)
            await self._serve(session)
            self.desk.serve(None)
            self.session = None
            session.sign_out()
            session, staff_id = None, ""
            if self.services.is_practice:
                break
        self.exit(0)

    async def _serve(self, session: Session) -> None:
        """One person at the station, until they sign out."""
        wanted: Wanted | None = Begin("") if self.opened is not None else None
        while True:
            if wanted is None:
                wanted = await self.push_screen_wait(WaitingScreen(self.services, session, self.desk))
            if isinstance(wanted, Begin):
                while await self._intake(session, wanted) is After.NEXT_PATIENT:
                    wanted = Begin("")
            elif isinstance(wanted, Find):
                await find_and_look(self, session, self.desk)
            elif isinstance(wanted, LookAtDue):
                await look_at_due(self, session, self.desk)
            else:
                return
            wanted = None

    async def _intake(self, session: Session, begin: Begin) -> After:
        """One patient, from the number to the receipt; or the one that a mistake interrupted."""
        again = self.opened is not None
        self.opened = self.opened or OpenIntake(Intake())
        flow = IntakeFlow(self.opened, session, self.desk, SCREENS, self.push_screen_wait)
        after = await flow.run(begin, again=again)
        self.opened = None
        return after

    def look_at_the_clock(self) -> None:
        self.curtain.look(self._locked_out if self.session is not None else None)

    def _locked_out(self) -> Locked:
        if self.session is None:
            raise AssertionError("nobody is signed in")
        return Locked(self.session, self._now(), self._would_drop)

    def _would_drop(self) -> str:
        """What is gone when another person takes over."""
        if self.opened is None:
            return ""
        if self.opened.move is not None:
            return "the receipt of the last move was not read. What it says stands in the audit log too."
        return "what was answered for a patient is not sealed." if self.opened.is_worth_keeping else ""

    def action_lock(self) -> None:
        if self.session is not None:
            self.curtain.lock(self._locked_out())

    def on_lock_screen_unlocked(self) -> None:
        if self.curtain.locked is not None:
            self.curtain.lift()
            self._unlocked.set()

    def on_lock_screen_taken_over(self, event: LockScreen.TakenOver) -> None:
        """Nothing of the former person is left when the next one sees the screen."""
        self._work.cancel()
        self.desk.serve(None)
        former, self.session, self.opened = self.session, event.session, None
        self.clear_work()
        if former is not None:
            former.sign_out()
        self.curtain.lift()
        self._work = self._station(event.session)

    async def on_event(self, event: events.Event) -> None:
        """A key or a click that comes while the app closes is for nobody; the curtain takes what is meant for it."""
        if isinstance(event, events.InputEvent) and (not self.screen_stack or self.is_too_small):
            return
        if event.is_forwarded or not self.curtain.takes(event):
            await super().on_event(event)

    def show_flowchart(self, wanted: FlowchartWanted) -> None:
        self.push_screen(FlowchartScreen(wanted, self.desk))

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

    def action_next_theme(self) -> None:
        name = name_after(self.theme)
        self.theme = theme_for(self.console.color_system, name).name
        self.clear_notifications()
        self.notify(f"Colours: {name.replace('-', ' ')}. F9 shows the next.", timeout=3)

    def action_leave(self) -> None:
        """Asks, unless a move runs: that is stopped with its own key first. Who cannot unlock cannot leave."""

        def said(leave: bool | None) -> None:
            if leave:
                self.exit(0)

        if self.desk.move is None and not self.curtain.is_up and not isinstance(self.screen, ConfirmDialog):
            self.push_screen(
                ConfirmDialog(
                    "Leave the practice?" if self.services.is_practice else "Leave dermlock?",
                    "What is sealed is safe. Answers for a patient who is not sealed yet are dropped.",
                    yes="leave",
                    no="stay",
                ),
                said,
            )

    @property
    def mistake(self) -> BaseException | None:
        return real_mistake(self._exception)

    @property
    def left_open(self) -> LeftOpen | None:
        if self.session is None:
            return None
        since = self.curtain.locked.since if self.curtain.locked else self._now()
        return LeftOpen(self.session, self.opened, since, self.theme)


def run_app(services: AppServices) -> int:
    """Runs the app in this terminal until it is left; returns its exit code.

    A mistake in the app is reported and the app comes back; the last of too many is raised.
    A practice run is an app of its own, on a station of its own, and leads back to the sign-in.
    """
    staff_id = ""
    while True:
        app = DermlockApp(services, None, staff_id)

        def make(left: LeftOpen | None, staff_id: str = staff_id) -> DermlockApp:
            nonlocal app
            app = DermlockApp(services, left, staff_id)
            return app

        code = run_until_left(make, keep_report)
        if app.practises is None:
            return code
        staff_id = app.practises.staff_id
        print("Preparing the practice…", flush=True)
        with services.practice() as practice:
            code = run_until_left(partial(DermlockApp, practice), keep_report)
        if code:
            return code
