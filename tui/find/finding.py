"""From the search to what it found and back: which screen follows which."""

from typing import TYPE_CHECKING

from textual.app import App

from ..app_services import Session
from ..bridge import CardDesk
from ..screens.compare import CompareScreen
from ..screens.find import AllOfPatient, FindScreen, OneEpisode, Search
from ..screens.patient_episodes import Pair, PatientEpisodesScreen
from .looking import look_at_episode

if TYPE_CHECKING:
    from core.records.catalogue import EpisodeEntry


async def find_and_look(app: App[int], session: Session, desk: CardDesk) -> None:
    """Until one goes back from the search. Called in a worker."""
    search = Search()
    while True:
        screen = FindScreen(session, desk, search)
        said = await app.push_screen_wait(screen)
        search = screen.search
        if isinstance(said, OneEpisode):
            await look_at_episode(app, said.entry.id, session, desk)
        elif isinstance(said, AllOfPatient):
            await _look_at_patient(app, said.entry, session, desk)
        else:
            return


async def _look_at_patient(app: App[int], entry: "EpisodeEntry", session: Session, desk: CardDesk) -> None:
    here = entry.id
    while True:
        said = await app.push_screen_wait(PatientEpisodesScreen(entry, session, desk, here))
        if said is None:
            return
        if isinstance(said, Pair):
            here = said.later.id
            await app.push_screen_wait(CompareScreen(said.earlier, said.later, said.entries, session, desk))
        else:
            here = said.id
            await look_at_episode(app, here, session, desk)
