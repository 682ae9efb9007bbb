"""`uts-policy reconcile`: other people's files against the declarations."""

import click

from uts_policy.cli.app import Verbs

VERBS = {
    "roster": ("reconcile_roster", "Say how a staff list and the declarations differ."),
    "obligations": ("reconcile_obligations", "Say which statements of a text no obligation covers."),
}
"""Each command, its module, and its line in `--help`: help needs no command's imports."""


@click.group("reconcile", cls=Verbs, verbs=VERBS, examples=["uts-policy reconcile roster staff.xlsx"])
def command() -> None:
    """Say how other people's files and the declarations differ."""
