"""How a command ends: an exit code, and for a person never more than two lines.

Exit codes (stable): 0 done; 1 done, with findings or files left; 2 wrong use;
3 refused by a rule; 4 not signed in; 5 card trouble; 6 vault trouble; 70 a
mistake in dermlock itself (sysexits.h, EX_SOFTWARE); 130 interrupted.
"""

import os
import platform
import resource
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import NoReturn

import click

from core.errors import DermlockError

from .output import Output, drop_the_rest
from .stopping import interrupted

DONE = 0
DONE_WITH_FINDINGS = 1
WRONG_USE = 2
MISTAKE_IN_DERMLOCK = 70


def keep_to_oneself() -> None:
    """No file for others to read, and no core dump with a patient's data in it (VAULT, Keys)."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_to_its_end(command: click.Command, arguments: list[str]) -> int:
    """Runs one line and returns its exit code; whatever a person can act on is said in two lines."""
    output = Output(as_json=asked_for_json(arguments))
    try:
        code = command.main(arguments, prog_name="dermlock", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        return _wrong_use(error, output)
    except click.ClickException as error:
        output.error(error.format_message(), "See dermlock --help.", WRONG_USE)
        return WRONG_USE
    except DermlockError as error:
        return output.dermlock_error(error)
    except (KeyboardInterrupt, click.Abort):
        return output.dermlock_error(interrupted())
    except BrokenPipeError:  # nobody reads on
        drop_the_rest(sys.stdout)
        return DONE_WITH_FINDINGS
    return code if isinstance(code, int) else DONE


def asked_for_json(arguments: list[str]) -> bool:
    """Also where the line is too wrong to be parsed."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in options


def _wrong_use(error: click.UsageError, output: Output) -> int:
    path = error.ctx.command_path if error.ctx else "dermlock"
    what = error.format_message() or "Something is missing on this line."
    if not what.endswith((".", "?", "!")):
        what += "."
    output.error(what, f"See {path} --help.", WRONG_USE)
    return WRONG_USE


def report_mistakes(state_folder: Path | None) -> None:
    """From now on a mistake in dermlock is told in two lines, and kept as a report for its makers.

    The report has where in the code it happened and nothing else: messages and
    values can hold a patient's data, so they stay out.
    """
    sys.excepthook = MistakeReports(state_folder)


def keep_report(mistake: BaseException) -> None:
    """Keeps the report of a mistake that did not end the program."""
    if isinstance(sys.excepthook, MistakeReports):
        sys.excepthook.keep(mistake)


class MistakeReports:
    """What Python calls when nothing else took an exception. state_folder: where reports go, None for the terminal."""

    def __init__(self, state_folder: Path | None) -> None:
        self._state_folder = state_folder

    def keep(self, mistake: BaseException) -> str:
        """Where the report is now, in words."""
        return _kept_report(self._state_folder, type(mistake), mistake, mistake.__traceback__)

    def __call__(self, kind: type[BaseException], mistake: BaseException, where: TracebackType | None) -> NoReturn:
        kept = _kept_report(self._state_folder, kind, mistake, where)
        Output(as_json=asked_for_json(sys.argv[1:])).error(
            f"dermlock made a mistake and stopped ({kind.__name__}); no picture is lost.",
            f"Run the command again; if it stays, send this file to whoever looks after dermlock: {kept}",
            MISTAKE_IN_DERMLOCK,
        )
        sys.exit(MISTAKE_IN_DERMLOCK)


def report_text(kind: type[BaseException], mistake: BaseException, where: TracebackType | None) -> str:
    """Type and places, along the chain of causes; no message, no value, no argument, no home folder."""
    here = Path(__file__).resolve().parents[2]
    lines = [f"dermlock on Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"]
    link: BaseException | None = mistake
    kind_of_link, frames = kind, where
    while link is not None:
        lines.append(kind_of_link.__name__)
        for frame in traceback.extract_tb(frames):
            file = Path(frame.filename)
            inside = file.relative_to(here) if file.is_relative_to(here) else Path(*file.parts[-3:])
            lines.append(f"  {inside}:{frame.lineno} {frame.name}")
        link = link.__cause__ or link.__context__
        if link is not None:
            kind_of_link, frames = type(link), link.__traceback__
    return "\n".join(lines) + "\n"


def _kept_report(
    state_folder: Path | None, kind: type[BaseException], mistake: BaseException, where: TracebackType | None
) -> str:
    text = report_text(kind, mistake, where)
    if state_folder is not None:
        file = state_folder / "mistakes" / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(text)
        except OSError as error:
            sys.stderr.write(text)
            return f"(not kept: {error.strerror}; it stands above)"
        return str(file)
    sys.stderr.write(text)
    return "(not kept; it stands above)"
