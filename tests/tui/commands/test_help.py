"""`--help` of every command, its example, and the options that may stand anywhere on a line."""

import shlex
from collections.abc import Iterator

import click
import pytest

from tui.commands.main import COMMANDS, dermlock
from tui.console.options import global_options

from ...support.station import Station
from ...support.vaults import PASSPHRASE


def every_command(
    command: click.Command = dermlock, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from every_command(found, (*path, name))


EVERY = dict(every_command())
LEAVES = {path: command for path, command in EVERY.items() if not isinstance(command, click.Group)}


def test_every_command_of_this_version_is_there() -> None:
    assert {" ".join(path) for path in LEAVES} == {
        "demo", "intake", "find", "show", "due", "decide", "sent", "replied", "told", "confirm", "retain", "withdraw",
        "correct", "card list", "card inspect", "card erase", "vault create", "vault info",
        "vault check", "staff add", "staff list", "audit show", "audit check",
        "pathway list", "pathway show", "pathway check",
    }  # fmt: skip


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_help_says_what_it_does_and_every_option(station: Station, path: tuple[str, ...]) -> None:
    said = station.run(*path, "--help", environ={"DERMLOCK_STAFF": "", "DERMLOCK_VAULT": ""})
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Usage: dermlock {' '.join(path)}".rstrip())
    for option in ("--vault DIR", "--staff ID", "--passphrase-file FILE", "--json", "--help"):
        assert option in said.out
    assert max(map(len, said.out.partition("Example:")[0].splitlines())) <= 80


@pytest.mark.parametrize("path", [(), *LEAVES], ids=" ".join)
def test_the_example_is_a_line_that_can_be_typed(station: Station, path: tuple[str, ...]) -> None:
    text = station.run(*path, "--help").out
    examples = [line.strip() for line in text[text.index("Example:") :].splitlines()[1:] if line.strip()]
    assert examples
    for example in examples:
        words = shlex.split(example.partition(" > ")[0])
        assert tuple(words[: len(path) + 1]) == ("dermlock", *path)
        parse(words[1:])


def parse(line: list[str]) -> None:
    """Takes a line apart as its command would, and runs nothing. Raises what is wrong with it."""
    command: click.Command = dermlock
    context = command.make_context("dermlock", list(line))
    while isinstance(command, click.Group) and context._protected_args + context.args:
        name, found, rest = command.resolve_command(context, context._protected_args + context.args)
        assert found is not None
        command, context = found, found.make_context(name, rest, parent=context)


def test_a_line_in_the_overview_is_there_for_each_command(station: Station) -> None:
    text = station.run("--help").out
    for name, place in COMMANDS.items():
        assert f"  {name}" in text
        assert place.line.endswith(".")


@pytest.mark.parametrize("at", [0, 1, 2])
def test_options_mean_the_same_wherever_they_stand(station: Station, at: int) -> None:
    elsewhere = station.folder / "elsewhere"
    station.vault.rename(elsewhere)
    line: list[str] = ["staff", "list"]
    line[at:at] = ["--vault", str(elsewhere), "--staff", "a.jones", "--passphrase-file", "-", "--json"]
    said = station.run(*line, stdin=PASSPHRASE.encode(), environ={"DERMLOCK_STAFF": ""})
    assert (said.code, said.err) == (0, "")
    assert [member["id"] for member in said.document["staff"]] == ["a.jones"]


def test_of_two_the_one_nearer_the_end_wins() -> None:
    context = dermlock.make_context("dermlock", ["--staff", "first", "--staff", "second"])
    assert global_options(context).staff == "second"
    inner = click.Context(LEAVES["find",], parent=context)
    LEAVES["find",].parse_args(inner, ["--staff", "third"])
    assert global_options(inner).staff == "third"


@pytest.mark.parametrize(
    ("line", "what", "hint"),
    [
        (["nothing"], "No such command 'nothing'.", "See dermlock --help."),
        (["vault"], "Missing command.", "See dermlock vault --help."),
        (["vault", "open"], "No such command 'open'.", "See dermlock vault --help."),
        (["show"], "Missing argument 'EPISODE'.", "See dermlock show --help."),
        (["vault", "create"], "Missing option '--name'.", "See dermlock vault create --help."),
        (["find", "--colour"], "No such option", "See dermlock find --help."),
        (["find", "--vault"], "Option '--vault' requires an argument.", "See dermlock --help."),
        (["card", "list", "more"], "Got unexpected extra argument (more).", "See dermlock card list --help."),
    ],
)
@pytest.mark.parametrize("json", [False, True])
def test_wrong_use_is_two_lines_and_with_json_one_document(
    station: Station, line: list[str], what: str, hint: str, json: bool
) -> None:
    said = station.run(*line, *(["--json"] if json and line[-1] != "--vault" else []))
    assert said.code == 2
    assert said.error[0].startswith(what)
    assert said.error[1] == hint
    if said.out:
        assert said.document["error"] == {"what": said.error[0], "hint": hint, "exit_code": 2}
    assert bool(said.out) == (json and line[-1] != "--vault")


@pytest.mark.parametrize("line", [[], ["demo"]])
def test_the_app_needs_a_terminal(station: Station, line: list[str]) -> None:
    said = station.run(*line)
    assert said.code == 2
    assert said.error == (
        "The app needs a terminal.",
        "Start it in one, or use a command: see dermlock --help.",
    )
    assert station.program(*line).error == said.error
    as_json = station.program(*line, "--json")
    assert as_json.document["error"]["exit_code"] == 2


def test_a_passphrase_is_never_an_argument(station: Station) -> None:
    names = {option for command in EVERY.values() for parameter in command.params for option in parameter.opts}
    assert {name for name in names if "passphrase" in name} == {"--passphrase-file", "--new-passphrase-file"}
    assert station.run("find", "--passphrase", PASSPHRASE).code == 2


def test_the_version(station: Station) -> None:
    said = station.run("--version")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("dermlock, version ")
