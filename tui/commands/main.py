"""`dermlock`: the entry point, and which command lives in which module.

A command's module is loaded when its name is on the line, so that `--help` and
small commands start quickly.
"""

import sys
from importlib import import_module
from typing import NamedTuple

import click

from ..console.ending import run_to_its_end
from ..console.options import DermlockGroup


class Place(NamedTuple):
    """Where a command lives, and its line in `dermlock --help`."""

    module: str
    name: str
    line: str


COMMANDS: dict[str, Place] = {}


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
def dermlock(context: click.Context) -> None:
    """Moves skin pictures from a camera card into an encrypted vault and erases the card, provably.

    Without a command it opens the app; on a station without a vault the app sets one up.

    Example:
      dermlock
      dermlock demo
    """
    if context.invoked_subcommand is None:
        pass


def run() -> None:
    """What the `dermlock` script calls."""
    sys.exit(run_to_its_end(dermlock, sys.argv[1:]))
