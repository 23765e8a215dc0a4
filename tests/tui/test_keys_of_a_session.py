"""Three pictures of a known adult, A&G, signed in: at most twelve keys besides typed characters (INTERFACE).

Every key is counted except typed characters: a printable key that goes into a
field is a typed character, one that chooses an answer counts. No mandatory
question is skipped for it: the test waits for each of them.

The time is computed, not measured: the keystroke-level model of Card, Moran
and Newell (Communications of the ACM 23, 7, 1980) with its constants. It is of
a hand that knows what to say. What the patient is told, looking at pictures for
longer than a decision, and the program's own work are not in it.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ..support.terminal import Terminal, in_a_terminal

DERMLOCK = Path(sys.executable).with_name("dermlock")

MOST_KEYS = 12
MOST_SECONDS = 30.0

K = 0.2
"""Seconds for a key: an average skilled typist, 55 words a minute. At 40 words a minute it is 0.28."""
M = 1.35
"""Seconds of thinking before an answer. The Enter that ends one belongs to it and has none of its own (rule 3)."""
H = 0.4
"""Seconds to bring the hands to the keyboard: once, at the beginning. Nothing is pointed at."""


@dataclass
class Hand:
    """Whoever sits at the terminal. Each answer begins with a thought."""

    terminal: Terminal
    keys: list[str] = field(default_factory=list)
    typed: str = ""
    thoughts: int = 0

    def chooses(self, key: str) -> None:
        """An answer by one key."""
        self.thoughts += 1
        self._press(key)

    def types(self, text: str, *, shown: str, then: str = "") -> None:
        """An answer typed into a field, where it is seen, and the key that ends it; "" where it ends by itself."""
        self.thoughts += 1
        self.terminal.type(text[:-1])
        self.terminal.wait_for(f"▌ {shown}")
        self.terminal.type(text[-1])
        self.typed += text
        if then:
            self.terminal.wait_for(f"▌ {shown}{text[-1]}")
            self._press(then)

    def _press(self, key: str) -> None:
        self.terminal.press(key)
        self.keys.append(key)

    @property
    def seconds(self) -> float:
        return H + M * self.thoughts + K * (len(self.keys) + len(self.typed))

    def __str__(self) -> str:
        keystrokes = len(self.keys) + len(self.typed)
        return (
            f"{len(self.keys)} keys ({' '.join(self.keys)}) and {len(self.typed)} typed characters; KLM: "
            f"H {H} + {self.thoughts} M x {M} + {keystrokes} K x {K} = {self.seconds:.2f} s"
        )


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    place = tmp_path / "run"
    place.mkdir(mode=0o700)
    environment = {
        "PATH": str(DERMLOCK.parent),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(place),
        "TMPDIR": str(place),
    }
    with in_a_terminal([DERMLOCK, "demo"], environment) as terminal:
        yield terminal


def test_three_pictures_of_a_known_adult_take_twelve_keys_and_half_a_minute(terminal: Terminal) -> None:
    _signs_in(terminal)
    hand = Hand(terminal)

    hand.types("9990000018", shown="999 000 001")
    terminal.wait_for("Date of birth")
    hand.types("02041961", shown="0204196", then="enter")
    terminal.wait_for("HOLLOWAY, Margaret", "What is your concern")
    hand.chooses("2")
    terminal.wait_for("Which of these do you find or suspect?")
    hand.chooses("0")
    terminal.wait_for("Which of these does the patient have?")
    hand.chooses("0")
    terminal.wait_for("Does the patient agree to pictures?")
    hand.chooses("1")
    terminal.wait_for("Step 4 of 8", "newest 3")
    hand.chooses("1")
    terminal.wait_for("locating", "close-up", "dermoscopic", "Enter to the history")
    hand.types("left forearm", shown="left forear", then="enter")
    terminal.wait_for("✓ left forearm or wrist", "Enter go on")
    hand.types("3 months, itches", shown="3 months, itche", then="enter")
    for number in (1, 2, 3):
        terminal.wait_for(f"Could picture {number} of 3 identify", "▀▀▀▀▀▀▀▀")
        hand.chooses("1")
    terminal.wait_for("Is all of this right?", "seal 3 pictures and erase them")
    hand.chooses("m")
    screen = terminal.wait_for("All 8 steps done", "3 pictures sealed and verified in the vault")

    assert "Advice & Guidance" in screen
    print(hand)
    assert len(hand.keys) <= MOST_KEYS, str(hand)
    assert hand.seconds <= MOST_SECONDS, str(hand)


def _signs_in(terminal: Terminal) -> None:
    screen = terminal.wait_for("This is the demo.", "Enter go on")
    for name in ("Staff ID", "Passphrase"):
        line = next(line for line in screen.splitlines() if f"▌ {name}  " in line)
        terminal.type(line.split(f"▌ {name}  ")[1].strip(), "enter")
    terminal.wait_for("Next patient", "card: 5 pictures")
