"""Every outcome that a person can act on, each as an error of its own.

A DermlockError says in one line what happened and in one line what to do about
it. Anything else that is raised is a bug: it fails loudly and the vault stays
whole. Exit codes are those of the command line (INTERFACE: 2 wrong use, 3
refused by a rule, 4 not signed in, 5 card trouble, 6 vault trouble, 130
interrupted).
"""

from typing import ClassVar


class DermlockError(Exception):
    """What happened and what to do about it, each one plain sentence."""

    exit_code: ClassVar[int]

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.what} {self.hint}"


class WrongUseError(DermlockError):
    """The command or a file given to it is not what dermlock takes."""

    exit_code = 2


class RuleRefusedError(DermlockError):
    """A clinical or a safety rule forbids this; the hint names the way on."""

    exit_code = 3


class NotSignedInError(DermlockError):
    """The staff ID or the passphrase is wrong, or nobody is signed in."""

    exit_code = 4


class CardError(DermlockError):
    """The card is missing, pulled, changed, write-protected or no card at all."""

    exit_code = 5


class VaultError(DermlockError):
    """The vault is missing, full, damaged or not writable."""

    exit_code = 6


class InterruptedByPersonError(DermlockError):
    """The person stopped the work; what was done until then is safe."""

    exit_code = 130
