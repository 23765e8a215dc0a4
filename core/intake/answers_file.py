"""Reads an answers file: the whole intake of one or several patients, without screens.

The file is what `template` prints, filled in: TOML, one [[episodes]] a patient's
episode. Scripts may hand in the same structure as mappings, such as a template
read with tomllib and filled. Either way the same interviews are held as on the
screens, so the same rules hold.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ..card.card import CardFile, Inventory
from ..consent.questions import every_consent_question
from ..errors import RuleRefusedError, WrongUseError
from ..model.patient import Patient
from ..model.question import quoted
from .asking import Asking, interview_for
from .filling import names
from .filling.episode import Episode
from .filling.holding import hold
from .filling.on_card import OnCard
from .filling.values import Table, as_table, rows
from .interviews.card_files import can_be_given_up
from .interviews.patient import wrong_patient
from .steps import Answer, Intake, PatientNamed, Step


@dataclass(frozen=True)
class Answers:
    """What the file says: complete intakes, and files given up with a reason besides."""

    intakes: tuple[Intake, ...]
    discards: tuple[tuple[CardFile, str], ...]


def read_answers(text: str, inventory: Inventory | None, asking: Asking) -> Answers:
    """The answers in the text of a file.

    inventory: of the card that the file is about, in place of the one in `asking`.
    Raises WrongUseError for what is malformed, misspelt or missing and
    RuleRefusedError for a rule, each naming the first place.
    """
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as fault:  # also a number or a nesting that tomllib gives up on
        raise WrongUseError(
            f"The answers file is not TOML: {fault}.", "Compare that line with the file that --template prints."
        ) from fault
    return read_answers_mapping(document, inventory, asking)


def read_answers_mapping(document: Mapping[str, object], inventory: Inventory | None, asking: Asking) -> Answers:
    """The same, from the structure that the TOML stands for (texts, lists and mappings)."""
    file = as_table(document, "")
    file.refuse_unknown(names.FILE)
    discards = as_table(document.get("discards", {}), "discards")
    discards.refuse_unknown(names.DISCARDS)
    episodes = tuple(_episodes(document))
    if not episodes and not discards.rows("files"):
        raise WrongUseError("The answers file has no episodes.", "Begin one with [[episodes]], as --template does.")
    asking = replace(asking, inventory=inventory)
    chosen = [(table, _asking_for(table, asking)) for table in episodes]
    for table, its_asking in chosen:
        _refuse_misspelt(table, its_asking)
    card = OnCard(inventory)
    met: dict[str, Patient] = {}
    intakes = []
    for table, its_asking in chosen:
        intake = _hold_episode(Episode(table, card), _knowing(its_asking, met))
        if intake.patient is not None:
            met[intake.patient.patient.number.key] = intake.patient.patient
        intakes.append(intake)
    return Answers(tuple(intakes), tuple(_discards(discards, card)))


def _episodes(document: Mapping[str, object]) -> Iterator[Table]:
    """Their places read “episode 1, patient.nhs_number”."""
    for number, row in enumerate(rows(document.get("episodes", ()), "episodes"), 1):
        yield Table(f"episode {number}", row.content, separator=", ")


def _asking_for(table: Table, asking: Asking) -> Asking:
    pathway = table.required_text("pathway")
    if pathway not in asking.pathways:
        raise WrongUseError(
            f"{table.at('pathway')}: there is no pathway {quoted(pathway)}.",
            f"Choose one of: {', '.join(sorted(asking.pathways))}.",
        )
    return replace(asking, default_pathway=pathway)


def _refuse_misspelt(episode: Table, asking: Asking) -> None:
    episode.refuse_unknown(names.EPISODE)
    episode.table("patient").refuse_unknown(names.PATIENT)
    episode.table("answers").refuse_unknown(names.answer_names(asking.pathway))
    episode.table("consent").refuse_unknown(question.id for question in every_consent_question(asking.wording))
    episode.table("phone").refuse_unknown(names.PHONE)
    for lesion in episode.rows("lesions"):
        lesion.refuse_unknown(names.LESION)
    for picture in episode.rows("pictures"):
        picture.refuse_unknown(names.PICTURE)


def _knowing(asking: Asking, met: Mapping[str, Patient]) -> Asking:
    """A patient who is new in an earlier episode of the file is known in a later one. met: by the number's key."""
    in_vault, of_file = asking.find_patient, dict(met)
    return replace(asking, find_patient=lambda number: in_vault(number) or of_file.get(number.key))


def _hold_episode(episode: Episode, asking: Asking) -> Intake:
    intake = Intake()
    while intake.step is not Step.MOVE:
        step = intake.step
        may_be_unasked = ("family_name", "given_name") if step is Step.PATIENT else ()
        if step is Step.PICTURES:
            episode.claim_pictures()
        answer: Answer = hold(
            interview_for(step, intake, asking),
            episode.said(step),
            episode.where(step),
            may_be_unasked=may_be_unasked,
        )
        if isinstance(answer, PatientNamed):
            _refuse_other_names(answer, episode)
        intake = intake.record(answer)
    episode.refuse_unasked(intake.steps)
    return intake


def _refuse_other_names(named: PatientNamed, episode: Episode) -> None:
    """A known patient's names are not asked for; where the file gives them they must agree."""
    for name, known in (("family_name", named.patient.family_name), ("given_name", named.patient.given_name)):
        written = episode.patient.text(name)
        if written and " ".join(written.split()).casefold() != known.casefold():
            refused = wrong_patient()
            raise RuleRefusedError(f"{episode.patient.at(name)}: {refused.what}", refused.hint)


def _discards(discards: Table, card: OnCard) -> Iterator[tuple[CardFile, str]]:
    """One for each digest: the reason stands for every copy."""
    reasons: dict[str, str] = {}
    for row in discards.rows("files"):
        row.refuse_unknown(names.DISCARD)
        file = card.claim(row, as_what="given up")
        reason = row.required_text("reason")
        if not can_be_given_up(file):
            raise RuleRefusedError(
                f"{row.at('file')}: {file.shown} cannot be given up: {file.note or file.kind.value}.",
                "Take it out of the answers file; it stays on the card and is named.",
            )
        if file.sha256 not in reasons:
            yield file, reason
        elif reasons[file.sha256] != reason:
            raise WrongUseError(
                f"{row.at('reason')} differs from the reason for a copy of the same file.", "Give both the same reason."
            )
        reasons[file.sha256] = reason
