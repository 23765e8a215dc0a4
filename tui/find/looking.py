"""Looking at an episode, and writing down what was done with it: round and round until one goes back."""

from functools import partial

from textual.app import App

from ..app_services import Session
from ..bridge import CardDesk
from ..screens.due import DueScreen
from ..screens.episode import CorrectPatient, EpisodeScreen, WriteDown
from ..screens.interview import InterviewScreen


async def look_at_episode(app: App[int], episode_id: str, session: Session, desk: CardDesk) -> None:
    """The episode is read anew after each act: what is shown is what the vault has."""
    note = ""
    while True:
        said = await app.push_screen_wait(EpisodeScreen(episode_id, session, desk, note))
        if said is None:
            return
        screen = interview_screen(said, session, desk)
        written = await app.push_screen_wait(screen)
        note = ("Corrected." if isinstance(said, CorrectPatient) else "Written down.") if written else ""


def interview_screen(said: WriteDown | CorrectPatient, session: Session, desk: CardDesk) -> InterviewScreen:
    """The screen that asks about it, and whose answer goes into the vault."""
    episode, staff = said.episode, session.staff.name
    patient = str(episode.patient)
    if isinstance(said, CorrectPatient):
        ask, keep = partial(session.correction, episode), partial(session.correct, episode)
        return InterviewScreen("Correct the patient", patient, staff, ask, keep, desk)
    return InterviewScreen(
        "Write down", patient, staff, partial(session.follow_up, episode), partial(session.record_act, episode), desk
    )


async def look_at_due(app: App[int], session: Session, desk: CardDesk) -> None:
    """Until one goes back from the lists. Called in a worker."""
    here = ""
    while (chosen := await app.push_screen_wait(DueScreen(session, desk, here))) is not None:
        here = chosen
        await look_at_episode(app, here, session, desk)
