"""The options that every command takes, wherever they stand on the line.

`dermlock --vault V find` and `dermlock find --vault V` mean the same; the one
nearer the end wins. The values are kept in click's meta, which a line shares
among its nested contexts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

META = "dermlock."


@dataclass(frozen=True)
class GlobalOptions:
    """None or "" where an option was not given. passphrase_file: "-" is standard input."""

    vault: Path | None
    staff: str
    passphrase_file: str
    json: bool


def global_options(context: click.Context) -> GlobalOptions:
    """What was said by any part of this line."""
    meta = context.meta
    return GlobalOptions(
        vault=meta.get(META + "vault"),
        staff=meta.get(META + "staff", ""),
        passphrase_file=meta.get(META + "passphrase_file", ""),
        json=meta.get(META + "json", False),
    )


class DermlockCommand(click.Command):
    """A command that takes the global options, and shows an example below its help.

    The example is the part of the docstring behind a line that says `Example:`.
    """

    def __init__(self, name: str | None, **attributes: Any) -> None:
        take_example(attributes)
        attributes["params"] = [*(attributes.get("params") or []), *_options()]
        super().__init__(name, **attributes)


class DermlockGroup(click.Group):
    """A group of commands that takes the global options too."""

    command_class = DermlockCommand

    def __init__(self, name: str | None = None, **attributes: Any) -> None:
        take_example(attributes)
        attributes["params"] = [*(attributes.get("params") or []), *_options()]
        attributes.setdefault("no_args_is_help", False)  # a missing command is wrong use, said in two lines
        super().__init__(name, **attributes)


def take_example(attributes: dict[str, Any]) -> None:
    """Splits the docstring that click was given: what it does, and the example, kept line by line."""
    what, _, example = (attributes.get("help") or "").partition("Example:")
    attributes["help"] = what.strip()
    if example.strip():
        lines = [line.strip() for line in example.strip().splitlines()]
        attributes["epilog"] = "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


def _options() -> list[click.Parameter]:
    return [
        click.Option(
            ["--vault"],
            type=click.Path(path_type=Path),
            metavar="DIR",
            expose_value=False,
            callback=_remember("vault"),
            help="The vault's folder; else DERMLOCK_VAULT, else the settings.",
        ),
        click.Option(
            ["--staff"],
            metavar="ID",
            expose_value=False,
            callback=_remember("staff"),
            help="Who signs in; else DERMLOCK_STAFF.",
        ),
        click.Option(
            ["--passphrase-file"],
            metavar="FILE",
            expose_value=False,
            callback=_remember("passphrase_file"),
            help="Its first line is the passphrase; - is standard input.",
        ),
        click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            callback=_remember("json"),
            help="One JSON document on standard output, the rest on standard error.",
        ),
    ]


def _remember(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def remember(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value:
            context.meta[META + name] = value

    return remember
