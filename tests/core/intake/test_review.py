"""Everything on one page: what was said, what is missing, and what will happen to each file."""

from dataclasses import replace
from pathlib import PurePosixPath

from core.card.card import FileKind
from core.intake.asking import outcome_without_photography
from core.intake.interviews.review import missing, review_interview, review_sections
from core.intake.steps import Intake, Reviewed, Step
from core.model.question import Value

from ...support.clinic import EASY, Answers, asking_about, card_of, held, intake_until, other_file, picture, set_of

FILES = set_of(3)
MOVIE = other_file("DCIM/100CANON/MVI_0001.MP4", FileKind.MOVIE)


def pages(intake: Intake) -> dict[str, tuple[str, ...]]:
    inventory = card_of((*FILES, MOVIE))
    return {section.heading: section.lines for section in review_sections(intake, inventory)}


def until_review(**steps: Answers) -> Intake:
    """steps: answers in place of the easy ones, by the name of the step."""
    return intake_until(Step.REVIEW, asking_about((*FILES, MOVIE)), {Step[name]: said for name, said in steps.items()})


def test_the_patient_stands_first_with_both_identifiers() -> None:
    page = pages(until_review())
    assert next(iter(page)) == "Patient"
    assert page["Patient"] == ("ASHGROVE, Rosalind  born 02 Apr 1961  999 000 0018  (new)",)


EXPLAINED = "Explained by Dr Ada Palmer on 25 Nov 2026 at 09:45; told that advice may turn into a referral."


def test_the_route_shows_its_rule_score_and_override() -> None:
    said = {**EASY[Step.PATHWAY], "criteria": ("size", "oozing"), "pigmented": "yes"}
    said |= {"override": "advice-and-guidance", "override_reason": "seen by the specialist today"}
    route = "\n".join(pages(until_review(PATHWAY=said))["Route"])
    assert "Advice & Guidance" in route
    assert "seven-point — NICE NG12, 1.7.1" in route
    assert "Weighted 7-point checklist: 3" in route
    assert "Against the criteria, because: seen by the specialist today" in route
    assert "must not replace an urgent referral" in route


def test_consent_says_for_what_how_and_on_whose_word() -> None:
    said: Answers = {
        "consent": "with-exceptions",
        "basis": "best-interests",
        "basis_details": "daughter, son",
        "exceptions": ("written",),
    }
    assert pages(until_review(CONSENT=said))["Consent"] == (
        "For this care, in writing, wording 2, on the word of: the clinician, in the patient's best interests",
        "Who agrees, or how it was judged: daughter, son",
        EXPLAINED,
    )
    said = {"consent": "with-exceptions", "basis": "self", "exceptions": ("teaching", "publication")}
    assert pages(until_review(CONSENT=said))["Consent"][0].startswith("For this care and teaching and publication")


def test_each_file_says_what_will_happen_to_it() -> None:
    _, kept, withheld = FILES
    said = {f"identifiable_{withheld.sha256}": "withheld", "identifiable_*": "nothing", "reason_*": "half a face"}
    page = pages(until_review(IDENTIFIABILITY=said))
    assert f"{kept.path.name}: sealed, then erased; lesion 1, close-up" in page["Files"]
    assert f"{withheld.path.name}: given up and erased, because: half a face" in page["Files"]
    assert f"Stays on the card (movie): {MOVIE.shown}" in page["Files"]


def test_what_a_phone_may_have_done_is_said_and_can_be_said_anew() -> None:
    first, *rest = FILES
    assert first.facts is not None
    asking = asking_about((replace(first, facts=replace(first.facts, make="Apple")), *rest))
    said = {"identifiable_*": "nothing", "phone_off": ("none",), "phone_copies": "album emptied; manager told"}
    intake = intake_until(Step.REVIEW, asking, {**EASY, Step.IDENTIFIABILITY: said})
    (phone,) = [section for section in review_sections(intake, asking.inventory) if section.heading == "Phone"]
    assert "breaches confidentiality" in " ".join(phone.lines)
    assert phone.lines[-1] == "Copies elsewhere: album emptied; manager told"
    assert phone.steps[0] is Step.IDENTIFIABILITY
    assert "Phone" not in pages(until_review())


def test_a_needed_picture_shows_why() -> None:
    said = {"identifiable_*": "needed", "specific_consent_*": "agrees", "reason_*": "on the eyelid"}
    assert all("identifies: on the eyelid" in line for line in pages(until_review(IDENTIFIABILITY=said))["Files"][:3])


def test_many_files_that_stay_are_counted_not_listed() -> None:
    others = tuple(picture(f"OLD_{number}.JPG") for number in range(9))
    sections = {s.heading: s.lines for s in review_sections(until_review(), card_of((*FILES, *others)))}
    assert "and 6 more" in sections["Files"][-1]


def test_a_full_set_misses_nothing() -> None:
    assert missing(until_review()) == ()
    assert "Missing" not in pages(until_review())


def test_what_the_route_asks_for_and_is_not_there_is_named_and_does_not_block() -> None:
    views = {**EASY[Step.VIEWS], "arrangement": "one", "view_*": "dermoscopic"}
    intake = until_review(VIEWS=views)
    assert missing(intake) == (
        "Lesion 1 has no locating picture, which is required.",
        "Lesion 1 has no close-up picture, which is required.",
        "Lesion 1 has dermoscopic pictures alone, which are never used alone.",
    )
    assert intake.step is Step.REVIEW


def test_a_missing_view_stands_with_its_reason() -> None:
    views = {**EASY[Step.VIEWS], "arrangement": "one", "view_*": "close-up", "without_dermoscopic": "no dermatoscope"}
    assert missing(until_review(VIEWS=views))[-1] == (
        "Lesion 1 has no dermoscopic picture, which is advised: no dermatoscope"
    )


def test_a_withheld_picture_is_missing_from_its_set() -> None:
    said = {"identifiable_*": "withheld", "reason_*": "face"}
    lines = missing(until_review(IDENTIFIABILITY=said))
    assert lines[0] == "No picture is left to seal."
    assert "Lesion 1 has no locating picture, which is required." in lines


def test_without_pictures_nothing_is_missing_and_every_file_stays() -> None:
    asking = asking_about((*FILES, MOVIE))
    intake = until_review()
    intake = intake.record(outcome_without_photography(intake, asking, "changed her mind", {}))
    page = pages(intake)
    assert "Missing" not in page
    assert "Lesions" not in page
    assert "No pictures, because: changed her mind" in page["Route"]
    assert all(line.startswith("Stays on the card") for line in page["Files"])


def test_who_declined_and_who_was_never_asked_are_told_apart() -> None:
    declined = until_review(CONSENT={"consent": "declines"})
    assert pages(declined)["Consent"] == ("Declined. The referral goes on without pictures.", EXPLAINED)
    concern = until_review(CONSENT={"consent": "safeguarding", "safeguarding": "as talked about"})
    assert pages(concern)["Consent"] == (
        "Safeguarding concern: as talked about. The referral goes on without pictures.",
    )
    no_photo = {**EASY[Step.PATHWAY], "concern": "without-photography", "no_photography": "safeguarding"}
    assert pages(until_review(PATHWAY=no_photo))["Consent"] == ("Not asked: no pictures are taken.",)


def test_the_one_answer_says_what_it_does() -> None:
    def label(intake: Intake) -> str:
        question = review_interview(intake, card_of(FILES)).next({})
        assert question is not None
        (option,) = question.options
        return option.label

    intake = until_review()
    assert label(intake) == "Yes: seal 3 pictures and erase them"
    first, *rest = intake.identifiability.assessments if intake.identifiability else ()
    said = {f"identifiable_{first.sha256}": "withheld", "identifiable_*": "nothing", "reason_*": "face"}
    assert label(until_review(IDENTIFIABILITY=said)) == "Yes: seal 2 pictures and erase them, erase 1 given up"
    assert label(until_review(CONSENT={"consent": "declines"})) == "Yes: record the episode without pictures"
    assert rest


def test_the_review_is_answered_by_a_person() -> None:
    intake, inventory = until_review(), card_of(FILES)
    given: dict[str, Value] = {"review": "move"}
    assert held(review_interview(intake, inventory), given)[0] == Reviewed()
    question = review_interview(intake, inventory).next({})
    assert question is not None
    for section in review_sections(intake, inventory):
        for line in section.lines:
            assert line in question.help


def test_a_review_without_a_card_lists_no_files() -> None:
    asking = replace(asking_about(), inventory=None)
    no_photo = {**EASY[Step.PATHWAY], "concern": "without-photography", "no_photography": "safeguarding"}
    intake = intake_until(Step.REVIEW, asking, {Step.PATHWAY: no_photo})
    assert "Files" not in {section.heading for section in review_sections(intake, None)}


def test_files_of_two_folders_are_named_with_them() -> None:
    first, *rest = FILES
    elsewhere = replace(first, path=PurePosixPath("DCIM/101CANON/IMG_0001.JPG"))
    asking = asking_about((elsewhere, *rest))
    sections = review_sections(intake_until(Step.REVIEW, asking, EASY), asking.inventory)
    files = next(section.lines for section in sections if section.heading == "Files")
    assert {line.partition(":")[0] for line in files} >= {elsewhere.shown, rest[0].shown}


def test_a_missing_view_leads_to_the_question_why() -> None:
    asking = asking_about(set_of(2))
    said = {**EASY, Step.VIEWS: {**EASY[Step.VIEWS], "without_dermoscopic": "no dermatoscope"}}
    sections = review_sections(intake_until(Step.REVIEW, asking, said), asking.inventory)
    (missing_section,) = [section for section in sections if section.heading == "Missing"]
    assert missing_section.questions == ("without_dermoscopic",)
