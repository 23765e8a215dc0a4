"""Looking back: find, a patient's episodes, two dates, one episode, what is due, what was done; and the lock."""

from tui.demo import NEW_NUMBER, PASSPHRASE
from tui.screens.compare import CompareScreen
from tui.screens.due import DueScreen
from tui.screens.episode import EpisodeScreen
from tui.screens.find import FindScreen
from tui.screens.interview import InterviewScreen
from tui.screens.lock import LockScreen
from tui.screens.patient_episodes import PatientEpisodesScreen

from ..support.terminal import Terminal
from .intake import PICTURE
from .meter import PAGES, ROWS, TYPING, Meter

SCREENS = (FindScreen, PatientEpisodesScreen, CompareScreen, EpisodeScreen, InterviewScreen, DueScreen, LockScreen)


def once_more(terminal: Terminal) -> None:
    """The same patient again with fresh pictures, by the shortest way: two dates to compare."""
    terminal.press("f6")
    terminal.wait_for("Next patient", "card: 5 pictures")
    terminal.type(str(NEW_NUMBER).replace(" ", ""))
    terminal.wait_for("Date of birth")
    terminal.type("3/2/1985", "enter")
    answer_until_the_move(terminal, "left forearm")
    terminal.wait_for("All 8 steps done")
    terminal.press("enter")
    terminal.wait_for("Next patient")


def answer_until_the_move(terminal: Terminal, site: str) -> None:
    """As most are answered, from the pathway on, with the newest three pictures."""
    for question, answer in (
        ("What is your concern", "2"),
        ("Which of these do you find or suspect?", "0"),
        ("Which of these does the patient have?", "0"),
        ("Does the patient agree to pictures?", "1"),
        ("Step 4 of 8", "1"),
    ):
        terminal.wait_for(question)
        terminal.press(answer)
    terminal.wait_for("Step 5 of 8")
    terminal.type(site, "enter")
    terminal.wait_for("History", "Enter go on")
    terminal.type("3 months", "enter")
    for number in (1, 2, 3):
        terminal.wait_for(f"Could picture {number} of 3 identify", PICTURE)
        terminal.press("1")
    terminal.wait_for("Is all of this right?")
    terminal.press("m")


def look_back(meter: Meter, terminal: Terminal) -> None:
    """From the waiting screen to the same."""
    meter.go_on(terminal, "f4", "TAMARIND", "HOLLOWAY")
    meter.measure(terminal, FindScreen, "find: typing", "t", "backspace")
    meter.measure(terminal, FindScreen, "find: in the list", *ROWS, colours=False)
    meter.measure(terminal, FindScreen, "find: by patient", "f7", "f7", colours=False)
    terminal.type("tama")
    terminal.wait_for("2 episodes of 1 patient", without="HOLLOWAY")
    meter.go_on(terminal, "f3", "2 episodes, newest first")
    meter.measure(terminal, PatientEpisodesScreen, "episodes of a patient", *ROWS)
    meter.go_on(terminal, "c", "picture 1 of 3", PICTURE)
    terminal.wait_for("", without="not open yet")
    meter.measure(terminal, CompareScreen, "compare: other side", "tab", "tab", colours=False)
    meter.measure(terminal, CompareScreen, "compare: other picture", "right", "left")
    meter.go_on(terminal, "escape", "2 episodes, newest first")
    meter.go_on(terminal, "enter", "left forearm", "F3 look at the pictures")
    terminal.wait_for("", without="being read")
    meter.measure(terminal, EpisodeScreen, "episode", *ROWS)
    _write_down(meter, terminal)
    meter.go_on(terminal, "f3", PICTURE)
    meter.measure(terminal, EpisodeScreen, "episode: another picture", "f3")
    meter.measure(terminal, EpisodeScreen, "episode: beside a picture", *ROWS, colours=False)
    terminal.press("end")
    terminal.wait_for("opened by a.practice")
    meter.measure(terminal, EpisodeScreen, "episode: its history", *PAGES[::-1], colours=False)
    meter.go_on(terminal, "escape", "2 episodes, newest first")
    meter.go_on(terminal, "escape", "2 episodes of 1 patient")
    meter.go_on(terminal, "escape", "Next patient")


def _write_down(meter: Meter, terminal: Terminal) -> None:
    """From an episode to the same."""
    meter.go_on(terminal, "enter", "What was done?")
    meter.measure(terminal, InterviewScreen, "what was done", *ROWS)
    meter.go_on(terminal, "1", "When was it sent?")
    meter.go_on(terminal, "2", "Esc back", without="Today")
    meter.measure(terminal, InterviewScreen, "what was done: when", "1", "backspace")
    meter.go_on(terminal, "escape", "When was it sent?")
    meter.go_on(terminal, "escape", "What was done?")
    meter.go_on(terminal, "escape", "Enter write down")
    meter.go_on(terminal, "f7", "What is to be corrected?")
    meter.measure(terminal, InterviewScreen, "correct the patient", *ROWS, "2", "2")
    meter.go_on(terminal, "escape", "Enter write down")


def due(meter: Meter, terminal: Terminal) -> None:
    """From the waiting screen to the same."""
    meter.go_on(terminal, "f3", "To be sent")
    meter.measure(terminal, DueScreen, "due", *ROWS)
    meter.go_on(terminal, "escape", "Next patient")


def lock(meter: Meter, terminal: Terminal) -> None:
    """From the waiting screen to the same."""
    meter.go_on(terminal, "f12", "Locked")
    meter.measure(terminal, LockScreen, "lock", *TYPING)
    meter.go_on(terminal, "f10", "Staff ID")
    meter.measure(terminal, LockScreen, "lock: somebody else", *TYPING, "down", "up")
    meter.go_on(terminal, "escape", "Locked", without="Staff ID")
    terminal.type(PASSPHRASE, "enter")
    terminal.wait_for("Next patient")
