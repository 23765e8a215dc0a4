"""`dermlock audit`: show, check."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..console.ending import DONE, DONE_WITH_FINDINGS
from ..console.invocation import Invocation, given_invocation
from ..console.options import DermlockGroup
from ..console.output import Json

if TYPE_CHECKING:
    from core.audit.events import LoggedEvent
    from core.audit.log import ChainFinding


@click.group(cls=DermlockGroup)
def audit() -> None:
    """What was done, by whom, when and from which station."""


@audit.command()
@given_invocation
def show(given: Invocation) -> int:
    """Show every event, in the order of time. That it was shown becomes an event too.

    Ends with 1 when the log is not whole; what is wrong is named.

    Example:
      dermlock audit show --staff a.jones
    """
    from core.audit.events import EventKind, LoggedEvent
    from core.audit.log import ChainFinding, read_log

    vault = given.sign_in().vault
    vault.audit.record(EventKind.AUDIT_SHOWN)
    events: list[LoggedEvent] = []
    findings: list[ChainFinding] = []
    for entry in read_log(vault.store, vault.keyring.head, vault.keyring.audit):
        if isinstance(entry, LoggedEvent):
            events.append(entry)
        else:
            findings.append(entry)
    events.sort(key=lambda logged: (logged.event.at, logged.station, logged.number))
    given.output.result(
        {"events": [_document(logged) for logged in events], "findings": _findings(findings)},
        "\n".join([*(_line(logged) for logged in events), *_finding_lines(findings)]),
    )
    return DONE_WITH_FINDINGS if findings else DONE


@audit.command()
@given_invocation
def check(given: Invocation) -> int:
    """Check that the log of every station is whole, and not shorter than this station saw it.

    Ends with 1 when something was found, with the next step for each.

    Example:
      dermlock audit check --staff a.jones
    """
    from core.audit.log import check_log

    vault = given.sign_in().vault
    findings = check_log(vault.store, vault.keyring.head, vault.keyring.audit, vault.station)
    given.output.result(
        {"findings": _findings(findings)}, "\n".join(_finding_lines(findings)) or "The audit log is whole."
    )
    return DONE_WITH_FINDINGS if findings else DONE


def _line(logged: "LoggedEvent") -> str:
    event = logged.event
    counts = ", ".join(f"{name} {count}" for name, count in event.counts)
    subjects = " ".join(subject[:8] for subject in event.subjects)
    parts = (event.at[:19], logged.station[:6], f"{logged.number}", event.staff or "-", event.kind.value)
    return "  ".join([*parts, *(text for text in (subjects, counts, event.note) if text)])


def _document(logged: "LoggedEvent") -> dict[str, Json]:
    event = logged.event
    return {
        "at": event.at,
        "station": logged.station,
        "number": logged.number,
        "staff": event.staff,
        "kind": event.kind.value,
        "subjects": list(event.subjects),
        "counts": dict(event.counts),
        "note": event.note,
        "digest": logged.digest,
    }


def _findings(findings: "Sequence[ChainFinding]") -> list[Json]:
    return [
        {"object": finding.object_name, "what": finding.what, "next_step": finding.next_step} for finding in findings
    ]


def _finding_lines(findings: "Sequence[ChainFinding]") -> list[str]:
    return [f"{finding.object_name}: {finding.what} {finding.next_step}" for finding in findings]
