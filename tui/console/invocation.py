"""What a command is given: the station's services, a place to say things, and a sign-in."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import click

from core.errors import NotSignedInError, WrongUseError

from .options import GlobalOptions, global_options
from .output import Output
from .passphrase import read_passphrase

if TYPE_CHECKING:
    from ..services import Services
    from ..signed_in import SignedIn

P = ParamSpec("P")


class Invocation:
    """One line, as its command sees it. Everything heavy is made when it is first asked for."""

    def __init__(self, options: GlobalOptions) -> None:
        self.options = options
        self.output = Output(as_json=options.json)

    @cached_property
    def services(self) -> "Services":
        """Of this station, with what the line overrules."""
        from core.settings import load_settings

        from ..services import Services
        from .ending import report_mistakes

        settings = load_settings(None, os.environ)
        report_mistakes(settings.state_folder)
        if self.options.vault is not None:
            settings = replace(settings, vault=self.options.vault.absolute())
        return Services(settings)

    @cached_property
    def staff_id(self) -> str:
        """Who was named on the line, else by DERMLOCK_STAFF, else by whoever sits at the terminal.

        Raises NotSignedInError when nobody was.
        """
        named = self.options.staff or os.environ.get("DERMLOCK_STAFF", "")
        if not named and self.at_a_terminal:
            named = self.typed("Staff ID: ").strip()
        if not named:
            raise NotSignedInError("Nobody is named to sign in.", "Give your staff ID with --staff ID.")
        return named

    def passphrase(self) -> str:
        """Of who signs in."""
        return read_passphrase(
            self.options.passphrase_file, "--passphrase-file", f"Passphrase of {self.staff_id}: ", self.output
        )

    def new_passphrase(self, named: str, option: str, staff_id: str) -> str:
        """Of a new member of staff; typed twice at a terminal, where Enter alone has one made and shown."""
        passphrase = read_passphrase(named, option, f"New passphrase for {staff_id} (Enter: make one): ", self.output)
        if named:
            return passphrase
        if not passphrase:
            made = self.services.new_passphrase()
            self.output.note(f"Passphrase of {staff_id}: {made}")
            self.output.note("It is shown this once.")
            return made
        if read_passphrase("", option, "The same once more: ", self.output) != passphrase:
            raise WrongUseError("The two passphrases differ.", "Start again and type the same twice.")
        return passphrase

    @property
    def at_a_terminal(self) -> bool:
        """Whether a person can be asked."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def require_terminal(self) -> None:
        """The app needs one. Raises WrongUseError."""
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise WrongUseError("The app needs a terminal.", "Start it in one, or use a command: see dermlock --help.")
        if self.options.json:
            raise WrongUseError("The app has no JSON.", "Leave --json away, or use a command: see dermlock --help.")

    def typed(self, asking: str) -> str:
        """One line typed at the terminal."""
        return str(click.prompt(asking.rstrip(": "), err=True))

    def sign_in(self) -> "SignedIn":
        """Opens the vault for the named member of staff."""
        self.services.require_vault()  # before a passphrase is asked for
        staff_id = self.staff_id
        return self.services.sign_in(staff_id, self.passphrase())


def given_invocation(work: Callable[Concatenate[Invocation, P], int]) -> Callable[P, Any]:
    """For a command: its first argument is the Invocation, and it returns its exit code."""

    def called(*args: P.args, **kwargs: P.kwargs) -> int:
        return work(Invocation(global_options(click.get_current_context())), *args, **kwargs)

    return update_wrapper(called, work)
