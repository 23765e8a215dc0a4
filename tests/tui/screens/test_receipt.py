"""What the move came to, no more and no less than may be claimed."""

from core.intake.steps import Step

from ...support.fake_services import FakeServices, FakeSession, a_receipt
from ...support.on_screen import Person, at_the_station
from ...support.walking import ASHGROVE, stand_at


def test_it_says_what_was_sealed_erased_and_may_be_claimed_and_what_is_to_be_done_next() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await person.wait_for(
            "All 8 steps done",
            ASHGROVE,
            "✓ 3 pictures sealed and verified in the vault, 3 files erased from the card.",
            "logical overwrite, read back, names removed.",
            "clean: nothing of a patient is left on it",
            "Send a clear history with the pictures",
            "station 7 abcdef",
        )

    at_the_station(FakeServices(), does)


def test_what_is_left_on_the_card_is_named_with_its_reason_and_can_be_read_to_the_end() -> None:
    left = tuple((f"DCIM/100CANON/IMG_{number:04}.JPG", "not claimed for a patient") for number in range(40))
    receipt = a_receipt(left=left, card_clean=False, findings=("IMG_0009.JPG was changed meanwhile, and stays.",))

    async def does(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        screen = await person.wait_for(
            "▲ Done, with something to look at.", "not clean: 40 files still on it", "changed meanwhile", "Left, 40"
        )
        assert "IMG_0039.JPG" not in screen
        await person.press("end")
        await person.wait_for("DCIM/100CANON/IMG_0039.JPG: not claimed for a patient")

    at_the_station(FakeServices(FakeSession(on_move=lambda *_: receipt)), does)


def test_enter_is_done_and_n_begins_with_the_next_patient_of_this_card() -> None:
    async def done(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await person.wait_for("All 8 steps done")
        await person.press("enter")
        assert "ASHGROVE" not in await person.wait_for("Next patient")

    async def next_patient(person: Person) -> None:
        await stand_at(person, Step.MOVE)
        await person.wait_for("N next patient on this card")
        await person.press("n")
        await person.wait_for("NHS number", "No patient named yet", "Step 1 of 8")

    at_the_station(FakeServices(), done)
    at_the_station(FakeServices(), next_patient)
