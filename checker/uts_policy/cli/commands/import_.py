"""`uts-policy import`: what other people's files state becomes declarations."""

import click

from uts_policy.cli.app import Verbs

VERBS = {
    "raci": ("import_raci", "Turn a responsibility matrix into units, roles and responsibilities."),
    "roster": ("import_roster", "Turn a staff list into units, roles and holders, people by pseudonyms."),
    "obligations": ("import_obligations", "Turn what a directive demands into obligations without an owner."),
}
"""Each command, its module, and its line in `--help`: help needs no command's imports."""


@click.group("import", cls=Verbs, verbs=VERBS, examples=["uts-policy import raci matrix.xlsx --dry-run"])
def command() -> None:
    """Turn workbooks, lists and texts into declarations."""
