"""One whole intake of the demo with the long way through every step, so that each kind of question is met."""

from tui.demo import NEW_NUMBER, PASSPHRASE, STAFF_ID
from tui.dialogs.confirm import ConfirmDialog
from tui.dialogs.picture import PictureDialog
from tui.dialogs.reason import ReasonDialog
from tui.dialogs.recovery_key import RecoveryKeyDialog
from tui.dialogs.source import SourceDialog
from tui.screens.consent import ConsentScreen
from tui.screens.flowchart import FlowchartScreen
from tui.screens.identifiability import IdentifiabilityScreen
from tui.screens.pathway import PathwayScreen
from tui.screens.patient import PatientScreen
from tui.screens.pictures import PicturesScreen
from tui.screens.receipt import ReceiptScreen
from tui.screens.review import ReviewScreen
from tui.screens.sign_in import SignInScreen
from tui.screens.views import ViewsScreen
from tui.screens.waiting import WaitingScreen

from ..support.terminal import Terminal
from .meter import PAGES, ROWS, TYPING, Meter

SCREENS = (
    SignInScreen,
    RecoveryKeyDialog,
    WaitingScreen,
    PatientScreen,
    PathwayScreen,
    FlowchartScreen,
    SourceDialog,
    ReasonDialog,
    ConfirmDialog,
    ConsentScreen,
    PicturesScreen,
    PictureDialog,
    ViewsScreen,
    IdentifiabilityScreen,
    ReviewScreen,
    ReceiptScreen,
)
PICTURE = "▀▀▀▀"
"""Of any that is drawn."""


def begin(meter: Meter, terminal: Terminal) -> None:
    """Up to the waiting screen."""
    terminal.wait_for("This is the demo.")
    meter.measure(terminal, SignInScreen, "sign in", *TYPING, "down", "up")
    meter.go_on(terminal, "f7", "Recovery key, from the printed sheet")
    meter.measure(terminal, RecoveryKeyDialog, "recovery key", *TYPING, colours=False)
    meter.go_on(terminal, "escape", "This is the demo.")
    terminal.type(STAFF_ID)
    meter.go_on(terminal, "enter")
    terminal.type(PASSPHRASE, "enter")
    terminal.wait_for("Next patient", "card: 5 pictures")
    meter.measure(terminal, WaitingScreen, "waiting", "9", "backspace")


def whole_intake(meter: Meter, terminal: Terminal) -> None:
    """From the waiting screen to the same."""
    _patient(meter, terminal)
    _pathway(meter, terminal)
    _consent(meter, terminal)
    _pictures(meter, terminal)
    _views(meter, terminal)
    _identifiability(meter, terminal)
    terminal.wait_for("Is all of this right?")
    meter.measure(terminal, ReviewScreen, "review", *PAGES)
    terminal.press("m")
    terminal.wait_for("All 8 steps done")
    meter.measure(terminal, ReceiptScreen, "receipt")
    meter.go_on(terminal, "enter", "Next patient")


def _patient(meter: Meter, terminal: Terminal) -> None:
    meter.go_on(terminal, "enter", "0-9 type the number")
    meter.measure(terminal, PatientScreen, "patient: number", "9", "backspace")
    meter.go_on(terminal, "a", "Local number")
    meter.measure(terminal, PatientScreen, "patient: local number", *TYPING)
    terminal.type("V 17")
    meter.go_on(terminal, "enter", "Why is there no NHS number?")
    meter.measure(terminal, PatientScreen, "patient: why none", *TYPING)
    meter.go_on(terminal, "escape", "Local number")
    meter.go_on(terminal, "escape", "0-9 type the number")
    meter.go_on(terminal, "escape", "Leave this patient?")
    meter.go_on(terminal, "enter", "0-9 type the number")
    number = str(NEW_NUMBER).replace(" ", "")
    terminal.type(number[:-1])
    meter.go_on(terminal, number[-1], "Date of birth")
    meter.measure(terminal, PatientScreen, "patient: birth date", "1", "backspace")
    terminal.type("3/2/1985")
    meter.go_on(terminal, "enter", "Family name")
    meter.measure(terminal, PatientScreen, "patient: family name", *TYPING)
    terminal.type("Tamarind")
    meter.go_on(terminal, "enter", "Given name")
    meter.measure(terminal, PatientScreen, "patient: given name", *TYPING)
    terminal.type("Thomas")
    meter.go_on(terminal, "enter", "What is your concern")


def _pathway(meter: Meter, terminal: Terminal) -> None:
    meter.measure(terminal, PathwayScreen, "pathway: concern", *ROWS)
    meter.measure(terminal, SourceDialog, "source, up and away", "f1", "enter", colours=False)
    meter.measure(terminal, ConfirmDialog, "leave dermlock, up and away", "ctrl+q", "enter", colours=False)
    meter.go_on(terminal, "f8", "Why without pictures?")
    meter.measure(terminal, ReasonDialog, "without photography: why", *ROWS, colours=False)
    meter.go_on(terminal, "5", "in a few words?")
    meter.measure(terminal, ReasonDialog, "without photography: in words", *TYPING, colours=False)
    meter.go_on(terminal, "escape", "Why without pictures?")
    meter.go_on(terminal, "escape", "What is your concern")
    meter.go_on(terminal, "8", "Why are no pictures taken?")
    meter.measure(terminal, PathwayScreen, "pathway: why no pictures", *TYPING)
    meter.go_on(terminal, "escape", "What is your concern")
    meter.go_on(terminal, "4", "Which of these do you find or suspect?")
    meter.measure(terminal, PathwayScreen, "pathway: criteria", *ROWS, "2", "2")
    _flowchart(meter, terminal)
    terminal.press("1", "2", "b")
    meter.go_on(terminal, "enter", "Is the lesion pigmented?")
    meter.measure(terminal, PathwayScreen, "pathway: pigmented", *ROWS)
    meter.go_on(terminal, "1", "Does the site or the size")
    meter.measure(terminal, PathwayScreen, "pathway: BCC", *ROWS)
    meter.go_on(terminal, "2", "How is urgent advice asked for?")
    meter.measure(terminal, PathwayScreen, "pathway: how urgent advice", *ROWS)
    meter.go_on(terminal, "3", "Does the patient know")
    meter.measure(terminal, PathwayScreen, "pathway: told", *ROWS)
    meter.go_on(terminal, "1", "Which of these does the patient have?")
    meter.measure(terminal, PathwayScreen, "pathway: history", *ROWS, "2", "2")
    terminal.press("1")
    meter.go_on(terminal, "enter", "what exactly, and since when?")
    meter.measure(terminal, PathwayScreen, "pathway: history in words", *TYPING)
    terminal.type("since 2019")
    meter.go_on(terminal, "enter", "Do you take it?")
    meter.measure(terminal, PathwayScreen, "pathway: the route", *ROWS)
    meter.go_on(terminal, "2", "against the criteria?")
    meter.measure(terminal, PathwayScreen, "pathway: why another route", *TYPING)
    terminal.type("seen by the dermatologist")
    meter.go_on(terminal, "enter", "Does the patient agree to pictures?")


def _flowchart(meter: Meter, terminal: Terminal) -> None:
    """From the criteria to the same."""
    meter.go_on(terminal, "f4", "Enter guidance")
    meter.measure(terminal, FlowchartScreen, "flowchart: boxes", *ROWS)
    meter.measure(terminal, FlowchartScreen, "flowchart: arrows", "right", "left", colours=False)
    meter.go_on(terminal, "enter", "Esc back to the flowchart")
    meter.measure(terminal, FlowchartScreen, "flowchart: guidance", *ROWS)
    meter.go_on(terminal, "f4", "Which of these do you find or suspect?")


def _consent(meter: Meter, terminal: Terminal) -> None:
    meter.measure(terminal, ConsentScreen, "consent", *ROWS)
    meter.go_on(terminal, "2", "On whose word")
    meter.measure(terminal, ConsentScreen, "consent: on whose word", *ROWS)
    meter.go_on(terminal, "1", "What differs")
    meter.measure(terminal, ConsentScreen, "consent: what differs", *ROWS, "4", "4")
    terminal.press("1", "5", "6", "7")
    meter.go_on(terminal, "enter", "Who explained it?")
    meter.measure(terminal, ConsentScreen, "consent: who explained", *TYPING)
    terminal.type("Dr Rowan")
    meter.go_on(terminal, "enter", "Who interpreted")
    meter.measure(terminal, ConsentScreen, "consent: interpreter", *TYPING)
    terminal.type("A. Fennel, into Welsh")
    meter.go_on(terminal, "enter", "pictures of an intimate area?")
    meter.measure(terminal, ConsentScreen, "consent: intimate", *ROWS)
    meter.go_on(terminal, "2", "Was a chaperone there?")
    meter.measure(terminal, ConsentScreen, "consent: chaperone", *ROWS)
    meter.go_on(terminal, "1", "Who was the chaperone?")
    meter.measure(terminal, ConsentScreen, "consent: who was the chaperone", *TYPING)
    terminal.type("N. Quince")
    meter.go_on(terminal, "enter", "Which pictures of the card are this", PICTURE)


def _pictures(meter: Meter, terminal: Terminal) -> None:
    meter.measure(terminal, PicturesScreen, "pictures: which")
    meter.go_on(terminal, "f7", "Esc back", without=PICTURE)
    meter.measure(terminal, PicturesScreen, "pictures: retake")
    meter.go_on(terminal, "escape", "Which pictures of the card", PICTURE)
    meter.measure(terminal, PictureDialog, "picture, up and away", "f2", "f2", colours=False)
    meter.go_on(terminal, "f2", "Esc close", PICTURE)
    meter.measure(terminal, PictureDialog, "picture: another one", "right", "left", colours=False)
    meter.measure(terminal, PictureDialog, "picture: closer and farther", "+", "-", colours=False)
    terminal.press("+", "+", "+")
    terminal.wait_for("3 times")
    meter.measure(terminal, PictureDialog, "picture: looked at closely", "right", "left", colours=False)
    meter.go_on(terminal, "escape", "Which pictures of the card", PICTURE)
    meter.go_on(terminal, "2", "Which of these are this patient's?", PICTURE)
    meter.measure(terminal, PicturesScreen, "pictures: one by one", "right", "left", " ", " ")
    terminal.press(" ", "right", " ", "right", " ")
    terminal.wait_for("done, 3 ticked")
    meter.go_on(terminal, "enter", "Which other files are given up?")
    meter.measure(terminal, PicturesScreen, "pictures: given up", "right", "left")
    terminal.press(" ")
    terminal.wait_for("done, 1 ticked")
    meter.go_on(terminal, "enter", "Why is it given up?")
    meter.measure(terminal, PicturesScreen, "pictures: why given up", *TYPING)
    meter.go_on(terminal, "escape", "Which other files are given up?", PICTURE)
    terminal.press(" ")
    terminal.wait_for("nothing is given up")
    meter.go_on(terminal, "enter", "Step 5 of 8", PICTURE)


def _views(meter: Meter, terminal: Terminal) -> None:
    meter.measure(terminal, ViewsScreen, "views: place, by typing", *TYPING)
    meter.measure(terminal, ViewsScreen, "views: place, from the list", *ROWS, colours=False)
    terminal.type("left forearm")
    meter.go_on(terminal, "enter", "Enter go on")
    meter.measure(terminal, ViewsScreen, "views: history", *TYPING)
    meter.go_on(terminal, "f4", "What do the pictures show?")
    meter.measure(terminal, ViewsScreen, "lesions: how many", *ROWS)
    meter.go_on(terminal, "2", "Where on the body")
    meter.measure(terminal, ViewsScreen, "lesions: site", "f", "backspace")
    terminal.type("forearm")
    meter.go_on(terminal, "enter", "On which side")
    meter.measure(terminal, ViewsScreen, "lesions: side", *ROWS)
    meter.go_on(terminal, "1", "What is the history of the lesion?")
    meter.measure(terminal, ViewsScreen, "lesions: history", *TYPING)
    terminal.type("3 months, itches")
    meter.go_on(terminal, "enter", "Which view is picture 1 of 3", PICTURE)
    meter.measure(terminal, ViewsScreen, "views: of a picture", *ROWS)
    meter.go_on(terminal, "1", "Which view is picture 2 of 3", PICTURE)
    meter.go_on(terminal, "2", "Which view is picture 3 of 3", PICTURE)
    meter.go_on(terminal, "3", "Could picture 1 of 3 identify", PICTURE)


def _identifiability(meter: Meter, terminal: Terminal) -> None:
    meter.measure(terminal, IdentifiabilityScreen, "identifiability", "+", "-")
    meter.go_on(terminal, "2", "What is covered in picture 1 of 3?", PICTURE)
    meter.measure(terminal, IdentifiabilityScreen, "covering: a box moves", "right", "left")
    meter.measure(terminal, IdentifiabilityScreen, "covering: a box grows", "d", "a", colours=False)
    terminal.press("+", "+")
    terminal.wait_for("2 times")
    meter.measure(terminal, IdentifiabilityScreen, "covering: looked at closely", "right", "left")
    terminal.press("0")
    meter.go_on(terminal, "enter", "1 covered")
    meter.go_on(terminal, "enter", "Could picture 2 of 3 identify", PICTURE)
    meter.go_on(terminal, "3", "Is it agreed that picture 2", PICTURE)
    meter.measure(terminal, IdentifiabilityScreen, "identifiability: agreed to", "+", "-")
    meter.go_on(terminal, "1", "Why does this care need")
    meter.measure(terminal, IdentifiabilityScreen, "identifiability: why needed", *TYPING)
    terminal.type("the eyelid")
    meter.go_on(terminal, "enter", "Could picture 3 of 3 identify", PICTURE)
    meter.go_on(terminal, "1", "Is all of this right?")
