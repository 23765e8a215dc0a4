"""`dermlock demo`: the app with a throwaway vault and a made-up card."""

import os

import click

from ..console.invocation import Invocation, given_invocation
from ..console.options import DermlockCommand


@click.command(cls=DermlockCommand)
@given_invocation
def demo(given: Invocation) -> int:
    """Try dermlock: a throwaway vault, a made-up card, invented people. Leaving deletes everything.

    Example:
      dermlock demo
    """
    given.require_terminal()
    from ..app import run_app
    from ..demo import opened_demo

    with opened_demo(os.environ) as services:
        return run_app(services)
