"""From the answers to a plan: which picture goes where, and which files then leave the card."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..card.card import CardFile, FileKind, Inventory
from ..card.unfinished import TOMBSTONE_PREFIX
from ..crypto.keys import random_name
from ..errors import RuleRefusedError, WrongUseError
from ..model.picture import DiscardDecision
from ..records.episode import EpisodeContent, PatientRow, StoredImage
from ..vault.journal import Plan, PlannedEpisode, PlannedFile
from ..vault.vault import Vault
from .receipt import bytes_of
from .steps import Intake, Step

SafeIn = tuple[str, str, str]


def plan_move(
    intakes: Sequence[Intake],
    discards: Sequence[tuple[CardFile, str]],
    inventory: Inventory | None,
    vault: Vault,
    *,
    keep: bool,
) -> Plan:
    """Raises RuleRefusedError where an intake is not complete, a picture belongs to somebody else,
    or one file is both kept and discarded."""
    vault.refresh()
    episodes = tuple(_episode(intake, inventory, vault) for intake in intakes)
    safe: dict[str, SafeIn] = {}
    for episode in episodes:
        for image in episode.content.originals:
            if image.sha256 in safe:
                raise RuleRefusedError(
                    f"{image.card_path} is claimed for two episodes.", "Decide whose picture it is, and claim it once."
                )
            safe[image.sha256] = (episode.patient_folder, episode.id, image.id)
    decisions = {d.sha256: d for intake in intakes for d in intake.discarded}
    decisions |= {file.sha256: DiscardDecision(file.sha256, reason) for file, reason in discards}
    for sha256 in decisions:
        if sha256 in safe:
            raise RuleRefusedError("A picture is both kept and discarded.", "Decide which, file by file.")
    return Plan(
        move=random_name(),
        at=vault.clock(),
        staff=vault.staff.id,
        station=vault.station.id,
        card=inventory.card.identity if inventory else "",
        keep=keep,
        episodes=episodes,
        files=tuple(_files(inventory, safe, set(decisions))),
        discards=tuple(decisions.values()),
    )


def plan_erasing_known(inventory: Inventory, vault: Vault) -> Plan:
    """Only the files that the vault holds already; nothing is sealed."""
    vault.refresh()
    safe: dict[str, SafeIn] = {}
    for file in inventory.pictures:
        entry = vault.entry_with_picture(file.sha256)
        if entry is not None:
            mark = vault.keyring.mark_of(file.sha256)
            image = next(id_ for id_, known in entry.images if known == mark)
            safe[file.sha256] = (entry.patient_folder, entry.id, image)
    return Plan(
        move=random_name(),
        at=vault.clock(),
        staff=vault.staff.id,
        station=vault.station.id,
        card=inventory.card.identity,
        keep=False,
        episodes=(),
        files=tuple(_files(inventory, safe, set())),
        discards=(),
    )


def _episode(intake: Intake, inventory: Inventory | None, vault: Vault) -> PlannedEpisode:
    if intake.step is not Step.MOVE or intake.patient is None or intake.outcome is None:
        raise RuleRefusedError(f"The step “{intake.step.value}” is not answered yet.", "Answer it before the move.")
    patient = intake.patient.patient
    known = vault.find_patient(patient.number)
    if known is not None and not known.is_same_as(patient):
        raise RuleRefusedError(
            "This number belongs to somebody with another name or birth date in the vault.",
            "Compare the number with the patient's record; a changed name is corrected by an admin.",
        )
    findings = {a.sha256: a.findings for a in intake.identifiability.assessments} if intake.identifiability else {}
    images = []
    for decision in intake.kept:
        file = _file_of(inventory, decision.sha256)
        owner = vault.patient_with_picture(decision.sha256)
        if owner is not None and owner.number.key != patient.number.key:
            raise RuleRefusedError(
                f"{file.shown} is already in the vault for another patient.",
                "One of the two is the wrong patient: compare the pictures before anything else.",
            )
        original = StoredImage(
            id=random_name(),
            sha256=decision.sha256,
            size=file.size,
            kind=file.kind.value,
            card_path=file.shown,
            taken_at=file.facts.taken_at if file.facts else "",
            lesion=decision.lesion,
            view=decision.view,
            identifiability=decision.identifiability,
            reason=decision.reason,
            findings=findings.get(decision.sha256, ()),
            specific_consent=decision.specific_consent,
            cover=decision.cover,
        )
        images.append(original)
        if decision.cover:
            images.append(
                replace(
                    original, id=random_name(), sha256="", size=0, kind=FileKind.PNG.value, covered_copy_of=original.id
                )
            )
    lesions = intake.views.lesions if intake.views and not intake.without_photography else ()
    return PlannedEpisode(
        patient=PatientRow.of(known or patient),
        patient_folder=vault.patient_place(patient.number).patient,
        content=EpisodeContent(
            id=random_name(),
            opened_at=vault.clock(),
            staff=vault.staff.id,
            outcome=intake.outcome,
            consent=intake.consent,
            lesions=lesions,
            images=tuple(images),
            missing_views=intake.views.missing_reasons if intake.views and not intake.without_photography else (),
            phone_answers=_phone_answers(intake),
        ),
    )


def _phone_answers(intake: Intake) -> tuple[tuple[str, str | tuple[str, ...]], ...]:
    """Also where no picture of the phone's is kept: its copies may lie elsewhere all the same."""
    return intake.identifiability.phone_answers if intake.identifiability and not intake.without_photography else ()


def _file_of(inventory: Inventory | None, sha256: str) -> CardFile:
    if inventory is not None:
        for file in inventory.pictures:
            if file.sha256 == sha256:
                return file
    raise WrongUseError("A chosen picture is not on this card.", "Look at the card again and start anew.")


def _files(inventory: Inventory | None, safe: dict[str, SafeIn], discarded: set[str]) -> Iterable[PlannedFile]:
    """Every file of the card whose content was decided on: copies under other names are the same picture."""
    for file in inventory.files if inventory else ():
        if file.kind is not FileKind.UNFINISHED and file.sha256 and (file.sha256 in safe or file.sha256 in discarded):
            yield PlannedFile(
                path=bytes_of(file),
                shown=file.shown,
                size=file.size,
                sha256=file.sha256,
                tombstone=f"{TOMBSTONE_PREFIX}{random_name()}.dlk",
                safe_in=safe.get(file.sha256),
            )
