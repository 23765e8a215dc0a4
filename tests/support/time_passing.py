"""A station whose time passes when a test says so, and a second member of staff who can come to it."""

from datetime import UTC, datetime

from core.errors import NotSignedInError
from core.model.staff import Role, Staff
from tui.app import DermlockApp
from tui.app_services import AppServices
from tui.lock.coming_back import LeftOpen

from .fake_services import PASSPHRASE, STAFF_ID, FakeServices, FakeSession
from .on_screen import Person

OTHER_ID, OTHER_PASSPHRASE = "b.reed", "nine loud rooks land"
LOCKED_AT = datetime(2026, 11, 20, 10, 31, tzinfo=UTC)


class PassingTime:
    """What the app takes for the time: it stands until it is moved on."""

    def __init__(self) -> None:
        self._seconds = 1000.0
        self.apps: list[DermlockApp] = []

    def __call__(self) -> float:
        return self._seconds

    def app(self, services: AppServices, left: LeftOpen | None = None) -> DermlockApp:
        made = DermlockApp(services, left, seconds=self, now=lambda: LOCKED_AT)
        self.apps.append(made)
        return made

    async def passes(self, seconds: float, person: Person) -> None:
        """And the app looks at its clock."""
        self._seconds += seconds
        self.apps[-1].look_at_the_clock()
        await person.settle()


class OtherSession(FakeSession):
    @property
    def staff(self) -> Staff:
        return Staff(OTHER_ID, "Dr Ben Reed", frozenset({Role.CLINICIAN}))


class TwoAtTheStation(FakeServices):
    """tried: every sign-in, as the audit log would have it: who, and whether it was taken."""

    def __init__(self, session: FakeSession | None = None) -> None:
        super().__init__(session)
        self.other = OtherSession()
        self.tried: list[tuple[str, bool]] = []

    def sign_in(self, staff_id: str, passphrase: str) -> FakeSession:
        known = {(STAFF_ID, PASSPHRASE): self.session, (OTHER_ID, OTHER_PASSPHRASE): self.other}
        session = known.get((staff_id, passphrase))
        self.tried.append((staff_id, session is not None))
        if session is None:
            raise NotSignedInError("The staff ID or the passphrase is wrong.", "Try again.")
        return session


async def unlock(person: Person) -> None:
    await person.wait_for("Locked", "Dr Ada Palmer", "Enter unlock")
    await person.type(PASSPHRASE, "enter")
    await person.until(lambda: "Locked" not in person.sees, "the work")
