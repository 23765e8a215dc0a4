"""`dermlock intake --ask`: piped answers and a person at a dumb terminal, to the receipt."""

import re
import shutil
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from ...support.asked import ADVICE, AS_READ, EASY, MOVE, NEW, NEWEST, ONE_LESION
from ...support.cards import fill_card, put_file
from ...support.pictures import a_jpeg
from ...support.station import DERMLOCK, Said, Station, files_below, fill_in, nothing_lost
from ...support.terminal import Terminal, in_a_terminal
from ...support.vaults import PASSPHRASE, STAFF_ID

FIVE = (*NEW, *ADVICE, *AS_READ, *NEWEST, *ONE_LESION, *"12312", *"11111", *MOVE)
"""Five pictures of one lesion, each with its view named: the whole card of the station."""


@pytest.fixture
def three(station: Station) -> Station:
    """With three pictures on the card."""
    for name in ("IMG_0004.JPG", "IMG_0005.JPG"):
        (station.card / "DCIM/100DERMA" / name).unlink()
    return station


def ask(station: Station, *lines: str, more: tuple[str | Path, ...] = (), card: bool = True) -> Said:
    """card: whether the line names it."""
    return typed(station, "".join(f"{line}\n" for line in lines).encode(), *([station.card] if card else []), *more)


def typed(station: Station, stdin: bytes, *more: str | Path) -> Said:
    return station.run("intake", "--ask", *more, "--passphrase-file", station.passphrase_file, stdin=stdin)


def test_a_new_patient_and_then_known_comes_to_the_receipt(station: Station) -> None:
    first = ask(station, *FIVE)
    assert first.code == 0, first.err
    assert re.fullmatch(
        r"Episode \w+\nSealed 5, already safe 0, discarded 0, erased 5\.\n5 files .*\nAudit log: .*\n"
        r"The card is clean\.\n",
        first.out,
    )
    assert files_below(station.card) == {}
    moved = first.err[first.err.index("Step 8 of 8, Move.") :].splitlines()[1:]
    assert moved[:4] == ["Sealing 1 of 5.", "Verifying 1 of 5.", "Sealing 2 of 5.", "Verifying 2 of 5."]
    assert moved[-2:] == ["Erasing 5 of 5.", "Removing names."]
    fill_card(station.card, 3, first_seed=20)
    second = ask(station, *NEW[:2], *EASY[4:])
    assert (second.code, "Given name" in second.err) == (0, False), second.err
    found = station.signed_in("find", "--json").document["episodes"]
    assert [(entry["patient"]["family_name"], entry["pictures"]) for entry in found] == [
        ("Ashgrove", 3),
        ("Ashgrove", 5),
    ]


def test_it_says_what_an_answers_file_says(three: Station, tmp_path: Path) -> None:
    other = Station(Path(shutil.copytree(three.folder, tmp_path / "other")))
    asked = ask(three, *EASY, more=("--json",))
    template = fill_in(other.template()).replace("3 months, changing", "3 months, change and itch")
    filed = other.signed_in("intake", other.card, "--answers", other.answers(template), "--json")
    assert (asked.code, filed.code) == (0, 0), asked.err + filed.err
    differs = ("episodes", "audit_head")
    assert {name: said for name, said in asked.document.items() if name not in differs} == {
        name: said for name, said in filed.document.items() if name not in differs
    }


def test_kept_pictures_stay_on_the_card_and_it_is_said_before_the_review(three: Station) -> None:
    before = files_below(three.card)
    said = ask(three, *EASY, more=("--keep",))
    assert said.code == 1
    assert said.out.count("kept on the card, as asked") == 3
    assert files_below(three.card) == before
    note, review = "As asked with --keep, nothing is erased", "Is all of this right?"
    assert said.err.index(note) < said.err.index(review)


def test_a_picture_of_somebody_else_is_refused_and_the_answers_stand(three: Station) -> None:
    assert ask(three, *EASY, more=("--keep",)).code == 1
    with nothing_lost(three):
        said = ask(three, "999 000 0123", "30/11/1975", "Tamarind", "Thomas", *EASY[4:], "quit", "1")
    assert said.code == 130
    assert said.err.count("Is all of this right?") >= 4
    assert said.err.splitlines()[-2].startswith("dermlock: Left at “Is all of this right?”")


def test_without_a_card_the_referral_goes_on(station: Station) -> None:
    station.card.rename(station.folder / "pulled")
    said = ask(station, *NEW, *ADVICE, "1", "1", "without", "the camera does not work", "1", card=False)
    assert said.code == 0, said.err
    assert "The card is asked for when pictures are chosen." in said.err
    assert "There is no card in the reader." in said.err
    assert "Sealed 0, already safe 0, discarded 0, erased 0." in said.out


def test_the_one_card_that_is_in_is_taken_and_of_several_it_is_asked_which(three: Station) -> None:
    three.set(test_numbers=True, card_folders=[str(three.card)], card_roots=[])
    shutil.copytree(three.folder, three.folder.with_name("again"))
    again = Station(three.folder.with_name("again"))
    again.set(test_numbers=True, card_folders=[str(again.card), str(again.folder / "second")], card_roots=[])
    said = ask(three, *EASY, card=False)
    assert (said.code, "Card: card." in said.err) == (0, True), said.err
    fill_card(again.folder / "second", 3, first_seed=30)
    before = files_below(again.card)
    said = ask(again, *EASY[:8], "second", *EASY[8:], card=False)
    assert (said.code, "Which card?" in said.err) == (0, True), said.err
    assert (files_below(again.card), files_below(again.folder / "second")) == (before, {})


def test_the_passphrase_may_be_the_first_line_of_the_same_input(three: Station) -> None:
    lines = "".join(f"{line}\n" for line in (PASSPHRASE, *EASY)).encode()
    said = three.run("intake", three.card, "--ask", "--passphrase-file", "-", stdin=lines)
    assert said.code == 0, said.err
    assert PASSPHRASE not in said.err
    refused = three.run("intake", "--ask", "--passphrase-file", "-", stdin=b"not it\n")
    assert (refused.code, refused.out) == (4, "")
    assert "NHS number" not in refused.err


@pytest.mark.parametrize(("lines", "question"), [((), "NHS number"), (EASY[:9], "What do the pictures show?")])
def test_input_that_ends_early_names_the_open_question(three: Station, lines: tuple[str, ...], question: str) -> None:
    with nothing_lost(three):
        said = ask(three, *lines)
    assert (said.code, said.out) == (130, "")
    assert said.err.splitlines()[-2:] == [
        f"dermlock: The answers ended at “{question}”; nothing of this patient was sealed or erased.",
        "The pictures are still on the card; begin again with dermlock intake --ask.",
    ]


def test_what_is_no_line_of_text_is_asked_again(station: Station) -> None:
    said = typed(station, b"\xff\xfe\n" + b"9" * 40_000 + b"\nquit\nyes\n")
    assert said.code == 130
    for refused in ("This line holds what is no text.", "This line is too long."):
        assert f"{refused}\n" in said.err
    assert said.err.count("Type the ten digits") == 3


def test_a_name_on_the_card_commands_no_terminal(three: Station) -> None:
    put_file(three.card, "DCIM/100DERMA/A\x1b[2J\r\u202e.JPG", a_jpeg(9))
    said = ask(three, *EASY[:8], "2", "1 2 3", "4", "not hers", *EASY[9:])
    assert "A\\x1b[2J\\x0d\\xe2\\x80\\xae.JPG" in said.err
    assert all(line.isprintable() for text in (said.err, said.out) for line in text.split("\n"))


def test_a_move_that_was_cut_off_is_finished_first(three: Station) -> None:
    stopped = three.program(
        "intake", three.card, "--ask", "--passphrase-file", three.passphrase_file,
        stdin="".join(f"{line}\n" for line in EASY).encode(),
        through=three.stopped_at("SIGKILL", "unlink", three.card, 2),
    )  # fmt: skip
    assert stopped.code == -9
    said = ask(three, "quit", "yes")
    assert "A move that was cut off is finished now: Episode " in said.err
    assert said.code == 130
    assert files_below(three.card) == {}


def test_stopped_while_erasing_the_rest_stays_on_the_card(three: Station) -> None:
    said = three.program(
        "intake", three.card, "--ask", "--passphrase-file", three.passphrase_file,
        stdin="".join(f"{line}\n" for line in EASY).encode(),
        through=three.stopped_at("SIGINT", "rename", three.card, 1),
    )  # fmt: skip
    assert (said.code, said.out) == (130, "")
    assert "Stopping after this picture; once more stops at once." in said.err.splitlines()[-3]
    assert "safe in the vault" in said.err.splitlines()[-2]
    assert len([content for content in files_below(three.card).values() if content]) == 2


def test_a_line_says_one_thing_only(station: Station) -> None:
    for wrong, what in (
        ((station.card, "--ask", "--template"), "intake takes one of --ask, --answers FILE and --template."),
        (
            (station.card, "--ask", "--answers", station.card),
            "intake takes one of --ask, --answers FILE and --template.",
        ),
        ((station.card, "--ask", "--pathway", "glos-skin-lesions"), "--pathway belongs to --template."),
        (("--template",), "Missing argument 'CARD'."),
        (("--answers", station.card), "Missing argument 'CARD'."),
    ):
        said = station.signed_in("intake", *wrong)
        assert (said.code, said.error[0]) == (2, what)
    no_card = station.signed_in("intake", station.home, "--ask")
    assert (no_card.code, "NHS number" in no_card.err) == (5, False)


def at_a_dumb_terminal(station: Station) -> AbstractContextManager[Terminal]:
    """It controls the program, as a terminal that somebody sits at does."""
    program: list[str | Path] = ["setsid", "--ctty", "--wait", DERMLOCK, "intake", station.card, "--ask"]
    return in_a_terminal(program, {**station.environ, "TERM": "dumb"}, width=120, height=60)


def sign_in(terminal: Terminal) -> None:
    terminal.wait_for(f"Passphrase of {STAFF_ID}:")
    terminal.type(PASSPHRASE, "enter")
    terminal.wait_for("Type the ten digits")


def test_a_person_at_a_dumb_terminal_sees_lines_and_nothing_else(three: Station) -> None:
    with at_a_dumb_terminal(three) as terminal:
        sign_in(terminal)
        for line in EASY:  # ahead of the questions, as a practised hand does
            terminal.type(line, "enter")
        assert terminal.wait_for_end() == 0
    printed = terminal.printed.decode()
    assert PASSPHRASE not in printed
    assert all(line.isprintable() for line in printed.replace("\r\n", "\n").split("\n"))
    assert printed.endswith("The card is clean.\r\n")
    assert files_below(three.card) == {}


@pytest.mark.parametrize(
    ("key", "what"), [("\x03", "Stopped."), ("\x04", "The answers ended at “NHS number”; nothing of this patient")]
)
def test_leaving_with_a_key_is_two_lines(three: Station, key: str, what: str) -> None:
    with nothing_lost(three), at_a_dumb_terminal(three) as terminal:
        sign_in(terminal)
        terminal.press(key)
        assert terminal.wait_for_end() == 130
    *_, said, hint, after = terminal.printed.decode().split("\r\n")
    assert said.startswith(f"dermlock: {what}")
    assert (bool(hint), after) == (True, "")
