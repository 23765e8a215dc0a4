"""`dermlock`: the entry point, and which command lives in which module.

A command's module is loaded when its name is on the line, so that `--help` and
small commands start quickly.
"""

import io
import sys
from importlib import import_module
from typing import NamedTuple

import click

from ..console.ending import DONE, keep_to_oneself, report_mistakes, run_to_its_end
from ..console.invocation import Invocation
from ..console.options import DermlockGroup, global_options


class Place(NamedTuple):
    """Where a command lives, and its line in `dermlock --help`."""

    module: str
    name: str
    line: str


COMMANDS = {
    "demo": Place("demo", "demo", "The app with a throwaway vault and a made-up card."),
    "intake": Place("intake", "intake", "The whole move without screens, asked line by line or from a file."),
    "card": Place("card", "card", "What is on a card; erasing what is safe in the vault."),
    "find": Place("episodes", "find", "Find episodes."),
    "show": Place("episodes", "show", "Show an episode; write its pictures out."),
    "due": Place("follow_up", "due", "What is due: to send, replies, patients to tell, not yet in the record."),
    "decide": Place("follow_up", "decide", "Decide the route of an episode."),
    "sent": Place("follow_up", "sent", "A referral or request was sent."),
    "replied": Place("follow_up", "replied", "A reply came."),
    "told": Place("follow_up", "told", "The patient was told what the reply says."),
    "confirm": Place("follow_up", "confirm", "The pictures are in the patient's record."),
    "retain": Place("follow_up", "retain", "Pictures are kept in the vault, for a reason."),
    "withdraw": Place("follow_up", "withdraw", "Consent to pictures is withdrawn."),
    "correct": Place("follow_up", "correct", "A patient's name or birth date is corrected."),
    "pathway": Place("pathway", "pathway", "The pathways, their flowcharts and guidance; checking a file."),
    "vault": Place("vault", "vault", "Create a vault, see what it is, check that all of it is whole."),
    "staff": Place("staff", "staff", "Who can open the vault."),
    "audit": Place("audit", "audit", "What was done, by whom, when and from which station."),
}


class Dermlock(DermlockGroup):
    """The commands by name, each loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  (click's signature)
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        command = getattr(import_module(f"{__package__}.{place.module}"), place.name)
        if not isinstance(command, click.Command):
            raise TypeError(f"{place.module}.{place.name} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  (click's signature)
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.line) for name, place in COMMANDS.items()])


@click.group(cls=Dermlock, invoke_without_command=True)
@click.version_option(package_name="dermlock")
@click.pass_context
def dermlock(context: click.Context) -> int:
    """Moves skin pictures from a camera card into an encrypted vault and erases the card, provably.

    Without a command it opens the app; on a station without a vault the app sets one up.

    Example:
      dermlock
      dermlock demo
    """
    if context.invoked_subcommand is not None:
        return DONE
    from ..app import run_app

    given = Invocation(global_options(context))
    given.require_terminal()
    given.services.has_vault  # noqa: B018  (what keeps it from being read is said here, before the screen is taken)
    given.services.check_practice_files()
    return run_app(given.services)


def run() -> None:
    """What the `dermlock` script calls."""
    report_mistakes(None)
    keep_to_oneself()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as standard error: a name must not stop an old terminal
    sys.exit(run_to_its_end(dermlock, sys.argv[1:]))
