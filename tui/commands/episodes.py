"""`dermlock find` and `dermlock show`: what is in the vault."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.errors import WrongUseError
from core.model.lesion import BODY_SITES
from core.model.patient import LocalNumber, Patient, parse_nhs_number

from ..console.ending import DONE
from ..console.invocation import Invocation, given_invocation
from ..console.options import DermlockCommand
from ..console.output import Json

if TYPE_CHECKING:
    from core.records.catalogue import EpisodeEntry
    from core.records.episode import Episode
    from core.vault.vault import Vault

ROUTES = (
    "primary-care",
    "minor-surgery",
    "advice-and-guidance",
    "rads",
    "routine-dermatology",
    "urgent-suspected-cancer",
    "refer-without-photography",
    "awaiting-clinician",
)
"""core.pathway.outcome.Route, without loading it for --help; a test holds them equal."""

SITE_NAMES = dict(BODY_SITES)

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command(cls=DermlockCommand)
@click.argument("words", nargs=-1)
@click.option("--nhs", metavar="NUMBER", help="The patient's NHS number.")
@click.option("--from", "date_from", type=DAY, metavar="YYYY-MM-DD", help="Episodes of this day or later.")
@click.option("--to", "date_to", type=DAY, metavar="YYYY-MM-DD", help="Episodes of this day or earlier.")
@click.option(
    "--site", type=click.Choice([id_ for id_, _ in BODY_SITES]), metavar="SITE", help="A body site, such as forearm."
)
@click.option("--route", type=click.Choice(ROUTES), metavar="ROUTE", help="A route, such as advice-and-guidance.")
@given_invocation
def find(
    given: Invocation,
    words: tuple[str, ...],
    nhs: str | None,
    date_from: datetime | None,
    date_to: datetime | None,
    site: str | None,
    route: str | None,
) -> int:
    """Find episodes whose patient, site or route begin with WORDS; newest first.

    Example:
      dermlock find smith forearm --from 2026-01-01 --staff a.jones
    """
    from core.pathway.outcome import Route

    number = parse_nhs_number(nhs, test_numbers=given.services.test_numbers) if nhs else None
    entries = given.sign_in().vault.find(
        " ".join(words),
        number=number,
        date_from=_day(date_from),
        date_to=_day(date_to),
        site=site,
        route=Route(route) if route else None,
    )
    given.output.result(
        {"episodes": [_entry_document(entry) for entry in entries]},
        "\n".join(_entry_line(entry) for entry in entries) or "No episode fits.",
    )
    return DONE


@click.command(cls=DermlockCommand)
@click.argument("episode")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write copies of its pictures there, without metadata and UNENCRYPTED.",
)
@click.option("--originals", is_flag=True, help="With --to: byte for byte as on the card, with place and names.")
@given_invocation
def show(given: Invocation, episode: str, folder: Path | None, originals: bool) -> int:
    """Show EPISODE: its patient, route, consent, lesions and pictures. EPISODE is its id or the beginning of it.

    With --to copies of the pictures leave the vault: the same pixels without metadata, and
    where something was covered the covered copy alone. That is kept in the audit log.

    Example:
      dermlock show 4f2a --staff a.jones
      dermlock show 4f2a --to ~/handover --staff a.jones
    """
    if originals and folder is None:
        raise WrongUseError("--originals belongs to --to.", "Name a folder with --to.")
    signed_in = given.sign_in()
    found = signed_in.vault.episode(episode)
    document = _episode_document(found)
    lines = _episode_lines(found)
    if folder is not None:
        written = _write_pictures(given, signed_in.vault, found, folder.absolute(), originals=originals)
        document["written"] = written
        lines += [
            f"Written: {picture['file']}" + (f" (a PNG, because {picture['note']})" if picture["note"] else "")
            for picture in written
        ]
    given.output.result(document, "\n".join(lines))
    return DONE


def _write_pictures(
    given: Invocation, vault: "Vault", episode: "Episode", folder: Path, *, originals: bool
) -> list[dict[str, Json]]:
    from core.model.picture import Identifiability
    from core.vault.export import export_pictures

    given.output.note(f"Warning: pictures go to {folder} UNENCRYPTED. Delete them as soon as they are in the record.")
    if originals:
        given.output.note("Warning: originals hold place, names and serial numbers, and what was covered in copies.")
    if any(image.identifiability is Identifiability.NEEDED for image in episode.content.images):
        given.output.note("Warning: a picture identifies the patient. Send it by a secure route only.")
    written = export_pictures(vault, episode, folder, vault_folder=given.services.require_vault(), originals=originals)
    return [
        {"file": str(each.file), "image": each.image.id, "sha256": each.sha256, "note": each.remark} for each in written
    ]


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _patient_document(patient: Patient) -> dict[str, Json]:
    number = patient.number
    if isinstance(number, LocalNumber):
        numbers: dict[str, Json] = {"nhs_number": "", "local_number": number.number, "local_reason": number.reason}
    else:
        numbers = {"nhs_number": number.digits, "local_number": "", "local_reason": ""}
    return {
        **numbers,
        "family_name": patient.family_name,
        "given_name": patient.given_name,
        "birth_date": patient.birth_date.isoformat(),
    }


def _entry_document(entry: "EpisodeEntry") -> dict[str, Json]:
    return {
        "id": entry.id,
        "opened_at": entry.opened_at.isoformat(),
        "patient": _patient_document(entry.patient),
        "pathway": entry.pathway,
        "route": entry.route.value,
        "sites": list(entry.sites),
        "pictures": entry.pictures,
    }


def _entry_line(entry: "EpisodeEntry") -> str:
    sites = ", ".join(SITE_NAMES[site] for site in entry.sites) or "no site"
    return (
        f"{entry.id[:8]}  {entry.opened_at:%d %b %Y}  {entry.patient}\n"
        f"          {entry.route_name}; {sites}; {entry.pictures} picture{'' if entry.pictures == 1 else 's'}"
    )


def _episode_document(episode: "Episode") -> dict[str, Json]:
    from core.follow_up.in_words import act_in_words

    content = episode.content
    consent = content.consent
    return {
        "id": content.id,
        "opened_at": content.opened_at.isoformat(),
        "staff": content.staff,
        "patient": _patient_document(episode.patient),
        "pathway": content.outcome.pathway,
        "pathway_version": content.outcome.version,
        "route": content.outcome.route.value,
        "rule": content.outcome.rule,
        "override_reason": content.outcome.override_reason,
        "without_photography_reason": content.outcome.without_photography_reason,
        "answers": _answers(content.outcome.given),
        "consent": None
        if consent is None
        else {
            "allows_photography": consent.allows_photography,
            "teaching": consent.teaching,
            "publication": consent.publication,
            "written": consent.written,
            "wording_version": consent.wording_version,
            "at": consent.at.isoformat() if consent.at else "",
            "explained_by": consent.explained_by,
            "told_of_referral": consent.told_of_referral,
            "without_photography_reason": consent.without_photography_reason,
            "answers": _answers(consent.given),
        },
        "lesions": [
            {
                "number": lesion.number,
                "site": lesion.site,
                "laterality": lesion.laterality.value,
                "history": lesion.history,
            }
            for lesion in content.lesions
        ],
        "pictures": [
            {
                "id": image.id,
                "sha256": image.sha256,
                "size": image.size,
                "kind": image.kind,
                "card_path": image.card_path,
                "taken_at": image.taken_at,
                "lesion": image.lesion,
                "view": image.view.value,
                "identifiability": image.identifiability.value,
                "reason": image.reason,
                "specific_consent": image.specific_consent,
                "cover": [str(box) for box in image.cover],
                "covered_copy_of": image.covered_copy_of,
            }
            for image in content.images
        ],
        "missing_views": {view.value: reason for view, reason in content.missing_views},
        "phone_answers": _answers(content.phone_answers),
        "acts": [
            {"at": act.at.isoformat(), "staff": act.staff, "done": act_in_words(act.what)} for act in content.acts
        ],
        "corrections": [
            {
                "at": each.at.isoformat(),
                "staff": each.staff,
                "before": _patient_document(each.before.patient),
                "reason": each.reason,
            }
            for each in episode.corrections
        ],
        "consent_now": [tier.value for tier in content.consent_now.can_be_withdrawn],
    }


def _answers(given: tuple[tuple[str, str | tuple[str, ...]], ...]) -> dict[str, Json]:
    return {question: answer if isinstance(answer, str) else list(answer) for question, answer in given}


def _episode_lines(episode: "Episode") -> list[str]:
    from core.consent.in_words import consent_lines, conversation_lines
    from core.follow_up.in_words import act_in_words

    content = episode.content
    outcome, consent = content.outcome, content.consent
    lines = [
        f"Episode {content.id}",
        str(episode.patient),
        f"Opened {content.opened_at:%d %b %Y %H:%M} UTC by {content.staff}",
        f"Route: {outcome.route_name} ({outcome.pathway} {outcome.version}; {outcome.rule})",
    ]
    lines += outcome.said
    if outcome.override_reason:
        lines.append(f"Chosen over the rule because: {outcome.override_reason}")
    if outcome.without_photography_reason:
        lines.append(f"No pictures, because: {outcome.without_photography_reason}")
    if consent is not None and not consent.allows_photography:
        lines.append(f"Consent: {consent_lines(consent)[0]}")
    elif consent is not None:
        tiers = [name for name, said in (("teaching", consent.teaching), ("publication", consent.publication)) if said]
        lines.append(
            f"Consent: photography for care{''.join(f', {tier}' for tier in tiers)} "
            f"({'written' if consent.written else 'verbal'})"
        )
    lines += conversation_lines(consent) if consent is not None else ()
    lines += [f"{str(lesion).capitalize()}. {lesion.history}" for lesion in content.lesions]
    lines += [f"No {view.value} picture: {reason}" for view, reason in content.missing_views]
    lines += [
        f"  {image.id[:8]}  {image.view.value} of lesion {image.lesion}, {image.kind}, {image.size:,} bytes"
        + (", covered copy" if image.covered_copy_of else "")
        for image in content.images
    ]
    lines += [f"{act.at:%d %b %Y %H:%M} UTC by {act.staff}: {act_in_words(act.what)}" for act in content.acts]
    lines += [
        f"{each.at:%d %b %Y %H:%M} UTC by {each.staff}: patient corrected, before: {each.before.patient}. {each.reason}"
        for each in episode.corrections
    ]
    return lines
