"""Everything on one page before the move: what was said, what is missing, what happens to each file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...card.card import CardFile, Inventory
from ...consent.in_words import consent_lines
from ...model.conversation import Conversation, Script, ask
from ...model.lesion import View
from ...model.picture import Identifiability, PictureDecision
from ...model.question import Option, Question, QuestionKind
from ...pathway.outcome import Outcome
from ..steps import Intake, Reviewed, Step
from .card_files import by_digest
from .retaking import quality_lines
from .views import missing_id

REVIEW = "review"
MOVE = "move"


@dataclass(frozen=True)
class Section:
    """One heading of the review with its lines, each a plain sentence or a file.

    steps: where each line can be said anew, None where it cannot; one for each line.
    questions: of the step, the one that the line is about; "" for its first. One for each line.
    """

    heading: str
    lines: tuple[str, ...]
    steps: tuple[Step | None, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Missing:
    """What the picture set lacks, and the step in which it can be mended. question: of that step, "" for its first."""

    sentence: str
    step: Step
    question: str = ""


def review_interview(intake: Intake, inventory: Inventory | None) -> Conversation[Reviewed]:
    """The interview of the review step; every earlier step must be answered."""
    return Conversation(lambda: _review(intake, inventory))


def review_sections(intake: Intake, inventory: Inventory | None) -> tuple[Section, ...]:
    """What the review shows, for whoever wants to lay it out; sections without a line are left out.

    What the move will do and what is to be done comes first: it is to be in sight.
    """
    found = missing_things(intake)
    consent = _section("Consent", consent_lines(intake.consent), Step.CONSENT if Step.CONSENT in intake.steps else None)
    refused = intake.consent is not None and not intake.consent.allows_photography
    sections = (
        _section("Patient", _patient(intake), Step.PATIENT),
        *((consent,) if refused else ()),
        _section("Clock", _clock(intake), Step.PICTURES),
        Section(
            "Missing",
            tuple(each.sentence for each in found),
            tuple(each.step for each in found),
            tuple(each.question for each in found),
        ),
        _section("Quality", _quality(intake), Step.PICTURES),
        _section("Lesions", _lesions(intake), Step.VIEWS),
        _section("Files", _files(intake, inventory), Step.PICTURES if Step.PICTURES in intake.steps else None),
        _section("Route", _route(intake), Step.PATHWAY),
        _section("To do", intake.outcome.obligations if intake.outcome else (), None),
        _section("Phone", _phone(intake), Step.IDENTIFIABILITY),
        *(() if refused else (consent,)),
        _section("Answers", intake.outcome.said if intake.outcome else (), Step.PATHWAY),
    )
    return tuple(section for section in sections if section.lines)


def _section(heading: str, lines: Iterable[str], step: Step | None) -> Section:
    """The whole is said anew from its first line."""
    said = tuple(lines)
    steps = tuple(step if number == 0 else None for number in range(len(said)))
    return Section(heading, said, steps, ("",) * len(said))


def missing(intake: Intake) -> tuple[str, ...]:
    """What the picture set lacks, as sentences. It never blocks."""
    return tuple(each.sentence for each in missing_things(intake))


def missing_things(intake: Intake) -> tuple[Missing, ...]:
    """What the picture set lacks, each with the step in which it can be mended."""
    if intake.pathway is None or intake.views is None or intake.without_photography:
        return ()
    outcome, kept = intake.pathway, intake.kept
    found = [] if kept else [Missing("No picture is left to seal.", Step.IDENTIFIABILITY)]
    reasons = dict(intake.views.missing_reasons)
    for lesion in intake.views.lesions:
        have = {decision.view for decision in kept if decision.lesion == lesion.number}
        for view in dict.fromkeys((*outcome.required, *outcome.advised)):
            if view not in have:
                asked = missing_id(view) if view in reasons else ""
                found.append(Missing(_lacks(lesion.number, view, outcome, reasons), Step.VIEWS, asked))
        if have == {View.DERMOSCOPIC}:
            alone = f"Lesion {lesion.number} has dermoscopic pictures alone, which are never used alone."
            found.append(Missing(alone, Step.PICTURES))
    return tuple(found)


def _lacks(lesion: int, view: View, outcome: Outcome, reasons: dict[View, str]) -> str:
    wanted = "required" if view in outcome.required else "advised"
    reason = f": {reasons[view]}" if view in reasons else "."
    return f"Lesion {lesion} has no {view.value} picture, which is {wanted}{reason}"


def _review(intake: Intake, inventory: Inventory | None) -> Script[Reviewed]:
    sections = review_sections(intake, inventory)
    yield from ask(
        Question(
            REVIEW,
            "Is all of this right?",
            QuestionKind.CHOICE,
            (Option(MOVE, _what_moves(intake)),),
            help="\n".join(f"{section.heading}: {line}" for section in sections for line in section.lines),
            source="INTERFACE: everything on one screen before the move",
        )
    )
    return Reviewed()


def _what_moves(intake: Intake) -> str:
    sealed, given_up = len(intake.kept), len(intake.discarded)
    parts = []
    if sealed:
        parts.append(f"seal {sealed} picture{'s' if sealed > 1 else ''} and erase {'them' if sealed > 1 else 'it'}")
    if given_up:
        parts.append(f"erase {given_up} given up")
    return f"Yes: {', '.join(parts) or 'record the episode without pictures'}"


def _patient(intake: Intake) -> Iterator[str]:
    if intake.patient is not None:
        yield f"{intake.patient.patient}  ({'known' if intake.patient.known else 'new'})"


def _route(intake: Intake) -> Iterator[str]:
    outcome = intake.outcome
    if outcome is None:
        return
    yield f"{outcome.route_name}  ({outcome.pathway} {outcome.version}; {outcome.rule})"
    yield from outcome.scores
    if outcome.override_reason:
        yield f"Against the criteria, because: {outcome.override_reason}"
    if outcome.without_photography_reason:
        yield f"No pictures, because: {outcome.without_photography_reason}"
    yield from outcome.warnings


def _clock(intake: Intake) -> tuple[str, ...]:
    return intake.pictures.warnings if intake.pictures and not intake.without_photography else ()


def _phone(intake: Intake) -> tuple[str, ...]:
    return intake.identifiability.phone_lines if intake.identifiability and not intake.without_photography else ()


def _quality(intake: Intake) -> Iterator[str]:
    chosen = intake.pictures.pictures if intake.pictures else ()
    return quality_lines(intake.kept, {file.sha256: file for file in chosen})


def _lesions(intake: Intake) -> Iterator[str]:
    if intake.views is not None and not intake.without_photography:
        for lesion in intake.views.lesions:
            yield f"{str(lesion).capitalize()}. {lesion.history}"


def _files(intake: Intake, inventory: Inventory | None) -> Iterator[str]:
    """Every file of the card and what will happen to it."""
    if inventory is None:
        return
    kept = {decision.sha256: decision for decision in intake.kept}
    given_up = {decision.sha256: decision for decision in intake.discarded}
    equal = by_digest(inventory)
    decided = [file for file in inventory.files if file.sha256 in kept or file.sha256 in given_up]
    one_folder = len({file.path.parent for file in decided}) == 1
    left = []
    for file in inventory.files:
        if file.sha256 in kept:
            copy = "; there are copies of it" if len(equal[file.sha256]) > 1 else ""
            yield f"{_named(file, one_folder)}: {_sealed(kept[file.sha256])}{copy}"
        elif file.sha256 in given_up:
            yield f"{_named(file, one_folder)}: given up and erased, because: {given_up[file.sha256].reason}"
        else:
            left.append(file)
    for kind, count in Counter(file.kind.value for file in left).items():
        shown = [file.shown for file in left if file.kind.value == kind]
        names = ", ".join(shown[:3]) + (f" and {count - 3} more" if count > 3 else "")
        yield f"Stays on the card ({kind}): {names}"


def _named(file: CardFile, one_folder: bool) -> str:
    """By its name alone where all lie in one folder."""
    return file.shown.rpartition("/")[2] if one_folder else file.shown


def _sealed(decision: PictureDecision) -> str:
    needed = f"; identifies: {decision.reason}" if decision.identifiability is Identifiability.NEEDED else ""
    covered = "; with a covered copy beside it" if decision.cover else ""
    return f"sealed, then erased; lesion {decision.lesion}, {decision.view.value}{needed}{covered}"
