"""The pathway with its running score: where it leads is shown all along and never chosen for anybody."""

from core.intake.steps import Step
from core.pathway.outcome import Route

from ...support.fake_services import FakeServices, FakeSession
from ...support.on_screen import Person, at_the_station
from ...support.walking import WAY, stand_at, walk_until


def test_the_score_runs_while_it_is_ticked_and_the_route_follows_it() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PATHWAY)
        screen = await person.wait_for("What is your concern")
        assert "Leads so far" not in screen
        await person.press("2")
        await person.wait_for("Which of these do you find", "Leads so far to: Advice & Guidance (a proposal)")
        await person.press("1")
        await person.wait_for("Weighted 7-point checklist: 2, if it is for this lesion: asked next")
        await person.press("6")
        screen = await person.wait_for("checklist: 3,", "[x] Pigmented: oozing", "0  None of these")
        assert "Leads so far to: Advice & Guidance" in screen
        await person.press("1")
        await person.wait_for("checklist: 1,")
        await person.press("1", "enter")
        await person.wait_for("Is the lesion pigmented?", "checklist: 3,")
        await person.press("1")
        await person.wait_for("checklist: 3", "Leads so far to: Urgent suspected cancer referral (a proposal)")

    at_the_station(FakeServices(), does)


def test_on_a_broad_screen_the_rule_and_the_answers_stand_beside_the_question() -> None:
    async def does(person: Person) -> None:
        await stand_at(person, Step.PATHWAY)
        await person.wait_for("What is your concern")
        await person.press("2")
        await person.wait_for("Which of these do you find")
        await person.press("8")
        await person.wait_for("Leads so far to: Urgent suspected", "By: NICE NG12, 1.7.2", "✓ What is your concern")

    at_the_station(FakeServices(), does, size=(120, 40))


def test_the_route_that_the_criteria_lead_to_is_never_taken_by_itself_and_another_needs_its_reason() -> None:
    session = FakeSession()

    async def does(person: Person) -> None:
        await stand_at(person, Step.PATHWAY)
        await person.wait_for("What is your concern")
        await person.press("2")
        await person.wait_for("Which of these do you find")
        await person.press("8", "enter")
        await person.wait_for("Which of these does the patient have?")
        await person.press("0")
        screen = await person.wait_for("This leads to: Urgent suspected cancer referral. Do you take it?")
        assert "▸" not in screen.split("This leads to")[1]
        await person.press("enter")
        await person.wait_for("Nothing is chosen yet.")
        await person.press("2")
        await person.wait_for("Why Advice & Guidance, against the criteria?")
        await person.press("enter")
        await person.wait_for("is empty")
        await person.type("seen by a dermatologist last week", "enter")
        for step in (Step.CONSENT, Step.PICTURES, Step.VIEWS, Step.IDENTIFIABILITY, Step.REVIEW):
            await WAY[step](person)
        await person.wait_for("All 8 steps done")

    at_the_station(FakeServices(session), does)
    [(intake, _)] = session.moved
    assert intake.pathway is not None
    assert intake.pathway.route is Route.ADVICE_AND_GUIDANCE
    assert intake.pathway.override_reason == "seen by a dermatologist last week"


def test_escape_goes_back_with_ticks_and_score() -> None:
    async def does(person: Person) -> None:
        await walk_until(person, Step.PATHWAY)
        await person.wait_for("What is your concern")
        await person.press("2")
        await person.wait_for("Which of these do you find")
        await person.press("1")
        await person.wait_for("checklist: 2,")
        await person.press("escape")
        screen = await person.wait_for("What is your concern", "(answered before)")
        assert "Leads so far" not in screen
        await person.press("enter")
        await person.wait_for("Which of these do you find", "[x] Pigmented: change in size", "checklist: 2,")

    at_the_station(FakeServices(), does)
