"""`dermlock pathway`: list, show, check. None of it needs a vault or a sign-in: a pathway holds nobody's data."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from core.errors import WrongUseError

from ..console.ending import DONE, DONE_WITH_FINDINGS
from ..console.invocation import Invocation, given_invocation
from ..console.options import DermlockGroup
from ..console.output import Json
from ..console.text_file import read_text_file

if TYPE_CHECKING:
    from core.pathway.definition import Box, Pathway

WIDTH = 78
"""Cells of a flowchart that is printed."""


@click.group(cls=DermlockGroup)
def pathway() -> None:
    """The pathways: which there are, their flowcharts and guidance, checking a file."""


@pathway.command("list")
@given_invocation
def list_(given: Invocation) -> int:
    """List the pathways, the practice's own and those that come with dermlock.

    Ends with 1 when one is outside its dates, with what to do.

    Example:
      dermlock pathway list
    """
    from core.pathway.conclusion import age_warnings
    from core.pathway.loader import load_pathways

    settings, today = given.services.settings, given.services.clock().astimezone().date()
    shipped, pathways = load_pathways(None), load_pathways(settings.pathways_folder)
    rows: list[Json] = []
    lines: list[str] = []
    findings: list[str] = []
    for id_, each in sorted(pathways.items()):
        is_own, is_usual, warnings = each != shipped.get(id_), id_ == settings.pathway, age_warnings(each, today)
        rows.append({**_head(each), "own": is_own, "usual": is_usual, "findings": list(warnings)})
        notes = [note for note, holds in (("the usual one", is_usual), ("the practice's own", is_own)) if holds]
        lines.append(f"{id_}  {each.name}, version {each.version}{''.join(f'; {note}' for note in notes)}")
        lines.append(f"    valid from {each.valid_from:%d %b %Y}, to be reviewed by {each.review_by:%d %b %Y}")
        findings += warnings
    given.output.result({"pathways": rows}, "\n".join([*lines, *findings]))
    return DONE_WITH_FINDINGS if findings else DONE


@pathway.command()
@click.argument("pathway_id", metavar="ID")
@click.argument("box_id", metavar="[BOX]", required=False, default="")
@given_invocation
def show(given: Invocation, pathway_id: str, box_id: str) -> int:
    """Show a pathway's flowchart; with BOX, the guidance of one of its boxes.

    Example:
      dermlock pathway show england-skin-2026
      dermlock pathway show england-skin-2026 seven-point
    """
    from core.pathway.flowchart.guidance import guidance_of
    from core.pathway.flowchart.way import Way
    from core.pathway.loader import load_pathways

    from ..flowchart.drawing import draw

    pathways = load_pathways(given.services.settings.pathways_folder)
    if pathway_id not in pathways:
        raise WrongUseError(f"There is no pathway “{pathway_id}”.", f"Choose one of: {', '.join(sorted(pathways))}.")
    found = pathways[pathway_id]
    boxes = {box.id: box for box in found.boxes}
    if not box_id:
        chart = draw(found, Way(), WIDTH).text
        names = "\n".join(f"{id_}: {box.title}" for id_, box in boxes.items())
        given.output.result(
            {**_head(found), "boxes": [_document(found, box) for box in found.boxes]},
            f"{found.name}, version {found.version}\n\n{chart}\n\nThe boxes, by the names that open them:\n{names}",
        )
        return DONE
    if box_id not in boxes:
        raise WrongUseError(f"There is no box “{box_id}” in it.", f"Choose one of: {', '.join(boxes)}.")
    given.output.result(
        {**_head(found), "box": _document(found, boxes[box_id])}, _folded(guidance_of(found, boxes[box_id]))
    )
    return DONE


@pathway.command()
@click.argument("file", type=click.Path(path_type=Path))
@given_invocation
def check(given: Invocation, file: Path) -> int:
    """Check a pathway's file, and name everything that is wrong with it, each with its place.

    Ends with 1 when something was found. Nothing is changed, and nobody is asked by it.

    Example:
      dermlock pathway check /etc/dermlock/pathways/ours.toml
    """
    from core.pathway.conclusion import age_warnings
    from core.pathway.loader import load_pathways, looked_through

    found, faults = looked_through(read_text_file(file, "pathway file"))
    findings = [f"{fault}." for fault in faults]
    if found is not None:
        findings += age_warnings(found, given.services.clock().astimezone().date())
    document: dict[str, Json] = {"file": str(file), "may_be_used": not faults, "findings": findings}
    lines = [f"{file.name}: {finding}" for finding in findings]
    if found is not None and not faults:
        stands_in = found.id in load_pathways(None)
        document |= {**_head(found), "stands_in_for_shipped": stands_in}
        lines.append(
            f"{file.name} may be used: {found.id}, {found.name}, version {found.version}; "
            f"{len(found.questions)} questions, {len(found.rules)} rules, {len(found.routes)} routes, "
            f"{len(found.boxes)} boxes."
        )
        if stands_in:
            lines.append(f"It goes before the “{found.id}” that comes with dermlock.")
    given.output.result(document, "\n".join(lines))
    return DONE_WITH_FINDINGS if findings else DONE


def _folded(text: str) -> str:
    """Lines that a terminal need not break; what a table needs stays as it is."""
    lines = []
    for line in text.rstrip().splitlines():
        inner = "  " if line.startswith(("- ", "  ")) else ""
        lines += [line] if line.startswith("|") else textwrap.wrap(line, WIDTH, subsequent_indent=inner) or [""]
    return "\n".join(lines)


def _head(pathway: "Pathway") -> dict[str, Json]:
    return {
        "id": pathway.id,
        "name": pathway.name,
        "version": pathway.version,
        "owner": pathway.owner,
        "jurisdiction": pathway.jurisdiction,
        "source": pathway.source,
        "valid_from": pathway.valid_from.isoformat(),
        "review_by": pathway.review_by.isoformat(),
    }


def _document(pathway: "Pathway", box: "Box") -> dict[str, Json]:
    from core.pathway.flowchart.guidance import guidance_of

    return {
        "id": box.id,
        "title": box.title,
        "route": box.route.value if box.route else None,
        "questions": list(box.questions),
        "leads": [{"to": lead.to, "label": lead.label, "rules": list(lead.rules)} for lead in box.leads],
        "source": box.source,
        "dated": box.dated.isoformat(),
        "guidance": guidance_of(pathway, box),
    }
